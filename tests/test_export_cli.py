"""`newsscrape export`, typed: filters, pipes, and exports that go on from the last one."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from articles import article, bare, keep
from typer.testing import CliRunner, Result

from newsscrape.archive import Archive, open_archive
from newsscrape.cli import app


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """An archive in the folder where the commands are typed."""
    monkeypatch.chdir(tmp_path)
    with open_archive("newsscrape.db") as archive:
        keep(
            archive,
            [article(1), article(2, kind="editorial", section_code="opinion"), article(3, text="기차가 달린다.")],
        )
        keep(archive, [bare()], site="other")
        yield archive


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, ["export", *words])


def ids(text: str) -> list[int]:
    return [int(json.loads(line)["id"].partition(":")[2]) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], [1, 2, 3, 0]),
        (["--site", "hanbit"], [1, 2, 3]),
        (["--site", "hanbit", "--site", "other"], [1, 2, 3, 0]),
        (["--since", "2026-03-02T11:30"], [2, 3]),
        (["--until", "2026-03-02T11:30"], [1, 2]),
        (["--section", "opinion"], [2]),
        (["--kind", "article", "--site", "hanbit"], [1, 3]),
        (["--query", "기차"], [3]),
    ],
    ids=lambda value: " ".join(map(str, value)) or "all",
)
def test_filters(news: Archive, words: list[str], found: list[int]) -> None:
    done = typed(*words)
    assert done.exit_code == 0
    assert ids(done.stdout) == found
    assert done.stderr.endswith(f"{len(found)} articles\n")


def test_a_file_and_a_layout(news: Archive) -> None:
    done = typed("-o", "a.jsonl.gz", "--as", "schema-org", "--kind", "editorial")
    assert (done.exit_code, done.stdout) == (0, "")
    (line,) = gzip.decompress(Path("a.jsonl.gz").read_bytes()).splitlines()
    assert json.loads(line)["@type"] == "OpinionNewsArticle"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--db", "nothing.db"], "there is no archive nothing.db"),
        (["--db", "sqlite:///nothing.db"], "there is no archive sqlite:///nothing.db"),
        (["--section", "weather"], "--section 'weather' is unknown; there are politics"),
        (["--kind", "news"], "--kind 'news' is unknown"),
        (["--since", "gestern"], "--since"),
        (["--fields", "id,titel"], "no field titel"),
        (["-o", "a.txt"], "the name tells no format"),
        (["-o", "a.csv", "--as", "zyte"], "zyte cannot be written as csv"),
        (["-o", "a.jsonl", "--cursor", "c", "--until", "1d"], "--until does not go with --cursor"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_told(news: Archive, words: list[str], said: str) -> None:
    done = typed(*words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert sorted(path.name for path in Path().iterdir() if "newsscrape.db" not in path.name) == []


def test_an_archive_on_a_server(archive: Archive, database: str) -> None:
    keep(archive, [article(1), article(2)])
    assert ids(typed("--db", database).stdout) == [1, 2]


def test_a_reader_that_leaves_ends_the_export_with_a_word(news: Archive) -> None:
    keep(news, [article(number, text="다리 " * 5000) for number in range(4, 60)])
    command = f"{sys.executable} -m newsscrape export | head -c 10"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    assert "standard output cannot be written: Broken pipe" in done.stderr
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr


def test_a_cursor_goes_on_from_the_last_export(news: Archive) -> None:
    assert ids(typed("--cursor", "c").stdout) == [1, 2, 3, 0]
    assert ids(typed("--cursor", "c").stdout) == []
    keep(news, [article(4), article(1, text="고침")])
    assert ids(typed("--cursor", "c").stdout) == [4, 1]
    assert ids(typed("--cursor", "c").stdout) == []


def test_a_cursor_under_filters_passes_what_does_not_match(news: Archive) -> None:
    words = ["--cursor", "c", "--query", "기차", "--since", "9999d"]
    assert ids(typed(*words).stdout) == [3]
    keep(news, [article(4), article(5, text="기차가 멈췄다.")])
    assert ids(typed(*words).stdout) == [5]


def test_an_export_that_fails_leaves_the_cursor_where_it_was(news: Archive) -> None:
    assert typed("--cursor", "c", "-o", "no/a.jsonl").exit_code == 2
    assert ids(typed("--cursor", "c").stdout) == [1, 2, 3, 0]


def test_what_was_exported_last_is_not_overwritten_by_what_is_new(news: Archive) -> None:
    assert typed("--cursor", "c", "-o", "a.jsonl").exit_code == 0
    done = typed("--cursor", "c", "-o", "a.jsonl")
    assert done.exit_code == 2 and "name another file" in done.stderr
    assert ids(Path("a.jsonl").read_text(encoding="utf-8")) == [1, 2, 3, 0]


def test_a_cursor_of_another_selection_is_refused(news: Archive) -> None:
    typed("--cursor", "c", "--site", "other")
    done = typed("--cursor", "c")
    assert done.exit_code == 2 and "an export with other options (site ['other']; now all articles)" in done.stderr


def test_a_cursor_of_another_archive_is_refused(news: Archive) -> None:
    typed("--cursor", "c")
    open_archive("new.db").close()
    done = typed("--cursor", "c", "--db", "new.db")
    assert done.exit_code == 2 and "c belongs to another archive" in done.stderr


def test_an_archive_set_back_to_a_backup_is_noticed(news: Archive) -> None:
    typed("--cursor", "c")
    ahead = json.loads(Path("c").read_text()) | {"change": 99}
    Path("c").write_text(json.dumps(ahead))
    assert "c belongs to another archive" in typed("--cursor", "c").stderr


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"archive": 1, "selection": 2, "change": 3}', "id,title"])
def test_a_file_that_is_no_cursor_is_refused_and_kept(news: Archive, content: str) -> None:
    Path("c").write_text(content)
    done = typed("--cursor", "c")
    assert done.exit_code == 2 and "c is no cursor of an export" in done.stderr
    assert Path("c").read_text() == content
