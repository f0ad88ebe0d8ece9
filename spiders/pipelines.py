"""From page to record: extraction in its own step, then the sink. One bad page never stops a crawl."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy.exceptions import DropItem, NotConfigured

from newsscrape.article import Article
from newsscrape.errors import EmptyPage, NotAnArticle, PageError
from newsscrape.export.jsonl import SinkError
from newsscrape.page import Page
from newsscrape.read_page import read_page
from newsscrape.workshop.saved import save_page

from .article_spider import ArticleSpider
from .better import BetterPages, may_be_filled

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class _Pipeline:
    """A pipeline that knows the job of its spider."""

    def __init__(self, crawler: Crawler) -> None:
        if not isinstance(crawler.spider, ArticleSpider):
            raise NotConfigured(f"{type(self).__name__} serves the spiders of newsscrape")
        self.job = crawler.spider.job

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made for the spider that runs."""
        return cls(crawler)

    def drop(self, reason: str) -> DropItem:
        """The end of an item that is accounted for already."""
        self.job.changed()
        return DropItem(reason, log_level="DEBUG")


class ExtractPipeline(_Pipeline):
    """Makes an `Article` of a `Page`, off the reactor's thread.

    A page that is no article is rejected with its kind, one that cannot be read is a failure; both
    stand in the report with address and reason, and the crawl goes on. Where a page comes without text
    and the site's profile names better ones, those are asked for first.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.better = BetterPages(crawler, self.job)

    async def process_item(self, item: Any) -> Any:
        """Reads a page; other items pass."""
        if not isinstance(item, Page):
            return item
        report, url = self.job.report, item.url or ""
        try:
            return await self._read(item)
        except NotAnArticle as error:
            report.reject(error.kind, url, error.reason)
            raise self.drop(error.reason) from error
        except PageError as error:
            report.fail(url, error.reason)
            raise self.drop(error.reason) from error
        except Exception as error:  # a bug of ours: told with its page, and the next page has its chance
            logger.exception("extraction failed: %s", url)
            report.fail(url, f"{type(error).__name__}: {error}")
            raise self.drop(str(error)) from error

    async def _read(self, page: Page) -> Article:
        """The article of a page, or of the first better page that holds its text; the page's own error if none does."""
        article = lacking = None
        try:
            article = await self._extract(page)
        except PageError as error:
            if not may_be_filled(error):
                raise
            lacking = error
        if self.better.are_known and (article is None or not article.body):
            async for other in self.better.of(page):
                try:
                    found = await self._extract(other.page)
                except PageError:
                    continue
                if found.body:
                    return found.model_copy(update={"provenance": {**found.provenance, "page": other.way}})
        if article is None:
            raise lacking or EmptyPage("the page holds nothing", url=page.url)
        return article

    async def _extract(self, page: Page) -> Article:
        return await asyncio.get_running_loop().run_in_executor(self.job.reader, read_page, page)


class KeepPages(_Pipeline):
    """Saves every page as it came, into folders below the one that the setting `NEWSSCRAPE_KEEP` names."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.folder = Path(crawler.settings["NEWSSCRAPE_KEEP"])

    def process_item(self, item: Any) -> Any:
        """Saves a page; other items pass."""
        if isinstance(item, Page):
            name = f"{self.job.site.key}-{sum(1 for _ in self.folder.glob(self.job.site.key + '-*')):04}"
            save_page(self.folder / name, item)
        return item


class WritePipeline(_Pipeline):
    """Writes an article to the job's sink, unless it is older than `since`, met before, or one too many."""

    def process_item(self, item: Any) -> Any:
        """Writes an article; other items pass."""
        if not isinstance(item, Article):
            return item
        job, url = self.job, item.url or ""
        if job.since and item.published_at and item.published_at < job.since:
            job.skip_older(url)
            raise self.drop("older than wanted")
        if item.id in job.ids:
            job.report.duplicates += 1
            raise self.drop("met before")
        if job.full:
            job.report.leave(url)
            raise self.drop("one too many")
        try:
            job.write(item)
        except SinkError as error:
            job.stopped = True  # without a sink every further page would be asked for in vain
            job.report.fail(url, str(error))
            raise self.drop(str(error)) from error
        job.ids.add(item.id)
        return item
