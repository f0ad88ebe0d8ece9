"""Runs a round in this process: `run` by sites, addresses and searches, `run_plan` by a plan.

A Twisted reactor cannot be started twice, so either works once in a process.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess

from newsscrape.archive import Archive, open_archive
from newsscrape.archive.entry import Entry
from newsscrape.archive.outputs import GrowingFile, GrowingFiles, NamedFiles, Output, SinkOutput
from newsscrape.archive.owner import process_in_words
from newsscrape.archive.sources import Rhythm
from newsscrape.crawl_report import Report
from newsscrape.discovery.address_files import read_addresses
from newsscrape.discovery.since import KST
from newsscrape.errors import CrawlError, WarcError
from newsscrape.export.growing import grows_whole, make_ready
from newsscrape.export.jsonl import JsonLines, Sink, open_sink
from newsscrape.plan import Output as PlanOutput
from newsscrape.plan import Plan
from newsscrape.sites import Site, load_site

from .crew import Crew, Searches
from .interrupts import interrupts
from .job import Job, Wish, lists_of
from .keeping import open_warc
from .round import Round
from .search_spider import Query, check
from .settings import base_settings, kept
from .wanted import want

Progress = Callable[[Report], None]
SITES_AT_ONCE = 16
_GRACE = 5.0  # seconds that pages on their way have after Ctrl-C; the ledger asks for them again


def run(
    sites: Sequence[str] = (),
    *,
    addresses: Iterable[str] = (),
    queries: Sequence[Query] = (),
    database: str | Path | Archive | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int | None = None,
    refresh: timedelta | None = None,
    output: str | Path | Sink | None = None,
    settings: Mapping[str, Any] | None = None,
    share: bool = True,
    sites_at_once: int = SITES_AT_ONCE,
    progress: Progress | None = None,
    pausing: Callable[[], bool] | None = None,
    lifeline: int | None = None,
) -> Report:
    """Crawls sites by their keys, pages by their addresses and what searches find, and returns the account.

    `database` keeps what was crawled and what is known (see `open_archive`; None: for this run only).
    `since` and `until` leave out older and newer articles, `limit` ends a site after so many; articles younger
    than `refresh` are asked again for edits. `output` is a JSONL file to append to, one of another format that gets
    its records when the run ends (see `export.growing`), "-" for standard output, a sink of the caller's, or None to
    write nothing but the archive. `settings` are Scrapy settings over those of
    `base_settings` (a site's own `delay` holds where they name no DOWNLOAD_DELAY).

    Where another run on the same database is at work on one of the sites, its site is left to it; with `share`
    false the whole run is refused. `progress` is called with the report before anything is asked for and after
    every step, in the reactor's thread. While `pausing` says so no page is asked for. When something comes through
    the pipe at the descriptor `lifeline`, or its other end is closed, the run ends in order, as after Ctrl-C.

    Raises `UnknownSite` or `ProfileError` before anything is asked for, `ArchiveError` or `SinkError` where
    database or output cannot be opened, and `CrawlError` when a site's profile names nothing to crawl, a search
    has no keys, or another run is at work and the work is not to be shared. What the reading of `addresses`
    raises comes through, too. What breaks the whole round later stands in the report's `error`.
    """
    wish = Wish(since, until, limit, refresh)
    loaded = {key: (load_site(key), wish) for key in dict.fromkeys(sites)}
    sink = None
    outputs: list[Output] = []
    if isinstance(output, str | Path) and grows_whole(output):
        make_ready(Path(output))
        outputs = [GrowingFile(Path(output))]
    elif output is not None:
        sink = open_sink(output) if isinstance(output, str | Path) else output
        outputs = [SinkOutput(sink)]
    try:
        with _archive(database) as archive:
            order = Order(loaded, lambda _: wish, outputs, addresses, Searches(tuple(queries), wish), sites_at_once)
            watch = Watch(progress, pausing, lifeline)
            return _run(archive, order, settings or {}, share=share, watch=watch)
    finally:
        if sink is not None and sink is not output:
            sink.close()


def run_plan(
    plan: Plan,
    *,
    due_only: bool = False,
    settings: Mapping[str, Any] | None = None,
    share: bool = True,
    progress: Progress | None = None,
) -> Report:
    """One round by a plan; `due_only` visits only the lists whose time has come. See `run` for the rest.

    Besides what `run` raises: `PlanError` where the database's address lacks a variable, `InputError` where a
    file of addresses cannot be read.
    """
    now = datetime.now().astimezone()
    everybody = Wish(now - plan.since, None, plan.limit, plan.refresh, due_only, delay=plan.delay)
    sites = {entry.key: _by_plan(plan, entry.key, now, due_only) for entry in plan.sites}
    queries = tuple(Query(query.text, query.engine, query.limit) for query in plan.queries)
    addresses = (address.url for file in plan.urls for address in read_addresses(file))
    outputs = [
        (GrowingFiles if grows_whole(output.file) else NamedFiles)(output.file, partial(_file_of, output, plan.keys))
        for output in plan.outputs
    ]

    def wish_for(site: Site) -> Wish:
        return sites[site.key][1] if site.key in sites else everybody

    settings = {**kept(plan.warc, plan.warc_size), **(settings or {})}
    with _archive(plan.database_in(os.environ)) as archive:
        order = Order(sites, wish_for, outputs, addresses, Searches(queries, everybody), plan.sites_at_once)
        return _run(archive, order, settings, share=share, watch=Watch(progress))


def _by_plan(plan: Plan, key: str, now: datetime, due_only: bool) -> tuple[Site, Wish]:
    settings = plan.site(key)
    every = settings.every
    rhythm = Rhythm(*(int(span.total_seconds()) for span in (every.start, every.least, every.most)))
    return settings.site, Wish(now - settings.since, None, settings.limit, settings.refresh, due_only, rhythm)


def _file_of(output: PlanOutput, keys: frozenset[str], site: str, entry: Entry) -> Path | None:
    """The file that one of a plan's outputs has for an article; one of a site outside the plan has no site."""
    return output.file_for(site if site in keys else None, entry.fetched_at or datetime.now(KST))


@contextlib.contextmanager
def _archive(database: str | Path | Archive | None) -> Iterator[Archive]:
    """An open archive; one that the caller opened stays open."""
    if isinstance(database, Archive):
        yield database
        return
    with open_archive(database) as archive:
        yield archive


@dataclass(frozen=True, slots=True)
class Order:
    """What a round is to do: sites with what is wanted of each, outputs, single pages and searches.

    `wish_for` tells what is wanted of a site that an address or a search led to.
    """

    sites: Mapping[str, tuple[Site, Wish]]
    wish_for: Callable[[Site], Wish]
    outputs: Sequence[Output]
    addresses: Iterable[str]
    searches: Searches
    sites_at_once: int


@dataclass(frozen=True, slots=True)
class Watch:
    """Who watches a round, and may hold it: `progress`, `pausing` and `lifeline` as in `run`."""

    progress: Progress | None = None
    pausing: Callable[[], bool] | None = None
    lifeline: int | None = None


def _run(archive: Archive, order: Order, settings: Mapping[str, Any], *, share: bool, watch: Watch) -> Report:
    for site, _ in order.sites.values():
        if not lists_of(site):
            raise CrawlError(f"{site.key}: its profile names no feeds, sitemaps or sections to crawl")
    check(order.searches.queries)
    warc = open_warc({**base_settings(), **settings})
    round_ = Round.begin(archive, order.outputs)
    round_.warc = warc
    for left in warc.left if warc else ():
        try:
            round_.writer.captures.make_up(left)
        except WarcError as error:  # the others' pages are none the worse for it
            round_.report.notices.append(str(error))
    if watch.progress:
        round_.changed = partial(watch.progress, round_.report)
    if watch.pausing:
        round_.pausing = watch.pausing
    for output in order.outputs:
        if isinstance(output, SinkOutput) and isinstance(output.sink, JsonLines) and output.sink.notice:
            round_.report.notices.append(output.sink.notice)
    if not share:
        _refuse_to_share(round_, list(order.sites))
    jobs = {key: Job.of(site, round_, wish, lists=lists_of(site)) for key, (site, wish) in order.sites.items()}
    jobs = want(round_, order.addresses, order.wish_for, jobs)
    round_.changed()
    crawl_jobs(
        round_,
        jobs.values(),
        settings,
        sites_at_once=order.sites_at_once,
        searches=order.searches,
        wish_for=order.wish_for,
        lifeline=watch.lifeline,
    )
    return round_.report


def _refuse_to_share(round_: Round, keys: Sequence[str]) -> None:
    holders = round_.run.holders(keys)
    if holders:
        round_.run.end("refused")
        names = ", ".join(f"{holder.site} ({process_in_words(holder.owner)})" for holder in holders)
        raise CrawlError(f"another run is at work on {names}; wait for it, or share the work")


def crawl_jobs(
    round_: Round,
    jobs: Iterable[Job],
    settings: Mapping[str, Any],
    *,
    sites_at_once: int = SITES_AT_ONCE,
    searches: Searches | None = None,
    wish_for: Callable[[Site], Wish] = lambda _: Wish(),
    lifeline: int | None = None,
) -> None:
    """Runs a round's jobs to their end, before them its searches; `settings` and `lifeline` as in `run`.

    Once in a process.
    """
    # Without its modules: nobody asks for a spider by name, and Scrapy would import all of them.
    process = AsyncCrawlerProcess({**base_settings(), **settings, "SPIDER_MODULES": []})
    round_.reader.timeout = process.settings.getfloat("READ_TIMEOUT")
    logging.getLogger("scrapy").setLevel(logging.root.getEffectiveLevel())  # messages nobody sees are not made
    from twisted.internet import reactor as chosen  # only now: the process has chosen which one

    reactor: Any = chosen
    loop = asyncio.get_event_loop()  # the one that the process has installed
    crew = Crew(process, round_, jobs, settings, at_once=sites_at_once, wish_for=wish_for)

    async def everything() -> None:
        try:
            await crew.work(searches)
        finally:
            with contextlib.suppress(RuntimeError):  # it was stopped already
                reactor.stop()

    with interrupts(loop, partial(_interrupt, loop, crew), lifeline):
        task = loop.create_task(everything())
        process.start(stop_after_crawl=False, install_signal_handlers=False)
    if task.done() and not task.cancelled() and (error := task.exception()):
        raise error


def _interrupt(loop: asyncio.AbstractEventLoop, crew: Crew) -> None:
    if crew.round.report.interrupted:  # the second time: at once
        crew.cut_off()
        return
    crew.round.stop(interrupted=True)
    crew.finish()
    loop.call_later(_GRACE, crew.cut_off)
