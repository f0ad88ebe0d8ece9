"""Scrapy's scheduler, fed from the ledger: what is not in flight is in the database, not in memory.

What comes next: a page that Scrapy hands back (a redirect, a retry); the pages that this round's lists have
named; the next list; and when no list is left, what earlier rounds left over and what is due again. So a limit
keeps the newest, and a long list is not read further than it is needed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Self

from scrapy.core.scheduler import BaseScheduler

from newsscrape.archive.pages import KnownPage
from newsscrape.errors import NewsscrapeError

from .site_spider import SiteSpider

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler

_FETCHED = 50  # pages taken from the ledger by one query


class LedgerScheduler(BaseScheduler):
    """Serves one site's spider."""

    spider: SiteSpider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made for the spider that runs."""
        return cls()

    def open(self, spider: Spider) -> None:
        """Remembers where the ledger stands: what is met from now on is fresh."""
        if not isinstance(spider, SiteSpider):
            raise TypeError(f"{type(self).__name__} serves the spiders of newsscrape")
        self.spider = spider
        self.job = spider.job
        self._again: deque[Request] = deque()
        self._lists: deque[Request] = deque()
        self._fresh: deque[KnownPage] = deque()
        self._backlog: deque[KnownPage] = deque()
        self._last = 0 if self.job.by_address else self.job.pages.newest()
        self._before = self._last + 1
        self._behind: KnownPage | None = None
        self._backlog_ended = False

    def has_pending_requests(self) -> bool:
        """Whether anything is left to ask for."""
        if self.job.done:
            return False
        return bool(self._again or self._lists or self._next_fresh() or self._next_backlog())

    def enqueue_request(self, request: Request) -> bool:
        """Takes a list, or a page that is asked for again; False for a redirect that leads to another known page."""
        page: KnownPage | None = request.meta.get("page")
        if page is None:
            self._lists.append(request)
        elif self._leads_astray(page, request):
            return False
        else:
            self._again.append(request)
        return True

    def _leads_astray(self, page: KnownPage, request: Request) -> bool:
        """Whether a redirect goes in a circle, or to the page of another article."""
        redirects = request.meta.get("redirect_urls", ())
        if not redirects or request.meta.get("retry_times", 0):
            return False
        if request.url in redirects:
            return True
        if not self.job.site.owns(request.url):  # another publisher's numbers are not ours; the gate turns it away
            return False
        identity = self.job.identity(request.url)
        return identity != page.identity and self.job.pages.is_known(identity, besides=page.id)

    def next_request(self) -> Request | None:
        """The next request, or None while there is none; the engine asks again every few seconds."""
        if self.job.done or self.job.round.pausing():
            return None
        if self._again:
            return self._again.popleft()
        while self._next_fresh():
            if (request := self._ask(self._fresh.popleft())) is not None:
                return request
        if self._lists:
            return self._lists.popleft()
        while self._next_backlog():
            self.job.report.found += 1
            if (request := self._ask(self._backlog.popleft())) is not None:
                return request
        return None

    def _ask(self, page: KnownPage) -> Request | None:
        """The request for a page; None for an address that none can be made of, such as one with port 99999."""
        try:
            return self.spider.ask_article(page)
        except ValueError as error:
            self.job.reject(page, "address", f"it cannot be asked for: {error}")
            return None

    def _next_fresh(self) -> bool:
        if not self._fresh:
            if self.job.by_address:
                pages = partial(self.job.pages.wanted, self.job.round.run.id, self._last, self.job.started_at)
            else:
                pages = partial(self.job.pages.fresh, self._last)
            found = self._taken(pages)
            self._fresh.extend(found)
            if found:
                self._last = found[-1].id
        return bool(self._fresh)

    def _next_backlog(self) -> bool:
        if not self._backlog and not self._backlog_ended and not self.job.by_address:
            found = self._taken(partial(self.job.pages.backlog, self._before, self.job.started_at, behind=self._behind))
            self._backlog.extend(found)
            self._backlog_ended = not found
            if found:
                self._behind = found[-1]
        return bool(self._backlog)

    def _taken(self, pages: Callable[[int], list[KnownPage]]) -> list[KnownPage]:
        """Pages from the ledger; none where it fails: Scrapy would wait for ever behind an error of its scheduler."""
        try:
            return pages(_FETCHED)
        except NewsscrapeError as error:
            self.job.round.break_off(error)
            return []
