"""What stands around the body: the lines between the headline and the text, and the first ones after it.

There Korean pages print byline, times, section, source and rights. Asked on pages of sites without a
profile, and wherever the profile's selectors fell silent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import lxml.html

from newsscrape.candidates.candidate import Candidate
from newsscrape.candidates.lines import Reading
from newsscrape.korean.bylines import is_byline, parse_byline
from newsscrape.korean.dates import find_dates, is_view_date
from newsscrape.korean.titles import same_title

SOURCE = "around"
_BEFORE = 40  # lines between headline and body: share bars and font sizes make up to 30 (Naver 2020)
_AFTER = 14
_LONG = 160  # a longer line is text, not an info bar


def collect(
    page: Reading, body: Collection[lxml.html.HtmlElement], titles: Collection[str]
) -> Iterator[Candidate]:
    """`dates` (a `DateValue` each) and `bylines` candidates from the lines of a page around its body's.

    `body` are the elements that the body's lines stand in; `titles` tell where the headline is.
    """
    own = frozenset(body)
    inside = [place for place, owner in enumerate(page.owners) if owner in own]
    if not inside:
        return
    first, last = inside[0], inside[-1]
    start = max(0, first - _BEFORE)
    for place in range(first - 1, start - 1, -1):
        if any(same_title(page.lines[place].text, title) for title in titles):
            start = place + 1
            break
    yield from _of_lines(page, range(start, first), "head")
    yield from _of_lines(page, range(last + 1, min(len(page.lines), last + 1 + _AFTER)), "tail")


def _of_lines(page: Reading, places: range, zone: str) -> Iterator[Candidate]:
    for place in places:
        text = page.lines[place].text
        if len(text) > _LONG or is_view_date(text):
            continue
        for date in find_dates(text):
            yield Candidate("dates", date, f"{SOURCE}:{zone}", date.raw)
        # A label and its value often stand on two lines ("입력 :" / "2025-06-04 02:37:08", 매경 2025).
        if is_byline(text) or (zone == "head" and "기자" in text and parse_byline(text)):
            yield Candidate("bylines", text, f"{SOURCE}:{zone}", text)
