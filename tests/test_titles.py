from __future__ import annotations

from typing import get_args

import pytest

from newsscrape.article import ArticleKind, SectionCode
from newsscrape.korean import titles
from newsscrape.korean.titles import is_cut_form, kind_of_label, read_title, same_title, section_code

NAMES = ("한빛일보", "한빛닷컴", "HBS", "Hanbit News Agency")

DECORATED = {
    "bar": "새 도서관 문 열어 | 한빛일보",
    "full-width bar": "새 도서관 문 열어｜한빛일보",
    "hyphen": "새 도서관 문 열어 - 한빛일보",
    "long dash": "새 도서관 문 열어 — 한빛일보",
    "section glued, Hangul bar": "새 도서관 문 열어-정치ㅣ한빛일보",
    "section with blanks": "새 도서관 문 열어 - 사회 - 한빛일보",
    "colons": "새 도서관 문 열어 : 사회일반 : 사회 : 뉴스 : 한빛일보",
    "slogan and section path": "새 도서관 문 열어 - 1등 인터넷뉴스 한빛닷컴 - 정치 > 도서관ㆍ지자체",
    "Naver": "새 도서관 문 열어 : 네이버 뉴스",
    "Nate": "새 도서관 문 열어 : 네이트 뉴스",
    "Daum": "새 도서관 문 열어 | 다음뉴스",
    "zum": "새 도서관 문 열어 : 뉴스zum",
    "double colons": "새 도서관 문 열어 :: 한빛일보 ::",
    "ND Soft": "새 도서관 문 열어 < 보도자료 < 군정소식 < 기사본문 - 가온신문",
    "English name": "새 도서관 문 열어 | Hanbit News Agency",
    "name in other case": "새 도서관 문 열어 | hbs",
    "name in brackets first": "[한빛일보] 새 도서관 문 열어",
    "name and 뉴스 first": "HBS 뉴스 - 새 도서관 문 열어",
    "name and hyphen first": "한빛일보 - 새 도서관 문 열어",
    "name and colon first": "한빛일보:새 도서관 문 열어",
    "mobile first": "한빛일보 모바일 :: 새 도서관 문 열어",
    "section in brackets first": "[사회]새 도서관 문 열어 | HBS",
}


@pytest.mark.parametrize("raw", DECORATED.values(), ids=DECORATED)
def test_decoration_is_cut(raw: str) -> None:
    title = read_title(raw, NAMES)
    assert (title.text, title.raw) == ("새 도서관 문 열어", raw)


KEPT = {
    "hyphen inside": "한빛-가온전, 무승부로 끝나",
    "clause after a dash": "한빛시장 선거 - 세 후보의 하루",
    "unknown name": "새 도서관 문 열어 - 가온신문",
    "section without a name": "새 도서관 문 열어 - 사회",
    "colon inside": "한빛시장: 도서관 늘리겠다",
    "name inside a sentence": "한빛일보 기자 폭행한 50대 구속",
    "name at the end of a sentence": "시민이 뽑은 신문 한빛일보",
    "section label that is a label": "[사설] 도서관을 늘리자",
    "section in brackets": "[스포츠] 한빛 유나이티드 승리",
    "bar inside": "도서관 | 공원 | 시장, 한빛의 하루",
    "quotes, dots, hanja": "“또 오겠다”… 伊 ‘한빛 도서관’·공원 방문",
}


@pytest.mark.parametrize("raw", KEPT.values(), ids=KEPT)
def test_title_is_kept(raw: str) -> None:
    assert read_title(raw, NAMES).text == raw


def test_name_alone_is_no_title() -> None:
    assert read_title("한빛일보", NAMES).text == ""


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("&quot;또 오겠다&quot;", '"또 오겠다"'),
        ("&amp;amp;quot;또 오겠다&amp;amp;quot;", '"또 오겠다"'),
        ("<b>도서관</b> 문 열어", "도서관 문 열어"),
        ("&lt;b&gt;도서관&lt;/b&gt; 문 열어", "도서관 문 열어"),
        ("  도서관\n\t문  열어 ", "도서관 문 열어"),
        ("<단독> 도서관 문 열어", "<단독> 도서관 문 열어"),
    ],
    ids=["entity", "three layers", "search mark", "escaped search mark", "blanks", "label in angles"],
)
def test_title_is_tidied(raw: str, text: str) -> None:
    assert read_title(raw).text == text


LABELLED = {
    "head": ("[단독] 도서관 문 열어", ("단독",)),
    "no blank": ("[단독]도서관 문 열어", ("단독",)),
    "two heads": ("[단독][영상] 도서관 문 열어", ("단독", "영상")),
    "lenses": ("【속보】도서관 문 열어", ("속보",)),
    "angles": ("<단독> 도서관 문 열어", ("단독",)),
    "mark": ("◆단독 도서관 문 열어", ("단독",)),
    "tail": ("도서관 문 열어(종합2보)", ("종합2보",)),
    "tail in brackets": ("도서관 문 열어[2보]", ("2보",)),
    "two tails": ("도서관 문 열어(종합)(끝)", ("종합", "끝")),
    "head and tail": ("[속보] 도서관 문 열어 (1보)", ("속보", "1보")),
    "blank inside": ("[카드 뉴스] 도서관 문 열어", ("카드뉴스",)),
    "publisher's photo label": ("[HB포토] 도서관의 하루", ("HB포토",)),
    "named column": ("[나다움 칼럼] 도서관의 하루", ("나다움칼럼",)),
    "programme is no label": ("[한빛쇼] 도서관의 하루", ()),
    "place is no label": ("도서관 문 열어(한빛)", ()),
    "sentence in brackets": ("[한빛시 도서관 10년] 책이 늘었다", ()),
    "label word in the title": ("단독 주택 값 올라", ()),
}


@pytest.mark.parametrize(("raw", "labels"), LABELLED.values(), ids=LABELLED)
def test_labels(raw: str, labels: tuple[str, ...]) -> None:
    title = read_title(raw)
    assert (title.labels, title.text) == (labels, raw)


SAME = {
    "quotes": ("“또 오겠다” 한빛시장", '"또 오겠다" 한빛시장'),
    "dots": ("또 오겠다… 한빛시장", "또 오겠다...한빛시장"),
    "brackets": ("도서관 문 열어(2보)", "도서관 문 열어[2보]"),
    "label missing": ("[단독] 도서관 문 열어", "도서관 문 열어"),
    "version": ("도서관 문 열어(종합)", "도서관 문 열어(종합2보)"),
    "blanks": ("도서관 문열어", "도서관 문 열어"),
    "middle dots": ("도서관ㆍ공원 문 열어", "도서관·공원 문 열어"),
}


@pytest.mark.parametrize(("a", "b"), SAME.values(), ids=SAME)
def test_same_title(a: str, b: str) -> None:
    assert same_title(a, b)
    assert same_title(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("도서관 문 열어", "공원 문 열어"),
        ("도서관 문 열어", "도서관 문 열어 시민 환영"),
        ("도서관 3곳 문 열어", "도서관 4곳 문 열어"),
        ("", ""),
        ("…", "?"),
    ],
    ids=["other word", "longer", "other number", "empty", "signs only"],
)
def test_not_same_title(a: str, b: str) -> None:
    assert not same_title(a, b)


@pytest.mark.parametrize(
    ("short", "long", "cut"),
    [
        ("한빛시 새 도서관 문…", "한빛시 새 도서관 문 열고 시민 맞는다", True),
        ("한빛시 새 도서관 문...", "한빛시 새 도서관 문 열고 시민 맞는다", True),
        ("“한빛시 새 도서관 문…", '[단독] "한빛시 새 도서관" 문 열고 시민 맞는다', True),
        ("한빛시 새 도서관 문", "한빛시 새 도서관 문 열고 시민 맞는다", False),
        ("한빛시 새 공원 문…", "한빛시 새 도서관 문 열고 시민 맞는다", False),
        ("한빛시 새 도서관…", "한빛시 새 도서관…", False),
        ("한빛…", "한빛시 새 도서관 문 연다", False),
    ],
    ids=["ellipsis", "dots", "quotes and label", "no ellipsis", "other title", "ends so itself", "too short"],
)
def test_cut_form(short: str, long: str, cut: bool) -> None:
    assert is_cut_form(short, long) is cut


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("정치", "politics"),
        ("경제일반", "economy"),
        ("국제 일반", "world"),
        ("사회", "society"),
        ("사회 > 사건사고", "society"),
        ("전국", "national"),
        ("지역뉴스", "national"),
        ("IT/과학", "science_tech"),
        ("IT·과학", "science_tech"),
        ("테크", "science_tech"),
        ("생활/문화", "life"),
        ("문화", "culture"),
        ("스포츠종합", "sports"),
        ("연예 포토", "entertainment"),
        ("HBS 연예", "entertainment"),
        ("오피니언·인물", "opinion"),
        ("사설", "opinion"),
        ("realestate", "economy"),
        ("Politics", "politics"),
        ("S1N4", None),
        ("뉴스", None),
        ("", None),
        (None, None),
    ],
)
def test_section_code(printed: str | None, code: str | None) -> None:
    assert section_code(printed) == code


def test_vocabulary_names_codes_and_kinds_of_the_record() -> None:
    assert set(titles.SECTIONS.values()) == set(get_args(SectionCode))
    kinds = {*titles.KIND_OF_LABEL.values(), *titles.KIND_OF_ENDING.values()}
    assert kinds <= set(get_args(ArticleKind)) - {"article"}


@pytest.mark.parametrize(
    ("label", "kind"),
    [("속보", "flash"), ("HB포토", "photo"), ("나다움 칼럼", "column"), ("단독", None), ("종합2보", None)],
)
def test_kind_of_label(label: str, kind: str | None) -> None:
    assert kind_of_label(label) == kind
