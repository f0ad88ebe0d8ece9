"""How a database comes to the newest version of the schema: numbered steps, each in a transaction of its own.

A smaller way than Alembic, for what is needed here: one line of versions, no branches, no way back, and a
file that upgrades itself when a newer newsscrape opens it, without a configuration beside it. A step is SQL
written out for good; it never uses `tables`, which moves on. Version 1 is the first schema: it is created from
`tables`, and so is every later one in an empty database.

Two processes may open an old database at once: the second waits for the first and finds the work done. A step
that fails leaves the database as it was before that step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, func, insert, inspect, select, text

from newsscrape.archive.steps import to_version_2
from newsscrape.archive.tables import metadata, schema_versions
from newsscrape.errors import ArchiveError, NoArchive

Step = Callable[[Connection], None]

STEPS: tuple[Step, ...] = (to_version_2,)
"""The steps from version 1 on: the first leads to version 2."""

_LOCK = 0x6E657773  # "news": the advisory lock of PostgreSQL under which a schema is changed


def upgrade(engine: Engine, name: str, steps: Sequence[Step] = STEPS) -> None:
    """Brings a database to the newest version; `name` is what messages call it.

    Raises `ArchiveError` where it was written by a newer newsscrape, or holds tables of something else.
    """
    newest = len(steps) + 1
    with engine.begin() as connection:
        _lock(connection)
        version = _version(connection, name)
        if version == 0:
            metadata.create_all(connection)
            _note(connection, newest)
            return
    _refuse_newer(version, newest, name)
    for number in range(version + 1, newest + 1):
        with engine.begin() as connection:
            _lock(connection)
            if _version(connection, name) < number:
                steps[number - 2](connection)
                _note(connection, number)


def check(engine: Engine, name: str, steps: Sequence[Step] = STEPS) -> None:
    """Makes sure that a database can be read as it is; changes nothing.

    Raises `NoArchive` where there are no tables yet, `ArchiveError` where `upgrade` would, or is needed.
    """
    newest = len(steps) + 1
    with engine.connect() as connection:
        version = _version(connection, name)
    if version == 0:
        raise NoArchive(f"{name} is empty: nothing was crawled into it yet")
    _refuse_newer(version, newest, name)
    if version < newest:
        raise ArchiveError(
            f"{name} was written by an older newsscrape (schema {version}, this one wants {newest}); "
            "the next crawl into it upgrades it, nothing was changed"
        )


def _refuse_newer(version: int, newest: int, name: str) -> None:
    if version > newest:
        raise ArchiveError(
            f"{name} was written by a newer newsscrape (schema {version}, this one knows {newest}); "
            "upgrade newsscrape, nothing was changed"
        )


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def _version(connection: Connection, name: str) -> int:
    """The schema's version; 0 where there is none yet."""
    inspector = inspect(connection)
    if inspector.has_table("schema_versions"):
        return connection.execute(select(func.max(schema_versions.c.number))).scalar() or 0
    foreign = sorted(set(inspector.get_table_names()) & set(metadata.tables))
    if foreign:
        raise ArchiveError(f"{name} is no archive of newsscrape, but has tables called {', '.join(foreign)}")
    return 0


def _note(connection: Connection, number: int) -> None:
    connection.execute(insert(schema_versions).values(number=number, applied_at=datetime.now(UTC)))
