"""Passages with the words marked."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsscrape.archive.search.snippet import snippet, whole
from newsscrape.archive.search.words import fold

FAR = "앞선 이야기가 길게 이어진다. " * 20


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("새 다리가 열렸다.", ["다리"], "새 «다리»가 열렸다."),
        ("새 다리가\n열렸다.", ["새 다리", "열렸다"], "«새 다리»가 «열렸다»."),
        ("새 다리가 열렸다.", ["기차"], "새 다리가 열렸다."),
        ("", ["다리"], ""),
        ("KTX와 ktx", ["ktx"], "«KTX»와 «ktx»"),
        ("Straße와 STRASSE", ["strasse"], "«Straße»와 «STRASSE»"),
        ("Straße다", ["s"], "«S»tra«ß»e다"),
        ("Straße 다리", ["다리"], "Straße «다리»"),
        ("가나다라", ["가나", "나다"], "«가나다»라"),
        ("가가가", ["가"], "«가가가»"),
        (unicodedata.normalize("NFD", "새 다리"), ["다리"], "새 «다리»"),
        ("👨‍👩‍👧 다리 🚀", ["🚀"], "👨‍👩‍👧 다리 «🚀»"),
        ("다리 100%", ["100%"], "다리 «100%»"),
    ],
)
def test_what_was_found_is_marked(text: str, words: list[str], marked: str) -> None:
    assert snippet(text, words).marked() == marked


def test_a_passage_is_cut_between_words_around_the_first_match() -> None:
    passage = snippet(f"{FAR}새 다리가 열렸다. {FAR}", ["다리"]).marked()
    assert passage.startswith("…") and passage.endswith("…") and "«다리»가" in passage
    assert len(passage) <= 125
    assert passage.strip("…").split(" ")[0] in FAR and passage.strip("…").split(" ")[-1] in FAR


def test_the_passage_with_the_most_words_is_shown() -> None:
    text = f"다리 하나. {FAR}다리 둘, 개통식. {FAR}다리 셋."
    assert "«다리» 둘, «개통»식" in snippet(text, ["다리", "개통"]).marked()


def test_a_long_word_is_shown_whole() -> None:
    assert snippet(f"{FAR}{'가' * 300} 끝.", ["가" * 300]).marked().count("가" * 300) == 1


def test_all_matches_of_a_title_are_marked() -> None:
    assert whole("다리\t위의 다리", ["다리"]).marked() == "«다리» 위의 «다리»"


@given(
    st.text("가나 \nßİa🚀", max_size=300),
    st.lists(st.text("가나ßİa🚀", min_size=1, max_size=3), min_size=1, max_size=3),
)
def test_every_match_of_a_passage_is_a_place_of_a_word(text: str, words: list[str]) -> None:
    folded = [fold(word) for word in words]
    passage = snippet(text, folded)
    for start, end in passage.matches:
        assert any(word in fold(passage.text[start:end]) for word in folded)
    assert "".join(piece for piece, _ in passage.pieces()) == passage.text
    assert bool(passage.matches) == any(word in fold(text) for word in folded)
