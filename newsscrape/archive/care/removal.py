"""Articles leave the archive: by age (pruned), or on request (deleted), with all that is known of them.

Their older versions, their place among near copies and in stories, their entry in the index and what outputs still
wait for go with them, in one transaction. What stays is the row of their pages in the ledger: no later crawl asks for
them again. Of an article deleted on request its id stays besides, so that another address does not bring it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, update

from newsscrape.archive.archive import Archive
from newsscrape.archive.changes import next_changes
from newsscrape.archive.derived import forget
from newsscrape.archive.tables import articles, captures, deletions, outbox, pages, revisions

_AT_ONCE = 200  # articles that go in one transaction: others can write in between


@dataclass(frozen=True, slots=True)
class Old:
    """Which articles are too old: published before `before` (without a date: taken in before), of these sites or all.

    Those in `kinds` only, where some are named. `before` has a zone.
    """

    before: datetime
    sites: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def conditions(self) -> list[ColumnElement[bool]]:
        """The same in SQL."""
        undated = and_(articles.c.published_at.is_(None), articles.c.saved_at < self.before)
        found: list[ColumnElement[bool]] = [or_(articles.c.published_at < self.before, undated)]
        if self.sites:
            found.append(articles.c.site.in_(self.sites))
        if self.kinds:
            found.append(articles.c.kind.in_(self.kinds))
        return found


@dataclass(frozen=True, slots=True)
class Capture:
    """Where a WARC file holds a page: these bytes are the user's to remove."""

    url: str
    file: str
    place: int


@dataclass(frozen=True, slots=True)
class Deleted:
    """An article that was deleted on request: how many older versions went with it, and which WARC records hold it."""

    id: str
    title: str | None
    versions: int
    captures: tuple[Capture, ...]


def count_old(archive: Archive, old: Old) -> dict[str, int]:
    """How many articles `prune` would remove, by site. Raises `ArchiveError`."""
    statement = select(articles.c.site, func.count()).where(*old.conditions()).group_by(articles.c.site)
    with archive.read() as connection:
        return {site: number for site, number in connection.execute(statement.order_by(articles.c.site))}


def prune(archive: Archive, old: Old) -> Iterator[int]:
    """Removes what is too old, in parts, and says how many each were; stop when you like. Raises `ArchiveError`."""
    statement = select(articles.c.id, articles.c.site).where(*old.conditions()).order_by(articles.c.seq).limit(_AT_ONCE)
    while True:
        with archive.read() as connection:
            found = connection.execute(statement).all()
        if not found:
            return
        with archive.write() as connection:
            _remove(archive, connection, [row.id for row in found], {row.site for row in found}, "pruned")
        yield len(found)


def prune_versions(archive: Archive, before: datetime, sites: Sequence[str] = ()) -> int:
    """Removes older versions that were replaced before a moment, never the newest of an article; returns how many.

    Raises `ArchiveError`.
    """
    old = [revisions.c.saved_at < before, revisions.c.record.is_not(None)]
    if sites:
        old.append(revisions.c.article.in_(select(articles.c.id).where(articles.c.site.in_(sites))))
    with archive.write() as connection:
        return connection.execute(delete(revisions).where(*old)).rowcount


def delete_article(archive: Archive, article: str, reason: str | None = None) -> Deleted | None:
    """Deletes an article for good; None where the archive has none of this id. Raises `ArchiveError`."""
    with archive.write() as connection:
        row = connection.execute(
            select(articles.c.site, articles.c.title, articles.c.url).where(articles.c.id == article)
        ).first()
        if row is None:
            return None
        older = (
            select(func.count())
            .select_from(revisions)
            .where(revisions.c.article == article, revisions.c.record.is_not(None))
        )
        versions = connection.execute(older).scalar_one()
        addresses = [row.url, *connection.execute(select(pages.c.url).where(pages.c.article == article)).scalars()]
        held = select(captures.c.url, captures.c.file, captures.c.place).where(captures.c.url.in_(addresses))
        kept = tuple(Capture(*found) for found in connection.execute(held.order_by(captures.c.file, captures.c.place)))
        connection.execute(delete(captures).where(captures.c.url.in_(addresses)))
        _remove(archive, connection, [article], {row.site}, "deleted")
        note = archive.insert(deletions).values(article=article, deleted_at=archive.now(), reason=reason)
        connection.execute(note.on_conflict_do_nothing(index_elements=["article"]))
    return Deleted(article, row.title, versions, kept)


def _remove(
    archive: Archive, connection: Connection, ids: Sequence[str], sites: set[str], state: Literal["pruned", "deleted"]
) -> None:
    archive.hold(connection, sites)
    next_changes(archive, connection, 0)  # one after the other with whoever saves articles
    forget(archive, connection, ids)
    connection.execute(delete(outbox).where(outbox.c.id.in_(ids)))
    connection.execute(delete(revisions).where(revisions.c.article.in_(ids)))
    connection.execute(delete(articles).where(articles.c.id.in_(ids)))
    ours = update(pages).where(pages.c.site.in_(sites), pages.c.article.in_(ids))
    connection.execute(ours.values(state=state, article=None, due_at=None, reason=state, etag=None, last_modified=None))
