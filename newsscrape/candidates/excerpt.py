"""The lines around a body: those of an element that holds it, without what stands above the headline or far below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from newsscrape.boilerplate.lines import Line
from newsscrape.candidates.lines import Reader
from newsscrape.candidates.reading import Reading
from newsscrape.candidates.style import Style
from newsscrape.parse import Element

_KNOWN = Line("…")
_SPARE = 2  # times as many lines as are asked for: boxes take some back


def read_around(element: Element, body: Sequence[Element], behind: int, headline: Sequence[Element] = ()) -> Reading:
    """`read_lines` of an element that holds a body, up to (at least) the `behind` lines after it.

    `body` are the elements that the body's lines stand in, one a line; of a paragraph of it that is one line only the
    place is told ("…"). With `headline`, the headline and what stands around it inside the element, from
    within, the lines begin there.
    """
    return _Excerpt(body, behind * _SPARE, headline).read(element)


class _Enough(Exception):
    """All lines that were asked for are read."""


class _Excerpt(Reader):
    """A walk from a headline to where so many lines stand `behind` those of a body."""

    def __init__(self, body: Sequence[Element], behind: int, headline: Sequence[Element]) -> None:
        super().__init__(frozenset())
        lines = Counter(body)
        self.body = frozenset(lines)
        self.single = frozenset(owner for owner, count in lines.items() if count == 1)
        self.awaited = len(body)
        self.behind = behind
        self.since = 0  # lines since the last one of the body
        self.above = headline  # emptied when the headline is met

    def read(self, element: Element) -> Reading:
        try:
            return super().read(element)
        except _Enough:
            return self.out

    def aloof(self, element: Element, tag: str) -> bool:
        if not self.above:
            return super().aloof(element, tag)
        if element not in self.above:
            return True
        left_out = super().aloof(element, tag)
        if left_out or element is self.above[0]:
            self.above = ()
            self.pictured = False
        return left_out

    def block(self, element: Element, tag: str, style: Style, depth: int) -> None:
        if tag != "p" or element not in self.single:
            super().block(element, tag, style, depth)
            return
        self.out.lines.append(_KNOWN)
        self.out.owners.append(element)
        self.awaited -= 1
        self.since = 0
        self.gap = True

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
