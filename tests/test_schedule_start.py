"""`newsscrape schedule start`: a process that stays, with a newsroom on loopback and a ledger whose time is moved."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from test_crawl import add_site, page, records, rss

from newsscrape.archive import open_archive
from newsscrape.archive.due import last_finished, last_run, next_visits
from newsscrape.archive.runs import Run
from newsscrape.archive.sources import Rhythm, Sources
from newsscrape.archive.tables import sources, units
from newsscrape.cli.newsroom import Newsroom
from newsscrape.schedule.clock import Clock

HEAD = 'contact = "desk@newsroom.test"\ndatabase = "news.db"\nprofiles = "ready"\ndelay = 0.5\nsince = "99999d"\n'
OUTPUT = '[[outputs]]\nfile = "articles.jsonl"\n'
PLAIN = '[[sites]]\nkey = "plain"\n'
HOST = "127.0.0.1"
PATIENCE = 30


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Path]:
    """A folder with a plan of one site, in a newsroom whose port is in a file; its third article takes its time."""
    add_site(tmp_path, "plain", host=HOST, articles=1, toml='[paths."/view/3"]\nstall = 4\n')
    (tmp_path / "newsscrape.toml").write_text(HEAD + OUTPUT + PLAIN, encoding="utf-8")
    (tmp_path / "ready").mkdir()
    with Newsroom(tmp_path) as newsroom:
        newsroom.write_profiles(tmp_path / "ready")
        (tmp_path / "port").write_text(str(newsroom.port), encoding="utf-8")
        yield tmp_path


class Schedule:
    """The command at work; `wait` reads its log up to an event."""

    def __init__(self, desk: Path) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("NEWSSCRAPE_")}
        command = [sys.executable, "-P", "-m", "newsscrape", "schedule", "start", "--look", "1", "--log-json"]
        self.process = subprocess.Popen(
            [*command, "--private-networks"], cwd=desk, env=clean, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.events: list[dict[str, Any]] = []
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._lines.put(line)
        self._lines.put("")

    def wait(self, event: str) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE
        while True:
            line = self._lines.get(timeout=max(end - time.monotonic(), 0))
            assert line, f"it ended without {event}: {self.events}"
            self.events.append(json.loads(line))
            if self.events[-1]["event"] == event:
                return self.events[-1]

    def names(self) -> list[str]:
        return [event["event"] for event in self.events if event["event"] != "progress"]

    def child(self) -> int:
        """The number of the round's process."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        (pid,) = "".join(task.read_text() for task in tasks).split()
        return int(pid)

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        self.wait("stopped")
        return self.process.wait(timeout=PATIENCE)

    def __enter__(self) -> Schedule:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stderr is not None


def publish(desk: Path, *numbers: int) -> None:
    """One or more articles besides the first."""
    for number in numbers:
        (desk / HOST / "view" / f"{number}.html").write_text(page(number), encoding="utf-8")
    (desk / HOST / "rss.xml").write_text(rss(HOST, [1, *numbers]), encoding="utf-8")


def time_passes(desk: Path, by: timedelta = timedelta(days=2)) -> None:
    """All that the ledger says of visits was so much earlier."""
    with open_archive(desk / "news.db") as archive, archive.write() as connection:
        for table, column in ((sources, sources.c.next_visit), (units, units.c.finished_at)):
            for moment in connection.execute(select(column).where(column.is_not(None)).distinct()).scalars().all():
                connection.execute(update(table).where(column == moment).values({column: moment - by}))


def test_rounds_follow_one_another_as_lists_are_due_until_ctrl_c(desk: Path) -> None:
    with Schedule(desk) as schedule:
        assert schedule.wait("round")["sites"] == ["plain"]
        done = schedule.wait("round-done")
        assert (done["code"], "plain 1 new" in done["text"]) == (0, True)
        following = schedule.wait("next")
        assert following["sites"] == ["plain"]
        least = datetime.now(UTC) + timedelta(minutes=5)
        assert least < datetime.fromisoformat(following["moment"]) < least + timedelta(hours=12)
        publish(desk, 2)
        time_passes(desk)
        assert "plain 1 new" in schedule.wait("round-done")["text"]
        assert schedule.end(signal.SIGINT) == 0
    assert [record["id"] for record in records(desk / "articles.jsonl")] == ["plain:1", "plain:2"]


def test_edited_plan_takes_effect_and_a_broken_one_is_told_once_while_the_last_good_one_goes_on(desk: Path) -> None:
    plan = desk / "newsscrape.toml"
    with Schedule(desk) as schedule:
        schedule.wait("round-done")
        plan.write_text(HEAD + OUTPUT + '[[sites]]\nkey = "plian"\n', encoding="utf-8")
        assert "did you mean plain" in schedule.wait("plan-wrong")["reason"]
        time_passes(desk)
        schedule.wait("round-done")  # by a plan that stands nowhere but in memory
        text = (desk / "ready" / "plain.toml").read_text(encoding="utf-8")
        (desk / "ready" / "young.toml").write_text(text.replace('"plain"', '"young"'), encoding="utf-8")
        plan.write_text(HEAD + OUTPUT + PLAIN + '[[sites]]\nkey = "young"\n', encoding="utf-8")
        schedule.wait("plan-read")
        assert schedule.wait("round")["sites"] == ["young"]
        assert schedule.end(signal.SIGTERM) == 0
    assert schedule.names().count("plan-wrong") == 1


def test_round_that_was_killed_is_told_and_done_again(desk: Path) -> None:
    publish(desk, 2, 3)
    with Schedule(desk) as schedule:
        schedule.wait("round")
        schedule.wait("progress")
        os.kill(schedule.child(), signal.SIGKILL)
        broken = schedule.wait("round-broken")
        assert (broken["code"], broken["failures"]) == (-signal.SIGKILL, 1)
        assert "killed by signal 9" in broken["text"]
        assert schedule.wait("round")["sites"] == ["plain"]
        schedule.wait("progress")
        child = schedule.child()
        assert schedule.end(signal.SIGINT) == 0  # while the round is at work: it ends in order first
        assert not Path(f"/proc/{child}").exists()
    report = next(event for event in reversed(schedule.events) if event["event"] == "report")
    assert report["interrupted"]
    with open_archive(desk / "news.db") as archive:
        assert last_run(archive) is not None  # the second one said goodbye to the ledger


def test_database_that_cannot_be_read_is_told_and_tried_again(desk: Path) -> None:
    (desk / "news.db").write_text("no database", encoding="utf-8")
    with Schedule(desk) as schedule:
        assert [schedule.wait("round-broken")["failures"] for _ in range(2)] == [1, 2]
        assert "no SQLite file" in schedule.events[-1]["reason"]
        (desk / "news.db").unlink()
        assert schedule.wait("round-done")["code"] == 0
        assert schedule.end() == 0


def test_lines_for_people_name_time_and_sites(desk: Path) -> None:
    with open_archive(desk / "news.db") as archive:
        lists = Sources(archive, "plain", Rhythm())
        url = f"http://{HOST}:{(desk / 'port').read_text()}/rss.xml"
        with archive.write() as connection:
            lists.declare(connection, "feed", [url])
            connection.execute(update(sources).values(next_visit=archive.now() + timedelta(hours=1)))
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "newsscrape", "schedule", "start"], cwd=desk, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    line = process.stderr.readline()
    process.send_signal(signal.SIGTERM)
    rest = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=PATIENCE) == 0
    assert datetime.fromisoformat(line[:19])
    assert line.rstrip().endswith(": plain") and "the next round is at" in line
    assert "stopped; every article" in rest


@pytest.mark.parametrize(
    ("before", "words", "says"),
    [
        ("", ["--plan", "nowhere.toml"], "`newsscrape init` writes one"),
        ("", ["--look", "0"], "--look"),
        ("sys.modules['apscheduler'] = None; ", [], "pip install 'newsscrape[schedule]'"),
    ],
)
def test_wrong_use_is_explained_with_exit_code_2(before: str, words: list[str], says: str, desk: Path) -> None:
    code = f"import sys; {before}from newsscrape.cli import main; main()"
    command = [sys.executable, "-c", code, "schedule", "start", *words]
    done = subprocess.run(command, capture_output=True, text=True, cwd=desk, timeout=PATIENCE, check=False)
    assert done.returncode == 2
    assert says in done.stderr


# --- the parts --------------------------------------------------------------------------------------------------


def test_clock_calls_again_at_past_moments_at_once_and_raises_what_its_work_raises() -> None:
    calls: list[datetime] = []

    def look() -> datetime:
        calls.append(datetime.now(UTC))
        if len(calls) == 3:
            raise ValueError("enough")
        return calls[-1] - timedelta(days=1)  # a machine that slept for a day

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(ValueError, match="enough"):
        Clock(look, lambda: None).run()
    assert len(calls) == 3
    assert signal.getsignal(signal.SIGINT) is before


def test_next_visit_is_that_of_the_lists_named_and_at_once_where_one_was_never_visited() -> None:
    now = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
    with open_archive() as archive:
        assert next_visits(archive, {"hanbit": ["a"]}) == {"hanbit": None}
        lists = Sources(archive, "hanbit", Rhythm())
        with archive.write() as connection:
            lists.declare(connection, "feed", ["a", "b", "c", "never"])
        for url, hours in (("a", 3), ("b", 2), ("c", 1)):
            with archive.write() as connection:
                due = now + timedelta(hours=hours)
                connection.execute(update(sources).where(sources.c.url == url).values(next_visit=due))
        found = next_visits(archive, {"hanbit": ["a", "b"], "nuri": ["a"]})
        assert found == {"hanbit": now + timedelta(hours=2), "nuri": None}
        assert next_visits(archive, {"hanbit": ["a", "never"]}) == {"hanbit": None}


def test_last_run_and_last_finished_are_those_that_came_to_their_end() -> None:
    with open_archive() as archive:
        run = Run(archive)
        run.lease(["hanbit"])
        assert (last_run(archive), last_finished(archive, ["hanbit"])) == (None, {})
        run.release("hanbit", finished=True)
        run.end("done")
        assert last_run(archive) == run.started_at
        assert run.started_at <= last_finished(archive, ["hanbit", "nuri"])["hanbit"] <= archive.now()
