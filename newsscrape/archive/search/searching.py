"""Searching an archive: what a reader or a script is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import select

from newsscrape.archive.archive import Archive
from newsscrape.archive.opening import open_archive
from newsscrape.archive.search.newest import newest
from newsscrape.archive.search.snippet import Passage, snippet, whole
from newsscrape.archive.selection import Selection
from newsscrape.archive.tables import articles
from newsscrape.article import Article
from newsscrape.discovery.since import Moment, moment
from newsscrape.errors import QueryError


@dataclass(frozen=True, slots=True)
class Found:
    """An article that was found: what tells it from others, and where the words stand in title and text.

    `published_at` is in UTC. `record` is the whole article's JSON, `article` the same read back.
    """

    id: str
    site: str
    url: str | None
    publisher: str | None
    published_at: datetime | None
    kind: str
    section_code: str | None
    title: Passage
    snippet: Passage
    record: str

    @property
    def article(self) -> Article:
        """The article itself."""
        return Article.model_validate_json(self.record)


def find(archive: Archive, selection: Selection, limit: int = 20) -> list[Found]:
    """The newest articles of a selection in which all words of its query stand, at most `limit`.

    Newest by their time of publication; those that tell none come last. Raises `QueryError` where there is no word to
    look for, or too many, and `ArchiveError`.
    """
    words = selection.words
    if not words:
        raise QueryError("there is nothing to look for; name a word, or a phrase in quotation marks")
    with archive.read() as connection:
        numbers = newest(archive, connection, selection, limit)
        columns = [articles.c[name] for name in ("seq", "id", "site", "url", "published_at", "kind", "section_code")]
        rows = connection.execute(select(*columns, articles.c.record).where(articles.c.seq.in_(numbers)))
        found = {row.seq: _found(row, words) for row in rows}
    return [found[number] for number in numbers if number in found]


def search(
    query: str,
    *,
    database: str | Path = "newsscrape.db",
    sites: Iterable[str] | str = (),
    since: Moment = None,
    until: Moment = None,
    kinds: Iterable[str] | str = (),
    sections: Iterable[str] | str = (),
    limit: int = 20,
) -> list[Found]:
    """Looks for words in the articles of an archive; the newest `limit` come, the newest first.

    All words of `query` must stand in title or text, as letters in a row, whatever their case: "반도체" finds
    "반도체의". Words in quotation marks stand as they are there, with their blanks. `database` is a file or a URL, as
    `newsscrape crawl --db` takes it. `since` and `until` are moments (without a zone: Korea's), spans before now, or
    either in words ("48h", "2026-11-01"); an article that tells no time is in no such window. `kinds` and `sections`
    are those of the record (see `Article.kind`, `Article.section_code`). Raises `QueryError` where there is nothing to
    look for, `ValueError` for what is no moment, `NoArchive` where there is none, `ArchiveError`.
    """
    now = datetime.now(UTC)
    selection = Selection(
        sites=_several(sites),
        since=moment("since", since, now),
        until=moment("until", until, now),
        sections=_several(sections),
        kinds=_several(kinds),
        query=query,
    )
    with open_archive(database, read_only=True) as archive:
        return find(archive, selection, limit)


def _found(row: Any, words: tuple[str, ...]) -> Found:
    said: dict[str, Any] = orjson.loads(row.record)
    publisher = (said.get("publisher") or {}).get("name")
    title, text = said.get("title") or "", said.get("text") or ""
    facts = (row.id, row.site, row.url, publisher, row.published_at, row.kind, row.section_code)
    return Found(*facts, whole(title, words), snippet(text, words), row.record)


def _several(given: Iterable[str] | str) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)
