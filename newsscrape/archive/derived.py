"""What the archive derives from the texts of its articles, so that it can be looked up.

It is made in the transaction that saves an article, and `articles.derived` says that it was. Articles of which it is
lacking, since they come from an older schema, are made up for when the archive is opened for writing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from newsscrape.archive import stories
from newsscrape.archive.archive import Archive
from newsscrape.archive.changes import next_changes
from newsscrape.archive.clusters import placing
from newsscrape.archive.search.index import index_texts, remove_texts
from newsscrape.archive.tables import articles
from newsscrape.archive.traits import Traits, traits_of_json

logger = logging.getLogger(__name__)
_AT_ONCE = 200  # articles made up for by one transaction


class Saved(NamedTuple):
    """An article that was just saved: its number, the facts of its row, and its traits."""

    seq: int
    id: str
    site: str
    kind: str
    section_code: str | None
    published_at: datetime | None
    traits: Traits


Way = Callable[[Archive, Connection, Sequence[Saved]], None]
WayBack = Callable[[Archive, Connection, Sequence[int]], None]

WAYS: tuple[Way, ...] = (index_texts, placing.place, stories.place)
"""What is derived, in this order. Each takes articles of which nothing is derived."""


WAYS_BACK: tuple[WayBack, ...] = (remove_texts, placing.take_out, stories.forget)
"""What takes it back, in the same order; articles are given by their numbers."""

_SEQS = select(articles.c.seq).where(articles.c.id.in_(bindparam("ids", expanding=True))).order_by(articles.c.seq)
_FACTS = (
    select(*(articles.c[name] for name in Saved._fields if name != "traits"))
    .where(articles.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(articles.c.seq)
)
_LACKING = (
    select(articles.c.id, articles.c.record).where(articles.c.derived == 0).order_by(articles.c.seq).limit(_AT_ONCE)
)
_MADE_UP = (
    update(articles)
    .where(articles.c.id == bindparam("article"))
    .values({name: bindparam(name) for name in ("derived", *stories.COLUMNS)})
)


def columns(traits: Traits) -> dict[str, Any]:
    """What the row of an article says of what is derived from it."""
    return {"derived": 1, **stories.columns(traits)}


def derive(archive: Archive, connection: Connection, traits: Mapping[str, Traits]) -> None:
    """Derives what is to be derived from articles, given by their ids; their rows have their `columns`.

    For a transaction that holds `changes.next_changes`.
    """
    rows = [
        Saved(row.seq, row.id, row.site, row.kind, row.section_code, row.published_at, traits[row.id])
        for row in connection.execute(_FACTS, {"ids": list(traits)})
    ]
    for way in WAYS:
        way(archive, connection, rows)


def forget(archive: Archive, connection: Connection, ids: Sequence[str]) -> None:
    """Takes back what was derived from articles that are about to leave or change, in a transaction like `derive`'s."""
    seqs = list(connection.execute(_SEQS, {"ids": list(ids)}).scalars())
    for way in reversed(WAYS_BACK):
        way(archive, connection, seqs)


def make_up(archive: Archive) -> None:
    """Derives what is lacking, a few hundred articles at a time; others can write in between. Raises `ArchiveError`."""
    count = 0
    while True:
        with archive.read() as connection:
            if not connection.execute(_LACKING.limit(1)).first():
                break
        with archive.write() as connection:
            next_changes(archive, connection, 0)  # one after the other with whoever saves articles
            traits = {id_: traits_of_json(id_, record) for id_, record in connection.execute(_LACKING)}
            connection.execute(_MADE_UP, [{"article": id_, **columns(one)} for id_, one in traits.items()])
            derive(archive, connection, traits)
        count += len(traits)
    if count:
        logger.info("%s: %d articles of an older version are ready for use", archive.name, count)
