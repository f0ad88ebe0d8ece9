"""Which cluster an article is in: found in the transaction that saves it.

All of this is done by one writer at a time (see `changes.next_changes`), in a few statements for all articles that are
saved together, for nearly every one is nobody's copy.

Measured (`python -m tests.benchmarks.clustering`, two cores that others used as well): of 20,000 articles, half of them
in clusters and each on a topic on which five others write, one cost 2.2 ms of processor time, as it had in the first
3,000; of the town's (`tests.town`), hardly one of them a copy, 0.6 ms. The process took 137 MB at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select, update

from newsscrape.archive.archive import Archive
from newsscrape.archive.clusters import finding
from newsscrape.archive.clusters.groups import Clusters
from newsscrape.archive.clusters.kept import Kept, Texts, read_kept
from newsscrape.archive.parts import parts
from newsscrape.archive.tables import shingles, sketches
from newsscrape.duplicates.copies import Compared, form_moment
from newsscrape.duplicates.sketch import letters_of

if TYPE_CHECKING:
    from newsscrape.archive.derived import Saved


def place(archive: Archive, connection: Connection, rows: Sequence[Saved]) -> None:
    """Finds the clusters that articles belong to. One of `derived.WAYS`, behind the index of texts."""
    said = [(row.seq, row.traits.sketch, row.traits.originality) for row in rows]
    coming = [Kept(*one) for one in sorted(said) if one[1].hashes]
    if not coming:
        return
    first, twins = finding.first_of_texts(connection, coming)
    candidates = finding.candidates(connection, first)
    connection.execute(sketches.insert(), [one.row for one in coming])
    candidates.write(connection)
    found = candidates.found
    if not found and not twins:
        return
    others = {*(other for other, _ in chain.from_iterable(found.values())), *twins.values()}
    known = {one.article: one for one in coming} | read_kept(connection, others)
    texts = {row.seq: _compared(row) for row in rows if row.seq in found}
    clusters = Clusters(connection, known, Texts(connection, texts))
    for article, twin in twins.items():
        clusters.join(article, twin)
    clusters.compare(found)
    clusters.write()


def _compared(row: Saved) -> Compared:
    return Compared(letters_of(row.traits.folded), form_moment(row.kind, row.published_at))


def take_out(archive: Archive, connection: Connection, seqs: Sequence[int]) -> None:
    """Takes articles out of their clusters; what is left of these is joined anew. One of `derived.WAYS_BACK`."""
    leaving = list(read_kept(connection, seqs).values())
    if not leaving:
        return
    for some in parts([one.article for one in leaving]):
        connection.execute(delete(sketches).where(sketches.c.article.in_(some)))
    twins = finding.articles_of(connection, leaving)
    for one in leaving:
        finding.remove_hashes(connection, one, twins.get(one.sketch.text))
    for cluster in sorted({one.cluster for one in leaving if one.cluster is not None}):
        # Where an article with the same text is left, the rest hangs together as before.
        may_fall_apart = any(one.cluster == cluster and one.sketch.text not in twins for one in leaving)
        _name_anew(connection, cluster, may_fall_apart=may_fall_apart)


def clear(connection: Connection) -> None:
    """Forgets all clusters; they are to be derived anew."""
    connection.execute(delete(shingles))
    connection.execute(delete(sketches))


def _name_anew(connection: Connection, cluster: int, *, may_fall_apart: bool) -> None:
    """Gives what is left of a cluster its number."""
    of_it = select(sketches.c.article).where(sketches.c.cluster == cluster).order_by(sketches.c.article)
    numbers = list(connection.execute(of_it).scalars())
    groups = _joined(connection, numbers) if may_fall_apart else [numbers] if numbers else []
    for group in groups:
        name = group[0] if len(group) > 1 else None
        if name != cluster:
            for some in parts(group):
                changed = update(sketches).where(sketches.c.article.in_(some))
                connection.execute(changed.values(cluster=name))


def _joined(connection: Connection, numbers: Sequence[int]) -> list[list[int]]:
    """Articles in groups of those that are copies of each other, each in ascending order."""
    known = {number: replace(one, cluster=None) for number, one in read_kept(connection, numbers).items()}
    clusters = Clusters(connection, known, Texts(connection))
    first: dict[int, int] = {}
    having: defaultdict[int, list[int]] = defaultdict(list)
    for one in known.values():
        if (twin := first.setdefault(one.sketch.text, one.article)) != one.article:
            clusters.join(twin, one.article)
            continue
        clusters.compare({one.article: finding.sharing(one.sketch, having)})
        for value in one.sketch.hashes:
            having[value].append(one.article)
    return clusters.groups()
