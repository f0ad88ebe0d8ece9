"""Gives back to the disk what deleted and replaced rows have left."""

from __future__ import annotations

from sqlalchemy import text

from newsscrape.archive.archive import Archive
from newsscrape.archive.search.index import pack as pack_index
from newsscrape.archive.tables import metadata


def vacuum(archive: Archive) -> int:
    """Packs the database and counts anew what its planner goes by; returns the bytes that it takes up now.

    SQLite writes the file anew beside the old one, so the disk needs room for both, and nobody can write meanwhile.
    On PostgreSQL others go on; the room is there for new rows, and only the end of a table returns to the disk. Raises
    `ArchiveError`, and then everything is as it was.
    """
    with archive.alone() as connection:
        pack_index(archive, connection)
        if archive.is_postgresql:
            for name in metadata.tables:
                connection.execute(text(f"VACUUM (ANALYZE) {name}"))
        else:
            connection.execute(text("VACUUM"))
            connection.execute(text("ANALYZE"))
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    return archive.size()
