"""What came of a crawl: per site what was read, what was passed by and why, what went wrong. No I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from newsscrape.drift import read_drift

# The fields whose filling a reader of the report wants to know; each is counted where it says something.
NAMED = 1000
"""How many rejected pages and failures of a site are kept with their addresses; the rest is counted."""
FIELDS = ("title", "body", "published_at", "authors", "publisher")


@dataclass(frozen=True, slots=True)
class Passed:
    """A page that gave no article: its address and the cause in words."""

    url: str
    reason: str


@dataclass(slots=True)
class SiteReport:
    """The account of one site.

    `found` addresses of articles were taken up: new ones in lists, and due ones of earlier runs; `known` ones
    in the lists were not, the archive has them. Of those found, `articles` are new in the archive, `changed`
    replaced an older version, `unchanged` are as they were, `older` (or newer) lie outside the time that was
    asked for, `duplicates` are articles met before under another address, `waiting` are put off because their
    host wants to be left alone, and `left` stayed unread because the limit was reached or the crawl stopped.
    `rejected` holds, by kind (list, login, removed, robots, offsite, ...), pages that are there but are no
    article to read; `failures` what went wrong, lists and feeds included. `drift` counts the articles on which
    a selector of the profile found nothing while other sources told the field, by "layout/field". `alternates`
    pages came without text and were asked for at a better address; `rendered` were opened in a browser, which
    took `render_seconds` and `render_requests` requests of its own. `pages_rejected` and `pages_failed` count
    what the lists name, of which only the first `NAMED` are kept.
    """

    key: str
    name: str
    found: int = 0
    known: int = 0
    articles: int = 0
    changed: int = 0
    unchanged: int = 0
    older: int = 0
    duplicates: int = 0
    waiting: int = 0
    settled: int = 0
    lines_removed: int = 0
    alternates: int = 0
    rendered: int = 0
    render_seconds: float = 0.0
    render_requests: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    drift: Counter[str] = field(default_factory=Counter)
    rejected: dict[str, list[Passed]] = field(default_factory=dict)
    failures: list[Passed] = field(default_factory=list)
    pages_rejected: Counter[str] = field(default_factory=Counter)
    pages_failed: int = 0
    notices: list[str] = field(default_factory=list)

    def count(self, *, lines_removed: int, filled: Iterable[str], warnings: Iterable[str]) -> None:
        """Counts what an article that was read says: cuts, fields that are filled, drift."""
        self.lines_removed += lines_removed
        self.filled.update(filled)
        drifts = filter(None, map(read_drift, warnings))
        self.drift.update("/".join(filter(None, (drift.layout, drift.field))) for drift in drifts)

    def reject(self, kind: str, url: str, reason: str) -> None:
        """Notes a page that is no article to read."""
        self.pages_rejected[kind] += 1
        if self.pages_rejected.total() <= NAMED:
            self.rejected.setdefault(kind, []).append(Passed(url, reason))

    def fail(self, url: str, reason: str) -> None:
        """Notes something that went wrong at an address, once."""
        failure = Passed(url, reason)
        if failure not in self.failures:
            self.pages_failed += 1
            if len(self.failures) < NAMED:
                self.failures.append(failure)

    def notice(self, text: str) -> None:
        """Notes a sentence for the reader, once."""
        if text not in self.notices:
            self.notices.append(text)

    @property
    def left(self) -> int:
        """How many of the addresses found were never asked for, or not read to the end."""
        return self.found - self.settled

    @property
    def read(self) -> int:
        """How many articles went into the archive, new ones and new versions."""
        return self.articles + self.changed

    def share(self, name: str) -> float:
        """The share (0 to 1) of the articles that went into the archive in which a field is filled."""
        return self.filled[name] / self.read if self.read else 0.0


@dataclass(slots=True)
class Report:
    """The account of a crawl over several sites.

    `interrupted` is True when somebody stopped it; `error` says what stopped it as a whole: the database, an output.
    """

    sites: dict[str, SiteReport] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    interrupted: bool = False
    error: str | None = None

    def __iter__(self) -> Iterator[SiteReport]:
        return iter(self.sites.values())

    @property
    def articles(self) -> int:
        """How many articles are new in the archive."""
        return sum(site.articles for site in self)

    @property
    def failures(self) -> list[Passed]:
        """Everything that went wrong, of all sites."""
        return [failure for site in self for failure in site.failures]

    @property
    def ok(self) -> bool:
        """Whether the crawl came to its end without a failure."""
        return not self.interrupted and self.error is None and not self.failures

    def as_dict(self) -> dict[str, Any]:
        """The account as plain data for JSON."""
        return {
            "articles": self.articles,
            "interrupted": self.interrupted,
            "error": self.error,
            "notices": self.notices,
            "sites": [site_as_dict(site) for site in self],
        }


def site_as_dict(site: SiteReport) -> dict[str, Any]:
    """One site's account as plain data for JSON."""
    counts = (
        "key", "name", "found", "known", "articles", "changed", "unchanged", "older", "duplicates", "waiting", "left",
        "lines_removed",
    )  # fmt: skip
    rendering = {"pages": site.rendered, "seconds": round(site.render_seconds, 1), "requests": site.render_requests}
    return {
        **{name: getattr(site, name) for name in counts},
        "failed": site.pages_failed,
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
