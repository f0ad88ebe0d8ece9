"""The words that bylines, datelines and credits are made of, read once from the data files beside this module.

`surnames.txt`, `first_names.txt`, `not_names.txt`, `places.txt`: words, blank or line separated, `#` begins a
comment line.
`roles.toml`, `agencies.toml`: lists with a comment each. To teach the library a new title, desk or wire, edit
those files.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

_HERE = files("newsscrape.korean")


def _lines(name: str) -> list[str]:
    text = (_HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in line.split())


def table(name: str) -> dict[str, Any]:
    """One of the TOML data files beside this module, read."""
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


def any_of(words: Iterable[str]) -> str:
    """A regex alternation of literal words, the longest first, so that no word hides a longer one."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


_roles = table("roles.toml")
_agencies = table("agencies.toml")

SURNAMES = frozenset(_lines("surnames.txt")[0])
COMPOUND_SURNAMES = frozenset(_lines("surnames.txt")[1].split())
NAMES = frozenset(_lines("surnames.txt")[2].split())
FIRST_NAMES = _words("first_names.txt")
NOT_NAMES = _words("not_names.txt")
PLACES = _words("places.txt")

JOURNALIST = frozenset[str](_roles["journalist"])
SHARED = frozenset[str](_roles["shared"])
PROFESSIONS = frozenset[str](_roles["professions"])
PICTURE = frozenset[str](_roles["picture"])
CONTRIBUTOR = frozenset[str](_roles["contributor"])
POSTS = frozenset[str](_roles["posts"])
ORGANISATIONS = tuple[str, ...](_roles["organisations"])
QUALIFIERS = frozenset[str](_roles["qualifiers"])
FIELDS = frozenset[str](_roles["fields"])
DESK_STEMS = frozenset[str](_roles["desks"]["stems"])
DESK_ENDINGS = frozenset[str](_roles["desks"]["endings"])
OFFICE_ENDINGS = frozenset[str](_roles["desks"]["office_endings"])
MEDIA_STEMS = frozenset[str](_roles["desks"]["media_stems"])
DESKS = frozenset[str](_roles["desks"]["names"])
AUTHOR_LABELS = frozenset[str](_roles["labels"]["author"])
CREDIT_LABELS = frozenset[str](_roles["labels"]["credit"])
MAILBOXES = frozenset[str](_roles["mailboxes"]["names"])
BOTS = frozenset[str](_roles["bots"]["names"])

KOREAN_WIRES: dict[str, str] = {form: wire for wire, forms in _agencies["wires"].items() for form in forms}
FOREIGN_WIRES: dict[str, str] = {form: wire for wire, forms in _agencies["foreign_wires"].items() for form in forms}
WIRES = KOREAN_WIRES | FOREIGN_WIRES
OUTLETS = frozenset[str](_agencies["outlets"]["names"]) | frozenset(WIRES)
OUTLET_SUFFIXES = tuple[str, ...](_agencies["outlets"]["suffixes"])
SURE_OUTLET_SUFFIXES = tuple[str, ...](_agencies["outlets"]["sure_suffixes"])
BROADCASTERS = frozenset[str](_agencies["outlets"]["broadcasters"])
