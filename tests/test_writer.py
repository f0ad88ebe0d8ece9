"""The writer and its outbox: wherever a run is killed, each article stands in its file exactly once."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from ledger import HOUR, NOON, SITE, add_pages, all_pages, done, entry, outcome, start

from newsscrape.archive import Archive
from newsscrape.archive.articles import Articles
from newsscrape.archive.entry import Entry
from newsscrape.archive.outputs import NamedFiles, SinkOutput
from newsscrape.archive.pages import Settled
from newsscrape.archive.runs import Run
from newsscrape.archive.writer import Writer
from newsscrape.errors import NewsscrapeError
from newsscrape.export.jsonl import JsonLines, SinkError


def writer(archive: Archive, *outputs: SinkOutput | NamedFiles) -> Writer:
    return Writer(archive, Run(archive), outputs)


def to(path: Path) -> SinkOutput:
    return SinkOutput(JsonLines(path))


def ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def numbered(*numbers: int) -> list[str]:
    return [f"{SITE}:{number}" for number in numbers]


def take(writer: Writer, *entries: Entry) -> None:
    """Gives a writer the articles of pages that are in the ledger."""
    known = all_pages(writer.archive)
    for one in entries:
        writer.settle(done(known[one.id.rpartition(":")[2]], one), SITE, one)


def due(archive: Archive) -> set[str]:
    return set(all_pages(archive))


def test_a_page_its_article_and_its_line_are_written_together(archive: Archive, tmp_path: Path) -> None:
    add_pages(archive, [1, 2])
    one = writer(archive, to(tmp_path / "a.jsonl"))
    take(one, entry(1))
    one.flush()
    assert ids(tmp_path / "a.jsonl") == numbered(1)
    assert Articles(archive).record(f"{SITE}:1") == entry(1).record
    assert due(archive) == {"2"}


def test_nothing_is_written_before_a_flush(archive: Archive, tmp_path: Path) -> None:
    add_pages(archive, [1])
    one = writer(archive, to(tmp_path / "a.jsonl"))
    take(one, entry(1))
    assert ids(tmp_path / "a.jsonl") == []
    assert due(archive) == {"1"}
    assert one.standing(f"{SITE}:1").version == "v1"  # but it is known to be on its way


def test_many_pages_flush_by_themselves(archive: Archive, tmp_path: Path) -> None:
    add_pages(archive, range(1, 121))
    one = writer(archive, to(tmp_path / "a.jsonl"))
    take(one, *(entry(n) for n in range(1, 121)))
    assert 0 < len(ids(tmp_path / "a.jsonl")) < 121
    one.close()
    assert ids(tmp_path / "a.jsonl") == numbered(*range(1, 121))


def test_an_article_that_changed_is_a_new_version(archive: Archive, tmp_path: Path) -> None:
    add_pages(archive, [1])
    one = writer(archive, to(tmp_path / "a.jsonl"))
    page = all_pages(archive)["1"]
    for version in (1, 2):
        one.settle(done(page, entry(1)), SITE, entry(1, version=version))
        one.flush()
    assert one.standing(f"{SITE}:1").version == "v2"
    assert [json.loads(line)["version"] for line in (tmp_path / "a.jsonl").read_bytes().splitlines()] == [1, 2]


def test_two_versions_in_one_batch_are_one_line(archive: Archive, tmp_path: Path) -> None:
    add_pages(archive, [1])
    one = writer(archive, to(tmp_path / "a.jsonl"))
    page = all_pages(archive)["1"]
    for version in (1, 2):
        one.settle(done(page, entry(1)), SITE, entry(1, version=version))
    one.close()
    assert [json.loads(line)["version"] for line in (tmp_path / "a.jsonl").read_bytes().splitlines()] == [2]


def test_an_article_whose_page_is_gone_is_kept_with_the_moment(archive: Archive) -> None:
    add_pages(archive, [1])
    one = writer(archive)
    page = all_pages(archive)["1"]
    one.settle(done(page, entry(1)), SITE, entry(1))
    one.settle(Settled(page.id, "gone", article=f"{SITE}:1"))
    one.close()
    with archive.read() as connection:
        from newsscrape.archive.tables import articles

        row = connection.execute(articles.select()).one()
    assert row.gone_at is not None
    assert row.record == entry(1).record


def test_an_article_that_came_back_is_not_gone(archive: Archive) -> None:
    add_pages(archive, [1])
    one = writer(archive)
    page = all_pages(archive)["1"]
    one.settle(done(page, entry(1)), SITE, entry(1))
    one.settle(Settled(page.id, "gone", article=f"{SITE}:1"))
    one.flush()
    one.settle(done(page, entry(1)), SITE, entry(1, version=2))
    one.close()
    with archive.read() as connection:
        from newsscrape.archive.tables import articles

        row = connection.execute(articles.select()).one()
    assert (row.gone_at, row.version) == (None, 2)


def test_an_output_for_some_sites_gets_no_others(archive: Archive, tmp_path: Path) -> None:
    add_pages(archive, [1])
    chosen = SinkOutput(JsonLines(tmp_path / "a.jsonl"), sites=["nuri"])
    one = writer(archive, chosen, to(tmp_path / "b.jsonl"))
    take(one, entry(1))
    one.close()
    assert ids(tmp_path / "a.jsonl") == []
    assert ids(tmp_path / "b.jsonl") == numbered(1)


KILLED = """
import os, signal, sys
from pathlib import Path
from ledger import add_pages, all_pages, done, entry
from newsscrape.archive import open_archive
from newsscrape.archive.outputs import SinkOutput
from newsscrape.archive.runs import Run
from newsscrape.archive.writer import Writer
from newsscrape.export.jsonl import JsonLines

database, path, moment, *numbers = sys.argv[1:]

class Killed(SinkOutput):
    def write(self, target, records):
        if not records:
            return super().write(target, records)
        if moment == "torn":
            with open(target, "ab") as file:
                file.write("\\n".join(records).encode()[:-30])
        elif moment == "written":
            super().write(target, records)
        os.kill(os.getpid(), signal.SIGKILL)

archive = open_archive(database)
writer = Writer(archive, Run(archive), [Killed(JsonLines(path))])
if numbers:
    add_pages(archive, map(int, numbers))
    known = all_pages(archive)
    for number in numbers:
        article = entry(int(number))
        writer.settle(done(known[number], article), "hanbit", article)
    if moment == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    writer.flush()
else:
    writer.make_up()
"""


def killed(database: str, path: Path, moment: str, *numbers: int) -> None:
    """A process that is killed at a moment while it writes articles, or (without numbers) makes up for another."""
    child = start(KILLED, database, str(path), moment, *map(str, numbers))
    _, err = child.communicate(timeout=60)
    assert child.returncode == -9, err


@pytest.mark.parametrize("moment", ["committed", "torn", "written"])
def test_what_a_killed_run_had_committed_is_written_once(
    archive: Archive, database: str, tmp_path: Path, moment: str
) -> None:
    path = tmp_path / "a.jsonl"
    killed(database, path, moment, 1, 2, 3)
    assert due(archive) == set()
    following = writer(archive, to(path))
    assert following.make_up() == {"committed": 3, "torn": 1, "written": 0}[moment]
    following.close()
    assert sorted(ids(path)) == numbered(1, 2, 3)
    again = writer(archive, to(path))
    assert again.make_up() == 0
    assert len(ids(path)) == 3


def test_what_a_killed_run_had_not_committed_is_still_due(archive: Archive, database: str, tmp_path: Path) -> None:
    killed(database, tmp_path / "a.jsonl", "before", 1, 2)
    assert due(archive) == {"1", "2"}
    assert writer(archive, to(tmp_path / "a.jsonl")).make_up() == 0
    assert ids(tmp_path / "a.jsonl") == []


@pytest.mark.parametrize("second", ["committed", "torn", "written"])
def test_a_run_that_is_killed_while_it_makes_up_for_another(
    archive: Archive, database: str, tmp_path: Path, second: str
) -> None:
    path = tmp_path / "a.jsonl"
    killed(database, path, "committed", 1, 2)
    killed(database, path, second)
    following = writer(archive, to(path))
    following.make_up()
    following.close()
    assert sorted(ids(path)) == numbered(1, 2)


def test_however_much_others_have_written_to_the_file_since(archive: Archive, database: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    living = writer(archive, to(path))  # it began before the other was killed, and so does not make up for it
    killed(database, path, "written", 1, 2)
    add_pages(archive, range(10, 600))
    take(living, *(entry(n) for n in range(10, 600)))
    living.close()
    following = writer(archive, to(path))
    assert following.make_up() == 0
    assert max(Counter(ids(path)).values()) == 1


def test_a_line_that_another_run_was_killed_over_is_cut_before_ours(
    archive: Archive, database: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    killed(database, path, "torn", 1, 2)  # and right behind the torn line:
    killed(database, path, "written", 3)
    following = writer(archive, to(path))
    following.make_up()
    following.close()
    assert sorted(ids(path)) == numbered(1, 2, 3)


def test_a_file_that_was_put_away_in_between_is_begun_anew(archive: Archive, database: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    killed(database, path, "written", *range(1, 21))
    killed(database, path, "committed", 21)
    path.rename(tmp_path / "a.1.jsonl")
    following = writer(archive, to(path))
    following.make_up()
    following.close()
    assert numbered(21)[0] in ids(path)


def test_another_file_is_left_to_a_run_that_writes_it(archive: Archive, database: str, tmp_path: Path) -> None:
    killed(database, tmp_path / "a.jsonl", "committed", 1)
    assert writer(archive, to(tmp_path / "b.jsonl")).make_up() == 0
    assert writer(archive).make_up() == 0
    assert writer(archive, to(tmp_path / "a.jsonl")).make_up() == 1
    assert ids(tmp_path / "b.jsonl") == []


def test_files_named_by_site_and_day_are_made_up_for(archive: Archive, tmp_path: Path) -> None:
    def named() -> NamedFiles:
        template = str(tmp_path / "{site}" / "{day}.jsonl")
        return NamedFiles(template, lambda site, e: tmp_path / site / f"{e.published_at:%Y-%m-%d}.jsonl")

    class Full(NamedFiles):
        def write(self, target: str, records: Sequence[str]) -> None:
            raise SinkError("full")

    add_pages(archive, [1, 30])
    template = str(tmp_path / "{site}" / "{day}.jsonl")
    first = writer(archive, Full(template, named().name))
    take(first, entry(1), entry(30))
    with pytest.raises(SinkError):
        first.flush()
    first.run.end("full")
    following = writer(archive, named())
    assert following.make_up() == 2
    following.close()
    assert ids(tmp_path / SITE / "2026-03-02.jsonl") == numbered(1)
    assert ids(tmp_path / SITE / "2026-03-03.jsonl") == numbered(30)


class Full(SinkOutput):
    """A disk that is full while `full` is set."""

    full = True

    def write(self, target: str, records: Sequence[str]) -> None:
        if self.full:
            raise SinkError(f"{target} cannot be written: No space left on device")
        super().write(target, records)


def test_what_a_full_disk_refused_is_written_by_the_next_run(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    add_pages(archive, [1, 2])
    first = writer(archive, Full(JsonLines(path)))
    take(first, entry(1), entry(2))
    with pytest.raises(SinkError):
        first.flush()
    first.run.end("No space left on device")  # it ends in order
    following = writer(archive, to(path))
    assert following.make_up() == 2
    following.close()
    assert ids(path) == numbered(1, 2)


def test_a_full_disk_under_one_output_does_not_take_the_line_from_another(archive: Archive, tmp_path: Path) -> None:
    add_pages(archive, [1])
    first = writer(archive, Full(JsonLines(tmp_path / "a.jsonl")), to(tmp_path / "b.jsonl"))
    take(first, entry(1))
    with pytest.raises(SinkError):
        first.flush()
    first.run.end("No space left on device")
    following = writer(archive, to(tmp_path / "a.jsonl"), to(tmp_path / "b.jsonl"))
    following.make_up()
    following.close()
    assert ids(tmp_path / "a.jsonl") == ids(tmp_path / "b.jsonl") == numbered(1)


def test_nothing_is_taken_from_a_run_that_lives(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    add_pages(archive, [1])
    living = writer(archive, to(path))
    take(living, entry(1))
    living.flush()  # the line is written, but that is noted with the next transaction only
    assert writer(archive, to(path)).make_up() == 0
    living.close()
    assert ids(path) == numbered(1)


def test_two_runs_that_begin_at_once_make_up_for_a_third_once(archive: Archive, database: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    killed(database, path, "committed", *range(1, 30))
    both = [writer(archive, to(path)) for _ in range(2)]
    made_up: list[int] = []
    threads = [threading.Thread(target=lambda one=one: made_up.append(one.make_up())) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made_up) == [0, 29]
    assert sorted(ids(path)) == sorted(numbered(*range(1, 30)))


WRITES = """
import sys
from ledger import all_pages, done, entry
from newsscrape.archive import open_archive
from newsscrape.archive.outputs import SinkOutput
from newsscrape.archive.runs import Run
from newsscrape.archive.writer import Writer
from newsscrape.export.jsonl import JsonLines

database, path, first, last = sys.argv[1:]
archive = open_archive(database)
writer = Writer(archive, Run(archive), [SinkOutput(JsonLines(path))])
known = all_pages(archive)
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(first), int(last)):
    article = entry(number)
    writer.settle(done(known[str(number)], article), "hanbit", article)
    if number % 5 == 0:
        writer.flush()
writer.close()
writer.run.end("done")
"""


def test_two_processes_append_to_one_file(archive: Archive, database: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    add_pages(archive, range(400))
    children = [start(WRITES, database, str(path), first, last) for first, last in (("0", "200"), ("200", "400"))]
    for child in children:
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        outcome(child)
    assert sorted(ids(path)) == sorted(numbered(*range(400)))
    assert due(archive) == set()
    assert writer(archive, to(path)).make_up() == 0


def test_a_database_that_fails_keeps_what_was_taken_for_another_try(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    add_pages(archive, [1])
    one = writer(archive, to(path))
    broken = entry(1, published_at=NOON.replace(tzinfo=None) + HOUR)  # which no database takes
    page = all_pages(archive)["1"]
    one.settle(Settled(page.id, "done", article=broken.id), SITE, broken)
    with pytest.raises(Exception, match="without a zone"):
        one.flush()
    assert ids(path) == []
    assert due(archive) == {"1"}
    one.settle(done(page, entry(1)), SITE, entry(1))  # the same article, sound
    one.close()
    assert ids(path) == numbered(1)


def test_a_writer_may_be_closed_twice(archive: Archive, tmp_path: Path) -> None:
    one = writer(archive, to(tmp_path / "a.jsonl"))
    one.close()
    one.close()
    assert issubclass(SinkError, NewsscrapeError)
