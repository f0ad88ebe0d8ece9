"""Two texts side by side, sentence by sentence, for reading."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

# Behind a full stop, also with a closing mark, and a blank: where Korean sentences end. A wrong cut costs nothing here.
_END = re.compile(r"(?<=[다요죠까오]\.)\s+|(?<=[.!?]['\"’”])\s+|\n+")
_WORD = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence that stays, that went or that came; `words` are its pieces, each with whether it is what differs."""

    sign: Literal[" ", "-", "+"]
    words: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The sentence."""
        return "".join(word for word, _ in self.words)


def sentences(text: str) -> list[str]:
    """The sentences of a text, one by one."""
    return [sentence.strip() for sentence in _END.split(text) if sentence.strip()]


def side_by_side(old: str, new: str) -> Iterator[Line]:
    """The sentences of two texts in the order of the new one.

    Of a sentence that took another's place only the words that differ are marked; of others that came or went, none.
    """
    before, after = sentences(old), sentences(new)
    for tag, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Line(" ", ((sentence, False),)) for sentence in before[i:j])
        elif j - i == m - k:
            for one, other in zip(before[i:j], after[k:m], strict=True):
                yield from _marked(one, other)
        else:
            yield from (Line("-", ((sentence, False),)) for sentence in before[i:j])
            yield from (Line("+", ((sentence, False),)) for sentence in after[k:m])


def _marked(old: str, new: str) -> tuple[Line, Line]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    gone, came = [True] * len(before), [True] * len(after)
    for i, k, size in difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        gone[i : i + size] = came[k : k + size] = [False] * size
    if all(gone[at] for at, word in enumerate(before) if not word.isspace()):  # nothing in common: another sentence
        gone, came = [False] * len(before), [False] * len(after)
    return Line("-", tuple(zip(before, gone, strict=True))), Line("+", tuple(zip(after, came, strict=True)))
