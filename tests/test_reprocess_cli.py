"""`newsscrape reprocess`, typed: after a crawl of our own, on files of other tools, and after accidents."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rounds import crawl_round, rows
from test_crawl import environment
from typer.testing import CliRunner, Result
from warcio.capture_http import capture_http
from warcs import ILBO, Kept, write_warc

from newsscrape.cli import app
from newsscrape.sites.loader import forget
from tests.town import Town

NEWSSCRAPE = Path(sys.executable).with_name("newsscrape")


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with Town(["hanbit"], lists=["feeds"]) as town:
        town["hanbit"].publish_many(3)
        yield town


@pytest.fixture(scope="module")
def crawled(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive and WARC files; the profile of then read only the first paragraph.

    The first article was edited between two rounds.
    """
    folder = tmp_path_factory.mktemp("crawled")
    town.profiles(folder / "today")
    profile = (folder / "today" / "hanbit.toml").read_text(encoding="utf-8")
    (folder / "then").mkdir()
    (folder / "then" / "hanbit.toml").write_text(profile.replace("div[@class='text']", "div[@class='text']/p[1]"))
    settings = {"NEWSSCRAPE_WARC": str(folder / "warc")}
    for _ in range(2):
        options = {"database": folder / "newsscrape.db", "refresh": 99999}
        crawl_round(folder / "then", sites=["hanbit"], settings=settings, **options)
        town["hanbit"].edit(1)
        town["hanbit"].touch(2)
    return folder


@pytest.fixture
def desk(crawled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, in which commands are typed today."""
    shutil.copytree(crawled, tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    monkeypatch.setenv("NEWSSCRAPE_SITES", str(tmp_path / "desk" / "today"))
    forget()
    return tmp_path / "desk"


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, ["reprocess", *words])


def test_what_differs_is_shown_and_nothing_is_written(desk: Path) -> None:
    done = typed("--warc", "warc")
    assert done.exit_code == 0, done.stderr
    assert "hanbit      0         3" in done.stdout
    assert "hanbit   body         0      0           3" in done.stdout
    assert "hanbit:3" in done.stdout and "   + " in done.stdout
    assert "Nothing is written; --write does" in done.stdout
    assert rows(desk / "newsscrape.db", "SELECT count(*) FROM articles WHERE revision = 'reprocessed'") == [(0,)]


def test_it_is_written_once(desk: Path) -> None:
    assert "3 new versions written" in typed("--warc", "warc", "--write").stdout
    second = typed("--warc", "warc", "--write")
    assert "hanbit      3         0" in second.stdout and "0 new versions written" in second.stdout
    versions = [("first",), ("edit",)]
    assert rows(desk / "newsscrape.db", "SELECT revision FROM revisions WHERE article = 'hanbit:1'") == versions


def test_history_shows_what_was_read_anew(desk: Path) -> None:
    typed("--warc", "warc", "--write")
    shown = CliRunner().invoke(app, ["history", "hanbit:3"]).stdout
    assert "reprocessed: body" in shown and "   + " in shown


def test_all_of_it_as_json(desk: Path) -> None:
    said = json.loads(typed("--warc", "warc", "--json", "--sample", "1").stdout)
    assert said["sites"]["hanbit"]["fields"] == {"body": {"different": 3}}
    assert said["sites"]["hanbit"]["older"] == 1  # the first article, before its edit
    (sample,) = said["sample"]
    assert sample["old"]["id"] == sample["new"]["id"] == sample["id"]


def test_a_crawl_reads_on_from_the_new_versions(desk: Path, town: Town) -> None:
    typed("--warc", "warc", "--write")
    options = {"database": desk / "newsscrape.db", "refresh": 99999}
    report = crawl_round(desk / "today", sites=["hanbit"], **options)["hanbit"]
    assert report["changed"] == 1  # the first article was edited again, after the second round


def test_a_file_that_was_cut_is_read_up_to_there_and_told(desk: Path) -> None:
    (file,) = sorted((desk / "warc").iterdir())[-1:]
    file.write_bytes(file.read_bytes()[:-40])
    done = typed("--warc", "warc")
    assert done.exit_code == 1
    assert f"{file.name} ends in the middle of the record at byte" in done.stderr
    assert "hanbit      0 " in done.stdout


def test_a_file_that_is_being_written_is_read_up_to_its_last_record(desk: Path) -> None:
    (file,) = sorted((desk / "warc").iterdir())[-1:]
    file.write_bytes(file.read_bytes()[:-40])
    file.rename(f"{file}.open")
    assert typed("--warc", "warc").exit_code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--warc", "nowhere"], "there is no file or folder nowhere"),
        (["--warc", "today"], "today holds no WARC files"),
        (["--warc", "warc", "--db", "no.db"], "there is no archive no.db"),
        (["--warc", "warc", "--since", "gestern"], "--since"),
    ],
)
def test_wrong_use_is_exit_code_2(desk: Path, words: list[str], says: str) -> None:
    done = typed(*words)
    assert done.exit_code == 2 and says in done.stderr


def test_after_a_kill_the_same_command_goes_on_and_writes_nothing_twice(tmp_path: Path) -> None:
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    file = write_warc(tmp_path / "a.warc.gz", [Kept(f"{ILBO}{n}", moment=moment) for n in range(120)])
    command = [str(NEWSSCRAPE), "reprocess", "--warc", str(file), "--add", "--write", "--db", str(tmp_path / "news.db")]
    child = subprocess.Popen(command, env=environment(tmp_path), stdout=subprocess.DEVNULL)
    patience = time.monotonic() + 60
    while time.monotonic() < patience and not _articles(tmp_path / "news.db"):
        time.sleep(0.02)
    child.send_signal(signal.SIGKILL)
    child.wait()
    before = _articles(tmp_path / "news.db")
    assert 0 < before < 120
    subprocess.run(command, env=environment(tmp_path), check=True, capture_output=True)
    assert _articles(tmp_path / "news.db") == 120
    assert rows(tmp_path / "news.db", "SELECT count(*) FROM revisions") == [(0,)]


def _articles(database: Path) -> int:
    try:
        return int(rows(database, "SELECT count(*) FROM articles")[0][0]) if database.exists() else 0
    except Exception:  # it is being made
        return 0


# Files of other tools: an archive made of nothing else.


def added(folder: Path, warc: Path) -> dict[str, str]:
    done = typed("--warc", str(warc), "--add", "--write", "--db", str(folder / "other.db"))
    assert done.exit_code == 0, done.stderr
    return dict(rows(folder / "other.db", "SELECT id, site FROM articles ORDER BY id"))


@pytest.mark.skipif(shutil.which("wget") is None, reason="wget is not installed")
def test_a_file_of_wgets(desk: Path, town: Town) -> None:
    addresses = [town["hanbit"].url(n) for n in (1, 2, 3)] + [
        town["hanbit"].url("/view/99"),
        town["hanbit"].url("/rss.xml"),
    ]
    proxy = {**os.environ, "http_proxy": f"http://127.0.0.1:{town.port}", "no_proxy": ""}
    command = ["wget", "--quiet", "--warc-file=wget", "--output-document=wget.out", "--tries=1", *addresses]
    subprocess.run(command, cwd=desk, env=proxy, check=False)
    assert added(desk, desk / "wget.warc.gz") == {f"hanbit:{n}": "hanbit" for n in (1, 2, 3)}


def test_a_file_of_warcios_recorder(desk: Path, town: Town) -> None:
    with capture_http(str(desk / "recorded.warc.gz"), warc_version="1.0"):
        for number in (1, 2):
            connection = http.client.HTTPConnection("127.0.0.1", town.port)
            connection.request("GET", f"/view/{number}", headers={"Host": f"hanbit.newsroom.test:{town.port}"})
            connection.getresponse().read()
            connection.close()
    # The recorder knows no host but the one that it was connected to: a site without a profile.
    assert list(added(desk, desk / "recorded.warc.gz").values()) == ["127.0.0.1", "127.0.0.1"]
