"""Is a word a person's name? Judged by surname, length and a list of words that are none."""

from __future__ import annotations

import re

from newsscrape.korean.agencies import is_outlet
from newsscrape.korean.vocabulary import (
    COMPOUND_SURNAMES,
    CONTRIBUTOR,
    DESK_ENDINGS,
    DESK_STEMS,
    DESKS,
    MEDIA_STEMS,
    NAMES,
    NOT_NAMES,
    OFFICE_ENDINGS,
    PLACES,
    PROFESSIONS,
    SHARED,
    SURNAMES,
    any_of,
)

_HANGUL = re.compile(r"[가-힣]{2,5}")
_HANJA = re.compile(r"[一-鿿]{2,4}")
_DESK = re.compile(
    rf"(?:{any_of(DESK_STEMS)})*(?:"
    rf"(?:{any_of(DESK_STEMS)})[0-9]?(?:{any_of(DESK_ENDINGS)})|(?:{any_of(MEDIA_STEMS)})(?:{any_of(OFFICE_ENDINGS)})"
    r")[0-9]?"
)
# A word of four syllables is rarely a name, and never with these endings.
_NO_LONG_NAME = tuple("부팀국실단사회계소장의은는을를에로와과도한")
_VERB_ENDINGS = ("한", "된", "던", "할", "될", "하는", "되는")
_PARTICLES = frozenset("은는이가을를의도에와과로")
# Particles that only follow a consonant, and those that only follow a vowel: "이하은" is no 이하 with a particle.
_AFTER_CONSONANT, _AFTER_VOWEL = frozenset("은이을과"), frozenset("는가를와")
# "시인", "목사", "한빛청": a post, an office or a party is no name, whatever its first syllable.
_NO_PERSON = NOT_NAMES | PLACES | CONTRIBUTOR | SHARED | PROFESSIONS
_OFFICES = ("당", "청")
_FREQUENT = frozenset("김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하")


def is_desk(word: str) -> bool:
    """True for a newsroom's desk: "온라인뉴스팀", "국제부", "공동취재단"."""
    return word in DESKS or (word not in PLACES and word not in DESK_STEMS and _DESK.fullmatch(word) is not None)


def _has_particle(word: str) -> bool:
    """True for a word that is no name, with a particle that Korean would put behind it: "문의는" is no 문씨."""
    if word[-1] not in _PARTICLES or word[:-1] not in NOT_NAMES:
        return False
    ends_in_consonant = (ord(word[-2]) - ord("가")) % 28 != 0
    return word[-1] not in (_AFTER_VOWEL if ends_in_consonant else _AFTER_CONSONANT)


def is_name(word: str, *, long: bool = False) -> bool:
    """True when `word` can be a Korean name: surname and one or two syllables, in Hangul or Hanja.

    A surname of two syllables (남궁, 제갈) may have one or two more. `long` also allows a name of three
    syllables after a frequent surname, "김빛나리", which only a title right behind it makes likely.
    """
    if _HANJA.fullmatch(word):
        return True
    if not _HANGUL.fullmatch(word) or word in _NO_PERSON:
        return False
    if is_desk(word) or is_outlet(word) or (_has_particle(word) and word not in NAMES):
        return False
    if len(word) == 3 and word.endswith(_OFFICES):
        return False
    if word[0] in SURNAMES and len(word) in (2, 3):
        # "동행한 기자", "구속된 기자": a verb in front of a noun, not 동씨 or 구씨.
        return word[0] in _FREQUENT or len(word) == 2 or not word.endswith(_VERB_ENDINGS)
    if word[:2] in COMPOUND_SURNAMES and len(word) in (3, 4):
        return True
    return long and len(word) == 4 and word[0] in _FREQUENT and not word.endswith(_NO_LONG_NAME)
