"""Opening the archive that a command reads or mends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from newsscrape.archive import Archive

DATABASE = "newsscrape.db"  # as `newsscrape crawl` calls it
Database = Annotated[
    str, typer.Option("--db", metavar="FILE-OR-URL", envvar="NEWSSCRAPE_DB", help="The archive: a file or a URL.")
]
Json = Annotated[bool, typer.Option("--json", help="JSON on stdout instead of tables.")]


def opened(database: str, *, writing: bool = False) -> Archive:
    """An archive, which must be there. Raises `NoArchive` and `ArchiveError`."""
    from newsscrape.archive import open_archive
    from newsscrape.errors import NoArchive

    if database.startswith("postgres"):
        return open_archive(database, read_only=not writing)
    if not Path(database.removeprefix("sqlite:///")).exists():
        raise NoArchive(f"there is no archive {database}; `newsscrape crawl` makes one, --db names another")
    # Not `read_only`: a file opened so may be read without locks, and a crawl that begins while we read would change
    # it under our hands.
    return open_archive(database)
