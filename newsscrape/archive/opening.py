"""Opening an archive: which database an address names, and whether it is ours."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from newsscrape.archive.archive import WRITES, Archive, cause
from newsscrape.archive.derived import make_up
from newsscrape.archive.migrations import check, upgrade
from newsscrape.archive.tables import schema_versions
from newsscrape.errors import ArchiveError, NoArchive

_BUSY_SECONDS = 30  # how long SQLite waits for another process's transaction


def open_archive(database: str | Path | None = None, *, read_only: bool = False) -> Archive:
    """Opens an archive, creating or upgrading its tables; `read_only` changes nothing, and needs one that is there.

    `database` is the path of an SQLite file, a URL ("sqlite:///news.db", "postgresql://user@host/base"), or
    None for one that is gone with the process: SQLite keeps it in memory while it is small, else in a file without
    a name (in the folder for such, see `tempfile`). Raises `ArchiveError` where it cannot be opened, is no
    archive, or was written by a newer newsscrape; `read_only` also where it was written by an older one, and
    `NoArchive` where there is none yet.
    """
    url = make_url("sqlite://") if database is None else _url(database)
    name = url.render_as_string(hide_password=True) if url.get_backend_name() != "sqlite" else _file_name(url)
    try:
        if url.get_backend_name() != "sqlite":
            engine = _postgresql(url, read_only=read_only)
        else:
            engine = _sqlite_read_only(url) if read_only else _sqlite(url, passing=database is None)
        if read_only:
            check(engine, name)
        else:
            upgrade(engine.execution_options(**WRITES), name)
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise ArchiveError(f"{name} cannot be opened: {cause(error)}") from error
    archive = Archive(engine, name)
    if not read_only:
        make_up(archive)
    return archive


def _url(database: str | Path) -> URL:
    if isinstance(database, Path) or "://" not in database:
        return URL.create("sqlite", database=str(database))
    try:
        url = make_url(database)
        backend = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise ArchiveError(f"{database.partition('://')[0]}://... is no database address: {error}") from error
    if backend in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise ArchiveError(f"{backend} databases are not supported; name an SQLite file or a postgresql:// address")
    return url


def _file_name(url: URL) -> str:
    return url.database or "the database in memory"


def _sqlite(url: URL, *, passing: bool) -> Engine:
    options: dict[str, Any] = {"connect_args": {"timeout": _BUSY_SECONDS, "check_same_thread": False}}
    if passing:
        # An empty name is not memory: SQLite spills what it does not need into a file that nobody else sees.
        options = {"creator": lambda: sqlite3.connect("", check_same_thread=False), "poolclass": StaticPool}
    elif not url.database or url.database == ":memory:":
        options["poolclass"] = StaticPool
    else:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        _refuse_foreign_file(Path(url.database))
        _refuse_foreign_tables(Path(url.database))
    engine = create_engine(url, **options)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions begin where we say so, below
        _write_ahead(connection)
        for pragma in (
            "synchronous = NORMAL",  # a kill loses nothing; a power cut may lose the last commits, never the file
            "foreign_keys = ON",
            f"busy_timeout = {_BUSY_SECONDS * 1000}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("newsscrape_writes"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # a reader that turns writer would not wait, but fail

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turns on the write-ahead log; of several that do so in a new file one succeeds, whatever the others' timeout."""
    patience = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > patience:
                raise
        time.sleep(0.02)


def _sqlite_read_only(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise NoArchive("a database in memory has nothing to read; name a file")
    path = Path(url.database)
    if not path.exists():
        raise NoArchive(f"there is no {path}")
    _refuse_foreign_file(path)
    # SQLite lays two files beside one that it only reads (-wal, -shm), and leaves them there. Where nobody has it
    # open there is no -wal, and then "immutable" does without; a crawl that begins meanwhile writes elsewhere first.
    mode = "mode=ro" if path.with_name(path.name + "-wal").exists() else "mode=ro&immutable=1"
    address = f"file:{quote(str(path.absolute()))}?{mode}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS, check_same_thread=False)

    return create_engine("sqlite://", creator=connect, poolclass=StaticPool)


def _refuse_foreign_file(path: Path) -> None:
    """Raises `ArchiveError` for a file that is there and is no SQLite database: nothing of it is touched."""
    if path.is_dir():
        raise ArchiveError(f"{path} is a folder; name a file")
    if path.is_file() and path.stat().st_size:
        with path.open("rb") as file:
            if file.read(16) != b"SQLite format 3\x00":
                raise ArchiveError(f"{path} is no SQLite file; nothing was changed, name another")


def _refuse_foreign_tables(path: Path) -> None:
    """Raises `ArchiveError` for another program's database, before anything of it changes."""
    if path.is_file() and path.stat().st_size:
        with contextlib.closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as connection:
            tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        if tables and schema_versions.name not in tables:
            raise ArchiveError(
                f"{path} is no archive of newsscrape, but has tables called {', '.join(sorted(tables)[:5])}; "
                "nothing was changed, name another"
            )


def _postgresql(url: URL, *, read_only: bool) -> Engine:
    arguments: dict[str, Any] = {"connect_timeout": 10}
    if read_only:
        # Beside the address's own options (its search_path may stand there), which these arguments would replace.
        own = " ".join(url.normalized_query.get("options", ()))
        arguments["options"] = f"{own} -c default_transaction_read_only=on"
    try:
        return create_engine(url, pool_size=4, pool_pre_ping=True, connect_args=arguments)
    except ImportError as error:
        raise ArchiveError("PostgreSQL needs its driver: pip install 'newsscrape[postgresql]'") from error
