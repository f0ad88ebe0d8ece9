"""An article's marks: the pairs of letters that stand in it, and what else an index can choose by.

Marks are a filter: an article without all marks of a word does not hold the word; one that has them all may.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import add

_APART = "".join(letter for letter in map(chr, range(128)) if not letter.isalnum())
_BETWEEN = re.compile(rf"[\s{re.escape(_APART)}]+")
_PAIR = re.compile(r"(?=([^ ][^ ]))")
# Signs that texts hold, but seldom, are marks by themselves; as letters, which FTS5 takes them for then.
_SIGNS = frozenset("#$%&*+/:;<=>?@[\\]^_`{|}~!")
_AS_LETTERS = 0xE000  # the area for private use
_MOST = 32  # marks that are asked for at once: the first leave little over
# Syllables that stand in every fifth article or more (counted on 156 news texts of 1990 to 2026). Alone they are no
# mark, which would make every article's marks half as many again: whoever looks for one finds it in the newest ones.
_COMMON = frozenset(
    "가각간갈감강갖같개거건걸검것게겠겨격견결경계고곳공과관광교구국권규균그극근글금급기긴길김까께나난날남내넘네년노논높누눈뉴는늘능니다단달담당대더던데도독돌동됐되된될두뒤드득든들등디따때또라란람래러런럼렇"
    "레려력련령례로록론료류률르른를리린립마막만많말망맞매며면명모목못무문물미민및바박반받발밝방배버번벌범법변별병보복본부분불비뿐사산살상새샘생서석선설성세소속손수순술스습시식신실심아악안않알았앞애액야약양"
    "어억언업없었에여역연열였영예오온올와완외요용우운울움워원월위유육율으은을음응의이익인일임입있자작장재쟁저적전절점접정제져졌조족존종주준중증지직진질짐집짧차참창채책처천철청체초총최추축출충취측층치침카캠"
    "커크큰키타태택터토통투트특파판페편평폐포표품프피필하학한할함합항해했행향허험현협혔형혜호홍화확환활황회획효후흘희히"
)
_NO_MARKS = _COMMON.union(_APART)


def text_marks(text: str) -> set[str]:
    """The marks of a folded text: every two letters in a row, and every letter that is not common.

    ASCII's punctuation stands between letters like a blank; of it the signs that are seldom are marks.
    """
    found = set(_PAIR.findall(_BETWEEN.sub(" ", text)))
    letters = set(text)
    return found.union((letter for letter in letters - _NO_MARKS if not letter.isspace()), _signs(letters))


def word_marks(words: Sequence[str]) -> list[str]:
    """The marks of every text that holds these (folded) words; none where they are nothing but common letters."""
    each = max(1, _MOST // max(1, len(words)))
    return list(dict.fromkeys(mark for word in words for mark in _marks_of(word)[:each]))


def _marks_of(word: str) -> list[str]:
    found: list[str] = []
    for part in filter(None, _BETWEEN.split(word)):
        found.extend(map(add, part, part[1:]) if len(part) > 1 else {part} - _COMMON)
    return found + _signs(set(word))


def _signs(letters: set[str]) -> list[str]:
    return [chr(_AS_LETTERS + ord(sign)) for sign in letters & _SIGNS]


def fact_marks(site: str, kind: str, section_code: str | None, published_at: datetime | None) -> list[str]:
    """The marks of what else is known of an article."""
    return [mark("site", site), mark("kind", kind), mark("section", section_code), month_mark(published_at)]


def month_mark(moment: datetime | None) -> str:
    """The mark of an article's month (in UTC), or of its having no time."""
    return f"§month{moment:%Y%m}" if moment else "§month"


def mark(name: str, value: str | None) -> str:
    """The mark of a site, kind or section; longer than those of texts, and without anything but letters."""
    return f"§{name}{zlib.crc32((value or '').encode()):x}"


def any_of(name: str, values: Iterable[str]) -> list[str]:
    """The marks of which an article must have one, for a choice among several."""
    return [mark(name, value) for value in values]
