"""The likely origin of near copies: what their records say of it.

An agency's own piece comes before a paper's own, and that before one that names another house as its source (in its
dateline, its source line, or as its reporter's house); the publisher's own page before the same on a portal; one that
tells the time of day before one that tells the day alone, of which nobody knows what came first on it. Each of this is
said by one record alone, and makes a number. Of equal ones the earliest is the likely origin.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from newsscrape.korean.agencies import is_outlet, wire_of

_AGENCY, _OWN, _NAMES_ANOTHER = 8, 4, 0
_ON_ITS_OWN_PAGE = 2
_WITH_TIME = 1
_LATE = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several copies: its id, its `originality`, and when it was published."""

    id: str
    originality: int
    published_at: datetime | None

    @property
    def order(self) -> tuple[int, datetime, str]:
        """The likelier origin comes first."""
        return -self.originality, self.published_at or _LATE, self.id


def originality(record: Mapping[str, Any]) -> int:
    """How likely an article's record (its JSON, read) makes it to be the origin of its copies: larger is likelier."""
    publisher = record.get("publisher") or {}
    own = {_folded(publisher[name]) for name in ("name", "key", "domain") if publisher.get(name)}
    wire = wire_of(publisher.get("name") or "")
    if wire:
        own.add(_folded(wire))
    found = _AGENCY if wire else _OWN
    if any(_folded(name) not in own for name in _named(record)):
        found = _NAMES_ANOTHER
    if not record.get("portal"):
        found += _ON_ITS_OWN_PAGE
    precision = ((record.get("dates") or {}).get("published_at") or {}).get("precision")
    if record.get("published_at") and precision != "day":
        found += _WITH_TIME
    return found


def why_first(candidates: Sequence[Candidate]) -> str:
    """Why the first of these (two at least, in their order) is the likely origin, in words."""
    first, second = candidates[0], candidates[1]
    if first.originality & _AGENCY and not second.originality & _AGENCY:
        return "it is the agency's own"
    if (first.originality ^ second.originality) & _OWN:
        return "the others name another source"
    if (first.originality ^ second.originality) & _ON_ITS_OWN_PAGE:
        return "the others stand on a portal"
    if first.originality != second.originality:
        return "the others tell no time of day"
    if first.published_at != second.published_at:
        return "it was published first"
    return "nothing tells them apart but its id"


def _named(record: Mapping[str, Any]) -> list[str]:
    """The houses that a record names as its source."""
    dateline = record.get("dateline") or {}
    named = [wire_of(name) or name for name in (dateline.get("agency"), record.get("source_agency")) if name]
    for author in record.get("authors") or ():
        if author.get("kind") == "agency":
            named.append(wire_of(author["name"]) or author["name"])
        elif author.get("affiliation") and is_outlet(author["affiliation"]):
            named.append(author["affiliation"])
    return named


def _folded(name: str) -> str:
    return "".join(name.split()).lower()
