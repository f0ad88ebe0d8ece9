"""Fetches pages to look at, under the same manners as a crawl: one page, or a few new articles of sites."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from newsscrape.errors import CrawlError
from newsscrape.page import Page
from newsscrape.sites import Profile, Site, domain_of, load_site
from newsscrape.workshop.saved import read_saved

from .job import Job, Wish, lists_of
from .round import Round
from .runner import crawl_jobs
from .settings import user_agent

_KEEP = "newsscrape.spiders.pipelines.KeepPages"
_READ = {"newsscrape.spiders.pipelines.ExtractPipeline": 100, "newsscrape.spiders.pipelines.ArchivePipeline": 900}


def fetch_page(
    url: str, folder: Path, *, contact: str | None = None, settings: Mapping[str, Any] | None = None
) -> Page:
    """One page by its address, kept in a folder on the way. Raises `CrawlError`, which says why it cannot be had."""
    domain = domain_of(url)
    site = Site(Profile(key="page", name=domain, domains=(domain,)))
    round_ = Round.begin()
    job = Job.of(site, round_, by_address=True)
    job.want([url])
    crawl_jobs(round_, [job], {**_keeping(folder, contact), "ITEM_PIPELINES": {_KEEP: 50}, **(settings or {})})
    saved = next(read_saved(folder), None)
    if saved is None:
        reasons = [failure.reason for failure in job.report.failures] + job.report.notices
        reasons += [page.reason for pages in job.report.rejected.values() for page in pages]
        raise CrawlError(f"{url} cannot be fetched: {'; '.join(reasons) or 'no answer'}")
    return saved.page


def fetch_articles(
    keys: Sequence[str],
    folder: Path,
    *,
    number: int,
    contact: str | None = None,
    say: Callable[[str], None],
    settings: Mapping[str, Any] | None = None,
) -> None:
    """A few new articles of each site, kept in a folder; what went wrong is told by `say`."""
    round_ = Round.begin()
    jobs = []
    for site in map(load_site, dict.fromkeys(keys)):
        if lists := lists_of(site):
            jobs.append(Job.of(site, round_, Wish(limit=number), lists=lists))
        else:
            say(f"{site.key}: its profile names no feeds, sitemaps or sections to crawl")
    if jobs:
        crawl_jobs(
            round_, jobs, {**_keeping(folder, contact), "ITEM_PIPELINES": {_KEEP: 50, **_READ}, **(settings or {})}
        )
    for job in jobs:
        for failure in job.report.failures:
            say(f"{job.site.key}: {failure.url}: {failure.reason}")
        for notice in job.report.notices:
            say(f"{job.site.key}: {notice}")


def _keeping(folder: Path, contact: str | None) -> dict[str, Any]:
    return {"NEWSSCRAPE_KEEP": str(folder), "USER_AGENT": user_agent(contact)}
