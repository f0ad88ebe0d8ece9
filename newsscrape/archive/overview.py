"""The state of the crawling as the ledger has it: what came in, what is due, what is in trouble, who is at work.

`overview` asks once and changes nothing. What is large (pages, articles, accounts of runs) is only counted, by
indexes: 300,000 pages and a week of 30,000 sites' rounds took 0.8 s (SQLite, two busy cores).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from newsscrape.archive.archive import Archive
from newsscrape.archive.hosts import Closed, Hosts
from newsscrape.archive.overview_site import Lists, SiteView, site_view
from newsscrape.archive.owner import process_in_words
from newsscrape.archive.runs import OpenRun, open_runs
from newsscrape.archive.tables import run_sites, sources, units

_REMEMBERED = timedelta(days=7)  # how long a run that was broken off is told of


@dataclass(frozen=True, slots=True)
class RunView:
    """A run that did not end: at work, or broken off. `process` is who it is (was), in words; `sites` what it holds."""

    id: str
    process: str
    started_at: datetime
    beat_at: datetime
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The state of an archive at a moment, by its own clock (`at`, UTC).

    `size` are bytes on disk. `at_work` are the runs that live, `broken_off` those of the last seven days that were
    killed (the newest last), `hosts` those that are left alone.
    """

    database: str
    size: int
    at: datetime
    sites: tuple[SiteView, ...]
    at_work: tuple[RunView, ...]
    broken_off: tuple[RunView, ...]
    hosts: tuple[Closed, ...]

    @property
    def needs_a_look(self) -> bool:
        """Whether something is wrong with one of the sites that the next round may not mend by itself."""
        return any(site.needs_a_look for site in self.sites)


def overview(
    archive: Archive,
    sites: Iterable[str] | None = None,
    *,
    lists: Mapping[str, Collection[str]] | None = None,
    now: datetime | None = None,
) -> Overview:
    """The state of an archive, for some sites by their keys (in this order), or for all of `lists` and all it knows.

    `lists` names, by site, the addresses of the lists that are still visited; of a site that it does not name all
    lists count that the ledger knows. `now` is the archive's own unless given. Raises `ArchiveError`.
    """
    now = now or archive.now()
    open_ = {run.id: run for run in open_runs(archive)}
    with archive.read() as connection:
        leases = select(units.c.site, units.c.owner).where(units.c.owner.is_not(None))
        held = {site: open_.get(owner.partition("@")[0]) for site, owner in connection.execute(leases)}
        if sites is None:
            known = select(units.c.site).union(select(sources.c.site))
            sites = dict.fromkeys((*(lists or {}), *sorted(connection.execute(known).scalars())))
        views = tuple(
            site_view(connection, Lists(site, (lists or {}).get(site)), held.get(site), open_, now) for site in sites
        )
        begun = select(run_sites.c.run, run_sites.c.site).where(
            run_sites.c.run.in_(list(open_)), run_sites.c.ended_at.is_(None)
        )
        pairs = {(run, site) for run, site in connection.execute(begun)}
    pairs |= {(run.id, site) for site, run in held.items() if run is not None}

    def view(run: OpenRun) -> RunView:
        of_it = tuple(sorted(site for id_, site in pairs if id_ == run.id))
        return RunView(run.id, process_in_words(run.owner), run.started_at, run.beat_at, of_it)

    return Overview(
        database=archive.name,
        size=archive.size(),
        at=now,
        sites=views,
        at_work=tuple(view(run) for run in open_.values() if not run.dead),
        broken_off=tuple(view(run) for run in open_.values() if run.dead and now - run.beat_at <= _REMEMBERED),
        hosts=tuple(Hosts(archive).all_closed(now)),
    )
