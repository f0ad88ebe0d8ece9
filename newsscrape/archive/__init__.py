"""The archive: what was crawled, and the ledger of the crawling, in one SQLite file or on PostgreSQL.

::

    open_archive("newsscrape.db")              or "postgresql://user@host/base", or None: for this process alone
    ├── sources      lists to visit: last visit, ETag, Last-Modified, how often they bring news
    ├── pages        every address met: its state, its tries, when it is due, what the server said
    ├── articles     the records, and which of them an output file still waits for
    ├── counters     the number of the last change: an export goes on from where it was
    ├── hosts        robots.txt, kept a day; who wants to be left alone, and until when
    ├── units        who crawls which site just now: a lease with a heartbeat
    └── runs         what each run did

State is committed as it happens, in the order that loses nothing and doubles nothing: an article and its
page's new state in one transaction, then the line in the output file, then the note that it was written.
SQLAlchemy is known in this room only; every class here works alike on both databases.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsscrape.archive.archive import Archive
    from newsscrape.archive.opening import open_archive

__all__ = ["Archive", "open_archive"]
_HOMES = {"Archive": "archive", "open_archive": "opening"}


def __getattr__(name: str) -> Any:
    """Imports the two when they are used: processes that read pages make entries, and know no database."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
