"""Which articles of one wire tell one story: "[속보] X", "X(1보)", "X(종합)", "X(종합2보)".

Two articles do when they are of one publisher, were published within hours, and at least one of them carries a label of
the chain (`korean.stages`); and when there is a proof: the same headline, labels aside; or, where both carry such a
label, headlines that share words and an earlier text that stands for the most part in the later one. Whoever only
writes of the same thing does not belong. Which of them was read first makes no difference.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from newsscrape.korean.characters import letters
from newsscrape.korean.stages import stage
from newsscrape.korean.titles import without_labels

SPAN = timedelta(hours=18)
"""How far apart the articles of a story may be: a headline that comes every day ("전국 날씨(종합)") is no proof."""
_SHINGLE = 5  # letters
_LEAST = 20  # letters of a text that can prove anything
# Shares of the earlier text's shingles that stand in the later one, and of the shorter headline's pairs of letters.
# Made chains: .7 to 1 of a text that is told more fully; of texts on one event by different hands less than .2.
_CONTAINED = 0.6
_ALIKE = 0.25


@dataclass(frozen=True, slots=True)
class Telling:
    """One article as a part of a story.

    `publisher` is a key or a name, `words` the letters of the headline without its labels. `stage` is None where it
    carries no label of the chain.
    """

    id: str
    publisher: str
    words: str
    stage: int | None
    published_at: datetime | None

    @property
    def headline(self) -> str | None:
        """What articles of one publisher with the same headline have in common; None without a headline."""
        if not self.words:
            return None
        return hashlib.sha256(f"{self.publisher}\n{self.words}".encode()).hexdigest()[:16]

    @property
    def order(self) -> tuple[datetime, int, str]:
        """Where it stands in its story: the last takes the place of all others."""
        assert self.published_at is not None
        return self.published_at, -1 if self.stage is None else self.stage, self.id


def telling(record: Mapping[str, Any]) -> Telling:
    """An article's part in a story, from its record as JSON has it."""
    publisher = record.get("publisher") or {}
    published = record.get("published_at")
    return Telling(
        id=record["id"],
        publisher=publisher.get("key") or publisher.get("name") or "",
        words=words_of(record.get("title")),
        stage=stage(record.get("labels") or ()),
        published_at=datetime.fromisoformat(published) if published else None,
    )


def words_of(title: str | None) -> str:
    """The letters of a headline without its labels."""
    return letters(without_labels(title or ""))


def same_headline(one: Telling, other: Telling) -> bool:
    """Whether the headline proves that two articles tell one story."""
    return _are_near(one, other) and one.headline is not None and one.headline == other.headline


def may_be_proved(one: Telling, other: Telling) -> bool:
    """Whether their texts could prove it (see `is_retold`)."""
    if one.stage is None or other.stage is None or not _are_near(one, other):
        return False
    pairs, others = (_parts(telling.words, 2) for telling in (one, other))
    return len(pairs & others) >= _ALIKE * max(1, min(len(pairs), len(others)))


def is_retold(earlier: str, later: str) -> bool:
    """Whether one text stands for the most part in another, as a wire's does in its next stage."""
    part, whole = (_parts(letters(text), _SHINGLE) for text in (earlier, later))
    return len(part) >= _LEAST - _SHINGLE + 1 and len(part & whole) >= _CONTAINED * len(part)


def _are_near(one: Telling, other: Telling) -> bool:
    if one.published_at is None or other.published_at is None or one.publisher != other.publisher:
        return False
    return abs(one.published_at - other.published_at) <= SPAN and not (one.stage is None and other.stage is None)


def _parts(text: str, length: int) -> set[str]:
    return {text[at : at + length] for at in range(len(text) - length + 1)}
