"""Crawling from a script, a notebook or a running event loop::

    for article in newsscrape.crawl("yna", since="48h"):
        ...
    async for article in newsscrape.acrawl("yna", since="48h"):
        ...

The crawl runs in a process of its own, so nothing of Scrapy, its reactor or its signal handlers comes into the
caller's; the articles are streamed back as they come.

wanted     what a caller wants, checked, as the child reads it
running    Crawl: a crawl that runs, as an iterator
awaited    AsyncCrawl: the same for event loops
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from inspect import signature
from pathlib import Path
from typing import Any, Literal, ParamSpec

from newsscrape.crawling.awaited import AsyncCrawl
from newsscrape.crawling.running import Crawl, start
from newsscrape.crawling.wanted import Given, wanted

__all__ = ["AsyncCrawl", "Crawl", "acrawl", "crawl"]

_Wanted = ParamSpec("_Wanted")


def crawl(
    *sites: str,
    urls: Iterable[str] | str | Path | None = None,
    query: str | Sequence[str] | None = None,
    engine: Literal["naver", "google"] = "naver",
    since: datetime | timedelta | str | None = None,
    until: datetime | timedelta | str | None = None,
    limit: int | None = None,
    refresh: timedelta | str | None = None,
    database: str | Path | None = None,
    contact: str | None = None,
    delay: float | None = None,
    profiles: str | Path | None = None,
    private_networks: bool = False,
    warc: str | Path | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Crawl:
    """Starts a crawl in a process of its own; returns an iterator over its articles as they come.

    ::

        with newsscrape.crawl("yna", "hani", since="24h", contact="me@example.org") as articles:
            for article in articles:
                print(article.published_at, article.title)
        print(articles.report.failures)

    The words are those of `newsscrape crawl`. What is crawled: `sites` by their keys; `urls`, which are addresses,
    one address, or a file of them (a path, or "-" for standard input; see `read_addresses`); and what a `query` finds
    at an `engine`. Articles older than `since` or newer than `until` are left out: a moment (without a zone KST is
    meant), a length of time before now, or either in words ("48h", "2026-11-01"). `limit` ends a site after so many
    articles; articles younger than `refresh` are asked for again, and come again where they were edited.

    `database` is the archive, an SQLite file or a PostgreSQL URL, which any number of crawls, the command line's
    among them, may share: what it has does not come again. An article is in the archive before it comes out here;
    those that are on their way when the caller breaks off come no second time, but they stand there. None keeps an
    archive for this crawl only. `contact` (else `NEWSSCRAPE_CONTACT` of the environment) stands in the
    User-Agent, `delay` is the time between two requests to a host in seconds, at least 0.5; without it the profiles
    say. `profiles` is a folder of site profiles over those that `NEWSSCRAPE_SITES` names. `private_networks` allows
    addresses inside them. `warc` is a folder in which every request and answer is kept, as WARC files. `settings` are
    Scrapy settings over those of `newsscrape.spiders.settings`, as plain data.

    A page that cannot be read does not end the crawl; it stands in `report`. Raised here, before anything is asked
    for: `ValueError` or `TypeError` for wrong arguments, `UnknownSite`, `ProfileError`, `InputError` (a file of
    addresses), `ArchiveError` (the database) and `CrawlError` (nothing to crawl, no keys for a search). Raised by the
    iterator: `CrawlError` or `ArchiveError`, where the crawl ended as a whole before its end; they say how to go on.
    """
    return start(
        wanted(
            sites,
            urls=urls,
            query=query,
            engine=engine,
            since=since,
            until=until,
            limit=limit,
            refresh=refresh,
            database=database,
            contact=contact,
            delay=delay,
            private_networks=private_networks,
            warc=warc,
            settings=settings,
        ),
        Given(urls),
        profiles=profiles,
    )


def _awaited(start: Callable[_Wanted, Crawl]) -> Callable[_Wanted, AsyncCrawl]:
    def acrawl(*args: _Wanted.args, **kwargs: _Wanted.kwargs) -> AsyncCrawl:
        """`newsscrape.crawl` for event loops: the same arguments, an asynchronous iterator.

        ::

            async with newsscrape.acrawl("yna", since="24h", contact="me@example.org") as articles:
                async for article in articles:
                    ...

        It starts with its first step, or with `async with`, and raises there what `crawl` raises at once. What waits
        does so in a thread; there an iterable of `urls` is read, too.
        """
        return AsyncCrawl(partial(start, *args, **kwargs))

    acrawl.__signature__ = signature(start).replace(return_annotation="AsyncCrawl")  # type: ignore[attr-defined]
    acrawl.__qualname__ = acrawl.__name__
    return acrawl


acrawl = _awaited(crawl)
