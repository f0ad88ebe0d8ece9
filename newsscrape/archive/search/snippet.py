"""Where words stand in a text: the passage that holds most of them, and their places in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsscrape.archive.search.words import fold

_WIDTH = 120  # letters of a passage
_BEFORE = 30  # of them before the first word


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text, on one line; `matches` are the places of words in it, from and to (Python's way to count)."""

    text: str
    matches: tuple[tuple[int, int], ...] = ()

    def marked(self, left: str = "«", right: str = "»") -> str:
        """The text with a sign before and behind each match."""
        return "".join(f"{left}{piece}{right}" if match else piece for piece, match in self.pieces())

    def pieces(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is a match."""
        cuts = [0, *(place for match in self.matches for place in match), len(self.text)]
        pieces = ((self.text[start:end], number % 2 == 1) for number, (start, end) in enumerate(pairwise(cuts)))
        return [(piece, match) for piece, match in pieces if piece]


def whole(text: str, words: Sequence[str]) -> Passage:
    """A text with all places of (folded) words."""
    text = unicodedata.normalize("NFC", text)
    return Passage(_one_line(text), tuple(_joined(_places(text, words))))


def snippet(text: str, words: Sequence[str]) -> Passage:
    """The passage of a text that holds the most of these (folded) words, the first of such; its beginning where none.

    Cut between words where it can be, with "…" where text goes on.
    """
    text = unicodedata.normalize("NFC", text)
    places = _places(text, words)
    start = _best(places)
    begin = _blank_before(text, max(0, start - _BEFORE), start) if start > _BEFORE else 0
    end = _blank_behind(text, begin + _WIDTH, next((e for s, e, _ in places if s == start), 0))
    before, behind = "…" if begin else "", "…" if end < len(text) else ""
    shift = len(before) - begin
    inside = [(s, e, word) for s, e, word in places if begin <= s and e <= end]
    passage = before + _one_line(text[begin:end]) + behind
    return Passage(passage, tuple((s + shift, e + shift) for s, e in _joined(inside)))


def _places(text: str, words: Sequence[str]) -> list[tuple[int, int, str]]:
    """Where words stand in a text (in NFC), in its own letters: folding may make two of one."""
    folded = fold(text)
    own: Sequence[int] = range(len(text))
    if len(folded) != len(text):
        own = [place for place, letter in enumerate(text) for _ in fold(letter)]
    found = []
    for word in words:
        at = folded.find(word)
        while at >= 0:
            found.append((own[at], own[at + len(word) - 1] + 1, word))
            at = folded.find(word, at + len(word))
    return sorted(found)


def _best(places: Sequence[tuple[int, int, str]]) -> int:
    """Where the passage with the most different words begins."""
    best, start = 0, 0
    for number, (begin, _, _) in enumerate(places):
        reach = begin + _WIDTH - _BEFORE
        inside = set()
        for _, end, word in places[number : number + 200]:
            if end > reach:
                break
            inside.add(word)
        if len(inside) > best:
            best, start = len(inside), begin
    return start if best or not places else places[0][0]


def _joined(places: Sequence[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Places that touch each other as one."""
    joined: list[tuple[int, int]] = []
    for start, end, _ in places:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _blank_before(text: str, place: int, start: int) -> int:
    """The beginning of the first word behind a place, where there is one before `start`."""
    for at in range(place, start):
        if text[at].isspace():
            return at + 1
    return place


def _blank_behind(text: str, place: int, least: int) -> int:
    """The end of the last word before a place, but not before `least`."""
    place = max(place, least)
    if place >= len(text):
        return len(text)
    for at in range(place, max(least, place - _BEFORE), -1):
        if text[at].isspace():
            return at
    return place


def _one_line(text: str) -> str:
    return "".join(" " if letter.isspace() else letter for letter in text)
