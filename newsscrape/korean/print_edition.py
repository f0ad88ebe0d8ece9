"""지면: the line that says where an article stood in the printed paper.

Archives print a whole header ("[한빛일보] 2013-07-08 27면 05판 사회 뉴스 1234자"), papers a label beside the
times ("지면 A12면", "종합 18면", "4면"). A line is read word by word, and one word that has no place in such a line
makes it none, so that no sentence is taken for a label.
"""

from __future__ import annotations

import datetime as dt
import re

from newsscrape.article import PrintEdition
from newsscrape.korean.agencies import is_outlet
from newsscrape.korean.characters import fold
from newsscrape.korean.titles import section_code

_LONGEST = 90
_HINT = re.compile(r"[0-9A-Z０-９]\s?[면판]|(?:초|최종|지방|수도권)판")
_WORD = re.compile(
    r"(?P<year>\d{4})\s?[-./년]\s?(?P<month>\d{1,2})\s?[-./월]\s?(?P<day>\d{1,2})(?!\d)\.?(?:\s?일)?(?:\s?자)?(?:\s?\([월화수목금토일]\))?"
    r"|(?:제\s?)?(?P<page>[A-Z]{0,2}-?\d{1,3}[A-Z]?)\s?면|(?P<edition>\d{1,3})\s?판|(?P<named_edition>초판|최종판|지방판|수도권판)"
    r"|(?P<length>\d{1,6}\s?자)|(?P<place>TOP|톱|\d{1,2}\s?단)"
    r"|(?P<label>발행\s?일자?|발행|(?:본지|종이\s?신문|신문)?\s?(?:게재|게재\s?지면|지면)(?:\s?정보)?|종이\s?신문)"
    r"|(?P<word>[가-힣A-Za-z]+(?:[·,/&][가-힣A-Za-z]+)*)|(?P<mark>[\s|:\[\]()<>·,/-])"
)
# Printed as a page's heading, though no site has a section of that name.
_PAGE_HEADINGS = frozenset(["종합", "해설", "사람", "사람과사람", "사람들", "투데이", "본면", "매거진", "섹션", "별지"])
_GENRES = frozenset(
    [
        "뉴스", "기사", "칼럼,논단", "컬럼,논단", "칼럼", "사설", "기획,연재", "기획", "연재", "인터뷰", "인물", "기고",
        "사진", "만평", "단신", "스트레이트", "해설,분석",
    ]
)  # fmt: skip
_HOUSE = re.compile(r"\[\s?(?P<house>[^\[\]]{2,16}?)\s?\]\s*(?=\d{4}\D)")  # "[한빛] 2013-07-08": whatever its name
_ZEROS = re.compile(r"^([A-Z]*)-?0+(?=\d)")


def read_print_edition(text: str) -> tuple[PrintEdition | None, str | None]:
    """The day, page and edition that a line names, and the section printed with them.

    (None, None) where the line is anything else. A page or an edition must be named: a day alone is a date.
    Page and edition come without 면, 판 and leading zeros ("A12", "5"); the section as printed.

    >>> read_print_edition("종합 18면")
    (PrintEdition(date=None, page='18', edition=None), '종합')
    """
    if len(text) > _LONGEST or not _HINT.search(text):
        return None, None
    line = _HOUSE.sub("", fold(text), count=1)
    date = page = edition = None
    words: list[str] = []
    sure = False  # a day or a length: the line is an archive's header
    at = 0
    while at < len(line):
        found = _WORD.match(line, at)
        if found is None:
            return None, None
        at = found.end()
        match found.lastgroup:
            case "day":
                date, sure = _date(found), True
                if date is None:
                    return None, None
            case "page":
                page = page or _ZEROS.sub(r"\1", found["page"])
            case "edition" | "named_edition":
                edition = edition or _ZEROS.sub(r"\1", found["edition"] or found["named_edition"])
            case "length":
                sure = True
            case "word":
                words.append(found["word"])
    if page is None and edition is None:
        return None, None
    known = [word for word in words if not is_outlet(word) or section_code(word)]
    section = next((word for word in known if _is_section(word) or (sure and word not in _GENRES)), None)
    if any(not (_is_section(word) or word in _GENRES) for word in known if not (sure and word == section)):
        return None, None
    return PrintEdition(date=date, page=page, edition=edition), section


def read_header(text: str) -> tuple[str, dt.date] | None:
    """The house and the day that an archive's header names ("[한빛일보] 2013-07-08 27면 …"); None for any other line.

    The day in it is that of publication, while "1월 2일자 A1면" under an article names a paper that comes later.
    """
    house = _HOUSE.match(fold(text))
    if house is None:
        return None
    edition, _ = read_print_edition(text)
    return (house["house"], edition.date) if edition and edition.date else None


def is_print_edition(text: str) -> bool:
    """True where the whole line says where an article was printed."""
    return read_print_edition(text)[0] is not None


def _is_section(word: str) -> bool:
    return word in _PAGE_HEADINGS or section_code(word) is not None


def _date(found: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
