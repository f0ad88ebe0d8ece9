"""Articles read out of the archive, one by one: which of them, in which order, from where on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, func, select

from newsscrape.archive.archive import Archive
from newsscrape.archive.tables import articles, schema_versions

_FETCHED_AT_ONCE = 200  # rows held in memory


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles are wanted; what is empty or None does not choose.

    `sites`, `sections` and `kinds` take any of theirs (sections are codes, see `article.SectionCode`). `since` and
    `until` are compared with `published_at`; an article whose page tells no time is in no window. The words of `query`
    must all stand in title or text, as letters in a row, whatever their case ("반도체" finds "반도체의").
    """

    sites: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    sections: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    query: str | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the query, folded for comparison."""
        return tuple(unicodedata.normalize("NFC", self.query or "").lower().split())


@dataclass(frozen=True, slots=True)
class Kept:
    """An article as the archive keeps it: `change` numbers its last save (see `changes`), `record` is its JSON."""

    change: int
    record: str


def read(archive: Archive, selection: Selection | None = None, *, after: int | None = None) -> Iterator[Kept]:
    """The articles of a selection, streamed.

    They come in the order of arrival. With `after`, only those saved or saved again since the change of that number, in
    the order of their changes: the newest version of each, once. All is as it stood when reading began, whatever is
    written meanwhile. Raises `ArchiveError`.

    A few hundred rows are in memory at a time. The archive can be written meanwhile, but an SQLite file's
    write-ahead log grows until the reading ends: read to the end, or close the iterator.
    """
    selection = selection or Selection()
    statement = select(articles.c.change, articles.c.record).where(*_conditions(selection))
    if after is None:
        statement = statement.order_by(articles.c.seq)
    else:
        statement = statement.where(articles.c.change > after).order_by(articles.c.change)
    words = selection.words
    with archive.read() as connection:
        # One statement sees one state of the database; `yield_per` makes it a cursor on the server on PostgreSQL.
        for change, record in connection.execution_options(yield_per=_FETCHED_AT_ONCE).execute(statement):
            if not words or _holds(record, words):
                yield Kept(change, record)


def birth(archive: Archive) -> datetime:
    """When an archive was made, in UTC: it tells one archive from another."""
    with archive.read() as connection:
        moment: datetime = connection.execute(select(func.min(schema_versions.c.applied_at))).scalar_one()
        return moment


def _conditions(selection: Selection) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for column, values in (
        (articles.c.site, selection.sites),
        (articles.c.section_code, selection.sections),
        (articles.c.kind, selection.kinds),
    ):
        if values:
            conditions.append(column.in_(values))
    if selection.since is not None:
        conditions.append(articles.c.published_at >= selection.since)
    if selection.until is not None:
        conditions.append(articles.c.published_at <= selection.until)
    # The database looks through the whole record, as its JSON spells a word; `_holds` then looks where it matters. The
    # databases fold the case of other alphabets differently, so such words are left to `_holds`.
    for word in selection.words:
        if word.isascii() or word == word.upper():
            spelt = orjson.dumps(word).decode()[1:-1]
            conditions.append(func.lower(articles.c.record).contains(spelt, autoescape=True))
    return conditions


def _holds(record: str, words: tuple[str, ...]) -> bool:
    said: dict[str, Any] = orjson.loads(record)
    text = f"{said['title'] or ''}\n{said['text']}".lower()
    return all(word in text for word in words)
