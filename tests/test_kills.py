"""Crawls that are killed, again and again, and go on: every article once, every line whole, no address lost."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import postgresql
import pytest
from press_run import crawl, fetched, has_ended, ids, kept, published, start, until
from town import Fault, TownProcess
from town.pages import sitemap_index

KEYS = ("hanbit", "nuri", "saebyeok")
KILLS = 20
SLOWLY = Fault(stall=0.03)


@pytest.fixture
def town() -> Iterator[TownProcess]:
    with TownProcess(KEYS, seed=11, feed_size=5, page_size=5) as town:
        yield town


@pytest.fixture
def profiles(town: TownProcess, tmp_path: Path) -> Path:
    town.profiles(tmp_path / "profiles")
    return tmp_path / "profiles"


def kill(child: subprocess.Popen[str]) -> None:
    """Ends a process that has no time to say anything."""
    child.send_signal(signal.SIGKILL)
    child.communicate(timeout=20)


def _asked(town: TownProcess, number: int) -> bool:
    return len(town.asked) >= number


def test_twenty_kills(town: TownProcess, profiles: Path, database: str, tmp_path: Path) -> None:
    chance = random.Random(20)
    output = tmp_path / "a.jsonl"
    for key in KEYS:
        town[key].publish_many(40)
        town[key].mood["*"] = SLOWLY
    arguments = (*KEYS, "-o", str(output))
    # A part before the first page is asked for (imports, opening the archive, leases), the rest anywhere behind.
    moments = [None] * 8 + [chance.randint(1, 16) for _ in range(KILLS - 8)]
    chance.shuffle(moments)
    kills = 0
    for moment in moments:
        child = start(profiles, database, *arguments)
        if moment is None:
            time.sleep(chance.uniform(0.1, 1.2))
        else:
            before = len(town.asked)
            until(partial(_asked, town, before + moment), 20)
            time.sleep(chance.uniform(0, 0.05))
        if child.poll() is not None:
            break
        kill(child)
        kills += 1
    code, said = crawl(profiles, database, *arguments)
    assert code == 0, said
    assert kills == KILLS
    assert sorted(kept(database)) == published(town, *KEYS)
    assert sorted(ids(output)) == published(town, *KEYS)
    for key in KEYS:
        assert max(fetched(town, key).values()) <= kills + 1
        assert town.concurrent(key) <= 1 + kills  # a request of a killed run may still be open
    total = sum(sum(fetched(town, key).values()) for key in KEYS)
    print(f"{kills} kills, {total} pages sent for {len(ids(output))} articles")


def asked_for(town: TownProcess, key: str, path: str) -> bool:
    """Whether a page has been sent whole."""
    return any(asked.ended is not None for asked in town.requests(key, path))


def killed_at(town: TownProcess, profiles: Path, database: str, path: str, *arguments: str) -> None:
    """A crawl that is killed as soon as a page has been asked for."""
    town.forget()
    child = start(profiles, database, *arguments)
    assert until(lambda: bool(town.requests("hanbit", path))), path
    kill(child)


@pytest.fixture
def one(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[TownProcess, Path]]:
    """A paper with one kind of list, whose answers take a moment, and the folder of its profile."""
    with TownProcess(["hanbit"], seed=3, page_size=5, lists=request.param) as town:
        town.profiles(tmp_path / "profiles")
        town["hanbit"].mood["/list/*"] = SLOWLY
        town["hanbit"].mood["/sitemap*"] = SLOWLY
        yield town, tmp_path / "profiles"


def goes_on_to_the_end(town: TownProcess, profiles: Path, database: str, output: Path) -> None:
    code, said = crawl(profiles, database, "hanbit", "-o", str(output))
    assert code == 0, said
    assert sorted(kept(database)) == published(town, "hanbit")
    assert sorted(ids(output)) == published(town, "hanbit")


@pytest.mark.parametrize("one", [["sections"]], indirect=True, ids=["sections"])
def test_a_walk_through_a_section_is_made_up_for_however_often_it_is_broken_off(
    one: tuple[TownProcess, Path], database: str, tmp_path: Path
) -> None:
    town, profiles = one
    town["hanbit"].publish_many(35)
    arguments = ("hanbit", "-o", str(tmp_path / "a.jsonl"))
    killed_at(town, profiles, database, "/list/all?page=4", *arguments)
    killed_at(town, profiles, database, "/list/all?page=2", *arguments)  # its second try comes less far
    goes_on_to_the_end(town, profiles, database, tmp_path / "a.jsonl")


@pytest.mark.parametrize("one", [["sitemaps"]], indirect=True, ids=["sitemaps"])
@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap/2026-03.xml", "/sitemap/2026-02.xml"])
def test_a_walk_through_sitemaps_is_made_up_for(
    one: tuple[TownProcess, Path], database: str, tmp_path: Path, path: str
) -> None:
    town, profiles = one
    publish_months(town)
    killed_at(town, profiles, database, path, "hanbit", "-o", str(tmp_path / "a.jsonl"))
    goes_on_to_the_end(town, profiles, database, tmp_path / "a.jsonl")


@pytest.mark.parametrize("one", [["sitemaps"]], indirect=True, ids=["sitemaps"])
def test_a_walk_through_an_index_of_indexes_is_made_up_for(
    one: tuple[TownProcess, Path], database: str, tmp_path: Path
) -> None:
    town, profiles = one
    paper = town["hanbit"]
    publish_months(town)
    months = [paper.url(f"/sitemap/2026-0{month}.xml") for month in (3, 2, 1)]
    changed = datetime(2026, 3, 2, tzinfo=UTC)
    paper.mood["/sitemap.xml"] = Fault(body=sitemap_index([(paper.url("/inner.xml"), changed)]).encode())
    paper.mood["/inner.xml"] = Fault(body=sitemap_index([(month, None) for month in months]).encode())
    paper.mood["/sitemap/2026-02.xml"] = SLOWLY
    killed_at(town, profiles, database, "/sitemap/2026-02.xml", "hanbit", "-o", str(tmp_path / "a.jsonl"))
    goes_on_to_the_end(town, profiles, database, tmp_path / "a.jsonl")


def publish_months(town: TownProcess) -> None:
    for number in range(1, 10):
        town["hanbit"].publish(number, at=datetime(2026, 1 + number % 3, number, tzinfo=UTC))


def test_a_killed_crawl_leaves_no_process_behind(town: TownProcess, profiles: Path, tmp_path: Path) -> None:
    town["hanbit"].publish_many(5)
    child = start(profiles, str(tmp_path / "news.db"), "hanbit", "-o", str(tmp_path / "a.jsonl"))
    assert until(lambda: len(fetched(town, "hanbit")) > 1)
    readers = children_of(child.pid)
    kill(child)
    assert readers
    assert until(lambda: all(map(has_ended, readers)))


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
@pytest.mark.parametrize("path", ["/view/3", "/rss.xml", "/robots.txt"])
def test_a_signal_ends_a_crawl_whose_server_stalls(
    town: TownProcess, profiles: Path, tmp_path: Path, number: signal.Signals, path: str
) -> None:
    town["hanbit"].publish_many(5)
    town["hanbit"].mood[path] = Fault(stall=100)
    database, output = str(tmp_path / "news.db"), tmp_path / "a.jsonl"
    child = start(profiles, database, "hanbit", "-o", str(output))
    assert until(lambda: bool(town.requests("hanbit", path)))
    time.sleep(0.5)
    child.send_signal(number)
    _, said = child.communicate(timeout=15)
    assert child.returncode == 1, said
    assert "the same command goes on" in said
    assert "Traceback" not in said
    del town["hanbit"].mood[path]
    code, said = crawl(profiles, database, "hanbit", "-o", str(output))
    assert code == 0, said
    assert sorted(ids(output)) == published(town, "hanbit")


def test_a_server_that_goes_away_ends_the_crawl_in_order(
    town: TownProcess,
    profiles: Path,
    tmp_path: Path,
    postgresql_server: postgresql.Server,
    own_database: str,
) -> None:
    output = tmp_path / "a.jsonl"
    for key in KEYS:
        town[key].publish_many(12)
        town[key].mood["/view/*"] = SLOWLY
    child = start(profiles, own_database, *KEYS, "-o", str(output))
    assert until(lambda: len(fetched(town, "hanbit")) > 3)
    postgresql_server.shut(own_database)
    _, said = child.communicate(timeout=30)
    assert child.returncode == 1, said
    assert "run again to go on" in said
    assert "Traceback" not in said
    postgresql_server.open(own_database)
    code, said = crawl(profiles, own_database, *KEYS, "-o", str(output))
    assert code == 0, said
    assert sorted(kept(own_database)) == published(town, *KEYS)
    assert sorted(ids(output)) == published(town, *KEYS)
