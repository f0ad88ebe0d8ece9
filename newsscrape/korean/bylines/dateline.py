"""What stands before the first sentence: "(서울=연합뉴스) 홍길동 기자 = ", in all its families."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from newsscrape.article import Author, Dateline
from newsscrape.korean.agencies import is_outlet, wire_of
from newsscrape.korean.bylines.names import is_name
from newsscrape.korean.bylines.signature import Signature, read_signature
from newsscrape.korean.bylines.tokens import CUT_MAIL, MAIL
from newsscrape.korean.titles import is_label
from newsscrape.korean.vocabulary import CREDIT_LABELS, JOURNALIST, OUTLETS, PLACES, SURE_OUTLET_SUFFIXES, any_of

HEAD = 120  # letters within which a dateline ends
_BRACKET = re.compile(r"\s*[(（\[［【<＜〈](?P<inner>[^()\[\]（）［］【】<>＜＞〈〉\n]{2,70})[)）\]］】>＞〉]\s*")
# "서울=연합뉴스", "군산·서울=뉴시스", "AP=연합뉴스", "한빛/한빛일보"
_PLACE_AGENCY = re.compile(
    r"(?P<place>[가-힣A-Za-z]{1,12}(?:\s?[·ㆍ,/]\s?[가-힣A-Za-z]{1,12}){0,4}(?:\s[가-힣]{2,8})?)\s?[=＝/]\s?"
    r"(?:[A-Za-z가-힣]{2,6}/)?(?P<agency>[가-힣A-Za-z0-9]{2,14})"
)
_TITLE = any_of(JOURNALIST)
_EQUALS = re.compile(r"\s*[=＝]\s*")
_NAMED = re.compile(r"(?P<names>[^=＝.!?”\"\n]{2,80}?)\s?[=＝]\s*")
_SLASHED = re.compile(
    r"\s*(?P<head>[가-힣A-Za-z0-9]{2,14}(?:\s?[/=＝]\s?[가-힣A-Za-z0-9]{2,12})?\s?[^=＝.!?”\"\n]{0,60}?)\s?[=＝]\s?(?=\S)"
)
_MAILED = re.compile(
    rf"\s*(?P<head>(?P<place>[가-힣]{{2,8}})\s?[=＝/]\s?[가-힣·,\s]{{2,30}}?(?:{_TITLE})\s?\(?(?:{MAIL}|{CUT_MAIL})\)?)\s+(?=[가-힣“\"‘'])"
)
_PRESS_RELEASE = re.compile(
    r"\s*(?P<place>[가-힣A-Za-z ,]{2,30}?)\s?(?:--\s?\(\s?(?P<wire>뉴스와이어)\s?\)\s?--"
    r"|/(?P<english>PRNewswire|PR Newswire|연합뉴스PRNewswire)/\s?--)\s*"
    r"(?:\d{4}년\s?\d{1,2}월\s?\d{1,2}일\s?-{1,2}\s*)?"
)
_ENGLISH = re.compile(
    r"(?P<place>[A-Z][A-Z.'\- ]+)(?:, [A-Z][A-Za-z. ]+?)?(?:, (?:[A-Z][a-z]{2,8}\.? \d{1,2}))?"
    r" \((?P<agency>[A-Z][A-Za-z0-9/ ]{1,24})\) ?(?:--|[-–—]) ?"
)
_HEAD_END = re.compile(rf"(?:{_TITLE}|[팀부단국실룸]|[@)\].]|[a-z])$")
# "(사진=연합뉴스)" is a credit, though it looks like "(서울=연합뉴스)".
_CREDIT_HEAD = re.compile(rf"(?:{any_of(CREDIT_LABELS)})(?:\s?(?:제공|출처|캡처|캡쳐|자료))?\s?[=＝:/]")
# "[한빛일보 홍길동] …": an outlet's name vouches for the name behind it.
_UNTITLED = re.compile(r"(?P<outlet>[가-힣A-Za-z0-9]{3,12})(?:\s|\s?=\s?)(?P<name>[가-힣]{3,4})")
# "【브레이크뉴스 다온】도하람 기자 = "
_HOUSED = re.compile(r"(?P<outlet>[가-힣A-Za-z0-9]{2,12})\s(?P<place>[가-힣]{2,6})")
# "(엑스포츠뉴스 나루, 강해솔 기자)": two letters and a comma before the name
_LISTED = re.compile(
    r"(?P<outlet>[가-힣A-Za-z0-9]{2,12})[\s=]+(?P<place>[가-힣]{2}),\s?(?P<names>[가-힣]{2,4}\s?[가-힣]{0,4}기자)"
)
# "[충북일보=한빛]", "[스포츠월드=나루 사공별 기자]": behind a house and "=" two letters alone are a place.
_PLACED = re.compile(
    r"(?P<outlet>[가-힣A-Za-z0-9]{2,12})\s?=\s?(?P<place>[가-힣]{2})"
    r"(?:[\s,]\s?(?P<names>[가-힣]{2,4}\s?[가-힣]{0,4}기자))?"
)
# "[포포투=강해솔]": a house that no list knows, and its reporter of three syllables.
_EQUATED = re.compile(r"(?P<outlet>[가-힣A-Za-z0-9]{2,12})\s?=\s?(?P<name>[가-힣]{3})")
_FIRST = re.compile(r"[(（\[［【<＜〈=＝/]")
_HEAD_WORD = re.compile(rf"(?:{_TITLE})|뉴스팀|[팀부단]\s?[=＝]")


def split_dateline(paragraph: str) -> tuple[Dateline | None, list[Author], str]:
    """Takes the dateline off a paragraph: (dateline, authors, rest).

    `dateline` is None where neither place nor agency is named ("[홍길동 기자] …" has only an author), and
    (None, [], paragraph) comes back where nothing of the kind stands at the head. Brackets that are no
    byline ("[앵커]", "[속보]", "(사진)") stay in the text.

    >>> split_dateline("(한빛=연합뉴스) 홍길동 기자 = 비가 왔다.")[2]
    '비가 왔다.'
    """
    if not (_FIRST.search(paragraph, 0, 40) or _ENGLISH.match(paragraph)):
        return None, [], paragraph
    head = paragraph[:HEAD]
    for reader in (_bracket, _press_release, _slash, _english):
        if found := reader(head):
            dateline, authors, end = found
            return dateline, authors, paragraph[end:].lstrip()
    return None, [], paragraph


def is_dateline_only(line: str) -> bool:
    """True when the line is a dateline without a sentence behind it."""
    dateline, authors, rest = split_dateline(line)
    return not rest and (dateline is not None or bool(authors))


Found = tuple[Dateline | None, list[Author], int]


def _bracket(head: str) -> Found | None:
    """ "(서울=연합뉴스) 홍길동 기자 = ", "【서울=뉴시스】", "[한빛일보 홍길동 기자]", "[한빛일보=홍길동 기자]"."""
    opened = _BRACKET.match(head)
    if not opened:
        return None
    inner = opened["inner"].strip()
    if _CREDIT_HEAD.match(inner):
        return None
    if _is_sure_outlet(inner):
        end = opened.end()
        if head[end : end + 1].isdigit():
            return None  # "[한빛일보] 2010-02-27 21면": a line about the page
        authors, end = _names(head, end, inner)
        return Dateline(agency=inner, raw=head[:end].strip()), authors, end
    if inner.isalnum() and not is_label(inner) and (authored := _names(head, opened.end(), inner))[0]:
        # "[풋볼누리] 오하나 기자 = ": a house that no list need know.
        return Dateline(agency=inner, raw=head[: authored[1]].strip()), *authored
    if (housed := _HOUSED.fullmatch(inner)) and is_outlet(housed["outlet"]):
        authors, end = _names(head, opened.end(), housed["outlet"])
        if authors:
            raw = head[:end].strip()
            return Dateline(place=housed["place"], agency=housed["outlet"], raw=raw), authors, end
    if (listed := _LISTED.fullmatch(inner)) and is_outlet(listed["outlet"]):
        writers = read_signature(listed["names"], loose=True)
        if writers is not None:
            raw, end = head[: opened.end()].strip(), opened.end()
            place, house = listed["place"], listed["outlet"]
            return Dateline(place=place, agency=house, raw=raw), _of_house(writers.authors, house), end
    if (placed := _PLACED.fullmatch(inner)) and is_outlet(placed["outlet"]):
        writers = read_signature(placed["names"], loose=True) if placed["names"] else None
        if writers is not None or placed["names"] is None:
            raw, end = head[: opened.end()].strip(), opened.end()
            people = _of_house(writers.authors, placed["outlet"]) if writers else []
            return Dateline(place=placed["place"], agency=placed["outlet"], raw=raw), people, end
    where = _PLACE_AGENCY.fullmatch(inner)
    if where and (
        wire_of(where["agency"]) or is_outlet(where["agency"]) or _names(head, opened.end(), where["agency"])[0]
    ):
        place = None if wire_of(where["place"]) or is_outlet(where["place"]) else where["place"].strip()
        agency = where["agency"]
        authors, end = _names(head, opened.end(), agency)
        return Dateline(place=place, agency=agency, raw=head[:end].strip()), authors, end
    if "=" in inner and not _HEAD_WORD.search(inner) and "공동취재단" in inner:
        place = inner.partition("=")[0].strip()
        authors, end = _names(head, opened.end(), None)
        return Dateline(place=place, agency=None, raw=head[:end].strip()), authors, end
    untitled = _UNTITLED.fullmatch(inner)
    if untitled and is_outlet(untitled["outlet"]) and is_name(untitled["name"]):
        author = Author(name=untitled["name"], affiliation=untitled["outlet"], raw=inner)
        end = opened.end()
        return Dateline(agency=untitled["outlet"], raw=head[:end].strip()), [author], end
    if (equated := _EQUATED.fullmatch(inner)) and is_name(equated["name"]) and equated["outlet"] not in PLACES:
        author = Author(name=equated["name"], affiliation=equated["outlet"], raw=inner)
        end = opened.end()
        return Dateline(agency=equated["outlet"], raw=head[:end].strip()), [author], end
    signature = read_signature(inner, loose=True) if len(inner) > 3 else None
    if signature is None or not _is_head(signature, inner):
        return None
    end = opened.end()
    if equals := _EQUALS.match(head, end):
        end = equals.end()
    return _dateline(signature, head[:end].strip()), list(signature.authors), end


def own_dateline(paragraph: str, houses: Collection[str]) -> tuple[Dateline | None, str]:
    """Splits the name of the page's own house in brackets off a paragraph ("[한빛매일] 비가 왔다."): (dateline, rest).

    `houses` are the names that the page gives its publisher; (None, the paragraph as it was) for any other bracket.
    """
    found = _OWN_HOUSE.match(paragraph)
    if found is None or found["house"].strip() not in houses:
        return None, paragraph
    return Dateline(place=None, agency=found["house"].strip(), raw=found.group().strip()), paragraph[found.end() :]


def _is_sure_outlet(word: str) -> bool:
    """True for an outlet's name that cannot be a label of the article ("[한빛일보]", but not "[주간경제]")."""
    return word in OUTLETS or (len(word) > 3 and word.isalnum() and word.endswith(SURE_OUTLET_SUFFIXES))


def _is_head(signature: Signature, inner: str) -> bool:
    """A bracket of names is a head only with a reporter's title in it, or a desk's name behind an outlet."""
    if any(author.kind == "agency" for author in signature.authors):
        return wire_of(inner) is not None
    return signature.sure and (bool(signature.authors) or bool(_HEAD_WORD.search(inner)))


def _names(head: str, start: int, agency: str | None) -> tuple[list[Author], int]:
    """The names between a dateline's bracket and its "="; none when the "=" is missing."""
    if equals := _EQUALS.match(head, start):
        return [], equals.end()
    named = _NAMED.match(head, start)
    signature = read_signature(named["names"]) if named else None
    if named is None or signature is None:
        return [], start
    authors = _of_house(signature.authors, agency)
    return authors, named.end()


def _of_house(authors: Sequence[Author], house: str | None) -> list[Author]:
    """Reporters whose byline names no house of their own write for the dateline's."""
    return [
        author if author.affiliation or author.kind != "person" else author.model_copy(update={"affiliation": house})
        for author in authors
    ]


def _press_release(head: str) -> Found | None:
    """ "서울--(뉴스와이어)--2020년 03월 05일 -- ", "SEOUL, South Korea /PRNewswire/ -- "."""
    found = _PRESS_RELEASE.match(head)
    if not found:
        return None
    agency = found["wire"] or found["english"]
    return Dateline(place=found["place"].strip(" ,"), agency=agency, raw=found.group().strip()), [], found.end()


def _english(head: str) -> Found | None:
    """ "HANBIT, South Korea, April 27 (Yonhap) -- ": place, day and agency of an English wire."""
    found = _ENGLISH.match(head)
    if found is None:
        return None
    raw = found.group().strip()
    return Dateline(place=found["place"], agency=found["agency"], raw=raw), [], found.end()


def _slash(head: str) -> Found | None:
    """ "광주/아시아투데이 이도윤 기자 = ", "아시아투데이 디지털뉴스팀 = ", "한빛=강솔 기자 kang@ "."""
    if not _HEAD_WORD.search(head, 0, 80):
        return None
    for pattern in (_MAILED, _SLASHED):
        found = pattern.match(head)
        while found:
            signature = read_signature(found["head"])
            if signature and signature.sure and signature.authors and _HEAD_END.search(found["head"]):
                return _dateline(signature, found.group().strip()), list(signature.authors), found.end()
            # "한빛=홍길동 기자 = …" holds two "=": try the next one.
            found = _longer(head, found.end()) if pattern is _SLASHED else None
    return None


_OWN_HOUSE = re.compile(r"[\[【](?P<house>[^\[\]【】=]{2,20})[\]】]\s?(?=\S)")
_SECOND = re.compile(r"\s*(?P<head>[^=＝.!?”\"\n]{2,30}[=＝][^=＝.!?”\"\n]{2,60}?)\s?[=＝]\s?(?=\S)")


def _longer(head: str, after: int) -> re.Match[str] | None:
    found = _SECOND.match(head)
    return found if found and found.end() > after else None


def _dateline(signature: Signature, raw: str) -> Dateline | None:
    if signature.place is None and signature.outlet is None:
        return None
    return Dateline(place=signature.place, agency=signature.outlet, raw=raw)
