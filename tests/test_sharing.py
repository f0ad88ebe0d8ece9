"""Several crawls on one database at once: they share the sites or refuse, and what a dead one held is free again."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from press_run import begin, crawl, fetched, ids, kept, published, start, until
from sqlalchemy import update
from town import Fault, TownProcess

from newsscrape.archive import open_archive, runs
from newsscrape.archive.tables import units

KEYS = ("hanbit", "nuri", "saebyeok", "maru")


@pytest.fixture
def town() -> Iterator[TownProcess]:
    with TownProcess(KEYS, seed=5, lists=["feeds"]) as town:
        yield town


@pytest.fixture
def profiles(town: TownProcess, tmp_path: Path) -> Path:
    town.profiles(tmp_path / "profiles")
    return tmp_path / "profiles"


def ended(child: subprocess.Popen[str]) -> str:
    _, said = child.communicate(timeout=90)
    assert child.returncode == 0, said
    return said


def report(child: subprocess.Popen[str]) -> dict[str, Any]:
    out, said = child.communicate(timeout=90)
    assert child.returncode == 0, said
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.mark.parametrize("files", [("a.jsonl", "a.jsonl"), ("a.jsonl", "b.jsonl")], ids=["one-file", "two-files"])
def test_two_crawls_share_the_sites(
    town: TownProcess, profiles: Path, database: str, tmp_path: Path, files: tuple[str, str]
) -> None:
    for key in KEYS:
        town[key].publish_many(8)
        town[key].mood["*"] = Fault(stall=0.05)
    town["hanbit"].mood["/rss.xml"] = Fault(stall=6)  # keeps the first one at its first site
    outputs = [str(tmp_path / file) for file in files]
    options = {"database": database, "sites_at_once": 1}
    first = begin(profiles, sites=KEYS, output=outputs[0], **options)
    assert until(lambda: bool(town.requests("hanbit")))
    second = begin(profiles, sites=KEYS, output=outputs[1], **options)
    assert all(report(child)["articles"] > 0 for child in (first, second))
    for key in KEYS:
        assert town.concurrent(key) == 1
        assert set(fetched(town, key).values()) == {1}
        assert len(town.requests(key, "/rss.xml")) == 1
    assert sorted(kept(database)) == published(town, *KEYS)
    written = [article for file in sorted(set(files)) for article in ids(tmp_path / file)]
    assert sorted(written) == published(town, *KEYS)


def busy(town: TownProcess, profiles: Path, database: str, *arguments: str) -> subprocess.Popen[str]:
    """A crawl that has just asked for an article, and waits for it."""
    town["hanbit"].publish_many(3)
    town["hanbit"].mood["/view/*"] = Fault(stall=100)
    child = start(profiles, database, "hanbit", *arguments, DOWNLOAD_TIMEOUT=100)
    assert until(lambda: bool(town.requests("hanbit", "/view/")))
    return child


def test_a_crawl_that_does_not_share_is_refused(
    town: TownProcess, profiles: Path, database: str, tmp_path: Path
) -> None:
    first = busy(town, profiles, database, "-o", str(tmp_path / "a.jsonl"))
    asked = len(town.asked)
    code, said = crawl(profiles, database, "nuri", "hanbit", "--busy", "refuse", "-o", str(tmp_path / "b.jsonl"))
    assert code == 2
    assert f"another run is at work on hanbit (process {first.pid} on " in said
    assert "Traceback" not in said
    assert len(town.asked) == asked
    code, _ = crawl(profiles, database, "nuri", "--busy", "refuse", "-o", str(tmp_path / "b.jsonl"))
    assert code == 0  # another site is free
    first.kill()
    first.communicate()


@pytest.mark.parametrize("manner", ["share", "refuse"])
def test_a_killed_crawl_gives_its_sites_back_at_once(
    town: TownProcess, profiles: Path, database: str, tmp_path: Path, manner: str
) -> None:
    first = busy(town, profiles, database, "-o", str(tmp_path / "a.jsonl"))
    first.send_signal(signal.SIGKILL)
    first.communicate()
    del town["hanbit"].mood["/view/*"]
    code, said = crawl(profiles, database, "hanbit", "--busy", manner, "-o", str(tmp_path / "a.jsonl"))
    assert code == 0, said
    assert sorted(ids(tmp_path / "a.jsonl")) == published(town, "hanbit")


def test_a_machine_that_died_gives_its_sites_back_when_its_heartbeat_is_missed(
    town: TownProcess, profiles: Path, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town["hanbit"].publish_many(2)
    monkeypatch.setattr(runs, "this_process", lambda: "elsewhere/0:4711:99")
    with open_archive(database) as archive:
        other = runs.Run(archive)
        assert other.lease(["hanbit"]) == "hanbit"
        code, said = crawl(profiles, database, "hanbit", "--busy", "refuse", "-o", str(tmp_path / "a.jsonl"))
        assert code == 2
        assert "hanbit (process 4711 on elsewhere)" in said
        soon = archive.now() - runs.LEASE + timedelta(seconds=6)
        with archive.write() as connection:
            connection.execute(update(units).values(beat_at=soon))
        code, said = crawl(profiles, database, "hanbit", "-o", str(tmp_path / "a.jsonl"))
        assert code == 0, said
        assert archive.now() >= soon + runs.LEASE
        assert other.beat(["hanbit"]) == ["hanbit"]  # should it wake up again, it hears of it
    assert sorted(ids(tmp_path / "a.jsonl")) == published(town, "hanbit")


def test_pages_asked_for_by_address_are_fetched_though_another_run_finished_their_site(
    town: TownProcess, profiles: Path, database: str, tmp_path: Path
) -> None:
    paper = town["hanbit"]
    paper.publish_many(4)
    paper.mood["/view/*"] = Fault(stall=1)
    running = []
    for number, name in ((1, "a"), (2, "b")):
        (tmp_path / f"{name}.txt").write_text(f"{paper.url(number)}\n", encoding="utf-8")
        arguments = ("--urls", str(tmp_path / f"{name}.txt"), "-o", str(tmp_path / f"{name}.jsonl"))
        running.append(start(profiles, database, *arguments))
    for child in running:
        ended(child)
    assert ids(tmp_path / "a.jsonl") == ["hanbit:1"]
    assert ids(tmp_path / "b.jsonl") == ["hanbit:2"]
    assert town.concurrent("hanbit") == 1
