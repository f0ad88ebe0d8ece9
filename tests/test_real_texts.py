"""Text dumps with what they must yield, which are not part of this project: skipped where they are not.

One test a dump and field, so that the failing name says which dump lost what. `expect` in the manifest beside the
dumps names the title, the sentences that must stand in the body (not all of them), the writers, the publisher and more.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import newsscrape
from newsscrape.article import Article

TEXTS = Path(__file__).parents[2] / "shared" / "texts"
MANIFEST = TEXTS / "manifest.jsonl"
ROWS = [json.loads(line) for line in MANIFEST.read_text(encoding="utf-8").splitlines()] if MANIFEST.exists() else []
EXPECTED: dict[str, dict[str, Any]] = {row["file"]: row["expect"] or {} for row in ROWS}
REFERENCE = "m000_reference.txt"
FIELDS = (
    "title",
    "body",
    "keep",
    "body_starts",
    "body_ends",
    "authors",
    "publisher",
    "published",
    "modified",
    "place",
    "portal",
    "source",
    "section",
    "tags",
    "language",
    "subtitles",
    "page",
    "body_missing",
)
# What is not right, and why. A dump that gets right fails here until its line is gone.
EXCEPTIONS = {
    ("s005_zum_interview.txt", "publisher"): "no line of the dump names the house; nothing is guessed",
    ("s026_daum_article.txt", "published"): "the time stands in the address, and the dump comes without one",
    (
        "s037_wowtv-amp_wire-reprint.txt",
        "source",
    ): "no line names the house that reprints the wire: it is the publisher",
    ("s023_ytn-video_video.txt", "source"): "the manifest means the house, which is the publisher",
}

pytestmark = pytest.mark.skipif(not ROWS, reason="the text dumps are not here")


@cache
def _article(file: str) -> Article:
    return newsscrape.normalize((TEXTS / file).read_text(encoding="utf-8"))


def _case(file: str, field: str) -> Any:
    reason = EXCEPTIONS.get((file, field))
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(file, field, id=f"{file.removesuffix('.txt')}/{field}", marks=marks)


def _check(article: Article, field: str, expected: Any) -> None:
    match field:
        case "title":
            assert article.title == expected
        case "body" | "keep":
            for sentence in expected:
                assert sentence in article.text.split("\n")
        case "body_starts":
            assert article.text.startswith(expected)
        case "body_ends":
            assert article.text.endswith(expected)
        case "authors":
            # "name (desk)" asks for the kind as well.
            desks = [name.removesuffix(" (desk)") for name in expected if name.endswith(" (desk)")]
            assert [author.name for author in article.authors] == [name.removesuffix(" (desk)") for name in expected]
            assert {author.kind for author in article.authors if author.name in desks} <= {"desk"}
        case "publisher" | "portal":
            outlet = getattr(article, field)
            assert (outlet.name if outlet else None) == expected
        case "published":
            # A dump that prints a day and no hour is expected as a day.
            moment = article.published_at.isoformat() if article.published_at else None
            assert (moment and moment[: len(expected or "")]) == expected
        case "modified":
            assert article.modified_at is not None
            assert article.modified_at.isoformat() == expected
        case "source":
            assert article.source_agency == expected
        case "section" | "language":
            assert getattr(article, field) == expected
        case "tags":
            assert list(article.tags) == expected
        case "subtitles":  # the lines, or how many
            assert (list(article.subtitles) if isinstance(expected, list) else len(article.subtitles)) == expected
        case "page":
            assert article.print_edition is not None
            assert f"{article.section} {article.print_edition.page}면" == expected
        case "body_missing":
            assert article.text == ""
        case "place":
            assert (article.dateline.place if article.dateline else None) == expected


@pytest.mark.parametrize(
    ("file", "field"),
    [
        _case(file, field)
        for file, expect in EXPECTED.items()
        for field in FIELDS
        if field in expect and expect.get("kind_expected") != "list"
    ],
)
def test_dump(file: str, field: str) -> None:
    _check(_article(file), field, EXPECTED[file][field])


@pytest.mark.parametrize("file", [file for file, expect in EXPECTED.items() if "kind_expected" in expect])
def test_kind_of_dump(file: str) -> None:
    try:
        found = _article(file).kind
    except newsscrape.NotAnArticle as refused:
        found = "list" if refused.kind == "search" else refused.kind  # the manifest calls results of a search a list
    assert found == EXPECTED[file]["kind_expected"]


@pytest.mark.parametrize("file", [file for file, expect in EXPECTED.items() if expect.get("recoverable")])
def test_dump_decoded_wrongly_reads_like_the_right_one(file: str) -> None:
    damaged, right = _article(file), _article(REFERENCE)
    assert (damaged.title, damaged.body, damaged.authors, damaged.publisher) == (
        right.title, right.body, right.authors, right.publisher,
    )  # fmt: skip
