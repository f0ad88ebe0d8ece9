"""Files that grow from run to run and are whole at any moment: packed JSON lines, CSV, Parquet.

Nothing can be appended to them in place without a moment in which they are torn. So what is in the file is written
again, the new records behind it, and the new file takes the old one's name (see `files`). That is for files of hours or
days; for those of years there is `newsscrape export`.
"""

from __future__ import annotations

import contextlib
import csv
import fcntl
import gzip
import io
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import orjson

from newsscrape.article import Article
from newsscrape.export.csv_file import FIELDS, CsvFile
from newsscrape.export.exporting import RECORD, format_of
from newsscrape.export.files import unpacked, whole_file
from newsscrape.export.jsonl import SinkError
from newsscrape.export.parquet_file import ParquetFile, parquet_tables

_ENDINGS = (".csv", ".parquet", ".jsonl.gz", ".csv.gz", ".jsonl.zst", ".csv.zst")
Version = tuple[str, datetime | None]
"""What tells a version of an article from all others: its id, and the moment of its fetch."""


def grows_whole(target: str | Path) -> bool:
    """Whether a file's name asks for one of these formats; JSON lines of another name are appended to (see `jsonl`)."""
    return str(target).lower().endswith(_ENDINGS)


def make_ready(target: Path) -> None:
    """Sees that a file can grow before work is done for it: what is in it is ours, and what it takes is installed.

    Its folder is made. Raises `SinkError`; the file is not changed.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _KINDS[format_of(target)](io.BytesIO()) as growing:
            next(_taken(growing, target), None)
    except OSError as error:
        raise SinkError(f"{target} cannot be opened: {error.strerror}") from error


def grow(target: Path, records: Iterable[str]) -> int:
    """Adds records (JSON documents, as `to_json` writes them) to a file, those that it has not; returns how many.

    The file stays as it was, or has all of them; others that let it grow wait meanwhile. Raises `SinkError`: what is in
    the file is cut or no records of ours, or the disk refuses.
    """
    count = 0
    with _folder_to_ourselves(target), whole_file(target) as file, _KINDS[format_of(target)](file) as growing:
        known = set(_taken(growing, target))
        for record in records:
            row = orjson.loads(record)
            if _version(row["id"], row["fetched_at"]) not in known:
                growing.add(row)
                count += 1
    return count


def _taken(growing: _Growing, target: Path) -> Iterator[Version]:
    """What the file has so far."""
    if not target.exists():
        return
    try:
        yield from growing.take(target)
    except (EOFError, ValueError, csv.Error, zlib.error, gzip.BadGzipFile) as error:  # pyarrow's are ValueErrors
        raise SinkError(f"{target}: {error}; nothing in it was changed, mend it or name another file") from error


@contextlib.contextmanager
def _folder_to_ourselves(target: Path) -> Iterator[None]:
    """Keeps other processes from letting files of this folder grow: a file that is replaced cannot be locked itself."""
    fd = os.open(Path(os.path.realpath(target)).parent, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


class _Growing(Protocol):
    """A file being written that takes over what is in an old one."""

    def __init__(self, file: BinaryIO) -> None: ...

    def take(self, old: Path) -> Iterator[Version]:
        """Writes what is in an old file, and tells of each record which version it is. Raises what is wrong in it."""

    def add(self, row: Mapping[str, Any]) -> None:
        """One more record."""

    def __enter__(self) -> _Growing: ...

    def __exit__(self, *error: object) -> None: ...


class _Lines(contextlib.AbstractContextManager["_Lines"]):
    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def take(self, old: Path) -> Iterator[Version]:
        with unpacked(old) as lines:
            for number, line in enumerate(lines, 1):
                try:
                    row = orjson.loads(line)
                    version = _version(row["id"], row["fetched_at"])
                except (ValueError, KeyError, TypeError) as error:
                    raise ValueError(f"line {number:,} is no record") from error
                self._file.write(line if line.endswith(b"\n") else line + b"\n")
                yield version

    def add(self, row: Mapping[str, Any]) -> None:
        self._file.write(orjson.dumps(row) + b"\n")

    def __exit__(self, *error: object) -> None:
        pass


class _Cells(contextlib.AbstractContextManager["_Cells"]):
    def __init__(self, file: BinaryIO) -> None:
        self._csv = CsvFile(file, FIELDS)
        self.add = self._csv.add

    def take(self, old: Path) -> Iterator[Version]:
        with unpacked(old) as data, io.TextIOWrapper(data, encoding="utf-8", newline="") as text:
            rows = csv.reader(text, strict=True)
            if next(rows, None) != list(FIELDS):
                raise ValueError("its columns are not those of articles")
            for row in rows:
                if len(row) != len(FIELDS):
                    raise ValueError(f"line {rows.line_num:,} has {len(row)} cells instead of {len(FIELDS)}")
                cells = dict(zip(FIELDS, row, strict=True))
                version = _version(cells["id"], cells["fetched_at"])
                self._csv.add_cells(row)
                yield version

    def __exit__(self, *error: object) -> None:
        self._csv.close()


class _Columns(contextlib.AbstractContextManager["_Columns"]):
    def __init__(self, file: BinaryIO) -> None:
        self._parquet = ParquetFile(file, Article, RECORD.columns)
        self.add = self._parquet.add

    def take(self, old: Path) -> Iterator[Version]:
        for table in parquet_tables(old):
            if table.schema != self._parquet.schema:
                raise ValueError("its columns are not those of articles, or of another version of newsscrape")
            self._parquet.add_table(table)
            for id_, moment in zip(table["id"].to_pylist(), table["fetched_at"].to_pylist(), strict=True):
                yield id_, moment and moment.astimezone(UTC)

    def __exit__(self, *error: Any) -> None:
        self._parquet.__exit__(*error)


_KINDS: Mapping[str, type[_Growing]] = {"jsonl": _Lines, "csv": _Cells, "parquet": _Columns}


def _version(id_: str, fetched_at: str | None) -> Version:
    return id_, datetime.fromisoformat(fetched_at).astimezone(UTC) if fetched_at else None
