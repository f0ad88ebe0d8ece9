"""Reading articles out of the archive: which, in which order, and that nothing is missed while others write."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from articles import MORNING, article, bare, keep

from newsscrape.archive import Archive
from newsscrape.archive.articles import Articles
from newsscrape.archive.changes import last_change
from newsscrape.archive.entry import entry_of
from newsscrape.archive.selection import Selection, read
from newsscrape.article import Article


def ids(archive: Archive, selection: Selection | None = None, after: int | None = None) -> list[str]:
    return [Article.model_validate_json(kept.record).id for kept in read(archive, selection, after=after)]


def numbered(*numbers: int) -> list[str]:
    return [f"hanbit:{number}" for number in numbers]


def test_all_come_in_the_order_of_arrival_even_after_a_change(archive: Archive) -> None:
    keep(archive, [article(3), article(1), article(2)])
    keep(archive, [article(3, text="고침")])
    assert ids(archive) == numbered(3, 1, 2)


def test_an_empty_archive_has_none(archive: Archive) -> None:
    assert ids(archive) == []
    assert last_change(archive) == 0


def test_more_than_are_fetched_at_once_all_come(archive: Archive) -> None:
    keep(archive, [article(number) for number in range(450)])
    assert ids(archive) == numbered(*range(450))


def test_a_new_version_comes_again_after_a_change_number(archive: Archive) -> None:
    keep(archive, [article(1), article(2)])
    seen = last_change(archive)
    assert ids(archive, after=seen) == []
    keep(archive, [article(3), article(1, text="고침")])
    assert ids(archive, after=seen) == numbered(3, 1)
    assert last_change(archive) == seen + 2


def test_what_is_written_while_one_reads_comes_the_next_time(archive: Archive, database: str) -> None:
    keep(archive, [article(number) for number in range(300)])
    reading = read(archive, after=0)
    first = next(reading)
    keep(archive, [article(299, text="고침"), article(300)])
    rest = list(reading)
    assert [kept.change for kept in (first, *rest)] == list(range(1, 301))
    assert ids(archive, after=rest[-1].change) == numbered(299, 300)


def test_a_reader_between_two_writers_misses_nothing(archive: Archive) -> None:
    """The second writer is done before the first where nothing keeps them in order; a cursor would pass the first."""
    with archive.write() as connection:
        Articles(archive).save(connection, [("hanbit", entry_of(article(1)))], MORNING)
        second = threading.Thread(target=keep, args=(archive, [article(2)]))
        second.start()
        second.join(0.3)
        between = list(read(archive, after=0))
    second.join()
    cursor = between[-1].change if between else 0
    assert len(between) + len(ids(archive, after=cursor)) == 2


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        (Selection(sites=("hanbit",)), [1, 2, 3]),
        (Selection(sites=("other", "nobody")), [9]),
        (Selection(kinds=("column", "editorial")), [2]),
        (Selection(sections=("sports",)), [3]),
        (Selection(since=MORNING + timedelta(hours=2)), [2, 3, 9]),
        (Selection(until=MORNING + timedelta(hours=2)), [1, 2]),
        (Selection(query="건넜다 다리"), [1, 2, 9]),
        (Selection(query="KTX-청룡"), [3]),
        (Selection(query="ktx-청룡 café"), [3]),
        (Selection(query='"새'), [1, 2, 3, 9]),
        (Selection(query="100%"), [3]),
        (Selection(query="10_%"), []),
        (Selection(query="공유하기"), []),  # stands in `removed` only
        (Selection(query="  "), [1, 2, 3, 9]),
        (Selection(sites=("hanbit",), kinds=("column",), query="다리"), [2]),
    ],
    ids=str,
)
def test_a_selection_finds(archive: Archive, selection: Selection, found: list[int]) -> None:
    keep(archive, [article(1), article(2, kind="column")])
    keep(archive, [article(3, section_code="sports", text="ktx-청룡이 100% 찼다. CAFÉ도.")])
    keep(archive, [article(9)], site="other")
    assert ids(archive, selection) == numbered(*found)


def test_an_article_without_a_time_is_in_no_window(archive: Archive) -> None:
    keep(archive, [bare()])
    assert ids(archive) == numbered(0)
    assert ids(archive, Selection(since=MORNING)) == ids(archive, Selection(until=MORNING)) == []


def test_a_reader_beside_many_writers_sees_every_last_version(archive: Archive) -> None:
    def write(first: int) -> None:
        for version in range(15):
            keep(archive, [article(first + number, text=f"{version}판") for number in range(3)])

    writers = [threading.Thread(target=write, args=(first,)) for first in (0, 2, 4)]  # some articles are of two writers
    for writer in writers:
        writer.start()
    seen: dict[str, str] = {}
    cursor = 0
    while True:
        at_work = any(writer.is_alive() for writer in writers)
        for kept in read(archive, after=cursor):
            seen[Article.model_validate_json(kept.record).id] = kept.record
            cursor = kept.change
        if not at_work:
            break
    kept_at_last = {Article.model_validate_json(kept.record).id: kept.record for kept in read(archive)}
    assert seen == kept_at_last and len(seen) == 7
