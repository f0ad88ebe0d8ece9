"""Finds drift: what a profile's selectors should have found on a page, and other sources told instead.

Only what every article page of a layout shows counts: its text, headline and time, and the byline where another
place names a reporter. A missing caption is no drift.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newsscrape.candidates.candidate import Candidates
from newsscrape.drift import Drift
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
