"""Runs and leases: one process at a time has a site, and what a dead one held is free."""

from __future__ import annotations

import os
import signal
import subprocess
from datetime import timedelta

import pytest
from ledger import outcome, start
from sqlalchemy import select, text, update

from newsscrape.archive import Archive, open_archive, runs
from newsscrape.archive.owner import is_dead, this_process
from newsscrape.archive.runs import LEASE, Run
from newsscrape.archive.tables import run_sites, units

ELSEWHERE = "elsewhere/0:4711:99"


@pytest.fixture
def other(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run on another machine."""
    with monkeypatch.context() as patch:
        patch.setattr(runs, "this_process", lambda: ELSEWHERE)
        return Run(archive)


def silent_for(archive: Archive, silence: timedelta) -> None:
    with archive.write() as connection:
        connection.execute(update(units).values(beat_at=archive.now() - silence))


def test_a_site_is_leased_once(archive: Archive) -> None:
    one, two = Run(archive), Run(archive)
    assert one.lease(["hanbit"]) == "hanbit"
    assert two.lease(["hanbit"]) is None
    assert [holder.site for holder in two.holders(["hanbit", "nuri"])] == ["hanbit"]
    assert one.holders(["hanbit"]) == []  # it is not its own other


def test_the_first_free_site_is_leased(archive: Archive) -> None:
    one, two = Run(archive), Run(archive)
    assert one.lease(["nuri", "hanbit"]) == "nuri"
    assert two.lease(["nuri", "hanbit"]) == "hanbit"
    assert two.lease(["nuri", "hanbit"]) is None


def test_what_another_run_finished_meanwhile_is_left(archive: Archive) -> None:
    one, two = Run(archive), Run(archive)
    one.lease(["hanbit"])
    one.release("hanbit", finished=True)
    assert two.lease(["hanbit"]) is None
    assert two.holders(["hanbit"]) == []


def test_what_another_run_finished_meanwhile_is_leased_for_pages_of_ones_own(archive: Archive) -> None:
    one, two = Run(archive), Run(archive)
    one.lease(["hanbit"])
    assert two.lease(["hanbit"], anyway=["hanbit"]) is None
    one.release("hanbit", finished=True)
    assert two.lease(["hanbit"], anyway=["hanbit"]) == "hanbit"


def test_a_site_may_be_leased_later_until_it_is_finished(archive: Archive) -> None:
    one, two = Run(archive), Run(archive)
    one.lease(["hanbit"])
    assert two.may_lease_later(["hanbit"])
    one.release("hanbit", finished=False)
    assert two.may_lease_later(["hanbit"])
    one.lease(["hanbit"])
    one.release("hanbit", finished=True)
    assert not two.may_lease_later(["hanbit"])
    assert two.may_lease_later(["hanbit"], anyway=["hanbit"])


def test_what_another_run_broke_off_is_taken_up(archive: Archive) -> None:
    one, two = Run(archive), Run(archive)
    one.lease(["hanbit"])
    one.release("hanbit", finished=False)
    assert two.lease(["hanbit"]) == "hanbit"


def test_the_next_round_begins_anew(archive: Archive) -> None:
    one = Run(archive)
    one.lease(["hanbit"])
    one.release("hanbit", finished=True)
    assert Run(archive).lease(["hanbit"]) == "hanbit"


@pytest.mark.parametrize(("silence", "leased"), [(LEASE / 2, None), (LEASE * 1.1, "hanbit")], ids=["alive", "lapsed"])
def test_the_lease_of_another_machine_lives_by_its_heartbeat(
    archive: Archive, other: Run, silence: timedelta, leased: str | None
) -> None:
    assert other.lease(["hanbit"]) == "hanbit"
    silent_for(archive, silence)
    assert Run(archive).lease(["hanbit"]) == leased


def test_a_heartbeat_keeps_a_lease(archive: Archive, other: Run) -> None:
    other.lease(["hanbit"])
    silent_for(archive, LEASE * 0.9)
    assert other.beat(["hanbit"]) == []
    (holder,) = Run(archive).holders(["hanbit"])
    assert archive.now() - holder.beat_at < LEASE / 2


def test_a_run_that_lost_its_lease_hears_of_it_and_cannot_give_it_back(archive: Archive, other: Run) -> None:
    other.lease(["hanbit", "nuri"])
    other.lease(["nuri"])
    silent_for(archive, LEASE * 2)
    taker = Run(archive)
    assert taker.lease(["hanbit"]) == "hanbit"
    assert other.beat(["hanbit", "nuri"]) == ["hanbit"]
    other.release("hanbit", finished=True)
    assert taker.beat(["hanbit"]) == []


HOLDS = """
import sys
from newsscrape.archive import open_archive
from newsscrape.archive.runs import Run
run = Run(open_archive(sys.argv[1]))
print(run.lease(sys.argv[2:]), flush=True)
sys.stdin.read()
"""


def holding(database: str, *sites: str) -> tuple[subprocess.Popen[str], str]:
    child = start(HOLDS, database, *sites)
    assert child.stdout is not None
    return child, child.stdout.readline().strip()


def test_a_dead_process_of_this_machine_holds_nothing(archive: Archive, database: str) -> None:
    child, leased = holding(database, "hanbit")
    run = Run(archive)
    assert leased == "hanbit"
    assert [holder.owner.partition("@")[2].split(":")[1] for holder in run.holders(["hanbit"])] == [str(child.pid)]
    assert run.lease(["hanbit"]) is None
    child.send_signal(signal.SIGKILL)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # dead, and nobody has asked for its exit code: a zombie
    assert run.holders(["hanbit"]) == []
    assert run.lease(["hanbit"]) == "hanbit"
    child.communicate()


RACES = """
import sys
from newsscrape.archive import open_archive
from newsscrape.archive.runs import Run
run = Run(open_archive(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
sites = sys.argv[2:]
while site := run.lease(sites):
    print(site, flush=True)
print("no more", flush=True)
sys.stdin.read()
"""


def test_processes_that_race_for_sites_get_each_site_once(archive: Archive, database: str) -> None:
    sites = [f"site{n}" for n in range(30)]
    children = [start(RACES, database, *order) for order in (sites, sites[::-1], sites[10:] + sites[:10])]
    for child in children:
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
    leased: list[str] = []
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:  # they stay until all are through: a dead one's sites would be free again
        assert child.stdout is not None
        leased += iter(lambda out=child.stdout: out.readline().strip(), "no more")
    assert sorted(leased) == sorted(sites)
    for child in children:
        outcome(child)


def test_a_row_that_another_machine_is_just_taking_is_passed_by(postgresql_database: str) -> None:
    with open_archive(postgresql_database) as archive, open_archive(postgresql_database) as machine:
        run = Run(archive)
        assert run.lease(["hanbit", "nuri"]) == "hanbit"
        run.release("hanbit", finished=False)
        with machine.write() as connection:
            connection.execute(text("SELECT * FROM units WHERE site = 'hanbit' FOR UPDATE"))
            with archive.engine.connect() as watched:  # a lease that waited would wait for ever
                watched.execute(text("SET lock_timeout = '5s'"))
            assert run.lease(["hanbit", "nuri"]) == "nuri"
            assert run.lease(["hanbit"]) is None
            assert run.may_lease_later(["hanbit"])  # though nobody is seen to hold it
        assert run.lease(["hanbit"]) == "hanbit"


def test_the_account_of_a_site_is_kept(archive: Archive) -> None:
    run = Run(archive)
    run.note("hanbit", {"articles": 1}, run.started_at, ended=False)
    run.note("hanbit", {"articles": 2, "notices": ["정원\x00\ud83d"]}, run.started_at, ended=True)
    with archive.read() as connection:
        row = connection.execute(select(run_sites)).one()
    assert row.account["articles"] == 2
    assert row.ended_at is not None


def test_this_process_is_alive() -> None:
    assert not is_dead(this_process())


@pytest.mark.parametrize(
    ("owner", "dead"),
    [(ELSEWHERE, False), ("{machine}:{pid}:1", True), ("{machine}:999999999:1", True), ("{machine}:x:1", False)],
    ids=["another-machine", "a-number-used-again", "no-such-process", "nonsense"],
)
def test_who_is_certainly_dead(owner: str, dead: bool) -> None:
    machine = this_process().rsplit(":", 2)[0]
    assert is_dead(owner.format(machine=machine, pid=os.getpid())) is dead
