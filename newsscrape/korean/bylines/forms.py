"""Bylines that are sentences or phrases of their own: broadcast sign-offs, announcements, English."""

from __future__ import annotations

import re

from newsscrape.article import Author
from newsscrape.korean.agencies import is_outlet
from newsscrape.korean.bylines.names import is_name
from newsscrape.korean.bylines.tokens import CUT_MAIL, MAIL, is_mailbox
from newsscrape.korean.vocabulary import BROADCASTERS, JOURNALIST, SHARED, any_of

_TITLE = any_of([*JOURNALIST, *SHARED])
_ADDRESS = rf"[\[(]\s*(?P<mail>{MAIL}|{CUT_MAIL}|[A-Za-z][A-Za-z0-9._]*)\s*[\])]?"
# "MBC뉴스 이준희입니다.", "지금까지 국회에서 KBS 뉴스 김솔이었습니다.", and without its verb "MBC뉴스 이준희".
_SIGN_OFF = re.compile(
    r"(?P<now>지금까지\s)?(?:[가-힣A-Za-z0-9]+(?:\s[가-힣A-Za-z0-9]+){0,3}에서\s)?"
    rf"(?P<outlet>(?:{any_of(BROADCASTERS)}|[가-힣]{{2}}(?:CBS|MBC|KBS)|[A-Za-z가-힣0-9]{{1,8}}?(?:방송|TV))(?:\s?뉴스)?"
    r"|[A-Za-z가-힣0-9]{2,8}?\s?뉴스)?,?\s?"
    rf"(?P<name>[가-힣]{{2,4}}?)(?:\s?(?P<role>{_TITLE}))?\s?(?:{_ADDRESS})?\s?"
    r"(?P<verb>이었습니다|이?였습니다|입니다)?[.]?"
    rf"(?:\s?[\[(]\s?(?P<behind>{MAIL})\s?[\])])?"
)
# "홍길동 기자가 보도합니다.": the anchor's words announce the reporter; they are text, not furniture.
_ANNOUNCE = re.compile(
    r"(?:^|[\s,])(?P<name>[가-힣]{2,4})\s?(?P<role>[가-힣]{0,6}(?:기자|특파원|리포터|캐스터))(?:[가이]\s"
    r"(?:[가-힣]+\s){0,4}?"
    r"(?:보도합니다|보도했습니다|보도해드립니다|전합니다|전해드립니다|전해 드립니다|취재했습니다"
    r"|들어봤습니다|알아봤습니다|살펴봤습니다|"
    r"다녀왔습니다|만나봤습니다|만났습니다|정리했습니다|짚어봤습니다|분석했습니다|설명합니다|연결합니다)"
    r"|의\s(?:단독\s?)?(?:보도|리포트|취재)입니다)[.]?$"
)
_LATIN_NAME = r"[A-Z][A-Za-z.'\-]+(?:\s[A-Z][A-Za-z.'\-]*){1,3}"
_LATIN_NAMES = rf"(?P<names>{_LATIN_NAME}(?:(?:,\s|\sand\s){_LATIN_NAME})*)"
_REPORTER = (
    r"(?:[Ss]taff|[Ss]enior|[Cc]ontributing|[Ff]reelance)?\s?(?:[Rr]eporter|[Ww]riter|[Cc]orrespondent|[Cc]olumnist)"
)
# "By Lee Kyung-sik", "BY LEE [a@b.com]", "By Lee Kyung-sik, Staff reporter", and outside writers with their post,
# "By Dr. Lee Kyung-sik (physician at Hanbit Hospital)".
_ENGLISH = re.compile(
    rf"(?:(?:(?:[Ww]ritten|[Rr]eported|[Ww]ords|[Ss]tory)\s)?(?:By|BY|by)|(?P<ahead>{_REPORTER}):?)\s+(?:Dr\.\s|Prof\.\s)?{_LATIN_NAMES}"
    rf"\s*(?:[(\[]?\s*(?P<mail>{MAIL})\s*[)\]]?)?"
    rf"(?:\s*[/|,]\s*(?:(?P<role>{_REPORTER})|(?P<outlet>[A-Z][A-Za-z .]+))"
    r"|\s*;?\s?\((?P<post>[a-z][^()]{4,90})\))?\.?"
)
# Without "by": a reporter's title behind the name, or the paper's name behind a mark.
_ENGLISH_TITLED = re.compile(
    rf"{_LATIN_NAMES}(?:,\s|\s)(?P<role>{_REPORTER})|{_LATIN_NAMES.replace('names', 'signed')}\s?[/|]\s?"
    r"(?P<outlet>(?:[A-Z][A-Za-z]+\s){1,3}(?:Daily|Times|Herald|Post|News|Agency))"
)
_NO_PERSON = re.compile(
    r"\b(?:news|times|herald|daily|agency|press|editor|staff|team|desk|korea|yonhap|newsroom|media|online)\b",
    re.IGNORECASE,
)
_ENGLISH_MAIL = re.compile(rf"(?P<names>{_LATIN_NAME})\s*[(\[]\s*(?P<mail>{MAIL})\s*[)\]]")


def _is_broadcaster(outlet: str) -> bool:
    return outlet.removesuffix("뉴스").strip() in BROADCASTERS or outlet in BROADCASTERS


def sign_off(text: str) -> Author | None:
    """The reporter who signs off in a broadcast: "YTN 박하늘입니다."; the whole of `text` must be it."""
    if len(text) > 70 or not (found := _SIGN_OFF.fullmatch(text.strip())):
        return None
    outlet, name, mail = (found["outlet"] or "").strip(), found["name"], found["mail"] or found["behind"]
    known = _is_broadcaster(outlet) or any(
        is_outlet(form) for form in (outlet.replace(" ", ""), outlet.removesuffix("뉴스").strip())
    )
    if outlet and not known:
        return None
    if found["verb"]:
        if not known and not found["now"]:
            return None
    elif not (mail or (outlet.endswith("뉴스") and len(name) == 3)) or not _is_broadcaster(outlet):
        return None
    if not is_name(name):
        return None
    address = mail if mail and "@" in mail and "." in mail.partition("@")[2] else None
    if address and is_mailbox(address):
        address = None
    return Author(name=name, role=found["role"], email=address, affiliation=outlet or None, raw=text)


def announced(text: str) -> Author | None:
    """The reporter whom the last words of `text` announce: "홍길동 기자가 보도합니다."."""
    if not text.rstrip(". ").endswith("니다"):
        return None
    found = _ANNOUNCE.search(text.strip())
    if not found or not is_name(found["name"]):
        return None
    return Author(name=found["name"], role=found["role"], raw=found.group().strip(" ,"))


def english(text: str) -> list[Author]:
    """ "By Lee Kyung-sik", "Lee Kyung-sik (kslee@x.com)": names of a byline in English."""
    text = text.strip()
    if not text.isascii():
        return []
    found = next((hit for form in (_ENGLISH, _ENGLISH_MAIL, _ENGLISH_TITLED) if (hit := form.fullmatch(text))), None)
    if found is None:
        return []
    said = found.groupdict()
    names = re.split(r",\s|\sand\s", said["names"] or said["signed"])
    if any(_NO_PERSON.search(name) for name in names):
        return []
    mail = said.get("mail")
    if mail and is_mailbox(mail):
        mail = None
    role = said.get("role") or said.get("ahead")
    where = said.get("outlet") or said.get("post")
    return [
        Author(name=name, role=role, email=mail if at == 0 else None, affiliation=where and where.strip(), raw=text)
        for at, name in enumerate(names)
    ]
