"""The furniture rules: their shape, and the loader of the TOML files beside this one.

A file is a class of furniture. At its top stand `class`, `about` and, where all rules share them,
`zones`. Each `[[rule]]` has:

- `id`: "class.name"; it stands in the receipt of every cut,
- `zones`: where it may fire: `top` (before the title), `head` (between title and first body sentence),
  `body`, `tail` (after the last body sentence), `foot` (the page's footer),
- `pattern`: a regular expression that must match the WHOLE line, in its matching form (see
  `forms.matching_form`: quotes, dashes, brackets unified, lower case, list bullet gone), without back
  references; or `predicate`: the name of a function in `boilerplate.predicates`,
- `takes`: `line` (default), `run` (also the lines that follow, until body text or a line of another
  kind: lists of related headlines), `rest` (all that follows, but never full sentences of a body),
- `sentence`: true where it may take a line that ends like a sentence (fixed notices),
- `max`: the longest line in characters that it may take,
- `ends`: true where no article text comes after such a line,
- `general`: true for a broad rule that is asked after all others,
- `company`: true for a rule that is not sure of itself: in a tail it fires only behind surer furniture,
  or at most three lines in front of it (▶ is a slogan's mark, and a list item's),
- `note`: the line is kept as a note of the record (correction, editor, provenance, helpline),
- `why`: where it was seen, `drops` and `keeps`: its proof. Names in them are invented.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal, get_args

from newsscrape.article import NoteKind, Zone
from newsscrape.errors import ProfileError

Takes = Literal["line", "run", "rest"]
DEFAULT_MAX = 80
_CAPITAL = re.compile(r"(?<!\\)[A-Z]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One furniture rule; the fields are those of the TOML entry (see the module's docstring)."""

    id: str
    zones: frozenset[Zone]
    pattern: str | None = None
    predicate: str | None = None
    takes: Takes = "line"
    sentence: bool = False
    max: int = DEFAULT_MAX
    ends: bool = False
    general: bool = False
    company: bool = False
    note: NoteKind | None = None
    why: str = ""
    drops: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """The rule's class, which is the first part of its id and the name of its file."""
        return self.id.partition(".")[0]


def read_rules(entries: Iterable[Mapping[str, Any]], *, path: str, zones: Iterable[Zone] = ()) -> tuple[Rule, ...]:
    """Rules from the entries of a TOML file (or of a site profile); `zones` where an entry names none.

    `path` is named in errors. Raises ProfileError for an unknown key, zone or predicate, a broken pattern, or
    an entry with neither pattern nor predicate.
    """
    return tuple(_read_rule(entry, path, tuple(zones)) for entry in entries)


def _read_rule(entry: Mapping[str, Any], path: str, zones: tuple[Zone, ...]) -> Rule:
    from newsscrape.boilerplate.predicates import PREDICATES

    name = str(entry.get("id", "?"))
    if unknown := set(entry) - set(Rule.__slots__):
        raise ProfileError(f"unknown key {sorted(unknown)[0]!r}", path=path, field=name)
    where = frozenset(entry.get("zones", zones))
    if not where or not where <= set(get_args(Zone)):
        raise ProfileError(f"zones must be some of {', '.join(get_args(Zone))}", path=path, field=name)
    pattern, predicate = entry.get("pattern"), entry.get("predicate")
    if (pattern is None) == (predicate is None):
        raise ProfileError("needs either a pattern or a predicate", path=path, field=name)
    if predicate is not None and predicate not in PREDICATES:
        raise ProfileError(f"no predicate is called {predicate!r}", path=path, field=name)
    if pattern is not None:
        try:
            pattern = _CAPITAL.sub(lambda letter: letter[0].lower(), pattern)
            re.compile(pattern)
        except re.error as error:
            raise ProfileError(f"pattern: {error}", path=path, field=name) from error
    proof = {kind: tuple(entry.get(kind, ())) for kind in ("drops", "keeps")}
    return Rule(**{**entry, **proof, "zones": where, "pattern": pattern})


@lru_cache(maxsize=1)
def load_rules() -> tuple[Rule, ...]:
    """All rules of the library, in the order of file names and of entries. Read once, at the first call."""
    rules: list[Rule] = []
    folder = resources.files(__name__)
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            data = tomllib.loads(file.read_text("utf-8"))
            rules.extend(read_rules(data["rule"], path=file.name, zones=data.get("zones", ())))
    return tuple(rules)


@lru_cache(maxsize=1)
def notes() -> Mapping[str, NoteKind]:
    """Rule id -> kind of note, for the rules whose lines are kept as notes of the record."""
    return {rule.id: rule.note for rule in load_rules() if rule.note}
