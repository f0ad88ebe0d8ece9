"""The download handler that renders, and the guard that keeps a browser as polite as the crawler.

A page opened in a browser asks for a hundred things. It gets its own document, scripts and data, from the site's
own hosts and those that the profile names, where their robots.txt allows it; no images, styles, adverts or counters.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from .networks import SETTING, is_private
from .robots import KeptRobots
from .site_spider import SiteSpider

if TYPE_CHECKING:
    from playwright.async_api import Request as BrowserRequest
    from scrapy.crawler import Crawler

_NEEDED = frozenset({"document", "script", "xhr", "fetch"})


class BrowserHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # untyped where the extra is not there
    """Renders requests that are marked for it, each of the browser's own requests asked of the guard."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.abort_request = Guard(crawler).refuses


class Guard:
    """Decides on every request of the browser, and counts those that go out besides the page itself."""

    def __init__(self, crawler: Crawler) -> None:
        if not isinstance(crawler.spider, SiteSpider):
            raise TypeError(f"{type(self).__name__} serves the spiders of newsscrape")
        self.crawler = crawler
        self.job = crawler.spider.job

    async def refuses(self, request: BrowserRequest) -> bool:
        """Whether a request of the browser is not to be sent."""
        if request.is_navigation_request() and request.frame.parent_frame is None:
            return False  # the crawler's own request, which passed everything already
        if (
            request.resource_type not in _NEEDED
            or not self._is_ours(request.url)
            or not await self._allowed(request.url)
        ):
            return True
        self.job.report.render_requests += 1
        return False

    def _is_ours(self, url: str) -> bool:
        host = (urlsplit(url).hostname or "").lower()
        others = self.job.site.fetch.hosts
        return self.job.site.owns(url) or any(host == other or host.endswith("." + other) for other in others)

    async def _allowed(self, url: str) -> bool:
        closed = self.job.closed
        host = urlsplit(url).hostname or ""
        if not self.crawler.settings.getbool(SETTING) and not await self._is_public(host):
            return False
        robots = self.crawler.get_downloader_middleware(KeptRobots)
        try:
            if robots is not None:
                await robots.process_request(Request(url))
        except IgnoreRequest:
            return False
        return self.job.why_closed(host) is None and urljoin(url, "/robots.txt") not in closed

    async def _is_public(self, host: str) -> bool:
        """Whether a name leads to public addresses only: the browser asks for itself, past our resolver."""
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, None)
        except OSError:
            return False
        return not is_private(host) and not any(is_private(str(address[0])) for *_, address in found)
