"""The job that a site's spiders share: what to look for, what was seen, and where articles go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

from w3lib.url import canonicalize_url, url_query_cleaner

from newsscrape.article import Article, Http, to_json
from newsscrape.crawl_report import SiteReport
from newsscrape.export.jsonl import Sink
from newsscrape.sites import Site, load_site

_TRACKING = (
    "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "fbclid", "gclid", "ref", "from",
)  # fmt: skip


def _one_thread() -> Executor:
    """Python runs one thread at a time anyway, and one thread keeps records in the order of reading."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="extract")


def _nothing() -> None:
    """Nobody watches."""


@dataclass(slots=True)
class Job:
    """One site's crawl.

    `limit` counts articles written; `since` leaves out what is older; `known` maps addresses to what
    their last fetch said, for conditional requests. `sink` takes the records, `reader` runs the
    extraction, `ids` are the articles written in this run (all three shared by the sites of a run);
    `changed` is called after every step. `pace` is the largest Crawl-delay met, in seconds; `closed`
    names hosts (and addresses of robots.txt) that are left alone for the rest of the run, with the
    reason; `older` the addresses whose articles turned out to be older than `since`. With `addresses`
    these pages alone are asked for.
    """

    site: Site
    report: SiteReport
    sink: Sink | None = None
    reader: Executor = field(default_factory=_one_thread)
    limit: int | None = None
    since: datetime | None = None
    known: Mapping[str, Http] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    changed: Callable[[], None] = _nothing
    stopped: bool = False
    interrupted: bool = False
    pace: float = 0.0
    closed: dict[str, str] = field(default_factory=dict)
    older: set[str] = field(default_factory=set)
    addresses: tuple[str, ...] = ()
    _seen: set[str] = field(default_factory=set)

    @classmethod
    def for_site(cls, key: str) -> Job:
        """A job without limit, sink or memory, for a spider that is started by itself."""
        site = load_site(key)
        return cls(site, SiteReport(key, site.profile.name))

    @property
    def full(self) -> bool:
        """Whether as many articles as wanted are written."""
        return self.limit is not None and self.report.articles >= self.limit

    @property
    def done(self) -> bool:
        """Whether no further page is wanted."""
        return self.full or self.stopped

    def is_new(self, url: str) -> bool:
        """Whether an article's address is to be asked for; it is counted and remembered.

        An address met before is not counted again. Another address of an article met before (mobile,
        AMP, tracking parameters) counts as a duplicate.
        """
        identity = self.site.identity(url) or canonicalize_url(url_query_cleaner(url, _TRACKING, remove=True))
        if url in self._seen:
            return False
        new = identity not in self._seen
        self._seen.update((url, identity))
        if new:
            self.report.find(url)
        else:
            self.report.found += 1
            self.report.duplicates += 1
        return new

    def skip_older(self, url: str) -> None:
        """Counts an address as older than `since`."""
        self.report.answered(url)
        self.report.older += 1
        self.older.add(url)

    def write(self, article: Article) -> None:
        """Writes an article and counts it."""
        if self.sink is not None:
            self.sink.write(to_json(article))
        self.report.count(article)
        self.changed()
