"""Drift: a site has changed its pages, and a selector of its profile finds nothing any more.

The other sources still speak and the record comes out right; that they had to is told as a warning, and a
crawl counts it by site and field. Only what every article page of a layout shows counts: its text,
headline and time, and the byline where another place names a reporter. A missing caption is no drift.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newsscrape.candidates.candidate import Candidates
from newsscrape.korean.bylines import parse_byline
from newsscrape.korean.dates import find_dates, parse_date
from newsscrape.sites import CompiledLayout, Site

_OWN = ("profile", "script")
# A selector's name -> the candidates' field, the record's field, and the sources that prove its silence wrong.
# A reporter in the text's own dateline or signature does not prove that the page has a byline box besides.
_ALWAYS = {
    "title": ("title", "title", ("meta", "jsonld", "markup", "title-tag")),
    "published": ("published_at", "published_at", ("meta", "jsonld", "markup", "around", "url")),
    "byline": ("bylines", "authors", ("meta", "jsonld", "around")),
}
_WARNING = re.compile(
    r"profile (?P<profile>[\w-]+)(?:/(?P<layout>\S+))?: (?:no layout fits|(?P<field>\w+) found nothing); "
    r"taken from (?P<source>.+)"
)


@dataclass(frozen=True, slots=True)
class Drift:
    """A field that the profile's selector did not find and `source` told instead.

    `field` is the selector's name ("published"), or "layout" where none of the profile's layouts fits.
    """

    profile: str
    layout: str | None
    field: str
    source: str

    def __str__(self) -> str:
        if self.layout is None:
            return f"profile {self.profile}: no layout fits; taken from {self.source}"
        return f"profile {self.profile}/{self.layout}: {self.field} found nothing; taken from {self.source}"


def read_drift(warning: str) -> Drift | None:
    """The drift that a record's warning tells of; None for warnings of other kinds."""
    found = _WARNING.fullmatch(warning)
    if found is None:
        return None
    return Drift(found["profile"], found["layout"], found["field"] or "layout", found["source"])


def find_drift(
    site: Site | None,
    layout: CompiledLayout | None,
    candidates: Candidates,
    provenance: Mapping[str, str],
    url: str | None,
) -> Iterator[Drift]:
    """What the profile of the page's site should have found and did not; `provenance` names who told it instead."""
    if site is None:
        return
    body = provenance.get("body", "none")
    if layout is None:
        if url and site.layouts and site.is_article_url(url) and body != "none":
            yield Drift(site.key, None, "layout", body)
        return
    if not body.startswith((*_OWN, "none")):
        yield Drift(site.key, layout.name, "body", body)
    for name, (field, told, others) in _ALWAYS.items():
        source = provenance.get(told, "")
        if name in layout.fields and source.startswith(others) and not _speaks(candidates, name, field):
            yield Drift(site.key, layout.name, name, source)


def _speaks(candidates: Candidates, name: str, field: str) -> bool:
    """Whether the profile found something that can be read as what it stands for."""
    own = candidates.of(field, *_OWN)
    if name == "published":
        return any(find_dates(c.raw) or parse_date(c.raw) for c in own)
    if name == "byline":
        return any(parse_byline(c.raw, bare=True) for c in own) or bool(candidates.of("authors", "script"))
    return bool(own)
