"""Addresses and titles as the worst pages have them, crawled into both databases."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from press_run import crawl, ids, kept
from town import Fault, TownProcess

_CHANCE = random.Random(1)
LONG = "".join(chr(_CHANCE.randint(0xAC00, 0xD7A3)) for _ in range(1500))  # which no index can press together


@pytest.fixture
def town() -> Iterator[TownProcess]:
    with TownProcess(["hanbit"], lists=["feeds", "sitemaps"]) as town:
        town["hanbit"].publish_many(2)
        yield town


def test_addresses_too_long_for_a_ledger_are_passed_by_and_the_rest_is_crawled(
    town: TownProcess, database: str, tmp_path: Path
) -> None:
    paper = town["hanbit"]
    items = "".join(f"<item><link>{paper.url(path)}</link></item>" for path in (1, f"/view/3?{LONG}", 2))
    paper.mood["/rss.xml"] = Fault(body=f"<rss><channel>{items}</channel></rss>".encode())
    sitemaps = "".join(f"<sitemap><loc>{paper.url(path)}</loc></sitemap>" for path in (f"/{LONG}.xml", "/rest.xml"))
    paper.mood["/sitemap.xml"] = Fault(body=f"<sitemapindex>{sitemaps}</sitemapindex>".encode())
    paper.mood["/rest.xml"] = Fault(body=f"<urlset><url><loc>{paper.url(4)}</loc></url></urlset>".encode())
    paper.publish(4)
    town.profiles(tmp_path / "profiles")
    code, said = crawl(tmp_path / "profiles", database, "hanbit", "-o", str(tmp_path / "a.jsonl"))
    assert code == 0, said
    assert "longer than 2,000 bytes" in said
    assert sorted(ids(tmp_path / "a.jsonl")) == sorted(kept(database)) == ["hanbit:1", "hanbit:2", "hanbit:4"]


def test_odd_letters_in_a_page_and_its_headers(town: TownProcess, database: str, tmp_path: Path) -> None:
    paper = town["hanbit"]
    body = paper.page("/view/1").body.decode()
    odd = body.replace("<h1>", "<h1>\x00&#0;&#xD83D;\x01").replace('content="', 'content="\x00&#55357;')
    paper.mood["/view/1"] = Fault(body=odd.encode(), headers={"ETag": '"\x01\x7fa"'})
    town.profiles(tmp_path / "profiles")
    code, said = crawl(tmp_path / "profiles", database, "hanbit", "-o", str(tmp_path / "a.jsonl"))
    assert code == 0, said
    assert sorted(ids(tmp_path / "a.jsonl")) == sorted(kept(database)) == ["hanbit:1", "hanbit:2"]
