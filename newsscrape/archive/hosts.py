"""What hosts want: their robots.txt, kept a day, and until when they are to be left alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from newsscrape.archive.archive import Archive
from newsscrape.archive.tables import hosts, robots

ROBOTS_KEPT = timedelta(hours=24)  # RFC 9309, 2.4: no longer than that, unless it cannot be fetched
ROBOTS_STAND_IN = timedelta(days=30)  # 2.3.1.4 names this as "a reasonably long period"
_LONGEST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Closed:
    """A host that is left alone: until when, and why."""

    host: str
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Robots:
    """A robots.txt as it was fetched. `status` is the HTTP status; `body` is empty where there are no rules."""

    url: str
    status: int
    body: str
    fetched_at: datetime

    def is_fresh(self, now: datetime) -> bool:
        """Whether it may be used without asking again."""
        return now - self.fetched_at < ROBOTS_KEPT

    def may_stand_in(self, now: datetime) -> bool:
        """Whether it may be used while a newer one cannot be fetched."""
        return now - self.fetched_at < ROBOTS_STAND_IN


class Hosts:
    """What the ledger knows of hosts, whichever site they belong to."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def closed(self, host: str, now: datetime) -> Closed | None:
        """Whether a host is to be left alone."""
        statement = select(hosts.c.host, hosts.c.closed_until, hosts.c.reason)
        with self.archive.read() as connection:
            row = connection.execute(statement.where(hosts.c.host == host, hosts.c.closed_until > now)).first()
        return Closed(*row) if row else None

    def all_closed(self, now: datetime) -> list[Closed]:
        """All hosts that are to be left alone now."""
        statement = select(hosts.c.host, hosts.c.closed_until, hosts.c.reason).where(hosts.c.closed_until > now)
        with self.archive.read() as connection:
            return [Closed(*row) for row in connection.execute(statement.order_by(hosts.c.host))]

    def close(self, host: str, now: datetime, pause: timedelta, reason: str, *, growing: bool = False) -> Closed:
        """Leaves a host alone for `pause`; a `growing` one is four times as long with every time in a row."""
        with self.archive.write() as connection:
            strikes = connection.execute(select(hosts.c.strikes).where(hosts.c.host == host)).scalar() or 0
            until = now + min(pause * (4**strikes if growing else 1), _LONGEST)
            values = {"closed_until": until, "reason": reason, "strikes": min(strikes + 1, 10)}
            statement = self.archive.insert(hosts).values(host=host, **values)
            connection.execute(statement.on_conflict_do_update(index_elements=["host"], set_=values))
        return Closed(host, until, reason)

    def open(self, host: str) -> None:
        """Forgets what was held against a host: it answers again."""
        with self.archive.write() as connection:
            connection.execute(delete(hosts).where(hosts.c.host == host))

    def robots(self, url: str) -> Robots | None:
        """The robots.txt last fetched from an address."""
        with self.archive.read() as connection:
            row = connection.execute(select(robots).where(robots.c.url == url)).first()
        return Robots(*row) if row else None

    def keep_robots(self, kept: Robots) -> None:
        """Keeps a robots.txt."""
        values = {"status": kept.status, "body": kept.body, "fetched_at": kept.fetched_at}
        statement = self.archive.insert(robots).values(url=kept.url, **values)
        with self.archive.write() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["url"], set_=values))
