"""Furniture glued to text: "...했다. 강솔 기자 sol@hanbit.example [ⓒ 한빛일보, 무단 전재 금지]".

A tail is split off here, at the place where it begins, and so is a signature that a lost line break left between
two pieces; whether they go is for the rules to say.
"""

from __future__ import annotations

import re

from newsscrape.boilerplate.sentences import is_sentence
from newsscrape.korean.bylines import is_mailed_byline, split_signature
from newsscrape.korean.bylines.tokens import MAIL
from newsscrape.korean.captions import looks_like_caption

_REACH = 170  # no copyright line that we met is longer
_IMPRINT = 24
_PLAIN_END = ("다.", "다.”", "요.", "요.”")  # most lines; no signature ends so
# From an opener to the ban and the end of the line, over no end of a sentence: quotations, datelines and
# credits use the same brackets and the same ⓒ further in front.
_COPYRIGHT = re.compile(
    r"""[\[<〈＜(【“"※◆☞-]{0,2}\s?(?:저작권자|copyrights?\b|ⓒ|©|\(c\))
        (?:(?![다요]["”’]?[.]\s).){0,110}?
        (?:무단\s?(?:전재|복제|배포|사용|이용)|재\s?배포|all\srights?\sreserved)
        [^“”]{0,50}$""",
    re.IGNORECASE | re.VERBOSE,
)

# "...밝혔다. ▶관련기사 8면": where the printed paper goes on (한겨레, 2013).
_POINTER = re.compile(
    r"(?<=[.”’)])\s?[▶☞※→]\s?관련\s?(?:기사|인터뷰|사설|칼럼)\s?[A-Z]?\d{1,2}(?:[·,]\s?[A-Z]?\d{1,2})*면$"
)

_SIGNATURE = 80  # letters from a signature's first to its address
_ADDRESS = re.compile(MAIL)
_SENTENCE_END = re.compile(r"[.?!][”’\"')\]]*\s?")
# What shows that a new piece begins right behind an address; a particle shows that the sentence goes on.
_NEW_PIECE = re.compile(
    r"\s*[\[<【■◆●○▶▷☞▲▼◇□]"
    r"|(?!(?:으?로|에게?|를|을|은|는|이나|나|과|와|의|도|만|까지|이고|이며|입니다|이다|이라|라)(?:\s|[.,]|$))[가-힣“‘]"
)


def split_inside(text: str) -> list[str]:
    """The line cut around signatures with an address that stand between two pieces of text, or before one.

    "...했다. 강솔 기자 sol@hanbit.example■ 판결의 의미" is three pieces; a caption keeps its photographer. One
    piece where there is none; pieces are parts of the line, without the blanks between them.
    """
    if "@" not in text:
        return [text]
    for address in _ADDRESS.finditer(text):
        end = address.end()
        if not _NEW_PIECE.match(text, end):
            continue
        reach = max(0, address.start() - _SIGNATURE)
        starts = [0, *(found.end() for found in _SENTENCE_END.finditer(text, reach, address.start()))]
        start = next((at for at in starts if is_mailed_byline(text[at:end].strip())), None)
        if start is None or text.count("“", 0, start) > text.count("”", 0, start):
            continue
        before = text[:start].strip()
        if before and looks_like_caption(before):
            pieces = [text[:end]]
        else:
            pieces = [*([before] if before else []), text[start:end].strip()]
        return pieces + split_inside(text[end:].strip())
    return [text]


def split_tails(text: str) -> list[str]:
    """The line cut into its text and the tails behind it, in order; one piece where nothing is glued.

    Pieces are parts of the line as it stands, without the blanks between them.
    """
    pieces: list[str] = []
    body = text
    while True:
        if body.endswith("면"):
            rest, tail = _split_pointer(body)
        elif "금지" in (end := body[-_REACH:]) or "eserved" in end or "ESERVED" in end:
            rest, tail = _split_copyright(body)
        else:
            rest, tail = body, None
        if tail is None and not body.endswith(_PLAIN_END):
            rest, tail = split_signature(body)
        if not tail or not rest.strip():
            return [body, *pieces] if pieces else [text]
        pieces.insert(0, tail.strip())
        body = rest.rstrip()


def _split_pointer(text: str) -> tuple[str, str | None]:
    found = _POINTER.search(text, max(0, len(text) - _REACH))
    return (text[: found.start()], found.group()) if found else (text, None)


def _split_copyright(text: str) -> tuple[str, str | None]:
    """Splits off a copyright line at the end; never one that stands inside a quotation."""
    found = _COPYRIGHT.search(text, max(0, len(text) - _REACH))
    if found is None or text.count("“", 0, found.start()) > text.count("”", 0, found.start()):
        return text, None
    head = text[: found.start()].rstrip()
    if len(head) <= _IMPRINT and not is_sentence(head) and not head.endswith(("기자", ")", "]")) and "@" not in head:
        return text, None  # "GoodNews paper ⓒ , 무단전재 ...": the name in front belongs to the line (국민일보)
    return text[: found.start()], text[found.start() :]
