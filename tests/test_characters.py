"""Characters: what a record's text is set right in, what it keeps, and what only matching unifies."""

from __future__ import annotations

import unicodedata

import pytest

from newsscrape.boilerplate.forms import matching_form
from newsscrape.korean.characters import fold, letters, tidy, tidy_lines

TIDIED = {
    "decomposed syllables": (unicodedata.normalize("NFD", "한글"), "한글"),
    "ideographs with a Korean reading": ("\uf9e1\uf90a", "李金"),
    "soft hyphens and zero widths": ("가\u00ad나\u200b다\u2060라\ufeff마", "가나다라마"),
    "marks of direction": ("가\u200e나\u202a다\u2066라", "가나다라"),
    "replaced objects": ("가\ufffc나", "가나"),
    "variants of ideographs": ("葛\U000e0100", "葛"),
    "odd blanks": ("가\u00a0나\u3000다\u2003라\u202f마\t바", "가 나 다 라 마 바"),
    "many blanks": ("  가   나 ", "가 나"),
    "fillers": ("가\u3164나\uffa0다", "가나다"),
    "syllables that KS X 1001 lacks": ("\u3164ㄸㅗㅁ방각하, \u3164ㅍㅔㄹ시, \u3164ㅁㅢ\u3164", "똠방각하, 펠시, 믜"),
    "half-width jamo": ("\uffa1\uffa2\uffc2", "ㄱㄲㅏ"),
}


@pytest.mark.parametrize(("text", "tidied"), TIDIED.values(), ids=TIDIED)
def test_tidied(text: str, tidied: str) -> None:
    assert tidy(text) == tidied
    assert tidy_lines(text) == [tidied]


@pytest.mark.parametrize(
    "text",
    [
        "㎡ ㎏ ℃ ㏊",
        "① ½ ™ ㈜",
        "ㄷ씨는 ㅋㅋ",
        "“가” ‘나’ \"다\" '라'",
        "… ‥ · ㆍ",
        "美 中 日",
        "１２％（주）",
        "▶️ 가",
        "4만2천500원",
        "한 모(62) 씨",
    ],
)
def test_kept(text: str) -> None:
    assert tidy(text) == text


@pytest.mark.parametrize(
    "text", ["가\r\n나", "가\u2028나", "가\u0085나", "가\x0b나", "가\x0c나", "가_x000D_나", "가\n나"]
)
def test_line_breaks(text: str) -> None:
    assert tidy_lines(text) == ["가", "나"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“가”„나‟″다〃＂라", '"가""나""다""라'),
        ("‘가’‚나‛′다′", "'가''나''다'"),
        ("가ㆍ나‧다・라･마∙바⋅사", "가·나·다·라·마·바·사"),
        ("가–나—다―라‐마ㅡ바", "가-나-다-라-마-바"),
        ("가〜나∼다～라", "가~나~다~라"),
        ("＜가＞［나］（다）：라，마．바％사＝아｜자", "<가>[나](다):라,마.바%사=아|자"),
        ("© 2026 ▶️ ☎️", "ⓒ 2026 ▶ ☎"),
        ("１２３", "123"),
    ],
)
def test_folded_for_matching(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_letters_alone() -> None:
    assert letters("한빛시, “새 다리” 놓는다! (종합2보)") == "한빛시새다리놓는다종합2보"


def test_every_letter_of_a_line_is_set_right_as_in_a_text() -> None:
    lines = [f"가{chr(code)}나" for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    assert [line for line in lines if tidy(line) != " ".join(filter(None, tidy_lines(line)))] == []


def test_every_letter_is_folded_for_rules() -> None:
    lines = [f"가{chr(code)}나" for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    assert [line for line in lines if matching_form(line) != fold(line).lower()] == []
