"""What a signature says: its tokens read from left to right, or nothing when one word does not belong."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsscrape.article import Author
from newsscrape.korean.bylines.reader import Reader
from newsscrape.korean.bylines.tokens import Token, tokens
from newsscrape.korean.characters import fold
from newsscrape.korean.vocabulary import BOTS, WIRES, any_of

MAX_LENGTH = 160
# Times between or behind names ("홍길동 기자 입력 2025.06.17 19:05"), and "외 1명" for co-authors not named.
_STAMP = re.compile(
    r"(?:(?:기사|최초|최종)?\s?(?:입력|수정|승인|등록|송고|업데이트|발행|게재|작성)(?:일시?|시간)?\s*:?\s*)?"
    r"\d{4}[.\-/년]\s?\d{1,2}[.\-/월]\s?\d{1,2}[.일]?(?:\s*\(?[월화수목금토일]\)?)?(?:\s*(?:오전|오후|AM|PM))?"
    r"(?:\s*\d{1,2}[:시]\s?\d{1,2}(?:분|:\d{2})?)?|외\s*\d+\s*명"
)
_BULLETS = " •■▶☞☎◎※*/|-·ㅣ="
_BOT = re.compile(any_of(BOTS))


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature read: authors in order, the place and the outlet it names, and how sure it is.

    `sure` is False where only a title speaks for it that people outside newsrooms bear as well
    ("홍길동 부장"), or nothing but a credit was found; such a line is no byline by itself.
    """

    authors: tuple[Author, ...]
    place: str | None
    outlet: str | None
    sure: bool


def read_signature(text: str, *, loose: bool = False, bare: bool = False) -> Signature | None:
    """Reads `text` as a signature and nothing else; None when anything in it does not belong to one.

    `loose` is for text that a bracket encloses, "더팩트 이도윤 기자": an unknown word there is the outlet.
    `bare` is for text from a place made for names (author metadata): a name needs no title there.
    """
    if len(text) > MAX_LENGTH:
        return None
    folded = _STAMP.sub(" | ", fold(text)).strip(_BULLETS)
    if not folded:
        return None
    if bot := _BOT.search(folded):
        return Signature((Author(name=bot.group(), kind="bot", raw=text),), None, None, True)
    found = tokens(folded)
    if not found:
        return None
    if all(t.kind in ("outlet", "mark", "slash", "equals", "comma", "place") for t in found):
        return _agencies(found, text)
    reader = Reader(loose, bare)
    if not reader.read(found):
        return None
    authors = tuple(
        Author(name=p.name, role=p.role, email=p.email, affiliation=p.affiliation, kind=p.kind, raw=text)
        for p in reader.people
    )
    place = "·".join(reader.places) or None
    sure = (reader.sure or reader.mailed) and (bool(authors) or not reader.credited)
    return Signature(authors, place, reader.outlet, sure)


def _agencies(found: list[Token], raw: str) -> Signature | None:
    """A line of agencies and nothing else ("연합뉴스", "AP=연합뉴스"): the last one supplied the text."""
    wires = [
        WIRES[t.text]
        for t, after in zip(found, [*found[1:], Token("mark", "")], strict=True)
        if t.text in WIRES and after.kind != "equals"
    ]
    if not wires or found[0].kind == "place" or any(t.kind == "outlet" and t.text not in WIRES for t in found):
        return None
    authors = tuple(Author(name=wire, kind="agency", raw=raw) for wire in dict.fromkeys(wires))
    return Signature(authors, None, wires[-1], True)
