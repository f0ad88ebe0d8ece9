"""Crawls into files of other formats than JSON lines: each article once, whatever ends a run."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rounds import HASTY, crawl_round
from sqlalchemy import func, select
from test_crawl import environment
from test_growing import ids

from newsscrape.archive import Archive, open_archive
from newsscrape.archive.tables import articles
from newsscrape.export.jsonl import SinkError
from tests.town import Fault, Town

FORMATS = ("news.jsonl.gz", "news.csv", "news.parquet")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with Town(["hanbit"], lists=["feeds"]) as town:
        town["hanbit"].publish_many(4)
        town.profiles(tmp_path / "sites")
        yield town


def crawled(folder: Path, name: str) -> None:
    crawl_round(folder / "sites", sites=["hanbit"], database=folder / "news.db", output=folder / name)


@pytest.mark.parametrize("name", FORMATS)
def test_each_run_adds_what_is_new(town: Town, tmp_path: Path, name: str) -> None:
    crawled(tmp_path, name)
    assert sorted(ids(tmp_path / name)) == [f"hanbit:{n}" for n in (1, 2, 3, 4)]
    town["hanbit"].publish_many(2)
    crawled(tmp_path, name)
    assert sorted(ids(tmp_path / name)) == [f"hanbit:{n}" for n in (1, 2, 3, 4, 5, 6)]
    before = (tmp_path / name).read_bytes()
    crawled(tmp_path, name)
    assert (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_killed_run_left_comes_with_the_next(town: Town, tmp_path: Path, name: str) -> None:
    town["hanbit"].mood["/view/1"] = Fault(stall=20)
    code = f"""
from newsscrape.spiders.runner import run
run(["hanbit"], database={str(tmp_path / "news.db")!r}, output={str(tmp_path / name)!r}, settings={HASTY!r} | dict(DOWNLOAD_TIMEOUT=30))
"""
    child = subprocess.Popen([sys.executable, "-c", code], env=environment(tmp_path / "sites"))
    with open_archive(tmp_path / "news.db") as archive:
        patience = time.monotonic() + 30
        while stored(archive) < 3 and time.monotonic() < patience:
            time.sleep(0.1)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert not (tmp_path / name).exists()
    town["hanbit"].mood.clear()
    crawled(tmp_path, name)
    assert sorted(ids(tmp_path / name)) == [f"hanbit:{n}" for n in (1, 2, 3, 4)]


def stored(archive: Archive) -> int:
    with archive.read() as connection:
        return connection.execute(select(func.count()).select_from(articles)).scalar_one()


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_of_another_program_stops_the_crawl_before_it_begins(tmp_path: Path, name: str) -> None:
    from newsscrape.spiders.runner import run

    (tmp_path / name).write_bytes(b"mine\n")
    with pytest.raises(SinkError, match="nothing in it was changed"):
        run(["yna"], output=tmp_path / name)
    assert (tmp_path / name).read_bytes() == b"mine\n"
