"""Articles read out of the archive, one by one: which of them, in which order, from where on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, FromClause, Integer, Subquery, exists, func, select, tuple_, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from newsscrape.archive.archive import Archive
from newsscrape.archive.search.index import has_marks, lead
from newsscrape.archive.search.marks import word_marks
from newsscrape.archive.search.words import words_of
from newsscrape.archive.tables import articles, revisions, schema_versions, sketches, texts

_FETCHED_AT_ONCE = 200  # rows held in memory


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles are wanted; what is empty or None does not choose.

    `sites`, `sections` and `kinds` take any of theirs (sections are codes, see `article.SectionCode`). `since` and
    `until` are compared with `published_at`; an article whose page tells no time is in no window. The words of `query`
    must all stand in title or text, as letters in a row, whatever their case ("반도체" finds "반도체의"); words in
    quotation marks as one, with their blanks.

    `versions` are the newest of each article; with "last", of a wire's story (속보, 1보, 종합) only the last article;
    with "all", the older ones, too, where the newest is chosen.

    With `dedup`, of near copies (see `clusters`) only one article, of those that the rest chooses: the likely origin,
    or who comes next to it.
    """

    sites: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    sections: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    query: str | None = None
    versions: Literal["newest", "last", "all"] = "newest"
    dedup: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the query, folded for comparison. Raises `QueryError` where they are too many."""
        return words_of(self.query)


@dataclass(frozen=True, slots=True)
class Kept:
    """An article as the archive keeps it: `change` numbers its last save (see `changes`), `record` is its JSON."""

    change: int
    record: str


def read(archive: Archive, selection: Selection | None = None, *, after: int | None = None) -> Iterator[Kept]:
    """The articles of a selection, streamed.

    They come in the order of arrival. With `after`, only those saved or saved again since the change of that number, in
    the order of their changes: the newest version of each, once. All is as it stood when reading began, whatever is
    written meanwhile. Raises `ArchiveError`.

    A few hundred rows are in memory at a time. The archive can be written meanwhile, but an SQLite file's
    write-ahead log grows until the reading ends: read to the end, or close the iterator.
    """
    selection = selection or Selection()
    chosen = conditions(selection)
    searched: FromClause = articles
    if selection.words:
        searched = articles.join(texts, texts.c.article == articles.c.seq)
    if marks := word_marks(selection.words):
        chosen.append(has_marks(archive, [[mark] for mark in marks]))
    if selection.dedup:
        surplus = _surplus(searched, chosen)
        searched = searched.outerjoin(surplus, surplus.c.article == articles.c.seq)
        chosen.append(surplus.c.article.is_(None))
    statement: Any = select(articles.c.change, articles.c.record).select_from(searched).where(*chosen)
    if selection.versions == "all":
        older = select(revisions.c.change, revisions.c.record).select_from(
            searched.join(revisions, revisions.c.article == articles.c.id)
        )
        older = older.where(*chosen, revisions.c.record.is_not(None), revisions.c.change > (after or 0))
        statement = union_all(statement.where(articles.c.change > (after or 0)), older).order_by("change")
    elif after is None:
        statement = statement.order_by(articles.c.seq)
    else:
        statement = statement.where(articles.c.change > after).order_by(articles.c.change)
    with archive.read() as connection:
        if selection.words:
            lead(archive, connection)
        # One statement sees one state of the database; `yield_per` makes it a cursor on the server on PostgreSQL.
        for change, record in connection.execution_options(yield_per=_FETCHED_AT_ONCE).execute(statement):
            yield Kept(change, record)


def birth(archive: Archive) -> datetime:
    """When an archive was made, in UTC: it tells one archive from another."""
    with archive.read() as connection:
        moment: datetime = connection.execute(select(func.min(schema_versions.c.applied_at))).scalar_one()
        return moment


def conditions(selection: Selection) -> list[ColumnElement[bool]]:
    """What an article of a selection fulfils, exactly; its words are looked for in `texts`, which is to be joined."""
    found: list[ColumnElement[bool]] = []
    for column, values in (
        (articles.c.site, selection.sites),
        (articles.c.section_code, selection.sections),
        (articles.c.kind, selection.kinds),
    ):
        if values:
            found.append(column.in_(values))
    if selection.since is not None:
        found.append(articles.c.published_at >= selection.since)
    if selection.until is not None:
        found.append(articles.c.published_at <= selection.until)
    if selection.versions == "last":
        found.append(~_later_in_its_story())
    found.extend(_Place(texts.c.text, word) > 0 for word in selection.words)
    return found


class _Place(FunctionElement[int]):
    """Where a text holds some letters, from 1; 0 where it does not."""

    inherit_cache = True
    name = "place"
    type = Integer()


@compiles(_Place, "sqlite")
def _in_sqlite(element: _Place, compiler: Any, **options: Any) -> str:
    return f"instr({compiler.process(element.clauses, **options)})"


@compiles(_Place, "postgresql")
def _in_postgresql(element: _Place, compiler: Any, **options: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **options)})"


def _surplus(searched: FromClause, chosen: Sequence[ColumnElement[bool]]) -> Subquery:
    """Of each cluster of near copies, all chosen articles but the likeliest origin (see `duplicates.origin`)."""
    order = (sketches.c.originality.desc(), articles.c.published_at.nulls_last(), articles.c.id)
    place = func.row_number().over(partition_by=sketches.c.cluster, order_by=order).label("place")
    inside = select(sketches.c.article, place).select_from(
        searched.join(sketches, sketches.c.article == articles.c.seq)
    )
    placed = inside.where(*chosen, sketches.c.cluster.is_not(None)).subquery("placed")
    return select(placed.c.article).where(placed.c.place > 1).subquery("surplus")


def _later_in_its_story() -> ColumnElement[bool]:
    """Whether there is an article that takes the place of this one (see `revisions.stories.Telling.order`)."""
    other = articles.alias("later")

    def order(table: Any) -> Any:
        return tuple_(table.c.published_at, func.coalesce(table.c.stage, -1), table.c.id)

    return exists().where(other.c.story == articles.c.story, order(other) > order(articles))
