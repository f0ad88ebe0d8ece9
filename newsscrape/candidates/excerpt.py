"""The lines around a body: those of an element that holds it, without the foot of the page."""

from __future__ import annotations

from collections.abc import Sequence

from newsscrape.candidates.lines import Reader
from newsscrape.candidates.reading import Reading
from newsscrape.candidates.style import Style
from newsscrape.parse import Element

_SPARE = 2  # times as many lines as are asked for: boxes take some back


def read_around(element: Element, body: Sequence[Element], behind: int) -> Reading:
    """`read_lines` of an element that holds a body, up to (at least) the `behind` lines after it.

    `body` are the elements that the body's lines stand in, one a line.
    """
    return _Excerpt(body, behind * _SPARE).read(element)


class _Enough(Exception):
    """All lines that were asked for are read."""


class _Excerpt(Reader):
    """A walk that ends where so many lines stand `behind` those of a body."""

    def __init__(self, body: Sequence[Element], behind: int) -> None:
        super().__init__(frozenset())
        self.body = frozenset(body)
        self.awaited = len(body)
        self.behind = behind
        self.since = 0  # lines since the last one of the body

    def read(self, element: Element) -> Reading:
        try:
            return super().read(element)
        except _Enough:
            return self.out

    def flush(self, owner: Element, style: Style, *, gap: bool = True) -> None:
        before = len(self.out.lines)
        super().flush(owner, style, gap=gap)
        if len(self.out.lines) == before:
            return
        if owner in self.body:
            self.awaited -= 1
            self.since = 0
        else:
            self.since += 1
            if self.awaited <= 0 and self.since >= self.behind:
                raise _Enough
