from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import pytest

from newsscrape.article import ArticleKind
from newsscrape.korean.kinds import classify_kind, is_heading, is_speaker
from newsscrape.korean.titles import read_title

LONG = ("한빛시는 새 도서관을 열었다고 밝혔다. 시민은 누구나 쓸 수 있다. " * 5,) * 5
SHORT = ("한빛시가 새 도서관을 열었다.",)


def kind_of(
    title: str = "한빛시 새 도서관 문 열어",
    texts: Sequence[str] = LONG,
    *,
    section: str | None = None,
    captions: Sequence[str] = (),
    roles: Collection[str] = ("기자",),
) -> ArticleKind:
    return classify_kind(
        title=title,
        labels=read_title(title).labels,
        section=section,
        texts=texts,
        captions=captions,
        authors_roles=roles,
    )


LABELS: dict[str, tuple[str, Sequence[str], ArticleKind]] = {
    "flash": ("[속보] 한빛시 도서관 문 열어", SHORT, "flash"),
    "first version": ("한빛시 도서관 문 열어(1보)", SHORT, "flash"),
    "flash without text": ("[속보] 한빛시 도서관 문 열어", (), "flash"),
    "long flash": ("[속보] 한빛시 도서관 문 열어", LONG, "article"),
    "exclusive": ("[단독] 한빛시 도서관 문 열어", SHORT, "article"),
    "roundup": ("한빛시 도서관 문 열어(종합)", LONG, "article"),
    "photo": ("[포토] 도서관의 하루", SHORT, "photo"),
    "photo of a publisher": ("[HB포토] 도서관의 하루", SHORT, "photo"),
    "card news": ("[카드뉴스] 도서관의 하루", (), "photo"),
    "video": ("[영상] 도서관의 하루", SHORT, "video"),
    "article with a video": ("도서관의 하루(영상)", LONG, "article"),
    "linked live": ("[현장연결] 도서관의 하루", LONG, "broadcast"),
    "interview": ("[인터뷰] 나다움 한빛도서관장", LONG, "interview"),
    "editorial": ("[사설] 도서관을 늘리자", LONG, "editorial"),
    "column": ("[나다움 칼럼] 도서관의 하루", LONG, "column"),
    "contribution": ("[기고] 도서관의 하루", LONG, "column"),
    "personnel": ("[인사] 한빛시청", LONG, "personnel"),
    "obituary": ("[부고] 나다움 씨 부친상", SHORT, "obituary"),
    "market": ("[특징주] 가온테크, 장 초반 강세", SHORT, "market"),
    "weather": ("[날씨] 전국 맑음", SHORT, "weather"),
    "release": ("[보도자료] 한빛시 도서관 문 열어", LONG, "press_release"),
    "correction": ("[정정보도] 한빛 도서관 기사 관련", SHORT, "correction"),
    "horoscope": ("[오늘의 운세] 7월 13일", LONG, "other"),
    "result": ("[경기전적] 한빛 3-1 가온", SHORT, "sports_result"),
}


@pytest.mark.parametrize(("title", "texts", "kind"), LABELS.values(), ids=LABELS)
def test_kind_by_label(title: str, texts: Sequence[str], kind: ArticleKind) -> None:
    assert kind_of(title, texts) == kind


TITLES: dict[str, tuple[str, ArticleKind]] = {
    "personnel": ("인사 | 한빛시청", "personnel"),
    "obituary": ("부고 - 나다움 씨 모친상", "obituary"),
    "correction": ("바로잡습니다", "correction"),
    "correction at the end": ("한빛 도서관 기사 관련 정정보도문", "correction"),
    "horoscope": ("7월 13일 오늘의 운세", "other"),
    "weather": ("내일 날씨 전국 맑음", "weather"),
    "market": ("코스피, 외국인 매수에 상승 마감", "market"),
    "questions": ("나다움 한빛시장 일문일답", "interview"),
    "greeting is no personnel": ("인사 나누는 한빛시장과 시민들", "article"),
    "market in the title": ("코스피 오르자 한빛시민도 웃었다", "article"),
}


@pytest.mark.parametrize(("title", "kind"), TITLES.values(), ids=TITLES)
def test_kind_by_title(title: str, kind: ArticleKind) -> None:
    assert kind_of(title) == kind


SECTIONS: dict[str, tuple[str, Sequence[str], ArticleKind]] = {
    "editorial": ("사설", LONG, "editorial"),
    "column": ("전문가 칼럼", LONG, "column"),
    "reporter's notebook": ("기자수첩", LONG, "column"),
    "photo": ("연예 포토", SHORT, "photo"),
    "long text under photo": ("포토", LONG, "article"),
    "release": ("보도자료", LONG, "press_release"),
    "opinion alone": ("오피니언", LONG, "article"),
    "editorials and columns": ("사설/칼럼", LONG, "article"),
    "society": ("사회", LONG, "article"),
}


@pytest.mark.parametrize(("section", "texts", "kind"), SECTIONS.values(), ids=SECTIONS)
def test_kind_by_section(section: str, texts: Sequence[str], kind: ArticleKind) -> None:
    assert kind_of(texts=texts, section=section) == kind


TEXTS: dict[str, tuple[Sequence[str], ArticleKind]] = {
    "anchor": (("[앵커]", "한빛시에 도서관이 생겼습니다.", "[기자]", "문이 열립니다."), "broadcast"),
    "report in arrows": (("◀ 앵커 ▶", "도서관이 생겼습니다.", "◀ 리포트 ▶", "문이 열립니다."), "broadcast"),
    "reporter in angles": (("<앵커>", "도서관이 생겼습니다.", "<기자>", "문이 열립니다."), "broadcast"),
    "lenses": (("【 앵커멘트 】", "도서관이 생겼습니다.", "【 기자 】", "문이 열립니다."), "broadcast"),
    "byline in brackets": (("[나다움 기자]", *LONG), "article"),
    "questions and answers": (("Q. 왜 열었나.", "A. 책 때문이다.") * 3, "interview"),
    "asked with a dash": (("- 왜 도서관을 열었습니까?", "“책 때문이다.”") * 3, "interview"),
    "turns": (("◇ 진행자> 반갑습니다.", "◆ 나다움> 네, 안녕하세요.") * 3, "interview"),
    "turns with colons": (("▷진행자: 반갑습니다.", "▶나다움: 네, 안녕하세요.") * 3, "interview"),
    "facts in a list": (("◇ 책상: 열 개", "◇ 의자: 스무 개", "◇ 책: 만 권", "◇ 창: 네 개"), "article"),
    "one question": (("- 왜 도서관을 열었습니까?", *LONG), "article"),
    "funeral": (("▲나다움씨 부친상 = 12일, 한빛병원 장례식장 1호실, 발인 14일", "☎ 000-0000"), "obituary"),
    "story of a funeral": ((*LONG, "빈소는 한빛병원, 발인은 14일이다. 부친상을 당했다."), "article"),
    "release form": (("담당부서: 공보과", "담당자: 나다움", "배포일시: 2020. 7. 13.", *LONG), "press_release"),
    "caption as text": (("시민들이 새 도서관을 둘러보고 있다. 2020.7.13/가온뉴스",), "photo"),
    "short article": (SHORT, "article"),
}


@pytest.mark.parametrize(("texts", "kind"), TEXTS.values(), ids=TEXTS)
def test_kind_by_text(texts: Sequence[str], kind: ArticleKind) -> None:
    assert kind_of(texts=texts) == kind


def test_a_caption_printed_as_the_text_is_a_photo() -> None:
    caption = "강솔(왼쪽)이 상금을 받았다."
    assert kind_of(texts=(f"{caption} /한빛연합뉴스",), captions=(caption,)) == "photo"
    assert kind_of(texts=(caption, "시민들이 책을 읽는다."), captions=(caption,)) == "article"


def test_pictures_without_text_are_a_photo() -> None:
    assert kind_of(texts=(), captions=("시민들이 책을 읽고 있다.",)) == "photo"


def test_nothing_at_all_is_an_article() -> None:
    assert classify_kind(title=None, labels=(), section=None, texts=(), captions=(), authors_roles=()) == "article"


def test_personnel_needs_its_title() -> None:
    texts = ("◇ 국장", "▲ 기획국장 나다움", "▲ 문화국장 고운비")
    assert kind_of("한빛시 인사", texts) == "personnel"
    assert kind_of("한빛시 새 얼굴", texts) == "article"


def test_guest_in_the_opinion_section_writes_a_column() -> None:
    assert kind_of(section="오피니언", roles=("한빛대 교수",)) == "column"
    assert kind_of(section="사회", roles=("한빛대 교수",)) == "article"


def test_note_on_guests_makes_a_column() -> None:
    note = "※ 외부 필진의 칼럼은 본지의 편집 방향과 다를 수 있습니다."
    assert kind_of(texts=(*LONG, note), roles=()) == "column"


@pytest.mark.parametrize(
    "line",
    [
        "[앵커]", "[기자]", "[리포트]", "[나다움 앵커]", "<앵커>", "<기자>", "◀ 앵커 ▶", "◀ 리포트 ▶", "【 앵커멘트 】", "【 기자 】",
        "[녹취]", "[인터뷰]", "▶ 인터뷰 : 나다움 / 한빛시민", "▶ 스탠딩 : 나다움 / 기자", "[나다움/한빛시민 : 책이 많아요.]",
        "[나다움 / 한빛시민]", "◇ 나다움> 안녕하세요.", "◆ 진행자> 반갑습니다.", "▷나다움: 네, 그렇습니다.", "☏ 나다움 > 네.",
        "Q. 왜 열었나.", "A. 책 때문이다.", "<질문> 왜 열었나요?", "문: 왜 열었나.", "앵커: 안녕하십니까.",
    ],
)  # fmt: skip
def test_speaker(line: str) -> None:
    assert is_speaker(line)


@pytest.mark.parametrize(
    "line",
    [
        "한빛시 기자들이 모였다.", "[나다움 기자]", "[사진=한빛시]", "◇ 장소: 한빛시청 강당", "■ 판결의 의미", "기자가 물었다.",
        "A시는 도서관을 열었다.", "[한빛=나다움 기자]", "문은 열려 있었다.", "▶ 관련 기사 보기", "▷ 카카오톡 : 한빛제보", "▶ 기사 원문 : https://news.example.kr",
    ],
)  # fmt: skip
def test_no_speaker(line: str) -> None:
    assert not is_speaker(line)


@pytest.mark.parametrize(
    "line",
    [
        "■ 판결의 의미", "◆ 책이 늘어난 까닭", "◇“도서관 더 늘려야”", "□ 앞으로의 과제", "○ 시민의 목소리", "● 왜 지금인가?",
        "〈책의 도시〉", "<책의 도시>", "― 책의 도시 ―", "- 책의 도시 -",
    ],
)  # fmt: skip
def test_heading(line: str) -> None:
    assert is_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "■ 한빛시는 도서관을 열었다.", "■ 도서관은 시민의 것이다", "◇ 장소: 한빛시청", "◇ 승진 ▲ 국장 나다움", "◆ 나다움> 네.",
        "▲ 국장 나다움", "▶ 관련 기사", "<앵커>", "<사진=한빛시 제공>", "판결의 의미", "■", "- 2 -", "<누르면 커집니다>", "- 저작권자 ⓒ 한빛일보 -", "■ 제보하기",
        "◆ 한빛시 도서관이 문을 열면서 시민 수천 명이 아침부터 줄을 서 기다렸고 가온테크 직원들도 함께 줄을 섰는데",
    ],
)  # fmt: skip
def test_no_heading(line: str) -> None:
    assert not is_heading(line)


SENTENCE = "한빛시는 옛 공장 터에 청년을 위한 공동 작업장을 짓는다고 12일 밝혔다."
FORMS = [
    line.split("  ->  ")
    for line in (Path(__file__).parent / "forms" / "kinds.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("printed", "expected"), FORMS, ids=[printed for printed, _ in FORMS])
def test_kind_by_the_form_of_the_title(printed: str, expected: str) -> None:
    wanted, _, length = expected.partition("  ")
    title = read_title(printed)
    found = classify_kind(
        title=title.text,
        labels=title.labels,
        section=None,
        texts=[SENTENCE] * (1 if length else 6),
        captions=(),
        authors_roles=(),
    )
    assert found == wanted


def test_questions_with_a_full_stop_make_an_interview() -> None:
    texts = ["- 언제 시작했나.", SENTENCE, "- 왜 시작했나.", SENTENCE, "- 앞으로의 계획은.", SENTENCE]
    found = classify_kind(title="비", labels=(), section=None, texts=texts, captions=(), authors_roles=())
    assert found == "interview"
