"""Better pages of an article whose page came without text: its twin or data, and last a browser's view of it.

Each is asked for once, inside Scrapy and its manners (robots.txt, delay, host), while the crawl waits.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from newsscrape.decode import decode
from newsscrape.errors import EmptyPage, NotAnArticle, PageError
from newsscrape.page import Page
from newsscrape.parse import parse

from .browser import render_meta, why_not
from .middlewares import OWN
from .site_spider import fetched_at

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from .job import Job

_OK = 200


@dataclass(frozen=True, slots=True)
class BetterPage:
    """A page under its article's own address, and in words how it was come by."""

    page: Page
    way: str


def may_be_filled(error: PageError) -> bool:
    """Whether a page that gave no article may be a shell that a browser would fill."""
    return isinstance(error, EmptyPage) or (isinstance(error, NotAnArticle) and error.kind in ("empty", "list"))


class BetterPages:
    """The other ways to an article that the profile of a job's site names."""

    def __init__(self, crawler: Crawler, job: Job) -> None:
        self.crawler = crawler
        self.job = job

    @property
    def are_known(self) -> bool:
        """Whether the profile names any."""
        return self.job.site.fetch.alternate is not None or self.job.site.fetch.render

    async def of(self, page: Page) -> AsyncIterator[BetterPage]:
        """The better pages of an article, one after the other: ask for the next only where the last held no text."""
        address = self._alternate(page)
        if address is not None and address != page.url:
            self.job.report.alternates += 1
            response = await self._ask(Request(address, meta={OWN: page.url}))
            if response is not None:
                yield BetterPage(_as_page(response, page), f"alternate:{address}")
        if self.job.site.fetch.render and page.url:
            response = await self._render(page.url)
            if response is not None:
                yield BetterPage(_as_page(response, page), "rendered")

    def _alternate(self, page: Page) -> str | None:
        try:
            tree = parse(decode(page.body, page.headers, page.url).text, page.url)
        except PageError:  # nothing was sent: a format string needs no page
            tree = parse("<html></html>")
        return self.job.site.alternate(page.url or "", tree)

    async def _render(self, url: str) -> Response | None:
        if (reason := why_not()) is not None:
            self.job.report.notice(f"{self.job.site.key}: pages without text: {reason}")
            return None
        layouts = (*self.job.site.profile.layouts, *(self.job.site.family.layouts if self.job.site.family else ()))
        paths = [path for layout in layouts for path in layout.body]
        request = Request(url, meta={OWN: url, **render_meta(self.crawler.settings, paths)}, dont_filter=True)
        response = await self._ask(request)
        self.job.report.rendered += 1
        self.job.report.render_seconds += (response or request).meta.get("download_latency", 0.0)
        return response

    async def _ask(self, request: Request) -> Response | None:
        """The answer, or None with the reason in the report."""
        engine: Any = self.crawler.engine
        report = self.job.report
        try:
            response: Response = await engine.download_async(request)
        except IgnoreRequest as error:
            report.reject("robots" if "robots.txt" in str(error) else "refused", request.url, str(error))
            return None
        except Exception as error:  # of the network or of the browser: this page only
            report.fail(request.url, f"{type(error).__name__}: {error}".splitlines()[0])
            return None
        if response.status != _OK:
            report.fail(request.url, f"HTTP {response.status}")
            return None
        if not (self.job.site.owns(response.url)):
            report.reject("offsite", request.url, f"leads to {response.url}")
            return None
        return response


def _as_page(response: Response, page: Page) -> Page:
    kind = response.headers.get("Content-Type")
    headers = {"content-type": kind.decode("latin-1")} if kind else {}
    return Page(response.body, page.url, headers, fetched_at(response), response.status)
