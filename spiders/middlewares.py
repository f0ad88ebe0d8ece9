"""A host's wishes: how fast it wants to be asked, when to wait, and when to be left alone.

- `Crawl-delay` in robots.txt is the least time between two requests (Scrapy reads it but applies nothing).
- `Retry-After` with 429 or 503 holds back every request to the host, not only the one that was refused.
- 403 or a captcha close the host for a day, a 429 that does not end closes it for a while that grows from
  time to time. We never look for a way around.
- An article's address that leads off the site's own hosts is not followed, nor any into a private network.
"""

from __future__ import annotations

import asyncio
import re
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from .job import host_of
from .networks import SETTING, is_private
from .problems import CAPTCHA, Refused
from .resolver import GuardedResolver
from .robots import API, robots_address
from .site_spider import SiteSpider

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

OWN = "newsscrape_own"
"""The `meta` key of a request for an article's better page, with the article's address.

It must stay on the site's own hosts, as those for articles must.
"""
_FORBIDDEN = 403
_TOO_MANY = 429
_UNAVAILABLE = 503
_A_DAY = timedelta(days=1)
_LONGEST_WAIT = 30.0 * 86400  # seconds; a Retry-After may name any number
_A_WHILE = timedelta(minutes=15)  # after a 429 that does not end: then an hour, four, sixteen, ...
# A page that asks whether you are human is small; an article about captchas is not.
_CAPTCHA_BYTES = 20_000
_CAPTCHA = re.compile(rb"_cf_chl_opt|class=[\"'][^\"']*\b(?:g-recaptcha|h-captcha)\b|id=[\"']captcha", re.IGNORECASE)


class Gate:
    """Stops a request that is not to be sent before even its host's robots.txt is asked for (order < 100)."""

    def __init__(self, crawler: Crawler) -> None:
        if not isinstance(crawler.spider, SiteSpider):
            raise NotConfigured(f"{type(self).__name__} serves the spiders of newsscrape")
        self.job = crawler.spider.job
        self.allows_private = crawler.settings.getbool(SETTING)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made for the spider that runs."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raises `Refused` for a request that is not to be sent."""
        self.check(request)

    def check(self, request: Request) -> None:
        """Raises `Refused`, with the reason, unless the request may go out."""
        host = host_of(request.url)
        if (is_private(host) or host in GuardedResolver.refused) and not self.allows_private:
            raise Refused(f"{host} is inside a private network", kind="private", url=request.url)
        if _is_robots(request):
            return
        if self.job.done:
            raise Refused("no more articles are wanted", kind="done", url=request.url)
        if reason := self.job.why_closed(host):
            raise Refused(reason, kind="closed", url=request.url)
        robots = robots_address(request.url)
        if reason := self.job.closed.get(robots):
            raise Refused(reason, kind="unreachable", url=robots)
        if ("page" in request.meta or OWN in request.meta) and not self.job.site.owns(request.url):
            raise Refused(f"leads to {host}", kind="offsite", url=request.url)


class HostWishes(Gate):
    """Waits as the host asks, and closes the door where it does not want us (order between 550 and 580)."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.crawler = crawler
        self.agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self.delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self.wait_default = crawler.settings.getfloat("RETRY_AFTER_DEFAULT")
        self.wait_max = crawler.settings.getfloat("RETRY_AFTER_MAX")
        self.retries = crawler.settings.getint("RETRY_TIMES")
        self._not_before: dict[str, float] = {}
        self._slow: set[str] = set()
        self._answered: set[str] = set()
        self._closed: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connects to the moments when a robots.txt is read, and when all is over."""
        middleware = super().from_crawler(crawler)
        crawler.signals.connect(middleware.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(middleware.spider_closed, signal=signals.spider_closed)
        return middleware

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Makes a Crawl-delay the floor of the host's delay, for slots of now and later."""
        host = host_of(request.url)
        wish = robotparser.crawl_delay(self.agent)
        if wish is None or not wish > self.delay:  # "nan" is a number, too
            return
        if wish > self.wait_max:
            pause = timedelta(seconds=min(wish, _LONGEST_WAIT))
            self._close(host, pause, f"{host} asks for {wish:.0f} s between requests (Crawl-delay) and is left alone")
            return
        self._slow.add(host)
        self.job.pace = max(self.job.pace, wish)
        downloader = self.crawler.engine.downloader
        downloader.per_slot_settings[host] = {"delay": wish, "jitter": 0.0}
        if host in downloader.slots:
            downloader.slots[host].delay = wish
        self.job.report.notice(f"{host} asks for {wish:g} s between requests (Crawl-delay)")

    def spider_closed(self) -> None:
        """Forgets what earlier rounds held against hosts that have answered all of this one."""
        for host in self._answered - self._closed:
            self.job.round.hosts.open(host)

    async def process_request(self, request: Request) -> None:  # type: ignore[override]  # Scrapy takes both
        """Holds a request back, or raises `Refused` (robots.txt, read in between, may have closed the host)."""
        request.meta.pop("download_slot", None)  # a redirect to another host brings its old host's slot along
        host = host_of(request.url)
        if host in self._slow:
            request.meta["autothrottle_dont_adjust_delay"] = True  # it would go below the Crawl-delay
        self.check(request)
        wait = self._not_before.get(host, 0.0) - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)

    def process_response(self, request: Request, response: Response) -> Response:
        """Notes what the answer says of the host's wishes."""
        host = host_of(request.url)
        if _is_robots(request):
            return response
        if request.meta.get(API):
            self._hold_back(host, request, response)
        elif response.status == _FORBIDDEN:
            self._close(host, _A_DAY, f"{host} answered 403 and is left alone")
        elif response.headers.get("cf-mitigated") or _asks_for_a_human(response):
            self._close(host, _A_DAY, f"{host} asks for a captcha and is left alone")
            return response.replace(status=_FORBIDDEN, flags=[*response.flags, CAPTCHA])
        elif response.status in (_TOO_MANY, _UNAVAILABLE):
            self._wait(host, request, response)
        elif response.status < _FORBIDDEN:
            self._answered.add(host)
        return response

    def _hold_back(self, host: str, request: Request, response: Response) -> None:
        """An interface's door is not closed: what it refuses are these keys or this call, and both can be mended."""
        if response.status in (_TOO_MANY, _UNAVAILABLE):
            wait = retry_after(response, datetime.now(UTC)) or self.wait_default
            request.meta["dont_retry"] = wait > self.wait_max
            self._not_before[host] = time.monotonic() + min(wait, self.wait_max)

    def _wait(self, host: str, request: Request, response: Response) -> None:
        wait = retry_after(response, datetime.now(UTC))
        if wait is None:
            if response.status != _TOO_MANY:
                return
            wait = self.wait_default
        if wait > self.wait_max:
            request.meta["dont_retry"] = True
            self._close(host, timedelta(seconds=wait), f"{host} asks for a pause of {wait:.0f} s and is left alone")
        elif response.status == _TOO_MANY and request.meta.get("retry_times", 0) >= self.retries:
            self._close(host, _A_WHILE, f"{host} keeps answering 429 and is left alone", growing=True)
        else:
            self._not_before[host] = max(self._not_before.get(host, 0.0), time.monotonic() + wait)

    def _close(self, host: str, pause: timedelta, reason: str, *, growing: bool = False) -> None:
        self._closed.add(host)
        self.job.close_host(host, pause, reason, growing=growing)


def retry_after(response: Response, now: datetime) -> float | None:
    """The seconds (30 days at most) that a `Retry-After` header asks for, by number or date; None without one."""
    value = (response.headers.get("Retry-After") or b"").decode("ascii", "ignore").strip()
    if value.isdecimal():
        return min(float(value), _LONGEST_WAIT)
    try:
        seconds = (parsedate_to_datetime(value) - now).total_seconds() if value else None
        return None if seconds is None else min(max(0.0, seconds), _LONGEST_WAIT)
    except (ValueError, TypeError):
        return None


def _asks_for_a_human(response: Response) -> bool:
    return len(response.body) < _CAPTCHA_BYTES and _CAPTCHA.search(response.body) is not None


def _is_robots(request: Request) -> bool:
    """Whether this is Scrapy's own request for a robots.txt (which must not wait for itself)."""
    return bool(request.meta.get("dont_obey_robotstxt"))
