"""What stands in WARC files: which record holds a page, and which earlier one holds the same bytes."""

from __future__ import annotations

from sqlalchemy import ColumnElement, insert, select

from newsscrape.archive.archive import Archive
from newsscrape.archive.tables import captures
from newsscrape.warc.exchange import Original


def note_capture(archive: Archive, original: Original, file: str, place: int, *, revisit: bool) -> None:
    """Notes a record that was written: `file` is its file's name, `place` where it begins. Raises `ArchiveError`."""
    with archive.write() as connection:
        connection.execute(
            insert(captures).values(
                url=original.url,
                digest=original.digest,
                record_id=original.record_id,
                captured_at=original.captured_at,
                file=file,
                place=place,
                revisit=int(revisit),
            )
        )


def same_bytes(archive: Archive, digest: str) -> Original | None:
    """The newest record that holds a body of this digest. Raises `ArchiveError`."""
    return _newest(archive, captures.c.digest == digest)


def place_of(archive: Archive, digest: str) -> tuple[str, int] | None:
    """Where a record holds a body of this digest: its file's name, and the byte. Raises `ArchiveError`."""
    held = select(captures.c.file, captures.c.place).where(captures.c.digest == digest, captures.c.revisit == 0)
    with archive.read() as connection:
        row = connection.execute(held.order_by(captures.c.id.desc()).limit(1)).first()
    return None if row is None else (row.file, row.place)


def last_of(archive: Archive, url: str) -> Original | None:
    """The newest record that holds the body of this address. Raises `ArchiveError`."""
    return _newest(archive, captures.c.url == url)


def _newest(archive: Archive, condition: ColumnElement[bool]) -> Original | None:
    found = select(captures.c.url, captures.c.digest, captures.c.record_id, captures.c.captured_at)
    newest = found.where(condition, captures.c.revisit == 0).order_by(captures.c.id.desc()).limit(1)
    with archive.read() as connection:
        row = connection.execute(newest).first()
    return None if row is None else Original(*row)
