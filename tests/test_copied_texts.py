"""Texts copied from browsers, e-mails and databases, of houses that no profile knows: one test a cause."""

from __future__ import annotations

import pytest
from pages import SENTENCES, TITLE

import newsscrape

BODY = "\n\n".join(SENTENCES)
TEXT = "\n".join(SENTENCES)
SIGNED = "강솔 기자 sol@hanbit.example\n저작권자 © 물빛소식 무단전재 및 재배포 금지"


def read(*parts: str) -> newsscrape.Article:
    return newsscrape.normalize("\n".join(parts))


@pytest.mark.parametrize(
    "above",
    [
        "물빛소식",
        "로그인 회원가입 모바일웹\n전체기사 정치 경제 사회",
        "이전 기사보기 다음 기사보기",
        "하드웨어",
        "The Hanbit Times",
        "보낸 사람: 강솔 <sol@hanbit.example>\n보낸 날짜: 2026년 11월 27일 금요일 오전 9:12\n제목: FW: 기사\n\n전달드립니다.\n",
    ],
    ids=["house by its copyright line", "menus", "buttons", "label", "English house", "e-mail"],
)
def test_title_below(above: str) -> None:
    article = read(above, TITLE, "입력 2026.11.12 09:30", "", BODY, "", SIGNED)
    assert article.title == TITLE
    assert article.text == TEXT


def test_title_with_a_label_that_may_be_a_speakers_mark() -> None:
    title = "[인터뷰] “말이 다 모이기 전엔 못 썼다” 소설가 하람"
    assert read("물빛소식", title, "강솔 기자 2026.11.12 09:30", "", BODY, "", SIGNED).title == title


def test_line_of_a_messengers_share_button() -> None:
    article = read(f"[한빛일보] {TITLE}", "https://www.hanbit.example/1234", "", BODY)
    assert article.title == TITLE
    assert article.publisher is not None
    assert article.publisher.name == "한빛일보"


BAR = "한빛일보 | 사회>사회_일반 | 2026-11-12 | 강솔 기자"


def test_text_below_a_databases_bar() -> None:
    assert read(TITLE, BAR, "", BODY).text == TEXT


def test_house_in_a_databases_bar() -> None:
    publisher = read(TITLE, BAR, "", BODY).publisher
    assert publisher is not None
    assert publisher.name == "한빛일보"


def test_day_in_a_databases_bar() -> None:
    assert str(read(TITLE, BAR, "", BODY).published_at).startswith("2026-11-12")


def test_reporter_in_a_databases_bar() -> None:
    assert [author.name for author in read(TITLE, BAR, "", BODY).authors] == ["강솔"]


def test_house_above_the_title() -> None:
    publisher = read("한빛일보", "오피니언", TITLE, "2026.11.12 00:30", "", BODY).publisher
    assert publisher is not None
    assert publisher.name == "한빛일보"


def test_name_alone_above_the_time() -> None:
    article = read(TITLE, "강이솔", "2026. 11. 12. 09:30", "", BODY)
    assert [author.name for author in article.authors] == ["강이솔"]
    assert article.text == TEXT


CARD = "기자 프로필\n강솔 기자\n강솔\n문화부에서 책과 도서관을 취재합니다.\n구독\n구독중\n나루섬 다리 끊겼다\n다온역 새로 선다"


def test_reporters_card() -> None:
    article = read(TITLE, "입력 2026.11.12 09:30", "", BODY, "", "강솔 기자 sol@hanbit.example", CARD)
    assert article.text == TEXT


def test_sentences_below_the_words_of_a_card_stay() -> None:
    body = f"{SENTENCES[0]}\n\n{SENTENCES[1]}\n\n기자 프로필\n\n{SENTENCES[2]}\n\n{SENTENCES[3]}"
    assert SENTENCES[3] in read(TITLE, "입력 2026.11.12 09:30", "", body).text


@pytest.mark.parametrize(
    "below",
    [
        "이것을 공유:\n페이스북\nX\n이것이 좋아요:\n가져오는 중...",
        "TAGS\n도서관\n방직공장",
        "이전 기사\n나루섬 다리 끊겼다\n다음 기사\n다온역 새로 선다",
        "RELATED ARTICLES\n나루섬 다리 끊겼다\nLEAVE A REPLY",
    ],
    ids=["sharing", "tags", "neighbours", "related"],
)
def test_theme_of_wordpress(below: str) -> None:
    assert read(TITLE, "입력 2026.11.12 09:30", "", BODY, "", below).text == TEXT


def test_summary_above_the_text() -> None:
    box = "AI 요약\n한빛시가 도서관을 연다.\n내년 3월에 연다.\n이 요약은 AI가 생성했으며 오류가 있을 수 있습니다."
    assert read(TITLE, "입력 2026.11.12 09:30", box, BODY, "", SIGNED).text == TEXT


def test_sentence_with_a_telephone_number_behind_it_is_no_deck() -> None:
    first = "행사는 다음 달 3일까지 이어진다. 문의 031-000-0000"
    assert read(TITLE, "입력 2026.11.12 09:30", "", first, "", BODY).text == f"{first}\n{TEXT}"
