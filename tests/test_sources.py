"""The lists of the ledger: their rhythm, walks that were broken off, what they left out, sitemaps and their index."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ledger import HOUR, NOON, SITE

from newsscrape.archive import Archive
from newsscrape.archive.sources import Rhythm, Source, Sources

FEED = "http://hanbit.newsroom.test/rss.xml"
INDEX = "http://hanbit.newsroom.test/sitemap.xml"
MAP = "http://hanbit.newsroom.test/sitemap/2026-03.xml"


@pytest.fixture
def sources(archive: Archive) -> Sources:
    sources = Sources(archive, SITE, Rhythm(start=3600, least=600, most=7200))
    with archive.write() as connection:
        sources.declare(connection, "feed", [FEED])
    return sources


def found(sources: Sources, url: str = FEED) -> Source:
    source = sources.find(url)
    assert source is not None
    return source


def visit(sources: Sources, url: str = FEED, **facts: object) -> Source:
    with sources.archive.write() as connection:
        sources.visited(connection, found(sources, url), NOON, **{"new": 0, **facts})  # type: ignore[arg-type]
    return found(sources, url)


def announce(sources: Sources, url: str, modified: str | None) -> Source:
    with sources.archive.write() as connection:
        sources.announce(connection, url, parent=INDEX, modified=modified)
    return found(sources, url)


def test_a_list_is_declared_once_and_stays_as_it_is(sources: Sources) -> None:
    visit(sources, etag='"a"')
    with sources.archive.write() as connection:
        sources.declare(connection, "feed", [FEED])
    assert found(sources).etag == '"a"'
    assert sources.find(INDEX) is None


def test_lists_of_another_site_are_its_own(sources: Sources) -> None:
    assert Sources(sources.archive, "nuri", Rhythm()).find(FEED) is None


@pytest.mark.parametrize(
    ("news", "interval"),
    [([5], 1800), ([0], 5400), ([5, 5, 5, 5], 600), ([0, 0, 0], 7200), ([5, 0], 2700)],
    ids=["news", "silence", "never-below-the-least", "never-above-the-most", "both"],
)
def test_a_list_is_visited_in_its_own_rhythm(sources: Sources, news: list[int], interval: int) -> None:
    for new in news:
        source = visit(sources, new=new)
    assert source.interval == interval
    assert source.next_visit == NOON + timedelta(seconds=interval)


def test_a_list_that_cannot_be_read_is_asked_more_rarely(sources: Sources) -> None:
    for _ in range(2):
        with sources.archive.write() as connection:
            sources.failed(connection, found(sources), NOON, "HTTP 500")
    source = found(sources)
    assert (source.failures, source.interval, source.visited_at) == (2, 7200, None)
    assert visit(sources).failures == 0


def test_a_list_that_was_not_modified_keeps_its_validators(sources: Sources) -> None:
    visit(sources, new=1, etag='"a"', last_modified="Mon")
    with sources.archive.write() as connection:
        sources.unchanged(connection, found(sources), NOON + HOUR)
    source = found(sources)
    assert (source.etag, source.last_modified, source.visited_at) == ('"a"', "Mon", NOON + HOUR)


def test_the_next_visit_is_that_of_the_list_that_is_due_first(sources: Sources) -> None:
    assert sources.next_visit() is None  # never visited
    visit(sources, new=5)
    announce(sources, MAP, None)
    assert sources.next_visit() is None
    visit(sources, MAP)
    assert sources.next_visit() == NOON + timedelta(seconds=1800)


def test_a_list_never_read_must_be_read_whole(sources: Sources) -> None:
    assert found(sources).must_be_read_whole(None)
    assert not visit(sources).must_be_read_whole(None)


def test_a_walk_that_was_broken_off_must_be_made_up_for(sources: Sources) -> None:
    source = visit(sources)
    for pages, noted in ((1, 1), (2, 2), (3, 3)):
        with sources.archive.write() as connection:
            sources.walked(connection, source, pages)
        assert found(sources).unfinished == noted
    assert found(sources).must_be_read_whole(None)
    again = found(sources)
    with sources.archive.write() as connection:
        sources.walked(connection, again, 1)  # the next try is broken off sooner
    assert found(sources).unfinished == 3
    assert visit(sources).unfinished == 0


@pytest.mark.parametrize(
    ("then", "now", "whole"),
    [
        (None, None, False),
        (None, NOON, False),
        (NOON, NOON + HOUR, False),
        (NOON, NOON, False),
        (NOON, NOON - HOUR, True),
        (NOON, None, True),
    ],
    ids=["all-and-all", "all-then", "less-now", "the-same", "more-now", "all-now"],
)
def test_a_list_that_left_out_what_is_wanted_now_must_be_read_whole(
    sources: Sources, then: object, now: object, whole: bool
) -> None:
    assert visit(sources, since=then).must_be_read_whole(now) is whole  # type: ignore[arg-type]


def test_a_sitemap_is_worth_a_visit_when_its_index_says_that_it_changed(sources: Sources) -> None:
    assert announce(sources, MAP, "2026-03-01").is_worth_a_visit(None)  # never read
    assert not visit(sources, MAP).is_worth_a_visit(None)
    assert not announce(sources, MAP, "2026-03-01").is_worth_a_visit(None)
    changed = announce(sources, MAP, "2026-03-02")
    assert changed.is_worth_a_visit(None)
    assert not visit(sources, MAP).is_worth_a_visit(None)


def test_a_sitemap_that_changed_while_it_was_read_is_worth_another_visit(sources: Sources) -> None:
    before = announce(sources, MAP, "2026-03-01")
    announce(sources, MAP, "2026-03-02")
    with sources.archive.write() as connection:
        sources.visited(connection, before, NOON, new=0)
    assert found(sources, MAP).is_worth_a_visit(None)


def test_a_sitemap_without_a_time_of_change_is_always_worth_a_visit(sources: Sources) -> None:
    announce(sources, MAP, None)
    assert visit(sources, MAP).is_worth_a_visit(None)


def test_a_list_of_the_profile_is_always_worth_a_visit(sources: Sources) -> None:
    assert visit(sources).is_worth_a_visit(None)


def test_the_sitemaps_of_an_index_come_newest_first(sources: Sources) -> None:
    for month in ("2026-01", "2026-03", "2026-02"):
        announce(sources, f"http://hanbit.newsroom.test/sitemap/{month}.xml", month)
    assert [source.announced for source in sources.children(INDEX)] == ["2026-03", "2026-02", "2026-01"]
    assert sources.children(MAP) == []


def test_sitemaps_without_a_time_come_in_their_order_behind_those_with_one(sources: Sources) -> None:
    for name, modified in (("a", None), ("b", "2026-03"), ("c", None)):
        announce(sources, f"http://hanbit.newsroom.test/{name}.xml", modified)
    assert [source.url[-5] for source in sources.children(INDEX)] == ["b", "a", "c"]
