"""The one spider: has a site's lists visited, asks for the articles that they name, and accounts for every address."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider, signals

from newsscrape.archive.pages import KnownPage
from newsscrape.discovery.since import KST
from newsscrape.errors import ArchiveError
from newsscrape.page import Page, by_name

from . import outcomes
from .headers import ask_whether_changed, pairs
from .job import Job, host_of
from .lists import Lists
from .problems import is_unchanged, problem_of

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

CAPTURED = "newsscrape_captured"
"""The `meta` key of the moment under which an answer stands in a WARC file: its page was fetched then."""


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
        for request in Lists(self.job, self.settings).ask():
            yield request

    def ask_article(self, page: KnownPage) -> Request:
        """The request for a page of the ledger; one that the archive has is asked for only if it changed."""
        request = Request(
            page.url, self.parse_article, errback=self.article_failed, meta={"page": page}, dont_filter=True
        )
        if page.article is not None:
            ask_whether_changed(request, page.etag, page.last_modified)
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
        if is_unchanged(error):
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
            self.job.put_off(page, host_of(request.url), problem.reason, problem.status)
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
