"""The pages of the ledger: taken in once, in order, and due when they should be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from ledger import HOUR, NOON, SITE, add_pages, address, all_pages, outcome, page_of, start

from newsscrape.archive import Archive
from newsscrape.archive.pages import KnownPage, Pages, Settled, State, settle


@pytest.fixture
def pages(archive: Archive) -> Pages:
    return Pages(archive, SITE)


def numbers(found: Sequence[KnownPage]) -> list[int]:
    return [int(page.identity) for page in found]


def set_to(pages: Pages, number: int, state: State, **facts: object) -> None:
    page = known(pages, number)
    with pages.archive.write() as connection:
        settle(connection, [Settled(page.id, state, **facts)])  # type: ignore[arg-type]


def known(pages: Pages, number: int) -> KnownPage:
    return page_of(pages.archive, number)


def want(pages: Pages, run: str, *wanted: int) -> int:
    with pages.archive.write() as connection:
        return pages.want(connection, [str(n) for n in wanted], run, NOON)


def test_addresses_are_taken_in_once(archive: Archive) -> None:
    assert add_pages(archive, [1, 2]) == 2
    assert add_pages(archive, [2, 3]) == 1
    assert set(all_pages(archive)) == {"1", "2", "3"}


def test_the_first_address_of_a_page_stays(archive: Archive, pages: Pages) -> None:
    add_pages(archive, [1])
    with archive.write() as connection:
        assert pages.add(connection, {"1": "http://m.hanbit.newsroom.test/view/1"}, NOON) == 0
    assert known(pages, 1).url == address(1)


def test_many_addresses_are_taken_in_at_once_and_in_order(archive: Archive, pages: Pages) -> None:
    order = list(range(3000, 0, -1))
    assert add_pages(archive, order) == 3000
    assert numbers(pages.fresh(0, 5000)) == order


def test_sites_do_not_share_their_pages(archive: Archive, pages: Pages) -> None:
    add_pages(archive, [1], site="nuri")
    add_pages(archive, [1, 2])
    assert pages.due(NOON) == 2
    assert Pages(archive, "nuri").newest() < pages.newest()


def test_nothing_is_newest_in_an_empty_ledger(pages: Pages) -> None:
    assert pages.newest() == 0
    assert pages.fresh(0, 10) == pages.backlog(1, NOON, 10) == []


def test_fresh_pages_are_those_met_since_in_the_order_of_their_list(archive: Archive, pages: Pages) -> None:
    add_pages(archive, [9, 8])
    before = pages.newest()
    add_pages(archive, [5, 7, 6])
    assert numbers(pages.fresh(before, 10)) == [5, 7, 6]
    assert numbers(pages.fresh(before, 2)) == [5, 7]


def test_a_fresh_page_that_was_settled_is_not_fresh_any_more(archive: Archive, pages: Pages) -> None:
    add_pages(archive, [1, 2])
    set_to(pages, 1, "done")
    assert numbers(pages.fresh(0, 10)) == [2]


def test_the_backlog_has_what_is_due_the_newest_lists_first_each_in_its_order(archive: Archive, pages: Pages) -> None:
    add_pages(archive, [1, 2, 3], now=NOON - HOUR)
    add_pages(archive, [4, 5, 6])
    set_to(pages, 2, "done")
    set_to(pages, 3, "waiting", due_at=NOON + HOUR, tries=1)
    set_to(pages, 4, "rejected", kind="list")
    every = pages.newest() + 1
    assert numbers(pages.backlog(every, NOON, 10)) == [5, 6, 1]
    assert numbers(pages.backlog(every, NOON + HOUR, 10)) == [5, 6, 1, 3]
    assert numbers(pages.backlog(known(pages, 5).id, NOON, 10)) == [1]
    assert numbers(pages.backlog(every, NOON, 10, behind=known(pages, 5))) == [6, 1]
    assert pages.due(NOON) == 3


def test_pages_asked_for_by_address_come_in_the_order_they_were_met(archive: Archive, pages: Pages) -> None:
    add_pages(archive, [3, 1, 2, 4])
    assert want(pages, "run", 1, 2, 3) == 3
    assert numbers(pages.wanted("run", 0, NOON, 10)) == [3, 1, 2]
    assert numbers(pages.wanted("run", known(pages, 1).id, NOON, 10)) == [2]
    assert pages.wanted("another", 0, NOON, 10) == []


def test_pages_asked_for_twice_count_once(archive: Archive, pages: Pages) -> None:
    add_pages(archive, [1, 2])
    assert want(pages, "run", 1) == 1
    assert want(pages, "run", 1, 2) == 1


def test_a_page_given_up_gets_another_chance_when_it_is_asked_for(archive: Archive, pages: Pages) -> None:
    add_pages(archive, [1, 2])
    set_to(pages, 1, "failed", tries=5)
    set_to(pages, 2, "done")
    assert want(pages, "run", 1, 2) == 1
    (page,) = pages.wanted("run", 0, NOON, 10)
    assert (page.identity, page.state, page.tries) == ("1", "waiting", 0)


def test_many_pages_are_asked_for_at_once(archive: Archive, pages: Pages) -> None:
    add_pages(archive, range(1200))
    assert want(pages, "run", *range(1200)) == 1200


def test_what_lay_outside_an_earlier_window_is_due_inside_a_later_one(archive: Archive, pages: Pages) -> None:
    add_pages(archive, [1, 2, 3])
    for number in (1, 2, 3):
        set_to(pages, number, "outside", published_at=NOON + number * HOUR)
    pages.reopen(NOON + 2 * HOUR, NOON + 2 * HOUR, NOON)
    assert numbers(pages.backlog(1 << 40, NOON, 10)) == [2]
    pages.reopen(None, NOON + HOUR, NOON)
    assert numbers(pages.backlog(1 << 40, NOON, 10)) == [1, 2]
    pages.reopen(None, None, NOON)
    assert numbers(pages.backlog(1 << 40, NOON, 10)) == [1, 2, 3]


def test_reopening_leaves_all_other_pages_as_they_are(archive: Archive, pages: Pages) -> None:
    states: tuple[State, ...] = ("done", "rejected", "gone", "failed")
    add_pages(archive, range(4))
    for number, state in enumerate(states):
        set_to(pages, number, state, published_at=NOON)
    pages.reopen(None, None, NOON)
    assert pages.due(NOON) == 0


def test_young_articles_are_due_for_a_second_look(archive: Archive, pages: Pages) -> None:
    add_pages(archive, [1, 2, 3, 4], now=NOON)
    set_to(pages, 1, "done", published_at=NOON - timedelta(days=3))
    set_to(pages, 2, "done", published_at=NOON - HOUR)
    set_to(pages, 3, "done")  # without a date: its age is that of the page
    set_to(pages, 4, "gone", published_at=NOON)
    pages.refresh(NOON - timedelta(days=1), NOON)
    assert numbers(pages.backlog(1 << 40, NOON, 10)) == [2, 3]
    assert {page.state for page in pages.backlog(1 << 40, NOON, 10)} == {"done"}


def test_settling_replaces_all_that_was_known(archive: Archive, pages: Pages) -> None:
    add_pages(archive, [1])
    set_to(pages, 1, "waiting", due_at=NOON, tries=2, etag='"a"', reason="HTTP 500", status=500)
    set_to(pages, 1, "done", article="hanbit:1", last_modified="Mon")
    page = known(pages, 1)
    assert (page.state, page.tries, page.etag, page.last_modified, page.article) == ("done", 0, None, "Mon", "hanbit:1")


def test_whether_an_identity_is_another_pages(archive: Archive, pages: Pages) -> None:
    add_pages(archive, [1, 2])
    one = known(pages, 1).id
    assert pages.is_known("2", besides=one)
    assert not pages.is_known("1", besides=one)
    assert not pages.is_known("3", besides=one)


WANTS = """
import random, sys
from ledger import NOON, address
from newsscrape.archive import open_archive
from newsscrape.archive.pages import Pages
database, run = sys.argv[1:]
archive = open_archive(database)
pages = Pages(archive, "hanbit")
print("ready", flush=True)
sys.stdin.readline()
chance = random.Random(run)
for turn in range(10):
    numbers = list(range(1000 * turn, 1000 * (turn + 1)))
    chance.shuffle(numbers)
    with archive.write() as connection:
        pages.add(connection, {str(n): address(n) for n in numbers}, NOON)
        pages.want(connection, [str(n) for n in numbers], run, NOON)
"""


def test_processes_take_in_the_same_addresses_in_different_orders(
    archive: Archive, database: str, pages: Pages
) -> None:
    children = [start(WANTS, database, run) for run in ("a", "b", "c")]
    for child in children:
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        outcome(child)
    assert pages.due(NOON) == 10_000
