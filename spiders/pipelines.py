"""From page to record: extraction in a process of its own, then the archive. One bad page never stops a crawl."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy.exceptions import DropItem, NotConfigured

from newsscrape.archive.entry import Entry
from newsscrape.archive.pages import KnownPage
from newsscrape.errors import EmptyPage, NotAnArticle, PageError
from newsscrape.page import Page
from newsscrape.reading.pool import Unreadable
from newsscrape.workshop.saved import save_page

from . import outcomes
from .better import BetterPages, may_be_filled
from .job import OLDER
from .site_spider import Fetched, SiteSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)
_PASSING = frozenset({"error", "empty"})  # kinds of pages that may be articles again at the next visit


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article that was read, with its page's row of the ledger."""

    entry: Entry
    known: KnownPage


class _Pipeline:
    """A pipeline that knows the job of its spider."""

    def __init__(self, crawler: Crawler) -> None:
        if not isinstance(crawler.spider, SiteSpider):
            raise NotConfigured(f"{type(self).__name__} serves the spiders of newsscrape")
        self.job = crawler.spider.job

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made for the spider that runs."""
        return cls(crawler)

    def drop(self, reason: str) -> DropItem:
        """The end of an item that is accounted for already."""
        return DropItem(reason, log_level="DEBUG")


class ExtractPipeline(_Pipeline):
    """Reads a page.

    A page that is no article is rejected with its kind, one that cannot be read is a failure; both
    stand in the report with address and reason, and the crawl goes on. Where a page comes without text
    and the site's profile names better ones, those are asked for first.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.better = BetterPages(crawler, self.job)

    async def process_item(self, item: Any) -> Any:
        """Reads a page; other items pass."""
        if not isinstance(item, Fetched):
            return item
        try:
            return Extracted(await self._read(item.page), item.known)
        except NotAnArticle as error:
            self._reject(item, error)
            raise self.drop(error.reason) from error
        except PageError as error:
            self.job.fail(item.known, error.reason, item.page.status, url=item.page.url)
            raise self.drop(error.reason) from error
        except Exception as error:  # a bug of ours: told with its page, and the next page has its chance
            logger.exception("extraction failed: %s", item.page.url)
            said = str(error) if isinstance(error, Unreadable) else f"{type(error).__name__}: {error}"
            self.job.fail(item.known, said, item.page.status, url=item.page.url)
            raise self.drop(said) from error

    def _reject(self, item: Fetched, error: NotAnArticle) -> None:
        if error.kind == "removed":
            self.job.remove(item.known, error.reason, item.page.status)
        else:
            self.job.reject(item.known, error.kind, error.reason, again=error.kind in _PASSING)

    async def _read(self, page: Page) -> Entry:
        """The entry of a page, or of the first better page that holds its text; the page's own error if none does."""
        read = self.job.round.reader.read
        entry = lacking = None
        try:
            entry = await read(page)
        except PageError as error:
            if not may_be_filled(error):
                raise
            lacking = error
        if self.better.are_known and (entry is None or not entry.has_body):
            async for other in self.better.of(page):
                try:
                    found = await read(other.page, way=other.way)
                except PageError:
                    continue
                if found.has_body:
                    return found
        if entry is None:
            raise lacking or EmptyPage("the page holds nothing", url=page.url)
        return entry


class KeepPages(_Pipeline):
    """Saves every page as it came, into folders below the one that the setting `NEWSSCRAPE_KEEP` names."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.folder = Path(crawler.settings["NEWSSCRAPE_KEEP"])

    def process_item(self, item: Any) -> Any:
        """Saves a page; other items pass."""
        if isinstance(item, Fetched):
            name = f"{self.job.site.key}-{sum(1 for _ in self.folder.glob(self.job.site.key + '-*')):04}"
            save_page(self.folder / name, item.page)
        return item


class ArchivePipeline(_Pipeline):
    """Puts an article into the archive where it is new or has changed, and settles its page."""

    def process_item(self, item: Any) -> Any:
        """Takes an article; other items pass. A spider that works alone gives it on to Scrapy, as a dict."""
        if not isinstance(item, Extracted):
            return item
        job, entry, page = self.job, item.entry, item.known
        if job.full:
            raise self.drop("one too many")
        now = entry.fetched_at or job.round.now()
        if page.article is None and (reason := job.wish.why_outside(entry.published_at)):
            if reason == OLDER:
                job.older.add(page.url)
            job.report.older += 1
            job.settle(outcomes.outside(page, entry, now, reason))
            raise self.drop(reason)
        version, deleted = job.round.writer.standing(entry.id)
        settled = outcomes.stored(page, entry, now)
        if version is not None and (entry.id != page.article or version == entry.version_hash):
            if entry.id == page.article:
                job.report.unchanged += 1
            else:
                job.report.duplicates += 1  # another address of an article that the archive has
            job.settle(settled)
            raise self.drop("the archive has it")
        if deleted:
            job.report.reject("deleted", page.url, "it was deleted from the archive on request")
            job.settle(outcomes.deleted(page, now))
            raise self.drop("deleted on request")
        if version is None:
            job.report.articles += 1
        else:
            job.report.changed += 1
        job.report.count(lines_removed=entry.lines_removed, filled=entry.filled, warnings=entry.warnings)
        job.settle(settled, entry)
        return json.loads(entry.record) if job.alone else item
