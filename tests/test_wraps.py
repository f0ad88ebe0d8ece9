"""Text broken at one width is joined again; other text is left alone."""

from __future__ import annotations

import unicodedata

import pytest

from newsscrape import normalize
from newsscrape.korean.wraps import unwrap

P1 = (
    "    (한빛=연합뉴스) 강솔 기자 = 한빛시는 옛 공장 터에 청년을 위한 공동 작업장을 짓는다고 9일 밝혔다. 작업장은 지상 4층 규모로 "
    "소재와 부품 시험실, 회의실 등을 갖추고 시민에게 문을 연다. 예산은 120억원이며 내년 봄에 첫 삽을 뜬다고 시 관계자는 전했다."
)
P2 = (
    "    강솔 시장은 “열쇠는 사람”이라며 “서두르지 않겠다”고 말했다. 이 사업은 지난해부터 준비했으며 주민 설명회도 세 차례 열었다. "
    "누리집에는 찬성과 반대가 엇갈린 글이 모두 삼백 건 올라왔고 시는 그 글을 모아 책으로 낼 계획이다."
)
TITLE = "한빛시, 공동 작업장 짓는다"


def broken(paragraph: str, columns: int) -> str:
    """The paragraph as a terminal feed prints it: cut at `columns`, in the middle of words."""
    lines, width = [""], 0
    for letter in paragraph:
        wide = 2 if unicodedata.east_asian_width(letter) in "WFA" else 1
        if width + wide > columns:
            lines.append("")
            width = 0
        lines[-1] += letter
        width += wide
    return "\n".join(lines)


@pytest.mark.parametrize("columns", [72, 76, 78, 80])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["unix", "windows"])
def test_broken_text_is_joined(columns: int, newline: str) -> None:
    dump = "\n".join((TITLE, "", broken(P1, columns), broken(P2, columns), "    (끝)")).replace("\n", newline)
    assert unwrap(dump) == "\n".join((TITLE, "", P1, P2, "    (끝)"))


def test_the_record_has_whole_paragraphs() -> None:
    article = normalize("\n".join((TITLE, "", broken(P1, 78), broken(P2, 78), "    (끝)")))
    assert article.title == TITLE
    assert article.text.split("\n") == [P1.partition(" = ")[2], P2.strip()]
    assert article.dateline is not None
    assert article.dateline.place == "한빛"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "\n".join((TITLE, "", P1, P2)),
        "\n".join(sentence + "." for sentence in (P1 + P2).split(". ")),
        "\n".join(["한빛시가 공동 작업장을 짓는다"] * 5),
        "\n".join([broken(P1, 30), broken(P2, 30)]),
        "\n".join([broken(P1, 120), broken(P2, 120)]),
    ],
    ids=["empty", "blank", "paragraphs", "a sentence a line", "short lines", "narrow", "wide"],
)
def test_other_text_is_left_alone(text: str) -> None:
    assert unwrap(text) == text
