"""What came of a crawl: per site what was read, what was passed by and why, what went wrong. No I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from newsscrape.article import Article
from newsscrape.drift import read_drift

# The fields whose filling a reader of the report wants to know; each is counted where it says something.
FIELDS = ("title", "body", "published_at", "authors", "publisher")


@dataclass(frozen=True, slots=True)
class Passed:
    """A page that gave no article: its address and the cause in words."""

    url: str
    reason: str


@dataclass(slots=True)
class SiteReport:
    """The account of one site.

    `found` addresses of articles were listed; of them `articles` were written, `older` were left out by
    `since`, `unchanged` answered 304, `duplicates` are articles met before under another address, and
    `left` stayed unread because the limit was reached or the host closed its door. `rejected` holds, by
    kind (list, login, removed, robots, offsite, ...), pages that are there but are no article to read;
    `failures` what went wrong, lists and feeds included. `drift` counts the articles on which a selector
    of the profile found nothing while other sources told the field, by "layout/field". `alternates` pages
    came without text and were asked for at a better address; `rendered` were opened in a browser, which
    took `render_seconds` and `render_requests` requests of its own.
    """

    key: str
    name: str
    found: int = 0
    articles: int = 0
    older: int = 0
    unchanged: int = 0
    duplicates: int = 0
    lines_removed: int = 0
    alternates: int = 0
    rendered: int = 0
    render_seconds: float = 0.0
    render_requests: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    drift: Counter[str] = field(default_factory=Counter)
    rejected: dict[str, list[Passed]] = field(default_factory=dict)
    failures: list[Passed] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    _waiting: set[str] = field(default_factory=set, repr=False)

    def find(self, url: str) -> None:
        """Notes an article's address that will be asked for."""
        self.found += 1
        self._waiting.add(url)

    def answered(self, url: str) -> None:
        """Notes that an address found is settled: what it held is told by another count."""
        self._waiting.discard(url)

    def leave(self, url: str) -> None:
        """Takes an answer back: the page came, but was not wanted any more."""
        self._waiting.add(url)

    def count(self, article: Article) -> None:
        """Counts an article that was written."""
        self.articles += 1
        self.lines_removed += len(article.removed)
        self.filled.update(name for name in FIELDS if getattr(article, name))
        drifts = filter(None, map(read_drift, article.warnings))
        self.drift.update("/".join(filter(None, (drift.layout, drift.field))) for drift in drifts)

    def reject(self, kind: str, url: str, reason: str) -> None:
        """Notes a page that is no article to read."""
        self.rejected.setdefault(kind, []).append(Passed(url, reason))

    def fail(self, url: str, reason: str) -> None:
        """Notes something that went wrong at an address, once."""
        failure = Passed(url, reason)
        if failure not in self.failures:
            self.failures.append(failure)

    def notice(self, text: str) -> None:
        """Notes a sentence for the reader, once."""
        if text not in self.notices:
            self.notices.append(text)

    @property
    def left(self) -> int:
        """How many of the addresses found were never asked for."""
        return len(self._waiting)

    def share(self, name: str) -> float:
        """The share (0 to 1) of the site's articles in which a field is filled."""
        return self.filled[name] / self.articles if self.articles else 0.0


@dataclass(slots=True)
class Report:
    """The account of a crawl over several sites. `interrupted` is True when somebody stopped it."""

    sites: dict[str, SiteReport] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    interrupted: bool = False

    def __iter__(self) -> Iterator[SiteReport]:
        return iter(self.sites.values())

    @property
    def articles(self) -> int:
        """How many articles were written."""
        return sum(site.articles for site in self)

    @property
    def failures(self) -> list[Passed]:
        """Everything that went wrong, of all sites."""
        return [failure for site in self for failure in site.failures]

    @property
    def ok(self) -> bool:
        """Whether the crawl came to its end without a failure."""
        return not self.interrupted and not self.failures

    def as_dict(self) -> dict[str, Any]:
        """The account as plain data for JSON."""
        return {
            "articles": self.articles,
            "interrupted": self.interrupted,
            "notices": self.notices,
            "sites": [_site_as_dict(site) for site in self],
        }


def _site_as_dict(site: SiteReport) -> dict[str, Any]:
    counts = ("key", "name", "found", "articles", "older", "unchanged", "duplicates", "left", "lines_removed")
    rendering = {"pages": site.rendered, "seconds": round(site.render_seconds, 1), "requests": site.render_requests}
    return {
        **{name: getattr(site, name) for name in counts},
        "drift": dict(sorted(site.drift.items())),
        "alternates": site.alternates,
        "rendered": rendering,
        "filled": {name: round(site.share(name), 3) for name in FIELDS},
        "rejected": {
            kind: [{"url": page.url, "reason": page.reason} for page in pages] for kind, pages in site.rejected.items()
        },
        "failures": [{"url": page.url, "reason": page.reason} for page in site.failures],
        "notices": site.notices,
    }
