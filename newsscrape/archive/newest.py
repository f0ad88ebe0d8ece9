"""What the archive has of a page that is read again out of a file, and how such a reading gets in.

A page is known by its address and by the moment of its fetch: a version was read from the page that was fetched at its
`fetched_at`. Only the newest version is ever replaced by another reading of its own page, and a newer page's article
never by an older one's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, select, text

from newsscrape.archive.archive import Archive
from newsscrape.archive.articles import Articles
from newsscrape.archive.changes import next_changes
from newsscrape.archive.entry import Entry
from newsscrape.archive.tables import LEFT, articles, pages

Absence = Literal["pruned", "deleted"]


@dataclass(frozen=True, slots=True)
class Newest:
    """An article's newest version, without its record. `fetched_at` is in UTC."""

    id: str
    site: str
    url: str | None
    fetched_at: datetime | None
    version_hash: str


# Of several at one address the newest: an id may have been made by older rules.
_NEWEST = select(*(articles.c[name] for name in Newest.__dataclass_fields__)).limit(1)
_NEWEST = _NEWEST.order_by(articles.c.fetched_at.desc(), articles.c.seq.desc())
_AT = _NEWEST.where(articles.c.url == bindparam("url"))
_OF = _NEWEST.where(articles.c.id == bindparam("article"))
_LEFT = select(pages.c.state).where(pages.c.url == bindparam("url"), text(LEFT)).limit(1)


def newest_at(archive: Archive, url: str) -> Newest | Absence | None:
    """The article that was read from an address, or how it left the archive; None where neither is known.

    Raises `ArchiveError`.
    """
    with archive.read() as connection:
        row = connection.execute(_AT, {"url": url}).first()
        if row is not None:
            return Newest(*row)
        state: Absence | None = connection.execute(_LEFT, {"url": url}).scalar()
    return state


def newest_of(archive: Archive, article: str) -> Newest | Absence | None:
    """The same for an article's id; of a deleted one nothing but the id is left."""
    with archive.read() as connection:
        row = connection.execute(_OF, {"article": article}).first()
    if row is not None:
        return Newest(*row)
    return "deleted" if Articles(archive).standing(article).deleted else None


def save_again(archive: Archive, entries: Sequence[tuple[str, Entry]]) -> list[str]:
    """Saves other readings of newest versions' own pages (each with its site's key); returns the sites of those saved.

    What was replaced by somebody else meanwhile is passed over. Raises `ArchiveError`.
    """
    with archive.write() as connection:
        fetches = _fetches(archive, connection, entries)
        same = [(site, entry) for site, entry in entries if fetches.get(entry.id) == entry.fetched_at]
        return _sites(Articles(archive).save(connection, same, archive.now(), "reprocessed", seen=False))


def save_newer(archive: Archive, entries: Sequence[tuple[str, Entry]]) -> list[str]:
    """Saves articles that the archive has not, or only from an older page; returns the sites of those saved.

    Raises `ArchiveError`.
    """
    with archive.write() as connection:
        fetches = _fetches(archive, connection, entries)
        newer = [
            (site, entry)
            for site, entry in entries
            if entry.id not in fetches or is_newer(entry.fetched_at, fetches[entry.id])
        ]
        return _sites(Articles(archive).save(connection, newer, archive.now(), seen=False))


def is_newer(fetched_at: datetime | None, standing: datetime | None) -> bool:
    """Whether a page is certainly newer than the one that a version was read from."""
    return fetched_at is not None and standing is not None and fetched_at > standing


def _fetches(
    archive: Archive, connection: Connection, entries: Sequence[tuple[str, Entry]]
) -> dict[str, datetime | None]:
    """When the newest versions of these articles were fetched; they stay so until the transaction ends."""
    next_changes(archive, connection, 0)  # nobody else saves articles from here on
    known = select(articles.c.id, articles.c.fetched_at).where(articles.c.id.in_([entry.id for _, entry in entries]))
    return {id_: moment for id_, moment in connection.execute(known)}


def _sites(saved: Sequence[tuple[str, Entry]]) -> list[str]:
    return [site for site, _ in saved]
