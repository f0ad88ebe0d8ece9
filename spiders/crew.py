"""The crew of a round: takes the sites one after the other, a few side by side, as their leases are free."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from newsscrape.archive.owner import process_in_words
from newsscrape.archive.runs import HEARTBEAT, LEASE
from newsscrape.crawl_report import site_as_dict
from newsscrape.errors import NewsscrapeError
from newsscrape.sites import Site

from .browser import browser_settings, why_not
from .job import Job, Wish
from .round import Round
from .search_spider import Query, SearchSpider, search_job
from .settings import base_settings
from .site_spider import SiteSpider
from .wanted import want


@dataclass(frozen=True, slots=True)
class Searches:
    """What is searched for before the sites are crawled, and what is wanted of the finds."""

    queries: tuple[Query, ...]
    wish: Wish


class Crew:
    """Takes the sites of a round one after the other, a few side by side, as their leases are free."""

    def __init__(
        self,
        process: AsyncCrawlerProcess,
        round_: Round,
        jobs: Iterable[Job],
        settings: Mapping[str, Any],
        *,
        at_once: int,
        wish_for: Callable[[Site], Wish],
    ) -> None:
        self.process = process
        self.round = round_
        self.jobs = {job.site.key: job for job in jobs}
        self.settings = settings
        self.at_once = at_once
        self.wish_for = wish_for
        self._open = list(self.jobs)
        self._crawlers: set[asyncio.Task[None]] = set()

    async def work(self, searches: Searches | None = None) -> None:
        """Searches, crawls all sites, then gives the ledger back in order."""
        round_ = self.round
        round_.report.sites.update({key: job.report for key, job in self.jobs.items()})
        round_.attempt(self._make_up)
        life = asyncio.create_task(round_.live())
        try:
            if searches is not None and searches.queries:
                search = asyncio.create_task(self._search(searches))
                self._crawlers.add(search)
                await search
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

    async def _search(self, searches: Searches) -> None:
        """Asks the searches, and takes the sites that they name into the round."""
        job = search_job(self.round, searches.wish)
        self.round.report.sites[job.site.key] = job.report
        crawler = self._crawler(job, SearchSpider)
        await self.process.crawl(crawler, site=job.site.key, job=job, queries=searches.queries)
        job.over = True
        assert isinstance(crawler.spider, SearchSpider)
        jobs = want(self.round, crawler.spider.found, self.wish_for, self.jobs)
        for key in [key for key in jobs if key not in self.jobs]:
            self.jobs[key] = jobs[key]
            self.round.report.sites[key] = jobs[key].report
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
        try:
            await self._take_turns()
        except NewsscrapeError as error:  # the database is gone: the other hands end in order
            self.round.break_off(error)

    async def _take_turns(self) -> None:
        waited = 0.0
        while self._open and not self.round.report.interrupted and self.round.report.error is None:
            by_address = [key for key in self._open if self.jobs[key].by_address]
            key = self.round.run.lease(self._open, anyway=by_address)
            if key is not None:
                self._open.remove(key)
                await self._crawl(self.jobs[key])
                continue
            later = self.round.run.may_lease_later(self._open, anyway=by_address)
            if not later or waited > (LEASE + HEARTBEAT).total_seconds():
                break
            await asyncio.sleep(1.0)  # a run that died gives its sites back when its heartbeat is missed
            waited += 1.0
        self._tell_who_has_the_rest()

    def _tell_who_has_the_rest(self) -> None:
        for holder in self.round.run.holders(self._open):
            report = self.jobs[holder.site].report
            report.notice(f"{holder.site} is being crawled by {process_in_words(holder.owner)}; left to it")

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
        own = Settings({**base_settings(delay=_delay(job)), **self.settings}, priority="spider")
        if job.site.fetch.render and why_not() is None:
            own.update(browser_settings(own), priority="spider")
        return Crawler(spider, own)


def _delay(job: Job) -> float | None:
    """The seconds between two requests that the profile and the wish ask for; None where neither does."""
    return max(job.site.profile.crawl.delay or 0.0, job.wish.delay or 0.0) or None
