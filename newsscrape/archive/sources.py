"""The lists of one site (feeds, sitemaps, section lists): what their last visit said, and when the next one is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select, update

from newsscrape.archive.archive import Archive
from newsscrape.archive.tables import sources

# How a list's own rhythm moves the time between its visits: news halves it, silence lengthens it by half,
# trouble doubles it. Halving faster than lengthening follows a morning's rush within a few visits.
_NEWS, _SILENCE, _TROUBLE = 0.5, 1.5, 2.0


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Bounds for the time between two visits of a list, in seconds."""

    start: int = 3600
    least: int = 600
    most: int = 12 * 3600

    def after(self, interval: int, factor: float) -> int:
        """The next interval within the bounds."""
        return int(min(max(interval * factor, self.least), self.most))


@dataclass(frozen=True, slots=True)
class Source:
    """A list as the ledger knows it. `interval` is in seconds, `unfinished` counts the
    pages read of a walk that was broken off."""

    id: int
    kind: str
    url: str
    parent: str | None
    etag: str | None
    last_modified: str | None
    announced: str | None
    read_announced: str | None
    horizon: datetime | None
    visited_at: datetime | None
    next_visit: datetime | None
    interval: int
    unfinished: int
    failures: int

    def must_be_read_whole(self, since: datetime | None) -> bool:
        """Whether "not modified" would not do: never read, or left out entries that are wanted now."""
        if self.visited_at is None or self.unfinished:
            return True
        return self.horizon is not None and (since is None or since < self.horizon)

    def is_due(self, now: datetime) -> bool:
        """Whether its time has come. A tenth of its interval early is in time: timers do not strike to the second."""
        return self.next_visit is None or self.next_visit - timedelta(seconds=self.interval / 10) <= now

    def is_worth_a_visit(self, since: datetime | None) -> bool:
        """False for a sitemap whose index says that it has not changed since it was read."""
        if self.parent is None or self.must_be_read_whole(since):
            return True
        return self.announced is None or self.announced != self.read_announced


_COLUMNS = tuple(sources.c[name] for name in Source.__dataclass_fields__)


class Sources:
    """The lists of one site."""

    def __init__(self, archive: Archive, site: str, rhythm: Rhythm) -> None:
        self.archive = archive
        self.site = site
        self.rhythm = rhythm

    def declare(self, connection: Connection, kind: str, urls: Iterable[str]) -> None:
        """Takes in lists that the site's profile names; known ones stay as they are."""
        for url in urls:
            statement = self.archive.insert(sources).values(**self._new(kind, url))
            connection.execute(statement.on_conflict_do_nothing(index_elements=["site", "url"]))

    def announce(self, connection: Connection, url: str, *, parent: str, modified: str | None) -> None:
        """Takes in a sitemap that an index names, with the lastmod given there."""
        statement = self.archive.insert(sources).values(**self._new("sitemap", url), parent=parent, announced=modified)
        connection.execute(
            statement.on_conflict_do_update(index_elements=["site", "url"], set_={"announced": modified})
        )

    def _new(self, kind: str, url: str) -> dict[str, Any]:
        return {
            "site": self.site,
            "kind": kind,
            "url": url,
            "interval": self.rhythm.start,
            "unfinished": 0,
            "failures": 0,
        }

    def find(self, url: str) -> Source | None:
        """One list by its address."""
        statement = select(*_COLUMNS).where(sources.c.site == self.site, sources.c.url == url)
        with self.archive.read() as connection:
            row = connection.execute(statement).first()
        return Source(*row) if row else None

    def children(self, parent: str) -> list[Source]:
        """The sitemaps that an index has named, the newest first."""
        statement = select(*_COLUMNS).where(sources.c.site == self.site, sources.c.parent == parent)
        with self.archive.read() as connection:
            rows = connection.execute(statement.order_by(sources.c.announced.desc().nulls_last(), sources.c.id)).all()
        return [Source(*row) for row in rows]

    def next_visit(self) -> datetime | None:
        """When the first of the lists is due again; None where one of them was never visited, or there is none."""
        ours = sources.c.site == self.site
        with self.archive.read() as connection:
            never = connection.execute(select(sources.c.id).where(ours, sources.c.next_visit.is_(None))).first()
            return None if never else connection.execute(select(func.min(sources.c.next_visit)).where(ours)).scalar()

    def visited(
        self,
        connection: Connection,
        source: Source,
        now: datetime,
        *,
        new: int,
        since: datetime | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        whole: bool = True,
    ) -> None:
        """Notes that a list was read to its end, with `new` addresses in it; older ones than `since` were left out.

        Where newer ones were left out, too, it was not read as a `whole`: the next visit asks for all of it again.
        """
        interval = self.rhythm.after(source.interval, _NEWS if new else _SILENCE)
        if not whole:
            source = replace(source, announced=None)
            etag = last_modified = None
        self._write(
            connection, source, visited_at=now, next_visit=now + timedelta(seconds=interval), interval=interval,
            failures=0, problem=None, unfinished=0, horizon=since, etag=etag, last_modified=last_modified,
            read_announced=source.announced,
        )  # fmt: skip

    def unchanged(self, connection: Connection, source: Source, now: datetime) -> None:
        """Notes that a list is as it was at the last visit (304)."""
        interval = self.rhythm.after(source.interval, _SILENCE)
        self._write(
            connection, source, visited_at=now, next_visit=now + timedelta(seconds=interval), interval=interval,
            failures=0, problem=None, read_announced=source.announced,
        )  # fmt: skip

    def walked(self, connection: Connection, source: Source, pages: int) -> None:
        """Notes how many pages of a list were read, while there are more: a run broken off here is made up for.

        While a walk that was broken off is made up for, its pages still count: this one may be broken off sooner.
        """
        self._write(connection, source, unfinished=max(pages, source.unfinished))

    def failed(self, connection: Connection, source: Source, now: datetime, problem: str) -> None:
        """Notes that a list could not be read, and why."""
        interval = self.rhythm.after(source.interval, _TROUBLE)
        self._write(
            connection, source, visited_at=source.visited_at, next_visit=now + timedelta(seconds=interval),
            interval=interval, failures=source.failures + 1, problem=problem,
        )  # fmt: skip

    def _write(self, connection: Connection, source: Source, **values: Any) -> None:
        connection.execute(update(sources).where(sources.c.id == source.id).values(**values))
