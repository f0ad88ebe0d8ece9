"""Lines about the printed paper: every form that is read, and lines that look like one."""

from __future__ import annotations

import datetime as dt

import pytest

from newsscrape.article import PrintEdition
from newsscrape.korean.print_edition import is_print_edition, read_header, read_print_edition

DAY = dt.date(2013, 7, 8)


@pytest.mark.parametrize(
    ("line", "date", "page", "edition", "section"),
    [
        ("[한빛일보] 2013-07-08 27면\xa0 05판\xa0 사회\xa0 뉴스\xa0 1234자", DAY, "27", "5", "사회"),
        ("[한빛신문] 2013-07-08 B02면 45판 정보통신·과학 칼럼,논단 708자", DAY, "B2", "45", "정보통신·과학"),
        ("[한빛] 2013-07-08 14C면 07판 생활·여성 기획,연재 89자", DAY, "14C", "7", "생활·여성"),
        ("2013년 7월 8일자 A1면", DAY, "A1", None, None),
        ("한빛일보 2013.07.08 (월) A3면 종합", DAY, "A3", None, "종합"),
        ("지면 A12면", None, "A12", None, None),
        ("지면: 3면", None, "3", None, None),
        ("종합 18면", None, "18", None, "종합"),
        ("국제 A10면 2단", None, "A10", None, "국제"),
        ("4면", None, "4", None, None),
        ("[1면]", None, "1", None, None),
        ("6면 TOP", None, "6", None, None),
        ("12판", None, None, "12", None),
        ("경제 5면 최종판", None, "5", "최종판", "경제"),
    ],
)
def test_forms(line: str, date: dt.date | None, page: str | None, edition: str | None, section: str | None) -> None:
    assert read_print_edition(line) == (PrintEdition(date=date, page=page, edition=edition), section)


@pytest.mark.parametrize(
    "line",
    [
        "주사위 6면",
        "그 소식은 12면에 실렸다.",
        "1면 오른쪽 아래",
        "2013-07-08",
        "2013-13-08 4면",
        "사회",
        "1심 재판",
        "한빛면 가온리",
        "4면이 바다인 섬",
        "",
    ],
)
def test_other_lines_are_none(line: str) -> None:
    assert read_print_edition(line) == (None, None)
    assert not is_print_edition(line)


def test_header_of_an_archive() -> None:
    assert read_header("[한빛일보] 2013-07-08 27면 05판 사회 뉴스 1234자") == ("한빛일보", DAY)


@pytest.mark.parametrize("line", ["2013년 7월 8일자 A1면", "[1면]", "[한빛일보] 27면", "[한빛일보] 2013-07-08"])
def test_other_labels_are_no_header(line: str) -> None:
    assert read_header(line) is None
