"""Clusters of near copies in the archive: found as articles arrive, whatever the order, and kept right ever after."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from articles import MORNING, article, keep
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text, update
from test_duplicates import OTHER_HAND, WIRE, lines

from newsscrape.archive import Archive, open_archive
from newsscrape.archive.care import soundness
from newsscrape.archive.care.backup import backup
from newsscrape.archive.care.removal import delete_article
from newsscrape.archive.clusters.placing import clear
from newsscrape.archive.clusters.showing import cluster_of
from newsscrape.archive.search.index import clear as clear_index
from newsscrape.archive.selection import Selection, read
from newsscrape.archive.tables import articles, shingles, sketches
from newsscrape.article import Article, Dateline, Outlet

YNA = Outlet(name="연합뉴스", key="yna", domain="yna.co.kr")
FIRST_HALF, SECOND_HALF = lines(0, 1, 2, 3), lines(4, 5, 6, 7)


def paper(number: int, text: str, *, hours: float = 0, **facts: object) -> Article:
    """An article of a paper of its own, so many hours after the first."""
    at = MORNING + timedelta(hours=hours)
    known = {"published_at": at, "dateline": None, "authors": (), "publisher": Outlet(name=f"제{number}일보")}
    return article(number, text=text, title=f"제목 {number}", **{**known, **facts})


def wire(number: int, text: str = WIRE, *, hours: float = 0) -> Article:
    """The agency's own article."""
    return paper(number, text, hours=hours, publisher=YNA, dateline=Dateline(agency="연합뉴스", raw="(한빛=연합뉴스)"))


EVERYTHING = [
    wire(1, hours=1),
    paper(2, WIRE, hours=2),  # the same letters
    paper(3, lines(0, 1, 2, 3, 4), hours=0.5),
    paper(4, "낡아서 위험하던 여울다리가 다시 태어난다.\n" + lines(1, 2, 3, 4, 5), hours=3),
    paper(5, OTHER_HAND, hours=1),
    paper(6, OTHER_HAND + "\n나새별 기자 na@gaon.example", hours=2),
    paper(7, "새 다리가 열렸다."),
    paper(8, "짧은 글이라 누구의 사본도 아니다."),
]
CLUSTERS = {frozenset({"hanbit:1", "hanbit:2", "hanbit:3", "hanbit:4"}), frozenset({"hanbit:5", "hanbit:6"})}


def clusters(archive: Archive) -> set[frozenset[str]]:
    """The ids in each cluster; every cluster has the number of its first article."""
    found: dict[int, set[str]] = {}
    with archive.read() as connection:
        joined = select(articles.c.id, articles.c.seq, sketches.c.cluster).join(
            sketches, sketches.c.article == articles.c.seq
        )
        rows = connection.execute(joined.where(sketches.c.cluster.is_not(None)).order_by(articles.c.seq)).all()
    for id_, seq, number in rows:
        found.setdefault(number, set()).add(id_)
        assert number == min(row.seq for row in rows if row.cluster == number) <= seq
    return set(map(frozenset, found.values()))


def in_batches(archive: Archive, some: Sequence[Article], size: int) -> None:
    for start in range(0, len(some), size):
        keep(archive, some[start : start + size])


@pytest.mark.parametrize("size", [1, 3, 8])
def test_copies_are_one_cluster(archive: Archive, size: int) -> None:
    in_batches(archive, EVERYTHING, size)
    assert clusters(archive) == CLUSTERS


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(EVERYTHING), size=st.integers(1, 8))
def test_the_order_of_arrival_makes_no_difference(order: list[Article], size: int) -> None:
    with open_archive() as archive:
        in_batches(archive, order, size)
        assert clusters(archive) == CLUSTERS
        found = cluster_of(archive, "hanbit:4")
    assert found is not None
    assert (found.id, [copy.id for copy in found.copies]) == (
        "hanbit:1",
        ["hanbit:1", "hanbit:3", "hanbit:2", "hanbit:4"],
    )


def test_the_order_makes_no_difference_on_postgresql(postgresql_database: str) -> None:
    with open_archive(postgresql_database) as archive:
        in_batches(archive, EVERYTHING[::-1], 2)
        assert clusters(archive) == CLUSTERS


def test_what_one_article_held_together_falls_apart_without_it(archive: Archive) -> None:
    held = [paper(1, FIRST_HALF), paper(2, WIRE), paper(3, SECOND_HALF), paper(4, FIRST_HALF + " 끝")]
    keep(archive, held)
    assert clusters(archive) == {frozenset({"hanbit:1", "hanbit:2", "hanbit:3", "hanbit:4"})}
    delete_article(archive, "hanbit:2")
    assert clusters(archive) == {frozenset({"hanbit:1", "hanbit:4"})}


def test_a_new_version_with_another_text_leaves_its_cluster(archive: Archive) -> None:
    keep(archive, EVERYTHING[:4])
    keep(archive, [paper(2, OTHER_HAND, hours=2, content_hash="other")])
    assert clusters(archive) == {frozenset({"hanbit:1", "hanbit:3", "hanbit:4"})}


def test_a_new_version_may_join_a_cluster(archive: Archive) -> None:
    keep(archive, EVERYTHING)
    keep(archive, [paper(5, WIRE + " 시는 그렇게 밝혔다.", hours=1, content_hash="other")])
    assert clusters(archive) == {frozenset({"hanbit:1", "hanbit:2", "hanbit:3", "hanbit:4", "hanbit:5"})}


def test_a_new_version_with_the_same_text_changes_nothing(archive: Archive) -> None:
    keep(archive, EVERYTHING)
    keep(archive, [paper(3, lines(0, 1, 2, 3, 4), hours=0.5, subtitles=("새 부제",))])
    assert clusters(archive) == CLUSTERS


@pytest.mark.parametrize("gone", ["hanbit:1", "hanbit:2", "hanbit:3"])
def test_a_cluster_without_one_of_its_articles_stays_together(archive: Archive, gone: str) -> None:
    keep(archive, EVERYTHING)
    delete_article(archive, gone)
    assert clusters(archive) == {cluster - {gone} for cluster in CLUSTERS}
    keep(archive, [paper(9, WIRE)])  # is found by whoever is left with the same text
    assert frozenset({"hanbit:9"}) < next(cluster for cluster in clusters(archive) if "hanbit:4" in cluster)


def test_a_cluster_of_one_is_none(archive: Archive) -> None:
    keep(archive, EVERYTHING[:2])
    delete_article(archive, "hanbit:1")
    assert clusters(archive) == set()
    found = cluster_of(archive, "hanbit:2")
    assert found is not None and found.why is None and len(found.copies) == 1


def test_nothing_is_left_of_what_was_deleted(archive: Archive) -> None:
    keep(archive, EVERYTHING[:4])
    for number in range(1, 5):
        delete_article(archive, f"hanbit:{number}")
    with archive.read() as connection:
        for table in (sketches, shingles):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 0


def test_many_with_the_same_letters_are_looked_up_as_one(archive: Archive) -> None:
    keep(archive, [paper(number, WIRE) for number in range(1, 40)])
    assert len(clusters(archive).pop()) == 39
    with archive.read() as connection:
        assert connection.execute(select(func.count()).select_from(shingles)).scalar() == 32


def phrase(number: int) -> str:
    """An article of its own around a phrase that everybody prints."""
    own = "".join(chr(0xAC00 + (number * 7919 + at * 104729) % 11172) for at in range(60))
    return f"{own} 이 기사는 한빛시 지역신문 발전기금의 도움을 받아 만들었으며 저작권은 가온신문에 있습니다. 알립니다."


def test_a_phrase_of_everybody_is_not_looked_up(archive: Archive) -> None:
    in_batches(archive, [paper(number, phrase(number)) for number in range(1, 31)], 3)
    keep(archive, [paper(90, phrase(7) + " 덧붙임."), paper(91, phrase(31))])
    assert clusters(archive) == {frozenset({"hanbit:7", "hanbit:90"})}
    with archive.read() as connection:
        most = select(func.count()).select_from(shingles).group_by(shingles.c.hash).order_by(func.count().desc())
        assert (connection.execute(most.limit(1)).scalar() or 0) < 20
    assert not list(soundness.check(archive, records=False))


def test_weather_is_a_copy_within_the_day_only(archive: Archive) -> None:
    keep(archive, [paper(1, WIRE, kind="weather"), paper(2, WIRE, kind="weather", hours=25)])
    keep(archive, [paper(3, WIRE, kind="weather", hours=2)])
    assert clusters(archive) == {frozenset({"hanbit:1", "hanbit:3"})}


def test_the_likely_origin_is_the_agency(archive: Archive) -> None:
    keep(archive, EVERYTHING[:4])
    found = cluster_of(archive, "hanbit:3")
    assert found is not None
    assert (found.copies[0].id, found.why) == ("hanbit:1", "it is the agency's own")
    assert {copy.id: copy.likeness.of_shorter > 0.9 for copy in found.copies}["hanbit:1"]


def test_there_is_no_cluster_of_what_is_not_there(archive: Archive) -> None:
    assert cluster_of(archive, "hanbit:1") is None


def exported(archive: Archive, selection: Selection) -> list[str]:
    return [Article.model_validate_json(kept.record).id for kept in read(archive, selection)]


SELECTIONS = [
    ({}, ["hanbit:1", "hanbit:5", "hanbit:7", "hanbit:8"]),
    ({"since": MORNING + timedelta(hours=1.5)}, ["hanbit:2", "hanbit:6"]),
    ({"query": "여울다리 부교"}, ["hanbit:1"]),
    ({"until": MORNING + timedelta(hours=0.7)}, ["hanbit:3", "hanbit:7", "hanbit:8"]),
]


@pytest.mark.parametrize(("chosen", "ids"), SELECTIONS, ids=["all", "since", "query", "until"])
def test_one_of_each_is_exported_out_of_what_is_chosen(
    archive: Archive, chosen: dict[str, object], ids: Iterable[str]
) -> None:
    keep(archive, EVERYTHING)
    assert exported(archive, Selection(**chosen, dedup=True)) == ids  # type: ignore[arg-type]


def test_all_versions_of_the_one_that_is_kept_are_exported(archive: Archive) -> None:
    keep(archive, EVERYTHING[:4])
    keep(archive, [paper(3, lines(0, 1, 2, 3), hours=0.5, content_hash="other"), wire(1, WIRE + " (끝)", hours=1)])
    assert exported(archive, Selection(versions="all", dedup=True)) == ["hanbit:1", "hanbit:1"]


def test_an_older_archive_is_made_up_for(database: str) -> None:
    with open_archive(database) as archive:
        keep(archive, EVERYTHING)
        with archive.write() as connection:
            clear_index(archive, connection)
            clear(connection)
            connection.execute(update(articles).values(derived=0))
    with open_archive(database) as archive:
        assert clusters(archive) == CLUSTERS


def test_reindex_makes_them_anew(archive: Archive) -> None:
    keep(archive, EVERYTHING)
    with archive.write() as connection:
        connection.execute(update(sketches).values(cluster=None))
    soundness.derive_anew(archive)
    assert clusters(archive) == CLUSTERS


def test_a_backup_has_the_clusters(archive: Archive, tmp_path: Path) -> None:
    keep(archive, EVERYTHING)
    target = tmp_path / "copy.db"
    backup(archive, target)
    with open_archive(target) as copy:
        assert clusters(copy) == CLUSTERS


def test_lost_sketches_are_found_and_removed(archive: Archive) -> None:
    keep(archive, EVERYTHING)
    with archive.write() as connection:
        connection.execute(
            text("DELETE FROM sketches WHERE article = (SELECT seq FROM articles WHERE id = 'hanbit:6')")
        )
        connection.execute(text("DELETE FROM articles WHERE id IN ('hanbit:3', 'hanbit:6')"))
    faults = {fault.what: fault.count for fault in soundness.check(archive, mend=True)}
    assert faults["a sketch belongs to no article"] == 1
    assert faults["a sketch's hash belongs to no article"] == 32
    assert not [fault for fault in soundness.check(archive) if "sketch" in fault.what]


def test_two_writers_make_one_cluster(postgresql_database: str) -> None:
    with open_archive(postgresql_database) as first, open_archive(postgresql_database) as second:
        meeting = threading.Barrier(2)

        def write(archive: Archive, numbers: range) -> None:
            meeting.wait()
            for number in numbers:
                keep(archive, [paper(number, WIRE + f" 덧붙임 {number}.")], site=f"site{number % 2}")

        threads = [
            threading.Thread(target=write, args=(first, range(1, 20, 2))),
            threading.Thread(target=write, args=(second, range(2, 20, 2))),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [len(cluster) for cluster in clusters(first)] == [19]
