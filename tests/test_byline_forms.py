"""Bylines as Korean news prints them, one test a form: `forms/bylines.txt` names who must come out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsscrape.article import Author
from newsscrape.korean.bylines import parse_byline
from newsscrape.korean.characters import fold, tidy

LINES = (Path(__file__).parent / "forms" / "bylines.txt").read_text(encoding="utf-8").splitlines()
FORMS = [line.split("  ->  ") for line in LINES if line and not line.startswith("#")]


def _shown(author: Author) -> str:
    shown = author.name + (f"/{author.role}" if author.role else "") + (f" <{author.email}>" if author.email else "")
    return shown if author.kind == "person" else f"{author.kind}:{shown}"


@pytest.mark.parametrize(("text", "expected"), FORMS, ids=[text for text, _ in FORMS])
def test_form(text: str, expected: str) -> None:
    assert ("; ".join(map(_shown, parse_byline(text))) or "-") == expected


# Pieces that bylines are made of, in any order: most lines are none, and many nearly are one.
PIECES = st.sampled_from(
    [
        "홍길동", "이도윤", "김 구", "남궁솔", "마이클", "안토넬리", "이상은", "정치", "기자", "특파원", "선임기자", "논설위원", "교수", "대표",
        "서울", "도쿄", "한빛일보", "연합뉴스", "AP", "YTN", "온라인뉴스팀", "국제부", "글", "사진", "정리", "hong@x.com", "hong@", "news@x.com",
        "=", "/", "·", ",", "(", ")", "[", "]", "【", "】", "<", ">", "ⓒ", "▶", "※", "|", " ", " ", "말했다.", "입니다.", "입니다", "가 보도합니다.",
        "지금까지", "입력 2026.11.20 15:05", "외 1명", "By", "Kim Min-su", "and", "무단 전재 및 재배포 금지", "“", "”", "\n", "전", "現",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=9).map("".join), st.lists(PIECES, max_size=9).map(" ".join)
)


@settings(deadline=None)
@given(text=TEXTS, bare=st.booleans())
def test_any_text_is_read_without_an_error_and_no_name_is_made_up(text: str, bare: bool) -> None:
    printed = fold(tidy(text)).replace(" ", "")
    for author in parse_byline(text, bare=bare):
        assert author.name
        if author.kind == "person":
            assert author.name.replace(" ", "") in printed
        assert author.email is None or author.email in printed
