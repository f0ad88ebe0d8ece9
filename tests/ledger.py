"""Pieces of the ledger for its tests: entries, pages, and code that runs in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import select

from newsscrape.archive import Archive
from newsscrape.archive.entry import Entry
from newsscrape.archive.pages import KnownPage, Pages, Settled
from newsscrape.archive.tables import pages

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SITE = "hanbit"


def address(number: int) -> str:
    """The address of an article."""
    return f"http://hanbit.newsroom.test/view/{number}"


def entry(number: int, *, version: int = 1, title: str = "골목 정원", **facts: Any) -> Entry:
    """An article on its way into the archive; another version has another text."""
    article = f"{SITE}:{number}"
    record = orjson.dumps({"id": article, "version": version, "text": "정원 " * 20}).decode()
    known: dict[str, Any] = {
        "id": article,
        "url": address(number),
        "title": title,
        "kind": "news",
        "section_code": None,
        "published_at": NOON + number * HOUR,
        "modified_at": None,
        "fetched_at": NOON,
        "content_hash": f"c{version}",
        "version_hash": f"v{version}",
        "etag": None,
        "last_modified": None,
        "lines_removed": 0,
        "has_body": True,
        "filled": (),
        "warnings": (),
        "record": record,
    }
    return Entry(**{**known, **facts})


def add_pages(archive: Archive, numbers: Sequence[int], *, site: str = SITE, now: datetime = NOON) -> int:
    """Takes the addresses of articles into the ledger; returns how many were new."""
    with archive.write() as connection:
        return Pages(archive, site).add(connection, {str(n): address(n) for n in numbers}, now)


def all_pages(archive: Archive, site: str = SITE) -> dict[str, KnownPage]:
    """All pages of a site that are due at the end of time, by their identity."""
    late = datetime(9999, 1, 1, tzinfo=UTC)
    return {page.identity: page for page in Pages(archive, site).backlog(1 << 60, late, 1 << 30)}


def page_of(archive: Archive, number: int, site: str = SITE) -> KnownPage:
    """The page of an article, whatever became of it."""
    columns = [pages.c[name] for name in KnownPage.__dataclass_fields__]
    with archive.read() as connection:
        found = connection.execute(select(*columns).where(pages.c.site == site, pages.c.identity == str(number)))
        return KnownPage(*found.one())


def done(page: KnownPage, article: Entry, **facts: Any) -> Settled:
    """That a page's article is in the archive."""
    return Settled(page.id, "done", article=article.id, published_at=article.published_at, **facts)


def start(code: str, *arguments: str, **options: Any) -> subprocess.Popen[str]:
    """Starts Python code in a process of its own; its arguments are in `sys.argv[1:]`."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent,
        **options,
    )


def outcome(child: subprocess.Popen[str], seconds: float = 60) -> str:
    """What a process that was started wrote, when it has ended well."""
    out, err = child.communicate(timeout=seconds)
    assert child.returncode == 0, err
    return out
