"""`newsscrape status`: what a real crawl on loopback left, and what only the ledger's own classes can bring about."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from test_crawl import MAIN, QUICK, add_site, crawl, environment
from typer.testing import CliRunner

from newsscrape.archive import Archive, open_archive
from newsscrape.archive.hosts import Hosts
from newsscrape.archive.migrations import STEPS, check
from newsscrape.archive.overview import overview
from newsscrape.archive.pages import Pages, Settled, settle
from newsscrape.archive.runs import LEASE, Run
from newsscrape.archive.sources import Rhythm, Sources
from newsscrape.archive.tables import run_sites, runs, sources, units
from newsscrape.cli import app
from newsscrape.cli.newsroom import Newsroom
from newsscrape.errors import ArchiveError, NoArchive

FEED = "https://hanbit.example/rss.xml"
NOW = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)  # 09:30 in Korea


@dataclass
class Done:
    """What the command said, and how it ended."""

    returncode: int
    stdout: str
    stderr: str


def status(*words: str, cwd: Path, **variables: str) -> Done:
    """The command in this process; a real one of its own is `test_table_says_the_same_in_plain_text`'s."""
    clean: dict[str, str | None] = dict.fromkeys(name for name in os.environ if name.startswith("NEWSSCRAPE_"))
    with contextlib.chdir(cwd):
        result = CliRunner().invoke(app, ["status", *words], env={**clean, **variables}, catch_exceptions=False)
    return Done(result.exit_code, result.stdout, result.stderr)


def told(*words: str, cwd: Path, **variables: str) -> dict[str, Any]:
    done = status(*words, "--json", cwd=cwd, **variables)
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (1 if found["needs_a_look"] else 0)
    return found


def of_site(found: dict[str, Any], key: str) -> dict[str, Any]:
    (site,) = [site for site in found["sites"] if site["key"] == key]
    return dict(site)


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database of a night on which one site was well and two were not, and their profiles."""
    folder = tmp_path_factory.mktemp("morning")
    add_site(folder, "plain")
    add_site(folder, "forbidden", toml='[paths."/view/2"]\nstatus = 403\n')
    add_site(folder, "nofeed", rss__xml="<html><body>점검 중</body></html>")
    profiles = folder / "ready"
    profiles.mkdir()
    with Newsroom(folder) as newsroom:
        newsroom.write_profiles(profiles)
        keys = ["plain", "forbidden", "nofeed"]
        crawl(profiles, keys, folder / "a.jsonl", database=str(folder / "news.db"))
    return folder


# --- after a real crawl -----------------------------------------------------------------------------------------


def test_site_that_is_well(morning: Path) -> None:
    site = of_site(told("--db", "news.db", cwd=morning), "plain")
    last = site["last"]
    assert last["outcome"] == "done"
    assert last["counts"] == {"rounds": 1, "found": 3, "new": 3, "changed": 0, "passed": 0, "failed": 0}
    assert site["week"] == last["counts"]
    assert (site["articles"], site["articles_day"]) == (3, 3)
    assert (site["lists"], site["lists_due"], site["in_trouble"]) == (1, 0, [])
    assert site["next_visit"] > last["ended_at"] > last["started_at"]
    assert site["next_visit"].endswith("+09:00")
    assert site["troubles"] == []


def test_page_that_was_refused_is_told_with_reason_example_and_host(morning: Path) -> None:
    found = told("--db", "news.db", cwd=morning)
    site = of_site(found, "forbidden")
    (reason,) = site["pages"]["reasons"]
    assert "HTTP 403" in reason["reason"]
    assert reason["example"].endswith("/view/2")
    assert (reason["tried_again"], reason["given_up"]) == (1, 0)
    assert (site["pages"]["due"], site["pages"]["later"]) == (0, 2)
    assert site["last"]["outcome"] == "failures"
    assert site["troubles"] == []  # one article came
    (host,) = found["hosts"]
    assert host["host"] == "forbidden.newsroom.test"
    assert host["until"] == site["pages"]["next_due"]


def test_site_whose_only_list_cannot_be_read_needs_a_look(morning: Path) -> None:
    site = of_site(told("--db", "news.db", cwd=morning), "nofeed")
    (trouble,) = site["in_trouble"]
    assert "its root element is <html>" in trouble["problem"]
    assert (trouble["failures"], trouble["last_read"]) == (1, None)
    assert site["troubles"] == ["its only list cannot be read"]
    assert site["needs_a_look"]


def test_table_says_the_same_in_plain_text(morning: Path) -> None:
    words = [*MAIN, "status", "--db", "news.db"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=morning, timeout=60, check=False)
    assert done.returncode == 1
    assert "\x1b[" not in done.stdout
    assert "4 articles, 4 of them new or changed" in done.stdout
    assert "Needs a look: nofeed: its only list cannot be read" in done.stdout
    assert "forbidden.newsroom.test until " in done.stdout
    assert done.stderr == ""


def test_one_site_alone(morning: Path) -> None:
    found = told("--db", "news.db", "--site", "plain", cwd=morning)
    assert [site["key"] for site in found["sites"]] == ["plain"]
    assert not found["needs_a_look"]


def test_plan_names_database_sites_and_lists(morning: Path) -> None:
    """A list that the plan does not visit is none that is due, or in trouble; a site that it does not name is left out."""
    feed = "http://nofeed.newsroom.test/other.xml"
    text = 'database = "news.db"\nprofiles = "ready"\n[[sites]]\nkey = "plain"\n[[sites]]\nkey = "nofeed"\n'
    (morning / "night.toml").write_text(f'{text}feeds = ["{feed}"]\n', encoding="utf-8")
    found = told("--plan", "night.toml", cwd=morning)
    assert [site["key"] for site in found["sites"]] == ["plain", "nofeed"]
    nofeed = of_site(found, "nofeed")
    assert (nofeed["lists"], nofeed["lists_due"], nofeed["next_visit"], nofeed["in_trouble"]) == (1, 1, None, [])
    assert not found["needs_a_look"]


def test_plan_with_searches_tells_of_the_sites_that_they_led_to(morning: Path) -> None:
    text = 'database = "news.db"\nprofiles = "ready"\n[[queries]]\ntext = "골목 정원"\nengine = "google"\n'
    (morning / "search.toml").write_text(text, encoding="utf-8")
    found = told("--plan", "search.toml", cwd=morning)
    assert {site["key"] for site in found["sites"]} == {"plain", "forbidden", "nofeed"}


def test_nothing_is_written_while_reading(morning: Path) -> None:
    def state() -> dict[str, str]:
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in morning.glob("news.db*")}

    before = state()
    status("--db", "news.db", cwd=morning)
    assert state() == before
    assert list(before) == ["news.db"]  # no -wal, no -shm is left beside it


def test_database_that_somebody_has_open_is_read_with_what_was_just_committed(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with open_archive(path) as archive:
        pages = Pages(archive, "hanbit")
        with archive.write() as connection:
            pages.add(connection, {"1": "https://hanbit.example/1"}, archive.now())
        before = path.read_bytes()
        assert (tmp_path / "news.db-wal").stat().st_size
        found = told("--db", "news.db", "--site", "hanbit", cwd=tmp_path)
        assert of_site(found, "hanbit")["pages"]["due"] == 1
        assert path.read_bytes() == before


def test_killed_crawl_is_shown_as_broken_off(tmp_path: Path) -> None:
    add_site(tmp_path, "long", articles=20)
    profiles = tmp_path / "ready"
    profiles.mkdir()
    code = "import json, sys; from newsscrape.spiders.runner import run; run(**json.load(sys.stdin))"
    with Newsroom(tmp_path) as newsroom:
        newsroom.write_profiles(profiles)
        options = {"sites": ["long"], "database": str(tmp_path / "news.db"), "settings": QUICK}
        child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, env=environment(profiles))
        assert child.stdin is not None
        child.stdin.write(json.dumps(options).encode())
        child.stdin.close()
        patience = time.monotonic() + 20
        while not any("/view/" in asked.path for asked in newsroom.asked) and time.monotonic() < patience:
            time.sleep(0.02)
        alive = told("--db", "news.db", cwd=tmp_path)
        child.send_signal(signal.SIGKILL)
        child.wait()
    (run,) = alive["at_work"]
    assert (run["sites"], alive["broken_off"]) == (["long"], [])
    assert f"process {child.pid} on" in run["process"]
    assert of_site(alive, "long")["last"]["outcome"] == "at work"
    dead = told("--db", "news.db", cwd=tmp_path)
    assert dead["at_work"] == []
    assert [one["id"] for one in dead["broken_off"]] == [run["id"]]
    assert of_site(dead, "long")["troubles"] == ["its last round was broken off (killed, or the machine went down)"]
    assert "Broken off" in status("--db", "news.db", cwd=tmp_path).stdout


# --- what only time brings --------------------------------------------------------------------------------------


@pytest.fixture
def archive() -> Iterator[Archive]:
    with open_archive() as archive:
        yield archive


def account(**numbers: int) -> dict[str, int]:
    names = ("found", "articles", "changed", "unchanged", "older", "duplicates", "failed")
    return {**dict.fromkeys(names, 0), **numbers}


def round_at(archive: Archive, began: datetime, outcome: str | None = "done", **numbers: int) -> Run:
    """A run that crawled hanbit for a minute; without `outcome` it was killed then."""
    run = Run(archive)
    ended = began + timedelta(minutes=1)
    run.note("hanbit", account(**numbers), began, ended=outcome is not None)
    with archive.write() as connection:
        connection.execute(update(run_sites).where(run_sites.c.run == run.id).values(ended_at=outcome and ended))
        times = {"started_at": began, "beat_at": ended, "ended_at": outcome and ended, "outcome": outcome}
        connection.execute(update(runs).where(runs.c.id == run.id).values(**times))
    return run


def test_week_adds_up_and_forgets_what_is_older(archive: Archive) -> None:
    round_at(archive, NOW - timedelta(days=8), found=100, articles=100)
    round_at(archive, NOW - timedelta(days=6), found=9, articles=7, failed=2)
    round_at(archive, NOW - timedelta(hours=3), "failures", found=6, articles=3, changed=1, unchanged=1, failed=1)
    (site,) = overview(archive, ["hanbit"], now=NOW).sites
    assert site.last is not None
    assert (site.last.counts.new, site.last.counts.changed, site.last.counts.failed) == (3, 1, 1)
    assert (site.week.rounds, site.week.new, site.week.changed, site.week.failed) == (2, 10, 1, 3)
    assert not site.troubles


def test_day_on_which_no_page_came_needs_a_look_and_one_bad_page_does_not(archive: Archive) -> None:
    round_at(archive, NOW - timedelta(hours=5), found=4, articles=4)
    round_at(archive, NOW - timedelta(hours=1), "failures", found=1, failed=1)
    assert not overview(archive, ["hanbit"], now=NOW).needs_a_look
    tomorrow = NOW + timedelta(days=1)
    round_at(archive, tomorrow, "failures", found=30, failed=30)
    (site,) = overview(archive, ["hanbit"], now=tomorrow).sites
    assert site.troubles == ("not one of 30 pages could be read within a day",)


def test_error_that_stopped_a_round_is_told(archive: Archive) -> None:
    round_at(archive, NOW - timedelta(hours=1), "articles.jsonl: No space left on device", found=4, articles=4)
    (site,) = overview(archive, ["hanbit"], now=NOW).sites
    assert site.last is not None and site.last.outcome == "error"
    assert site.troubles == ("its last round was stopped: articles.jsonl: No space left on device",)


def test_round_after_a_killed_one_makes_all_well_again(archive: Archive) -> None:
    round_at(archive, NOW - timedelta(hours=2), None, found=4, articles=1)
    found = overview(archive, ["hanbit"], now=NOW)
    assert found.needs_a_look
    round_at(archive, NOW - timedelta(hours=1), found=3, articles=3)
    found = overview(archive, ["hanbit"], now=NOW)
    assert not found.needs_a_look
    assert len(found.broken_off) == 1
    assert overview(archive, ["hanbit"], now=NOW + timedelta(days=8)).broken_off == ()


def test_silent_heartbeat_of_another_machine_is_no_run_at_work(archive: Archive) -> None:
    run = Run(archive)
    assert run.lease(["hanbit"]) == "hanbit"
    elsewhere = "other-machine:77:123"
    with archive.write() as connection:
        connection.execute(update(runs).values(owner=elsewhere))
        connection.execute(update(units).values(owner=f"{run.id}@{elsewhere}"))
    found = overview(archive)
    assert [(one.process, one.sites) for one in found.at_work] == [("process 77 on other-machine", ("hanbit",))]
    silent = archive.now() - LEASE - timedelta(seconds=1)
    with archive.write() as connection:
        connection.execute(update(runs).values(beat_at=silent))
    found = overview(archive)
    assert found.at_work == ()
    assert [one.process for one in found.broken_off] == ["process 77 on other-machine"]
    assert found.sites[0].last is not None and found.sites[0].last.outcome == "broken off"


def test_lists_are_due_in_trouble_and_found_in_an_index(archive: Archive) -> None:
    lists = Sources(archive, "hanbit", Rhythm())
    index, child, old = (f"https://hanbit.example/{name}.xml" for name in ("index", "child", "old"))
    with archive.write() as connection:
        lists.declare(connection, "feed", [FEED])
        lists.declare(connection, "sitemap", [index])
        lists.announce(connection, child, parent=index, modified=None)
        lists.announce(connection, old, parent=index, modified=None)  # older than ever wanted: never visited
    feed, indexed, below = (lists.find(url) for url in (FEED, index, child))
    assert feed and indexed and below
    with archive.write() as connection:
        lists.visited(connection, feed, NOW - timedelta(hours=5), new=3)
        lists.visited(connection, indexed, NOW, new=0)
        lists.failed(connection, below, NOW, "HTTP 500")
    (site,) = overview(archive, ["hanbit"], now=NOW).sites
    assert (site.lists, site.lists_due) == (2, 1)
    assert site.next_visit == NOW - timedelta(hours=4.5)
    assert [(one.url, one.failures) for one in site.in_trouble] == [(child, 1)]
    assert not site.troubles
    for url in (FEED, index):
        known = lists.find(url)
        assert known
        with archive.write() as connection:
            lists.failed(connection, known, NOW, "HTTP 500")
    (site,) = overview(archive, ["hanbit"], now=NOW).sites
    assert site.troubles == ("none of its 2 lists can be read",)
    assert site.in_trouble[0].last_read == NOW - timedelta(hours=5)


def test_failed_pages_are_grouped_by_their_reasons_the_most_frequent_first(archive: Archive) -> None:
    pages = Pages(archive, "hanbit")
    with archive.write() as connection:
        pages.add(connection, {str(n): f"https://hanbit.example/{n}" for n in range(1, 7)}, NOW)
    ids = [page.id for page in pages.fresh(0, 10)]
    later = NOW + timedelta(hours=6)
    with archive.write() as connection:
        settle(connection, [
            Settled(ids[0], "failed", tries=5, reason="HTTP 500"),
            Settled(ids[1], "waiting", later, tries=1, reason="HTTP 500"),
            Settled(ids[2], "failed", tries=5, reason="HTTP 502"),
            Settled(ids[3], "done", article="hanbit:4"),
            Settled(ids[4], "rejected", reason="a list", kind="list"),
        ])  # fmt: skip
    (site,) = overview(archive, ["hanbit"], now=NOW).sites
    found = [(one.reason, one.given_up, one.tried_again, one.example) for one in site.pages.reasons]
    assert found == [
        ("HTTP 500", 1, 1, "https://hanbit.example/2"),
        ("HTTP 502", 1, 0, "https://hanbit.example/3"),
    ]
    assert (site.pages.due, site.pages.later, site.pages.next_due) == (1, 1, later)
    assert (site.pages.given_up, site.pages.tried_again) == (2, 1)


def test_host_is_told_until_its_time_is_over(archive: Archive) -> None:
    Hosts(archive).close("hanbit.example", NOW, timedelta(hours=1), "HTTP 429")
    (host,) = overview(archive, now=NOW).hosts
    assert (host.host, host.until, host.reason) == ("hanbit.example", NOW + timedelta(hours=1), "HTTP 429")
    assert overview(archive, now=NOW + timedelta(hours=2)).hosts == ()


PLAN = 'database = "news.db"\n[[sites]]\nkey = "yna"\nfeeds = ["https://www.yna.co.kr/rss/news.xml"]\n'


@pytest.mark.parametrize(("late", "wrong"), [(20, False), (30, True)])
def test_site_for_which_no_timer_comes_needs_a_look(late: int, wrong: bool, tmp_path: Path) -> None:
    (tmp_path / "newsscrape.toml").write_text(PLAN, encoding="utf-8")
    with open_archive(tmp_path / "news.db") as archive:
        lists = Sources(archive, "yna", Rhythm())
        with archive.write() as connection:
            lists.declare(connection, "feed", ["https://www.yna.co.kr/rss/news.xml"])
            connection.execute(update(sources).values(next_visit=archive.now() - timedelta(hours=late)))
    found = told(cwd=tmp_path)
    assert found["needs_a_look"] is wrong
    assert ("is its timer at work?" in str(of_site(found, "yna")["troubles"])) is wrong


# --- nothing to tell of -----------------------------------------------------------------------------------------


def test_without_a_database_it_says_how_to_begin_and_makes_none(tmp_path: Path) -> None:
    done = status(cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "there is no newsscrape.db" in done.stderr and "newsscrape init" in done.stderr
    (tmp_path / "newsscrape.toml").write_text(PLAN, encoding="utf-8")
    done = status(cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "newsscrape run --plan newsscrape.toml" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["newsscrape.toml"]


def test_database_is_taken_from_the_environment_where_there_is_no_plan(morning: Path, tmp_path: Path) -> None:
    assert told(cwd=tmp_path, NEWSSCRAPE_DB=str(morning / "news.db"))["database"] == str(morning / "news.db")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--plan", "night.toml", "--db", "news.db"], "give --plan or --db"),
        (["--db", "news.db", "--site", "nobody"], "nobody: neither the plan nor news.db knows"),
        (["--db", "a.jsonl"], "a.jsonl is no SQLite file"),
        (["--db", "mysql://db/news"], "mysql databases are not supported"),
        (["--plan", "nowhere.toml"], "`newsscrape init` writes one"),
    ],
)
def test_wrong_use_is_explained_with_exit_code_2(words: list[str], says: str, morning: Path) -> None:
    done = status(*words, cwd=morning)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


def test_database_of_an_older_schema_is_left_as_it_is(tmp_path: Path) -> None:
    with open_archive(tmp_path / "news.db") as archive:
        with pytest.raises(ArchiveError, match="the next crawl into it upgrades it"):
            check(archive.engine, archive.name, steps=(*STEPS, lambda connection: None))
        assert check(archive.engine, archive.name) is None


def test_empty_file_holds_nothing_yet(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    sqlite3.connect(path).close()
    with pytest.raises(NoArchive, match="nothing was crawled into it yet"):
        open_archive(path, read_only=True)
    assert path.read_bytes() == b""


def test_read_only_archive_refuses_to_write(tmp_path: Path) -> None:
    open_archive(tmp_path / "news.db").close()
    with open_archive(tmp_path / "news.db", read_only=True) as archive, pytest.raises(ArchiveError, match="readonly"):
        Run(archive)
