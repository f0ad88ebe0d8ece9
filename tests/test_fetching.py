"""Fetching pages to look at, and how gently: the delay of a site's own profile, pages kept as they came."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from test_crawl import QUICK, add_site, crawl, environment

from newsscrape.cli.newsroom import Newsroom
from newsscrape.workshop.saved import read_saved

FETCH = """
import json, sys
from pathlib import Path
from newsscrape.spiders.fetching import fetch_articles
fetch_articles(sys.argv[2:], Path(sys.argv[1]), number=2, say=print, settings=json.load(sys.stdin))
"""


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    for key in ("plain", "empty"):
        add_site(tmp_path, key)
    (tmp_path / "profiles").mkdir()
    return tmp_path


# Half a second, or two: far enough from each other for a machine that has much else to do.
@pytest.mark.parametrize(("own", "least", "most"), [(0.5, 0.2, 1.4), (None, 1.4, 6)], ids=["profile", "usual"])
def test_delay_of_the_profile_holds_where_the_user_names_none(
    newsroom: Path, own: float | None, least: float, most: float
) -> None:
    profile = newsroom / "sites" / "plain.toml"
    if own is not None:
        profile.write_text(
            profile.read_text(encoding="utf-8").replace("[crawl]\n", f"[crawl]\ndelay = {own}\n"), encoding="utf-8"
        )
    settings = {name: value for name, value in QUICK.items() if "DELAY" not in name}
    with Newsroom(newsroom) as room:
        room.write_profiles(newsroom / "profiles")
        crawl(newsroom / "profiles", ["plain"], newsroom / "a.jsonl", settings=settings, limit=1)
    gaps = [later.at - earlier.at for earlier, later in pairwise(room.asked)][1:]  # robots.txt comes at once
    assert gaps
    assert all(least <= gap <= most for gap in gaps), gaps


def test_articles_are_kept_as_they_came(newsroom: Path) -> None:
    import json

    kept = newsroom / "kept"
    with Newsroom(newsroom) as room:
        room.write_profiles(newsroom / "profiles")
        profile = newsroom / "profiles" / "empty.toml"
        profile.write_text('key = "empty"\nname = "빈 신문"\ndomains = ["empty.newsroom.test"]\n', encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", FETCH, str(kept), "plain", "empty"],
            input=json.dumps(QUICK), capture_output=True, text=True, env=environment(newsroom / "profiles"),
            timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "empty: its profile names no feeds" in done.stdout
    saved = list(read_saved(kept))
    assert [one.name for one in saved] == ["plain-0000", "plain-0001"]
    for one, number in zip(saved, (1, 2), strict=True):
        assert one.page.url is not None
        assert one.page.url.endswith(f"/view/{number}")
        assert one.page.body == (newsroom / "plain.newsroom.test" / "view" / f"{number}.html").read_bytes()
        assert one.page.fetched_at is not None
