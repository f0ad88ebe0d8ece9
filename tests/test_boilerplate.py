"""Furniture rules prove themselves here: each `drops` must be taken, each `keeps` spared by every rule."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsscrape import extract
from newsscrape.boilerplate.cleaner import clean
from newsscrape.boilerplate.context import Context
from newsscrape.boilerplate.lines import Cleaned, Line
from newsscrape.boilerplate.rulebook import rulebook
from newsscrape.boilerplate.rules import Rule, load_rules, notes, read_rules
from newsscrape.boilerplate.tails import split_inside
from newsscrape.boilerplate.why import why_line
from newsscrape.errors import ProfileError
from newsscrape.korean.characters import letters, tidy

FIXTURES = Path(__file__).parent.parent / "fixtures" / "articles"
CONTEXT = Context(
    title="한빛시, 공동 작업장 문 연다",
    subtitles=("청년 30개 팀 입주",),
    captions=("강솔 한빛시장이 12일 공동 작업장을 둘러보고 있다.",),
    names=frozenset({"한빛일보", "한빛포털"}),
)
P1 = "한빛시는 옛 공장 터에 청년을 위한 공동 작업장을 짓는다고 12일 밝혔다."
P2 = "작업장은 지상 3층 규모로 시제품 제작실과 회의실을 갖추고 내년 봄에 문을 연다."
P3 = "강솔 시장은 “청년이 떠나지 않는 도시를 만들겠다”고 말했다."


def pairs(kind: str) -> list[object]:
    return [
        pytest.param(rule, text, id=f"{rule.id}:{n}")
        for rule in load_rules()
        for n, text in enumerate(getattr(rule, kind))
    ]


@pytest.mark.parametrize(("rule", "text"), pairs("drops"))
def test_drops(rule: Rule, text: str) -> None:
    for zone in sorted(rule.zones):
        found = rulebook().find(Line(text), zone, CONTEXT)
        assert found is not None, f"nothing takes it in {zone}: {why_line(text, zone, CONTEXT).reason}"
        assert found.family == rule.family, f"{found.id} takes it in {zone}"


@pytest.mark.parametrize(("rule", "text"), pairs("keeps"))
def test_keeps(rule: Rule, text: str) -> None:
    for zone in sorted(rule.zones):
        found = rulebook().find(Line(text), zone, CONTEXT)
        assert found is None, f"{found.id} takes it in {zone}"


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.id)
def test_rules_carry_proof(rule: Rule) -> None:
    assert rule.why
    assert rule.keeps
    assert rule.drops or rule.predicate in (
        "marked_link",
        "linked",
        "linked_headline",
    )  # a link is proven by tests of its own


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in load_rules()]
    assert sorted(set(ids)) == sorted(ids)


def cleaned(*texts: str, context: Context = CONTEXT) -> Cleaned:
    return clean([Line(text) for text in texts], context=context)


def kept(*texts: str) -> list[str]:
    return [line.text for line in cleaned(*texts).kept]


def rules_of(*texts: str, context: Context = CONTEXT) -> list[str]:
    return [receipt.rule for receipt in cleaned(*texts, context=context).removed]


@pytest.mark.parametrize(
    "line",
    [
        "▶ 한빛의 속살을 걷다, ‘골목 지도’",
        "네이버에서 ‘한빛데일리’ 구독하기▶",
        "주요 기사",
        "강솔 기자",
        "댓글 정책",
    ],
)
def test_one_suspicious_line_between_paragraphs_stays(line: str) -> None:
    assert kept(P1, line, P2) == [P1, line, P2]


@pytest.mark.parametrize(
    "line",
    [
        "<이미지를 클릭하시면 크게 보실 수 있습니다>",
        "ADVERTISEMENT",
        "한빛일보",
        "|",
        "재생목록",
        "ⓒ 한빛일보, 무단전재 및 재배포 금지",
    ],
)
def test_fixed_forms_go_from_between_paragraphs(line: str) -> None:
    assert kept(P1, line, P2) == [P1, P2]


@pytest.mark.parametrize(
    "line",
    [
        "▲정책기획관 강솔 ▲대변인 도가람",
        "◇국장급 전보",
        "■ 판결의 의미",
        "▷도가람 변호사: 그렇게 보기는 어렵습니다.",
        "[앵커]",
        "◀ 리포트 ▶",
        "Q. 언제 시작했나요?",
        "☎ 02-000-0000",
        "※ 나루공동체(NARU): 1973년 네 나라가 만든 모임",
        "<표> 한빛시 예산",
        "A씨",
    ],
)
def test_article_lines_stay_everywhere(line: str) -> None:
    assert kept(line, P1, line, P2, line) == [line, P1, line, P2, line]


@pytest.mark.parametrize(
    ("tail", "rules"),
    [
        (" 강솔 기자 sol@hanbit.test", ["byline.signature"]),
        (" <저작권자(c) 한빛통신, 무단 전재-재배포 금지>", ["copyright.reserved"]),
        (
            " 강솔 기자 sol@hanbit.test [ⓒ 한빛경제 & hanbit.test, 무단전재 및 재배포 금지]",
            ["byline.signature", "copyright.reserved"],
        ),
        ("ⓒ 한빛일보(www.hanbit.test), 무단전재 및 재배포금지", ["copyright.reserved"]),
    ],
    ids=["signature", "copyright", "stacked", "glued without a blank"],
)
def test_glued_tails_are_split_off(tail: str, rules: list[str]) -> None:
    result = cleaned(P1, P2 + tail)
    assert [line.text for line in result.kept] == [P1, P2]
    assert [receipt.rule for receipt in result.removed] == rules
    assert " ".join(receipt.text for receipt in result.removed) == tail.strip()


@pytest.mark.parametrize(
    "sentence",
    [
        "그는 “기사 끝에 ‘ⓒ 한빛일보 무단전재 및 재배포 금지’라고 적어도 소용없다”고 말했다.",
        "쪽지에는 “저작권자 ⓒ 강솔, 무단 전재 및 재배포 금지”라고 적혀 있었다.",
        "“저작권자 ⓒ 강솔, 무단 전재 및 재배포 금지”",
        "신간에는 강솔 기자의 글도 실렸다.",
    ],
)
def test_sentences_about_furniture_stay_whole(sentence: str) -> None:
    assert kept(P1, sentence, P2) == [P1, sentence, P2]


@pytest.mark.parametrize(
    "items",
    [
        ["▶정책국장 강솔", "▶예산과장 도가람", "▶총무과장 하늘", "▶감사담당관 문가온"],
        ["▶일시 : 3월 3일 오후 2시", "▶장소 : 한빛시청"],
        ["1830", "2045", "12", "7"],
    ],
    ids=["appointments", "event", "table"],
)
@pytest.mark.parametrize("end", [[], ["강솔 기자"], ["(끝)"], ["ⓒ 한빛일보, 무단전재 및 재배포 금지"]], ids=str)
def test_lists_at_the_end_stay(items: list[str], end: list[str]) -> None:
    assert kept(P1, *items, *end) == [P1, *items]
    assert kept("[인사] 한빛부", *items, *end) == ["[인사] 한빛부", *items]


@pytest.mark.parametrize("slogans", [["▶ 골목의 재발견"], ["▶ 골목의 재발견", "☞ 한빛의 사계"]])
def test_slogans_go_in_company(slogans: list[str]) -> None:
    rights = "ⓒ 한빛일보, 무단전재 및 재배포 금지"
    assert kept(P1, P2, *slogans, rights) == [P1, P2]
    assert kept(P1, P2, "강솔 기자", *slogans, *slogans, rights) == [P1, P2]
    assert kept(P1, P2, *slogans) == [P1, P2, *slogans]


def test_lines_inside_a_long_quotation_stay() -> None:
    lines = ["그는 이렇게 적었다. “하나, 나는 웃는다.", "공유하기", "둘, 나는 걷는다.”라고.", P2]
    assert kept(P1, *lines) == [P1, *lines]


@pytest.mark.parametrize(
    "headlines",
    [
        ["새 청사 짓는다", '강솔 "아직 멀었다"', "왜 하필 지금일까?"],
        ["- 물길 바뀐 나루강", "- [속보] 나루섬 배 멈춰"],
    ],
)
@pytest.mark.parametrize(
    "header", ["관련기사", "많이 본 뉴스", "한빛뉴스에서 직접 확인하세요. 해당 언론사로 이동합니다."]
)
def test_related_lists_go_with_their_headlines(header: str, headlines: list[str]) -> None:
    assert kept(P1, P2, header, *headlines) == [P1, P2]


def test_a_list_ends_where_the_text_goes_on() -> None:
    assert kept(P1, "관련기사", P2, P3)[-2:] == [P2, P3]


def test_a_signature_ends_a_list() -> None:
    note = "※ 외부 필진의 기고는 본지의 편집 방향과 다를 수 있습니다."
    assert rules_of(P1, "추천기사", "새 청사 짓는다", "강솔 기자", note) == [
        "related.list",
        "related.list",
        "byline.signature",
        "notes.outside_writer",
    ]


def test_linked_headlines_in_a_body_go() -> None:
    link = Line("▶ 나루섬 다리 끊겼다", links=1.0)
    result = clean([Line(P1), link, Line(P2)], context=CONTEXT)
    assert [receipt.rule for receipt in result.removed] == ["related.marked_link"]


def test_copied_summary_goes() -> None:
    notice = "전체 맥락을 이해하기 위해서는 본문 보기를 권장합니다."
    assert kept(notice, P1, P2, P1, P2, P3) == [P1, P2, P3]


def test_generated_summary_goes() -> None:
    made = "한빛시가 작업장을 지어 청년을 돕는다는 내용입니다."
    assert kept("AI 요약", made, made + " 끝으로 예산이 다뤄집니다.", "닫기", P1, P2) == [P1, P2]


def test_a_paragraph_printed_twice_in_a_row_goes_once() -> None:
    assert kept(P1, P1, P2) == [P1, P2]


def test_known_captions_are_no_text_but_a_photo_article_keeps_its_own() -> None:
    caption = CONTEXT.captions[0]
    assert kept(caption, P1, P2) == [P1, P2]
    assert kept(caption, "(사진=한빛시)") == [caption]


@pytest.mark.parametrize("zone", ["top", "head", "tail", "foot"])
def test_given_zones_are_obeyed(zone: str) -> None:
    lines = [Line("공유하기"), Line(P1)]
    result = clean(lines, context=CONTEXT, zones=[zone, "body"])  # type: ignore[list-item]
    assert [receipt.zone for receipt in result.removed] == [zone]


def test_notes_are_named() -> None:
    assert notes()["notes.correction"] == "correction"
    assert set(notes().values()) == {"correction", "editor", "provenance", "helpline"}


def test_a_site_brings_its_own_rules() -> None:
    entry = {"id": "site.motto", "zones": ["body", "tail"], "pattern": "바람은 Hanbit에서.*", "max": 60}
    own = read_rules([entry], path="hanbit.toml")
    result = clean([Line(P1), Line("바람은 Hanbit에서 불어온다"), Line(P2)], context=CONTEXT, extra=own)
    assert [receipt.rule for receipt in result.removed] == []  # it ends like a sentence: not without `sentence`
    result = clean(
        [Line(P1), Line("바람은 Hanbit에서 분다")],
        context=CONTEXT,
        extra=read_rules([{**entry, "sentence": True}], path="x"),
    )
    assert [receipt.rule for receipt in result.removed] == ["site.motto"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "x.y", "zones": ["middle"], "pattern": "a"},
        {"id": "x.y", "zones": ["head"], "pattern": "("},
        {"id": "x.y", "zones": ["head"]},
        {"id": "x.y", "zones": ["head"], "predicate": "unheard_of"},
        {"id": "x.y", "zones": ["head"], "pattern": "a", "colour": "red"},
    ],
    ids=["zone", "pattern", "neither", "predicate", "key"],
)
def test_wrong_rules_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ProfileError, match=r"x\.y"):
        read_rules([wrong], path="x.toml")


@pytest.mark.parametrize(
    ("line", "zone", "says"),
    [
        ("공유하기", "tail", "share.button takes it"),
        ("관련기사 묶음 관련기사", "body", "no rule matches"),
        ("이 시각 주요뉴스", "body", "fires in"),
    ],
)
def test_why_a_line_goes_or_stays(line: str, zone: str, says: str) -> None:
    assert says in why_line(line, zone).reason  # type: ignore[arg-type]


FURNITURE = [text for rule in load_rules() for text in rule.drops]
SPARED = [text for rule in load_rules() for text in rule.keeps]
MIXED = st.lists(
    st.sampled_from([P1, P2, P3, *FURNITURE, *SPARED]) | st.text("가나다. “”▶ⓒ[]=@ab1", min_size=1), max_size=14
)


@settings(max_examples=150, deadline=None)
@given(MIXED)
def test_every_letter_is_kept_or_receipted(texts: list[str]) -> None:
    lines = [Line(tidy(text)) for text in texts if tidy(text)]
    result = clean(lines, context=CONTEXT)
    out = [line.text for line in result.kept] + [receipt.text for receipt in result.removed]
    assert Counter(letters("".join(out))) == Counter(letters("".join(line.text for line in lines)))


@settings(max_examples=150, deadline=None)
@given(MIXED)
@example([P1, "“", "AD", P1, "<특별취재팀>", "”"])  # the closing mark is cut with the tail
def test_cleaning_twice_changes_nothing(texts: list[str]) -> None:
    once = clean([Line(tidy(text)) for text in texts if tidy(text)], context=CONTEXT)
    assert clean(once.kept, context=CONTEXT).kept == once.kept


QUOTED = st.lists(
    st.sampled_from([text for text in (*FURNITURE, *SPARED) if not set(text) & set("“”‘’\"'")]),
    min_size=1, max_size=8, unique=True,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(QUOTED)
def test_no_rule_touches_a_quotation(texts: list[str]) -> None:
    lines = ["그는 벽에 걸린 종이를 읽었다. “종이는 이렇게 시작한다.", *texts, "종이는 여기서 끝난다.”", P2]
    result = cleaned(P1, *lines)
    assert letters("".join(line.text for line in result.kept)) == letters("".join([P1, *lines]))


GLUED = [
    " 강솔 기자 sol@hanbit.test", "강솔기자 sol@hanbit.test", " /한빛=강솔 기자", " (사진=한빛시)", " 한빛=강솔 기자 sol@hanbit.test■ ",
    " ⓒ 한빛일보, 무단전재 및 재배포 금지", "[한빛일보 강솔 기자]", " ▶ 골목의 재발견", " 문의 sol@hanbit.test로 하면 된다.", "",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([P1, P2, P3]), st.sampled_from(GLUED)), min_size=1, max_size=6))
def test_no_sentence_is_split(pieces: list[tuple[str, str]]) -> None:
    """Sentences with anything glued behind them, on lines of their own or all on one line, come out whole."""
    for lines in ([sentence + glue for sentence, glue in pieces], ["".join(map("".join, pieces))]):
        result = cleaned(*lines)
        out = [line.text for line in result.kept] + [receipt.text for receipt in result.removed]
        for sentence, _ in pieces:
            assert any(sentence in text for text in out), out


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        (f"{P1} 강솔 기자 sol@hanbit.test■ 판결의 의미", [P1, "강솔 기자 sol@hanbit.test", "■ 판결의 의미"]),
        ("강솔 기자 sol@hanbit.test[많이 본 기사]▶ 나루섬", ["강솔 기자 sol@hanbit.test", "[많이 본 기사]▶ 나루섬"]),
        (f"{P1}정리=강솔 기자 sol@hanbit.test도가람 원장은?", [P1, "정리=강솔 기자 sol@hanbit.test", "도가람 원장은?"]),
        ("강솔 시장(왼쪽)이 웃고 있다. 하늘 기자 ha@hanbit.test한빛시는", ["강솔 시장(왼쪽)이 웃고 있다. 하늘 기자 ha@hanbit.test", "한빛시는"]),
    ],
    ids=["between two pieces", "before links", "before a heading", "a caption keeps its photographer"],
)  # fmt: skip
def test_signatures_inside_a_line_are_split_off(line: str, pieces: list[str]) -> None:
    assert split_inside(line) == pieces


@pytest.mark.parametrize(
    "line",
    [
        "제보는 강솔 기자 sol@hanbit.test로 보내면 된다.",
        f"{P1} 문의는 강솔 기자 sol@hanbit.test로 하면 된다.",
        "그는 “글을 썼다. 강솔 기자 sol@hanbit.test■ 표시”라고 적었다.",
        f"{P1} 강솔 기자 sol@hanbit.test",
    ],
    ids=["particle", "particle behind a sentence", "quotation", "end of the line"],
)
def test_addresses_inside_a_sentence_split_nothing(line: str) -> None:
    assert split_inside(line) == [line]


def test_pieces_on_one_page_lose_their_signatures() -> None:
    texts = [P1, "한빛=강솔 기자 sol@hanbit.test", "■ 예산은 어디서", f"{P2} 도가람 기자 ga@hanbit.test", P3]
    assert kept(*texts) == [P1, "■ 예산은 어디서", P2, P3]


@pytest.mark.parametrize("line", ["강솔 한빛대 교수·사회학", "강솔 가온의료원장", "강솔/한빛연구원장"])
def test_an_outside_writer_signs_below_the_text(line: str) -> None:
    assert rules_of(P1, P2, line) == ["byline.outside_writer"]


@pytest.mark.parametrize(
    "texts",
    [
        [P1, "강솔 한빛대 교수", "도가람 가온대 교수"],
        ["강솔 한빛대 교수", P1, P2],
        [P1, "▲강솔 한빛대 교수"],
        [P1, "강솔 한빛대 교수", P2],
        ["상을 받은 사람은 모두 한 명으로 그 이름은 다음과 같다.", "강솔 한빛대 교수"],
    ],
    ids=["a list of people", "a heading", "an item", "between paragraphs", "announced"],
)
def test_people_who_sign_nothing_stay(texts: list[str]) -> None:
    assert kept(*texts) == texts


def test_a_signature_broken_into_lines_goes_whole() -> None:
    found = cleaned(P1, P2, "강솔", "변호사·한빛연대 복지", "노동팀장")
    assert [line.text for line in found.kept] == [P1, P2]
    assert [receipt.text for receipt in found.removed] == ["강솔 변호사·한빛연대 복지 노동팀장"]


def test_a_signature_glued_to_the_first_sentence_as_well_goes_twice() -> None:
    found = cleaned(f"강솔 한빛연구원장{P1}", P2, "강솔 한빛연구원장")
    assert [line.text for line in found.kept] == [P1, P2]
    assert [receipt.zone for receipt in found.removed] == ["tail", "head"]


def test_a_pointer_to_the_printed_page_is_split_off() -> None:
    assert kept(f"{P1} ▶관련기사 8면", P2, P3) == [P1, P2, P3]


def test_a_slashed_writer_signs_above_the_text() -> None:
    assert rules_of("강솔/한빛대 교수·경제학", P1, P2) == ["byline.outside_writer"]


def test_a_team_is_listed_below_the_text() -> None:
    team = [
        "<특별취재팀>",
        "▼ 팀장",
        "강솔 경제부 차장",
        "도가람 하늘(산업부)",
        "문가온 기자(사회부)",
        "이나루(국제부)",
    ]
    assert kept(P1, P2, *team) == [P1, P2]


def test_every_rule_fires() -> None:
    """On a line of its own proof or on a fixture page; a rule that never does is dead weight."""
    drops = {
        found.id
        for rule in load_rules()
        for text in rule.drops
        for zone in rule.zones
        if (found := rulebook().find(Line(text), zone, CONTEXT))
    }
    pages = {
        receipt.rule
        for folder in FIXTURES.iterdir()
        for receipt in extract((folder / "page.html").read_bytes(), url=_url(folder)).removed
    }
    linked = {
        found.id
        for text in ("▶ 나루섬 다리 끊겼다", "나루섬 다리 석 달째 막혀...누가 고치나")
        if (found := rulebook().find(Line(text, links=1.0), "body", CONTEXT))
    }
    assert {rule.id for rule in load_rules()} - drops - pages - linked == set()


def _url(folder: Path) -> str:
    url: str = tomllib.loads((folder / "page.toml").read_text(encoding="utf-8"))["url"]
    return url
