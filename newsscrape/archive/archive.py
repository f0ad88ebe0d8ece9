"""The database: reading from it, writing to it."""

from __future__ import annotations

import contextlib
import os
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.schema import Table

from newsscrape.errors import ArchiveError

WRITES = {"newsscrape_writes": True}  # marks transactions that change something
_PAGES = 0x70616765  # "page": the advisory locks of PostgreSQL that keep writers of a site's pages apart
_SQLITE_SIZE = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"


class Archive:
    """An open archive. Use it as a context manager, or call `close`.

    `name` is what messages call it: the file's path, or the URL without its password.
    """

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine = engine
        self.name = name
        self._writing = engine.execution_options(**WRITES)

    @property
    def is_postgresql(self) -> bool:
        """Whether the database is a PostgreSQL server, so that machines can share it."""
        return self.engine.dialect.name == "postgresql"

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for statements that change nothing. Raises `ArchiveError`."""
        with self._told(), self.engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection in a transaction: all of it happens, or nothing. Raises `ArchiveError`."""
        with self._told(), self._writing.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def alone(self) -> Iterator[Connection]:
        """A connection outside of any transaction, for what the database does only there. Raises `ArchiveError`."""
        with self._told(), self.engine.connect() as connection:
            # SQLite's transactions begin where we say so (see `opening`), and here we do not.
            yield connection.execution_options(isolation_level="AUTOCOMMIT") if self.is_postgresql else connection

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise ArchiveError(
                f"{self.name}: {cause(error)}; what was committed is safe, run again to go on"
            ) from error

    def insert(self, table: Table) -> Any:
        """An INSERT in the database's own dialect, with ON CONFLICT."""
        return postgresql.insert(table) if self.is_postgresql else sqlite.insert(table)

    def hold(self, connection: Connection, sites: Iterable[str]) -> None:
        """Keeps other transactions from the pages of these sites until this one ends; call it before all else.

        Without it, two that write the same rows in different orders would wait for each other on PostgreSQL. SQLite
        has one writer at a time.
        """
        if self.is_postgresql:
            for key in sorted({zlib.crc32(site.encode()) - 2**31 for site in sites}):
                connection.execute(text("SELECT pg_advisory_xact_lock(:room, :key)"), {"room": _PAGES, "key": key})

    def now(self) -> datetime:
        """This moment by the database's clock (UTC), so that machines agree on who is late."""
        return datetime.now(UTC) + self._offset

    @cached_property
    def _offset(self) -> timedelta:
        if not self.is_postgresql:
            return timedelta()
        with self.read() as connection:
            theirs: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        return theirs.astimezone(UTC) - datetime.now(UTC)

    def size(self) -> int:
        """How many bytes the database takes up."""
        statement = "SELECT pg_database_size(current_database())" if self.is_postgresql else _SQLITE_SIZE
        with self.read() as connection:
            return int(connection.execute(text(statement)).scalar_one())

    def close(self) -> None:
        """Closes the connections; closing twice does no harm."""
        self.engine.dispose()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def cause(error: BaseException) -> str:
    """The driver's own words, on one line."""
    original = getattr(error, "orig", None) or error
    words = " ".join(str(original).split()) or type(original).__name__
    return os.strerror(original.errno) if isinstance(original, OSError) and original.errno else words
