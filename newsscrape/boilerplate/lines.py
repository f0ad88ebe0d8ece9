"""The nouns of cleaning: a line of a page, and what cleaning leaves of many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from newsscrape.article import BlockKind, Removed


class Line(NamedTuple):
    """One line as a reader sees it: a paragraph, or what stands between two line breaks.

    `text` is canonical (see `korean.characters.tidy`), never empty. `links` is the share (0 to 1) of
    its letters that stand in links; `bold` is true where all of it is set bold. `gap` is true where a
    blank line stands before it (text dumps) or a new block element begins (pages).
    """

    text: str
    kind: BlockKind = "paragraph"
    links: float = 0.0
    bold: bool = False
    gap: bool = True


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What cleaning leaves: the lines kept, in order, and a receipt for every line taken away."""

    kept: tuple[Line, ...]
    removed: tuple[Removed, ...]
