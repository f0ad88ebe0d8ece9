"""The nouns of reading a page: the lines of a part of it, its pictures, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from newsscrape.article import Removed
from newsscrape.boilerplate.lines import Line
from newsscrape.candidates.boxes import plain_lines
from newsscrape.parse import Element


class Picture(NamedTuple):
    """An image of the page as it stands there: its address and its caption with the credit in it."""

    url: str | None
    caption: str | None = None


@dataclass(slots=True)
class Reading:
    """What was read: lines with the element each stands in, pictures, and elements left out with the rule's name."""

    lines: list[Line] = field(default_factory=list)
    owners: list[Element] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    left_out: list[tuple[Element, str]] = field(default_factory=list)

    def extend(self, more: Reading) -> None:
        """Adds what was read of a further element."""
        self.lines += more.lines
        self.owners += more.owners
        self.pictures += more.pictures
        self.left_out += more.left_out

    def receipts(self) -> list[Removed]:
        """A receipt for every line of what was left out."""
        return [
            Removed(text=line, rule=rule, zone="body")
            for element, rule in self.left_out
            for line in plain_lines(element)
        ]

    @property
    def letters(self) -> int:
        """How much text there is, in characters."""
        return sum(len(line.text) for line in self.lines)
