"""Near copies, two at a time: what papers do to a text that they print leaves it a copy, whatever else is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from newsscrape.archive.search.words import fold
from newsscrape.duplicates.copies import Compared, are_copies, form_moment, likeness
from newsscrape.duplicates.origin import Candidate, originality, why_first
from newsscrape.duplicates.sketch import Sketch, letters_of

NOON = datetime(2026, 3, 2, 3, tzinfo=UTC)
WIRE = """\
한빛시가 도심 하천 위에 놓인 낡은 다리를 헐고 보행자 전용 다리를 새로 짓는다. 공사에는 모두 134억원이 들어간다.
한빛시 하천관리과는 2일 여울동과 초롱동을 잇는 여울다리가 지난해 정밀안전진단에서 D등급을 받아 더는 쓸 수 없다고 밝혔다.
여울다리는 1978년 놓인 뒤 하루 평균 8천200명이 건너다녔으나 교각 6개 가운데 4개에서 금이 발견돼 11월부터 통행이 금지됐다.
봉하람 하천관리과장은 "물이 불어나는 여름이 오기 전에 낡은 교각을 모두 걷어내고 내년 가을까지 새 다리를 열겠다"고 말했다.
새 다리는 길이 92m, 폭 6m로 가운데에 쉼터와 전망대를 두고, 난간에는 태양광 조명 340개를 단다.
시는 공사 기간 주민들이 멀리 돌아가지 않도록 아래쪽 징검다리 옆에 임시 부교를 띄우기로 했다.
주민들은 환영하면서도 공사 차량이 학교 앞길로 드나드는 점을 걱정하고 있다. 초롱초등학교 학부모회는 등하교 시간에는 공사를 멈춰 달라고 요구했다.
시는 오는 15일 여울동 주민센터에서 설명회를 열어 의견을 듣고 4월 말 공사를 시작할 예정이다."""
OTHER_HAND = """\
금이 간 채 넉 달째 막혀 있던 여울다리가 사라지고 그 자리에 사람만 건너는 다리가 들어선다.
여울동에서 30년째 국숫집을 해 온 은보라 씨는 다리가 막힌 뒤 손님이 절반으로 줄었다고 했다. 그는 가게 문을 닫을까 고민하던 참에 소식을 들었다.
한빛시가 내놓은 계획을 보면 사업비 134억원 가운데 60억원은 도에서 지원받는다. 나머지는 시가 빚을 내지 않고 마련한다.
봉하람 하천관리과장은 "물이 불어나는 여름이 오기 전에 낡은 교각을 모두 걷어내고 내년 가을까지 새 다리를 열겠다"고 약속했다.
하지만 전문가들은 하천 폭에 견줘 교각이 많아 큰비가 오면 나뭇가지가 걸리기 쉽다고 지적한다. 석라온 누리대 교수는 교각을 두 개로 줄이고 다리를 높이라고 권했다.
환경단체는 다리 아래 모래톱이 흰목물떼새가 알을 낳는 곳이라며 봄철에는 공사를 피해야 한다고 주장했다.
시의회는 다음 주 현장을 찾아 안전 대책과 예산이 알맞은지 따져 볼 계획이다."""
FORECAST = "내일 한빛시는 대체로 맑겠고 아침 기온은 {}도, 낮 기온은 {}도로 예상된다. 바람은 초속 {}m로 불고 물결은 {}m로 일겠다. 미세먼지는 보통 수준이겠다."


def compared(text: str, moment: datetime | None = None) -> Compared:
    return Compared(letters_of(fold(f"제목\n{text}")), moment)


def lines(*numbers: int) -> str:
    return "\n".join(WIRE.split("\n")[number] for number in numbers)


COPIES = {
    "the same": WIRE,
    "other blanks": WIRE.replace(" 수", "수").replace("에서 ", "에서").replace("다리", "다 리"),
    "cut from below": lines(0, 1, 2, 3, 4),
    "cut to half": lines(0, 1, 2, 3),
    "cut to the first paragraphs": lines(0, 1, 2),
    "another lede": "낡아서 위험했던 여울다리가 보행자 다리로 다시 태어난다.\n" + lines(1, 2, 3, 4, 5, 6, 7),
    "another lede, and cut": "낡아서 위험했던 여울다리가 보행자 다리로 다시 태어난다.\n" + lines(1, 2, 3),
    "an added lede": "주민이 걱정하던 다리가 바뀐다. 본지가 지난해 처음 보도한 곳이다.\n" + WIRE,
    "captions between": lines(0, 1) + "\n▲ 통행이 금지된 여울다리. 한빛시 제공\n" + lines(2, 3, 4) + "\n여울다리 위치도\n" + lines(5, 6, 7),
    "dropped paragraphs": lines(0, 1, 3, 4, 7),
    "other words": WIRE.replace("말했다", "강조했다").replace("밝혔다", "전했다").replace("주민들", "시민들").replace("오는 ", "").replace("낡은", "오래된").replace("공사", "작업"),
    "sentences joined": WIRE.replace(" 짓는다. 공사에는", " 짓는데, 공사에는").replace("걱정하고 있다. 초롱", "걱정하고 있으며 초롱"),
    "house style": WIRE.replace("억원", "억 원").replace("92m, 폭 6m", "92미터, 폭 6미터").replace("8천200명", "8200명").replace('"', "“"),
    "a reporter's line and furniture": WIRE + "\n나새별 기자 na@gaon.example\n[저작권자 ⓒ 가온신문, 무단전재 및 재배포 금지]\n제보는 가온신문으로",
    "paragraphs moved": lines(0, 1, 4, 5, 2, 3, 7, 6),
}  # fmt: skip


@pytest.mark.parametrize("name", COPIES)
def test_it_is_still_a_copy(name: str) -> None:
    one, other = compared(WIRE), compared(COPIES[name])
    assert are_copies(one, other) and are_copies(other, one)
    first, second = Sketch.of(one.row), Sketch.of(other.row)
    assert first.is_near(second, len(set(first.hashes) & set(second.hashes)))


STRANGERS = {
    "another hand on the same topic": OTHER_HAND,
    "one that quotes": "한빛시의 다리 계획에 반대가 거세다.\n" + lines(3) + "\n" + OTHER_HAND[500:] * 2,
    "a note": lines(0)[:60],
    "nothing": "",
    "a round-up where it stands second": OTHER_HAND + "\n" + lines(0, 1, 2),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_it_is_no_copy(name: str) -> None:
    part = compared(lines(0, 1, 2) if "round-up" in name else WIRE)
    other = compared(STRANGERS[name])
    assert not are_copies(part, other) and not are_copies(other, part)


def test_forms_with_other_figures_are_no_copies() -> None:
    today, tomorrow = FORECAST.format(3, 14, 2, 0.5), FORECAST.format("11", "25", "13", "2.5")
    assert are_copies(compared(today), compared(today))
    table = "현재 기준금리는 {}, 환율은 {}원, 유가는 {}달러, 금값은 {}원으로 집계됐다고 한빛은행이 밝혔다. 거래량은 {}주였다. "
    one, other = (table.format(*numbers) * 2 for numbers in ((35, 1420, 71, 98000, 4410), (36, 1391, 66, 97100, 5205)))
    assert not are_copies(compared(one), compared(other))
    assert likeness(compared(today), compared(tomorrow)).jaccard > 0.4


def test_forms_are_copies_within_a_day_only() -> None:
    text = FORECAST.format(3, 14, 2, 0.5)
    near, far = NOON + timedelta(hours=6), NOON + timedelta(hours=24)
    assert are_copies(compared(text, NOON), compared(text, near))
    assert not are_copies(compared(text, NOON), compared(text, far))
    assert are_copies(compared(text, NOON), compared(text))


def test_moments_are_those_of_forms() -> None:
    assert form_moment("weather", NOON) == NOON
    assert form_moment("article", NOON) is None


def test_a_short_text_has_no_sketch() -> None:
    assert Sketch.of(letters_of("제목\n새 다리가 열렸다.")).hashes == ()
    assert Sketch.of(letters_of("제목\n" + "정원 " * 40)).hashes == ()


def test_sketches_do_not_change() -> None:
    """They are kept in archives: where this fails, archives must be made anew (see `sketch`)."""
    sketch = Sketch.of(letters_of(fold(f"제목\n{WIRE}")))
    assert (sketch.text, sketch.hashes[:3], len(sketch.hashes)) == (
        -8512617050826518409,
        (14318224, 15596801, 17453683),
        32,
    )


def test_a_sketch_is_kept_in_bytes() -> None:
    sketch = Sketch.of(letters_of(f"제목\n{WIRE}"))
    assert Sketch.unpacked(sketch.text, sketch.packed) == sketch


def test_likeness_is_none_with_nothing() -> None:
    assert likeness(compared(""), compared(WIRE)).jaccard == 0


AGENCY = {"publisher": {"name": "연합뉴스", "key": "yna"}, "published_at": "2026-03-02T09:00:00+09:00"}
PAPER = {"publisher": {"name": "한빛일보", "key": "hanbit"}, "published_at": "2026-03-02T09:00:00+09:00"}
COPY = {**PAPER, "source_agency": "연합뉴스"}
ORDER = [
    ("the agency's own", AGENCY | {"dateline": {"place": "서울", "agency": "연합뉴스"}}),
    ("the agency's on a portal", AGENCY | {"portal": {"name": "네이버"}}),
    ("a paper's own", PAPER | {"dateline": {"agency": "한빛일보"}, "authors": [{"name": "나한빛", "affiliation": "경제부"}]}),
    ("a paper's own, on a portal", PAPER | {"portal": {"name": "네이버"}}),
    ("one that names the agency", COPY),
    ("one that tells the day alone", COPY | {"dates": {"published_at": {"precision": "day"}}}),
]  # fmt: skip


def test_the_likelier_origin_has_the_larger_number() -> None:
    numbers = [originality(record) for _, record in ORDER]
    assert numbers == sorted(set(numbers), reverse=True)


@pytest.mark.parametrize(
    "says",
    [
        {"source_agency": "뉴시스"},
        {"dateline": {"agency": "연합뉴스"}},
        {"authors": [{"name": "연합뉴스", "kind": "agency"}]},
        {"authors": [{"name": "나새별", "affiliation": "가온신문"}]},
    ],
    ids=str,
)
def test_who_names_another_house_is_not_the_origin(says: dict[str, object]) -> None:
    assert originality(PAPER | says) < originality(PAPER)


WHY = [
    (8, 6, 0, "it is the agency's own"),
    (7, 3, 0, "the others name another source"),
    (7, 5, 0, "the others stand on a portal"),
    (7, 6, 0, "the others tell no time of day"),
    (7, 7, 1, "it was published first"),
    (7, 7, 0, "nothing tells them apart but its id"),
]


@pytest.mark.parametrize(("first", "second", "hours", "says"), WHY, ids=[why[3] for why in WHY])
def test_why_it_is_thought_to_be_the_origin(first: int, second: int, hours: int, says: str) -> None:
    later = NOON + timedelta(hours=hours)
    assert why_first([Candidate("a:1", first, NOON), Candidate("b:2", second, later)]) == says
