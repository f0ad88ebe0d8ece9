"""The plan's word for its database: a file's path, sqlite:///... or postgresql://..., with variables in it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from string import Template
from urllib.parse import quote

_SCHEME = re.compile(r"(?:sqlite|postgresql|postgres)(?:\+\w+)?")
_MEMORY = ("", ":memory:", "sqlite://", "sqlite:///", "sqlite:///:memory:")


def check_database(text: str) -> str:
    """The text as it is, if a database can be meant by it. Raises `ValueError` in words fit for a user."""
    if not Template(text).is_valid():
        raise ValueError("a $ begins no variable's name; write $NAME or ${NAME}, and $$ for the sign itself")
    if not Template(text.partition("://")[0]).get_identifiers():
        _check_kind(text)
    return text


def fill_database(text: str, environment: Mapping[str, str], folder: Path) -> str:
    """The database as the archive opens it: an absolute path, or an address with its variables filled in.

    Variables in an address's user and password may hold any sign: they are percent-encoded here. Raises `ValueError`
    in words fit for a user where a variable is not set (or empty), or where the result is no database.
    """
    for name in Template(text).get_identifiers():
        if not environment.get(name):
            raise ValueError(f"the environment variable {name} is not set")
    encoded = {name: quote(value, safe="") for name, value in environment.items()}
    scheme, separator, rest = text.partition("://")
    user, at, _ = rest.partition("/")[0].rpartition("@")
    place = rest[len(user + at) :]
    parts = ((scheme + separator, environment), (user + at, encoded), (place, environment))
    filled = "".join(Template(part).substitute(values) for part, values in parts)
    _check_kind(filled)
    if "://" not in filled:
        return os.path.normpath(folder / os.path.expanduser(filled))
    if filled.startswith("sqlite"):
        scheme, _, path = filled.partition(":///")
        return f"{scheme}:///{folder / path}"
    return filled


def _check_kind(text: str) -> None:
    scheme, separator, _ = text.partition("://")
    if separator and not _SCHEME.fullmatch(scheme):
        raise ValueError(f"{scheme} databases are not supported; name an SQLite file or a postgresql:// address")
    if text.strip() in _MEMORY:
        raise ValueError("a database in memory is gone after the round; name a file")
