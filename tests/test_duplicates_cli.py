"""`newsscrape duplicates` and `newsscrape export --dedup`, typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from articles import keep
from test_clusters import EVERYTHING
from typer.testing import CliRunner, Result

import newsscrape
from newsscrape.archive import open_archive
from newsscrape.cli import app


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An archive in the folder where the commands are typed."""
    monkeypatch.chdir(tmp_path)
    with open_archive("newsscrape.db") as archive:
        keep(archive, EVERYTHING)
        yield


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, [*words])


def test_copies_are_shown_with_the_likely_origin(news: None) -> None:
    done = typed("duplicates", "hanbit:3")
    assert done.exit_code == 0
    assert "4 near copies" in done.stdout
    lines = [line.split() for line in done.stdout.splitlines() if line.strip().startswith("hanbit:")]
    assert [line[0] for line in lines] == ["hanbit:1", "hanbit:3", "hanbit:2", "hanbit:4"]
    assert lines[1][1:6] == ["hanbit", "2026-03-02", "10:00", "100%", "100%"]
    assert "The likely origin is hanbit:1: it is the agency's own." in done.stdout


def test_copies_as_json(news: None) -> None:
    said = json.loads(typed("duplicates", "hanbit:4", "--json").stdout)
    assert {name: said[name] for name in ("id", "cluster", "origin")} == {
        "id": "hanbit:4",
        "cluster": "hanbit:1",
        "origin": "hanbit:1",
    }
    assert [copy["id"] for copy in said["copies"]] == ["hanbit:1", "hanbit:3", "hanbit:2", "hanbit:4"]
    assert set(said["copies"][0]) == {"id", "site", "url", "title", "published_at", "alike", "contained"}
    assert 0.3 < said["copies"][0]["alike"] < said["copies"][0]["contained"] < 1


def test_an_article_is_found_by_its_address(news: None) -> None:
    assert "4 near copies" in typed("duplicates", "https://www.hanbit-ilbo.example/view/3").stdout


def test_an_article_that_has_none(news: None) -> None:
    done = typed("duplicates", "hanbit:7")
    assert (done.exit_code, done.stdout) == (0, "hanbit:7 has no near copies in the archive\n")
    said = json.loads(typed("duplicates", "hanbit:7", "--json").stdout)
    assert (said["origin"], said["why"], [copy["id"] for copy in said["copies"]]) == (None, None, ["hanbit:7"])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["duplicates", "hanbit:99"], "no article hanbit:99"),
        (["duplicates", "a", "--db", "no.db"], "there is no archive no.db"),
        (["export", "--dedup", "--cursor", "seen.json"], "--dedup does not go with --cursor"),
    ],
)
def test_wrong_use_is_exit_code_2(news: None, words: list[str], says: str) -> None:
    done = typed(*words)
    assert done.exit_code == 2 and says in done.stderr


def test_one_of_each_is_exported(news: None) -> None:
    done = typed("export", "--dedup")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [
        "hanbit:1",
        "hanbit:5",
        "hanbit:7",
        "hanbit:8",
    ]
    assert done.stderr.endswith("4 articles\n")


def test_one_of_each_and_the_last_of_each_story_go_together(news: None) -> None:
    assert typed("export", "--dedup", "--latest").stderr.endswith("4 articles\n")


def test_copies_for_a_script(news: None) -> None:
    found = newsscrape.find_duplicates("hanbit:3")
    assert found is not None and found.copies[0].id == "hanbit:1"
    assert newsscrape.find_duplicates("hanbit:99") is None
