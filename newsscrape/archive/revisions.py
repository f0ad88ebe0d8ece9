"""The versions of an article: what it was before, what changed and when, what befell it.

The newest version stands in `articles`, those that it replaced in `revisions`; so do removals by the publisher and
returns, as rows without a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, insert, literal, select, update

from newsscrape.archive.archive import Archive
from newsscrape.archive.entry import Entry
from newsscrape.archive.stories import members
from newsscrape.archive.tables import articles, revisions
from newsscrape.revisions.differences import Revision, changed_parts, kind_of_change

_COPIED = (
    "version", "revision", "changed", "title", "published_at", "modified_at", "fetched_at", "saved_at", "change",
    "version_hash", "content_hash", "record",
)  # fmt: skip
_KNOWN = select(articles.c.id, articles.c.record, articles.c.gone_at).where(
    articles.c.id.in_(bindparam("ids", expanding=True))
)
Change = tuple[Revision, str | None]
"""What led to a version: its kind, and the changed parts, joined by commas (None for a first version)."""


def supersede(
    connection: Connection, entries: Iterable[Entry], now: datetime, kind: Revision | None = None, *, seen: bool = True
) -> Mapping[str, Change]:
    """Keeps the versions that these are about to replace; tells by id what led to each (none: it is a first one).

    One that had been removed by its publisher is noted to be back, if its page was `seen` just now. `kind` is what to
    call the change, where whoever saves knows; else the records tell. For the transaction that saves.
    """
    new = {entry.id: entry.record for entry in entries}
    old = {row.id: row for row in connection.execute(_KNOWN, {"ids": list(new)})}
    if not old:
        return {}
    if seen:
        note_returned(connection, [id_ for id_, row in old.items() if row.gone_at is not None], now)
    columns = [articles.c.id.label("article"), *(articles.c[name] for name in _COPIED)]
    copied = select(*columns).where(articles.c.id.in_(list(old)))
    connection.execute(insert(revisions).from_select(["article", *_COPIED], copied))
    return {id_: _change(orjson.loads(row.record), orjson.loads(new[id_]), kind) for id_, row in old.items()}


def _change(old: Mapping[str, Any], new: Mapping[str, Any], kind: Revision | None) -> Change:
    return kind or kind_of_change(old, new), ",".join(changed_parts(old, new))


def note_removed(connection: Connection, ids: Sequence[str], now: datetime) -> None:
    """Notes that publishers have removed articles; the archive keeps them."""
    _note(connection, ids, "removed", now)


def note_returned(connection: Connection, ids: Sequence[str], now: datetime) -> None:
    """Notes, of articles that are there to be read, the return of those that had been removed."""
    _note(connection, ids, "returned", now)


def _note(connection: Connection, ids: Sequence[str], what: Revision, now: datetime) -> None:
    """Adds a row for each of these articles whose state this changes."""
    if not ids:
        return
    there = articles.c.gone_at.is_(None) if what == "removed" else articles.c.gone_at.is_not(None)
    theirs = select(articles.c.id).where(articles.c.id.in_(ids), there)
    if found := list(connection.execute(theirs).scalars()):
        event = select(articles.c.id, articles.c.version, literal(what), literal(now, revisions.c.saved_at.type))
        names = ["article", "version", "revision", "saved_at"]
        connection.execute(insert(revisions).from_select(names, event.where(articles.c.id.in_(found))))
        gone_at = now if what == "removed" else None
        connection.execute(update(articles).where(articles.c.id.in_(found)).values(gone_at=gone_at))


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an article, or what befell it (`record` is None then).

    `revision` and `changed` tell how it differs from the version before; moments are in UTC, `saved_at` by the
    archive's clock.
    """

    version: int
    revision: Revision
    changed: tuple[str, ...]
    saved_at: datetime
    fetched_at: datetime | None
    title: str | None
    record: str | None


@dataclass(frozen=True, slots=True)
class History:
    """An article's versions, the first one first; `story` are the ids of its wire's chain, the last one last."""

    id: str
    site: str
    url: str | None
    versions: tuple[Version, ...]
    story: tuple[str, ...]


def history(archive: Archive, article: str) -> History | None:
    """What is known of an article by its id; None where the archive has none. Raises `ArchiveError`."""
    names = ("version", "revision", "changed", "saved_at", "fetched_at", "title", "record")
    with archive.read() as connection:
        now = connection.execute(select(articles).where(articles.c.id == article)).first()
        if now is None:
            return None
        before = select(*(revisions.c[name] for name in names)).where(revisions.c.article == article)
        rows = [*connection.execute(before.order_by(revisions.c.id)).all()]
        rows.append(
            connection.execute(select(*(articles.c[name] for name in names)).where(articles.c.id == article)).one()
        )
        story = members(connection, now.story) if now.story else []
    versions = [
        Version(row.version, row.revision, tuple((row.changed or "").split(",")) if row.changed else (), *row[3:])
        for row in sorted(rows, key=lambda row: (row.version, row.record is None, row.saved_at))
    ]
    return History(article, now.site, now.url, tuple(versions), tuple(story))
