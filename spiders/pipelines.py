"""From page to record: extraction in its own step, then the sink. One bad page never stops a crawl."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Self

from scrapy.exceptions import DropItem, NotConfigured

from newsscrape.article import Article
from newsscrape.errors import NotAnArticle, PageError
from newsscrape.export.jsonl import SinkError
from newsscrape.page import Page
from newsscrape.read_page import read_page

from .article_spider import ArticleSpider

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
    stand in the report with address and reason, and the crawl goes on.
    """

    async def process_item(self, item: Any) -> Any:
        """Reads a page; other items pass."""
        if not isinstance(item, Page):
            return item
        report, url = self.job.report, item.url or ""
        try:
            return await asyncio.get_running_loop().run_in_executor(self.job.reader, read_page, item)
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
