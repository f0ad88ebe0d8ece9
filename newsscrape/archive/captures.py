"""What stands in WARC files: which record holds a page, and which earlier one holds the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select

from newsscrape.archive.archive import Archive
from newsscrape.archive.tables import captures
from newsscrape.warc.exchange import Original
from newsscrape.warc.records import Written, written

_OK = 200
_NEWEST = select(captures.c.url, captures.c.digest, captures.c.record_id, captures.c.captured_at).limit(1)
_NEWEST = _NEWEST.order_by(captures.c.id.desc())
_SAME_BYTES = _NEWEST.where(captures.c.digest == bindparam("value"), captures.c.revisit == 0)
_LAST_OF = _NEWEST.where(captures.c.url == bindparam("value"), captures.c.status == _OK)


class Captures:
    """The records that this process writes: known here at once, in the database with its writer's next transaction."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._new: list[Written] = []

    def __bool__(self) -> bool:
        return bool(self._new)

    def note(self, written: Written) -> None:
        """Notes a record that was written."""
        self._new.append(written)

    def put(self, connection: Connection) -> None:
        """Puts into the database what was noted since the last time."""
        _put(connection, self._new)

    def forget(self) -> None:
        """What was put is committed."""
        self._new = []

    def same_bytes(self, digest: str) -> Original | None:
        """The newest record that holds a body of this digest. Raises `ArchiveError`."""
        for one in reversed(self._new):
            if one.record.digest == digest and not one.revisit:
                return one.record
        return _first(self.archive, _SAME_BYTES, digest)

    def last_of(self, url: str) -> Original | None:
        """The newest record that holds what an address last gave (200). Raises `ArchiveError`."""
        new = (one.record for one in reversed(self._new) if one.record.url == url and one.status == _OK)
        last = next(new, None) or _first(self.archive, _LAST_OF, url)
        return last and self.same_bytes(last.digest)

    def make_up(self, file: Path) -> int:
        """Notes what a killed process wrote to a file and had no time to note; returns how many records.

        Raises `WarcError` or `ArchiveError`.
        """
        noted = select(func.max(captures.c.place)).where(captures.c.file == file.name)
        with self.archive.read() as connection:
            last: int | None = connection.execute(noted).scalar()
        behind = [one for one in written(file, last or 0) if last is None or one.place > last]
        with self.archive.write() as connection:
            _put(connection, behind)
        return len(behind)


def _put(connection: Connection, new: Sequence[Written]) -> None:
    if new:
        rows = [
            {**asdict(one.record), "status": one.status, "file": one.file, "place": one.place}
            | {"revisit": int(one.revisit)}
            for one in new
        ]
        connection.execute(insert(captures), rows)


def place_of(archive: Archive, digest: str) -> tuple[str, int] | None:
    """Where a record holds a body of this digest: its file's name, and the byte. Raises `ArchiveError`."""
    held = select(captures.c.file, captures.c.place).where(captures.c.digest == digest, captures.c.revisit == 0)
    with archive.read() as connection:
        row = connection.execute(held.order_by(captures.c.id.desc()).limit(1)).first()
    return None if row is None else (row.file, row.place)


def _first(archive: Archive, statement: Any, value: str) -> Original | None:
    with archive.read() as connection:
        row = connection.execute(statement, {"value": value}).first()
    return None if row is None else Original(*row)
