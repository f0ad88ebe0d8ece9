"""robots.txt as RFC 9309 has it: kept a day, over all runs; without an answer the old one holds, or nothing is allowed.

Scrapy's own middleware forgets it with each crawl, and takes one that cannot be fetched for a permission.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.utils.misc import build_from_crawler

from newsscrape.archive.hosts import ROBOTS_KEPT, Robots

from .problems import Refused
from .site_spider import SiteSpider

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

API = "newsscrape_api"
"""The `meta` key of a request to an interface that we were given a key for: its terms hold, not a robots.txt."""
_SERVER_ERROR = 500
_CLIENT_ERROR = 400
_TOO_MANY = 429  # no word on whether there are rules
_BYTES = 500 * 1024  # RFC 9309, 2.5: at least so much is to be read


class KeptRobots(RobotsTxtMiddleware):
    """Stands in for Scrapy's RobotsTxtMiddleware, at its place."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        if not isinstance(crawler.spider, SiteSpider):
            raise NotConfigured(f"{type(self).__name__} serves the spiders of newsscrape")
        self.job = crawler.spider.job
        self._since: dict[str, float] = {}
        self._silent: dict[str, str] = {}  # hosts whose robots.txt does not come, with the reason

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Raises `Refused` where robots.txt forbids a request, or cannot be read."""
        if request.meta.get(API) or request.meta.get("dont_obey_robotstxt"):
            return
        await super().process_request(request)
        address = robots_address(request.url)
        if reason := self.job.closed.get(address):  # it was asked for just now, in vain
            raise Refused(reason, kind="unreachable", url=address)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules for a request's host."""
        netloc = urlsplit(request.url).netloc
        if netloc in self._parsers and time.monotonic() - self._since.get(netloc, 0) > ROBOTS_KEPT.total_seconds():
            del self._parsers[netloc]  # a crawl that runs for days
        if netloc not in self._parsers:
            self._since[netloc] = time.monotonic()
            kept = self.job.round.hosts.robots(robots_address(request.url))
            if kept is not None and kept.is_fresh(self.job.round.now()):
                await self._use(kept, netloc, request)
        rules = await super().robot_parser(request)
        return await self._stand_in(netloc, request) if rules is None else rules

    async def _stand_in(self, netloc: str, request: Request) -> RobotParser | None:
        """The rules of old while new ones cannot be fetched (RFC 9309, 2.4); None where there are none to use."""
        reason = self._silent.get(netloc)
        kept = self.job.round.hosts.robots(robots_address(request.url))
        if reason is None or kept is None or not kept.may_stand_in(self.job.round.now()):
            return None
        self._open(netloc)
        self.job.report.notice(f"{netloc}: {reason}; the one of {kept.fetched_at.astimezone():%Y-%m-%d} holds")
        return await self._use(kept, netloc, request)

    async def _use(self, kept: Robots, netloc: str, request: Request) -> RobotParser:
        rules = build_from_crawler(self._parserimpl, self.crawler, kept.body.encode())
        self._parsers[netloc] = rules
        await self.crawler.signals.send_catch_log_async(signals.robots_parsed, robotparser=rules, request=request)
        return rules

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        address = robots_address(request.url)
        if response.status >= _SERVER_ERROR or response.status == _TOO_MANY:
            raise _NoAnswer(f"robots.txt answered {response.status}")
        body = b"" if response.status >= _CLIENT_ERROR else response.body[:_BYTES]  # an error page is no rules
        text = body.decode("utf-8-sig", "replace").replace("\x00", "")
        self._open(netloc)
        self.job.round.hosts.keep_robots(Robots(address, response.status, text, self.job.round.now()))
        await super()._parse_robots(response.replace(body=text.encode()), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if isinstance(exc, Refused):  # by ourselves: no old copy changes that
            reason = exc.reason
        else:
            said = str(exc) if isinstance(exc, IgnoreRequest) else type(exc).__name__
            reason = said if isinstance(exc, _NoAnswer) else f"robots.txt cannot be fetched ({said})"
            self._silent[netloc] = reason
        for address in _both(netloc):
            self.job.closed[address] = f"{reason}; nothing is asked for"
        super()._robots_error(exc, netloc)

    def _open(self, netloc: str) -> None:
        self._silent.pop(netloc, None)
        for address in _both(netloc):
            self.job.closed.pop(address, None)


class _NoAnswer(IgnoreRequest):
    """The server has said nothing of its rules."""


def _both(netloc: str) -> tuple[str, str]:
    """The addresses of a host's robots.txt: Scrapy keeps the rules of both schemes as one."""
    return f"http://{netloc}/robots.txt", f"https://{netloc}/robots.txt"


def robots_address(url: str) -> str:
    """The address of the robots.txt that an address is under."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"
