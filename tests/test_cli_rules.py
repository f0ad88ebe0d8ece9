"""`newsscrape rules`: the list of rules, and why a line goes or stays."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from newsscrape.boilerplate.rules import load_rules
from newsscrape.cli import app

RUNNER = CliRunner()


def output(*arguments: str) -> list[str]:
    result = RUNNER.invoke(app, ["rules", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def test_list_names_every_rule_once() -> None:
    head, *rows = output()
    assert head.split("\t") == ["id", "zones", "why", "example"]
    assert [row.split("\t")[0] for row in rows] == [rule.id for rule in load_rules()]


def test_list_as_json_carries_the_proof() -> None:
    rows = {row["id"]: row for row in map(json.loads, output("--json"))}
    assert rows["share.button"]["zones"] == ["top", "head", "body", "tail", "foot"]
    assert "공유하기" in rows["share.button"]["drops"]
    assert rows["notes.editor"]["note"] == "editor"


@pytest.mark.parametrize(
    ("line", "zone", "rule", "says"),
    [
        ("공유하기", "tail", "share.button", "takes it"),
        ("  공유하기 ", "tail", "share.button", "takes it"),
        ("▶ 골목의 재발견", "tail", "promotion.marked", "in company"),
        ("이 시각 주요뉴스", "body", None, "related.list would take it, but it fires in"),
        ("작업장은 내년 봄에 문을 연다.", "tail", None, "no rule matches"),
        ("- Copyrights ⓒ 한빛신문, 무단 전재 및 재배포 금지 -", "tail", "copyright.reserved", "takes it"),
        (
            "▶ 네이버에서 한빛일보 구독하기",
            "top",
            None,
            "subscribe.invitation would take it, but it fires in tail, foot",
        ),
        (
            "비가 왔다고 말했다. 강솔 기자 sol@hanbit.test",
            "body",
            None,
            "this goes: '강솔 기자 sol@hanbit.test' (byline.signature)",
        ),
        ("(한빛=연합뉴스) 강솔 기자 = 비가 왔다.", "body", None, "stays without '(한빛=연합뉴스) 강솔 기자 ='"),
        ("강솔(왼쪽)이 상을 받고 있다", "body", None, "it is the caption"),
        ("경향신문", "head", "publisher.alone", "takes it"),
    ],
)
def test_why(line: str, zone: str, rule: str | None, says: str) -> None:
    (row,) = map(json.loads, output("why", line, "--zone", zone, "--json"))
    assert (row["zone"], row["rule"]) == (zone, rule)
    assert says in row["reason"]


def test_why_asks_every_zone() -> None:
    head, *rows = output("why", "강솔 기자 sol@hanbit.test")
    assert head.split("\t") == ["zone", "rule", "reason"]
    assert [row.split("\t")[:2] for row in rows] == [
        ["top", "byline.signature"],
        ["head", "byline.signature"],
        ["body", "byline.mailed"],
        ["tail", "byline.signature"],
        ["foot", "byline.signature"],
    ]


@pytest.mark.parametrize("wrong", [["공유하기", "--zone", "middle"], ["  "]], ids=["zone", "empty line"])
def test_wrong_use(wrong: list[str]) -> None:
    result = RUNNER.invoke(app, ["rules", "why", *wrong])
    assert result.exit_code == 2
    assert result.stdout == ""
