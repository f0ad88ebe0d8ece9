"""What changed between two versions of an article, and what kind of change it is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from articles import article

from newsscrape.article import Author, Note, to_json
from newsscrape.korean.stages import stage
from newsscrape.revisions.differences import changed_parts, kind_of_change
from newsscrape.revisions.sentences import sentences, side_by_side


def record(**facts: Any) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(to_json(article(1, **facts)))
    return said


OLD = record()


@pytest.mark.parametrize(
    ("facts", "changed"),
    [
        ({}, ()),
        ({"title": "다른 제목"}, ("title",)),
        ({"subtitles": ("한빛시 셋째 다리",)}, ("subtitles",)),
        ({"text": "새 다리가 열렸다.\n주민 둘이 건넜다."}, ("body",)),
        ({"authors": (Author(name="나새별", role="기자"),)}, ("byline",)),
        ({"authors": (Author(name="나한빛", role="특파원"), Author(name="경제부", kind="desk"))}, ("byline",)),
        ({"modified_at": article(2).modified_at}, ("times",)),
        ({"notes": (Note(kind="correction", text="이름을 바로잡습니다."),)}, ("notes",)),
        ({"title": "다른 제목", "text": "다른 글."}, ("title", "body")),
    ],
    ids=lambda value: " ".join(value) or "nothing",
)
def test_the_changed_parts_are_named(facts: dict[str, Any], changed: tuple[str, ...]) -> None:
    assert changed_parts(OLD, record(**facts)) == changed


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "[단독]  “새  다리” 놓는다, 1"},
        {"text": "새 다리가 열렸다. 주민들이  건넜다."},
        {
            "authors": (
                Author(name="나한빛", role="기자", email="new@hanbit.example"),
                Author(name="경제부", kind="desk"),
            )
        },
        {"tags": ("다른 말",)},
        {"notes": (Note(kind="helpline", text="도움이 필요하면 109"),)},
    ],
    ids=["quotes", "blanks", "mail", "tags", "helpline"],
)
def test_what_is_cosmetic_is_no_change(facts: dict[str, Any]) -> None:
    assert changed_parts(OLD, record(**facts)) == ()


def test_a_record_of_an_older_library_lacks_fields() -> None:
    old = {"id": "hanbit:1", "title": OLD["title"], "text": OLD["text"]}
    assert changed_parts(old, OLD) == ("subtitles", "byline", "times")
    assert kind_of_change(old, OLD) == "edit"


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ({}, {"text": "고친 글."}, "edit"),
        ({"labels": ("속보",)}, {"labels": ("1보",)}, "update"),
        ({"labels": ("2보",)}, {"labels": ("종합",)}, "update"),
        ({"labels": ("종합",)}, {"labels": ("종합2보",)}, "update"),
        ({"labels": ()}, {"labels": ("종합",)}, "update"),
        ({"labels": ("종합2보",)}, {"labels": ("종합2보",)}, "edit"),
        ({"labels": ("종합",)}, {"labels": ()}, "edit"),
        ({}, {"notes": (Note(kind="correction", text="바로잡습니다."),)}, "correction"),
        ({}, {"labels": ("정정",), "kind": "correction"}, "correction"),
        ({"notes": (Note(kind="correction", text="바로잡습니다."),)}, {"notes": (Note(kind="correction", text="바로잡습니다."),), "text": "또 고친 글."}, "edit"),
    ],
)  # fmt: skip
def test_kinds_of_changes(before: dict[str, Any], after: dict[str, Any], kind: str) -> None:
    assert kind_of_change(record(**before), record(**after)) == kind


def test_stages_stand_in_their_order() -> None:
    order = ["속보", "1보", "2보", "3보", "상보", "종합", "종합2보", "종합3보", "대체"]
    found = [stage([label]) for label in order]
    assert found == sorted(found, key=lambda one: -1 if one is None else one) and None not in found


@pytest.mark.parametrize("labels", [(), ("단독",), ("포토",), ("표",)])
def test_other_labels_are_no_stage(labels: tuple[str, ...]) -> None:
    assert stage(labels) is None


def test_sentences_end_where_korean_ends_them() -> None:
    assert sentences("새 다리가 열렸다. “좋다.” 그가 말했다.\n값은 3.5억 원이다.") == [
        "새 다리가 열렸다.",
        "“좋다.”",
        "그가 말했다.",
        "값은 3.5억 원이다.",
    ]


def test_differing_words_of_a_sentence_are_marked() -> None:
    lines = list(side_by_side("다리가 열렸다.\n주민 10명이 건넜다.", "다리가 열렸다.\n주민 12명이 건넜다."))
    assert [(line.sign, line.text) for line in lines] == [
        (" ", "다리가 열렸다."),
        ("-", "주민 10명이 건넜다."),
        ("+", "주민 12명이 건넜다."),
    ]
    assert [word for word, differs in lines[2].words if differs] == ["12명이"]


def test_sentences_that_came_or_went_are_whole() -> None:
    lines = list(side_by_side("하나다. 둘이다.", "하나다. 셋이다. 넷이다."))
    assert [(line.sign, line.text) for line in lines if line.sign != " "] == [
        ("-", "둘이다."),
        ("+", "셋이다."),
        ("+", "넷이다."),
    ]
    assert not any(differs for line in lines for _, differs in line.words)
