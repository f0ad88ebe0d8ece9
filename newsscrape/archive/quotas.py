"""How many calls of an interface with a daily allowance are used up, over all runs on this archive."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from sqlalchemy import select, update

from newsscrape.archive.archive import Archive
from newsscrape.archive.tables import quotas

_KST = timezone(timedelta(hours=9))


class Quota:
    """A daily allowance; its day is Korea's."""

    def __init__(self, archive: Archive, name: str, allowed: int) -> None:
        self.archive = archive
        self.name = name
        self.allowed = allowed

    def use(self, now: datetime) -> bool:
        """Takes one call out of the day's allowance; False where none is left."""
        day = now.astimezone(_KST).date().isoformat()
        row = (quotas.c.name == self.name, quotas.c.day == day)
        with self.archive.write() as connection:
            first = self.archive.insert(quotas).values(name=self.name, day=day, used=0)
            connection.execute(first.on_conflict_do_nothing(index_elements=["name", "day"]))
            taken = update(quotas).where(*row, quotas.c.used < self.allowed).values(used=quotas.c.used + 1)
            return bool(connection.execute(taken).rowcount)

    def used(self, now: datetime) -> int:
        """How many calls the day has seen."""
        day = now.astimezone(_KST).date().isoformat()
        with self.archive.read() as connection:
            found = select(quotas.c.used).where(quotas.c.name == self.name, quotas.c.day == day)
            return connection.execute(found).scalar() or 0
