"""News agencies and outlets by the names that pages print."""

from __future__ import annotations

import re
from functools import lru_cache

from newsscrape.korean.vocabulary import OUTLET_SUFFIXES, OUTLETS, WIRES, any_of

_WIRE = re.compile(rf"(?<![가-힣A-Za-z0-9])(?:{any_of(WIRES)})(?![가-힣A-Za-z0-9.])")
# Foreign wires come through a Korean one: "AP=연합뉴스", "로이터=뉴스1". The last named supplied the text.


def wire_of(text: str) -> str | None:
    """The news agency that `text`, a short credit or dateline, names; None when it names none.

    Of two ("AP=연합뉴스", "뉴욕/AFP=뉴시스") it is the last, which passed the piece on.

    >>> wire_of("(서울=연합뉴스)")
    '연합뉴스'
    """
    found = _WIRE.findall(text)
    return WIRES[found[-1]] if found else None


@lru_cache(maxsize=4096)
def is_outlet(word: str) -> bool:
    """True when `word` is the name of an agency, paper, broadcaster or news site ("한빛일보", "YTN", "경남CBS")."""
    if word in OUTLETS:
        return True
    return any(word.endswith(suffix) and len(word) > len(suffix) for suffix in OUTLET_SUFFIXES)
