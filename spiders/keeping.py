"""Keeps every request and answer in WARC files, as near to the wire as Scrapy lets one stand.

Bodies are kept as they were sent (packed where they were), headers in the order in which they came, but for chunks,
which Twisted has put together. Of a page that a browser rendered what it showed is kept, as a conversion of what the
server had sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from http.client import responses
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy.exceptions import NotConfigured

from newsscrape.archive.captures import Captures
from newsscrape.warc import Exchange, Original, WarcFiles
from newsscrape.warc.exchange import warcinfo
from newsscrape.warc.records import Written

from .headers import pairs
from .middlewares import OWN
from .problems import NOT_MODIFIED
from .site_spider import CAPTURED, SiteSpider

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_FOLDER = "NEWSSCRAPE_WARC"


class Keeping:
    """Keeps what goes over the wire (order above all others: it sees answers first)."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings[_FOLDER]:
            raise NotConfigured  # without words, or Scrapy 2.19 warns of what nobody asked for
        if not isinstance(crawler.spider, SiteSpider):
            raise NotConfigured(f"{type(self).__name__} serves the spiders of newsscrape")
        self.round = crawler.spider.job.round

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made for the spider that runs."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Writes both down; where that fails the round ends in order."""
        warc = self.round.warc
        if warc is not None:
            exchange = _exchange(request, response)
            request.meta[CAPTURED] = exchange.moment
            self.round.attempt(lambda: keep(self.round.writer.captures, warc, exchange, response.status))
        return response


def open_warc(settings: Mapping[str, Any]) -> WarcFiles | None:
    """The WARC files of this process; None where none are wanted. Raises `WarcError` where they cannot be written."""
    if not settings[_FOLDER]:
        return None
    agent: str = settings["USER_AGENT"]
    info = {
        "software": agent.partition(" ")[0],
        "http-header-user-agent": agent,
        "robots": "obey",
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    }
    size = int(settings["NEWSSCRAPE_WARC_SIZE"])
    return WarcFiles(Path(settings[_FOLDER]), lambda name: warcinfo(name, info), size=size)


def keep(captures: Captures, warc: WarcFiles, exchange: Exchange, status: int) -> None:
    """Writes an exchange, then notes where it stands. Raises `WarcError` or `ArchiveError`."""
    original = None
    unchanged = status == NOT_MODIFIED
    if unchanged or exchange.rendered:
        original = captures.last_of(exchange.url)
    elif exchange.body:
        original = captures.same_bytes(exchange.digest)
    parts = urlsplit(exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    members, record = exchange.members(target, original, unchanged=unchanged)
    file, place = warc.append(members)
    # Neither an empty body nor what a browser made of one is something that a later record could refer to.
    revisit = original is not None or exchange.rendered or not exchange.body
    digest = exchange.digest if original is None else original.digest
    captures.note(Written(Original(exchange.url, digest, record, exchange.moment), status, file, place, revisit))


def _exchange(request: Request, response: Response) -> Exchange:
    rendered = bool(request.meta.get("playwright"))
    host = ("Host", urlsplit(_public(request.url)).netloc)
    return Exchange(
        url=_public(request.url),
        method=request.method,
        request_headers=[host, *(one for one in pairs(request.headers) if one[0].lower() != "host")],
        request_body=request.body,
        status_line=f"{response.protocol or 'HTTP/1.1'} {response.status} {responses.get(response.status, '')}".strip(),
        headers=list(pairs(response.headers)),
        body=response.body,
        moment=datetime.now(UTC),
        ip=None if response.ip_address is None or rendered else str(response.ip_address),
        rendered=rendered,
        article=request.meta.get(OWN),
    )


def _public(url: str) -> str:
    """An address without the name and password that may stand before its host."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl() if "@" in parts.netloc else url
