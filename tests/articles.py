"""Invented articles for tests that need whole records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from newsscrape.archive import Archive
from newsscrape.archive.articles import Articles
from newsscrape.archive.entry import entry_of
from newsscrape.article import (
    Article,
    Author,
    Block,
    Dateline,
    DateSource,
    Image,
    Outlet,
    PrintEdition,
    Removed,
    Rights,
)

KST = timezone(timedelta(hours=9))
MORNING = datetime(2026, 3, 2, 9, 30, tzinfo=KST)


def article(number: int = 1, *, text: str = "새 다리가 열렸다.\n주민들이 건넜다.", **facts: Any) -> Article:
    """A whole article with something in nearly every field; `facts` replace."""
    known: dict[str, Any] = {
        "id": f"hanbit:{number}",
        "url": f"https://www.hanbit-ilbo.example/view/{number}",
        "canonical_url": f"https://www.hanbit-ilbo.example/view/{number}",
        "alt_ids": {"naver": f"999/{number:010}"},
        "title": f'[단독] "새 다리" 놓는다, {number}',
        "labels": ("단독",),
        "subtitles": ("한빛시 둘째 다리", "내년 개통"),
        "body": tuple(Block(text=line) for line in text.split("\n")),
        "dateline": Dateline(place="한빛", agency="한빛일보", raw="(한빛=한빛일보)"),
        "authors": (
            Author(name="나한빛", role="기자", email="na@hanbit-ilbo.example", raw="나한빛 기자"),
            Author(name="경제부", kind="desk"),
        ),
        "publisher": Outlet(name="한빛일보", key="hanbit", domain="hanbit-ilbo.example"),
        "published_at": MORNING + timedelta(hours=number),
        "modified_at": MORNING + timedelta(hours=number, minutes=5),
        "dates": {"published_at": DateSource(raw="2026.03.02 10:30", precision="minute", source="meta")},
        "section": "지역경제",
        "section_code": "economy",
        "tags": ("다리", "한빛시"),
        "images": (Image(url="https://img.hanbit-ilbo.example/1.jpg", caption="새 다리", credit="한빛시 제공"),),
        "print_edition": PrintEdition(date=MORNING.date(), page="A12"),
        "rights": Rights(copyright_line="ⓒ 한빛일보", ai_use_reserved=True),
        "removed": (Removed(text="공유하기", rule="share.button", zone="tail"),),
        "provenance": {"title": "meta:og:title"},
        "fetched_at": MORNING + timedelta(days=1),
        "content_hash": f"c{number}",
        "fingerprint": "f",
        "generator": "newsscrape test",
    }
    return Article(**{**known, **facts})


def bare() -> Article:
    """An article of which next to nothing is known."""
    return Article(id="hanbit:0", content_hash="c", fingerprint="f", generator="newsscrape test")


def keep(archive: Archive, articles: Sequence[Article], *, site: str = "hanbit") -> None:
    """Saves articles in one transaction."""
    with archive.write() as connection:
        Articles(archive).save(connection, [(site, entry_of(one)) for one in articles], MORNING)
