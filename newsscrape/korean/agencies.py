"""News agencies and outlets by the names that pages print."""

from __future__ import annotations

import re
from functools import lru_cache

from newsscrape.korean.vocabulary import (
    FOREIGN_WIRES,
    KOREAN_WIRES,
    OUTLET_SUFFIXES,
    OUTLETS,
    PLACES,
    WIRES,
    any_of,
)

_WIRE = re.compile(rf"(?<![가-힣A-Za-z0-9])(?:{any_of(WIRES)})(?![가-힣A-Za-z0-9.])")
# "AP연합뉴스", "뉴욕AP연합뉴스": written without a mark between them.
_GLUED = re.compile(rf"(?:{any_of(PLACES)})?(?:{any_of(FOREIGN_WIRES)})(?P<wire>{any_of(KOREAN_WIRES)})")


def wire_of(text: str) -> str | None:
    """The news agency that `text`, a short credit or dateline, names; None when it names none.

    Foreign wires come through a Korean one, which passed the piece on ("AP=연합뉴스", "Newsis/AP"): of several
    names it is the last Korean one, or else the last.

    >>> wire_of("(서울=연합뉴스)")
    '연합뉴스'
    """
    found = _WIRE.findall(text)
    supplier = next((form for form in reversed(found) if form in KOREAN_WIRES), found[-1] if found else None)
    return WIRES[supplier] if supplier else None


def passed_on(word: str) -> str | None:
    """The Korean wire in a foreign and a Korean name written as one word ("AP연합뉴스"); None for any other word."""
    glued = _GLUED.fullmatch(word)
    return glued["wire"] if glued else None


@lru_cache(maxsize=4096)
def is_outlet(word: str) -> bool:
    """True when `word` is the name of an agency, paper, broadcaster or news site ("한빛일보", "YTN", "경남CBS")."""
    if word in OUTLETS:
        return True
    return any(word.endswith(suffix) and len(word) > len(suffix) for suffix in OUTLET_SUFFIXES)
