"""`newsscrape archive`, typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from articles import article, keep
from sqlalchemy import text
from typer.testing import CliRunner, Result

from newsscrape.archive import Archive, open_archive
from newsscrape.cli import app


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """An archive in the folder where the commands are typed."""
    monkeypatch.chdir(tmp_path)
    with open_archive("newsscrape.db") as archive:
        keep(archive, [article(number) for number in (1, 2, 3)])
        yield archive


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, ["archive", *words])


def ids(archive: Archive) -> list[str]:
    with archive.read() as connection:
        return list(connection.execute(text("SELECT id FROM articles ORDER BY seq")).scalars())


def test_stats_are_tables(news: Archive) -> None:
    done = typed("stats")
    assert done.exit_code == 0
    assert "newsscrape.db" in done.stdout and "3 articles" in done.stdout
    assert "hanbit" in done.stdout and "articles" in done.stdout and "KB" in done.stdout


def test_stats_as_json(news: Archive) -> None:
    said = json.loads(typed("stats", "--json").stdout)
    assert said["articles"] == 3 and said["size"] > 0
    assert said["sites"][0]["first"] == "2026-03-02T10:30:00+09:00"


def test_a_sound_archive(news: Archive) -> None:
    done = typed("check")
    assert (done.exit_code, done.stderr) == (0, "newsscrape.db is sound\n")


def test_faults_are_told_with_exit_code_1(news: Archive) -> None:
    with news.write() as connection:
        connection.execute(text("UPDATE articles SET record = '{' WHERE id = 'hanbit:2'"))
    done = typed("check")
    assert done.exit_code == 1
    assert "1 x its record cannot be read" in done.stderr and "hanbit:2" in done.stderr


def test_mended_faults_are_exit_code_0(news: Archive) -> None:
    with news.write() as connection:
        connection.execute(text("INSERT INTO outbox VALUES ('/o', 'hanbit:9', 'r', 0)"))
    assert typed("check").exit_code == 1
    assert typed("check", "--mend").exit_code == 0
    assert typed("check").exit_code == 0


def test_reindex(news: Archive) -> None:
    assert typed("reindex").exit_code == 0


def test_vacuum_tells_both_sizes(news: Archive) -> None:
    done = typed("vacuum")
    assert done.exit_code == 0 and " before, " in done.stderr and done.stderr.endswith(" now\n")


def test_backup(news: Archive, tmp_path: Path) -> None:
    assert typed("backup", "copy.db").exit_code == 0
    again = typed("backup", "copy.db")
    assert again.exit_code == 2 and "copy.db is there" in again.stderr
    assert typed("backup", "copy.db", "--replace").exit_code == 0
    with open_archive(tmp_path / "copy.db") as copy:
        assert ids(copy) == ids(news)


def test_prune_asks_before_anything_goes(news: Archive) -> None:
    done = typed("prune", "--before", "2026-03-02T12:00")
    assert done.exit_code == 2
    assert "2 articles are to go: 2 of hanbit" in done.stderr and "--yes" in done.stderr
    assert len(ids(news)) == 3


def test_prune_with_yes(news: Archive) -> None:
    done = typed("prune", "--before", "2026-03-02T12:00", "--yes")
    assert done.exit_code == 0 and "2 articles removed" in done.stderr
    assert ids(news) == ["hanbit:3"]


def test_prune_with_nothing_to_do(news: Archive) -> None:
    done = typed("prune", "--before", "2020-01-01", "--yes")
    assert (done.exit_code, done.stderr) == (0, "nothing was published before 2020-01-01 00:00\n")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["prune", "--before", "soon"], "--before"),
        (["prune", "--before", "1d", "--kind", "essay"], "--kind 'essay' is unknown"),
        (["prune", "--before", "1d", "--versions", "--kind", "column"], "does not go with --versions"),
        (["delete", "hanbit:9"], "newsscrape.db has no article hanbit:9"),
        (["stats", "--db", "nowhere.db"], "there is no archive nowhere.db"),
    ],
)
def test_wrong_use_is_exit_code_2(news: Archive, words: list[str], says: str) -> None:
    done = typed(*words)
    assert done.exit_code == 2 and says in done.stderr
    assert len(ids(news)) == 3


def test_delete_by_address(news: Archive) -> None:
    done = typed("delete", "https://www.hanbit-ilbo.example/view/2", "--yes", "--reason", "asked")
    assert (done.exit_code, done.stderr) == (0, "hanbit:2 is deleted\n")
    assert ids(news) == ["hanbit:1", "hanbit:3"]


def test_delete_shows_the_title_before_it_asks(news: Archive) -> None:
    done = typed("delete", "hanbit:2")
    assert done.exit_code == 2 and "새 다리" in done.stderr
    assert len(ids(news)) == 3
