"""A wrong cut is the costliest error: sentences that look like furniture stay, wherever in a text they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import SENTENCES

from newsscrape.boilerplate.cleaner import clean
from newsscrape.boilerplate.context import Context
from newsscrape.boilerplate.lines import Line

FORMS = (Path(__file__).parent / "forms" / "kept.txt").read_text(encoding="utf-8").splitlines()
KEPT = [form for form in FORMS if form and not form.startswith("# ")]
CONTEXT = Context(title="한빛시, 옛 방직공장에 시민 도서관 연다", names=frozenset(["한빛마을신문"]))
SIGNED = ("강솔 기자 sol@hanbit.example", "<저작권자 ⓒ 한빛마을신문, 무단 전재 및 재배포 금지>")


def kept(*texts: str) -> list[str]:
    return [line.text for line in clean([Line(text) for text in texts], context=CONTEXT).kept]


@pytest.mark.parametrize("text", KEPT)
def test_first(text: str) -> None:
    assert kept(text, *SENTENCES, *SIGNED) == [text, *SENTENCES]


@pytest.mark.parametrize("text", KEPT)
def test_inside(text: str) -> None:
    assert kept(*SENTENCES[:2], text, *SENTENCES[2:], *SIGNED) == [*SENTENCES[:2], text, *SENTENCES[2:]]


@pytest.mark.parametrize("text", KEPT)
def test_last(text: str) -> None:
    assert kept(*SENTENCES, text, *SIGNED) == [*SENTENCES, text]


@pytest.mark.parametrize("text", KEPT)
def test_last_without_signature(text: str) -> None:
    assert kept(*SENTENCES, text) == [*SENTENCES, text]
