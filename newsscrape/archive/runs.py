"""Runs, and the lease that lets one of them at a time crawl a site.

A unit of work is a publisher: whoever holds its lease is the one polite process that talks to its hosts. A
lease lives by its heartbeat; that of a process that is certainly dead, or silent for `LEASE`, is free again.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, insert, not_, or_, select, update

from newsscrape.archive.archive import Archive
from newsscrape.archive.owner import is_dead, this_process
from newsscrape.archive.tables import outbox, run_sites, runs, units

LEASE = timedelta(seconds=60)
HEARTBEAT = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who crawls a site just now."""

    site: str
    owner: str
    beat_at: datetime

    @property
    def is_dead(self) -> bool:
        """Whether its process is certainly gone."""
        return is_dead(self.owner.partition("@")[2])


class Run:
    """One run of this process: its number, its leases and its account in the ledger."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.id = uuid.uuid4().hex[:12]
        self.owner = f"{this_process()}"
        self.started_at = archive.now()
        with archive.write() as connection:
            values = {"id": self.id, "owner": self.owner, "started_at": self.started_at, "beat_at": self.started_at}
            connection.execute(insert(runs).values(**values))

    def lease(self, sites: Sequence[str], *, anyway: Collection[str] = ()) -> str | None:
        """Leases the first of these sites that is free and that nobody finished since this run began.

        For those in `anyway` it does not matter who finished what: this run asks for pages of its own there.
        None where there is none: they are being crawled by others, or were.
        """
        now = self.archive.now()
        lapsed = now - LEASE
        self._free_the_dead(sites)
        with self.archive.write() as connection:
            for site in sorted(sites):  # in one order: PostgreSQL would find two runs waiting for each other's rows
                statement = self.archive.insert(units).values(site=site)
                connection.execute(statement.on_conflict_do_nothing(index_elements=["site"]))
        with self.archive.write() as connection:
            free = or_(units.c.owner.is_(None), units.c.beat_at < lapsed)
            order = case({site: number for number, site in enumerate(sites)}, value=units.c.site)
            statement = select(units.c.site).where(self._unfinished(sites, anyway), free).order_by(order).limit(1)
            # PostgreSQL: a row that another machine is just taking is passed by, not waited for. SQLite has one
            # writer at a time and needs nothing.
            found: str | None = connection.execute(statement.with_for_update(skip_locked=True)).scalar()
            if found is not None:
                mine = {"owner": self._holder, "beat_at": now}
                connection.execute(update(units).where(units.c.site == found).values(**mine))
        return found

    def may_lease_later(self, sites: Sequence[str], *, anyway: Collection[str] = ()) -> bool:
        """Whether one of these sites may still be leased: it is free by now, or another run is at work on it.

        A lease that was refused does not tell: another run may have been about to take the site, or to give it back.
        """
        with self.archive.read() as connection:
            return connection.execute(select(units.c.site).where(self._unfinished(sites, anyway))).first() is not None

    def _unfinished(self, sites: Sequence[str], anyway: Collection[str]) -> ColumnElement[bool]:
        """Those of the sites that nobody finished since this run began, and those in `anyway`."""
        finished = units.c.finished_at.is_not(None) & (units.c.finished_at >= self.started_at)
        return units.c.site.in_(sites) & or_(not_(finished), units.c.site.in_(anyway))

    @property
    def _holder(self) -> str:
        return f"{self.id}@{self.owner}"

    def _free_the_dead(self, sites: Sequence[str]) -> None:
        for holder in self._holders(sites):
            if holder.is_dead:
                theirs = and_(units.c.site == holder.site, units.c.owner == holder.owner)
                with self.archive.write() as connection:
                    connection.execute(update(units).where(theirs).values(owner=None))

    def holders(self, sites: Sequence[str]) -> list[Holder]:
        """Who else holds a living lease on one of these sites."""
        return [holder for holder in self._holders(sites) if not holder.is_dead]

    def _holders(self, sites: Sequence[str]) -> list[Holder]:
        statement = select(units.c.site, units.c.owner, units.c.beat_at).where(
            units.c.site.in_(sites), units.c.owner.is_not(None), units.c.beat_at >= self.archive.now() - LEASE,
            units.c.owner != self._holder,
        )  # fmt: skip
        with self.archive.read() as connection:
            return [Holder(*row) for row in connection.execute(statement)]

    def beat(self, sites: Sequence[str]) -> list[str]:
        """Says that this run lives and holds these sites; returns those whose lease it has lost."""
        now = self.archive.now()
        with self.archive.write() as connection:
            connection.execute(update(runs).where(runs.c.id == self.id).values(beat_at=now))
            ours = and_(units.c.owner == self._holder, units.c.site.in_(sites))
            connection.execute(update(units).where(ours).values(beat_at=now))
            held = set(connection.execute(select(units.c.site).where(ours)).scalars())
        return [site for site in sites if site not in held]

    def release(self, site: str, *, finished: bool) -> None:
        """Gives a lease back; `finished` tells the others of this round that nothing is left to do."""
        ours = and_(units.c.site == site, units.c.owner == self._holder)
        values: dict[str, Any] = {"owner": None}
        if finished:
            values["finished_at"] = self.archive.now()
        with self.archive.write() as connection:
            connection.execute(update(units).where(ours).values(**values))

    def note(self, site: str, account: Mapping[str, Any], started_at: datetime, *, ended: bool) -> None:
        """Writes a site's account, so far or for good."""
        values = {"account": dict(account), "ended_at": self.archive.now() if ended else None}
        statement = self.archive.insert(run_sites).values(run=self.id, site=site, started_at=started_at, **values)
        with self.archive.write() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["run", "site"], set_=values))

    def end(self, outcome: str) -> None:
        """Notes that this run is over, and how it ended."""
        now = self.archive.now()
        with self.archive.write() as connection:
            values = {"ended_at": now, "beat_at": now, "outcome": outcome}
            connection.execute(update(runs).where(runs.c.id == self.id).values(**values))


def past_runs(archive: Archive) -> list[str]:
    """The ids of the runs that an output still waits for and that will write no more: they are dead, or ended."""
    lapsed = archive.now() - LEASE
    awaited = runs.c.id.in_(select(outbox.c.run))
    with archive.read() as connection:
        rows = connection.execute(select(runs.c.id, runs.c.owner, runs.c.beat_at, runs.c.ended_at).where(awaited)).all()
    return [row.id for row in rows if row.ended_at is not None or row.beat_at < lapsed or is_dead(row.owner)]


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run that has not said how it ended; `dead` where it never will: its process is gone, or silent too long."""

    id: str
    owner: str
    started_at: datetime
    beat_at: datetime
    dead: bool


def open_runs(archive: Archive) -> list[OpenRun]:
    """The runs that did not end, in the order of their beginning."""
    lapsed = archive.now() - LEASE
    unended = select(runs.c.id, runs.c.owner, runs.c.started_at, runs.c.beat_at).where(runs.c.ended_at.is_(None))
    with archive.read() as connection:
        rows = connection.execute(unended.order_by(runs.c.started_at, runs.c.id)).all()
    return [OpenRun(*row, dead=row.beat_at < lapsed or is_dead(row.owner)) for row in rows]
