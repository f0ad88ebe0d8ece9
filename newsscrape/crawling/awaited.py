"""A crawl for event loops: the same iterator, whose waiting is done in threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from threading import Thread
from types import TracebackType
from typing import Any, Self, TypeVar

from newsscrape.article import Article
from newsscrape.crawl_report import Report
from newsscrape.crawling.running import Crawl

T = TypeVar("T")


class AsyncCrawl:
    """A crawl as an asynchronous iterator over its articles, and as an asynchronous context manager.

    It starts with the first article that is asked for, or with the `async with` block, and raises there what
    `newsscrape.crawl` raises at once. A step that is cancelled (by a timeout, say) loses nothing: the next one gets
    its article. It ends as a `Crawl` does. Use it in one task at a time.
    """

    def __init__(self, start: Callable[[], Crawl]) -> None:
        self._start = start
        self._crawl: Crawl | None = None
        self._step: asyncio.Future[Any] | None = None
        self._over = False

    @property
    def report(self) -> Report | None:
        """What came of it, once it has ended; None before, and where its process was killed."""
        return self._crawl.report if self._crawl else None

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Article:
        """The next article; the loop goes on meanwhile. Raises `CrawlError` as a step of `Crawl` does."""
        await self._begin()
        article: Article | None = None
        if self._crawl is not None and not self._over:
            article = await self._wait(partial(_next, self._crawl))
        if article is None:
            raise StopAsyncIteration
        return article

    async def _begin(self) -> None:
        if self._crawl is None and not self._over:
            try:
                self._crawl = await self._wait(self._start)
            except Exception:
                self._over = True
                raise

    async def _wait(self, work: Callable[[], T]) -> T:
        """What some work gives, or the work that a cancelled step has left running."""
        step = self._step = self._step or _in_thread(work)
        await asyncio.wait([step])
        self._step = None
        result: T = step.result()
        return result

    async def aclose(self) -> None:
        """Ends the crawl in order, which takes a few seconds at most; closing twice does no harm."""
        if self._step is not None and self._crawl is None:
            await self._begin()
        self._over = True
        if self._crawl is None:
            return
        self._crawl.stop()
        if self._step is not None:
            await asyncio.wait([self._step])  # it was cancelled before, and nobody wants its article any more
            self._step = None
        await self._wait(self._crawl.close)

    async def __aenter__(self) -> Self:
        await self._begin()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def __del__(self) -> None:
        crawl = getattr(self, "_crawl", None)
        if crawl is not None:
            crawl.stop()  # a step may still be waiting for an article, and would hold the crawl


def _next(crawl: Crawl) -> Article | None:
    return next(crawl, None)  # a StopIteration cannot pass through a future


def _in_thread(work: Callable[[], T]) -> asyncio.Future[T]:
    """Work done in a thread; unlike an executor's it keeps no interpreter from ending."""
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)

    Thread(target=run, name="newsscrape-crawl", daemon=True).start()
    return asyncio.wrap_future(done)
