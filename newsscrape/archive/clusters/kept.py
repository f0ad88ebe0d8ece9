"""What the archive keeps to tell near copies: a row an article; and the texts, read when they are to be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from newsscrape.archive.parts import parts
from newsscrape.archive.tables import articles, sketches, texts
from newsscrape.duplicates.copies import Compared, form_moment
from newsscrape.duplicates.sketch import Sketch, letters_of

_IN_MEMORY = 400  # texts


@dataclass(frozen=True, slots=True)
class Kept:
    """An article's row in `sketches`; `article` is its `seq`."""

    article: int
    sketch: Sketch
    originality: int
    cluster: int | None = None

    @property
    def row(self) -> dict[str, Any]:
        """The same as the table has it."""
        said = {"article": self.article, "text": self.sketch.text, "hashes": self.sketch.packed}
        return said | {"originality": self.originality, "cluster": self.cluster}


def read_kept(connection: Connection, numbers: Iterable[int]) -> dict[int, Kept]:
    """What is kept of articles, by their `seq`, in its order."""
    names = ("article", "text", "hashes", "originality", "cluster")
    statement = select(*(sketches.c[name] for name in names)).order_by(sketches.c.article)
    found = {}
    for some in parts(sorted(numbers)):
        for article, text, hashes, *facts in connection.execute(statement.where(sketches.c.article.in_(some))):
            found[article] = Kept(article, Sketch.unpacked(text, hashes), *facts)
    return found


def read_texts(connection: Connection, numbers: Iterable[int]) -> Iterator[tuple[int, Compared]]:
    """Texts by the `seq` of their articles; those that the index of texts does not have are left out."""
    columns = (articles.c.seq, texts.c.text, articles.c.kind, articles.c.published_at)
    joined = select(*columns).join(texts, texts.c.article == articles.c.seq)
    for some in parts(sorted(numbers)):
        for seq, text, kind, published_at in connection.execute(joined.where(articles.c.seq.in_(some))):
            yield seq, Compared(letters_of(text), form_moment(kind, published_at))


class Texts:
    """Texts by the `seq` of their articles; some are kept, for they are asked for again soon."""

    def __init__(self, connection: Connection, known: Mapping[int, Compared] | None = None) -> None:
        self._connection = connection
        self._known = dict(known or {})

    def __getitem__(self, seq: int) -> Compared:
        if seq not in self._known:
            self.load([seq])
        return self._known.get(seq) or Compared("")

    def load(self, numbers: Iterable[int]) -> None:
        """Reads several together."""
        lacking = [seq for seq in dict.fromkeys(numbers) if seq not in self._known]
        if len(self._known) + len(lacking) > _IN_MEMORY:
            self._known = dict(list(self._known.items())[-_IN_MEMORY // 2 :])
        self._known.update(read_texts(self._connection, lacking))
