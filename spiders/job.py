"""The job of one site: what to look for, what became of each page, and the account of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from w3lib.url import canonicalize_url, url_query_cleaner

from newsscrape.archive.entry import Entry
from newsscrape.archive.hosts import Closed
from newsscrape.archive.pages import KnownPage, Pages, Settled
from newsscrape.archive.sources import Rhythm, Source, Sources
from newsscrape.crawl_report import SiteReport
from newsscrape.discovery.listing import Listed, ListKind
from newsscrape.discovery.since import KST, certainly_newer, certainly_older
from newsscrape.sites import Site

from . import outcomes

if TYPE_CHECKING:
    from newsscrape.sites.profile import Section

    from .round import Round

OLDER = "older than wanted"
_TRACKING = (
    "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "fbclid", "gclid", "ref", "from",
)  # fmt: skip
_LONGEST = 2000  # bytes of an address that a ledger keeps; PostgreSQL's indexes take 2,704 with the site's key


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of a site.

    Articles outside `since` and `until` are left out, `limit` ends the site after so many; articles younger than
    `refresh` are asked again for edits. `due_only` visits the lists whose time has come by their `rhythm`, and
    no others. `delay` are seconds between two requests; a profile that says more is obeyed.
    """

    since: datetime | None = None
    until: datetime | None = None
    limit: int | None = None
    refresh: timedelta | None = None
    due_only: bool = False
    rhythm: Rhythm = field(default_factory=Rhythm)
    delay: float | None = None

    def why_outside(self, published_at: datetime | None) -> str | None:
        """Why an article lies outside the time that is wanted; None for one inside, or without a date."""
        if published_at is None:
            return None
        if self.since is not None and published_at < self.since:
            return OLDER
        if self.until is not None and published_at > self.until:
            return "newer than wanted"
        return None


@dataclass(slots=True)
class Job:
    """One site's part of a round.

    `lists` are the lists to visit; a job `by_address` asks only for pages that
    `want` was given. `alone` is a spider's that no runner started: its articles go on to Scrapy. `stopped` ends
    the job after the pages on their way, `over` says that it has ended. `pace` is the largest Crawl-delay met, in
    seconds; `closed` names hosts (and addresses of robots.txt) that are left alone, with the reason; `older` are
    the addresses of articles found to be older than wanted.
    """

    site: Site
    round: Round
    report: SiteReport
    wish: Wish = field(default_factory=Wish)
    lists: tuple[WantedList, ...] = ()
    by_address: bool = False
    alone: bool = False
    stopped: bool = False
    over: bool = False
    pace: float = 0.0
    closed: dict[str, str] = field(default_factory=dict)
    closed_until: dict[str, datetime] = field(default_factory=dict)
    older: set[str] = field(default_factory=set)
    _left_out: set[str] = field(default_factory=set)
    _known_hosts: set[str] = field(default_factory=set)
    started_at: datetime = field(init=False)
    pages: Pages = field(init=False)
    sources: Sources = field(init=False)

    @classmethod
    def of(cls, site: Site, round_: Round, wish: Wish | None = None, **options: Any) -> Job:
        """A job with an account of its own, and the fields above as options."""
        return cls(site, round_, SiteReport(site.key, site.profile.name), wish or Wish(), **options)

    def __post_init__(self) -> None:
        self.pages = Pages(self.round.archive, self.site.key)
        self.sources = Sources(self.round.archive, self.site.key, self.wish.rhythm)
        self.started_at = self.round.now()

    @property
    def full(self) -> bool:
        """Whether as many articles as wanted are written."""
        return self.wish.limit is not None and self.report.read >= self.wish.limit

    @property
    def done(self) -> bool:
        """Whether no further page is wanted."""
        return self.full or self.stopped

    def prepare(self) -> None:
        """Begins: brings the ledger up to what this job wants, its lists and what is due again."""
        self.started_at = self.round.now()  # what searches and files have named up to here is due
        with self.round.archive.write() as connection:
            for wanted in self.lists:
                self.sources.declare(connection, wanted.kind, [wanted.url])
        self.pages.reopen(self.wish.since, self.wish.until, self.started_at)
        # A timer's round begins every few minutes for one site or another: only where a list is due, articles are, too.
        if self.wish.refresh is not None and (self.visit() or not self.wish.due_only):
            self.pages.refresh(self.started_at - self.wish.refresh, self.started_at)

    def want(self, addresses: Iterable[str]) -> None:
        """Takes pages into the ledger as asked for by their addresses, and gives those given up another chance."""
        found = {self.identity(url): url for url in addresses if self._fits(url)}
        with self.round.archive.write() as connection:
            self.pages.add(connection, found, self.started_at)
            due = self.pages.want(connection, list(found), self.round.run.id, self.started_at)
        if self.by_address:  # else they are counted when their turn comes
            self.report.found += due
        self.report.known += len(found) - due

    def identity(self, url: str) -> str:
        """What the page's variants (mobile, AMP, tracking parameters) have in common."""
        return self.site.identity(url) or canonicalize_url(url_query_cleaner(url, _TRACKING, remove=True))

    def _fits(self, url: str) -> bool:
        if fits(url) and fits(self.identity(url)):  # where Korean letters may be %-encoded
            return True
        self.report.reject("address", url[:200] + "…", f"the address is longer than {_LONGEST:,} bytes")
        return False

    def choose(self, listed: Iterable[Listed]) -> dict[str, str]:
        """Of a list's addresses, by identity, those of this site's articles that lie inside the wanted time."""
        found: dict[str, str] = {}
        for one in listed:
            if not self.site.is_article_url(one.url) or not self._fits(one.url):
                continue
            if certainly_older(one.date, self.wish.since):
                self._leave_out(one.url)
                self.older.add(one.url)
            elif certainly_newer(one.date, self.wish.until):
                self._leave_out(one.url)
            elif one.url not in self.older:  # another list, or the page itself, has told
                found.setdefault(self.identity(one.url), one.url)
        return found

    def _leave_out(self, url: str) -> None:
        if url not in self._left_out and url not in self.older:  # a page that was read is counted already
            self._left_out.add(url)
            self.report.older += 1
            self.report.found += 1
            self.report.settled += 1

    def settle(self, settled: Settled, entry: Entry | None = None) -> None:
        """Takes what became of a page, with its article where that is new or has changed."""
        self.report.settled += 1
        self.round.attempt(lambda: self.round.writer.settle(settled, self.site.key, entry))
        self.round.changed()

    def reject(self, page: KnownPage, kind: str, reason: str, *, again: bool = False) -> None:
        """A page that is there but is no article to read; one that may become one is tried `again` later."""
        self.report.reject(kind, page.url, reason)
        now = self.round.now()
        self.settle(outcomes.failed(page, reason, now) if again else outcomes.rejected(page, kind, reason, now))

    def remove(self, page: KnownPage, reason: str, status: int | None = None) -> None:
        """A page that its publisher has removed."""
        self.report.reject("removed", page.url, reason)
        self.settle(outcomes.gone(page, reason, self.round.now(), status))

    def fail(self, page: KnownPage, reason: str, status: int | None = None, *, url: str | None = None) -> None:
        """A page that could not be had."""
        self.report.fail(url or page.url, reason)
        self.settle(outcomes.failed(page, reason, self.round.now(), status))

    def put_off(self, page: KnownPage, host: str, reason: str, status: int | None = None) -> None:
        """A page whose host does not want us now."""
        until = self.closed_until.get(host) or self.round.now() + timedelta(days=1)
        self.settle(outcomes.refused(page, reason, until, status))

    def leave(self, page: KnownPage) -> None:
        """A page that was never asked for because its host is closed: it is due again when the host is."""
        host = host_of(page.url)
        until = self.closed_until.get(host) or self.round.now() + timedelta(hours=1)
        self.report.waiting += 1
        self.settle(outcomes.left_alone(page, until))

    def close_host(self, host: str, pause: timedelta, reason: str, *, growing: bool = False) -> None:
        """Leaves a host alone, in this round and in those to come, until the pause is over."""
        closed = self.round.hosts.close(host, self.round.now(), pause, reason, growing=growing)
        self.closed[host] = reason
        self.closed_until[host] = closed.until
        self._tell_of_closed(closed)

    def why_closed(self, host: str) -> str | None:
        """Why a host is left alone; None where it is not."""
        if host not in self._known_hosts:
            self._known_hosts.add(host)
            closed = self.round.hosts.closed(host, self.round.now())
            if closed is not None:
                self.closed[host] = closed.reason
                self.closed_until[host] = closed.until
                self._tell_of_closed(closed)
        return self.closed.get(host)

    def _tell_of_closed(self, closed: Closed) -> None:
        self.report.notice(f"{closed.reason} until {closed.until.astimezone(KST):%Y-%m-%d %H:%M} (KST)")

    def visit(self) -> Sequence[tuple[WantedList, Source]]:
        """The lists to visit now, each with what the ledger knows of it."""
        visits = []
        for wanted in self.lists:
            source = self.sources.find(wanted.url)
            if source is None:
                continue
            if self.wish.due_only and not source.is_due(self.started_at):
                continue
            visits.append((wanted, source))
        return visits


def fits(url: str) -> bool:
    """Whether an address is short enough for a ledger."""
    return len(url.encode("utf-8", "replace")) <= _LONGEST


def host_of(url: str) -> str:
    """The host that an address names; empty where it names none."""
    return urlsplit(url).hostname or ""


@dataclass(frozen=True, slots=True)
class WantedList:
    """A list to visit; a section list with its section of the profile."""

    kind: ListKind
    url: str
    section: Section | None = None


def lists_of(site: Site, sections: Sequence[str] | None = None) -> tuple[WantedList, ...]:
    """The lists that a site's profile names: feeds are newest and cheapest, so they come first.

    With `sections` (names), of the section lists only these.
    """
    crawl = site.profile.crawl
    chosen = [section for section in crawl.sections if sections is None or section.name in sections]
    return (
        *(WantedList("feed", url) for url in crawl.feeds),
        *(WantedList("sitemap", url) for url in crawl.sitemaps),
        *(WantedList("section", section.url, section) for section in chosen),
    )
