"""Pages are read in processes of their own: one that hangs or dies takes its page along, and nothing else."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from rounds import crawl_round, rows
from test_crawl import page
from town import Town

from newsscrape.errors import NotAnArticle, ParseError
from newsscrape.page import Page
from newsscrape.reading.pool import Reader

GOOD = Page(page(1).encode(), "http://hanbit.newsroom.test/view/1")
LIST = Page(
    b"<html><body><ul>" + b"<li><a href='/view/1'>x</a></li>" * 90 + b"</ul></body></html>", "http://hanbit.test/"
)


def children() -> set[int]:
    """The reading processes of this one (Linux)."""
    lists = Path("/proc/self/task").glob("*/children")
    found = {int(pid) for listed in lists for pid in listed.read_text().split()}
    return {pid for pid in found if b"newsscrape.reading.process" in Path(f"/proc/{pid}/cmdline").read_bytes()}


def with_reader(work: Callable[[Reader], Awaitable[None]], *, timeout: float = 60.0) -> None:
    async def run() -> None:
        reader = Reader(processes=1, timeout=timeout)
        try:
            await work(reader)
        finally:
            await reader.close()

    asyncio.run(run())


def test_a_page_is_read() -> None:
    async def work(reader: Reader) -> None:
        assert (await reader.read(GOOD)).title == "골목 정원 1호 열려"

    with_reader(work)


def test_a_page_that_is_no_article_says_so() -> None:
    async def work(reader: Reader) -> None:
        with pytest.raises(NotAnArticle):
            await reader.read(LIST)

    with_reader(work)


def test_a_page_that_takes_too_long_fails_alone() -> None:
    async def work(reader: Reader) -> None:
        with pytest.raises(ParseError, match=r"took longer than 0\.01 s"):
            await reader.read(GOOD)
        reader.timeout = 60
        assert (await reader.read(GOOD)).has_body

    with_reader(work, timeout=0.01)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the processes in /proc")
def test_a_page_whose_process_is_killed_fails_alone() -> None:
    async def work(reader: Reader) -> None:
        before = children()
        await reader.read(GOOD)
        (pid,) = children() - before
        os.kill(pid, signal.SIGSTOP)  # it cannot answer any more
        reading = asyncio.create_task(reader.read(GOOD))
        await asyncio.sleep(0.1)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(ParseError, match="the process that read it ended with code -9"):
            await reading
        assert (await reader.read(GOOD)).has_body

    with_reader(work)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the processes in /proc")
def test_no_process_is_left_behind() -> None:
    before = children()

    async def work(reader: Reader) -> None:
        await asyncio.gather(*(reader.read(GOOD) for _ in range(3)))

    with_reader(work)
    assert children() == before


def test_the_setting_reaches_the_readers(tmp_path: Path) -> None:
    with Town(["hanbit"], lists=["feeds"]) as town:
        town["hanbit"].publish_many(2)
        keys = town.profiles(tmp_path / "profiles")
        database = tmp_path / "news.db"
        report = crawl_round(tmp_path / "profiles", sites=keys, database=database, settings={"READ_TIMEOUT": 0.01})
    reasons = [failure["reason"] for failure in report["hanbit"]["failures"]]
    assert reasons == ["reading it took longer than 0.01 s"] * 2
    assert rows(database, "SELECT state, tries FROM pages") == [("waiting", 1)] * 2
