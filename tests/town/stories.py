"""Invented stories, made of word lists: the same seed and number give the same words, others give others."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

_WORDS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
SECTIONS: dict[str, str] = _WORDS["sections"]
"""The towns' sections: the part of their address and the printed name."""


@dataclass(frozen=True, slots=True)
class Story:
    """The words of an article: its headline, its reporter's name and its paragraphs."""

    title: str
    reporter: str
    paragraphs: tuple[str, ...]


def story(seed: object, number: int, revision: int = 0) -> Story:
    """The story with a number; a later revision has other words in one paragraph, and one paragraph more."""
    pick = _Pick(f"{seed}:{number}")
    town, place, thing = pick("towns"), pick("places"), pick("things")
    opening = f"{town}가 {pick('times')} {place}에 {thing} {pick.number(2, 90)}곳을 여는 {number}번째 사업을 벌인다."
    told = Story(
        title=f"{town} {place}에 {thing} {pick.number(2, 90)}곳 {pick('verbs')}",
        reporter=pick.name(),
        paragraphs=(opening, *(pick.paragraph() for _ in range(pick.number(3, 7)))),
    )
    if revision:
        pick = _Pick(f"{seed}:{number}:{revision}")
        at = 1 + revision % (len(told.paragraphs) - 1)
        changed = (*told.paragraphs[:at], pick.paragraph(), *told.paragraphs[at + 1 :], pick.paragraph())
        told = replace(told, paragraphs=changed)
    return told


class _Pick:
    """Picks words, always the same for the same seed."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def __call__(self, kind: str) -> str:
        words: list[str] = _WORDS[kind]
        return words[int(self._random.random() * len(words))]

    def number(self, least: int, most: int) -> int:
        return self._random.randint(least, most)

    def name(self) -> str:
        return self("surnames") + self("given")

    def sentence(self) -> str:
        form = self.number(0, 3)
        if form == 0:
            return f"{self('subjects')} {self('reasons')} {self('times')} {self('deeds')}."
        if form == 1:
            return f"{self('towns')} {self('offices')}은 {self('things')}에 {self.number(2, 980)}억 원을 들여 {self('hopes')}."
        if form == 2:
            who = f"{self.name()} {self('towns')} {self('offices')} {self('posts')}은"
            return f"{who} “{self('sayings')}”고 말했다."
        return f"{self('places')}에서 {self('places')}까지 {self.number(2, 99)}분이 걸리던 길에는 {self.number(3, 400)}명이 나와 {self('deeds')}."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.number(2, 4)))
