"""Reads single pages by their addresses: for a look at a site that has no profile yet."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from .article_spider import ArticleSpider

if TYPE_CHECKING:
    from scrapy import Request


class AddressSpider(ArticleSpider):
    """Asks for the addresses that the job names."""

    name = "addresses"

    async def start(self) -> AsyncIterator[Request]:
        """The requests for the pages."""
        for url in self.job.addresses:
            self.job.report.find(url)
            yield self._ask_article(url)
