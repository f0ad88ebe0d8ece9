"""Whether an archive is sound: its file, its records, and what refers to what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
from pydantic import ValidationError
from sqlalchemy import ColumnElement, Connection, Delete, Select, Update, delete, exists, select, text, update

from newsscrape.archive.archive import Archive
from newsscrape.archive.changes import next_changes
from newsscrape.archive.clusters.finding import EVERYBODY
from newsscrape.archive.clusters.placing import clear as clear_clusters
from newsscrape.archive.clusters.placing import take_out
from newsscrape.archive.derived import WayBack, make_up
from newsscrape.archive.search.index import clear as clear_index
from newsscrape.archive.search.index import remove_texts
from newsscrape.archive.stories import clear as clear_stories
from newsscrape.archive.tables import articles, outbox, pages, revisions, shingles, sketches, texts
from newsscrape.article import Article
from newsscrape.errors import ArchiveError

_AT_ONCE = 200  # rows in memory
_TOLD = 20  # faults of one kind that are told; the rest is counted


@dataclass(slots=True)
class Fault:
    """A kind of fault: in words, how often, and the first of the articles (or addresses) that have it.

    `mended` tells how it was mended; None where it was not.
    """

    what: str
    count: int = 0
    examples: list[str] = field(default_factory=list)
    mended: str | None = None

    def add(self, example: str) -> None:
        """One more."""
        self.count += 1
        if len(self.examples) < _TOLD:
            self.examples.append(example)


@dataclass(frozen=True, slots=True)
class Reference:
    """Rows that refer to articles which are not there: `shown` tells them, `mending` mends them; `mended` says how."""

    what: str
    shown: Select[tuple[Any]]
    mending: Update | Delete | WayBack
    mended: str

    def mend(self, archive: Archive, connection: Connection) -> None:
        """Mends them, in a transaction that holds `changes.next_changes`."""
        if isinstance(self.mending, Update | Delete):
            connection.execute(self.mending)
        else:
            self.mending(archive, connection, list(connection.execute(self.shown).scalars()))


def _lost(reference: ColumnElement[Any], key: ColumnElement[Any] = articles.c.id) -> ColumnElement[bool]:
    return ~exists().where(key == reference)


_READ = (pages.c.state == "done", _lost(pages.c.article))
_LOST_HASH = _lost(shingles.c.article, articles.c.seq) & (shingles.c.article != EVERYBODY)
_REFERENCES = (
    Reference(
        "an older version whose article is not there",
        select(revisions.c.article).where(_lost(revisions.c.article)),
        delete(revisions).where(_lost(revisions.c.article)),
        "removed",
    ),
    Reference(
        "an output waits for an article that is not there",
        select(outbox.c.id).where(_lost(outbox.c.id)),
        delete(outbox).where(_lost(outbox.c.id)),
        "it waits no more",
    ),
    Reference(
        "a page was read, and its article is not there",
        select(pages.c.url).where(*_READ),
        update(pages).where(*_READ).values(
            state="waiting", article=None, due_at=pages.c.listed_at, tries=0, etag=None, last_modified=None
        ),
        "the next crawl asks for it",
    ),
    Reference(
        "a text in the index belongs to no article",
        select(texts.c.article).where(_lost(texts.c.article, articles.c.seq)),
        remove_texts,
        "removed",
    ),
    Reference(
        "a sketch belongs to no article",
        select(sketches.c.article).where(_lost(sketches.c.article, articles.c.seq)),
        take_out,
        "removed",
    ),
    Reference(
        "a sketch's hash belongs to no article",
        select(shingles.c.article).where(_LOST_HASH),
        delete(shingles).where(_LOST_HASH),
        "removed",
    ),
)  # fmt: skip


def check(archive: Archive, *, records: bool = True, mend: bool = False) -> Iterator[Fault]:
    """Looks an archive through, and yields every kind of fault with its cases.

    Of SQLite's file every page is read. `records` reads every article and every older version, too: whether it is a
    record of this library and says what its row says. `mend` mends what leads nowhere. Raises `ArchiveError`.
    """
    yield from _file(archive)
    if records:
        yield from _records(archive)
    for reference in _REFERENCES:
        yield from _referred(archive, reference, mend=mend)


def derive_anew(archive: Archive) -> None:
    """Makes the index of texts, the stories of wires and the clusters of near copies anew, in parts: others can write.

    Raises `ArchiveError`.
    """
    with archive.write() as connection:
        next_changes(archive, connection, 0)
        clear_index(archive, connection)
        clear_clusters(connection)
        clear_stories(connection)
        connection.execute(update(articles).values(derived=0))
    make_up(archive)


def _file(archive: Archive) -> Iterator[Fault]:
    if archive.is_postgresql:
        return  # a server checks its own pages (data_checksums, pg_amcheck)
    fault = Fault("the database's file is damaged; restore a backup")
    try:
        with archive.read() as connection:
            said = list(connection.execute(text("PRAGMA integrity_check")).scalars())
    except ArchiveError as error:  # so damaged that even this cannot be read
        said = [str(error.__cause__ or error)]
    for words in said:
        if words != "ok":
            fault.add(words)
    if fault.count:
        yield fault


def _records(archive: Archive) -> Iterator[Fault]:
    unreadable = Fault("its record cannot be read; crawl its page again, or restore a backup")
    different = Fault("its record is another article's, or of another version than its row says")
    statements = (
        select(articles.c.id, articles.c.content_hash, articles.c.record),
        select(revisions.c.article, revisions.c.content_hash, revisions.c.record).where(
            revisions.c.record.is_not(None)
        ),
    )
    with archive.read() as connection:
        for statement in statements:
            for id_, content_hash, record in connection.execution_options(yield_per=_AT_ONCE).execute(statement):
                said = _read(record)
                if said is None:
                    unreadable.add(id_)
                elif said != (id_, content_hash):
                    different.add(id_)
    yield from (fault for fault in (unreadable, different) if fault.count)


def _read(record: str) -> tuple[str, str] | None:
    """The id and hash of a record; None where it is none."""
    try:
        article = Article.model_validate(orjson.loads(record))
    except (orjson.JSONDecodeError, ValidationError):
        return None
    return article.id, article.content_hash


def _referred(archive: Archive, reference: Reference, *, mend: bool) -> Iterator[Fault]:
    fault = Fault(reference.what)
    with archive.read() as connection:
        for (example,) in connection.execution_options(yield_per=_AT_ONCE).execute(reference.shown):
            fault.add(str(example))
    if not fault.count:
        return
    if mend:
        with archive.write() as connection:
            next_changes(archive, connection, 0)  # one after the other with whoever saves articles
            reference.mend(archive, connection)
        fault.mended = reference.mended
    yield fault
