"""What the three spiders share: asking for articles, taking pages in, and accounting for every address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider, signals
from scrapy.exceptions import IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError

from newsscrape.discovery.since import KST, certainly_older
from newsscrape.errors import PageError
from newsscrape.page import Page

from .job import Job

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

_NOT_MODIFIED = 304
_GONE = (404, 410)
_LIST_PRIORITY = 0
_ARTICLE_PRIORITY = 10  # before the next list: so a limit or an old article stops the paging in time


class ArticleSpider(Spider):
    """A spider for one site; `site` is its key (`-a site=yna` on Scrapy's command line).

    `job` comes from the runner; without it the spider makes one without limit. Subclasses say in
    `start` which lists to ask for, and hand the addresses found to `articles`.
    """

    def __init__(self, site: str, job: Job | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.job = job or Job.for_site(site)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Connects the signals that complete the account."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.dropped, signal=signals.request_dropped)
        crawler.signals.connect(spider.broken, signal=signals.spider_error)
        return spider

    def ask_list(self, url: str, callback: Callable[..., Any], **kwargs: Any) -> Request:
        """The request for a feed, a sitemap or a section list."""
        return Request(
            url,
            callback=callback,
            errback=self.failed,
            cb_kwargs=kwargs,
            priority=_LIST_PRIORITY,
            dont_filter=True,
        )

    def articles(self, found: Iterable[tuple[str, str | None]]) -> Iterator[Request]:
        """The requests for addresses found with their raw dates: articles of this site, new, not older."""
        for url, date in found:
            if self.job.done:
                return
            if not self.job.site.is_article_url(url) or not self.job.is_new(url):
                continue
            if certainly_older(date, self.job.since):
                self.job.skip_older(url)
            else:
                yield self._ask_article(url)
        self.job.changed()

    def _ask_article(self, url: str) -> Request:
        request = Request(
            url,
            callback=self.parse_article,
            errback=self.failed,
            meta={"listed": url},
            priority=_ARTICLE_PRIORITY,
        )
        if last := self.job.known.get(url):
            if last.etag:
                request.headers["If-None-Match"] = last.etag
            if last.last_modified:
                request.headers["If-Modified-Since"] = last.last_modified
        return request

    def parse_article(self, response: Response) -> Iterator[Page]:
        """The page as it was received; the pipelines make an article of its bytes."""
        self.job.report.answered(response.meta["listed"])
        headers = {
            name.decode("latin-1").lower(): value[-1].decode("latin-1")
            for name, value in response.headers.items()
            if value
        }
        yield Page(response.body, response.url, headers, datetime.now(KST), response.status)

    def unreadable(self, error: PageError, response: Response) -> None:
        """Notes a list that could not be read."""
        self.job.report.fail(response.url, error.reason)
        self.job.changed()

    def failed(self, failure: Failure) -> None:
        """Accounts for a request that brought no page."""
        request: Request = failure.request  # type: ignore[attr-defined]
        self._account(failure.value, request.meta.get("listed"), request.url)
        self.job.changed()

    def _account(self, error: BaseException | None, listed: str | None, url: str) -> None:
        report = self.job.report
        kind = getattr(error, "kind", None)
        if kind in ("done", "closed"):
            return  # never asked for: it stays among those left
        if listed:
            report.answered(listed)
        if kind == "unreachable":
            report.fail(error.url, error.reason)  # type: ignore[union-attr]
        elif kind == "offsite":
            report.reject("offsite", listed or url, str(error))
        elif isinstance(error, HttpError):
            self._account_status(error.response.status, listed, url)
        elif isinstance(error, IgnoreRequest) and "robots.txt" in str(error):
            report.reject("robots", url, "robots.txt does not allow it")
        else:
            report.fail(url, f"{type(error).__name__}: {error}".rstrip(": "))

    def _account_status(self, status: int, listed: str | None, url: str) -> None:
        report = self.job.report
        if status == _NOT_MODIFIED:
            report.unchanged += 1
        elif listed and status in _GONE:
            report.reject("removed", url, f"HTTP {status}")
        else:
            report.fail(url, f"HTTP {status}")

    def closed(self, reason: str) -> None:
        """Scrapy's last word to a spider; a signal (Ctrl-C) also ends the site's other spiders."""
        if reason == "shutdown":
            self.job.stopped = self.job.interrupted = True

    def dropped(self, request: Request) -> None:
        """A redirect that led to an address already asked for: another article's, or its own (a loop)."""
        listed = request.meta.get("listed")
        if listed is None:
            return
        self.job.report.answered(listed)
        if request.url in request.meta.get("redirect_urls", ()):
            self.job.report.fail(listed, "redirects in a circle")
        else:
            self.job.report.duplicates += 1
        self.job.changed()

    def broken(self, failure: Failure, response: Response) -> None:
        """An error of our own while reading a list: reported, and the crawl goes on."""
        self.job.report.fail(response.url, f"{failure.type.__name__}: {failure.value}")  # type: ignore[union-attr]
