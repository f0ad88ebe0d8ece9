"""Titles as Korean sites print them, one test a form: `forms/titles.txt` says what is left and which labels it wears."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsscrape.korean.titles import read_title

LINES = (Path(__file__).parent / "forms" / "titles.txt").read_text(encoding="utf-8").splitlines()
FORMS = [line.split("  ->  ") for line in LINES if line and not line.startswith("#")]
NAMES = frozenset(
    [
        "KBS", "YTN", "경향신문", "노컷뉴스", "뉴스1", "뉴시스", "뉴시스통신사", "동아일보", "디지털타임스", "매일경제", "머니투데이", "서울신문", "연합뉴스", "오마이뉴스",
        "조선닷컴", "조선비즈", "ChosunBiz", "조선일보", "중앙일보", "한겨레", "한경닷컴", "한국경제", "한국경제TV", "한국일보", "한빛신문", "한빛일보",
    ]
)  # fmt: skip
EXPECTED = re.compile(r"(?P<text>.*?)(?:  \[(?P<labels>[^\[\]]*)\])?")


@pytest.mark.parametrize(("raw", "expected"), FORMS, ids=[raw for raw, _ in FORMS])
def test_form(raw: str, expected: str) -> None:
    said = EXPECTED.fullmatch(expected)
    assert said is not None
    title = read_title(raw, NAMES)
    assert title.text == (raw if said["text"] == "=" else said["text"])
    assert ", ".join(title.labels) == (said["labels"] or "")


@settings(deadline=None)
@given(raw=st.text(max_size=120))
def test_any_title_is_read_without_an_error(raw: str) -> None:
    assert read_title(raw, NAMES).raw == raw
