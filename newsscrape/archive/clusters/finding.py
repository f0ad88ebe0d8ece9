"""Where copies are looked for: articles with the same letters, and others that share hashes with a sketch.

A hash that many clusters have (a phrase of everybody's, furniture that was taken for text) says nothing. In its place
stands from then on that it is common, so that nobody's search takes longer for it, however large the archive. What
copies have in common is theirs: they are found by the rest. (A pair that only such phrases would lead to each other
would be found or not by the order of arrival; it is no pair of copies.)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import Connection, bindparam, delete, func, select

from newsscrape.archive.clusters.kept import Kept
from newsscrape.archive.parts import parts
from newsscrape.archive.tables import shingles, sketches
from newsscrape.duplicates.sketch import SHARED, Sketch

Having = Mapping[int, Sequence[int]]
"""The articles that have a hash."""

Sharing = list[tuple[int, int]]
"""Articles, each with the number of the hashes that it shares."""

_COMMON = 8  # clusters, or articles in none
_HOLDERS = 64  # articles by which a hash leads to their clusters; the further ones are found by their other hashes
EVERYBODY = 0
"""Stands in `shingles` in the place of the articles that have a common hash."""

_HAVING = (
    select(shingles.c.hash, shingles.c.article, func.coalesce(sketches.c.cluster, shingles.c.article))
    .select_from(shingles.outerjoin(sketches, sketches.c.article == shingles.c.article))
    .where(shingles.c.hash.in_(bindparam("hashes", expanding=True)))
)


def first_of_texts(connection: Connection, coming: Sequence[Kept]) -> tuple[list[Kept], dict[int, int]]:
    """Those newcomers that are the first with their text, and of each other one an article with the same text."""
    known = articles_of(connection, coming)
    first, twins = [], {}
    for one in coming:
        twin = known.setdefault(one.sketch.text, one.article)
        if twin == one.article:
            first.append(one)
        else:
            twins[one.article] = twin
    return first, twins


def articles_of(connection: Connection, some: Iterable[Kept]) -> dict[int, int]:
    """An article that is kept with each of the texts of these."""
    having = select(sketches.c.text, func.min(sketches.c.article)).group_by(sketches.c.text)
    found: dict[int, int] = {}
    for numbers in parts([one.sketch.text for one in some]):
        found.update(
            (text, article) for text, article in connection.execute(having.where(sketches.c.text.in_(numbers)))
        )
    return found


@dataclass(frozen=True, slots=True)
class Candidates:
    """What newcomers may be copies of, by their `seq`, who shares most comes first; and what of theirs is to be kept.

    `hashes` are the rows by which they will be found, `common` are hashes of which it has turned out that they say
    nothing.
    """

    found: dict[int, Sharing]
    hashes: list[dict[str, int]]
    common: list[int]

    def write(self, connection: Connection) -> None:
        """Writes down by what newcomers will be found."""
        if self.common:
            connection.execute(delete(shingles).where(shingles.c.hash.in_(self.common)))
        if self.hashes:
            connection.execute(shingles.insert(), self.hashes)


def candidates(connection: Connection, coming: Sequence[Kept]) -> Candidates:
    """Looks newcomers up, among the articles that were there and the earlier ones of themselves."""
    having, common = _having(connection, sorted({value for one in coming for value in one.sketch.hashes}))
    known = {value for value, holders in having.items() if EVERYBODY in holders}
    found, rows = {}, [{"hash": value, "article": EVERYBODY} for value in common]
    for value in (*common, *known):
        having[value] = []
    for one in coming:
        if others := sharing(one.sketch, having):
            found[one.article] = others
        for value in one.sketch.hashes:
            if value not in known and value not in common and len(having[value]) < _HOLDERS:
                having[value].append(one.article)
                rows.append({"hash": value, "article": one.article})
    return Candidates(found, rows, sorted(common))


def _having(connection: Connection, values: Sequence[int]) -> tuple[defaultdict[int, list[int]], set[int]]:
    """The articles that have these hashes, and the hashes that have become common."""
    having: defaultdict[int, list[int]] = defaultdict(list)
    clusters: defaultdict[int, set[int]] = defaultdict(set)
    for some in parts(values):
        for value, article, cluster in connection.execute(_HAVING, {"hashes": some}).all():
            having[value].append(article)
            clusters[value].add(cluster)
    return having, {value for value, several in clusters.items() if len(several) >= _COMMON}


def sharing(sketch: Sketch, having: Having) -> Sharing:
    """The articles that share hashes with a sketch, two at least; who shares most comes first."""
    counts = Counter(chain.from_iterable(having[value] for value in sketch.hashes if value in having))
    some = ((other, count) for other, count in counts.items() if count >= SHARED)
    return sorted(some, key=lambda one: (-one[1], one[0]))


def remove_hashes(connection: Connection, one: Kept, twin: int | None) -> None:
    """Lets an article be found no more, but by what it was found, another with the same text, if there is one."""
    own = (shingles.c.hash.in_(one.sketch.hashes), shingles.c.article == one.article)
    held = list(connection.execute(select(shingles.c.hash).where(*own)).scalars())
    connection.execute(delete(shingles).where(*own))
    if held and twin is not None:
        connection.execute(shingles.insert(), [{"hash": value, "article": twin} for value in held])
