"""WARC files: what a crawl keeps is what was sent; a kill and a full disk leave nothing torn."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rounds import HASTY, crawl_round, rows
from test_crawl import environment
from warcio.archiveiterator import ArchiveIterator

from newsscrape.errors import WarcError
from newsscrape.warc import WarcFiles
from tests.town import Fault, Town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with Town(["hanbit"], lists=["feeds"]) as town:
        town["hanbit"].publish_many(3)
        town.profiles(tmp_path / "sites")
        yield town


def crawled(folder: Path, database: str | None = "news.db") -> None:
    options: dict[str, Any] = {} if database is None else {"database": folder / database}
    crawl_round(folder / "sites", sites=["hanbit"], settings={"NEWSSCRAPE_WARC": str(folder / "warc")}, **options)


def records(folder: Path) -> list[tuple[str, str | None, Any]]:
    found = []
    for file in sorted((folder / "warc").glob("*.warc.gz")):
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream):
                headers = record.rec_headers
                found.append((record.rec_type, headers["WARC-Target-URI"], headers))
                record.raw_stream.read()
    return found


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    files = map(str, (folder / "warc").iterdir())
    check = [sys.executable, "-m", "warcio.cli", "check", *files]
    return subprocess.run(check, capture_output=True, text=True, check=False)


def test_every_answer_is_kept_with_its_request(town: Town, tmp_path: Path) -> None:
    crawled(tmp_path)
    kept = records(tmp_path)
    assert kept[0][0] == "warcinfo"
    answers = {url: headers["WARC-Record-ID"] for kind, url, headers in kept if kind in ("response", "revisit")}
    assert {"/robots.txt", "/view/1", "/view/2", "/view/3"} <= {"/" + url.split("/", 3)[3] for url in answers if url}
    for kind, url, headers in kept:
        if kind == "request":
            assert headers["WARC-Concurrent-To"] == answers[url]


def test_warcio_finds_every_digest_right(town: Town, tmp_path: Path) -> None:
    crawled(tmp_path)
    found = checked(tmp_path)
    assert found.returncode == 0, found.stdout + found.stderr


def test_the_same_bytes_are_kept_once_over_all_runs(town: Town, tmp_path: Path) -> None:
    crawled(tmp_path)
    before = {headers["WARC-Record-ID"] for _, _, headers in records(tmp_path)}
    rows(tmp_path / "news.db", "DELETE FROM robots")
    crawled(tmp_path)
    revisits = [headers for kind, _, headers in records(tmp_path) if kind == "revisit"]
    assert revisits
    assert all(headers["WARC-Refers-To"] in before for headers in revisits)
    assert checked(tmp_path).returncode == 0


def test_without_an_archive_all_is_kept_too(town: Town, tmp_path: Path) -> None:
    crawled(tmp_path, None)
    assert "response" in {kind for kind, _, _ in records(tmp_path)}


def test_a_killed_crawl_leaves_whole_records_that_the_next_one_closes(town: Town, tmp_path: Path) -> None:
    town["hanbit"].mood["/view/1"] = Fault(stall=20)
    settings = HASTY | {"DOWNLOAD_TIMEOUT": 30, "NEWSSCRAPE_WARC": str(tmp_path / "warc")}
    code = f"""
from newsscrape.spiders.runner import run
run(["hanbit"], database={str(tmp_path / "news.db")!r}, settings={settings!r})
"""
    child = subprocess.Popen([sys.executable, "-c", code], env=environment(tmp_path / "sites"))
    patience = time.monotonic() + 30
    while not [f for f in tmp_path.glob("warc/*.open") if f.stat().st_size > 2000] and time.monotonic() < patience:
        time.sleep(0.05)
    child.send_signal(signal.SIGKILL)
    child.wait()
    (left,) = tmp_path.glob("warc/*.open")
    with left.open("ab") as file:
        file.write(b"\x1f\x8b\x08\x00torn")
    WarcFiles(tmp_path / "warc", lambda name: b"").close()
    assert not list(tmp_path.glob("warc/*.open"))
    left.with_suffix("").rename(tmp_path / "whole.warc.gz")
    check = [sys.executable, "-m", "warcio.cli", "check", str(tmp_path / "whole.warc.gz")]
    assert subprocess.run(check, capture_output=True, check=False).returncode == 0


def test_a_file_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    first = WarcFiles(tmp_path, lambda name: b"head")
    WarcFiles(tmp_path, lambda name: b"head").close()
    assert first.append(b"more")[1] == 4
    first.close()


def test_a_full_file_is_followed_by_another(tmp_path: Path) -> None:
    files = WarcFiles(tmp_path, lambda name: b"head", size=10)
    assert [files.append(b"member")[1] for _ in range(3)] == [4, 4, 4]
    files.close()
    assert len(list(tmp_path.glob("*.warc.gz"))) == 3


def test_a_full_disk_is_told_with_its_file_and_tears_nothing(tmp_path: Path) -> None:
    files = WarcFiles(tmp_path, lambda name: b"head")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        with pytest.raises(WarcError, match=r"\.warc\.gz\.open: File too large"):
            files.append(b"longer than six")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    files.close()
    (file,) = tmp_path.iterdir()
    assert file.read_bytes() == b"head"
