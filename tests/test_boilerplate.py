"""Furniture rules prove themselves here: each `drops` must be taken, each `keeps` spared by every rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsscrape.boilerplate.cleaner import clean
from newsscrape.boilerplate.context import Context
from newsscrape.boilerplate.lines import Cleaned, Line
from newsscrape.boilerplate.rulebook import rulebook, why_line
from newsscrape.boilerplate.rules import Rule, load_rules, notes, read_rules
from newsscrape.errors import ProfileError

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
    assert rule.drops or rule.predicate == "marked_link"


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in load_rules()]
    assert sorted(set(ids)) == sorted(ids)


def cleaned(*texts: str, context: Context = CONTEXT) -> Cleaned:
    return clean([Line(text) for text in texts], context=context)


def kept(*texts: str) -> list[str]:
    return [line.text for line in cleaned(*texts).kept]
