"""Numbers for changes, in the order in which they are committed.

Every save of an article, a new one or a new version, gets the next number. Whoever has read all articles up to a
number has missed nothing below it, and asks next time for those above it.

A sequence of PostgreSQL would not do: a transaction that drew 7 may commit after one that drew 8, and a reader
in between would go on from 8. Here the last number stands in a row of `counters`. Whoever counts it up holds that row
until its transaction ends, so the next number is drawn only when the one before can be seen, or was never given.
(The other way, PostgreSQL's transaction numbers with their horizon, holds nobody up, but any long transaction on the
server would keep an export from going on, and the numbers do not survive a dump and restore.) Writers of articles
thus commit one after the other; their transactions are short. SQLite has one writer at a time anyway.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from newsscrape.archive.archive import Archive
from newsscrape.archive.tables import counters

_ARTICLES = "articles"


def next_changes(archive: Archive, connection: Connection, count: int) -> int:
    """The first of the next `count` numbers; other writers of articles wait until the transaction ends."""
    statement = archive.insert(counters).values(name=_ARTICLES, value=count)
    statement = statement.on_conflict_do_update(
        index_elements=["name"], set_={"value": counters.c.value + statement.excluded.value}
    ).returning(counters.c.value)
    last: int = connection.execute(statement).scalar_one()
    return last - count + 1


def last_change(archive: Archive) -> int:
    """The last number given out; 0 where there is no article yet."""
    with archive.read() as connection:
        return connection.execute(select(counters.c.value).where(counters.c.name == _ARTICLES)).scalar() or 0
