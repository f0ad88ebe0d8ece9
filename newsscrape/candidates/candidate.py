"""What a page says of one field, with who said it. Losers are kept beside the winner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple


class Candidate(NamedTuple):
    """One statement: `field` is a field of the record, `source` where it was said ("jsonld", "meta:og:title").

    `raw` is the text as the page prints it; `value` what the source's reader made of it (often the same).
    """

    field: str
    value: Any
    source: str
    raw: str = ""


class Candidates:
    """All that a page said, by field, in the order in which it was collected."""

    __slots__ = ("_by_field",)

    def __init__(self, candidates: Iterable[Candidate] = ()) -> None:
        self._by_field: dict[str, list[Candidate]] = {}
        self.extend(candidates)

    def extend(self, candidates: Iterable[Candidate]) -> None:
        """Adds what one more source said."""
        for candidate in candidates:
            self._by_field.setdefault(candidate.field, []).append(candidate)

    def of(self, field: str, *sources: str) -> list[Candidate]:
        """The statements about `field`; with `sources`, only theirs, in that order of trust.

        A source is named whole ("meta:og:title") or by its family ("meta").
        """
        said = self._by_field.get(field)
        if said is None:
            return []
        if not sources:
            return list(said)
        found: list[Candidate] = []
        for source in sources:
            family = f"{source}:"
            found += [c for c in said if c.source == source or c.source.startswith(family)]
        return found

    def __iter__(self) -> Iterator[Candidate]:
        for said in self._by_field.values():
            yield from said
