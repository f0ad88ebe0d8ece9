"""The title: the page's own words without the site's name around them.

Order of trust: the profile's selector, og:title, JSON-LD headline, other meta titles, a heading that says
the same as <title>, <title> itself. A form cut with "…" gives way to the longer one that it begins.
"""

from __future__ import annotations

from collections.abc import Collection

from newsscrape.candidates.candidate import Candidate, Candidates
from newsscrape.fields.resolved import Resolved
from newsscrape.korean.characters import letters
from newsscrape.korean.titles import Title, is_cut_form, read_title, same_title

_TRUST = (
    "profile",
    "script",
    "lines",
    "meta:og:title",
    "jsonld",
    "markup:itemprop",
    "meta:dable:title",
    "meta:twitter:title",
    "meta:title",
)


def resolve(candidates: Candidates, names: Collection[str] = ()) -> Resolved[Title] | None:
    """The title, stripped of the site's own `names`; None where nothing on the page is one."""
    said = [(c, read_title(c.raw or str(c.value), names)) for c in candidates.of("title", *_TRUST)]
    said = [(c, title) for c, title in said if title.text and title.text not in names]
    said += _from_headings(candidates, names, [title.text for _, title in said])
    said += [(c, read_title(c.raw, names)) for c in candidates.of("title", "title-tag")]
    said = [(c, title) for c, title in said if title.text and title.text not in names]
    if not said:
        return None
    winner, title = said[0]
    for candidate in candidates.of("headings"):
        shown = read_title(candidate.raw, names)
        # The same letters as a reader sees them: "(2보)" where og:title writes "[2보]" (zum 2019).
        if letters(shown.text) == letters(title.text):
            winner, title = candidate, shown
            break
    for candidate, longer in said[1:]:
        if is_cut_form(title.text, longer.text):
            winner, title = candidate, longer
            break
    return Resolved(title, winner.source, winner.raw)


def _from_headings(
    candidates: Candidates, names: Collection[str], known: list[str]
) -> list[tuple[Candidate, Title]]:
    """Headings that say what the <title> says, or the only h1 of the page; menus have headings too."""
    tag = [read_title(c.raw, names).text for c in candidates.of("title", "title-tag")]
    headings = [(c, read_title(c.raw, names)) for c in candidates.of("headings")]
    same = [
        (c, t)
        for c, t in headings
        if any(same_title(t.text, k) or is_cut_form(k, t.text) for k in [*known, *tag])
    ]
    # A <title> often holds more than the headline: site, section and slogan around it.
    within = [(c, t) for c, t in headings if len(t.text) >= 10 and any(t.text in whole for whole in tag)]
    return same or within
