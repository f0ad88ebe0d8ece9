"""Text to tree, with what pages really hold in it."""

from __future__ import annotations

import pytest

from newsscrape import parse as room
from newsscrape.errors import EmptyPage, ParseError
from newsscrape.parse import elements, parse, strings, text_of


def test_korean_in_angle_brackets_is_text() -> None:
    tree = parse("<p>밝혔다.<저작권자ⓒ한빛일보. 무단전재-재배포 금지></p>")
    assert tree.findtext(".//p") == "밝혔다.<저작권자ⓒ한빛일보. 무단전재-재배포 금지>"


def test_a_false_charset_in_the_text_is_ignored() -> None:
    tree = parse('<meta charset="euc-kr"><p>똠방각하 뷁</p>')
    assert tree.findtext(".//p") == "똠방각하 뷁"


@pytest.mark.parametrize("char", ["\x00", "\x08", "\x1f", "\ud800"])
def test_characters_that_no_tree_can_hold_are_left_out(char: str) -> None:
    assert parse(f"<p>한{char}빛</p>").findtext(".//p") == "한빛"


def test_comments_are_no_text() -> None:
    assert text_of(parse("<p>한<!-- 관리자 메모 -->빛</p>")) == "한빛"


def test_a_cut_page_is_read_as_far_as_it_goes() -> None:
    assert "새 도서관" in text_of(parse("<html><body><div><p>한빛시는 새 도서관을 연다.<a href='"))


def test_deep_nesting_does_not_end_the_program() -> None:
    assert parse("<div>" * 5000 + "끝" + "</div>" * 5000) is not None


def test_empty_text_is_an_empty_page() -> None:
    with pytest.raises(EmptyPage):
        parse("\x00\x01")


def test_enormous_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAX_CHARACTERS", 100)
    with pytest.raises(ParseError, match="101 characters"):
        parse("가" * 101, url="https://hanbit.example/1")


def test_selectors() -> None:
    tree = parse("<p id='a'>하나</p><p id='b'>둘</p>")
    assert [e.text for e in elements("//p")(tree)] == ["하나", "둘"]
    assert strings("//p/@id")(tree) == ["a", "b"]
