"""What the index of texts costs and gives: saves with it and without, its size, and how soon the first page is there.

    python -m tests.benchmarks.search [--articles 20000] [--db postgresql://user@host/empty]

Made articles of about 700 letters, whose words are as unevenly frequent as those of a language. Without --db an SQLite
file that is thrown away. Times are the best of five, beside that of a look through all texts.
"""

from __future__ import annotations

import argparse
import itertools
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from newsscrape.archive import Archive, derived, open_archive
from newsscrape.archive.articles import Articles
from newsscrape.archive.entry import Entry, entry_of
from newsscrape.archive.search.searching import find
from newsscrape.archive.selection import Selection, read
from newsscrape.article import Article, Block

_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_BATCH = 32
_ENDINGS = ("", "", "은", "는", "이", "가", "을", "를", "의", "에서", "으로", "했다.")


def made(count: int) -> Iterator[tuple[str, Entry]]:
    """Articles of forty papers, over 300 days."""
    chance = random.Random(7)
    letters = [chr(0xAC00 + number * 6151 % 11172) for number in range(1800)]
    weights = list(itertools.accumulate(1 / (number + 12) for number in range(1800)))
    words = ["".join(chance.choices(letters, cum_weights=weights, k=chance.choice((2, 2, 3, 4)))) for _ in range(30000)]
    ranks = list(itertools.accumulate(1 / (number + 30) for number in range(len(words))))
    for number in range(count):
        said = [word + chance.choice(_ENDINGS) for word in chance.choices(words, cum_weights=ranks, k=180)]
        if chance.random() < 0.3:
            said[40:40] = ["서울", "경제", "협약을"]
        if number % 5000 == 17:
            said[60] = "뷁뷁무늬가"
        lines = [" ".join(said[start : start + 30]) for start in range(8, len(said), 30)]
        article = Article(
            id=f"made:{number}",
            title=" ".join(said[:8]),
            body=tuple(Block(text=line) for line in lines),
            published_at=_BEGIN + timedelta(days=300) * (number / count),
            content_hash=str(number),
            fingerprint="f",
            generator="benchmark",
        )
        yield f"paper{number % 40}", entry_of(article)


def save(archive: Archive, count: int) -> dict[bool, float]:
    """Saves articles, every second batch without the index; returns the milliseconds of one article, with and without.

    What was left out is made up for.
    """
    ways, taken = derived.WAYS, {True: 0.0, False: 0.0}
    entries = made(count)
    for number in itertools.count():
        batch = list(itertools.islice(entries, _BATCH))
        if not batch:
            break
        indexed = number % 2 == 0
        derived.WAYS = ways if indexed else ()
        start = time.perf_counter()
        with archive.write() as connection:
            Articles(archive).save(connection, batch, _BEGIN)
        taken[indexed] += time.perf_counter() - start
    derived.WAYS = ways
    with archive.write() as connection:
        connection.execute(text("UPDATE articles SET derived = 0 WHERE seq NOT IN (SELECT article FROM texts)"))
    derived.make_up(archive)
    return {indexed: 2000 * seconds / count for indexed, seconds in taken.items()}


def best(call: Callable[[], object]) -> float:
    """The milliseconds of the best of five calls."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def main() -> None:
    """Saves, asks, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--db")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_archive(options.db or Path(folder) / "news.db") as archive:
        taken = save(archive, options.articles)
        ratio = taken[True] / taken[False]
        print(f"a save: {taken[True]:.2f} ms with the index, {taken[False]:.2f} without: {ratio:.2f} times")
        print(f"an article takes {archive.size() / options.articles:,.0f} bytes with all indexes")
        with archive.read() as connection:
            place = "strpos" if archive.is_postgresql else "instr"
            look = text(f"SELECT count(*) FROM texts WHERE {place}(text, '뷁뷁무늬') > 0")
            scan = best(lambda: connection.execute(look).scalar())
        print(f"a look through all texts: {scan:.1f} ms")
        day = {"since": _BEGIN + timedelta(days=100), "until": _BEGIN + timedelta(days=101)}
        for name, chosen in {
            "frequent": Selection(query="서울"),
            "two frequent": Selection(query="경제 협약"),
            "rare": Selection(query="뷁뷁무늬"),
            "in none": Selection(query="없는낱말"),
            "one letter": Selection(query="이"),
            "one rare letter": Selection(query="뷁"),
            "frequent, one paper": Selection(query="서울", sites=("paper39",)),
            "frequent, one day": Selection(query="서울", since=day["since"], until=day["until"]),
        }.items():
            taken_ms = best(lambda chosen=chosen: find(archive, chosen, 20))
            print(f"  {name:20} {taken_ms:8.1f} ms, {taken_ms / scan:6.2f} of the look")
        taken_ms = best(lambda: next(read(archive, Selection(since=day["since"], until=day["until"])), None))
        print(f"  export of one day, first article: {taken_ms:.1f} ms")


if __name__ == "__main__":
    main()
