"""Runs a round in this process: several sites side by side, each under a lease of its own.

A Twisted reactor cannot be started twice, so `run` works once in a process.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from newsscrape.archive import Archive, open_archive
from newsscrape.archive.runs import HEARTBEAT, LEASE
from newsscrape.archive.sources import Rhythm
from newsscrape.archive.writer import Output
from newsscrape.crawl_report import Report, site_as_dict
from newsscrape.errors import CrawlError
from newsscrape.export.jsonl import JsonLines, Sink, open_sink
from newsscrape.sites import load_site

from .browser import browser_settings, why_not
from .interrupts import interrupts
from .job import Job, lists_of
from .round import Round
from .search_spider import Query, SearchSpider, check, search_job
from .settings import base_settings
from .site_spider import SiteSpider
from .wanted import want

Progress = Callable[[Report], None]
SITES_AT_ONCE = 16
_GRACE = 5.0  # seconds that pages on their way have after Ctrl-C; the ledger asks for them again


def run(
    sites: Sequence[str] = (),
    *,
    addresses: Iterable[str] = (),
    queries: Sequence[Query] = (),
    database: str | Path | Archive | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int | None = None,
    refresh: timedelta | None = None,
    output: str | Path | Sink | None = None,
    settings: Mapping[str, Any] | None = None,
    share: bool = True,
    due_only: bool = False,
    rhythm: Rhythm | None = None,
    sites_at_once: int = SITES_AT_ONCE,
    progress: Progress | None = None,
    pausing: Callable[[], bool] | None = None,
    lifeline: int | None = None,
) -> Report:
    """Crawls sites by their keys, pages by their addresses and what searches find, and returns the account.

    `database` keeps what was crawled and what is known (see `open_archive`; None: for this run only).
    `since` and `until` leave out older and newer articles, `limit` ends a site after so many; articles younger
    than `refresh` are asked again for edits. `output` is a JSONL file to append to, "-" for standard output, a
    sink of the caller's, or None to write nothing but the archive. `settings` are Scrapy settings over those of
    `base_settings` (a site's own `delay` holds where they name no DOWNLOAD_DELAY).

    Where another run on the same database is at work on one of the sites, its site is left to it; with `share`
    false the whole run is refused. `due_only` visits the lists whose time has come by their `rhythm`.
    `progress` is called with the report before anything is asked for and after every step, in the reactor's thread.
    While `pausing` says so no page is asked for. When something comes through the pipe at the descriptor `lifeline`,
    or its other end is closed, the run ends in order, as after Ctrl-C.

    Raises `UnknownSite` or `ProfileError` before anything is asked for, `ArchiveError` or `SinkError` where
    database or output cannot be used, and `CrawlError` when a site's profile names nothing to crawl, a search has
    no keys, or another run is at work and the work is not to be shared. What the reading of `addresses` raises
    comes through, too.
    """
    loaded = [load_site(key) for key in dict.fromkeys(sites)]
    for site in loaded:
        if not lists_of(site):
            raise CrawlError(f"{site.key}: its profile names no feeds, sitemaps or sections to crawl")
    check(tuple(queries))
    archive = database if isinstance(database, Archive) else open_archive(database)
    sink = open_sink(output) if isinstance(output, str | Path) else output
    try:
        outputs = (Output.to(archive, sink),) if sink is not None else ()
        round_ = Round.begin(
            archive, outputs, since=since, until=until, refresh=refresh, due_only=due_only, rhythm=rhythm or Rhythm()
        )
        if progress:
            round_.changed = partial(progress, round_.report)
        if pausing:
            round_.pausing = pausing
        if not share:
            _refuse_to_share(round_, [site.key for site in loaded])
        if isinstance(sink, JsonLines) and sink.notice:
            round_.report.notices.append(sink.notice)
        jobs = {site.key: Job.of(site, round_, limit=limit, lists=lists_of(site)) for site in loaded}
        jobs = {**want(round_, addresses, limit=limit), **jobs}
        round_.changed()
        crawl_jobs(
            round_, list(jobs.values()), settings or {}, sites_at_once, searches=tuple(queries), limit=limit,
            lifeline=lifeline,
        )  # fmt: skip
        return round_.report
    finally:
        if sink is not None and sink is not output:
            sink.close()
        if archive is not database:
            archive.close()


def _refuse_to_share(round_: Round, keys: Sequence[str]) -> None:
    holders = round_.run.holders(keys)
    if holders:
        round_.run.end("refused")
        names = ", ".join(f"{holder.site} ({_process(holder.owner)})" for holder in holders)
        raise CrawlError(f"another run is at work on {names}; wait for it, or share the work")


def _process(owner: str) -> str:
    """A lease's owner in words."""
    machine, pid, _ = owner.partition("@")[2].rsplit(":", 2)
    return f"process {pid} on {machine.partition('/')[0]}"


def crawl_jobs(
    round_: Round,
    jobs: Sequence[Job],
    settings: Mapping[str, Any],
    sites_at_once: int = SITES_AT_ONCE,
    *,
    searches: tuple[Query, ...] = (),
    limit: int | None = None,
    lifeline: int | None = None,
) -> None:
    """Runs a round's jobs to their end, before them its searches; `settings` and `lifeline` as in `run`.

    Once in a process.
    """
    process = AsyncCrawlerProcess({**base_settings(), **settings})
    from twisted.internet import reactor as chosen  # only now: the process has chosen which one

    reactor: Any = chosen
    loop = asyncio.get_event_loop()  # the one that the process has installed
    crew = Crew(process, round_, jobs, settings, sites_at_once)
    search = partial(crew.search, searches, limit) if searches else None

    async def everything() -> None:
        try:
            await crew.work(search)
        finally:
            with contextlib.suppress(RuntimeError):  # it was stopped already
                reactor.stop()

    with interrupts(loop, partial(_interrupt, loop, crew), lifeline):
        task = loop.create_task(everything())
        process.start(stop_after_crawl=False, install_signal_handlers=False)
    if task.done() and not task.cancelled() and (error := task.exception()):
        raise error


def _interrupt(loop: asyncio.AbstractEventLoop, crew: Crew) -> None:
    if crew.round.report.interrupted:  # the second time: at once
        crew.cut_off()
        return
    crew.round.stop(interrupted=True)
    crew.finish()
    loop.call_later(_GRACE, crew.cut_off)


class Crew:
    """Takes the sites of a round one after the other, a few side by side, as their leases are free."""

    def __init__(
        self,
        process: AsyncCrawlerProcess,
        round_: Round,
        jobs: Sequence[Job],
        settings: Mapping[str, Any],
        at_once: int,
    ) -> None:
        self.process = process
        self.round = round_
        self.jobs = {job.site.key: job for job in jobs}
        self.settings = settings
        self.at_once = at_once
        self._open = list(self.jobs)
        self._crawlers: set[asyncio.Task[None]] = set()

    async def work(self, search: Callable[[], Awaitable[None]] | None = None) -> None:
        """Searches, crawls all sites, then gives the ledger back in order."""
        round_ = self.round
        round_.report.sites.update({key: job.report for key, job in self.jobs.items()})
        round_.attempt(self._make_up)
        life = asyncio.create_task(round_.live())
        try:
            if search is not None:
                await search()
            hands = [asyncio.create_task(self._hand()) for _ in range(min(self.at_once, len(self.jobs)))]
            self._crawlers.update(hands)
            await asyncio.gather(*hands, return_exceptions=False)
        except asyncio.CancelledError:
            pass  # cut off after Ctrl-C: what was on its way is still due
        finally:
            life.cancel()
            for job in round_.jobs.values():
                self._leave(job, finished=False)
            await round_.end()

    async def search(self, queries: tuple[Query, ...], limit: int | None) -> None:
        """Asks the searches, and takes the sites that they name into the round."""
        job = search_job(self.round)
        self.round.report.sites[job.site.key] = job.report
        crawler = self._crawler(job, SearchSpider)
        await self.process.crawl(crawler, site=job.site.key, job=job, queries=queries)
        job.over = True
        assert isinstance(crawler.spider, SearchSpider)
        for key, wanted in want(self.round, crawler.spider.found, limit=limit).items():
            if key not in self.jobs:  # a site that is crawled anyway takes them along
                self.jobs[key] = wanted
                self.round.report.sites[key] = wanted.report
                self._open.append(key)

    def _make_up(self) -> None:
        count = self.round.writer.make_up()
        if count:
            self.round.report.notices.append(f"{count} records that a broken-off run had not written yet are written")

    def cut_off(self) -> None:
        """Ends what is still on its way."""
        for task in self._crawlers:
            task.cancel()

    def finish(self) -> None:
        """Ends the spiders after the pages that are on their way."""
        self._ending = [asyncio.ensure_future(crawler.stop_async()) for crawler in list(self.process.crawlers)]

    async def _hand(self) -> None:
        waited = 0.0
        while self._open and not self.round.report.interrupted and self.round.report.error is None:
            key = self.round.run.lease(self._open)
            if key is not None:
                self._open.remove(key)
                await self._crawl(self.jobs[key])
                continue
            others = self.round.run.holders(self._open)
            if not others or waited > (LEASE + HEARTBEAT).total_seconds():
                break
            await asyncio.sleep(1.0)  # a run that died gives its sites back when its heartbeat is missed
            waited += 1.0
        self._tell_who_has_the_rest()

    def _tell_who_has_the_rest(self) -> None:
        for holder in self.round.run.holders(self._open):
            report = self.jobs[holder.site].report
            report.notice(f"{holder.site} is being crawled by {_process(holder.owner)}; left to it")

    async def _crawl(self, job: Job) -> None:
        self.round.jobs[job.site.key] = job
        try:
            job.prepare()
            await self.process.crawl(self._crawler(job), site=job.site.key, job=job)
        except Exception as error:  # one site's crash must not take the others along
            job.report.fail(job.site.key, f"its spider broke off: {type(error).__name__}: {error}")
        self._leave(job, finished=not job.stopped)

    def _leave(self, job: Job, *, finished: bool) -> None:
        if job.over:
            return
        job.over = True
        round_ = self.round
        round_.attempt(round_.writer.flush)
        round_.attempt(lambda: round_.run.note(job.site.key, site_as_dict(job.report), job.started_at, ended=True))
        round_.attempt(lambda: round_.run.release(job.site.key, finished=finished))

    def _crawler(self, job: Job, spider: type[SiteSpider] = SiteSpider) -> Crawler:
        # Over the process's own settings, which Scrapy 2.19 puts over a crawler's of the same priority.
        own = Settings({**base_settings(delay=job.site.profile.crawl.delay), **self.settings}, priority="spider")
        if job.site.fetch.render and why_not() is None:
            own.update(browser_settings(own), priority="spider")
        return Crawler(spider, own)
