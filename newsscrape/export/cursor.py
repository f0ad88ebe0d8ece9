"""How far an incremental export has come: a small JSON file of the user's.

::

    {"archive": "2026-11-20T06:05:00+00:00", "change": 1042, "selection": {"site": ["yna"]}}

It is replaced after an export's output is whole. A crash between the two lets the next export write the same
articles again: nothing is lost, something may come twice, which a reader tells by `id` and `content_hash`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from newsscrape.errors import ExportError
from newsscrape.export.files import whole_file


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last change exported from an archive under a selection. `archive` tells one archive from another."""

    archive: str
    selection: Mapping[str, Any]
    change: int = 0


def load_cursor(path: Path, fresh: Cursor, last_change: int) -> Cursor:
    """The cursor in a file; `fresh` where there is no file yet.

    `last_change` is the archive's. Raises `ExportError` where the file is no cursor, or belongs to another archive or
    another selection than `fresh`: going on from it would lose articles unseen.
    """
    try:
        known = orjson.loads(path.read_bytes())
        found = Cursor(str(known["archive"]), dict(known["selection"]), int(known["change"]))
    except FileNotFoundError:
        return fresh
    except OSError as error:
        raise ExportError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ExportError(f"{path} is no cursor of an export; name another file") from error
    if found.archive != fresh.archive or found.change > last_change:
        raise ExportError(f"{path} belongs to another archive; begin with a new cursor file")
    if found.selection != fresh.selection:
        raise ExportError(
            f"{path} belongs to an export with other options ({_words(found)}; now {_words(fresh)}); "
            "each needs a cursor file of its own"
        )
    return found


def save_cursor(path: Path, cursor: Cursor) -> None:
    """Writes a cursor, whole or not at all. Raises `SinkError`."""
    with whole_file(path) as file:
        file.write(orjson.dumps(asdict(cursor)) + b"\n")


def _words(cursor: Cursor) -> str:
    return ", ".join(f"{name} {value}" for name, value in cursor.selection.items() if value) or "all articles"
