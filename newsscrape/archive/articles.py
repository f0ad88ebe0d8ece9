"""The articles of the archive, and the outbox: which of them an output file still waits for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, exists, select, update

from newsscrape.archive import stories
from newsscrape.archive.archive import Archive
from newsscrape.archive.changes import next_changes
from newsscrape.archive.derived import columns, derive, forget
from newsscrape.archive.entry import Entry
from newsscrape.archive.revisions import Change, supersede
from newsscrape.archive.tables import articles, deletions, outbox, pages
from newsscrape.archive.traits import traits_of_json
from newsscrape.revisions.differences import Revision

_FACTS = (
    "id", "url", "title", "kind", "section_code", "published_at", "modified_at", "fetched_at", "content_hash",
    "version_hash", "record",
)  # fmt: skip
_REPLACED = (*_FACTS[1:], "saved_at", "change", "revision", "changed", "derived", *stories.COLUMNS)
_AT_ONCE = 200  # records in memory
_STANDING = select(
    select(articles.c.version_hash).where(articles.c.id == bindparam("article")).scalar_subquery().label("version"),
    exists().where(deletions.c.article == bindparam("article")).label("deleted"),
)
_DELETED = select(deletions.c.article).where(deletions.c.article.in_(bindparam("ids", expanding=True)))


class Standing(NamedTuple):
    """What the archive has of an article: its `version_hash` (None: nothing), and whether it was deleted on request."""

    version: str | None
    deleted: bool


class Articles:
    """All articles of an archive."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def standing(self, article: str) -> Standing:
        """What is kept of an article under this id."""
        with self.archive.read() as connection:
            return Standing(*connection.execute(_STANDING, {"article": article}).one())

    def find(self, name: str) -> str | None:
        """The id of the article that has this id or this address, as it stands in the record or in the ledger."""
        of_page = select(pages.c.article).where(pages.c.url == name, pages.c.article.is_not(None))
        with self.archive.read() as connection:
            for statement in (
                select(articles.c.id).where(articles.c.id == name),
                select(articles.c.id).where(articles.c.url == name).limit(1),
                of_page.limit(1),
            ):
                found: str | None = connection.execute(statement).scalar()
                if found is not None:
                    return found
        return None

    def record(self, article: str) -> str | None:
        """An article's JSON."""
        with self.archive.read() as connection:
            return connection.execute(select(articles.c.record).where(articles.c.id == article)).scalar()

    def save(
        self,
        connection: Connection,
        entries: Sequence[tuple[str, Entry]],
        now: datetime,
        kind: Revision | None = None,
        *,
        seen: bool = True,
    ) -> list[tuple[str, Entry]]:
        """Saves articles (each with its site's key): a new one is added, a known one replaced as a new version.

        `kind` is what to call new versions, where that is known; else the records tell. `seen`: their pages were there
        just now, so none of them is removed. An article that was deleted on request, even while this run was reading
        it, is passed over. Returns those saved.
        """
        if not entries:
            return []
        first = next_changes(self.archive, connection, len(entries))
        deleted = set(connection.execute(_DELETED, {"ids": [entry.id for _, entry in entries]}).scalars())
        saved = [(site, entry) for site, entry in entries if entry.id not in deleted]
        if not saved:
            return []
        changes = supersede(connection, [entry for _, entry in saved], now, kind, seen=seen)
        if changes:
            forget(self.archive, connection, list(changes))
        traits = {entry.id: entry.traits or traits_of_json(entry.id, entry.record) for _, entry in saved}
        rows = [
            _row(site, entry, now, number, changes.get(entry.id, ("first", None))) | columns(traits[entry.id])
            for number, (site, entry) in enumerate(saved, first)
        ]
        connection.execute(_upsert(self.archive), rows)
        derive(self.archive, connection, traits)
        return saved


def _upsert(archive: Archive) -> Any:
    statement = archive.insert(articles)
    new = {name: statement.excluded[name] for name in _REPLACED}
    return statement.on_conflict_do_update(index_elements=["id"], set_={**new, "version": articles.c.version + 1})


def _row(site: str, entry: Entry, now: datetime, number: int, change: Change) -> dict[str, Any]:
    facts = {name: getattr(entry, name) for name in _FACTS}
    made = {"site": site, "saved_at": now, "version": 1, "change": number}
    return facts | made | {"revision": change[0], "changed": change[1]}


@dataclass(frozen=True, slots=True)
class Unwritten:
    """An article that a file may not have: its record would stand behind the file's first `position` bytes."""

    id: str
    record: str
    position: int


class Outbox:
    """The articles that output files still wait for, put there by one run."""

    def __init__(self, archive: Archive, run: str) -> None:
        self.archive = archive
        self.run = run

    def put(self, connection: Connection, target: str, ids: Iterable[str], position: int) -> None:
        """Notes articles that are about to be written to a file, behind its first `position` bytes."""
        rows = [{"output": target, "id": article, "run": self.run, "position": position} for article in ids]
        if rows:
            statement = self.archive.insert(outbox)
            replaced = {name: statement.excluded[name] for name in ("run", "position")}
            connection.execute(statement.on_conflict_do_update(index_elements=["output", "id"], set_=replaced), rows)

    def written(self, connection: Connection, target: str, ids: Sequence[str]) -> None:
        """Forgets articles that were written."""
        if ids:
            ours = (outbox.c.output == target, outbox.c.run == self.run, outbox.c.id.in_(ids))
            connection.execute(delete(outbox).where(*ours))

    def targets(self, past: Sequence[str]) -> list[str]:
        """The files that past runs left something unwritten for."""
        statement = select(outbox.c.output).where(outbox.c.run.in_(past)).distinct().order_by(outbox.c.output)
        with self.archive.read() as connection:
            return list(connection.execute(statement).scalars())

    def inherit(self, target: str, past: Sequence[str]) -> None:
        """Takes over what past runs left unwritten for a file."""
        with self.archive.write() as connection:
            left = (outbox.c.output == target, outbox.c.run.in_(past))
            connection.execute(update(outbox).where(*left).values(run=self.run))

    def waiting(self, target: str) -> Iterator[Unwritten]:
        """What this run has not written to a file yet, in the order of arrival, streamed."""
        statement = (
            select(articles.c.id, articles.c.record, outbox.c.position)
            .join(outbox, outbox.c.id == articles.c.id)
            .where(outbox.c.output == target, outbox.c.run == self.run)
            .order_by(articles.c.change)
        )
        with self.archive.read() as connection:
            for row in connection.execution_options(yield_per=_AT_ONCE).execute(statement):
                yield Unwritten(*row)

    def all_written(self, target: str) -> None:
        """Forgets everything that this run was to write to a file."""
        with self.archive.write() as connection:
            connection.execute(delete(outbox).where(outbox.c.output == target, outbox.c.run == self.run))
