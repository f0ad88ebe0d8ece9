"""The pages of one site: every address met, what became of it, and when it is due.

States::

    waiting    to be fetched, from `due_at` on
    done       its article is in the archive; `due_at` is set where it is to be asked again for edits
    outside    an article, but outside the `since` and `until` of the run that fetched it
    rejected   no article (kind: list, login, robots, ...); what robots.txt forbade is due again after a while
    gone       the publisher has removed it
    failed     given up after so many tries
    pruned     its article has left the archive by age (see `care.removal`); it is never due again
    deleted    its article has left it on request
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, or_, select, update

from newsscrape.archive.archive import Archive
from newsscrape.archive.parts import parts
from newsscrape.archive.tables import pages

State = Literal["waiting", "done", "outside", "rejected", "gone", "failed", "pruned", "deleted"]

_COLUMNS = (
    pages.c.id, pages.c.url, pages.c.identity, pages.c.state, pages.c.tries, pages.c.etag, pages.c.last_modified,
    pages.c.article, pages.c.published_at,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page of the ledger on its way to be fetched. `article` is the id of its article, where it has one."""

    id: int
    url: str
    identity: str
    state: State
    tries: int
    etag: str | None
    last_modified: str | None
    article: str | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a page at a visit; all of it replaces what was known. `page` is its number in the ledger."""

    page: int
    state: State
    due_at: datetime | None = None
    tries: int = 0
    reason: str | None = None
    kind: str | None = None
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    article: str | None = None
    fetched_at: datetime | None = None
    published_at: datetime | None = None


_SETTLED = tuple(Settled.__dataclass_fields__)
_SETTLE = (
    update(pages)
    .where(pages.c.id == bindparam("page"))
    .values({name: bindparam(name) for name in _SETTLED if name != "page"})
)


def settle(connection: Connection, settled: Sequence[Settled]) -> None:
    """Writes what became of pages, whose sites are to be held (see `Archive.hold`)."""
    if settled:
        connection.execute(_SETTLE, [{name: getattr(one, name) for name in _SETTLED} for one in settled])


class Pages:
    """The pages of one site."""

    def __init__(self, archive: Archive, site: str) -> None:
        self.archive = archive
        self.site = site

    def add(self, connection: Connection, found: Mapping[str, str], now: datetime) -> int:
        """Takes in addresses (by their identity) that are not known yet, in order; returns how many were new."""
        statement = (
            self.archive.insert(pages).on_conflict_do_nothing(index_elements=["site", "identity"]).returning(pages.c.id)
        )
        self.archive.hold(connection, [self.site])
        rows = [
            {"site": self.site, "identity": identity, "url": url, "state": "waiting", "due_at": now, "tries": 0,
             "listed_at": now}
            for identity, url in found.items()
        ]  # fmt: skip
        return sum(len(connection.execute(statement, part).all()) for part in parts(rows))

    def want(self, connection: Connection, identities: Sequence[str], run: str, now: datetime) -> int:
        """Marks pages as asked for by their addresses in a run, for the first time; returns how many of them are due.

        Those given up on, gone or pruned get another chance.
        """
        self.archive.hold(connection, [self.site])
        count = 0
        for part in parts(identities):
            other = or_(pages.c.wanted_by.is_(None), pages.c.wanted_by != run)
            ours = and_(pages.c.site == self.site, pages.c.identity.in_(part), other)
            given_up = pages.c.state.in_(("failed", "gone", "pruned"))
            again = update(pages).where(ours, given_up).values(state="waiting", due_at=now, tries=0)
            connection.execute(again)
            due = select(func.count()).select_from(pages).where(ours, pages.c.due_at <= now)
            count += connection.execute(due).scalar_one()
            connection.execute(update(pages).where(ours).values(wanted_by=run))
        return count

    def met_before(self, identities: Sequence[str], moment: datetime) -> int:
        """How many of these pages were met before a moment."""
        count = 0
        with self.archive.read() as connection:
            for part in parts(identities):
                ours = (pages.c.site == self.site, pages.c.identity.in_(part), pages.c.listed_at < moment)
                count += connection.execute(select(func.count()).select_from(pages).where(*ours)).scalar_one()
        return count

    def newest(self) -> int:
        """The number of the page that was met last; 0 where there is none."""
        with self.archive.read() as connection:
            return connection.execute(select(func.max(pages.c.id)).where(pages.c.site == self.site)).scalar() or 0

    def fresh(self, after: int, number: int) -> list[KnownPage]:
        """Pages met after the page with this number, in the order of their lists."""
        return self._select(pages.c.id > after, pages.c.state == "waiting", order=(pages.c.id.asc(),), number=number)

    def backlog(self, before: int, now: datetime, number: int, *, behind: KnownPage | None = None) -> list[KnownPage]:
        """Pages met before the page with this number that are due, the newest first; `behind` the last one given.

        The newest are those met last, and among those of one list its first.
        """
        due = [pages.c.id < before, pages.c.due_at <= now]
        if behind is not None:
            last = select(pages.c.listed_at).where(pages.c.id == behind.id).scalar_subquery()
            due.append(or_(pages.c.listed_at < last, and_(pages.c.listed_at == last, pages.c.id > behind.id)))
        return self._select(*due, order=(pages.c.listed_at.desc(), pages.c.id.asc()), number=number)

    def wanted(self, run: str, after: int, now: datetime, number: int) -> list[KnownPage]:
        """Pages that a run asks for by their addresses and that are due, in the order in which they were met."""
        asked = (pages.c.id > after, pages.c.wanted_by == run, pages.c.due_at <= now)
        return self._select(*asked, order=(pages.c.id.asc(),), number=number)

    def _select(self, *conditions: ColumnElement[bool], order: Sequence[Any], number: int) -> list[KnownPage]:
        statement = select(*_COLUMNS).where(pages.c.site == self.site, *conditions).order_by(*order).limit(number)
        with self.archive.read() as connection:
            return [KnownPage(*row) for row in connection.execute(statement)]

    def is_known(self, identity: str, *, besides: int) -> bool:
        """Whether an identity belongs to a page other than this one."""
        ours = (pages.c.site == self.site, pages.c.identity == identity, pages.c.id != besides)
        with self.archive.read() as connection:
            return connection.execute(select(pages.c.id).where(*ours)).first() is not None

    def reopen(self, since: datetime | None, until: datetime | None, now: datetime) -> None:
        """Makes due what an earlier run found outside its window and what is inside of this one."""
        inside = [pages.c.site == self.site, pages.c.state == "outside"]
        if since is not None:
            inside.append(pages.c.published_at >= since)
        if until is not None:
            inside.append(pages.c.published_at <= until)
        with self.archive.write() as connection:
            self.archive.hold(connection, [self.site])
            connection.execute(update(pages).where(*inside).values(state="waiting", due_at=now))

    def refresh(self, young: datetime, now: datetime) -> None:
        """Makes due the articles published (without a date: first met) since `young`, to see whether they changed."""
        when = func.coalesce(pages.c.published_at, pages.c.listed_at)
        ours = (pages.c.site == self.site, pages.c.state == "done", when >= young)
        with self.archive.write() as connection:
            self.archive.hold(connection, [self.site])
            connection.execute(update(pages).where(*ours).values(due_at=now))

    def due(self, now: datetime) -> int:
        """How many pages are due."""
        ours = (pages.c.site == self.site, pages.c.due_at <= now)
        with self.archive.read() as connection:
            return connection.execute(select(func.count()).select_from(pages).where(*ours)).scalar_one()
