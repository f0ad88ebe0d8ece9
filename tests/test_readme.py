"""The README is a manual: what it tells a reader to type is typed here, in a folder of its own."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from articles import KST, article, keep
from warcs import Kept, write_warc

from newsscrape.archive import open_archive
from newsscrape.archive.articles import Articles
from newsscrape.archive.selection import read
from newsscrape.cli.newsroom import Newsroom, newsroom_folder
from newsscrape.export.exporting import export

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGE = ROOT / "fixtures" / "articles" / "ndsoft-skin-2020" / "page.html"
DUMP = ROOT / "fixtures" / "portal-twin" / "page.txt"
ENVIRONMENT = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def commands(start: str) -> list[str]:
    return [line for block in blocks("console") for line in block.splitlines() if line.startswith(start)]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder as the README's reader has it: a saved page and a dump."""
    shutil.copy(PAGE, tmp_path / "page.html")
    shutil.copy(DUMP, tmp_path / "dump.txt")
    return tmp_path


def test_import_snippet(desk: Path) -> None:
    snippet = blocks("python")[0]
    done = subprocess.run([sys.executable, "-c", snippet], cwd=desk, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert len(lines) > 5
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+09:00 \['", lines[1])


@pytest.mark.parametrize("command", commands("newsscrape extract") + commands("newsscrape normalize"))
def test_export_commands(desk: Path, command: str) -> None:
    subprocess.run(command, shell=True, cwd=desk, env=ENVIRONMENT, check=True, capture_output=True)
    (line,) = (desk / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["title"]


@pytest.mark.parametrize("command", commands("newsscrape rules") + commands("newsscrape sites"))
def test_commands_that_only_tell(desk: Path, command: str) -> None:
    done = subprocess.run(command, shell=True, cwd=desk, env=ENVIRONMENT, check=True, capture_output=True, text=True)
    assert done.stdout


def test_crawl_command_against_the_newsroom(tmp_path: Path) -> None:
    """The README's line, with the invented newsroom's keys; its hosts are reached by a proxy setting, as any proxy is."""
    (command,) = commands("newsscrape crawl yna hani")
    words = shlex.split(command)
    words = ["hanbit" if word == "yna" else word for word in words if word not in ("hani", "khan")]
    words[words.index("--since") + 1] = "2020-01-01"
    with newsroom_folder() as folder, Newsroom(folder) as newsroom, tempfile.TemporaryDirectory() as profiles:
        newsroom.write_profiles(Path(profiles))
        proxy = {"http_proxy": f"http://127.0.0.1:{newsroom.port}", "no_proxy": ""}
        done = subprocess.run(
            [*words, "--sites", profiles, "--delay", "0.5", "--limit", "2"],
            cwd=tmp_path,
            env={**ENVIRONMENT, **proxy},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    records = [json.loads(line) for line in (tmp_path / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(records) == 2, done.stderr
    assert {record["publisher"]["name"] for record in records} == {"한빛일보"}
    assert all("news-desk@example.org" in asked.headers.get("User-Agent", "") for asked in newsroom.asked)


def test_crawl_snippet_against_the_newsroom(tmp_path: Path) -> None:
    """The README's lines, with an invented newsroom's key and its dates, and less patience."""
    snippet = blocks("python")[1]
    for old, new in {'"yna"': '"hanbit"', '"48h"': '"2020-01-01"', "limit=20": "limit=2, delay=0.5"}.items():
        assert old in snippet
        snippet = snippet.replace(old, new)
    with newsroom_folder() as folder, Newsroom(folder) as newsroom, tempfile.TemporaryDirectory() as profiles:
        newsroom.write_profiles(Path(profiles))
        proxy = {"http_proxy": f"http://127.0.0.1:{newsroom.port}", "no_proxy": "", "NEWSSCRAPE_SITES": profiles}
        done = subprocess.run(
            [sys.executable, "-c", snippet],
            cwd=tmp_path,
            env={**ENVIRONMENT, **proxy},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    lines = done.stdout.splitlines()
    assert len(lines) == 3, done.stderr
    assert lines[-1] == "2 new, 0 failures"


@pytest.fixture
def crawled(tmp_path: Path) -> Path:
    """A folder with an archive of two young articles."""
    young = datetime.now(KST) - timedelta(hours=2)
    with open_archive(tmp_path / "newsscrape.db") as archive:
        keep(archive, [article(number, published_at=young) for number in (1, 2)])
    return tmp_path


@pytest.mark.parametrize("command", commands("newsscrape export"))
def test_archive_export_commands(crawled: Path, command: str) -> None:
    if ".parquet" in command:
        pytest.importorskip("pyarrow")
    done = subprocess.run(command, shell=True, cwd=crawled, env=ENVIRONMENT, check=True, capture_output=True, text=True)
    assert done.stderr.endswith("2 articles\n")
    (made,) = (path for path in crawled.iterdir() if "newsscrape.db" not in path.name and path.name != "seen.json")
    assert made.stat().st_size > 100


@pytest.mark.parametrize("command", commands("newsscrape search"))
def test_archive_search_commands(crawled: Path, command: str) -> None:
    done = subprocess.run(command, shell=True, cwd=crawled, env=ENVIRONMENT, check=True, capture_output=True, text=True)
    assert done.stdout.count("hanbit:2") == 1 and not done.stderr


@pytest.mark.parametrize("command", commands("newsscrape history"))
def test_history_commands(crawled: Path, command: str) -> None:
    done = subprocess.run(command, shell=True, cwd=crawled, env=ENVIRONMENT, check=True, capture_output=True, text=True)
    assert "first" in done.stdout


@pytest.mark.parametrize("command", commands("newsscrape duplicates"))
def test_duplicates_commands(crawled: Path, command: str) -> None:
    done = subprocess.run(command, shell=True, cwd=crawled, env=ENVIRONMENT, check=True, capture_output=True, text=True)
    assert "hanbit:1" in done.stdout


@pytest.mark.parametrize("command", commands("newsscrape archive"))
def test_archive_care_commands(crawled: Path, command: str) -> None:
    done = subprocess.run(command, shell=True, cwd=crawled, env=ENVIRONMENT, check=True, capture_output=True, text=True)
    assert done.stdout or done.stderr
    assert ("copy.db" in command) == (crawled / "copy.db").exists()


@pytest.mark.parametrize("command", commands("newsscrape reprocess"))
def test_reprocess_commands(crawled: Path, command: str) -> None:
    url = "https://www.hanbit-ilbo.example/view/1"
    with open_archive(crawled / "newsscrape.db") as archive:
        kept = Articles(archive).record("hanbit:1")
    assert kept is not None
    write_warc(
        crawled / "pages" / "a.warc.gz", [Kept(url, moment=datetime.fromisoformat(json.loads(kept)["fetched_at"]))]
    )
    done = subprocess.run(command, shell=True, cwd=crawled, env=ENVIRONMENT, check=True, capture_output=True, text=True)
    assert ("1 new versions written" if "--write" in command else "Nothing is written") in done.stdout


def test_parquet_snippet(crawled: Path) -> None:
    for library in ("pyarrow", "duckdb", "pandas"):
        pytest.importorskip(library)
    with open_archive(crawled / "newsscrape.db") as archive:
        export((kept.record for kept in read(archive)), crawled / "articles.parquet")
    snippet = blocks("python")[2]
    done = subprocess.run(
        [sys.executable, "-c", snippet], cwd=crawled, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.count("한빛일보") == 2


def test_the_korean_readme_shows_the_same_crawl() -> None:
    assert f"```python\n{blocks('python')[1]}```" in (ROOT / "README.ko.md").read_text(encoding="utf-8")


def test_make_targets_that_the_readme_names_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)$", "\n".join(blocks("console")), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
