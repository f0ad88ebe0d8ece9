"""The one spider: visits a site's lists, asks for the articles that they name, and accounts for every address."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.spidermiddlewares.httperror import HttpError

from newsscrape.archive.pages import KnownPage
from newsscrape.archive.sources import Source
from newsscrape.discovery.listing import Listed, Listing, read_listing
from newsscrape.discovery.since import KST, certainly_older
from newsscrape.errors import ArchiveError, PageError
from newsscrape.page import Page, by_name

from . import outcomes
from .job import Job, WantedList, fits
from .problems import problem_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.http.headers import Headers
    from twisted.python.failure import Failure

_NOT_MODIFIED = 304
CAPTURED = "newsscrape_captured"
"""The `meta` key of the moment under which an answer stands in a WARC file: its page was fetched then."""
_PART = 5000  # articles of a list taken by one transaction


@dataclass(frozen=True, slots=True)
class Visit:
    """A list on its way: which page of it, what its pages before brought, and the validators of the first."""

    wanted: WantedList
    source: Source
    page: int = 1
    new: int = 0
    before: tuple[str, ...] = ()
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What a list's page brought: how many new addresses, and all that were wanted."""

    new: int
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it was received, with its row of the ledger."""

    page: Page
    known: KnownPage


class SiteSpider(Spider):
    """A spider for one site (`-a site=yna` on Scrapy's command line).

    `job` comes from the runner; without it the spider works alone: without limit, in an archive that is gone with the
    process, and gives Scrapy its articles as items, dicts as JSON has them.
    """

    name = "site"

    def __init__(self, site: str, job: Job | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if job is None:
            from .alone import job_alone

            job = job_alone(site)
        self.job = job
        self._sitemaps = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Connects the signals that complete the account."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.dropped, signal=signals.request_dropped)
        crawler.signals.connect(spider.broken, signal=signals.spider_error)
        crawler.signals.connect(spider.item_broken, signal=signals.item_error)
        if spider.job.alone:
            from .alone import Keeper

            Keeper.watch(crawler, spider.job)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """The requests for the site's lists."""
        for wanted, source in self.job.visit():
            yield self._ask_list(Visit(wanted, source))

    def _ask_list(self, visit: Visit, *, url: str = "") -> Request:
        request = Request(
            url or visit.wanted.url,
            callback=self.parse_list,
            errback=self.list_failed,
            cb_kwargs={"visit": visit},
            dont_filter=True,
        )
        if visit.page == 1 and not visit.source.must_be_read_whole(self.job.wish.since):
            _ask_whether_changed(request, visit.source.etag, visit.source.last_modified)
        return request

    async def parse_list(self, response: Response, visit: Visit) -> AsyncIterator[Request]:
        """Takes a list's articles into the ledger; yields the requests for the lists that it leads to."""
        if visit.page == 1:
            visit = replace(visit, etag=_header(response, "ETag"), last_modified=_header(response, "Last-Modified"))
        try:
            listing = await asyncio.to_thread(
                read_listing, visit.wanted.kind, response.body, response.url, visit.wanted.section
            )
        except PageError as error:
            self._list_problem(visit.source, response.url, error.reason)
            return
        found = await self._take(listing, visit)
        if found is not None and listing.next is not None:
            following = replace(visit, page=visit.page + 1, new=visit.new + found.new, before=found.addresses)
            yield self._ask_list(following, url=listing.next)
        if listing.sitemaps:
            for request in self._ask_sitemaps(visit.source.url):
                yield request

    async def _take(self, listing: Listing, visit: Visit) -> Taken | None:
        """Takes a list's page into the ledger; None where the list is at its end, or need not be read further."""
        job, source = self.job, visit.source
        now = job.round.now()  # one moment for all: of one list's pages the first are the newest
        new, found = await self._take_beforehand(listing.articles[:-_PART], now)
        last = job.choose(listing.articles[-_PART:])
        found |= last
        goes_on = listing.next is not None and self._is_worth_going_on(visit, found)
        with job.round.archive.write() as connection:
            new += job.pages.add(connection, last, now)
            for sitemap in listing.sitemaps:
                ours = job.site.owns(sitemap.url) or _host(sitemap.url) == _host(source.url)
                if ours and fits(sitemap.url):
                    job.sources.announce(connection, sitemap.url, parent=source.url, modified=sitemap.date)
            if goes_on:
                job.sources.walked(connection, source, visit.page)
            else:
                job.sources.visited(
                    connection, source, now, new=visit.new + new, since=job.wish.since, etag=visit.etag,
                    last_modified=visit.last_modified, whole=job.wish.until is None,
                )  # fmt: skip
        job.report.found += new
        job.report.known += len(found) - new
        job.round.changed()
        return Taken(new, tuple(found.values())) if goes_on else None

    async def _take_beforehand(self, listed: Sequence[Listed], now: datetime) -> tuple[int, dict[str, str]]:
        """Takes a long list's articles into the ledger; returns how many were new, and all that were wanted.

        A part at a time: a sitemap may name a million, and leases live by a heartbeat.
        """
        job, new, found = self.job, 0, dict[str, str]()
        for start in range(0, len(listed), _PART):
            chosen = job.choose(listed[start : start + _PART])
            with job.round.archive.write() as connection:
                new += job.pages.add(connection, chosen, now)
            found |= chosen
            await asyncio.sleep(0)
        return new, found

    def _is_worth_going_on(self, visit: Visit, found: Mapping[str, str]) -> bool:
        """Whether the next page of a list may hold what is wanted and not known."""
        job = self.job
        if visit.page >= self.settings.getint("SECTION_PAGES"):
            return False
        if visit.before and job.older.issuperset(visit.before):
            return False
        if set(found.values()).issubset(visit.before):  # the same page again, under the next number
            return False
        # A walk that was broken off, or stopped at a later `since`, has more behind pages without news; and what is
        # new may be known already from a feed of this very round.
        if visit.source.must_be_read_whole(job.wish.since):
            return True
        return job.pages.met_before(list(found), job.started_at) < len(found)

    def _ask_sitemaps(self, index: str) -> Iterator[Request]:
        """The requests for an index's sitemaps, the newest first; those that have not changed are passed by."""
        since = self.job.wish.since
        for source in self.job.sources.children(index):
            if certainly_older(source.announced, since):
                continue
            if not source.is_worth_a_visit(since):  # but an index's own ones may wait since a round that was cut short
                yield from self._ask_sitemaps(source.url)
                continue
            if self._sitemaps >= self.settings.getint("SITEMAPS_PER_ROUND"):
                self.job.report.notice(
                    f"{index}: more than {self._sitemaps} sitemaps; the rest waits for the next round"
                )
                return
            self._sitemaps += 1
            try:
                request = self._ask_list(Visit(WantedList("sitemap", source.url), source))
            except ValueError as error:
                self._list_problem(source, source.url, f"it cannot be asked for: {error}")
                continue
            yield request

    def list_failed(self, failure: Failure) -> Any:
        """Accounts for a list that did not come."""
        request: Request = failure.request  # type: ignore[attr-defined]
        visit: Visit = request.cb_kwargs["visit"]
        error = failure.value
        if isinstance(error, HttpError) and error.response.status == _NOT_MODIFIED:
            with self.job.round.archive.write() as connection:
                self.job.sources.unchanged(connection, visit.source, self.job.round.now())
            return list(self._ask_sitemaps(visit.source.url))
        problem = problem_of(error)
        if problem.kind != "done":
            self._list_problem(visit.source, problem.url or request.url, problem.reason)
        return None

    def _list_problem(self, source: Source, url: str, problem: str) -> None:
        self.job.report.fail(url, problem)
        with self.job.round.archive.write() as connection:
            self.job.sources.failed(connection, source, self.job.round.now(), problem)
        self.job.round.changed()

    def ask_article(self, page: KnownPage) -> Request:
        """The request for a page of the ledger; one that the archive has is asked for only if it changed."""
        request = Request(
            page.url, self.parse_article, errback=self.article_failed, meta={"page": page}, dont_filter=True
        )
        if page.article is not None:
            _ask_whether_changed(request, page.etag, page.last_modified)
        return request

    def parse_article(self, response: Response) -> list[Fetched]:
        """The page as it was received; the pipelines make an article of its bytes."""
        page = Page(
            response.body, response.url, by_name(pairs(response.headers)), fetched_at(response), response.status
        )
        return [Fetched(page, response.meta["page"])]

    def article_failed(self, failure: Failure) -> None:
        """Accounts for a request that brought no page."""
        request: Request = failure.request  # type: ignore[attr-defined]
        page: KnownPage = request.meta["page"]
        error = failure.value
        if isinstance(error, HttpError) and error.response.status == _NOT_MODIFIED:
            self.job.report.unchanged += 1
            self.job.settle(outcomes.unchanged(page, self.job.round.now()))
            return
        problem = problem_of(error)
        if problem.kind in ("robots", "offsite", "private"):
            # What a name leads to is the word of a resolver, which may be another one tomorrow.
            self.job.reject(page, problem.kind, problem.reason, again=problem.kind == "private")
        elif problem.kind == "removed":
            self.job.remove(page, problem.reason, problem.status)
        elif problem.kind == "refused":
            self.job.report.fail(page.url, problem.reason)
            self.job.put_off(page, _host(request.url), problem.reason, problem.status)
        elif problem.kind in ("closed", "unreachable"):
            if problem.kind == "unreachable":
                self.job.report.fail(problem.url, problem.reason)
            self.job.leave(page)
        elif problem.kind != "done":
            self.job.fail(page, problem.reason, problem.status, url=request.url)

    def closed(self, reason: str) -> None:
        """Scrapy's last word to a spider; a signal (Ctrl-C) ends the whole round."""
        if reason == "shutdown":
            self.job.round.stop(interrupted=True)

    def dropped(self, request: Request) -> None:
        """A redirect that led to another article's address, or to its own (a loop)."""
        page: KnownPage | None = request.meta.get("page")
        if page is None:
            return
        if request.url in request.meta.get("redirect_urls", ()):
            self.job.fail(page, "redirects in a circle")
        else:
            self.job.report.duplicates += 1
            self.job.settle(outcomes.rejected(page, "duplicate", f"leads to {request.url}", self.job.round.now()))

    def broken(self, failure: Failure, response: Response) -> None:
        """An error of our own while reading a list: reported, and the crawl goes on, unless it is the database's."""
        self._tell(response.url, failure)

    def item_broken(self, item: object, failure: Failure) -> None:
        """An error of our own (or of a pipeline that a user has added) about an article that was read."""
        self._tell(str(getattr(getattr(item, "known", None), "url", self.job.site.key)), failure)

    def _tell(self, url: str, failure: Failure) -> None:
        error = failure.value
        if isinstance(error, ArchiveError):
            self.job.round.break_off(error)
        self.job.report.fail(url, f"{type(error).__name__}: {error}")


def fetched_at(response: Response) -> datetime:
    """When an answer came: now, or as its WARC record has it, so that one can be found by the other."""
    moment: datetime = response.meta.get(CAPTURED) or datetime.now(KST)
    return moment.astimezone(KST)


def _ask_whether_changed(request: Request, etag: str | None, last_modified: str | None) -> None:
    if etag:
        request.headers["If-None-Match"] = etag
    if last_modified:
        request.headers["If-Modified-Since"] = last_modified


def pairs(headers: Headers) -> Iterator[tuple[str, str]]:
    """Headers as (name, value), in the order in which they came."""
    for name, values in headers.items():
        for value in values or ():
            yield name.decode("latin-1"), value.decode("latin-1")


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
