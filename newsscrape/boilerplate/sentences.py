"""What a sentence looks like at its end, which is where Korean shows it."""

from __future__ import annotations

import re

_CLOSERS = "\"'”’)]〉》」』】> "
_ENDING = re.compile(r"(?:[다요죠까오네나군자]|[a-z)])(?:[.!?]+|…|\.\.\.)$")
_ENDING_MARKS = (".", "!", "?", "…")
_BARE = re.compile(r"[가-힣]다$|니까$|[세어에아해]요$")
_BARE_ENDS = ("다", "까", "요")
_PERIOD = re.compile(r"(?:[다요죠까오]|[a-z)])[.]$")


def is_sentence(text: str) -> bool:
    """True where a line ends like a sentence, with or without its full stop. Broad: it guards against cuts."""
    end = text[-12:].rstrip(_CLOSERS)
    return _ends_marked(end) or _ends_bare(end)


def is_prose(text: str) -> bool:
    """True where a line surely is text of an article: it ends like a sentence and has its punctuation.

    Headlines drop the full stop ("새 청사 짓는다"), so a bare ending counts only in a long line.
    """
    end = text[-12:].rstrip(_CLOSERS)
    if _ends_marked(end):
        return len(text) >= 40 or not end[-2:-1].isascii()
    return len(text) >= 45 and _ends_bare(end)


def is_full_sentence(text: str) -> bool:
    """Prose that no headline looks like: 25 characters or more and a full stop ("..했다.”")."""
    return len(text) >= 25 and bool(_PERIOD.search(text[-12:].rstrip(_CLOSERS)))


def _ends_marked(end: str) -> bool:
    return end.endswith(_ENDING_MARKS) and _ENDING.search(end) is not None


def _ends_bare(end: str) -> bool:
    return end.endswith(_BARE_ENDS) and _BARE.search(end) is not None
