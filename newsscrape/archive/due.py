"""When there is something to do again: for whoever starts rounds of a plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import func, select

from newsscrape.archive.archive import Archive
from newsscrape.archive.tables import runs, sources, units


def next_visits(archive: Archive, lists: Mapping[str, Collection[str]]) -> dict[str, datetime | None]:
    """When the first of each site's lists is due; None for a site with one that was never visited: at once.

    `lists` names the addresses by site. Others that the ledger knows (of a feed that a plan no longer names, of
    sitemaps that an index led to) do not count: they are not visited for their own sake. Raises `ArchiveError`.
    """
    known = select(sources.c.site, sources.c.url, sources.c.next_visit).where(sources.c.site.in_(list(lists)))
    with archive.read() as connection:
        visits = {(site, url): moment for site, url, moment in connection.execute(known)}
    found: dict[str, datetime | None] = {}
    for site, urls in lists.items():
        moments = [visits.get((site, url)) for url in urls]
        dates = [moment for moment in moments if moment is not None]
        found[site] = min(dates) if dates and len(dates) == len(moments) else None
    return found


def last_finished(archive: Archive, sites: Collection[str]) -> dict[str, datetime]:
    """When a round was last done with each site; sites that were never finished are not in it."""
    statement = select(units.c.site, units.c.finished_at).where(
        units.c.site.in_(list(sites)), units.c.finished_at.is_not(None)
    )
    with archive.read() as connection:
        return {site: moment for site, moment in connection.execute(statement)}


def last_run(archive: Archive) -> datetime | None:
    """When the last run began that came to its end; None where there was none."""
    with archive.read() as connection:
        statement = select(func.max(runs.c.started_at)).where(runs.c.ended_at.is_not(None))
        return connection.execute(statement).scalar()
