"""Reads a site's feeds."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

from newsscrape.discovery.feeds import read_feed
from newsscrape.errors import PageError

from .article_spider import ArticleSpider

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


class FeedSpider(ArticleSpider):
    """Asks for every feed of the site's profile and for the articles that they name."""

    name = "feeds"

    async def start(self) -> AsyncIterator[Request]:
        """The requests for the feeds."""
        for url in self.job.site.profile.crawl.feeds:
            yield self.ask_list(url, self.parse_feed)

    def parse_feed(self, response: Response) -> Iterator[Request]:
        """The requests for a feed's articles, in the feed's order."""
        try:
            entries = read_feed(response.body, url=response.url)
        except PageError as error:
            self.unreadable(error, response)
            return
        yield from self.articles((entry.url, entry.published) for entry in entries)
