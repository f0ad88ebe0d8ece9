"""Captions and credits: each printed form once, and the sentences that look like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsscrape.korean.captions import is_credit, looks_like_caption, read_caption

SHOWN = "가온테크 직원들이 30일 한빛시청에서 기념촬영을 하고 있다."

CREDITS = [
    ("/제공=한빛시", "한빛시"),
    ("/사진=이도윤 기자", "이도윤 기자"),
    ("/사진 제공=한빛시", "한빛시"),
    (" 사진=연합뉴스 제공", "연합뉴스"),
    (" 사진=한빛시", "한빛시"),
    (" / 사진 = 가온DB", "가온DB"),
    (" / 사진출처 강솔 인스타그램", "강솔 인스타그램"),
    (" [사진=연합뉴스]", "연합뉴스"),
    (" [사진 출처 : 연합뉴스]", "연합뉴스"),
    (" [사진출처 = 연합뉴스]", "연합뉴스"),
    (" [사진제공=한빛시]", "한빛시"),
    (" (사진=한빛시청 제공)", "한빛시청"),
    (" (사진=가온항공 제공/연합뉴스)", "가온항공 제공/연합뉴스"),
    (" [이미지출처=연합뉴스]", "연합뉴스"),
    (" [연합뉴스 자료사진]", "연합뉴스"),
    (" [연합뉴스 자료사진. 재판매 및 DB 금지]", "연합뉴스"),
    (" [EPA=연합뉴스 자료사진]", "EPA=연합뉴스"),
    (" [한빛시 제공]", "한빛시"),
    (" 한빛시 제공", "한빛시"),
    (" ⓒ 뉴시스", "뉴시스"),
    ("ⓒ연합뉴스", "연합뉴스"),
    (" ⓒ 강솔", "강솔"),
    (" 2018.10.29/뉴스1", "뉴스1"),
    (" 2018.10.29/뉴스1 ⓒ News1 강솔 기자", "뉴스1 강솔 기자"),
    (" (사진=가온전자 제공) 2024.05.30. photo@newsis.com *재판매 및 DB 금지", "가온전자"),
    (" 게티이미지뱅크", "게티이미지뱅크"),
    (" 일러스트=강솔", "강솔"),
]  # fmt: skip
UNNAMED = [" 2018.10.29 sky@yna.co.kr", " photo@newsis.com *재판매 및 DB 금지"]
# Signatures look the same: they are credits only where a caption stands already.
WEAK = [
    (" [연합]", "연합"), ("/연합뉴스", "연합뉴스"), (" 연합뉴스", "연합뉴스"), (" <강솔 기자>", "강솔 기자"), (" /강솔 기자", "강솔 기자"), (" /가온DB", "가온DB"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "credit"), [*CREDITS, *WEAK], ids=[p.strip() for p, _ in [*CREDITS, *WEAK]])
def test_credit_is_split_from_the_caption(printed: str, credit: str) -> None:
    read = read_caption(SHOWN + printed)
    assert (read.caption, read.credit, read.raw) == (SHOWN, credit, SHOWN + printed)


CAPTION = "시장이 협약서에 서명하고 있다."
FORMS = [
    line.split("  ->  ")
    for line in (Path(__file__).parent / "forms" / "credits.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("printed", "credit"), FORMS, ids=[printed for printed, _ in FORMS])
def test_form(printed: str, credit: str) -> None:
    read = read_caption(f"{CAPTION} {printed}")
    assert (read.caption, read.credit or "-") == (CAPTION, credit)


@pytest.mark.parametrize(
    "line",
    [
        "기사 내용과 무관한 사진. 게티이미지뱅크",
        "위 사진은 기사 내용과 무관함. /사진=이미지투데이",
        "기사와 직접 관련 없는 사진. ⓒ 뉴시스",
    ],
)
def test_pictures_that_only_stand_for_something_are_captions(line: str) -> None:
    assert looks_like_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "사진 강솔 기자",
        "사진 | 강솔",
        "사진ㅣ강솔 기자",
        "사진·영상=강솔 기자",
        "디자인=강솔",
        "※자료: 한빛은행",
        "영상취재 강솔 기자",
    ],
)
def test_labelled_names_are_credits(line: str) -> None:
    assert is_credit(line)


@pytest.mark.parametrize(
    "line", ["사진 전시회", "촬영 현장", "자료 정리", "사진 | 문화", "그래픽 노블", "디자인 공모전 열려"]
)
def test_headings_with_such_words_are_no_credits(line: str) -> None:
    assert not is_credit(line)


@pytest.mark.parametrize("printed", UNNAMED)
def test_credit_that_names_nobody_is_taken_off(printed: str) -> None:
    read = read_caption(SHOWN + printed)
    assert (read.caption, read.credit) == (SHOWN, None)


@pytest.mark.parametrize(
    "text", [SHOWN, "가온테크 본사 전경.", "허균(사진) 대표이사는 새 계획을 밝혔다.", "발언하는 강솔 위원장", ""]
)
def test_caption_without_a_credit(text: str) -> None:
    read = read_caption(text)
    assert (read.caption, read.credit) == (text, None)


def test_wire_dateline_at_the_head_of_a_caption_is_its_credit() -> None:
    read = read_caption("[서울=뉴시스] 가온테크 본사 전경.")
    assert (read.caption, read.credit) == ("가온테크 본사 전경.", "뉴시스")


def test_named_credit_wins_over_the_wire_that_passed_it_on() -> None:
    assert (
        read_caption("[서울=뉴시스] 본사 전경. (사진=가온테크 제공) photo@newsis.com *재판매 및 DB 금지").credit
        == "가온테크"
    )


@pytest.mark.parametrize("printed", [*(p for p, _ in CREDITS), *UNNAMED], ids=lambda p: p.strip())
def test_credit_tail_makes_a_caption(printed: str) -> None:
    assert looks_like_caption(SHOWN + printed)


@pytest.mark.parametrize(
    "line",
    [
        "홍길동 한빛시장(오른쪽 네 번째)이 협약을 맺은 뒤 기념촬영을 하고 있다.", "홍길동 시장(왼쪽)과 강솔 대표가 악수하고 있다.",
        "왼쪽부터 강솔, 이도윤, 신동해 위원이 인사하고 있다.", "시상식에 참석한 강솔(왼쪽에서 두 번째)이 상을 받고 있다. /연합뉴스",
        "우승한 강솔(18 · 가운데)과 이도윤이 상금을 받았다. /뉴욕AP연합뉴스",
        "가온테크 본사 전경. (사진=가온테크 제공)", "눈 덮인 한빛산의 모습. ⓒ 강솔",
    ],
)  # fmt: skip
def test_captions(line: str) -> None:
    assert looks_like_caption(line)


@pytest.mark.parametrize(
    "sentence",
    [
        "허균(사진) 대표이사는 새 계획을 밝혔다.", "강솔 한빛시 복지국장(사진)은 “예산을 늘리겠다”고 말했다.", "정부는 대책을 논의하고 있다.",
        "정부는 대책을 논의하고 있다. [연합뉴스]", "정부는 대책을 논의하고 있다. 연합뉴스", "경찰은 두 사람을 조사하고 있다. 홍길동 기자 hong@example.com",
        "직원 2500여 명 가운데 절반가량이 통근버스로 출퇴근하고 있다.", "왼쪽 무릎을 다친 강솔은 재활하고 있다.", "오른쪽으로 돌면 옛 역사가 있다.",
        "두 번째 공판을 기다리고 있다.", "강솔(왼쪽)이 상금을 받았다.", "강솔이 상금을 받았다. /연합뉴스", "그 모습에 모두 숨을 죽였다.", "전시장 전경이 한눈에 들어왔다.", "한빛시는 새 길을 내고 있다. 예산은 늘지 않았다. (왼쪽)은 옛 길이다.",
        "“기념촬영을 하고 있다”는 말이 들렸다. 사진=기록이라고 그는 믿는다.", "", "모습",
    ],
)  # fmt: skip
def test_sentences_are_no_captions(sentence: str) -> None:
    assert not looks_like_caption(sentence)


@pytest.mark.parametrize(
    "line",
    [
        "사진=연합뉴스", "[사진=연합뉴스]", "(사진=한빛시)", "/사진=가온대", "ⓒ 뉴시스", "ⓒ 강솔", "게티이미지뱅크", "[게티이미지뱅크]", "그래픽=강솔 기자", "자료=통계청",
        "[유튜브 캡처]", "[연합뉴스 자료사진]", "한빛시 제공", "2018.10.29/뉴스1", "photo@newsis.com *재판매 및 DB 금지", "영상편집:강솔", "영상취재 : 강솔 기자",
        "(영상취재 : 강솔, 영상편집 : 이도윤, CG : 신동해)", "[영상취재 강솔 이도윤 영상편집 신동해]", "촬영기자:강솔/영상편집:이도윤/그래픽:신동해",
        "(사진 = 가온전자) photo@newsis.com *재판매 및 DB 금지", "사진= 강솔기자 sol@example.com", "AP=연합뉴스",
        "역주=강솔 외신전문위원 sol@example.com", "번역: 강솔", "역주=강솔 위원 sol@examplecom",
    ],
)  # fmt: skip
def test_whole_line_is_a_credit(line: str) -> None:
    assert is_credit(line)


@pytest.mark.parametrize(
    "line",
    [
        "홍길동 기자", "연합뉴스가 입수한 문건", "한빛시가 자료 제공을 거부했다.", "사진 속 남자는 웃고 있었다.", "출처가 분명하지 않은 돈", "그는 사진=기록이라고 믿는다.",
        "[표 1] 지역별 인구", "자료 제공을 거부한 까닭", "(서울=연합뉴스) 홍길동 기자 =", "<이미지를 클릭하시면 크게 보실 수 있습니다>", "제공", "사진", "[앵커]",
        "한빛시, 청년에게 월세 지원금과 일자리를 제공", "글/홍길동기자 hong@example.com · 사진/강솔기자", "",
    ],
)  # fmt: skip
def test_whole_line_is_no_credit(line: str) -> None:
    assert not is_credit(line)


def test_who_signs_a_caption_is_its_credit() -> None:
    found = read_caption("강솔 시장(왼쪽)이 웃고 있다. 도가람 기자 ga@example.com")
    assert (found.caption, found.credit) == ("강솔 시장(왼쪽)이 웃고 있다.", "도가람 기자")
