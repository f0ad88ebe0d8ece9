"""WARC files: what a crawl keeps is what was sent; a kill and a full disk leave nothing torn."""

from __future__ import annotations

import gzip
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from rounds import DAY, HASTY, crawl_round, pass_time, rows
from test_crawl import environment
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from newsscrape.cli import app
from newsscrape.errors import WarcError
from newsscrape.warc import WarcFiles
from newsscrape.warc.files import parse_size
from newsscrape.warc.reading import WarcPages
from tests.town import Fault, Town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with Town(["hanbit"], lists=["feeds"]) as town:
        town["hanbit"].publish_many(3)
        town.profiles(tmp_path / "sites")
        yield town


def crawled(folder: Path, database: str | None = "news.db", *, refresh: int | None = None, **settings: Any) -> None:
    options: dict[str, Any] = {} if database is None else {"database": folder / database}
    if refresh is not None:
        options["refresh"] = refresh
    settings = {"NEWSSCRAPE_WARC": str(folder / "warc"), **settings}
    crawl_round(folder / "sites", sites=["hanbit"], settings=settings, **options)


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


def test_a_page_that_has_not_changed_is_a_revisit_of_the_one_that_was_sent(town: Town, tmp_path: Path) -> None:
    crawled(tmp_path)
    sent = {url: headers for kind, url, headers in records(tmp_path) if kind == "response"}
    crawled(tmp_path, refresh=99999)
    (url,) = (url for url in sent if url and url.endswith("/view/1"))
    (again,) = (headers for kind, at, headers in records(tmp_path) if kind == "revisit" and at == url)
    assert again["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    assert again["WARC-Refers-To"] == sent[url]["WARC-Record-ID"]
    assert again["WARC-Refers-To-Date"] == sent[url]["WARC-Date"]
    assert checked(tmp_path).returncode == 0


def test_an_article_tells_the_moment_of_its_record(town: Town, tmp_path: Path) -> None:
    crawled(tmp_path)
    kept = {url: headers["WARC-Date"] for kind, url, headers in records(tmp_path) if kind == "response"}
    for url, fetched_at in rows(tmp_path / "news.db", "SELECT url, fetched_at FROM articles"):
        assert datetime.fromisoformat(kept[url]) == datetime.fromisoformat(fetched_at)


def test_files_are_as_large_as_they_may_be(town: Town, tmp_path: Path) -> None:
    crawled(tmp_path, NEWSSCRAPE_WARC_SIZE=2000)
    assert len(list((tmp_path / "warc").iterdir())) > 1
    assert checked(tmp_path).returncode == 0


def test_what_a_request_says_besides_the_usual_is_never_written(town: Town, tmp_path: Path) -> None:
    secrets = {
        "Authorization": "Basic geheim", "Cookie": "session=geheim", "X-Naver-Client-Secret": "geheim",
        "X-NCP-APIGW-API-KEY": "geheim", "X-Of-My-Own": "geheim",
    }  # fmt: skip
    crawled(tmp_path, DEFAULT_REQUEST_HEADERS=secrets)
    assert town.requests("hanbit")[-1].header("X-Of-My-Own") == "geheim"
    (file,) = (tmp_path / "warc").iterdir()
    said = gzip.decompress(file.read_bytes())
    assert b"geheim" not in said and b"User-Agent: newsscrape" in said


def test_an_answer_that_lost_its_request_does_no_harm(town: Town, tmp_path: Path) -> None:
    """The disk was full, or the machine lost its power, between the two."""
    crawled(tmp_path)
    (file,) = (tmp_path / "warc").iterdir()
    whole = file.read_bytes()
    file.unlink()
    left = file.with_name(file.name + ".open")
    left.write_bytes(whole[:-20])  # in the last request
    WarcFiles(tmp_path / "warc", lambda name: b"").close()
    assert records(tmp_path)[-1][0] == "response"
    left.with_suffix("").rename(tmp_path / "whole.warc.gz")
    shutil.rmtree(tmp_path / "warc")
    (tmp_path / "warc").mkdir()
    (tmp_path / "whole.warc.gz").rename(tmp_path / "warc" / "whole.warc.gz")
    assert checked(tmp_path).returncode == 0
    assert len(list(WarcPages(tmp_path / "warc" / "whole.warc.gz"))) == 3


@pytest.mark.parametrize(("words", "size"), [("500MB", 500_000_000), ("2 gb", 2_000_000_000), ("1TB", 10**12)])
def test_sizes_in_words(words: str, size: int) -> None:
    assert parse_size(words) == size


@pytest.mark.parametrize("words", ["", "500", "0GB", "1KB", "-1GB", "1.5GB", "viel"])
def test_sizes_that_are_none(words: str) -> None:
    with pytest.raises(ValueError, match="is no size of a file"):
        parse_size(words)


def test_a_size_that_is_none_is_wrong_use() -> None:
    done = CliRunner().invoke(app, ["crawl", "yna", "--warc", "pages", "--warc-size", "big"])
    assert done.exit_code == 2 and "--warc-size: 'big' is no size of a file" in done.stderr


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


def test_what_a_killed_crawl_wrote_is_noted_by_the_next_one(town: Town, tmp_path: Path) -> None:
    crawled(tmp_path)
    noted = rows(tmp_path / "news.db", "SELECT url, digest, record_id, status, file, place, revisit FROM captures")
    rows(tmp_path / "news.db", "DELETE FROM captures WHERE id > 2")  # the kill came before these were noted
    (file,) = (tmp_path / "warc").iterdir()
    file.rename(f"{file}.open")
    crawled(tmp_path)
    known = rows(tmp_path / "news.db", "SELECT url, digest, record_id, status, file, place, revisit FROM captures")
    assert [one for one in known if one[4] == file.name] == noted


def test_a_page_answers_304_after_an_error_and_the_page_is_referred_to(town: Town, tmp_path: Path) -> None:
    crawled(tmp_path)
    town["hanbit"].mood["/view/1"] = Fault(status=500)
    crawled(tmp_path, refresh=99999, RETRY_TIMES=0)
    del town["hanbit"].mood["/view/1"]
    pass_time(tmp_path / "news.db", DAY)
    crawled(tmp_path, refresh=99999)
    kept = [(kind, headers) for kind, url, headers in records(tmp_path) if url and url.endswith("/view/1")]
    answers = [(kind, headers) for kind, headers in kept if kind != "request"]
    assert [kind for kind, _ in answers] == ["response", "response", "revisit"]
    assert answers[2][1]["WARC-Refers-To"] == answers[0][1]["WARC-Record-ID"]


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
