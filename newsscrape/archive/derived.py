"""What the archive derives from the texts of its articles, so that it can be looked up.

It is made in the transaction that saves an article, and `articles.derived` says that it was. Articles of which it is
lacking, since they come from an older schema, are made up for when the archive is opened for writing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection, select, update

from newsscrape.archive import stories
from newsscrape.archive.archive import Archive
from newsscrape.archive.changes import next_changes
from newsscrape.archive.entry import Entry, Saved
from newsscrape.archive.search.index import index_texts, remove_texts
from newsscrape.archive.tables import articles

logger = logging.getLogger(__name__)
_AT_ONCE = 200  # articles made up for by one transaction

Way = Callable[[Archive, Connection, Sequence[Saved]], None]

WAYS: tuple[Way, ...] = (index_texts, stories.place)
"""What is derived, in this order. Each takes articles that were just saved, and replaces what it had made of them."""


WAYS_BACK: tuple[Way, ...] = (remove_texts, stories.forget)
"""What takes it back, in the same order."""


def derive(archive: Archive, connection: Connection, entries: Mapping[str, Entry | None]) -> None:
    """Derives what is to be derived from articles, for a transaction that holds `changes.next_changes`.

    They are given by their ids, each with its entry where it is there.
    """
    saved = select(articles.c.seq, articles.c.id, articles.c.record).where(articles.c.id.in_(entries))
    rows = [Saved(*row, entries[row.id]) for row in connection.execute(saved.order_by(articles.c.seq))]
    for way in WAYS:
        way(archive, connection, rows)
    connection.execute(update(articles).where(articles.c.seq.in_([row[0] for row in rows])).values(derived=1))


def forget(archive: Archive, connection: Connection, ids: Sequence[str]) -> None:
    """Takes back what was derived from articles that are about to leave, in a transaction like that of `derive`."""
    saved = select(articles.c.seq, articles.c.id, articles.c.record).where(articles.c.id.in_(ids))
    rows = [Saved(*row) for row in connection.execute(saved.order_by(articles.c.seq))]
    for way in reversed(WAYS_BACK):
        way(archive, connection, rows)


def make_up(archive: Archive) -> None:
    """Derives what is lacking, a few hundred articles at a time; others can write in between. Raises `ArchiveError`."""
    lacking = select(articles.c.id).where(articles.c.derived == 0).order_by(articles.c.seq).limit(_AT_ONCE)
    count = 0
    while True:
        with archive.read() as connection:
            if not connection.execute(lacking.limit(1)).first():
                break
        with archive.write() as connection:
            next_changes(archive, connection, 0)  # one after the other with whoever saves articles
            ids = list(connection.execute(lacking).scalars())
            derive(archive, connection, dict.fromkeys(ids))
        count += len(ids)
    if count:
        logger.info("%s: %d articles of an older version are ready for use", archive.name, count)
