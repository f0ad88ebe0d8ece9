"""Dates as Korean news prints them, one test a form: `forms/dates.txt` says what must come out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsscrape.korean.dates import KST, DateValue, find_dates, parse_date

LINES = (Path(__file__).parent / "forms" / "dates.txt").read_text(encoding="utf-8").splitlines()
FORMS = [line.split("  ->  ") for line in LINES if line and not line.startswith("#")]
NOW = datetime(2026, 11, 28, 12, 0, tzinfo=KST)


def _shown(value: DateValue | None) -> str:
    if value is None:
        return "-"
    return f"{value.value:%Y-%m-%d %H:%M:%S} {value.precision}" + (f" {value.label}" if value.label else "")


@pytest.mark.parametrize(("text", "expected"), FORMS, ids=[text for text, _ in FORMS])
def test_form(text: str, expected: str) -> None:
    assert _shown(parse_date(text, NOW)) == expected


RELATIVE = [text for text, expected in FORMS if expected != "-" and ("전" in text.split() or text.endswith("전"))]


@pytest.mark.parametrize("text", RELATIVE)
def test_relative_forms_need_the_moment_of_reading(text: str) -> None:
    assert parse_date(text) is None


PIECES = st.sampled_from(
    [
        "2026", "26", "'26", "11", "20", "13", "00", "2026.11.20", "2026-11-20", "2026년", "11월", "20일", ".", "-", "/", ":", " ", " ", "T", "Z",
        "+0900", "(금)", "(목)", "오전", "오후", "12:00", "24:00", "15:05", "3시", "5분", "입력", "수정", "등록", "송고", "Updated", "Nov.", "Friday",
        "3시간 전", "어제", "방금", "자", "에 열린다.", "현재", "생", "~", "|", "기자", "1594627440", "20261120150500", "０", "：",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=120), st.lists(PIECES, max_size=10).map("".join), st.lists(PIECES, max_size=8).map(" ".join)
)


@settings(deadline=None)
@given(text=TEXTS, zoned=st.booleans())
def test_any_text_is_read_without_an_error_and_no_date_is_after_the_fetch(text: str, zoned: bool) -> None:
    now = NOW if zoned else NOW.replace(tzinfo=None)
    for value in (parse_date(text, now), parse_date(text), *find_dates(text, now)):
        assert value is None or (value.value.utcoffset() == KST.utcoffset(None) and value.raw in text)
    value = parse_date(text, NOW)
    assert value is None or value.value <= NOW.replace(hour=13)
