"""What came of reading pages again: by site and by field, with a sample of what differs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from newsscrape.revisions.fields import Difference, Record

_NAMED = 1000  # addresses of lost and unreadable pages that are kept


@dataclass(frozen=True, slots=True)
class Sample:
    """An article that today's rules read differently: both records, and the fields that differ."""

    id: str
    site: str
    url: str | None
    old: Record
    new: Record
    fields: Mapping[str, Difference]


@dataclass(slots=True)
class SiteAccount:
    """What came of a site's pages.

    Of the archive's newest versions whose own page was found: `same` are read as before, `changed` differ in `fields`
    (by name, how often each was gained, lost, different), `lost` give no article any more, `unreadable` made the
    reading fail. Pages besides: `older` and `newer` than the newest version, of `unknown` articles, of such as were
    `pruned` or `deleted`. `written` are new versions in the archive, `added` articles and newer versions.
    """

    same: int = 0
    changed: int = 0
    lost: int = 0
    unreadable: int = 0
    older: int = 0
    newer: int = 0
    unknown: int = 0
    pruned: int = 0
    deleted: int = 0
    written: int = 0
    added: int = 0
    fields: dict[str, Counter[Difference]] = field(default_factory=lambda: defaultdict(Counter))


@dataclass(slots=True)
class Account:
    """The whole account. `passed` counts pages that are none of the archive's articles, by what they are.

    `lost` and `unreadable` name addresses with the reason, the first thousand; `problems` are what is wrong with files.
    """

    bytes_total: int = 0
    bytes_read: int = 0
    pages: int = 0
    outside: int = 0
    renamed: int = 0
    sites: dict[str, SiteAccount] = field(default_factory=lambda: defaultdict(SiteAccount))
    passed: Counter[str] = field(default_factory=Counter)
    lost: list[tuple[str, str]] = field(default_factory=list)
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    sample: Samples = field(default_factory=lambda: Samples(0))

    @property
    def ok(self) -> bool:
        """Whether every file was read to its end, and every page of the archive's articles could be read."""
        return not self.problems and not any(site.unreadable for site in self.sites.values())

    def total(self, name: str) -> int:
        """A count over all sites."""
        return sum(getattr(site, name) for site in self.sites.values())

    def lose(self, site: str, url: str | None, reason: str, *, unreadable: bool = False) -> None:
        """Notes an article of the archive whose page gives none today."""
        account = self.sites[site]
        if unreadable:
            account.unreadable += 1
        else:
            account.lost += 1
        named = self.unreadable if unreadable else self.lost
        if len(named) < _NAMED:
            named.append((url or "", reason))

    def compare(self, sample: Sample) -> None:
        """Notes an article that is read differently."""
        account = self.sites[sample.site]
        account.changed += 1
        for name, difference in sample.fields.items():
            account.fields[name][difference] += 1
        self.sample.offer(sample)

    def as_dict(self) -> dict[str, Any]:
        """All of it but the sample, as JSON takes it."""
        return {
            "pages": self.pages,
            "outside": self.outside,
            "renamed": self.renamed,
            "sites": {
                key: {
                    **{name: getattr(site, name) for name in SiteAccount.__dataclass_fields__ if name != "fields"},
                    "fields": {name: dict(counts) for name, counts in site.fields.items()},
                }
                for key, site in sorted(self.sites.items())
            },
            "passed": dict(self.passed),
            "lost": [{"url": url, "reason": reason} for url, reason in self.lost],
            "unreadable": [{"url": url, "reason": reason} for url, reason in self.unreadable],
            "problems": self.problems,
        }


class Samples:
    """A few articles that differ, as unlike each other as they come: first one of each site and set of fields."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._first: dict[Any, Sample] = {}
        self._more: list[Sample] = []

    def offer(self, sample: Sample) -> None:
        """Takes an article, or leaves it."""
        mark = (sample.site, tuple(sample.fields.items()))
        if mark not in self._first and len(self._first) < self.number:
            self._first[mark] = sample
        elif len(self._more) < self.number:
            self._more.append(sample)

    def chosen(self) -> list[Sample]:
        """The sample."""
        return [*self._first.values(), *self._more][: self.number]
