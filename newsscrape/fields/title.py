"""The title: the page's own words without the site's name around them.

Order of trust: the profile's selector, og:title, JSON-LD headline, other meta titles, a heading that says
the same as <title>, <title> itself. A form cut with "…" gives way to the longer one that it begins.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from newsscrape.candidates.candidate import Candidate, Candidates
from newsscrape.fields.resolved import Resolved
from newsscrape.korean.characters import letters
from newsscrape.korean.titles import Title, is_cut, is_cut_form, read_title, same_title

_POOR = 12  # letters; headlines have 15 to 45
# ":: 한빛매일 :: 인쇄하기"
_PRINT_VIEW = re.compile(r"(?:^|[\s:|\]])(?:기사 ?)?(?:인쇄|프린트|print)(?:하기| ?페이지| ?page)?\s*$", re.IGNORECASE)
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
    "around:headline",
    "markup:board",
)


def resolve(candidates: Candidates, names: Collection[str] = ()) -> Resolved[Title] | None:
    """The title, stripped of the site's own `names`; None where nothing on the page is one."""
    names = frozenset(names)
    said = _read(candidates.of("title", *_TRUST), names)
    first = next(said, None)
    if first is None:
        tags = list(_read(candidates.of("title", "title-tag"), names))
        first = next(chain(_from_headings(candidates, names, [title.text for _, title in tags]), tags), None)
    if first is None:
        return None
    winner, title = first
    if is_cut(title.text):
        others = (candidates.of("headings"), candidates.of("title", "title-tag"))
        longer = chain(said, *(_read(other, names) for other in others))
        winner, title = next(((c, t) for c, t in longer if is_cut_form(title.text, t.text)), first)
    return _as_shown(candidates, names, winner, title)


def is_poor(title: Resolved[Title] | None) -> bool:
    """Whether nothing but a <title> speaks, and that says too little to be a headline ("한빛일보", "인쇄하기")."""
    if title is None:
        return True
    text = title.value.text
    return title.source == "title-tag" and (len(text) <= _POOR or _PRINT_VIEW.search(text) is not None)


def _read(said: Iterable[Candidate], names: frozenset[str]) -> Iterator[tuple[Candidate, Title]]:
    """The titles among candidates, read as they are asked for; the site's name alone is none."""
    for candidate in said:
        title = read_title(candidate.raw or str(candidate.value), names)
        if title.text and title.text not in names:
            yield candidate, title


def _as_shown(candidates: Candidates, names: frozenset[str], winner: Candidate, title: Title) -> Resolved[Title]:
    """The heading with the same letters, as a reader sees it: "(2보)" where og:title writes "[2보]" (zum 2019)."""
    key = letters(title.text)
    for candidate in candidates.of("headings"):
        if letters(candidate.raw) == key:
            shown = title if candidate.raw == title.raw else read_title(candidate.raw, names)
            return Resolved(shown, candidate.source, candidate.raw)
    return Resolved(title, winner.source, winner.raw)


def _from_headings(candidates: Candidates, names: frozenset[str], known: list[str]) -> list[tuple[Candidate, Title]]:
    """Headings that say what the <title> says, or stand in it; menus have headings too.

    A <title> often holds more than the headline: site, section and slogan around it.
    """
    headings = list(_read(candidates.of("headings"), names))
    same = [(c, t) for c, t in headings if any(same_title(t.text, k) or is_cut_form(k, t.text) for k in known)]
    return same or [(c, t) for c, t in headings if len(t.text) >= 10 and any(t.text in whole for whole in known)]
