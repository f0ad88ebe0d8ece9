"""Keeps every request and answer in WARC files, as near to the wire as Scrapy lets one stand.

Bodies are kept as they were sent (packed where they were), headers in the order in which they came, but for chunks,
which Twisted has put together. Of a page that a browser rendered what it showed is kept, as a conversion of what the
server had sent.
"""

from __future__ import annotations

from datetime import UTC, datetime
from http.client import responses
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy.exceptions import NotConfigured

from newsscrape.archive import Archive
from newsscrape.archive.captures import last_of, note_capture, same_bytes
from newsscrape.warc import Exchange, Original, WarcFiles
from newsscrape.warc.exchange import warcinfo
from newsscrape.warc.files import SIZE

from .middlewares import OWN
from .site_spider import CAPTURED, SiteSpider, pairs

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

FOLDER = "NEWSSCRAPE_WARC"
_NOT_MODIFIED = 304


class Keeping:
    """Keeps what goes over the wire (order above all others: it sees answers first)."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings[FOLDER]:
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
            self.round.attempt(
                lambda: keep(self.round.archive, warc, exchange, unchanged=response.status == _NOT_MODIFIED)
            )
        return response


def open_warc(folder: str | Path, agent: str, size: int = SIZE) -> WarcFiles:
    """The WARC files of this process. Raises `WarcError` where the folder cannot be written."""
    info = {
        "software": agent.partition(" ")[0],
        "http-header-user-agent": agent,
        "robots": "obey",
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    }
    return WarcFiles(Path(folder), lambda name: warcinfo(name, info), size=size)


def keep(archive: Archive, warc: WarcFiles, exchange: Exchange, *, unchanged: bool) -> None:
    """Writes an exchange, then notes where it stands. Raises `WarcError` or `ArchiveError`."""
    original = None
    if unchanged or exchange.rendered:
        original = last_of(archive, exchange.url)
    elif exchange.body:
        original = same_bytes(archive, exchange.digest)
    parts = urlsplit(exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    members, record = exchange.members(target, original, unchanged=unchanged)
    file, place = warc.append(members)
    # Neither an empty body nor what a browser made of one is something that a later record could refer to.
    revisit = original is not None or exchange.rendered or not exchange.body
    digest = original.digest if original is not None and not exchange.rendered else exchange.digest
    note_capture(archive, Original(exchange.url, digest, record, exchange.moment), file, place, revisit=revisit)


def _exchange(request: Request, response: Response) -> Exchange:
    rendered = bool(request.meta.get("playwright"))
    host = ("Host", urlsplit(request.url).netloc.rpartition("@")[2])
    return Exchange(
        url=request.url,
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
