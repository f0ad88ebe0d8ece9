"""Care for an archive, on both databases: sizes, soundness, what leaves it, copies."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from articles import MORNING, article, bare, keep
from ledger import add_pages, done, entry, outcome, page_of, start
from sqlalchemy import event, insert, select, text, update

from newsscrape.archive import Archive, open_archive
from newsscrape.archive.articles import Articles
from newsscrape.archive.care.backup import backup
from newsscrape.archive.care.removal import Old, count_old, delete_article, prune, prune_versions
from newsscrape.archive.care.soundness import check, derive_anew
from newsscrape.archive.care.stats import stats
from newsscrape.archive.care.vacuum import vacuum
from newsscrape.archive.pages import Pages, settle
from newsscrape.archive.revisions import note_removed
from newsscrape.archive.runs import Run
from newsscrape.archive.search.marks import mark
from newsscrape.archive.selection import read
from newsscrape.archive.tables import articles, captures, outbox, pages, revisions
from newsscrape.archive.writer import Writer
from newsscrape.errors import ArchiveError

HOUR = timedelta(hours=1)


@pytest.fixture
def kept(archive: Archive) -> Archive:
    """Articles 1 to 4 of one site, each with its page, and one of another that tells no time."""
    keep(archive, [article(number) for number in (1, 2, 3, 4)])
    keep(archive, [bare()], site="other")
    add_pages(archive, [1, 2, 3, 4])
    with archive.write() as connection:
        archive.hold(connection, ["hanbit"])
        settle(connection, [done(page_of(archive, number), entry(number)) for number in (1, 2, 3, 4)])
    return archive


def ids(archive: Archive) -> list[str]:
    with archive.read() as connection:
        return list(connection.execute(select(articles.c.id).order_by(articles.c.seq)).scalars())


def count(archive: Archive, table: str) -> int:
    with archive.read() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def older_version(archive: Archive, article: str, saved_at: object = MORNING) -> None:
    with archive.write() as connection:
        row = {"article": article, "version": 1, "revision": "first", "saved_at": saved_at, "record": "{}"}
        connection.execute(insert(revisions).values(**row))


# Sizes


def test_stats_count_what_is_there(kept: Archive) -> None:
    older_version(kept, "hanbit:1")
    found = stats(kept)
    assert (found.articles, found.older_versions, found.captures) == (5, 1, 0)
    assert [(site.site, site.articles) for site in found.sites] == [("hanbit", 4), ("other", 1)]
    assert found.sites[0].first == MORNING + HOUR and found.sites[1].first is None


def test_stats_measure_tables(kept: Archive) -> None:
    sizes = {table.name: table.size for table in stats(kept).tables}
    assert sizes["articles"] is not None and sizes["articles"] > 10_000
    assert all(table.size is None for table in stats(kept, by_table=False).tables)


def test_stats_tell_edited_and_gone_articles(kept: Archive) -> None:
    keep(kept, [article(1, title="고친 제목")])
    with kept.write() as connection:
        note_removed(connection, ["hanbit:2"], MORNING)
    (hanbit, _) = stats(kept).sites
    assert (hanbit.edited, hanbit.gone) == (1, 1)


def test_stats_of_sqlite_need_not_read_the_articles(tmp_path: Path) -> None:
    with open_archive(tmp_path / "news.db") as archive:
        asked: list[str] = []
        event.listen(archive.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
        stats(archive)
        (by_site,) = (statement for statement in asked if "GROUP BY articles.site" in statement)
        with archive.read() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {by_site}", (1,)).all()
    assert any("COVERING INDEX" in step.detail for step in plan)


# Pruning


def test_prune_removes_what_is_older(kept: Archive) -> None:
    old = Old(MORNING + 2.5 * HOUR, sites=("hanbit",))
    assert count_old(kept, old) == {"hanbit": 2}
    assert sum(prune(kept, old)) == 2
    assert ids(kept) == ["hanbit:3", "hanbit:4", "hanbit:0"]


def test_prune_goes_by_the_arrival_of_articles_without_a_time(kept: Archive) -> None:
    assert count_old(kept, Old(MORNING + timedelta(seconds=1), sites=("other",))) == {"other": 1}
    assert count_old(kept, Old(MORNING, sites=("other",))) == {}


def test_prune_by_kind(kept: Archive) -> None:
    keep(kept, [article(5, kind="market")])
    assert sum(prune(kept, Old(MORNING + 100 * HOUR, kinds=("market",)))) == 1
    assert "hanbit:5" not in ids(kept) and len(ids(kept)) == 5


def test_a_pruned_article_is_not_asked_for_again(kept: Archive) -> None:
    assert sum(prune(kept, Old(MORNING + 1.5 * HOUR, sites=("hanbit",)))) == 1
    add_pages(kept, [1, 2])
    Pages(kept, "hanbit").reopen(None, None, MORNING)
    Pages(kept, "hanbit").refresh(MORNING - 1000 * HOUR, MORNING)
    assert [page.identity for page in Pages(kept, "hanbit").backlog(1 << 60, MORNING + 1000 * HOUR, 99)] == [
        "2",
        "3",
        "4",
    ]


def test_a_pruned_article_comes_back_when_asked_for_by_its_address(kept: Archive) -> None:
    assert sum(prune(kept, Old(MORNING + 1.5 * HOUR, sites=("hanbit",)))) == 1
    with kept.write() as connection:
        assert Pages(kept, "hanbit").want(connection, ["1"], "run", MORNING + 9 * HOUR) == 1


def test_pruning_can_be_broken_off_and_goes_on(kept: Archive) -> None:
    keep(kept, [article(number) for number in range(5, 305)])
    old = Old(MORNING + 1000 * HOUR, sites=("hanbit",))
    parts = prune(kept, old)
    first = next(parts)
    parts.close()  # type: ignore[attr-defined]
    assert 0 < first < 304
    assert sum(prune(kept, old)) == 304 - first


def test_prune_versions_leaves_the_newest(kept: Archive) -> None:
    older_version(kept, "hanbit:1", MORNING)
    older_version(kept, "hanbit:1", MORNING + 5 * HOUR)
    assert prune_versions(kept, MORNING + HOUR, ["other"]) == 0
    assert prune_versions(kept, MORNING + HOUR, ["hanbit"]) == 1
    assert len(ids(kept)) == 5 and count(kept, "revisions") == 1


# Deletion on request


def test_a_deleted_article_leaves_nothing_but_its_id(kept: Archive) -> None:
    older_version(kept, "hanbit:1")
    writer = Writer(kept, Run(kept))
    deleted = delete_article(kept, "hanbit:1", "request")
    assert deleted is not None and (deleted.versions, deleted.captures) == (1, ())
    assert ids(kept) == ["hanbit:2", "hanbit:3", "hanbit:4", "hanbit:0"]
    assert count(kept, "revisions") == 0 and count(kept, "deletions") == 1
    assert page_of(kept, 1).state == "deleted" and page_of(kept, 1).article is None
    assert writer.standing("hanbit:1").deleted and not writer.standing("hanbit:2").deleted


def test_a_deleted_article_is_not_saved_again_by_whoever_was_reading_it(kept: Archive, tmp_path: Path) -> None:
    delete_article(kept, "hanbit:1")
    with kept.write() as connection:
        saved = Articles(kept).save(connection, [("hanbit", entry(1)), ("hanbit", entry(9))], MORNING)
    assert [one.id for _, one in saved] == ["hanbit:9"]
    assert "hanbit:1" not in ids(kept)


def test_a_deleted_article_is_not_asked_for_even_by_its_address(kept: Archive) -> None:
    delete_article(kept, "hanbit:1")
    with kept.write() as connection:
        assert Pages(kept, "hanbit").want(connection, ["1"], "run", MORNING + 9 * HOUR) == 0


def test_deletion_names_and_forgets_the_warc_records_of_the_page(kept: Archive) -> None:
    row = {"digest": "sha1:A", "record_id": "<urn:uuid:1>", "captured_at": MORNING, "status": 200, "revisit": 0}
    row["file"] = "a.warc.gz"
    with kept.write() as connection:
        url = connection.execute(select(pages.c.url).where(pages.c.article == "hanbit:1")).scalar_one()
        connection.execute(
            insert(captures), [{**row, "url": url, "place": 512}, {**row, "url": "http://b/", "place": 0}]
        )
    deleted = delete_article(kept, "hanbit:1")
    assert deleted is not None
    assert [(held.file, held.place) for held in deleted.captures] == [("a.warc.gz", 512)]
    assert count(kept, "captures") == 1


def test_an_output_does_not_wait_for_a_deleted_article(kept: Archive) -> None:
    with kept.write() as connection:
        connection.execute(insert(outbox).values(output="/o", id="hanbit:1", run="r", position=0))
    delete_article(kept, "hanbit:1")
    assert count(kept, "outbox") == 0


def test_articles_are_found_by_id_and_address(kept: Archive) -> None:
    assert Articles(kept).find("hanbit:2") == "hanbit:2"
    assert Articles(kept).find("https://www.hanbit-ilbo.example/view/2") == "hanbit:2"
    assert Articles(kept).find("http://hanbit.newsroom.test/view/2") == "hanbit:2"  # as the ledger met it
    assert Articles(kept).find("hanbit:99") is None
    assert delete_article(kept, "hanbit:99") is None


# Soundness


def test_a_sound_archive_has_no_faults(kept: Archive) -> None:
    assert list(check(kept)) == []


def faults(archive: Archive) -> dict[str, list[str]]:
    return {fault.what: fault.examples for fault in check(archive)}


def test_a_record_that_cannot_be_read_is_named(kept: Archive) -> None:
    with kept.write() as connection:
        connection.execute(update(articles).where(articles.c.id == "hanbit:2").values(record='{"id": "hanbit:2", "tit'))
    ((what, examples),) = faults(kept).items()
    assert "cannot be read" in what and examples == ["hanbit:2"]
    assert list(check(kept, records=False)) == []


def test_a_record_of_another_article_is_named(kept: Archive) -> None:
    with kept.write() as connection:
        other = select(articles.c.record).where(articles.c.id == "hanbit:3").scalar_subquery()
        connection.execute(update(articles).where(articles.c.id == "hanbit:2").values(record=other))
    ((what, examples),) = faults(kept).items()
    assert "another article's" in what and examples == ["hanbit:2"]


def test_what_leads_nowhere_is_named_and_mended(kept: Archive) -> None:
    older_version(kept, "hanbit:77")
    with kept.write() as connection:
        connection.execute(insert(outbox).values(output="/o", id="hanbit:78", run="r", position=0))
        connection.execute(text("DELETE FROM articles WHERE id = 'hanbit:4'"))
    found = {example for fault in check(kept, records=False) for example in fault.examples}
    assert {"hanbit:77", "hanbit:78", page_of(kept, 4).url} <= found
    assert all(fault.mended for fault in check(kept, records=False, mend=True))
    assert list(check(kept)) == []
    assert page_of(kept, 4).state == "waiting"  # the next crawl asks for it


def test_a_text_of_no_article_leaves_the_index_with_its_marks(kept: Archive) -> None:
    with kept.write() as connection:
        connection.execute(text("DELETE FROM articles WHERE id = 'hanbit:4'"))
    assert any("in the index" in fault.what for fault in check(kept, records=False, mend=True))
    lost = f"SELECT count(*) FROM marks WHERE {'true' if kept.is_postgresql else 'marks MATCH :site'}"
    with kept.read() as connection:
        found = connection.execute(text(lost), {} if kept.is_postgresql else {"site": mark("site", "hanbit")})
        assert found.scalar() == (4 if kept.is_postgresql else 3)


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with open_archive(path) as archive:
        keep(archive, [article(number) for number in range(200)])
    with path.open("r+b") as file:
        size = path.stat().st_size
        file.seek(size // 2)
        file.write(b"\xff" * (size // 4))
    with open_archive(path, read_only=True) as archive:
        first = next(check(archive, records=False))
    assert "restore a backup" in first.what and first.count


def test_what_is_derived_can_be_made_anew(kept: Archive) -> None:
    derive_anew(kept)
    with kept.read() as connection:
        assert connection.execute(text("SELECT min(derived) FROM articles")).scalar_one() == 1
    assert list(check(kept)) == []


# Room


def test_vacuum_gives_room_back(kept: Archive) -> None:
    keep(kept, [article(number, text="긴 글. " * 2000) for number in range(10, 60)])
    before = stats(kept).size
    assert sum(prune(kept, Old(MORNING + 1000 * HOUR))) == 55
    after = vacuum(kept)
    assert after == stats(kept).size
    if not kept.is_postgresql:  # PostgreSQL keeps the room of a table's middle
        assert after < before / 2


# Copies


def test_a_backup_is_an_archive_with_the_same_in_it(kept: Archive, tmp_path: Path) -> None:
    older_version(kept, "hanbit:1")
    size = backup(kept, tmp_path / "copy.db")
    assert size == (tmp_path / "copy.db").stat().st_size
    assert [path.name for path in tmp_path.iterdir() if "copy" in path.name] == ["copy.db"]
    with open_archive(tmp_path / "copy.db") as copy:
        assert [one.record for one in read(copy)] == [one.record for one in read(kept)]
        assert count(copy, "pages") == 4 and count(copy, "revisions") == 1
        assert faults(copy) == faults(kept)
        keep(copy, [article(99)])  # numbers of rows and changes go on


def test_a_backup_never_replaces_unless_told(kept: Archive, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(ArchiveError, match="is there; name another"):
        backup(kept, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"
    backup(kept, tmp_path / "copy.db", replace=True)
    with open_archive(tmp_path / "copy.db") as copy:
        assert len(ids(copy)) == 5


def test_a_backup_into_a_folder_that_is_not_there(kept: Archive, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"nowhere/copy\.db cannot be written"):
        backup(kept, tmp_path / "nowhere" / "copy.db")


WRITE = """
import sys
sys.path.insert(0, ".")
from articles import article, keep
from newsscrape.archive import open_archive
with open_archive(sys.argv[1]) as archive:
    for number in range(1000, 1400):
        keep(archive, [article(number)])
        if number == 1010:
            print("writing", flush=True)
"""


def test_a_backup_while_another_process_writes_is_one_moment_of_it(
    kept: Archive, database: str, tmp_path: Path
) -> None:
    writer = start(WRITE, database)
    assert writer.stdout is not None and writer.stdout.readline() == "writing\n"
    backup(kept, tmp_path / "copy.db")
    outcome(writer)
    with open_archive(tmp_path / "copy.db") as copy:
        numbers = [int(id_.partition(":")[2]) for id_ in ids(copy) if len(id_) > 10]
        assert len(numbers) > 9 and numbers == list(range(1000, 1000 + len(numbers)))
        assert list(check(copy)) == []
    assert len(ids(kept)) == 405


FULL = """
import sys, resource
sys.path.insert(0, ".")
from pathlib import Path
from newsscrape.archive import open_archive
from newsscrape.archive.care.backup import backup
from newsscrape.errors import ArchiveError
with open_archive(sys.argv[1], read_only=True) as archive:
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
    import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        backup(archive, Path(sys.argv[2]))
    except ArchiveError as error:
        print(error)
"""


def test_a_full_disk_leaves_no_part_of_a_backup(tmp_path: Path) -> None:
    with open_archive(tmp_path / "news.db") as archive:
        keep(archive, [article(number) for number in range(100)])
    said = outcome(start(FULL, str(tmp_path / "news.db"), str(tmp_path / "copy.db")))
    assert "copy.db cannot be written" in said and "nothing was changed" in said
    assert [path.name for path in tmp_path.iterdir() if "copy" in path.name] == []
