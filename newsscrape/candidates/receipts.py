"""What the lines say that the cleaner took from the text: bylines, times, rights, tags, sections.

A cut is no loss: a signature is no body text, but it names the author.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from newsscrape.article import Dateline, Removed
from newsscrape.candidates import printed
from newsscrape.candidates.candidate import Candidate
from newsscrape.korean.bylines import credited, parse_byline, signed_dateline
from newsscrape.korean.dates import DateValue, find_dates, parse_date
from newsscrape.korean.rights import publisher_in

SOURCE = "receipt"
# Rules that take names without a title: members of a team below its heading.
_BARE = ("byline.team",)
_CREDITED = "byline.credited"
_DAY_FIRST = re.compile(r"\d{4}([-./]) ?\d{1,2}\1 ?\d{1,2}\b")
_SIGNED = ("byline.signature", "byline.mailed")
# Class of the rule that took the line (the part of its id before the dot) -> the field that the line speaks of.
_FIELDS = {"byline": "bylines", "copyright": "rights", "images": "credits"}


def collect(removed: Iterable[Removed], fetched_at: datetime | None = None) -> Iterator[Candidate]:
    """Candidates from the receipts of a cleaning; relative times are read against `fetched_at`."""
    for receipt in removed:
        kind = receipt.rule.partition(".")[0]
        if receipt.rule in _BARE:
            yield Candidate("bylines", parse_byline(receipt.text, bare=True), f"{SOURCE}:{receipt.rule}", receipt.text)
        elif receipt.rule == _CREDITED:
            yield Candidate("bylines", credited.writers(receipt.text), f"{SOURCE}:{receipt.rule}", receipt.text)
            if receipt.zone == "head" and (day := parse_date(receipt.text, fetched_at)):
                yield Candidate("dates", day, f"{SOURCE}:head", receipt.text)
        elif receipt.rule == "images.signed_caption":
            yield Candidate("captions", receipt.text, SOURCE, receipt.text)
        elif kind in _FIELDS:
            if kind == "copyright" and (house := publisher_in(receipt.text)) is not None:
                yield Candidate("publisher", house, f"{SOURCE}:{receipt.rule}", receipt.text)
            yield Candidate(_FIELDS[kind], receipt.text, f"{SOURCE}:{receipt.rule}", receipt.text)
            if kind == "byline" and receipt.zone in ("top", "head"):
                # "2024-01-02     강가람 기자": the receipt speaks for the name and for the time.
                for date in _times_beside_names(receipt.text, fetched_at):
                    yield Candidate("dates", date, SOURCE, receipt.text)
        elif kind == "dates":
            for date in _times(receipt, fetched_at):
                yield Candidate("dates", date, f"{SOURCE}:{receipt.zone}", receipt.text)
        elif kind == "print_page":
            yield from printed.collect(receipt.text, SOURCE)
        elif kind == "tags":
            for tag in receipt.text.split("#")[1:]:
                yield Candidate("tags", tag.strip(" ,"), SOURCE, receipt.text)


def _times(receipt: Removed, fetched_at: datetime | None) -> Iterable[DateValue]:
    dates = find_dates(receipt.text, fetched_at)
    if not dates and receipt.zone == "head" and (day := parse_date(receipt.text, fetched_at)):
        return (day,)  # alone in the bar below the headline
    return dates


def _times_beside_names(text: str, fetched_at: datetime | None) -> Iterable[DateValue]:
    dates = find_dates(text, fetched_at, info_bar=True)
    if not dates and (day := _DAY_FIRST.match(text)) and (date := parse_date(day[0])):
        return (date,)
    return dates


def dateline(removed: Iterable[Removed]) -> Dateline | None:
    """The place that a signature names ("한빛=강솔 기자"), for texts that begin without one; several are joined."""
    signed = [found for line in removed if line.rule in _SIGNED and (found := signed_dateline(line.text))]
    if not signed:
        return None
    places = dict.fromkeys(place for found in signed if (place := found.place))
    raw = " / ".join(dict.fromkeys(found.raw for found in signed))
    return Dateline(place="·".join(places), agency=signed[0].agency, raw=raw)
