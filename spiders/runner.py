"""Runs a crawl in this process: the spiders of a site one after another, several sites side by side.

A Twisted reactor cannot be started twice, so `run` works once in a process.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from newsscrape.article import Http
from newsscrape.crawl_report import Report, SiteReport
from newsscrape.errors import CrawlError
from newsscrape.export.jsonl import JsonLines, Sink, open_sink
from newsscrape.sites import load_site

from .address_spider import AddressSpider
from .browser import browser_settings, why_not
from .feed_spider import FeedSpider
from .job import Job
from .section_spider import SectionSpider
from .settings import base_settings
from .sitemap_spider import SitemapSpider

if TYPE_CHECKING:
    from .article_spider import ArticleSpider

Progress = Callable[[Report], None]


def run(
    sites: Sequence[str],
    *,
    since: datetime | None = None,
    limit: int | None = None,
    output: str | Path | Sink | None = None,
    settings: Mapping[str, Any] | None = None,
    known: Mapping[str, Http] | None = None,
    progress: Progress | None = None,
) -> Report:
    """Crawls sites by their keys and returns the account.

    `since` leaves out older articles, `limit` ends a site after so many; `output` is a JSONL file to
    append to, "-" for standard output, a sink of the caller's, or None to write nothing. `settings` are
    Scrapy settings over those of `base_settings` (a site's own `delay` holds where they name no
    DOWNLOAD_DELAY). `known` maps article addresses to their last ETag and Last-Modified. `progress` is
    called with the report after every step, in the reactor's thread.

    Raises `UnknownSite` or `ProfileError` before anything is asked for, `SinkError` where `output`
    cannot be opened, and `CrawlError` when a site's profile names nothing to crawl.
    """
    loaded = [load_site(key) for key in dict.fromkeys(sites)]
    for site in loaded:
        if not spiders_of(Job(site, SiteReport(site.key, site.profile.name))):
            raise CrawlError(f"{site.key}: its profile names no feeds, sitemaps or sections to crawl")
    report = Report()
    sink = open_sink(output) if isinstance(output, str | Path) else output
    try:
        if isinstance(sink, JsonLines) and sink.notice:
            report.notices.append(sink.notice)
        jobs: list[Job] = []
        for site in loaded:
            account = report.sites[site.key] = SiteReport(site.key, site.profile.name)
            job = Job(site, account, sink, limit=limit, since=since, known=known or {})
            if progress:
                job.changed = partial(progress, report)
            if jobs:
                job.ids, job.reader = jobs[0].ids, jobs[0].reader
            jobs.append(job)
        crawl_jobs(jobs, settings or {})
        report.interrupted = any(job.interrupted for job in jobs)
    finally:
        if sink is not None and sink is not output:
            sink.close()
    return report


def spiders_of(job: Job) -> list[type[ArticleSpider]]:
    """The spiders that there is work for: feeds are newest and cheapest, so they come first."""
    if job.addresses:
        return [AddressSpider]
    crawl = job.site.profile.crawl
    kinds = ((FeedSpider, crawl.feeds), (SitemapSpider, crawl.sitemaps), (SectionSpider, crawl.sections))
    return [spider for spider, lists in kinds if lists]


def crawl_jobs(jobs: Sequence[Job], settings: Mapping[str, Any]) -> None:
    """Runs jobs side by side, to their end; `settings` as in `run`. Once in a process."""
    process = AsyncCrawlerProcess({**base_settings(), **settings})
    from twisted.internet import reactor as chosen  # only now: the process has chosen which one

    reactor: Any = chosen

    async def everything() -> None:
        try:
            await asyncio.gather(*(_crawl_site(process, job, settings) for job in jobs))
        finally:
            with contextlib.suppress(RuntimeError):  # a signal stopped it already
                reactor.stop()

    task = asyncio.get_event_loop().create_task(everything())  # the loop that the process has installed
    process.start(stop_after_crawl=False)
    if task.done() and not task.cancelled() and (error := task.exception()):
        raise error


async def _crawl_site(process: AsyncCrawlerProcess, job: Job, settings: Mapping[str, Any]) -> None:
    # Over the process's own settings, which Scrapy 2.19 puts over a crawler's of the same priority.
    own = Settings({**base_settings(delay=job.site.profile.crawl.delay), **settings}, priority="spider")
    if job.site.fetch.render and why_not() is None:
        own.update(browser_settings(own), priority="spider")
    for number, spider in enumerate(spiders_of(job)):
        if job.done:
            return
        if number:
            await asyncio.sleep(max(job.pace, own.getfloat("DOWNLOAD_DELAY")))  # it holds between spiders too
        try:
            await process.crawl(Crawler(spider, own), site=job.site.key, job=job)
        except Exception as error:  # one site's crash must not take the others along
            job.report.fail(job.site.key, f"its {spider.name} spider broke off: {type(error).__name__}: {error}")
