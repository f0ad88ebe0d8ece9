"""The yardstick: what plain Scrapy needs to save the same pages, one file a page, nothing read from them.

    python -m tests.benchmarks.bare_spider FOLDER FEED...

Scrapy's own settings, but for those that a crawl of the loopback papers needs (names, no proxy) and a silent log;
robots.txt is obeyed. Prints the number of articles and the moment of its end (monotonic seconds).
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from newsscrape.cli.newsroom import crawl_settings

_LINK = re.compile(rb"<item>.*?<link>([^<]+)</link>", re.DOTALL)
SETTINGS = {
    "ROBOTSTXT_OBEY": True,
    "CONCURRENT_REQUESTS": 16,
    "DOWNLOAD_DELAY": 0,  # what a plain script has; Scrapy's project template says 1
    "AUTOTHROTTLE_ENABLED": False,
    "LOG_LEVEL": "WARNING",
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    **crawl_settings(),
}


class BareSpider(Spider):
    """Feeds, then every page they name, saved as it came."""

    name = "bare"

    def __init__(self, folder: Path, feeds: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder, self.feeds, self.numbers = folder, feeds, count()

    async def start(self) -> AsyncIterator[Request]:
        """The feeds."""
        for feed in self.feeds:
            yield Request(feed)

    def parse(self, response: Response) -> Iterator[Request]:
        """The pages of a feed."""
        for link in _LINK.findall(response.body):
            yield Request(link.decode(), callback=self.save)

    def save(self, response: Response) -> None:
        """A page's bytes."""
        (self.folder / f"{next(self.numbers)}.html").write_bytes(response.body)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    process = AsyncCrawlerProcess(SETTINGS)
    process.crawl(BareSpider, folder=folder, feeds=sys.argv[2:])
    process.start()
    print(json.dumps({"articles": sum(1 for _ in folder.iterdir()), "ended": time.monotonic()}))
