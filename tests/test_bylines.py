"""Bylines, datelines and signatures: each printed form once, and the sentences that look like one."""

from __future__ import annotations

import time
import unicodedata

import pytest

from newsscrape.korean.bylines import (
    is_byline,
    is_dateline_only,
    is_mailed_byline,
    is_name,
    parse_byline,
    signed_dateline,
    split_dateline,
    split_signature,
    wire_of,
)

# text -> ((name, role, e-mail, affiliation, kind), ...)
PERSONS = [
    (
        "(서울=연합뉴스) 문해솔 정우주 기자 =",
        [("문해솔", "기자", None, "연합뉴스"), ("정우주", "기자", None, "연합뉴스")],
    ),
    ("(로마=연합뉴스) 박하늘 특파원 =", [("박하늘", "특파원", None, "연합뉴스")]),
    (
        "【군산·서울=뉴시스】임가온 한누리 기자 =",
        [("임가온", "기자", None, "뉴시스"), ("한누리", "기자", None, "뉴시스")],
    ),
    ("[도쿄 = 정우주 특파원 / 서울 = 이도윤 기자]", [("정우주", "특파원", None, None), ("이도윤", "기자", None, None)]),
    ("광주/아시아투데이 이도윤 기자 =", [("이도윤", "기자", None, "아시아투데이")]),
    (
        "reporter@fnnews.com 조가람 이솔 강물 기자",
        [("조가람", "기자", "reporter@fnnews.com", None), ("이솔", "기자", None, None), ("강물", "기자", None, None)],
    ),
    ("김예솔·박진솔 기자 r@segye.com", [("김예솔", "기자", "r@segye.com", None), ("박진솔", "기자", None, None)]),
    ("김가람 (here@edaily.co.kr)", [("김가람", None, "here@edaily.co.kr", None)]),
    ("남궁솔 기자 · 황보라 기자", [("남궁솔", "기자", None, None), ("황보라", "기자", None, None)]),
    ("글/신가람기자 a@k.com · 사진/강물기자 b@k.com", [("신가람", "기자", "a@k.com", None)]),
    ("사진/강물기자 b@k.com · 글/신가람기자 a@k.com", [("신가람", "기자", "a@k.com", None)]),
    ("YTN 박하늘[sky@ytn.co.kr]입니다.", [("박하늘", None, "sky@ytn.co.kr", "YTN")]),
    ("박준솔 기자 외 1명", [("박준솔", "기자", None, None)]),
    ("내포=강솔 기자 kang@", [("강솔", "기자", None, None)]),
    (
        "문가온 이대솔 민경하 기자",
        [("문가온", "기자", None, None), ("이대솔", "기자", None, None), ("민경하", "기자", None, None)],
    ),
    ("홍길동기자", [("홍길동", "기자", None, None)]),
    ("홍길동기자 hong@example.co.kr", [("홍길동", "기자", "hong@example.co.kr", None)]),
    ("홍길동 기자hong@example.co.kr", [("홍길동", "기자", "hong@example.co.kr", None)]),
    ("홍길동 기자(hong@example.co.kr)", [("홍길동", "기자", "hong@example.co.kr", None)]),
    ("홍길동 뉴욕특파원", [("홍길동", "특파원", None, None)]),
    ("홍길동 도쿄 특파원", [("홍길동", "특파원", None, None)]),
    ("워싱턴=홍길동 특파원", [("홍길동", "특파원", None, None)]),
    ("워싱턴 홍길동 특파원·서울 이도윤 기자", [("홍길동", "특파원", None, None), ("이도윤", "기자", None, None)]),
    ("전주 신가람·봉화 임솔 기자", [("신가람", "기자", None, None), ("임솔", "기자", None, None)]),
    ("한빛/강솔 기자 kang@example.com", [("강솔", "기자", "kang@example.com", None)]),
    ("/한빛=김솔기자 kim@example.com", [("김솔", "기자", "kim@example.com", None)]),
    ("도쿄/글·사진 김솔 통신원 sol@example.com", [("김솔", "통신원", "sol@example.com", None)]),
    ("홍길동 인턴기자", [("홍길동", "인턴기자", None, None)]),
    ("홍길동인턴기자", [("홍길동", "인턴기자", None, None)]),
    ("홍길동 인턴 기자", [("홍길동", "인턴 기자", None, None)]),
    ("홍길동 의학전문기자", [("홍길동", "의학전문기자", None, None)]),
    ("홍길동 외교 전문기자", [("홍길동", "외교 전문기자", None, None)]),
    ("홍길동 선임기자", [("홍길동", "선임기자", None, None)]),
    ("홍길동 논설위원", [("홍길동", "논설위원", None, None)]),
    ("홍길동 객원논설위원", [("홍길동", "객원논설위원", None, None)]),
    ("홍길동 칼럼니스트", [("홍길동", "칼럼니스트", None, None)]),
    ("이도윤 한빛일보 기자", [("이도윤", "기자", None, "한빛일보")]),
    ("한빛일보 이도윤 기자", [("이도윤", "기자", None, "한빛일보")]),
    ("이도윤 한경닷컴 객원기자 lee@example.com", [("이도윤", "객원기자", "lee@example.com", "한경닷컴")]),
    ("정치부 이도윤 기자", [("이도윤", "기자", None, "정치부")]),
    ("이도윤 IP가온 기자", [("이도윤", "기자", None, "IP가온")]),
    ("기자명 임대솔 기자 입력 2025.06.17 19:05", [("임대솔", "기자", None, None)]),
    ("임대솔 기자입력 : 2021. 12. 15(수) 14:21", [("임대솔", "기자", None, None)]),
    ("2018-03-12 임대솔 기자", [("임대솔", "기자", None, None)]),
    ("글·사진 = 홍길동 기자", [("홍길동", "기자", None, None)]),
    ("글 홍길동 사진 강물", [("홍길동", None, None, None)]),
    ("정리=홍길동 기자", [("홍길동", "기자", None, None)]),
    ("■ 필자 홍길동", [("홍길동", None, None, None)]),
    ("취재기자 홍길동", [("홍길동", "취재기자", None, None)]),
    ("사회 유서영 기자", [("유서영", "기자", None, None)]),
    ("김 구 기자", [("김구", "기자", None, None)]),
    ("피터 김 기자", [("피터 김", "기자", None, None)]),
    ("金大中 기자", [("金大中", "기자", None, None)]),
    ("김빛나리 기자", [("김빛나리", "기자", None, None)]),
    ("제갈하늘 기자", [("제갈하늘", "기자", None, None)]),
    ("[이새솔 기자 ]", [("이새솔", "기자", None, None)]),
    ("[한빛경제 이도윤 기자]", [("이도윤", "기자", None, "한빛경제")]),
    ("[한빛경제=이도윤 기자]", [("이도윤", "기자", None, "한빛경제")]),
    ("[한빛방송/이도윤기자]", [("이도윤", "기자", None, "한빛방송")]),
    ("강솔 기자(=경남) (sol@naver.com)", [("강솔", "기자", "sol@naver.com", None)]),
    (
        "홍길동 기자 hong@example.com 이도윤 기자 lee@example.com",
        [("홍길동", "기자", "hong@example.com", None), ("이도윤", "기자", "lee@example.com", None)],
    ),
    (
        "홍길동 hong@example.com·이도윤 기자",
        [("홍길동", "기자", "hong@example.com", None), ("이도윤", "기자", None, None)],
    ),
    ("홍길동 기자 [email protected]", [("홍길동", "기자", None, None)]),
    ("홍길동 기자 jebo@example.com", [("홍길동", "기자", None, None)]),
    ("홍길동 기자 news24@example.com", [("홍길동", "기자", None, None)]),
    ("사진=강물 기자, 글=홍길동 기자", [("홍길동", "기자", None, None)]),
    ("MBC뉴스 이준솔입니다.", [("이준솔", None, None, "MBC뉴스")]),
    ("KBS 뉴스 김솔입니다.", [("김솔", None, None, "KBS 뉴스")]),
    ("지금까지 국회에서 YTN 박하늘이었습니다.", [("박하늘", None, None, "YTN")]),
    ("지금까지 홍길동이었습니다.", [("홍길동", None, None, None)]),
    ("한빛에서 연합뉴스TV 강솔입니다.", [("강솔", None, None, "연합뉴스TV")]),
    ("MBN뉴스 홍길동입니다. [ sol@mbn.co.kr ]", [("홍길동", None, "sol@mbn.co.kr", "MBN뉴스")]),
    ("홍길동 기상캐스터", [("홍길동", "기상캐스터", None, None)]),
    ("홍길동 산업부 차장", [("홍길동", "차장", None, "산업부")]),
    ("BY HONG GIL-DONG", [("HONG GIL-DONG", None, None, None)]),
    ("홍길동 기자가 보도합니다.", [("홍길동", "기자", None, None)]),
    ("물난리가 되풀이되고 있습니다. 그 현장을 홍길동 기자가 다녀왔습니다.", [("홍길동", "기자", None, None)]),
    ("By Lee Kyung-sik", [("Lee Kyung-sik", None, None, None)]),
    ("Lee Kyung-sik (lks@example.com)", [("Lee Kyung-sik", None, "lks@example.com", None)]),
    ("홍길동 한빛대 경제학과 교수", [("홍길동", "교수", None, "한빛대 경제학과")]),
    ("홍길동(한빛대 교수)", [("홍길동", "교수", None, "한빛대")]),
    ("홍길동 한빛대 교수·사회학", [("홍길동", "교수", None, "한빛대")]),
    ("홍길동 가온의료원장", [("홍길동", "원장", None, "가온의료원")]),
    ("홍길동/한빛연구원장", [("홍길동", "원장", None, "한빛연구원")]),
    ("김 윤/한빛대 의대 교수·의료관리학", [("김윤", "교수", None, "한빛대 의대")]),
    (
        "홍길동 전 가온병원 기조실장 가온병원 흉부외과 교수",
        [("홍길동", "교수", None, "전 가온병원 기조실장 가온병원 흉부외과")],
    ),
    ("정리/홍길동 한빛정책연구소 연구위원", [("홍길동", "연구위원", None, "한빛정책연구소")]),
    ("상하이=이도윤 기자·의사 lee@example.com", [("이도윤", "기자·의사", "lee@example.com", None)]),
    ("이도윤기자·변호사 lee@example.com", [("이도윤", "기자·변호사", "lee@example.com", None)]),
    ("춘천=가온스포츠동아 정우주 기자 j@example.com", [("정우주", "기자", "j@example.com", "가온스포츠동아")]),
    ("정우주 기자(경제부)", [("정우주", "기자", None, "경제부")]),
    (
        "대담=문가온 사회부 차장, 정리=이도윤 기자 lee@example.com",
        [("문가온", "차장", None, "사회부"), ("이도윤", "기자", "lee@example.com", None)],
    ),
    ("홍길동/변호사", [("홍길동", "변호사", None, None)]),
    ("비가 그쳤다고 말했다.홍길동기자 hong@example.com", [("홍길동", "기자", "hong@example.com", None)]),
    ("그는 “다시 짓겠다”고 말했다. /한빛=김솔기자 kim@", [("김솔", "기자", None, None)]),
    ("[한빛경제 이도윤 기자] 시가 예산을 늘렸다.", [("이도윤", "기자", None, "한빛경제")]),
]


@pytest.mark.parametrize(("text", "expected"), PERSONS, ids=[text for text, _ in PERSONS])
def test_persons_of_a_byline(text: str, expected: list[tuple[str, str | None, str | None, str | None]]) -> None:
    found = parse_byline(text)
    assert [(a.name, a.role, a.email, a.affiliation) for a in found] == expected
    assert all(a.kind == "person" and a.raw for a in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("온라인뉴스팀", [("온라인뉴스팀", "desk")]),
        ("온라인 이슈팀", [("온라인 이슈팀", "desk")]),
        ("한경닷컴 뉴스룸 open@hankyung.com", [("한경닷컴 뉴스룸", "desk")]),
        ("[아시아경제 국제부 기자]", [("국제부", "desk")]),
        ("국제부 기자", [("국제부", "desk")]),
        (
            "유지솔·조솔 기자, 외교부 공동취재단 w@j.kr",
            [("유지솔", "person"), ("조솔", "person"), ("외교부 공동취재단", "desk")],
        ),
        ("연합뉴스", [("연합뉴스", "agency")]),
        ("<뉴시스>", [("뉴시스", "agency")]),
        ("AP=연합뉴스", [("연합뉴스", "agency")]),
        ("증시분석 전문기자 로봇 ET", [("로봇 ET", "bot")]),
        ("서경뉴스봇", [("서경뉴스봇", "bot")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_desks_agencies_and_bots(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(a.name, a.kind) for a in parse_byline(text)] == expected


def test_a_desk_does_not_take_a_reporters_address() -> None:
    first, *others = parse_byline("유지솔·조솔 기자, 외교부 공동취재단 w@j.kr")
    assert first.email == "w@j.kr"
    assert [other.email for other in others] == [None, None]


def test_decomposed_hangul_is_read_like_composed() -> None:
    assert [a.name for a in parse_byline(unicodedata.normalize("NFD", "홍길동 기자"))] == ["홍길동"]


def test_bare_names_count_only_where_the_caller_vouches_for_the_place() -> None:
    assert parse_byline("홍길동,이도윤") == []
    assert [a.name for a in parse_byline("홍길동,이도윤", bare=True)] == ["홍길동", "이도윤"]
    assert parse_byline("한빛일보", bare=True) == []


NOBODY = [
    "", " ", "기자", "기자는 어제 시장을 만났다", "기자 회견에서", "동행한 사진 기자는", "신 기자, 수고했습니다.", "출입 기자", "취재 기자",
    "사진 기자", "전문 기자", "기자 정보", "기자 구독", "[앵커]", "[기자]", "[속보]", "사회유서영", "입력 2025.06.17 19:05", "홍길동",
    "hong@example.com", "[email protected]", "jebo@example.com", "사진=강물 기자", "영상취재: 강물, 영상편집: 이솔", "편집인 : 홍길동",
    "네이버", "한빛일보", "한빛시", "서울", "정치", "이번 행사를 기획한 사람은 신동해 기자", "현장을 찾은 이도윤(45)·강솔 기자",
    "기자협회는 성명을 냈다.", "기자간담회 열려", "기자들과 만나", "연예뉴스 가기", "다음뉴스 소개", "기상 · 뉴스 캐스터",
    "■ 진행 : 강솔 앵커", "AI 이슈 트렌드", "OSEN 기자", "부동산", "본지 기자가 현장을 찾았다",
]  # fmt: skip


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_named(text: str) -> None:
    assert parse_byline(text) == []


DATELINES = [
    ("(한빛=연합뉴스) 홍길동 기자 = 비가 왔다.", "한빛", "연합뉴스", ["홍길동"]),
    ("(한빛=뉴스1) 홍길동 기자,이도윤 기자 = 비가 왔다.", "한빛", "뉴스1", ["홍길동", "이도윤"]),
    ("(서울=뉴스1) 외교부 공동취재단,이도윤 기자 = 비가 왔다.", "서울", "뉴스1", ["외교부 공동취재단", "이도윤"]),
    ("[한빛=뉴시스] 홍길동 기자 = 비가 왔다.", "한빛", "뉴시스", ["홍길동"]),
    ("[한빛=뉴시스]홍길동 인턴 기자 = 비가 왔다.", "한빛", "뉴시스", ["홍길동"]),
    ("[한빛=뉴시스] 비가 왔다.", "한빛", "뉴시스", []),
    ("【한빛=뉴시스】홍길동 기자 =비가 왔다.", "한빛", "뉴시스", ["홍길동"]),
    ("【한빛·서울=뉴시스】 홍길동 이도윤 기자 = 비가 왔다.", "한빛·서울", "뉴시스", ["홍길동", "이도윤"]),
    ("(AP=연합뉴스) 비가 왔다.", None, "연합뉴스", []),
    ("[한빛경제 홍길동 기자] 비가 왔다.", None, "한빛경제", ["홍길동"]),
    ("[이데일리 홍길동 이도윤 기자] 비가 왔다.", None, "이데일리", ["홍길동", "이도윤"]),
    ("[헤럴드경제=홍길동 기자] 비가 왔다.", None, "헤럴드경제", ["홍길동"]),
    ("[스포티비뉴스=한빛구장, 홍길동 기자] 비가 왔다.", "한빛구장", "스포티비뉴스", ["홍길동"]),
    ("[OSEN=인천, 홍길동 기자] 비가 왔다.", "인천", "OSEN", ["홍길동"]),
    ("[전북CBS 홍길동 기자] 비가 왔다.", None, "전북CBS", ["홍길동"]),
    ("[머니투데이 세종=홍길동 기자] 비가 왔다.", "세종", "머니투데이", ["홍길동"]),
    ("[더팩트ㅣ한빛=홍길동 기자] 비가 왔다.", "한빛", "더팩트", ["홍길동"]),
    ("[가온소식 홍길동 기자] 비가 왔다.", None, "가온소식", ["홍길동"]),
    ("[한빛일보 홍길동] 비가 왔다.", None, "한빛일보", ["홍길동"]),
    ("[한빛/CTN]홍길동 기자 = 비가 왔다.", "한빛", "CTN", ["홍길동"]),
    ("[한빛=NSP통신] 홍길동 기자 = 비가 왔다.", "한빛", "NSP통신", ["홍길동"]),
    ("광주/아시아투데이 홍길동 기자 = 비가 왔다.", "광주", "아시아투데이", ["홍길동"]),
    ("한빛/아시아투데이 홍길동 기자 = 비가 왔다.", "한빛", "아시아투데이", ["홍길동"]),
    ("아시아투데이 디지털뉴스팀 = 비가 왔다.", None, "아시아투데이", ["아시아투데이 디지털뉴스팀"]),
    ("한빛=홍길동 기자 hong@ 비가 왔다.", "한빛", None, ["홍길동"]),
    ("한빛=홍길동 기자 hong@example.com 비가 왔다.", "한빛", None, ["홍길동"]),
    ("서울--(뉴스와이어)--2020년 03월 05일 -- 비가 왔다.", "서울", "뉴스와이어", []),
    ("서울--(뉴스와이어)--비가 왔다.", "서울", "뉴스와이어", []),
    ("[한빛일보] 비가 왔다.", None, "한빛일보", []),
]


@pytest.mark.parametrize(("text", "place", "agency", "names"), DATELINES, ids=[row[0] for row in DATELINES])
def test_dateline_is_split_off(text: str, place: str | None, agency: str | None, names: list[str]) -> None:
    dateline, authors, rest = split_dateline(text)
    assert rest == "비가 왔다."
    assert dateline is not None
    assert (dateline.place, dateline.agency) == (place, agency)
    assert dateline.raw == text.removesuffix("비가 왔다.").strip()
    assert [author.name for author in authors] == names


def test_a_head_of_names_alone_is_no_dateline_but_names_authors() -> None:
    dateline, authors, rest = split_dateline("[이새솔 기자] 비가 왔다.")
    assert (dateline, [a.name for a in authors], rest) == (None, ["이새솔"], "비가 왔다.")


@pytest.mark.parametrize(
    "text",
    [
        "비가 왔다.", "[앵커] 비가 왔다.", "[속보] 비가 왔다.", "[단독] 비가 왔다.", "(사진) 비가 왔다.", "[편집자주] 비가 왔다.",
        "(사진=연합뉴스) 비가 왔다.", "[그래픽=뉴시스] 비가 왔다.", "[주간경제] 비가 왔다.", "[이슈 분석] 비가 왔다.",
        "<앵커> 비가 왔다.", "“(서울=연합뉴스)라고 적힌 쪽지”를 봤다.", "A/B 검사에서 홍길동 기자 = 필자라는 말이 나왔다.",
        "가온테크(대표 홍길동)는 비가 왔다.", "[한빛일보] 2010-02-27 21면 40판 종합", "x=3이면 y=4라고 기자가 풀었다.",
        "대담=홍길동 사회부 차장, 정리=이도윤 기자 lee@example.com강솔 원장은?", "",
    ],
)  # fmt: skip
def test_no_dateline(text: str) -> None:
    assert split_dateline(text) == (None, [], text)


@pytest.mark.parametrize(
    "line", ["(한빛=연합뉴스) 홍길동 기자 =", "[한빛경제 홍길동 기자]", "광주/아시아투데이 홍길동 기자 ="]
)
def test_dateline_without_a_sentence(line: str) -> None:
    assert is_byline(line)


def test_dateline_only_needs_the_whole_line() -> None:
    assert is_dateline_only("(한빛=연합뉴스) 홍길동 기자 =")
    assert not is_dateline_only("(한빛=연합뉴스) 홍길동 기자 = 비가 왔다.")


TAILS = [
    ("비가 그쳤다.", "홍길동 기자 hong@example.com"),
    ("비가 그쳤다.", "홍길동기자"),
    ("비가 그쳤다.", "hong@example.com"),
    ("비가 그쳤다.", "/한빛=홍길동기자 hong@"),
    ("비가 그쳤다.", "[연합뉴스]"),
    ("비가 그쳤다.", "연합뉴스"),
    ("비가 그쳤다.", "(사진=한빛시 제공)"),
    ("비가 그쳤다.", "/ star@example.com"),
    ("비가 그쳤다.", "홍길동 기자 hong@example.com [사진=연합뉴스]"),
    ("비가 그쳤다.", "홍길동 기자 hong@example.com <저작권자 ⓒ 한빛일보, 무단 전재 및 재배포 금지>"),
    ("“비가 그쳤다”고 말했다.", "온라인뉴스팀"),
    ("그는 “곧 돌아오겠다.”", "홍길동 기자"),
    ("비가 그칠까?", "홍길동 논설위원"),
]


@pytest.mark.parametrize(("rest", "tail"), TAILS, ids=[tail for _, tail in TAILS])
@pytest.mark.parametrize("glue", ["", " "], ids=["glued", "blank"])
def test_signature_is_split_off_the_last_sentence(rest: str, tail: str, glue: str) -> None:
    assert split_signature(rest + glue + tail) == (rest, tail)


@pytest.mark.parametrize(
    "paragraph",
    [
        "이번 행사를 기획한 사람은 신동해 기자", "그는 “글쓴이는 누구인가. 홍길동 기자", "비가 그쳤다.", "현장에 간 김솔(30)·이도윤 기자",
        "그의 소설 ‘새벽’ 이도윤 작가", "정유솔.조현솔.김다솔 기자", "홍길동 기자 hong@example.com", "값은 3.5 기자", "",
        "비가 그쳤다. 동행한 기자", "비가 그쳤다. 이도윤 기자 폭행", "그는 “갔다. 홍길동 기자”", "KBS 뉴스 김솔입니다.",
    ],
)  # fmt: skip
def test_nothing_is_split_off(paragraph: str) -> None:
    assert split_signature(paragraph) == (paragraph, None)


@pytest.mark.parametrize(
    "line",
    [
        "홍길동 기자", "홍길동 기자 hong@example.com", "hong@example.com", "sol@example.com, byul@example.com", "온라인뉴스팀", "연합뉴스",
        "[이새솔 기자]", "<연합뉴스>", "/연합뉴스", "홍길동 기자 [email protected]", "☞공감언론 뉴시스 sol@newsis.com", "OSEN 기자", "(끝)",
        "YTN 박하늘[sky@ytn.co.kr]입니다.", "YTN 박하늘 (sky@ytn.co.kr)", "By Lee Kyung-sik", "정리=홍길동 기자", "[가온소식 홍길동 기자]",
    ],
)  # fmt: skip
def test_whole_line_is_a_byline(line: str) -> None:
    assert is_byline(line)


NO_BYLINES = [
    "▲정치부장 홍길동", "▲ 홍길동 기자", "◇부장 홍길동 이도윤", "홍길동 부장", "정치부장 홍길동", "△편집국장 이도윤", "사진=연합뉴스", "(사진=연합뉴스)",
    "ⓒ 뉴시스", "[사진=홍길동 기자]", "홍길동", "홍길동 한빛대 경제학과 교수", "보도국", "국제부", "외교부", "국방부", "데이터룸",
    "KBS 뉴스 김솔입니다.", "홍길동 기자가 보도합니다.", "[앵커]", "[기자]", "◀ 앵커 ▶", "빈소 한빛병원, 발인 3일, ☎ 02-000-0000", "편집인 : 홍길동",
    "홍길동 | 30 | 한빛시", "이도윤 45표", "신동해 기자를 찾습니다", "기자 여러분", "", " ",
]  # fmt: skip


@pytest.mark.parametrize("line", NO_BYLINES)
def test_whole_line_is_no_byline(line: str) -> None:
    assert not is_byline(line)


SENTENCES = [
    "한빛시는 청년 창업을 돕는 공간을 새로 짓기로 했다.", "이도윤 기자는 이날 법정에 나와 증언했다.", "기자 출신인 강솔 의원은 법안을 냈다.",
    "홍길동 특파원이 쓴 책이 다시 나왔다.", "시청 앞 광장에는 취재 기자와 사진 기자가 몰렸다.", "가온테크는 문의를 help@example.com 으로 받는다.",
    "“기자님, 이것 좀 보세요.”", "그는 기자회견을 열고 “책임을 지겠다”고 밝혔다.", "연합뉴스가 입수한 문건에는 다른 내용이 담겼다.",
    "로이터 통신은 협상이 끝났다고 보도했다.", "뉴시스와 한 통화에서 그는 부인했다.", "(중략) 그 뒤의 일은 아무도 모른다.", "[표 1] 지역별 인구 변화를 보면 뚜렷하다.",
    "서울=수도라는 생각을 버려야 한다.", "1위=가온팀, 2위=하늘팀", "가격은 3만 원이다. 문의 02-000-0000", "정치부 기자로 20년을 일했다.", "우리 팀은 이겼다",
    "경찰은 두 사람을 붙잡아 조사하고 있다.", "논설위원을 지낸 그는 은퇴 뒤 농사를 짓는다.", "강솔 감독은 “선수들을 믿는다”고 했다.",
    "이도윤 교수는 “자료를 더 봐야 한다”고 설명했다.", "시민 홍길동(45)씨는 고개를 저었다.", "◆ 예산 확보가 열쇠", "▶관람 시간과 요금은=평일 오전 10시부터다.",
    "※ 이 기사는 두 차례에 걸쳐 싣는다.", "Q. 언제 시작했나.", "— 그때 심정은.", "첫째, 땅값이 올랐다.", "둘째로는 금리를 들 수 있다", "그날 밤, 불이 났다",
    "학교 측은 “확인 중”이라고만 답했다", "홍길동 대표이사 사장이 인사말을 하고 있다.", "표를 든 관람객이 줄을 서 있다.", "왼쪽 무릎을 다친 강솔은 재활하고 있다.",
    "직원 2500여 명 가운데 절반가량이 통근버스로 출퇴근하고 있다.", "지방자치단체가 의료원을 거점으로 삼고 증축을 추진하고 있다.", "정부는 대책을 논의하고 있다.",
    "오른쪽으로 돌면 옛 역사가 있다.", "두 번째 공판은 다음 달에 열린다.", "전시장 전경이 한눈에 들어왔다.", "그 모습에 모두 숨을 죽였다.",
    "허균(사진) 대표이사는 새 계획을 밝혔다.", "강솔 한빛시 복지국장(사진)은 “예산을 늘리겠다”고 말했다.", "사진 속 남자는 웃고 있었다.", "자료를 제공한 쪽은 시청이었다.",
    "한빛시가 자료 제공을 거부했다.", "이 그래픽은 세금이 어디에 쓰이는지 보여 준다.", "출처가 분명하지 않은 돈이 들어왔다.", "영상은 조회 수 100만을 넘겼다.",
    "그는 사진=기록이라고 믿는다.", "코스피는 전날보다 1.2% 오른 2,500에 마감했다.", "한낮 기온이 30도까지 오르겠습니다.", "내일은 전국이 맑겠습니다.",
    "지금까지 밝혀진 것은 여기까지입니다.", "이상으로 뉴스를 마칩니다.", "저는 한빛시에 사는 이도윤입니다.", "제 이름은 강솔입니다.", "대상은 홍길동, 금상은 이도윤이 받았다.",
    "신임 사장에 홍길동 전 부사장", "한빛시, 가온테크와 협약", "이도윤 기자상 수상", "기자 폭행한 40대 입건", "AP·로이터가 나란히 보도했다",
]  # fmt: skip


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_are_left_alone(sentence: str) -> None:
    assert not is_byline(sentence)
    assert split_dateline(sentence) == (None, [], sentence)
    assert split_signature(sentence) == (sentence, None)
    assert split_signature("앞 문장이 있다. " + sentence)[1] is None


@pytest.mark.parametrize(
    ("text", "wire"),
    [
        ("연합뉴스", "연합뉴스"), ("(서울=연합뉴스)", "연합뉴스"), ("AP=연합뉴스", "연합뉴스"), ("로이터=뉴스1", "뉴스1"), ("신화사", "신화"),
        ("Newsis/AP", "뉴시스"), ("AFP/뉴시스", "뉴시스"), ("뉴욕/AFP", "AFP"), ("교도통신", "교도"), ("한빛일보", None), ("연합뉴스TV", None), ("MAP", None), ("", None),
    ],
)  # fmt: skip
def test_wire_of(text: str, wire: str | None) -> None:
    assert wire_of(text) == wire


@pytest.mark.parametrize("word", ["홍길동", "이솔", "남궁솔", "황보라", "선우하늘", "金大中"])
def test_names(word: str) -> None:
    assert is_name(word)


@pytest.mark.parametrize(
    "word",
    [
        "입력",
        "취재",
        "사진",
        "편집",
        "서울",
        "강릉",
        "정치",
        "경제",
        "국제부",
        "한빛일보",
        "연합뉴스",
        "김",
        "홍길동입니다",
        "기자",
        "YTN",
    ],
)
def test_words_that_are_no_names(word: str) -> None:
    assert not is_name(word)


@pytest.mark.parametrize("function", [is_byline, parse_byline, split_dateline, split_signature, is_dateline_only])
@pytest.mark.parametrize(
    "text",
    ["=" * 200, "(" * 300, "가 기자 " * 500, "@" * 300, "a@b" * 200, "[한빛=" * 60, "홍길동·" * 300],
    ids=range(7),
)
def test_odd_lines_neither_crash_nor_take_long(function: object, text: str) -> None:
    started = time.perf_counter()
    function(text)  # type: ignore[operator]
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("인턴 강가람", [("강가람", "인턴", "person")]),
        ("디자이너 강가람", [("강가람", "디자이너", "person")]),
        ("영문경제", [("영문경제", None, "desk")]),
        ("강솔 도가람 하늘(산업부)", [("강솔", None, "person"), ("도가람", None, "person"), ("하늘", None, "person")]),
    ],
)
def test_bare_names_in_metadata(text: str, authors: list[tuple[str, str | None, str]]) -> None:
    assert [(author.name, author.role, author.kind) for author in parse_byline(text, bare=True)] == authors


def test_a_desk_in_brackets_is_where_they_work() -> None:
    found = parse_byline("강솔 도가람(산업부)", bare=True)
    assert [author.affiliation for author in found] == ["산업부", "산업부"]


@pytest.mark.parametrize("text", ["디자이너 강가람", "인턴 강가람", "디자이너 협회장", "홍길동 가온산 대표"])
def test_such_words_outside_metadata_name_nobody(text: str) -> None:
    assert parse_byline(text) == []


@pytest.mark.parametrize(
    ("line", "place", "agency"),
    [
        ("한빛=강솔 기자 sol@example.com", "한빛", None),
        ("/가온=강솔기자 sol@example.com", "가온", None),
        ("수원·안산 강솔 기자", "수원·안산", None),
        ("도쿄/글·사진 강솔 통신원", "도쿄", None),
    ],
)
def test_place_of_a_signature(line: str, place: str, agency: str | None) -> None:
    found = signed_dateline(line)
    assert found is not None
    assert (found.place, found.agency, found.raw) == (place, agency, line)


@pytest.mark.parametrize("line", ["강솔 기자 sol@example.com", "한빛시는 12일 이렇게 밝혔다.", "한빛=연합뉴스"])
def test_other_lines_name_no_place(line: str) -> None:
    assert signed_dateline(line) is None


@pytest.mark.parametrize(
    "line",
    ["강솔 기자 sol@example.com", "글 사진 수원·안산 강솔기자sol@example.com", "정리= 강솔기자 sol@example.com"],
)
def test_mailed_bylines(line: str) -> None:
    assert is_mailed_byline(line)


@pytest.mark.parametrize(
    "line", ["강솔 기자", "sol@example.com", "문의는 강솔 기자 sol@example.com", "사진=강솔 기자 sol@example.com"]
)
def test_no_mailed_bylines(line: str) -> None:
    assert not is_mailed_byline(line)
