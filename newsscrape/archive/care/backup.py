"""A copy of an archive, made while others write: an SQLite file that is an archive itself.

An SQLite archive is copied page by page by SQLite's own backup, under one read transaction: writers go on. Of one on
PostgreSQL the rows of one snapshot are copied; for a backup of the server as a whole there is `pg_dump`.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, text

from newsscrape.archive.archive import Archive
from newsscrape.archive.opening import open_archive
from newsscrape.archive.tables import articles, metadata, schema_versions, shingles, sketches, texts
from newsscrape.errors import ArchiveError

_AT_ONCE = 500  # rows in memory
Progress = Callable[[str, int], None]


def backup(archive: Archive, target: Path, *, replace: bool = False, progress: Progress | None = None) -> int:
    """Copies an archive into an SQLite file; returns its bytes.

    The file is there whole or not at all. `replace` lets it take the place of one that is there. `progress` is told
    each table with the number of its rows, where rows are copied. Raises `ArchiveError`: the target is there, cannot
    be written, or the copy is not sound (then the disk, or the archive, is not).
    """
    if target.exists() and not replace:
        raise ArchiveError(f"{target} is there; name another file, or let it be replaced")
    if not target.absolute().parent.is_dir():
        raise ArchiveError(f"{target} cannot be written: there is no folder {target.parent}")
    with _part(target) as part:
        try:
            if archive.is_postgresql:
                _copy_rows(archive, part, progress)
            else:
                _copy_file(archive, part)
            _make_sure(part, archive.name)
        except (sqlite3.Error, OSError) as error:
            raise ArchiveError(f"{target} cannot be written: {error}; nothing was changed") from error
        size = part.stat().st_size
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
    return size


@contextlib.contextmanager
def _part(target: Path) -> Iterator[Path]:
    """The file's name until it is whole; whatever is left of it goes."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            part.with_name(part.name + ending).unlink(missing_ok=True)


def _copy_file(archive: Archive, part: Path) -> None:
    with contextlib.closing(sqlite3.connect(part)) as copy, archive.read() as connection:
        own: Any = connection.connection.driver_connection
        own.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, as long as nobody opens it as an archive


def _copy_rows(archive: Archive, part: Path, progress: Progress | None) -> None:
    with open_archive(part) as copy, archive.engine.connect() as connection:
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        with copy.write() as target:
            target.execute(schema_versions.delete())
            for table in metadata.sorted_tables:
                if table in (texts, sketches, shingles):  # derived
                    continue
                count = 0
                rows = connection.execution_options(yield_per=_AT_ONCE).execute(select(table))
                for some in rows.partitions():
                    target.execute(insert(table), [_row(table.name, dict(row._mapping)) for row in some])
                    count += len(some)
                if progress is not None:
                    progress(table.name, count)
    with open_archive(part) as copy:  # makes up for what is derived: each database has its own index of texts
        _close_log(copy)


def _row(table: str, row: dict[str, Any]) -> dict[str, Any]:
    return row | {"derived": 0} if table == articles.name else row


def _close_log(copy: Archive) -> None:
    with copy.alone() as connection:
        connection.execute(text("PRAGMA journal_mode = DELETE"))


def _make_sure(part: Path, name: str) -> None:
    with contextlib.closing(sqlite3.connect(part)) as connection:
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise ArchiveError(f"the copy of {name} is not sound ({said}); try `newsscrape archive check`")
