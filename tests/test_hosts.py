"""What the ledger knows of hosts: pauses that grow, robots.txt for a day; and daily allowances."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from ledger import HOUR, NOON, outcome, start

from newsscrape.archive import Archive
from newsscrape.archive.hosts import ROBOTS_KEPT, Hosts, Robots
from newsscrape.archive.quotas import Quota

QUARTER = timedelta(minutes=15)


@pytest.fixture
def hosts(archive: Archive) -> Hosts:
    return Hosts(archive)


def test_a_host_is_closed_until_its_pause_is_over(hosts: Hosts) -> None:
    hosts.close("a.test", NOON, HOUR, "403")
    closed = hosts.closed("a.test", NOON)
    assert closed is not None and (closed.until, closed.reason) == (NOON + HOUR, "403")
    assert hosts.closed("a.test", NOON + HOUR) is None
    assert hosts.closed("b.test", NOON) is None


def test_all_hosts_that_are_closed_now(hosts: Hosts) -> None:
    for host, pause in (("c.test", 3), ("a.test", 2), ("b.test", 1)):
        hosts.close(host, NOON, pause * HOUR, "403")
    assert [closed.host for closed in hosts.all_closed(NOON + HOUR)] == ["a.test", "c.test"]


def test_a_growing_pause_is_four_times_as_long_each_time_up_to_a_week(hosts: Hosts) -> None:
    pauses = [hosts.close("a.test", NOON, QUARTER, "429", growing=True).until - NOON for _ in range(8)]
    assert pauses[:5] == [QUARTER, HOUR, 4 * HOUR, 16 * HOUR, 64 * HOUR]
    assert set(pauses[5:]) == {timedelta(days=7)}


def test_a_pause_that_the_host_names_does_not_grow(hosts: Hosts) -> None:
    pauses = [hosts.close("a.test", NOON, HOUR, "503").until - NOON for _ in range(3)]
    assert pauses == [HOUR] * 3


def test_a_host_that_answers_again_begins_anew(hosts: Hosts) -> None:
    for _ in range(3):
        hosts.close("a.test", NOON, QUARTER, "429", growing=True)
    hosts.open("a.test")
    assert hosts.closed("a.test", NOON) is None
    assert hosts.close("a.test", NOON, QUARTER, "429", growing=True).until == NOON + QUARTER


def test_opening_a_host_that_was_never_closed_does_no_harm(hosts: Hosts) -> None:
    hosts.open("a.test")


@pytest.mark.parametrize("body", ["", "User-agent: *\nDisallow: /관리\x00\n", "#" * 500_000], ids=["no", "odd", "long"])
def test_a_robots_txt_is_kept(hosts: Hosts, body: str) -> None:
    hosts.keep_robots(Robots("http://a.test/robots.txt", 200, body, NOON))
    kept = hosts.robots("http://a.test/robots.txt")
    assert kept is not None and kept.body == body.replace("\x00", "")
    assert hosts.robots("https://a.test/robots.txt") is None


def test_a_newer_robots_txt_replaces_an_older_one(hosts: Hosts) -> None:
    hosts.keep_robots(Robots("http://a.test/robots.txt", 200, "old", NOON))
    hosts.keep_robots(Robots("http://a.test/robots.txt", 404, "", NOON + HOUR))
    kept = hosts.robots("http://a.test/robots.txt")
    assert kept == Robots("http://a.test/robots.txt", 404, "", NOON + HOUR)


def test_a_robots_txt_is_fresh_for_a_day(hosts: Hosts) -> None:
    hosts.keep_robots(Robots("http://a.test/robots.txt", 200, "", NOON))
    kept = hosts.robots("http://a.test/robots.txt")
    assert kept is not None
    assert kept.is_fresh(NOON + ROBOTS_KEPT - timedelta(seconds=1))
    assert not kept.is_fresh(NOON + ROBOTS_KEPT)


def test_an_allowance_is_used_up(archive: Archive) -> None:
    quota = Quota(archive, "search", 3)
    assert [quota.use(NOON) for _ in range(5)] == [True, True, True, False, False]
    assert quota.used(NOON) == 3
    assert Quota(archive, "another", 3).used(NOON) == 0


def test_the_day_of_an_allowance_is_koreas(archive: Archive) -> None:
    quota = Quota(archive, "search", 1)
    evening = datetime(2026, 3, 2, 14, 59, tzinfo=UTC)  # 23:59 in Seoul
    assert quota.use(evening)
    assert not quota.use(evening)
    assert quota.use(evening + timedelta(minutes=1))


USES = """
import sys
from ledger import NOON
from newsscrape.archive import open_archive
from newsscrape.archive.quotas import Quota
quota = Quota(open_archive(sys.argv[1]), "search", 50)
print(sum(quota.use(NOON) for _ in range(40)))
"""


def test_processes_share_an_allowance(archive: Archive, database: str) -> None:
    children = [start(USES, database) for _ in range(2)]
    assert sum(int(outcome(child)) for child in children) == 50
    assert Quota(archive, "search", 50).used(NOON) == 50
