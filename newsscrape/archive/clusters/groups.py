"""Clusters that become one, while articles are joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain

from sqlalchemy import Connection, bindparam, update

from newsscrape.archive.clusters.finding import Sharing
from newsscrape.archive.clusters.kept import Kept, Texts
from newsscrape.archive.tables import sketches
from newsscrape.duplicates.copies import are_copies

_PUT = update(sketches).where(sketches.c.article == bindparam("number")).values(cluster=bindparam("name"))
_RENAME = update(sketches).where(sketches.c.cluster == bindparam("number")).values(cluster=bindparam("name"))
_PAIRS = 100  # whose texts are read together


class Groups:
    """What is connected (union-find): of numbers, each alone at first."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self._parent = {number: number for number in numbers}

    def find(self, number: int) -> int:
        """The smallest number that this one is connected with."""
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Connects two."""
        first, second = sorted((self.find(one), self.find(other)))
        self._parent[second] = first

    def all(self) -> Mapping[int, list[int]]:
        """The groups by their smallest number, in ascending order."""
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for number in sorted(self._parent):
            groups[self.find(number)].append(number)
        return groups


class Clusters:
    """The clusters in which some articles are, or each alone; to be joined and then written down."""

    def __init__(self, connection: Connection, some: Mapping[int, Kept], texts: Texts) -> None:
        self._connection = connection
        self._kept = some
        self._texts = texts
        # A cluster's number is one of its articles', so who is alone can stand for a cluster.
        self._of = {one.article: one.article if one.cluster is None else one.cluster for one in some.values()}
        self._alone = {one.article for one in some.values() if one.cluster is None}
        self._groups = Groups(self._of.values())

    def join(self, one: int, other: int) -> None:
        """Makes one of the clusters of two articles."""
        self._groups.join(self._of[one], self._of[other])

    def are_one(self, one: int, other: int) -> bool:
        """Whether two articles are in one cluster by now."""
        return self._groups.find(self._of[one]) == self._groups.find(self._of[other])

    def compare(self, found: Mapping[int, Sharing]) -> None:
        """Joins articles with those that they are copies of, among those that share hashes with each of them."""
        pairs = self._near(found)
        while pairs:
            some, pairs = pairs[:_PAIRS], pairs[_PAIRS:]
            self._texts.load(chain.from_iterable(some))
            for one, other in some:
                if not self.are_one(one, other) and are_copies(self._texts[one], self._texts[other]):
                    self.join(one, other)
            pairs = [pair for pair in pairs if not self.are_one(*pair)]

    def _near(self, found: Mapping[int, Sharing]) -> list[tuple[int, int]]:
        """The pairs worth a comparison, the first of each article before the second ones: that may be the only one."""
        rounds = []
        for one, others in found.items():
            sketch = self._kept[one].sketch
            near = (other for other, shared in others if sketch.is_near(self._kept[other].sketch, shared))
            rounds += [(number, one, other) for number, other in enumerate(near)]
        return [(one, other) for _, one, other in sorted(rounds)]

    def groups(self) -> list[list[int]]:
        """The clusters as they are by now, of articles that were all alone, each in ascending order."""
        return list(self._groups.all().values())

    def write(self) -> None:
        """Writes down what was joined."""
        joined = [(name, number) for name, group in self._groups.all().items() if len(group) > 1 for number in group]
        alone = [{"number": number, "name": name} for name, number in joined if number in self._alone]
        renamed = [{"number": number, "name": name} for name, number in joined if number not in self._alone]
        for statement, rows in ((_PUT, alone), (_RENAME, [row for row in renamed if row["number"] != row["name"]])):
            if rows:
                self._connection.execute(statement, rows)
