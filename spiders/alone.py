"""A spider that nobody's runner has started: `scrapy crawl site -a site=yna`, or a Scrapy project of one's own.

It does by Scrapy's signals what the runner does for a round: writes in time, and ends the reading processes.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from scrapy import signals

from newsscrape.errors import CrawlError
from newsscrape.sites import load_site

from .job import Job, lists_of
from .round import Round

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


def job_alone(key: str) -> Job:
    """A job without limit, in an archive that is gone with the process.

    Raises `UnknownSite` or `ProfileError`, and `CrawlError` where the profile names nothing to crawl.
    """
    site = load_site(key)
    lists = lists_of(site)
    if not lists:
        raise CrawlError(f"{key}: its profile names no feeds, sitemaps or sections to crawl")
    round_ = Round.begin()
    job = Job.of(site, round_, lists=lists, alone=True)
    round_.report.sites[key] = job.report
    round_.jobs[key] = job
    round_.run.lease([key])  # nobody else can want it, but a round stops where its heartbeat finds none
    job.prepare()
    return job


class Keeper:
    """Keeps the round of a spider that works alone, from its start to its end."""

    def __init__(self, job: Job) -> None:
        self.job = job

    @classmethod
    def watch(cls, crawler: Crawler, job: Job) -> None:
        """Connects a keeper to the spider's first and last moment."""
        keeper = cls(job)
        # Signals hold their receivers weakly; the keeper lives as long as the crawler does.
        crawler.signals.connect(keeper.begin, signal=signals.spider_opened, weak=False)
        crawler.signals.connect(keeper.end, signal=signals.spider_closed, weak=False)

    async def begin(self) -> None:
        """Starts what goes on beside the crawl."""
        self._life = asyncio.ensure_future(self.job.round.live())

    async def end(self) -> None:
        """Writes the rest, ends the reading processes, and tells the log what Scrapy cannot know."""
        self._life.cancel()
        await self.job.round.end()
        self.job.round.archive.close()
        for failure in self.job.report.failures:
            logger.warning("%s: %s", failure.url, failure.reason)
        for notice in self.job.report.notices:
            logger.warning("%s", notice)
