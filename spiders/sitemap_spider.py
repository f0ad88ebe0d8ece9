"""Reads a site's sitemaps."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

from newsscrape.discovery.since import certainly_older
from newsscrape.discovery.sitemaps import read_sitemap
from newsscrape.errors import PageError

from .article_spider import ArticleSpider

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


class SitemapSpider(ArticleSpider):
    """Asks for every sitemap of the site's profile, for those that an index names, and for their articles."""

    name = "sitemaps"

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._asked: set[str] = set()

    async def start(self) -> AsyncIterator[Request]:
        """The requests for the sitemaps."""
        for url in self.job.site.profile.crawl.sitemaps:
            self._asked.add(url)
            yield self.ask_list(url, self.parse_sitemap)

    def parse_sitemap(self, response: Response) -> Iterator[Request]:
        """The requests for a sitemap's articles, or for the sitemaps of an index, the newest first."""
        try:
            sitemap = read_sitemap(response.body, url=response.url)
        except PageError as error:
            self.unreadable(error, response)
            return
        for entry in sorted(sitemap.sitemaps, key=lambda entry: entry.modified or "", reverse=True):
            if entry.url not in self._asked and not certainly_older(entry.modified, self.job.since):
                self._asked.add(entry.url)
                yield self.ask_list(entry.url, self.parse_sitemap)
        yield from self.articles((page.url, page.published or page.modified) for page in sitemap.pages)
