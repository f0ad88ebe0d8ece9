"""How well near copies are told from other hands' articles on the same topic, and by what.

    python -m tests.benchmarks.near_copies [--topics 300]   # clusters of an archive: recall and precision
    python -m tests.benchmarks.near_copies --round-ups      # the same with round-ups among the articles
    python -m tests.benchmarks.near_copies --curves         # what the measures of two texts tell, by threshold

Each topic has a wire's article, eight copies of it that one to four edits have changed (see `copying.edits`), four
articles on it by other hands, and round-ups hold the beginnings of five topics' articles. Half of the other
hands use most of a notice that they all were sent: hardly anybody would call these copies, but they come near.
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from newsscrape.archive import Archive, open_archive
from newsscrape.archive.articles import Articles
from newsscrape.archive.entry import Entry, entry_of
from newsscrape.archive.search.words import fold
from newsscrape.archive.tables import articles, sketches
from newsscrape.article import Article, Block
from newsscrape.duplicates.copies import Compared, are_copies, likeness
from newsscrape.duplicates.sketch import SHARED, Sketch, letters_of

from .copying.edits import several
from .copying.topics import Writer

_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_COPIES, _HANDS, _BATCH = 8, 4, 32


@dataclass(frozen=True, slots=True)
class Piece:
    """A made article: `of` says whose copy it is (its own name, if nobody's), `edits` what was done to it."""

    name: str
    of: str
    topic: int
    paragraphs: tuple[str, ...]
    edits: str = ""

    def named(self, name: str) -> Piece:
        """The same under another name."""
        return replace(self, name=name)

    @property
    def is_round_up(self) -> bool:
        """Whether it is put together of the beginnings of several articles."""
        return self.name.endswith("round-up")

    @property
    def entry(self) -> Entry:
        """The article on its way into an archive."""
        said = tuple(Block(text=line) for line in self.paragraphs)
        at = _BEGIN + timedelta(hours=self.topic)
        known = {"content_hash": self.name, "fingerprint": "f", "generator": "benchmark"}
        return entry_of(Article(id=self.name, title=self.name, body=said, published_at=at, **known))

    @property
    def compared(self) -> Compared:
        """Its text, ready to be compared."""
        return Compared(letters_of(fold("\n".join(("", *self.paragraphs)))))


def made(topics: int, seed: int = 3, *, copies: int = _COPIES, hands: int = _HANDS) -> Iterator[Piece]:
    """Topics with copies, other hands' articles and round-ups."""
    writer = Writer(random.Random(seed))
    beginnings: list[list[str]] = []
    for number in range(topics):
        topic = writer.topic()
        wire, name = writer.article(topic), f"{number}:wire"
        yield Piece(name, name, number, tuple(wire))
        for copy in range(copies):
            text, edits = several(writer, topic, wire, 1 + copy % 4)
            yield Piece(f"{number}:copy{copy}", name, number, tuple(text), edits)
        for hand in range(hands):
            own = f"{number}:hand{hand}"
            yield Piece(own, own, number, tuple(writer.article(topic, notice=0.25 if hand % 2 else 0.6)))
        beginnings.append(wire[: writer.chance.randint(2, 4)])
        if number % 5 == 4:
            own = f"{number}:round-up"
            yield Piece(own, own, number, tuple(itertools.chain.from_iterable(beginnings)))
            beginnings = []


def clustered(archive: Archive, pieces: Sequence[Piece]) -> dict[str, int]:
    """Saves articles, and returns the cluster of each (a number of its own where it is alone)."""
    with archive.write() as connection:
        for start in range(0, len(pieces), _BATCH):
            some = [("made", piece.entry) for piece in pieces[start : start + _BATCH]]
            Articles(archive).save(connection, some, _BEGIN)
    joined = articles.outerjoin(sketches, sketches.c.article == articles.c.seq)
    with archive.read() as connection:
        rows = connection.execute(select(articles.c.id, articles.c.seq, sketches.c.cluster).select_from(joined))
        return {id_: -seq if cluster is None else cluster for id_, seq, cluster in rows}


def accuracy(topics: int, seed: int, *, with_round_ups: bool) -> None:
    """Prints how many pairs of copies are in one cluster, and of pairs in one cluster, how many are copies."""
    pieces = [piece for piece in made(topics, seed) if with_round_ups or not piece.is_round_up]
    random.Random(seed).shuffle(pieces)
    with open_archive() as archive:
        found = clustered(archive, pieces)
    round_ups = {piece.name for piece in pieces if piece.is_round_up}
    true = _pairs({piece.name: piece.of for piece in pieces if piece.name not in round_ups})
    told = _pairs({name: group for name, group in found.items() if name not in round_ups})
    print(f"{len(pieces):,} articles on {topics} topics, {len(true):,} pairs of copies")
    print(f"recall    {len(true & told) / len(true):.4f}")
    print(f"precision {len(true & told) / len(told):.4f}   wrong pairs: {len(told - true):,}")
    print(f"round-ups {sum(found[name] > 0 for name in round_ups)} of {len(round_ups)} are in a cluster")
    print("copies in the cluster of their original, by number of edits:")
    inside: defaultdict[int, list[bool]] = defaultdict(list)
    missed: Counter[str] = Counter()
    for piece in pieces:
        if piece.edits:
            hit = found[piece.name] == found[piece.of]
            inside[piece.edits.count("+") + 1].append(hit)
            missed.update(() if hit else piece.edits.split("+"))
    for number, hits in sorted(inside.items()):
        print(f"  {number}  {sum(hits) / len(hits):.4f}  of {len(hits):,}")
    print("edits of those that were missed:", dict(missed.most_common()))


def _pairs(groups: dict[str, object] | dict[str, str] | dict[str, int]) -> set[tuple[str, str]]:
    members: defaultdict[object, list[str]] = defaultdict(list)
    for name, group in groups.items():
        members[group].append(name)
    return {pair for group in members.values() for pair in itertools.combinations(sorted(group), 2)}


def curves(topics: int, seed: int) -> None:
    """Prints, for each measure of two texts, what share of copies and of other hands' articles reaches a threshold."""
    measured: defaultdict[str, list[dict[str, float]]] = defaultdict(list)
    by_topic = itertools.groupby(made(topics, seed), key=lambda piece: piece.topic)
    for _, some in by_topic:
        wire, *others = some
        for other in others:
            kind = f"{other.edits.count('+') + 1} edits" if other.edits else other.name.partition(":")[2].rstrip("0123")
            if kind == "hand":
                kind = "other hand" if int(other.name[-1]) % 2 else "other hand, notice"
            measured[kind].append(_measures(wire.compared, other.compared))
    for name, steps in (
        ("jaccard", (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)),
        ("of the shorter", (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)),
        ("pieces found", (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)),
        ("hashes shared", (1, 2, 3, 4, 5, 6, 8)),
        ("copies", (1,)),
        ("copies, and found", (1,)),
    ):
        print(f"\n{name:20}" + "".join(f"{step:>8}" for step in steps))
        for kind, rows in sorted(measured.items()):
            shares = (sum(row[name] >= step for row in rows) / len(rows) for step in steps)
            print(f"  {kind:18}" + "".join(f"{share:8.3f}" for share in shares) + f"   of {len(rows):,}")


def _measures(one: Compared, other: Compared) -> dict[str, float]:
    like, (small, large) = likeness(one, other), sorted((one, other), key=lambda text: len(text.row))
    shared = len(set(Sketch.of(one.row).hashes) & set(Sketch.of(other.row).hashes))
    copies, found = are_copies(one, other), small.found_in(large)
    return {
        "jaccard": like.jaccard,
        "of the shorter": like.of_shorter,
        "pieces found": sum(found) / len(found),
        "hashes shared": shared,
        "copies": copies,
        "copies, and found": copies and shared >= SHARED,
    }


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--topics", type=int, default=300)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--curves", action="store_true")
    parser.add_argument("--round-ups", action="store_true")
    given = parser.parse_args()
    if given.curves:
        curves(given.topics, given.seed)
    else:
        accuracy(given.topics, given.seed, with_round_ups=given.round_ups)


if __name__ == "__main__":
    main()
