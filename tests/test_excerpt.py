"""What is read around a body: from the headline on, to some lines behind; the body's own paragraphs only as places."""

from __future__ import annotations

from newsscrape.candidates.lines import read_lines
from newsscrape.candidates.whole import Whole
from newsscrape.parse import Element, parse

TITLE = "마을버스가 강을 건넌다"
BODY = (
    "<div id='body'><p>한빛시는 마을버스를 강 건너까지 늘린다고 밝혔다.</p><p>첫차는 다섯 시다.</p>"
    "강변역에서 떠난다.<br>막차는 열한 시다.</div>"
)
MENU = "<ul><li>정치</li><li>경제</li></ul>"


def _near(page: str, behind: int = 14) -> list[str]:
    tree = parse(f"<html><body>{page}</body></html>")
    whole = Whole(tree)
    return [line.text for line in whole.near(_owners(tree), [TITLE], behind).lines]


def _owners(tree: Element) -> list[Element]:
    return read_lines(next(e for e in tree.iter("div") if e.get("id") == "body")).owners


INSIDE = ["…", "…", "강변역에서 떠난다.", "막차는 열한 시다."]


def test_lines_begin_with_the_headline() -> None:
    assert _near(f"<main>{MENU}<h1>{TITLE}</h1><p>강솔 기자</p>{BODY}</main>") == [TITLE, "강솔 기자", *INSIDE]


def test_headline_in_boxes_of_its_own() -> None:
    page = f"<main>{MENU}<div>{MENU}<div><h1>{TITLE}</h1></div><p>강솔 기자</p></div>{BODY}</main>"
    assert _near(page) == [TITLE, "강솔 기자", *INSIDE]


def test_lines_behind_the_body() -> None:
    assert _near(f"<main><h1>{TITLE}</h1>{BODY}<p>강솔 기자</p></main>") == [TITLE, *INSIDE, "강솔 기자"]


def test_no_more_lines_behind_than_twice_those_asked_for() -> None:
    page = f"<main><h1>{TITLE}</h1>{BODY}{'<p>다른 소식</p>' * 9}</main>"
    assert _near(page, behind=2) == [TITLE, *INSIDE, *["다른 소식"] * 4]


def test_headline_below_the_body() -> None:
    assert _near(f"<main>{MENU}{BODY}<h1>{TITLE}</h1></main>") == ["정치", "경제", *INSIDE, TITLE]


def test_headline_in_a_hidden_box() -> None:
    hidden = f"<div style='display:none'><h1>{TITLE}</h1></div>"
    assert _near(f"<main>{MENU}{hidden}<p>강솔 기자</p>{BODY}</main>") == ["강솔 기자", *INSIDE]


def test_page_without_the_headline() -> None:
    assert _near(f"{MENU}<p>강솔 기자</p>{BODY}") == ["정치", "경제", "강솔 기자", *INSIDE]
