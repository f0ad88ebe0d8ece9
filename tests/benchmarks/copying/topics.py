"""Topics, and articles on them by different hands. The same seed gives the same ones.

Words are made of syllables as unevenly frequent as those of a language; there are as many as a language has. What
hands have in common on one topic are its names and figures, what was said there, word for word, and the sentences of
the notice that they all were sent.
"""

from __future__ import annotations

import itertools
import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PHRASES = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))
_WORDS, _SYLLABLES = 40_000, 1_500


@cache
def _stock() -> tuple[list[str], list[float]]:
    chance = random.Random(11)
    syllables = [chr(0xAC00 + number * 6151 % 11172) for number in range(_SYLLABLES)]
    weights = list(itertools.accumulate(1 / (number + 12) for number in range(_SYLLABLES)))
    lengths = (1, 2, 2, 2, 3, 3, 4)
    words = ["".join(chance.choices(syllables, cum_weights=weights, k=chance.choice(lengths))) for _ in range(_WORDS)]
    return words, list(itertools.accumulate(1 / (number + 40) for number in range(_WORDS)))


@dataclass(frozen=True, slots=True)
class Topic:
    """What everybody who writes of something writes of."""

    names: tuple[str, ...]
    figures: tuple[str, ...]
    said: tuple[str, ...]
    notice: tuple[str, ...]


class Writer:
    """Writes sentences; `chance` decides."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def words(self, count: int) -> list[str]:
        """Words of the language, the frequent ones more often."""
        words, weights = _stock()
        return self.chance.choices(words, cum_weights=weights, k=count)

    def one(self, kind: str) -> str:
        """One of the phrases of a kind."""
        return self.chance.choice(PHRASES[kind])

    def figure(self) -> str:
        """A number with its unit."""
        return f"{self.chance.choice((7, 30, 400, 9000)) * self.chance.random():,.{self.chance.choice((0, 0, 1))}f}{self.one('units')}"

    def topic(self) -> Topic:
        """A new topic."""
        names = [*("".join(self.words(2)) for _ in range(10)), *self.words(10)]
        names += [f"{word} {self.one('posts')}" for word in self.words(5)]
        figures = tuple(self.figure() for _ in range(9))
        topic = Topic(tuple(names), figures, (), ())
        said = tuple(self.plain(topic, self.chance.randint(6, 14)) for _ in range(6))
        notice = tuple(self.sentence(topic) for _ in range(5))
        return Topic(tuple(names), figures, said, notice)

    def plain(self, topic: Topic, length: int) -> str:
        """Words in a row, a third of them the topic's."""
        row = [word + self.one("particles") for word in self.words(length)]
        for at in range(length):
            if self.chance.random() < 0.35:
                row[at] = self.chance.choice(topic.names) + self.one("particles")
        if self.chance.random() < 0.6:
            row[self.chance.randrange(length)] = self.chance.choice(topic.figures)
        return " ".join(row)

    def sentence(self, topic: Topic) -> str:
        """A sentence on a topic in words of one's own."""
        return f"{self.one('openings')}{self.plain(topic, self.chance.randint(6, 15))}{self.one('endings')}."

    def quotation(self, topic: Topic, said: str) -> str:
        """A sentence in which something is quoted, whole or in its first part."""
        words = said.split()
        if self.chance.random() < 0.3:
            words = words[: max(4, len(words) * 2 // 3)]
        return f'{self.chance.choice(topic.names)} {self.one("posts")}은 "{" ".join(words)}"{self.one("sayings")}.'

    def article(self, topic: Topic, *, notice: float = 0.25) -> list[str]:
        """An article by a hand of its own, as paragraphs; `notice` is the share of the notice that goes in."""
        paragraphs = [
            " ".join(self.sentence(topic) for _ in range(self.chance.choice((1, 1, 2, 2, 3))))
            for _ in range(self.chance.randint(4, 13))
        ]
        taken: list[str] = [sentence for sentence in topic.notice if self.chance.random() < notice]
        quoted: Sequence[str] = self.chance.sample(topic.said, self.chance.randint(1, 3))
        for sentence in (*taken, *(self.quotation(topic, said) for said in quoted)):
            paragraphs.insert(self.chance.randint(1, len(paragraphs)), sentence)
        return paragraphs
