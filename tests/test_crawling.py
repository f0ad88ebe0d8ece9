"""`newsscrape.crawl` and `newsscrape.acrawl`, as a user of the library meets them: a town of papers, real processes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import pickle
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import newsscrape
from newsscrape.cli.newsroom import crawl_settings
from newsscrape.discovery.since import KST, moment
from newsscrape.errors import (
    ArchiveError,
    CrawlError,
    InputError,
    NewsscrapeError,
    NotAnArticle,
    PlanError,
    ProfileError,
    UnknownSite,
)
from newsscrape.export.jsonl import SinkError
from newsscrape.messages import Inbox, packed
from newsscrape.warc.reading import WarcPages
from tests.processes import all_gone, family
from tests.town import Fault, Paper, Town

QUICK = {**crawl_settings(), "DOWNLOAD_DELAY": 0.05, "AUTOTHROTTLE_ENABLED": False, "RETRY_TIMES": 0}
ASKED: dict[str, Any] = {"contact": "desk@newsroom.test", "settings": QUICK}
NEWEST_FIRST = [f"hanbit:{n}" for n in (6, 5, 4, 3, 2, 1)]
STALLED = Fault(stall=60)


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """Two papers with six articles each, and their profiles where the environment looks for them."""
    with Town(["hanbit", "nuri"], lists=["feeds"]) as town:
        for paper in town.papers():
            paper.publish_many(6)
        town.profiles(tmp_path / "sites")
        monkeypatch.setenv("NEWSSCRAPE_SITES", str(tmp_path / "sites"))
        monkeypatch.delenv("NEWSSCRAPE_CONTACT", raising=False)
        yield town
    assert all_gone(family())


@pytest.fixture
def paper(town: Town) -> Paper:
    return town["hanbit"]


def views(town: Town) -> list[str]:
    return [asked.path for asked in town.requests("hanbit", "/view/")]


# The iterator


def test_all_articles_come_in_the_order_of_the_list_and_then_the_account(town: Town) -> None:
    articles = newsscrape.crawl("hanbit", **ASKED)
    assert [article.id for article in articles] == NEWEST_FIRST
    assert articles.report is not None and articles.report.ok
    assert articles.report.articles == 6
    assert next(articles, None) is None  # the end stays the end


def test_articles_come_while_the_crawl_goes_on(town: Town, paper: Paper) -> None:
    paper.mood["/view/4"] = STALLED
    with newsscrape.crawl("hanbit", **ASKED) as articles:
        assert next(articles).id == "hanbit:6"
        assert articles.report is None
    assert articles.report is not None and articles.report.interrupted
    assert "/view/3" not in views(town)


def test_a_page_that_fails_stands_in_the_account_and_the_others_come(paper: Paper) -> None:
    paper.mood["/view/4"] = Fault(status=500)
    articles = newsscrape.crawl("hanbit", **ASKED)
    assert [article.id for article in articles] == [one for one in NEWEST_FIRST if one != "hanbit:4"]
    assert articles.report is not None
    assert [failure.url for failure in articles.report.failures] == [paper.url(4)]


def test_leaving_the_loop_ends_the_crawl(town: Town, paper: Paper) -> None:
    paper.mood["/view/4"] = STALLED
    for article in newsscrape.crawl("hanbit", **ASKED):
        running = family()
        assert article.id == "hanbit:6"
        break
    assert len(running) >= 2  # the crawl and who reads its pages
    assert all_gone(running)
    assert "/view/3" not in views(town)


def test_an_error_of_the_caller_ends_the_crawl(paper: Paper) -> None:
    paper.mood["/view/4"] = STALLED
    with pytest.raises(ZeroDivisionError), newsscrape.crawl("hanbit", **ASKED) as articles:
        for _ in articles:
            1 / 0  # noqa: B018
    assert not family()


def test_closing_twice_and_after_the_end(town: Town) -> None:
    articles = newsscrape.crawl("hanbit", **ASKED, limit=1)
    assert len(list(articles)) == 1
    report = articles.report
    articles.close()
    articles.close()
    assert articles.report is report and report is not None and report.ok


def test_closed_from_another_thread(paper: Paper) -> None:
    paper.mood["/view/4"] = STALLED
    articles = newsscrape.crawl("hanbit", **ASKED)
    came = [next(articles).id, next(articles).id]
    threading.Timer(0.2, articles.close).start()
    assert list(articles) == []  # it waits for the one that does not come
    assert came == NEWEST_FIRST[:2]


def test_a_caller_who_takes_time_holds_back_the_crawl(town: Town, paper: Paper) -> None:
    paper.feed_size = 300
    paper.publish_many(294)
    with newsscrape.crawl("hanbit", contact="x@y.test", settings={**QUICK, "DOWNLOAD_DELAY": 0}) as articles:
        next(articles)
        asked, before = len(views(town)), -1
        while asked > before:
            time.sleep(1.0)
            before, asked = asked, len(views(town))
        assert asked < 300
        assert sum(1 for _ in articles) == 299
        assert len(views(town)) == 300


# What is wanted


def test_the_words_of_the_command_line(town: Town, paper: Paper) -> None:
    paper.publish(at=datetime.now(KST) - timedelta(hours=1))
    paper.publish(at=datetime.now(KST) - timedelta(hours=30))
    between = newsscrape.crawl("hanbit", since="48h", until=timedelta(hours=3), **ASKED)
    assert [article.id for article in between] == ["hanbit:8"]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (None, None),
        (datetime(2026, 11, 1, 9), "2026-11-01T09:00:00+09:00"),
        (datetime(2026, 11, 1, 9, tzinfo=UTC), "2026-11-01T09:00:00+00:00"),
        (timedelta(days=1), "2026-11-09T12:00:00+09:00"),
        ("48h", "2026-11-08T12:00:00+09:00"),
        ("2026-11-01", "2026-11-01T00:00:00+09:00"),
    ],
    ids=str,
)
def test_moments(given: Any, meant: str | None) -> None:
    found = moment("since", given, datetime(2026, 11, 10, 12, tzinfo=KST))
    assert (found and found.isoformat()) == meant


@pytest.mark.parametrize(
    ("sites", "options", "error", "words"),
    [
        ([], {}, ValueError, "nothing is wanted"),
        ([["hanbit", "nuri"]], {}, TypeError, "one by one"),
        (["hanbit"], {"since": "recently"}, ValueError, "since: 'recently' is no moment"),
        (["hanbit"], {"until": 48}, TypeError, "until: 48 is no moment"),
        (["hanbit"], {"since": date(2026, 11, 1)}, TypeError, "since"),
        (["hanbit"], {"refresh": "soon"}, ValueError, "refresh: 'soon' is no length of time"),
        (["hanbit"], {"refresh": 48}, TypeError, "refresh: 48"),
        (["hanbit"], {"limit": 0}, ValueError, "limit"),
        (["hanbit"], {"delay": 0.1}, ValueError, "delay"),
        (["hanbit"], {"query": "정원", "engine": "daum"}, ValueError, "engine: 'daum'"),
        (["hanbit"], {"settings": {"RETRY_TIMES": object()}}, TypeError, "JSON"),
        ([], {"urls": ["hanbit.newsroom.test/view/1"]}, ValueError, "is no address"),
        (["hanbit"], {"query": " "}, CrawlError, "query is empty"),
        (["hanbit"], {"query": "정원"}, CrawlError, "NAVER_CLIENT_ID"),
        (["hanbi"], {}, UnknownSite, "did you mean hanbit"),
        (["silent"], {}, CrawlError, "names no feeds"),
        (["broken"], {}, ProfileError, "broken.toml"),
        (["hanbit"], {"profiles": "nowhere"}, ProfileError, "nowhere"),
        ([], {"urls": "nowhere.csv"}, InputError, "nowhere.csv"),
        (["hanbit"], {"database": "sites/broken.toml"}, ArchiveError, "broken.toml"),
    ],
)
def test_what_is_wrong_is_raised_at_the_call(
    town: Town,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    sites: list[Any],
    options: dict[str, Any],
    error: type[Exception],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NAVER_CLIENT_ID", raising=False)
    (tmp_path / "sites" / "broken.toml").write_text('key = "broken"\ndomains = 3\n' * 99, encoding="utf-8")
    silent = 'key = "silent"\nname = "고요신문"\ndomains = ["silent.newsroom.test"]\n'
    (tmp_path / "sites" / "silent.toml").write_text(silent, encoding="utf-8")
    with pytest.raises(error, match=words):
        newsscrape.crawl(*sites, **{**ASKED, **options})
    assert town.asked == []
    assert not family()


def test_an_error_of_the_callers_addresses_comes_through(town: Town, paper: Paper) -> None:
    def addresses() -> Iterator[str]:
        yield paper.url(1)
        raise LookupError("the shelf is empty")

    with pytest.raises(LookupError, match="the shelf"):
        newsscrape.crawl(urls=addresses(), **ASKED)
    assert town.asked == []


def test_a_wrong_setting_is_told_with_its_type(town: Town, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CrawlError, match="broke off: ModuleNotFoundError"):
        list(newsscrape.crawl("hanbit", settings={**QUICK, "TWISTED_DNS_RESOLVER": "no.such"}, contact="x@y.test"))
    assert "Traceback" in capfd.readouterr().err


@pytest.mark.parametrize(
    "give",
    [
        pytest.param(lambda paper, folder: [paper.url(2), paper.url(5)], id="addresses"),
        pytest.param(lambda paper, folder: (paper.url(n) for n in (2, 5)), id="generator"),
        pytest.param(lambda paper, folder: _file(folder, f"{paper.url(2)}\n가로수길\n{paper.url(5)}\n"), id="file"),
        pytest.param(lambda paper, folder: str(_file(folder, f"{paper.url(2)}\n{paper.url(5)}\n")), id="file-name"),
    ],
)
def test_addresses(paper: Paper, tmp_path: Path, give: Callable[[Paper, Path], Any]) -> None:
    assert {a.id for a in newsscrape.crawl(urls=give(paper, tmp_path), **ASKED)} == {"hanbit:2", "hanbit:5"}


def _file(folder: Path, text: str) -> Path:
    path = folder / "addresses.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_one_address(paper: Paper) -> None:
    assert [article.id for article in newsscrape.crawl(urls=paper.url(3), **ASKED)] == ["hanbit:3"]


def test_rows_without_an_address_stand_in_the_account(paper: Paper, tmp_path: Path) -> None:
    articles = newsscrape.crawl(urls=_file(tmp_path, f"{paper.url(2)}\n가로수길\n"), **ASKED)
    assert len(list(articles)) == 1
    assert articles.report is not None
    assert articles.report.notices == [f"{tmp_path}/addresses.txt: 1 rows without an address (the first is row 2)"]


def test_many_addresses_do_not_stop_the_pipes(paper: Paper) -> None:
    known = [paper.url(n) for n in (1, 2)]
    articles = newsscrape.crawl(urls=(known[n % 2] for n in range(20_000)), **ASKED)
    assert len(list(articles)) == 2


def test_profiles_of_a_folder_besides_those_of_the_environment(town: Town, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "sites" / "nuri.toml").rename(tmp_path / "mine" / "nuri.toml")
    articles = newsscrape.crawl("hanbit", "nuri", profiles=tmp_path / "mine", limit=1, **ASKED)
    assert {article.publisher.key for article in articles if article.publisher} == {"hanbit", "nuri"}
    with pytest.raises(UnknownSite):
        newsscrape.crawl("nuri", **ASKED)


def test_who_crawls_can_be_reached(
    town: Town, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with caplog.at_level(logging.WARNING, "newsscrape"):
        list(newsscrape.crawl("hanbit", contact="desk@newsroom.test", limit=1, settings=QUICK))
        monkeypatch.setenv("NEWSSCRAPE_CONTACT", "night@newsroom.test")
        list(newsscrape.crawl("nuri", limit=1, settings=QUICK))
        assert caplog.records == []
        monkeypatch.delenv("NEWSSCRAPE_CONTACT")
        list(newsscrape.crawl("nuri", limit=1, settings=QUICK))
    assert [record.name for record in caplog.records] == ["newsscrape.crawling.wanted"]
    assert "desk@newsroom.test" in (town.requests("hanbit")[0].header("User-Agent") or "")
    assert "night@newsroom.test" in (town.requests("nuri")[0].header("User-Agent") or "")


def test_private_networks_are_asked_for_only_where_that_is_said(town: Town, tmp_path: Path) -> None:
    profile = (tmp_path / "sites" / "nuri.toml").read_text(encoding="utf-8")
    local = profile.replace("nuri.newsroom.test", "127.0.0.1")
    (tmp_path / "sites" / "nuri.toml").write_text(local, encoding="utf-8")
    articles = newsscrape.crawl("nuri", contact="x@y.test", delay=0.5, settings={"HTTPPROXY_ENABLED": False})
    assert list(articles) == []
    assert town.asked == []
    list(newsscrape.crawl("nuri", contact="x@y.test", delay=0.5, private_networks=True, settings={"RETRY_TIMES": 0}))
    assert town.asked != []


# The archive


def test_what_the_archive_has_does_not_come_again(town: Town, paper: Paper, tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    assert len(list(newsscrape.crawl("hanbit", database=database, **ASKED))) == 6
    paper.publish()
    paper.edit(6)
    again = newsscrape.crawl("hanbit", database=database, refresh=timedelta(days=10_000), **ASKED)
    assert {article.id for article in again} == {"hanbit:6", "hanbit:7"}


def test_what_goes_over_the_wire_is_kept_where_that_is_asked_for(town: Town, tmp_path: Path) -> None:
    list(newsscrape.crawl("hanbit", limit=1, warc=tmp_path / "pages", **ASKED))
    (file,) = (tmp_path / "pages").iterdir()
    assert [capture.page.url for capture in WarcPages(file)][:1] == [town["hanbit"].url(6)]


def test_the_archive_is_the_command_lines_too(town: Town, tmp_path: Path) -> None:
    database = str(tmp_path / "news.db")
    command = [sys.executable, "-m", "newsscrape", "crawl", "hanbit", "--db", database, "-o", str(tmp_path / "a.jsonl")]
    proxy = {"http_proxy": f"http://127.0.0.1:{town.port}", "no_proxy": ""}
    done = subprocess.run([*command, "--delay", "0.5"], env={**os.environ, **proxy}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert list(newsscrape.crawl("hanbit", database=database, **ASKED)) == []


def test_the_archive_breaks_in_the_middle(paper: Paper, tmp_path: Path) -> None:
    paper.mood["/view/4"] = Fault(stall=1)
    with newsscrape.crawl("hanbit", database=tmp_path / "news.db", **ASKED) as articles:
        next(articles)
        with contextlib.closing(sqlite3.connect(tmp_path / "news.db")) as database:
            database.execute("DROP TABLE articles")
        with pytest.raises(CrawlError, match=r"news\.db.*articles"):
            list(articles)
        assert list(articles) == []


# Ends that nobody wishes for


def test_a_crawl_that_is_killed(paper: Paper, tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    paper.mood["/view/4"] = Fault(stall=60, times=1)
    articles = newsscrape.crawl("hanbit", database=database, **ASKED)
    came = [next(articles).id, next(articles).id]
    running = family()
    for pid in family():
        os.kill(pid, signal.SIGKILL)
    with pytest.raises(CrawlError, match=r"was killed \(SIGKILL\).*news\.db.*goes on"):
        next(articles)
    assert next(articles, None) is None
    assert articles.report is None
    assert all_gone(running)
    came += [article.id for article in newsscrape.crawl("hanbit", database=database, **ASKED)]
    assert sorted(came) == sorted(NEWEST_FIRST)


def test_a_crawl_that_is_told_to_end_by_somebody_else(paper: Paper) -> None:
    paper.mood["/view/4"] = STALLED
    articles = newsscrape.crawl("hanbit", **ASKED)
    next(articles)
    child = min(family())  # the first to be born
    os.kill(child, signal.SIGTERM)
    with pytest.raises(CrawlError, match="stopped from outside"):
        list(articles)
    assert articles.report is not None and articles.report.articles == 2


def script(folder: Path, text: str) -> list[str]:
    """A script as people write them: no function, no `if __name__ == "__main__"`."""
    path = folder / "script.py"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return [sys.executable, str(path)]


CRAWLING = f"""
import newsscrape
print("begin", flush=True)
with newsscrape.crawl("hanbit", contact="desk@newsroom.test", settings={QUICK!r}) as articles:
    for article in articles:
        print(article.id, flush=True)
print(articles.report.articles)
"""


def test_a_script_without_a_main_guard(town: Town, tmp_path: Path) -> None:
    (tmp_path / "scrapy.py").write_text("raise ImportError('the wrong scrapy')", encoding="utf-8")
    done = subprocess.run(script(tmp_path, CRAWLING), capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stdout.split() == ["begin", *NEWEST_FIRST, "6"], done.stderr
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGTERM, -signal.SIGTERM)], ids=str
)
def test_a_caller_who_is_killed_leaves_nobody_behind(
    town: Town, paper: Paper, tmp_path: Path, number: int, code: int
) -> None:
    paper.mood["/view/4"] = STALLED
    caller = subprocess.Popen(script(tmp_path, CRAWLING), stdout=subprocess.PIPE, text=True)
    assert caller.stdout is not None
    assert [caller.stdout.readline().strip() for _ in range(2)] == ["begin", "hanbit:6"]
    running = family(caller.pid)
    caller.send_signal(number)
    assert caller.wait() == code
    caller.stdout.close()
    assert len(running) >= 2
    assert all_gone(running)


def test_ctrl_c_ends_the_crawl_and_comes_through(town: Town, paper: Paper, tmp_path: Path) -> None:
    paper.mood["/view/4"] = STALLED
    text = f"""
    import newsscrape
    articles = newsscrape.crawl("hanbit", contact="desk@newsroom.test", settings={QUICK!r})
    try:
        for article in articles:
            print(article.id, flush=True)
    except KeyboardInterrupt:  # it may have come between two steps
        articles.close()
        print("interrupted", articles.report.interrupted, articles.report.articles)
    """
    caller = subprocess.Popen(script(tmp_path, text), stdout=subprocess.PIPE, text=True)
    assert caller.stdout is not None
    assert [caller.stdout.readline().strip() for _ in range(2)] == NEWEST_FIRST[:2]
    running = family(caller.pid)
    caller.send_signal(signal.SIGINT)
    rest, _ = caller.communicate()
    assert rest.split() == ["interrupted", "True", "2"]
    assert caller.returncode == 0
    assert all_gone(running)


FORKING = f"""
import newsscrape, os, sys, time
articles = newsscrape.crawl("hanbit", contact="desk@newsroom.test", settings={QUICK!r})
print(next(articles).id, flush=True)
fork = os.fork()
if fork == 0:  # as multiprocessing does on Linux: it holds all our pipes
    sys.stdin.readline()
    del articles  # not its own to end
    os._exit(0)
print(fork, flush=True)
sys.stdin.readline()
print([article.id for article in articles][-1], flush=True)
"""


def test_a_caller_who_forked_is_killed(town: Town, paper: Paper, tmp_path: Path) -> None:
    paper.mood["/view/4"] = STALLED
    caller = subprocess.Popen(script(tmp_path, FORKING), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert caller.stdin is not None and caller.stdout is not None
    assert caller.stdout.readline().strip() == "hanbit:6"
    forks = {int(caller.stdout.readline())}
    crawl = family(caller.pid) - forks
    caller.kill()
    caller.wait()
    assert len(crawl) >= 2
    assert all_gone(crawl)
    caller.stdin.close()
    assert all_gone(forks)
    caller.stdout.close()


def test_a_fork_of_the_caller_does_not_end_the_crawl(town: Town, tmp_path: Path) -> None:
    done = subprocess.run(script(tmp_path, FORKING), input="\n\n", capture_output=True, text=True, check=False)
    first, _, last = done.stdout.split()
    assert (first, last) == ("hanbit:6", "hanbit:1"), done.stderr


def test_closing_while_a_fork_of_ours_holds_the_pipes(paper: Paper) -> None:
    paper.mood["/view/4"] = STALLED
    articles = newsscrape.crawl("hanbit", **ASKED)
    next(articles)
    fork = os.fork()
    if fork == 0:
        signal.pause()
    articles.close()
    os.kill(fork, signal.SIGKILL)
    os.waitpid(fork, 0)
    assert articles.report is not None and articles.report.interrupted  # told to end, not killed


def test_what_is_printed_in_the_crawl_falls_beside_the_articles(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    module = """
    import os
    print("as it is imported")
    class Talk:
        def process_item(self, item):
            print("once an article", flush=True)
            os.write(1, b"under Python's feet\\n")
            return item
    """
    (tmp_path / "talk.py").write_text(textwrap.dedent(module), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    pipelines = {
        "newsscrape.spiders.pipelines.ExtractPipeline": 100,
        "talk.Talk": 200,
        "newsscrape.spiders.pipelines.ArchivePipeline": 900,
    }
    articles = newsscrape.crawl("hanbit", contact="x@y.test", settings={**QUICK, "ITEM_PIPELINES": pipelines})
    assert [article.id for article in articles] == NEWEST_FIRST
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err.count("once an article") == captured.err.count("under Python's feet") == 6


# Event loops and threads


def test_the_plain_form_inside_a_running_loop(town: Town) -> None:
    async def cell() -> list[str]:
        return [article.id for article in newsscrape.crawl("hanbit", **ASKED)]

    assert asyncio.run(cell()) == NEWEST_FIRST


def test_the_loop_goes_on_meanwhile(town: Town) -> None:
    async def tick(ticks: list[int]) -> None:
        while True:
            await asyncio.sleep(0.01)
            ticks.append(1)

    async def cell() -> None:
        ticks: list[int] = []
        other = asyncio.create_task(tick(ticks))
        articles = newsscrape.acrawl("hanbit", **ASKED)
        assert [article.id async for article in articles] == NEWEST_FIRST
        assert articles.report is not None and articles.report.ok
        other.cancel()
        assert len(ticks) > 20  # the crawl takes a second and more

    asyncio.run(cell())


def test_leaving_the_asynchronous_loop(paper: Paper) -> None:
    paper.mood["/view/4"] = STALLED

    async def cell() -> set[int]:
        async with newsscrape.acrawl("hanbit", **ASKED) as articles:
            async for _ in articles:
                running = family()
                break
        assert articles.report is not None and articles.report.interrupted
        with pytest.raises(StopAsyncIteration):
            await anext(articles)
        return running

    running = asyncio.run(cell())
    assert len(running) >= 2
    assert all_gone(running)


def test_an_asynchronous_loop_that_is_left_without_a_word(paper: Paper) -> None:
    paper.mood["/view/4"] = STALLED

    async def cell() -> None:
        async for _ in newsscrape.acrawl("hanbit", **ASKED):
            break

    asyncio.run(cell())
    assert all_gone(family())


def test_a_step_that_is_cancelled_loses_nothing(paper: Paper) -> None:
    for number in range(1, 7):
        paper.mood[f"/view/{number}"] = Fault(stall=0.3)

    async def cell() -> None:
        articles = newsscrape.acrawl("hanbit", **ASKED)
        came: list[str] = []
        cancelled = 0
        while len(came) < 6:
            try:
                async with asyncio.timeout(0.1):
                    came.append((await anext(articles)).id)
            except TimeoutError:
                cancelled += 1
        assert came == NEWEST_FIRST
        assert cancelled > 2

    asyncio.run(cell())


def test_a_task_that_is_cancelled_ends_its_crawl(paper: Paper) -> None:
    paper.mood["/view/4"] = STALLED
    came: list[str] = []

    async def collect() -> None:
        async for article in newsscrape.acrawl("hanbit", **ASKED):
            came.append(article.id)

    async def cell() -> None:
        task = asyncio.create_task(collect())
        while len(came) < 2:
            await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cell())
    assert all_gone(family())


def test_errors_come_with_the_first_asynchronous_step(town: Town) -> None:
    async def cell() -> None:
        articles = newsscrape.acrawl("hanbi", **ASKED)
        with pytest.raises(UnknownSite, match="did you mean hanbit"):
            await anext(articles)
        with pytest.raises(StopAsyncIteration):
            await anext(articles)
        with pytest.raises(ValueError, match="since"):
            async with newsscrape.acrawl("hanbit", since="recently", **ASKED):
                pass

    asyncio.run(cell())


def test_both_forms_have_the_same_arguments() -> None:
    from inspect import signature

    assert signature(newsscrape.acrawl).parameters == signature(newsscrape.crawl).parameters


def test_two_crawls_at_once_in_threads(town: Town) -> None:
    came: dict[str, list[str]] = {}

    def collect(key: str) -> None:
        came[key] = [article.id for article in newsscrape.crawl(key, **ASKED)]

    threads = [threading.Thread(target=collect, args=(key,)) for key in ("hanbit", "nuri")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert came == {key: [f"{key}:{n}" for n in (6, 5, 4, 3, 2, 1)] for key in ("hanbit", "nuri")}


def test_two_crawls_of_one_site_at_once_ask_for_each_page_once(town: Town, paper: Paper, tmp_path: Path) -> None:
    options = {**ASKED, "database": tmp_path / "news.db"}
    with newsscrape.crawl("hanbit", **options) as one, newsscrape.crawl("hanbit", **options) as other:
        assert sorted(article.id for both in (one, other) for article in both) == sorted(NEWEST_FIRST)
    assert len(views(town)) == 6


# Between the processes


@pytest.mark.parametrize(
    "error",
    [
        UnknownSite("hanbi", known=("hanbit",)),
        ProfileError("is no list", path="a.toml", field="crawl.feeds", line=3),
        PlanError("is no list", path="a.toml", field="crawl.feeds"),
        InputError("is empty", path="a.csv", line=3),
        NotAnArticle("a list of links", kind="list", url="http://hanbit.newsroom.test/"),
        CrawlError("nothing to crawl"),
        ArchiveError("locked"),
        SinkError("full"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_stay_what_they_are(error: NewsscrapeError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)


def test_messages_that_come_in_pieces() -> None:
    reading, writing = os.pipe()
    inbox = Inbox(reading)
    sent = packed(("article", "가" * 100)) + packed(("report", None))
    os.write(writing, sent[:2])
    thread = threading.Timer(0.05, lambda: [os.write(writing, sent[2:-1]), os.write(writing, sent[-1:])])
    thread.start()
    assert inbox.take() == ("article", "가" * 100)
    assert inbox.take() == ("report", None)
    os.write(writing, sent[:9])
    os.close(writing)
    with pytest.raises(EOFError):
        inbox.take()
    os.close(reading)
