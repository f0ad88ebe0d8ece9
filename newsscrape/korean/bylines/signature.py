"""What a signature says: its tokens read from left to right, or nothing when one word does not belong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from newsscrape.article import Author
from newsscrape.korean.bylines.names import is_name
from newsscrape.korean.bylines.reader import Reader
from newsscrape.korean.bylines.tokens import Token, tokens
from newsscrape.korean.characters import fold
from newsscrape.korean.vocabulary import BOTS, KOREAN_WIRES, WIRES, any_of

MAX_LENGTH = 160
# What stands on the same line and says nothing of names: times ("홍길동 기자 입력 2025.06.17 19:05"), "외 1명" for
# co-authors not named, the counters and the button of ND Soft's bar, a telephone or an account behind an address.
_CLUTTER = re.compile(
    r"(?:(?:기사|최초|최종)?\s?(?:입력|수정|승인|등록|송고|업데이트|발행|게재|작성)(?:일시?|시간)?\s*:?\s*)?"
    r"\d{4}[.\-/년]\s?\d{1,2}[.\-/월]\s?\d{1,2}[.일]?(?:\s*\(?[월화수목금토일]\)?)?(?:\s*(?:오전|오후|AM|PM))?"
    r"(?:\s*\d{1,2}[:시]\s?\d{1,2}(?:분|:\d{2})?)?|외\s*\d+\s*[명인]"
    r"|(?:댓글|좋아요|추천|조회수?)\s*:?\s*\d[\d,]*|(?:(?<=기자)의\s)?다른\s?기사\s?(?:더\s?)?보기"
    r"|(?<=[가-힣]\s기자)\s구독(?:하기)?$"
    r"|(?<=[A-Za-z])[\s,/]+0\d{1,2}[-.)]\s?\d{3,4}[-.]\d{4}|(?<=\s)@[A-Za-z0-9_]{2,20}(?![\w.])"
)
_CLUTTER_HINT = re.compile(r"\d|보기|구독|\s@")  # what each clutter holds, and few signatures
_AT = re.compile(r"\s?[\[(]\s?(?:at|AT|골뱅이)\s?[\])]\s?|\s?골뱅이\s?|&#64;")
_AT_HINTS = ("at", "AT", "골뱅이", "&#64;")
# "이도윤기자 doyun" (서울경제): the address is cut
_BARE_ID = re.compile(r"\s(?<=(?:기자|파원)\s)[a-z][a-z0-9._]{1,19}$")
_QUOTED = re.compile(r"(['\"]).*\1")
_BULLETS = " •■▶☞☎◎※*/|-·ㅣ="
_BOT = re.compile(rf"{any_of(BOTS)}|[가-힣A-Za-z]{{2,8}}봇(?=\s?기자)")


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


@lru_cache(maxsize=8)  # the cleaner, the dateline and the authors ask for the one signature of a page, each for itself
def read_signature(text: str, *, loose: bool = False, bare: bool = False) -> Signature | None:
    """Reads `text` as a signature and nothing else; None when anything in it does not belong to one.

    `loose` is for text that a bracket encloses, "더팩트 이도윤 기자": an unknown word there is the outlet.
    `bare` is for text from a place made for names (author metadata): a name needs no title there.
    """
    if len(text) > MAX_LENGTH:
        return None
    folded = fold(text)
    if any(hint in folded for hint in _AT_HINTS):
        folded = _AT.sub("@", folded)
    if _CLUTTER_HINT.search(folded):
        folded = _CLUTTER.sub(" | ", folded)
    folded = folded.strip(_BULLETS)
    if not folded or _QUOTED.fullmatch(folded):
        return None
    if "자 " in folded or "원 " in folded:
        folded = _BARE_ID.sub(r"\g<0>@", folded)
    if (bot := _BOT.search(folded)) and not is_name(folded[: bot.start()].strip()):
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
    """A line of agencies and nothing else ("연합뉴스", "AP=연합뉴스", "마닐라/AFP"): who supplied the text.

    A foreign wire's text comes through the Korean one beside it. "서울=연합뉴스" is a dateline without names.
    """
    printed = [t.text for t in found if t.kind == "outlet"]
    if not printed or any(name not in WIRES for name in printed):
        return None
    if found[0].kind == "place" and (len(found) < 2 or found[1].kind != "slash"):
        return None
    suppliers = [name for name in printed if name in KOREAN_WIRES] or printed[-1:]
    wires = tuple(dict.fromkeys(WIRES[name] for name in suppliers))
    return Signature(tuple(Author(name=wire, kind="agency", raw=raw) for wire in wires), None, wires[-1], True)
