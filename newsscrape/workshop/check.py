"""Do the selectors of profiles still find what they should? Told page by page, site by site, field by field.

A selector has fallen silent where it finds nothing while another source tells the field: on any page for
what every page shows (text, headline, time, byline), on all pages of its layout (two at least) for the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from newsscrape.article import Article
from newsscrape.candidates import profile as profile_source
from newsscrape.candidates.candidate import Candidates
from newsscrape.decode import decode
from newsscrape.drift import read_drift
from newsscrape.errors import NewsscrapeError
from newsscrape.page import Page
from newsscrape.parse import parse
from newsscrape.read_page import read_page
from newsscrape.sites import CompiledLayout, find_layout
from newsscrape.workshop.saved import SavedPage

OWN = "profile"
SILENT = "silent"
# A selector's name -> the record's field.
FIELDS = {
    "title": "title",
    "body": "body",
    "published": "published_at",
    "byline": "authors",
    "subtitles": "subtitles",
    "modified": "modified_at",
    "section": "section",
    "tags": "tags",
    "captions": "images",
}
_ENOUGH = 2  # pages; one alone may show its caption in a place of its own
_OPTIONAL = ("subtitles", "modified", "section", "tags", "captions")


@dataclass(slots=True)
class LayoutCheck:
    """One layout of one site: per field, by how many pages which source told it (`profile`, `jsonld`, `silent`)."""

    site: str
    layout: str
    declared: frozenset[str] = frozenset()
    pages: int = 0
    told: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in FIELDS})


@dataclass(frozen=True, slots=True)
class Silence:
    """A selector that found nothing on a page (named by its name) while `source` told the field."""

    site: str
    layout: str
    field: str
    page: str
    source: str


@dataclass(slots=True)
class Check:
    """What came of a check."""

    layouts: dict[tuple[str, str], LayoutCheck] = field(default_factory=dict)
    silences: list[Silence] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether every page was read and no selector has fallen silent."""
        return not self.silences and not self.failures

    def as_dict(self) -> dict[str, Any]:
        """The account as plain data for JSON."""
        return {
            "ok": self.ok,
            "layouts": [
                {
                    "site": one.site,
                    "layout": one.layout,
                    "pages": one.pages,
                    "fields": {name: dict(counts) for name, counts in one.told.items()},
                }
                for one in self.layouts.values()
            ],
            "silent": [{name: getattr(s, name) for name in Silence.__slots__} for s in self.silences],
            "failures": [{"page": page, "reason": reason} for page, reason in self.failures.items()],
        }


def check_pages(pages: Iterable[SavedPage], keys: Collection[str] = ()) -> Check:
    """Reads pages with the profile of their host (or their CMS family); with `keys`, only those sites' pages.

    Raises `ProfileError` where a profile cannot be used. A page that cannot be read stands in `failures`.
    """
    check = Check()
    seen: dict[tuple[str, str], list[tuple[str, Article]]] = {}
    for saved in pages:
        try:
            _check_page(saved, keys, check, seen)
        except NewsscrapeError as error:
            check.failures[saved.name] = str(error)
    for place, one in check.layouts.items():
        for name in _OPTIONAL:
            sources = Counter({source: n for source, n in one.told[name].items() if source not in (OWN, SILENT)})
            if name in one.declared and not one.told[name][OWN] and sources.total() >= _ENOUGH:
                source = sources.most_common(1)[0][0]
                check.silences += [Silence(*place, name, page, source) for page, _ in seen[place]]
    return check


def _check_page(
    saved: SavedPage, keys: Collection[str], check: Check, seen: dict[tuple[str, str], list[tuple[str, Article]]]
) -> None:
    page = saved.page
    key, layout, own = _by_profile(page, keys)
    if key is None:
        return
    article = read_page(page)
    place = (key, layout.name if layout else "-")
    one = check.layouts.setdefault(place, LayoutCheck(*place))
    one.declared = frozenset(layout.fields) if layout else frozenset()
    one.pages += 1
    seen.setdefault(place, []).append((saved.name, article))
    for name in FIELDS:
        one.told[name][_teller(name, article, own)] += 1
    for drift in filter(None, map(read_drift, article.warnings)):
        check.silences.append(Silence(key, drift.layout or "-", drift.field, saved.name, drift.source))


def _by_profile(page: Page, keys: Collection[str]) -> tuple[str | None, CompiledLayout | None, Candidates]:
    """The site, the layout that fits the page, and what the layout's selectors find there."""
    tree = parse(decode(page.body, page.headers, page.url).text, page.url)
    site, layout = find_layout(page.url, tree)
    if site is None or (keys and site.key not in keys):
        return None, None, Candidates()
    return site.key, layout, Candidates(profile_source.collect(tree, layout) if layout else ())


def _teller(name: str, article: Article, own: Candidates) -> str:
    """Who told a field of a record."""
    recorded = FIELDS[name]
    told = article.provenance.get(recorded, "other").partition(":")[0]
    filled = any(image.caption for image in article.images) if name == "captions" else bool(getattr(article, recorded))
    if not filled:
        return SILENT
    if name == "body":
        return OWN if told in (OWN, "script") else told
    if name == "byline" and own.of("authors", "script"):
        return OWN
    return OWN if own.of(profile_source.FIELDS[name], OWN, "script") else told
