"""What clusters of near copies cost: the time of saves with them and without, memory, room, and making up for them.

    python -m tests.benchmarks.clustering [--articles 20000] [--db postgresql://user@host/empty]

Made articles (see `near_copies`), of each topic one with four copies and five by other hands, in no order. They are read
in a process beside, as crawls do; without --db an SQLite file is made that is thrown away. Processor time is that of
the process that saves.
"""

from __future__ import annotations

import argparse
import itertools
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update

from newsscrape.archive import Archive, derived, open_archive
from newsscrape.archive.articles import Articles
from newsscrape.archive.clusters import placing
from newsscrape.archive.entry import Entry
from newsscrape.archive.search.index import clear as clear_index
from newsscrape.archive.tables import articles, shingles, sketches

from .near_copies import made

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_TOPICS, _BATCH = 100, 32  # topics that are made together; articles that are saved together


def entries_of(part: int) -> list[Entry]:
    """The articles of some topics, as they come out of a reading process."""
    pieces = list(made(_TOPICS, seed=1000 + part, copies=4, hands=5))
    random.Random(part).shuffle(pieces)
    return [piece.named(f"{part}:{piece.name}").entry for piece in pieces]


def batches(count: int, reader: Executor) -> Iterator[list[tuple[str, Entry]]]:
    """So many articles, as many at a time as one transaction saves."""
    entries = ((f"paper{number % 40}", entry) for number, entry in enumerate(itertools.islice(read(reader), count)))
    while batch := list(itertools.islice(entries, _BATCH)):
        yield batch


def read(reader: Executor) -> Iterator[Entry]:
    """Articles without end; while some are saved, the next ones are made."""
    coming = reader.submit(entries_of, 0)
    for part in itertools.count(1):
        some, coming = coming, reader.submit(entries_of, part)
        yield from some.result()


class Clock:
    """Processor time of the part of saves that finds clusters."""

    def __init__(self) -> None:
        self.taken = 0.0

    def place(self, *arguments: Any) -> None:
        """`placing.place`, timed."""
        start = time.process_time()
        placing.place(*arguments)
        self.taken += time.process_time() - start


def run(archive: Archive, count: int) -> None:
    """Saves articles and makes up for their clusters, and prints what it took."""
    clock = Clock()
    derived.WAYS = tuple(clock.place if way is placing.place else way for way in derived.WAYS)
    with ProcessPoolExecutor(1) as reader:
        begin, start = time.perf_counter(), time.process_time()
        for batch in batches(count, reader):
            with archive.write() as connection:
                Articles(archive).save(connection, batch, _NOW)
    told("saving", count, time.perf_counter() - begin, time.process_time() - start, clock)
    with archive.read() as connection:
        clustered = select(func.count(), func.count(sketches.c.cluster.distinct())).where(
            sketches.c.cluster.is_not(None)
        )
        print("{:,} articles in {:,} clusters;".format(*connection.execute(clustered).one()), end=" ")
        print(f"{connection.execute(select(func.count()).select_from(shingles)).scalar():,} hashes;", end=" ")
        print(f"{archive.size() / count:,.0f} bytes an article")
    with archive.write() as connection:
        clear_index(archive, connection)
        placing.clear(connection)
        connection.execute(update(articles).values(derived=0))
    clock.taken, begin, start = 0.0, time.perf_counter(), time.process_time()
    derived.make_up(archive)
    told("making up", count, time.perf_counter() - begin, time.process_time() - start, clock)


def told(what: str, count: int, seconds: float, processor: float, clock: Clock) -> None:
    """Prints what something took."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{what:10}{count:,} articles: {seconds:,.0f} s, {processor:,.0f} s of processor, {clock.taken:,.0f} s of it for "
        f"clusters ({clock.taken / count * 1000:.2f} ms an article); peak memory {peak:,.0f} MB",
        flush=True,
    )


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--db")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_archive(given.db or Path(folder) / "made.db") as archive:
        run(archive, given.articles)


if __name__ == "__main__":
    main()
