"""Copyright lines: which house one names, and whether it reserves the use by AI."""

from __future__ import annotations

import re
from collections.abc import Collection

from newsscrape.korean.agencies import is_outlet
from newsscrape.korean.characters import fold

_OPENER = re.compile(
    r"(?:저작권자?|copyrights?)?\s?(?:ⓒ|\(c\))\s?|저작권자\s?[-:@]\s?|copyrights?\s(?=by\s|(?:19|20)\d\d)",
    re.IGNORECASE,
)
# "by 2005~2024 (주)한빛일보": what stands between the sign and the name.
_BEFORE_NAME = re.compile(
    r"^\s*(?:by\s+)?(?:since\s+)?(?:(?:19|20)\d{2}(?:\s*[-~]\s*(?:\d{2,4})?)?[.,]?\s*)?(?:by\s+)?(?:\(주\)|㈜|주식회사)?\s*",
    re.IGNORECASE,
)
_NAME_END = re.compile(r"\s?(?:[,(:\[\]<>&/|]|무단|재배포|all rights?|https?:|www\.|\s-\s|[.] |[.]?$)", re.IGNORECASE)
# "본 콘텐츠의 저작권은 한빛in에 있으며"
_OWNED = re.compile(r"저작권은 ([^\s,.()]{2,12}?)(?:에게?|이|가) (?:있|속|소유)")
_NOBODY = frozenset(["본사", "회사", "당사", "해당", "언론사", "저작자", "저작권자", "필자", "제작사", "원작자", "각"])
_AI_RESERVED = re.compile(r"(?:AI|인공지능)[^.]{0,20}(?:학습|데이터|활용|이용|수집)[^.]{0,20}금지")


def reserves_ai_use(line: str) -> bool:
    """Whether a copyright line reserves the use by AI ("AI 학습 및 활용 금지"; 연합뉴스 and YTN since 2024)."""
    return _AI_RESERVED.search(line) is not None


def publisher_in(line: str, names: Collection[str] = ()) -> str | None:
    """The house that a copyright line names: the longest known name in it, else what stands behind the ⓒ.

    A slogan in front of the name stays out when it is quoted or ends with a comma; where only a slogan could
    be read, None.
    """
    form = fold(line)
    known = known_house(form, names)
    if known is not None:
        return known
    openers = [opener.end() for opener in _OPENER.finditer(form)]
    if not openers:
        owner = _OWNED.search(form)
        return owner[1] if owner and owner[1] not in _NOBODY else None
    rest = _BEFORE_NAME.sub("", form[openers[-1] :], count=1)
    rest = re.sub(r"^\s*['\"`].{2,40}?['\"`]\s*", "", rest)
    end = _NAME_END.search(rest)
    name = rest[: end.start()].strip(" '\"-.") if end else ""
    if " " in name and is_outlet(name.rpartition(" ")[2]):
        name = name.rpartition(" ")[2]  # "국내유일의 경제통신사 NSP통신": a slogan without quotes
    return name if 2 <= len(name) <= 14 and name.count(" ") <= 1 else None


def known_house(text: str, names: Collection[str]) -> str | None:
    """The longest of the names that stands in the (folded) text by itself; None where none does."""
    lower = text.lower()
    found = [name for name in names if len(name) > 1 and name in lower and _stands_alone(name, lower)]
    if not found:
        return None
    at = lower.find(max(found, key=len))
    return text[at : at + len(max(found, key=len))]


def _stands_alone(name: str, text: str) -> bool:
    """No letter in front of it, and behind it none of its own script (particles may follow a Korean name)."""
    at = text.find(name)
    before, after = text[at - 1 : at], text[at + len(name) : at + len(name) + 1]
    if before.isalnum():
        return False
    return not (after.isascii() and after.isalnum()) if name.isascii() else True
