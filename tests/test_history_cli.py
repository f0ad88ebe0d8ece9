"""`newsscrape history`, typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from articles import MORNING, article, keep
from typer.testing import CliRunner, Result

from newsscrape.archive import Archive, open_archive
from newsscrape.archive.revisions import note_removed
from newsscrape.article import Author
from newsscrape.cli import app

FIRST = "새 다리가 열렸다. 주민 10명이 건넜다. 다리는 길다. 다리는 넓다. 다리는 붉다."


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """An archive in the folder where the commands are typed; article 1 was edited, then removed."""
    monkeypatch.chdir(tmp_path)
    with open_archive("newsscrape.db") as archive:
        keep(archive, [article(1, text=FIRST), article(2)])
        later = MORNING + timedelta(days=2)
        edited = article(
            1,
            title="새 다리 놓았다",
            text=FIRST.replace("10명이", "12명이"),
            authors=(Author(name="나새별", role="기자"),),
            fetched_at=later,
            content_hash="c1b",
        )
        keep(archive, [edited])
        with archive.write() as connection:
            note_removed(connection, ["hanbit:1"], later + timedelta(days=1))
        yield archive


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, ["history", *words])


def test_versions_are_told_with_what_differs(news: Archive) -> None:
    done = typed("hanbit:1")
    assert done.exit_code == 0
    assert "1  2026-03-03 09:30  first" in done.stdout
    assert "2  2026-03-04 09:30  edit: title, body, byline" in done.stdout
    assert "+ title: 새 다리 놓았다" in done.stdout
    assert "- reporters: 나한빛 기자, 경제부" in done.stdout and "+ reporters: 나새별 기자" in done.stdout
    assert "- 주민 10명이 건넜다." in done.stdout and "+ 주민 12명이 건넜다." in done.stdout
    assert "2026-03-05 09:30  removed by the publisher" in done.stdout


def test_sentences_that_stayed_are_counted(news: Archive) -> None:
    assert "(2 sentences as before)" in typed("hanbit:1").stdout


def test_an_article_is_found_by_its_address(news: Archive) -> None:
    assert "first" in typed("https://www.hanbit-ilbo.example/view/2").stdout


def test_everything_as_json(news: Archive) -> None:
    said = json.loads(typed("hanbit:1", "--json").stdout)
    assert [version["revision"] for version in said["versions"]] == ["first", "edit", "removed"]
    assert said["versions"][1]["changed"] == ["title", "body", "byline"]
    assert said["versions"][1]["record"]["title"] == "새 다리 놓았다"
    assert said["versions"][2]["record"] is None


def test_the_story_is_named(news: Archive) -> None:
    chain = [
        article(5, title="[속보] 새 다리", labels=("속보",), published_at=MORNING),
        article(6, title="새 다리(종합)", labels=("종합",), published_at=MORNING + timedelta(hours=1)),
    ]
    keep(news, chain)
    assert "hanbit:5, hanbit:6" in typed("hanbit:5").stdout


@pytest.mark.parametrize(
    ("words", "says"), [(["hanbit:9"], "no article hanbit:9"), (["a", "--db", "no.db"], "there is no archive no.db")]
)
def test_wrong_use_is_exit_code_2(news: Archive, words: list[str], says: str) -> None:
    done = typed(*words)
    assert done.exit_code == 2 and says in done.stderr


def exported(*words: str) -> list[str]:
    done = CliRunner().invoke(app, ["export", *words])
    assert done.exit_code == 0, done.stderr
    return [json.loads(line)["id"] for line in done.stdout.splitlines()]


def test_exports_of_all_revisions_and_of_the_newest(news: Archive) -> None:
    assert exported("--all-revisions") == ["hanbit:1", "hanbit:2", "hanbit:1"]
    assert exported("--all-revisions", "--query", "12명이") == ["hanbit:1", "hanbit:1"]
    assert exported() == ["hanbit:1", "hanbit:2"]


def test_exports_that_cannot_be_combined(news: Archive) -> None:
    both = CliRunner().invoke(app, ["export", "--latest", "--all-revisions"])
    assert both.exit_code == 2 and "give one of them" in both.stderr
    cursor = CliRunner().invoke(app, ["export", "--latest", "--cursor", "c.json"])
    assert cursor.exit_code == 2 and "does not go with --cursor" in cursor.stderr


def test_a_cursor_of_all_revisions_goes_on(news: Archive) -> None:
    assert len(exported("--all-revisions", "--cursor", "c.json")) == 3
    keep(news, [article(2, title="또 고친 제목", fetched_at=MORNING + timedelta(days=9))])
    assert exported("--all-revisions", "--cursor", "c.json") == ["hanbit:2"]
