"""`newsscrape search`, typed."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from articles import article, bare, keep
from sqlalchemy import insert
from typer.testing import CliRunner, Result

from newsscrape.archive import Archive, open_archive
from newsscrape.archive.tables import schema_versions
from newsscrape.cli import app


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """An archive in the folder where the commands are typed."""
    monkeypatch.chdir(tmp_path)
    with open_archive("newsscrape.db") as archive:
        keep(archive, [article(1), article(2, kind="column", text="기차가 달린다."), article(3)])
        keep(archive, [bare().model_copy(update={"title": "다리 소식"})], site="other")
        yield archive


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, ["search", *words])


def test_what_was_found_is_told_with_the_place(news: Archive) -> None:
    done = typed("주민", "건넜다", "--limit", "1")
    assert done.exit_code == 0
    assert done.stdout == (
        '2026-03-02 12:30  한빛일보  [단독] "새 다리" 놓는다, 3\n'
        "    새 다리가 열렸다. «주민»들이 «건넜다».\n"
        "    hanbit:3  https://www.hanbit-ilbo.example/view/3\n\n"
    )
    assert done.stderr == "the newest 1 of more; --limit shows more, `newsscrape export --query` writes them all\n"


def test_an_article_that_says_little_is_told_too(news: Archive) -> None:
    assert typed("소식").stdout == "no time           other  다리 «소식»\n    \n    hanbit:0\n\n"


def test_json_has_the_places_of_the_words(news: Archive) -> None:
    first, *others = map(json.loads, typed('"새 다리" 건넜다', "--json").stdout.splitlines())
    assert [one["id"] for one in (first, *others)] == ["hanbit:3", "hanbit:1"]
    assert first["published_at"] == "2026-03-02T12:30:00+09:00"
    assert first["publisher"] == "한빛일보"
    assert [first["title"][start:end] for start, end in first["title_matches"]] == ["새 다리"]
    assert [first["snippet"][start:end] for start, end in first["snippet_matches"]] == ["새 다리", "건넜다"]


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        (["--site", "other"], [0]),
        (["--kind", "column"], [2]),
        (["--section", "economy"], [3, 2, 1]),
        (["--since", "2026-03-02T12:00"], [3]),
        (["--until", "2026-03-02T11:00"], [1]),
        (["--limit", "2"], [3, 2]),
        (["--db", "newsscrape.db"], [3, 2, 1, 0]),
    ],
    ids=str,
)
def test_options_choose(news: Archive, options: list[str], numbers: list[int]) -> None:
    lines = typed("다리", "--json", *options).stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [f"hanbit:{number}" for number in numbers]


def test_nothing_found_is_said_and_no_failure(news: Archive) -> None:
    done = typed("없는말")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "nothing found\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([""], "nothing to look for"),
        (['""'], "nothing to look for"),
        (["낱말" + str(number) for number in range(70)], "70 words are too many"),
        (["다리", "--since", "neulich"], "--since: 'neulich' is no moment"),
        (["다리", "--kind", "news"], "--kind 'news' is unknown"),
        (["다리", "--db", "nothing.db"], "there is no archive nothing.db"),
        (["다리", "--db", "notes.txt"], "notes.txt is no SQLite file"),
    ],
    ids=str,
)
def test_wrong_use_is_said(news: Archive, words: list[str], said: str) -> None:
    Path("notes.txt").write_text("no database at all")
    done = typed(*words)
    assert done.exit_code == 2
    assert said in done.stderr and not done.stdout


def test_an_archive_of_a_newer_version_is_left_alone(news: Archive) -> None:
    with news.write() as connection:
        connection.execute(insert(schema_versions).values(number=99, applied_at=news.now()))
    done = typed("다리")
    assert done.exit_code == 2
    assert "newer newsscrape (schema 99" in done.stderr


def test_the_words_are_coloured_on_a_terminal(news: Archive) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "newsscrape", "search", "건넜다", "--limit", "1"]
    environment = {**os.environ, "TERM": "xterm-256color", "PYTHONUTF8": "1"}
    environment.pop("NO_COLOR", None)
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=environment) as child:
        child.wait(30)
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert "\x1b[1;33m건넜다\x1b[0m" in shown and "«" not in shown
