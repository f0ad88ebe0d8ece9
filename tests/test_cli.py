"""The command line as a person or a script uses it: data on stdout, words on stderr, exit codes."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from newsscrape.cli import progress
from newsscrape.crawl_report import Report, SiteReport

ROOT = Path(__file__).parent.parent
TWIN = ROOT / "fixtures" / "portal-twin"
PAGE = ROOT / "fixtures" / "articles" / "ndsoft-skin-2020" / "page.html"


def run(*words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from newsscrape.cli import main; main()", *words]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)


def test_extract_prints_one_record_a_page() -> None:
    done = run("extract", str(PAGE), str(TWIN / "page.html"))
    assert done.returncode == 0
    records = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [bool(record["title"]) for record in records] == [True, True]


def test_extract_reads_stdin() -> None:
    assert json.loads(run("extract", "-", stdin=PAGE.read_bytes()).stdout)["body"]


def test_korean_is_shown_as_it_is() -> None:
    out = run("normalize", str(TWIN / "page.txt")).stdout
    assert b"\\u" not in out
    assert json.loads(out)["title"].encode() in out


def test_normalize_tells_every_cut() -> None:
    record = json.loads(run("normalize", str(TWIN / "page.txt"), "--pretty").stdout)
    assert {"컨텐츠 바로가기"} <= {cut["text"] for cut in record["removed"]}
    assert all(cut["rule"] for cut in record["removed"])


def test_without_audit_the_article_stands_alone() -> None:
    record = json.loads(run("normalize", str(TWIN / "page.txt"), "--no-audit").stdout)
    assert "removed" not in record
    assert record["text"]


def test_warnings_go_to_stderr() -> None:
    done = run("normalize", str(TWIN / "page.txt"))
    assert "does not say when" in done.stderr.decode()


def test_a_page_that_is_no_article_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    bad = tmp_path / "gone.html"
    bad.write_text("<title>삭제된 기사입니다</title><p>삭제된 기사입니다.</p>", encoding="utf-8")
    done = run("extract", str(bad), str(PAGE))
    assert done.returncode == 1
    assert "gone.html: NotAnArticle" in done.stderr.decode()
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["extract", "nowhere.html"], "cannot read nowhere.html"),
        (["extract", str(PAGE), "--fetched-at", "soon"], "is no time"),
        (["sites", "show", "yonhap"], "no site profile is called"),
        (["crawl", "ynaa"], "did you mean yna"),
        (["extract"], "Missing argument"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else None,
)
def test_wrong_use_is_explained_with_exit_code_2(words: list[str], says: str) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert says in done.stderr.decode()
    assert done.stdout == b""


def test_sites_list_and_show() -> None:
    assert "연합뉴스" in run("sites", "list").stdout.decode()
    keys = [json.loads(line)["key"] for line in run("sites", "list", "--json").stdout.splitlines()]
    assert {"yna", "naver", "zum", "kbs"} <= set(keys)
    assert json.loads(run("sites", "show", "https://www.yna.co.kr/view/AKR20261120000100001").stdout)["key"] == "yna"


def test_schema_is_json_schema_and_records_obey_it() -> None:
    import jsonschema

    schema = json.loads(run("schema").stdout)
    record = json.loads(run("extract", str(PAGE)).stdout)
    jsonschema.validate(record, schema)


@pytest.mark.parametrize("command", ["extract", "normalize", "crawl", "sites", "schema", "demo"])
def test_help_teaches_with_an_example(command: str) -> None:
    out = run(command, "--help").stdout.decode()
    assert out.count(f"newsscrape {command}") >= 1 or command == "sites"
    assert "\x1b[" not in out


def test_version() -> None:
    assert run("--version").stdout.decode().startswith("newsscrape ")


@pytest.mark.parametrize("sites", [(), ("hanbit",)], ids=["before-the-first-site", "with-a-site"])
def test_progress_elsewhere_is_told_as_soon_as_there_is_some(
    sites: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_PLAIN_SECONDS", 0.0)
    screen = Console(file=io.StringIO())
    with progress.watching(screen) as watch:
        watch(Report(sites={key: SiteReport(key, key) for key in sites}))
    assert screen.file.getvalue() == "".join(f"read so far: {key} 0/0\n" for key in sites)
