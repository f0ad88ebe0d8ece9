"""The index of texts: which articles have these marks, on either database.

The issue's first idea were indexes of three letters in a row: FTS5's trigram tokenizer, PostgreSQL's pg_trgm. They
cannot look up words of two letters, which most Korean nouns are (서울, 협약, 경제), and pg_trgm is an extension that
an ordinary user may not install. Here pairs of letters are put into what both databases bring along: FTS5 without
positions and without a copy of the text, and a GIN index over an array. They choose articles that may hold a word;
`texts` has each article's title and text, folded, and says whether it does.

Measured on 8,000 made texts of 960 letters (FTS5, packed): pairs take 0.3 bytes a byte of text (0.4 with every single
letter), trigrams 0.7, with positions 1.8; GIN took 1.2. In 850,000 shorter articles (SQLite, two busy cores) the first
twenty came after 130 ms for words in every third article (a second where nothing of the file was in memory yet), 60 ms
for one in every thousandth, 10 ms for one in nine articles. `tests/benchmarks/search.py` measures it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    cast,
    column,
    delete,
    literal_column,
    select,
    table,
    text,
)

from newsscrape.archive.archive import Archive
from newsscrape.archive.search.marks import fact_marks, text_marks
from newsscrape.archive.tables import articles, texts

if TYPE_CHECKING:
    from newsscrape.archive.derived import Saved

Choice = Sequence[str]
"""Marks of which an article must have one."""

_SQLITE_ADD = text("INSERT INTO marks (rowid, letters) VALUES (:article, :letters)")
# FTS5 keeps no texts, and wants to be told what it is to forget.
_SQLITE_REMOVE = text("INSERT INTO marks (marks, rowid, letters) VALUES ('delete', :article, :letters)")
_SQLITE_CLEAR = text("INSERT INTO marks (marks) VALUES ('delete-all')")
_SQLITE_PACK = text("INSERT INTO marks (marks) VALUES ('optimize')")
_SQLITE_MARKS = table("marks", column("rowid", Integer), column("marks", Text))
_POSTGRESQL_ADD = text("INSERT INTO marks (article, letters) VALUES (:article, :letters)")
_POSTGRESQL_REMOVE = text("DELETE FROM marks WHERE article = :article")
_POSTGRESQL_CLEAR = text("DELETE FROM marks")
_POSTGRESQL_MARKS = table("marks", column("article", BigInteger))
_LETTERS: ColumnElement[Any] = literal_column("string_to_array(letters, ' ')")  # as the index has it
_POSTGRESQL_PACK = text("VACUUM (ANALYZE) marks")


def index_texts(archive: Archive, connection: Connection, rows: Sequence[Saved]) -> None:
    """Takes articles into the index. One of `derived.WAYS`."""
    facts = [" ".join(fact_marks(row.site, row.kind, row.section_code, row.published_at)) for row in rows]
    both = list(zip(rows, facts, strict=True))
    new = [{"article": row.seq, "facts": marks, "text": row.traits.folded} for row, marks in both]
    connection.execute(texts.insert(), new)
    letters = [{"article": row.seq, "letters": f"{marks} {row.traits.marks}"} for row, marks in both]
    connection.execute(_POSTGRESQL_ADD if archive.is_postgresql else _SQLITE_ADD, letters)


def remove_texts(archive: Archive, connection: Connection, seqs: Sequence[int]) -> None:
    """Takes articles out of the index. One of `derived.WAYS_BACK`."""
    old = select(texts.c.article, texts.c.facts, texts.c.text).where(texts.c.article.in_(seqs))
    entries = [
        {"article": seq, "letters": f"{facts} {' '.join(text_marks(folded))}"}
        for seq, facts, folded in connection.execute(old)
    ]
    if entries:
        connection.execute(_POSTGRESQL_REMOVE if archive.is_postgresql else _SQLITE_REMOVE, entries)
        connection.execute(delete(texts).where(texts.c.article.in_(seqs)))


def clear(archive: Archive, connection: Connection) -> None:
    """Empties the index; what it had is to be derived anew."""
    connection.execute(_POSTGRESQL_CLEAR if archive.is_postgresql else _SQLITE_CLEAR)
    connection.execute(delete(texts))


def pack(archive: Archive, connection: Connection) -> None:
    """Makes the index smaller, and its answers come sooner; outside of any transaction."""
    connection.execute(_POSTGRESQL_PACK if archive.is_postgresql else _SQLITE_PACK)


def lead(archive: Archive, connection: Connection) -> None:
    """Lets the index lead in this transaction.

    PostgreSQL does not know what it costs to take the marks of every article apart: with a word in every tenth of
    20,000 articles it did that, which took 2 s.
    """
    if archive.is_postgresql:
        connection.execute(text("SET LOCAL enable_seqscan = off"))


def has_marks(archive: Archive, choices: Sequence[Choice]) -> ColumnElement[bool]:
    """The condition that an article has one mark of each choice, or more: answered by the index."""
    return articles.c.seq.in_(_found(archive, choices))


def look_up(archive: Archive, connection: Connection, choices: Sequence[Choice], most: int) -> list[int] | None:
    """The `seq` of the articles that have one mark of each choice; None where they are more than `most`."""
    numbers = [number for (number,) in connection.execute(_found(archive, choices).limit(most + 1))]
    return numbers if len(numbers) <= most else None


def _found(archive: Archive, choices: Sequence[Choice]) -> Select[int]:
    if archive.is_postgresql:
        every = [choice[0] for choice in choices if len(choice) == 1]
        wanted = [_LETTERS.op("@>")(cast(every, ARRAY(Text)))] if every else []
        wanted += [_LETTERS.op("&&")(cast(list(choice), ARRAY(Text))) for choice in choices if len(choice) > 1]
        return select(_POSTGRESQL_MARKS.c.article).where(*wanted)
    # Marks hold no quotation marks.
    words = " AND ".join("(" + " OR ".join(f'"{mark}"' for mark in choice) + ")" for choice in choices)
    return select(_SQLITE_MARKS.c.rowid).where(_SQLITE_MARKS.c.marks.op("MATCH")(words))
