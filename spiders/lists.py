"""A site's lists: feeds, sitemaps and sections are asked for, and what they name is taken into the ledger."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request

from newsscrape.archive.sources import Source
from newsscrape.discovery.listing import Listed, Listing, read_listing
from newsscrape.discovery.since import certainly_older
from newsscrape.errors import PageError

from .headers import ask_whether_changed, header
from .job import Job, WantedList, fits, host_of
from .problems import is_unchanged, problem_of

if TYPE_CHECKING:
    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

_PART = 5000  # articles of a list taken by one transaction


@dataclass(frozen=True, slots=True)
class Visit:
    """A list on its way: which page of it, what its pages before brought, and the validators of the first."""

    wanted: WantedList
    source: Source
    page: int = 1
    new: int = 0
    before: tuple[str, ...] = ()
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What a list's page brought: how many new addresses, and all that were wanted."""

    new: int
    addresses: tuple[str, ...]


class Lists:
    """Visits the lists of a job's site. `ask` gives the first requests; what their answers lead to asks for more."""

    def __init__(self, job: Job, settings: BaseSettings) -> None:
        self.job = job
        self._pages = settings.getint("SECTION_PAGES")
        self._most_sitemaps = settings.getint("SITEMAPS_PER_ROUND")
        self._sitemaps = 0

    def ask(self) -> Iterator[Request]:
        """The requests for the lists that are to be visited."""
        for wanted, source in self.job.visit():
            yield self._ask(Visit(wanted, source))

    def _ask(self, visit: Visit, *, url: str = "") -> Request:
        request = Request(
            url or visit.wanted.url,
            callback=self.take,
            errback=self.failed,
            cb_kwargs={"visit": visit},
            dont_filter=True,
        )
        if visit.page == 1 and not visit.source.must_be_read_whole(self.job.wish.since):
            ask_whether_changed(request, visit.source.etag, visit.source.last_modified)
        return request

    async def take(self, response: Response, visit: Visit) -> AsyncIterator[Request]:
        """Takes a list's articles into the ledger; yields the requests for the lists that it leads to."""
        if visit.page == 1:
            visit = replace(visit, etag=header(response, "ETag"), last_modified=header(response, "Last-Modified"))
        try:
            listing = await asyncio.to_thread(
                read_listing, visit.wanted.kind, response.body, response.url, visit.wanted.section
            )
        except PageError as error:
            self._fail(visit.source, response.url, error.reason)
            return
        found = await self._take_page(listing, visit)
        if found is not None and listing.next is not None:
            following = replace(visit, page=visit.page + 1, new=visit.new + found.new, before=found.addresses)
            yield self._ask(following, url=listing.next)
        if listing.sitemaps:
            for request in self._ask_sitemaps(visit.source.url):
                yield request

    async def _take_page(self, listing: Listing, visit: Visit) -> Taken | None:
        """Takes a list's page into the ledger; None where the list is at its end, or need not be read further."""
        job, source = self.job, visit.source
        now = job.round.now()  # one moment for all: of one list's pages the first are the newest
        new, found = await self._take_beforehand(listing.articles[:-_PART], now)
        last = job.choose(listing.articles[-_PART:])
        found |= last
        goes_on = listing.next is not None and self._is_worth_going_on(visit, found)
        with job.round.archive.write() as connection:
            new += job.pages.add(connection, last, now)
            for sitemap in listing.sitemaps:
                ours = job.site.owns(sitemap.url) or host_of(sitemap.url) == host_of(source.url)
                if ours and fits(sitemap.url):
                    job.sources.announce(connection, sitemap.url, parent=source.url, modified=sitemap.date)
            if goes_on:
                job.sources.walked(connection, source, visit.page)
            else:
                job.sources.visited(
                    connection, source, now, new=visit.new + new, since=job.wish.since, etag=visit.etag,
                    last_modified=visit.last_modified, whole=job.wish.until is None,
                )  # fmt: skip
        job.report.found += new
        job.report.known += len(found) - new
        job.round.changed()
        return Taken(new, tuple(found.values())) if goes_on else None

    async def _take_beforehand(self, listed: Sequence[Listed], now: datetime) -> tuple[int, dict[str, str]]:
        """Takes a long list's articles into the ledger; returns how many were new, and all that were wanted.

        A part at a time: a sitemap may name a million, and leases live by a heartbeat.
        """
        job, new, found = self.job, 0, dict[str, str]()
        for start in range(0, len(listed), _PART):
            chosen = job.choose(listed[start : start + _PART])
            with job.round.archive.write() as connection:
                new += job.pages.add(connection, chosen, now)
            found |= chosen
            await asyncio.sleep(0)
        return new, found

    def _is_worth_going_on(self, visit: Visit, found: Mapping[str, str]) -> bool:
        """Whether the next page of a list may hold what is wanted and not known."""
        job = self.job
        if visit.page >= self._pages:
            return False
        if visit.before and job.older.issuperset(visit.before):
            return False
        if set(found.values()).issubset(visit.before):  # the same page again, under the next number
            return False
        # A walk that was broken off, or stopped at a later `since`, has more behind pages without news; and what is
        # new may be known already from a feed of this very round.
        if visit.source.must_be_read_whole(job.wish.since):
            return True
        return job.pages.met_before(list(found), job.started_at) < len(found)

    def _ask_sitemaps(self, index: str) -> Iterator[Request]:
        """The requests for an index's sitemaps, the newest first; those that have not changed are passed by."""
        since = self.job.wish.since
        for source in self.job.sources.children(index):
            if certainly_older(source.announced, since):
                continue
            if not source.is_worth_a_visit(since):  # but an index's own ones may wait since a round that was cut short
                yield from self._ask_sitemaps(source.url)
                continue
            if self._sitemaps >= self._most_sitemaps:
                self.job.report.notice(
                    f"{index}: more than {self._sitemaps} sitemaps; the rest waits for the next round"
                )
                return
            self._sitemaps += 1
            try:
                request = self._ask(Visit(WantedList("sitemap", source.url), source))
            except ValueError as error:
                self._fail(source, source.url, f"it cannot be asked for: {error}")
                continue
            yield request

    def failed(self, failure: Failure) -> Any:
        """Accounts for a list that did not come."""
        request: Request = failure.request  # type: ignore[attr-defined]
        visit: Visit = request.cb_kwargs["visit"]
        error = failure.value
        if is_unchanged(error):
            with self.job.round.archive.write() as connection:
                self.job.sources.unchanged(connection, visit.source, self.job.round.now())
            return list(self._ask_sitemaps(visit.source.url))
        problem = problem_of(error)
        if problem.kind != "done":
            self._fail(visit.source, problem.url or request.url, problem.reason)
        return None

    def _fail(self, source: Source, url: str, problem: str) -> None:
        self.job.report.fail(url, problem)
        with self.job.round.archive.write() as connection:
            self.job.sources.failed(connection, source, self.job.round.now(), problem)
        self.job.round.changed()
