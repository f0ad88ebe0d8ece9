"""When the article was published and last changed.

Order of trust: the time that the page shows beside a label (the profile's selector, then the info
line), JSON-LD, meta tags, time elements, the address. A machine-readable time is taken for its
seconds when it agrees with the shown one to the minute, and gives way to it when they differ by
exactly nine hours (KST labelled as UTC, or shifted twice: 연합뉴스TV, 2023).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from newsscrape.article import DateSource
from newsscrape.candidates.candidate import Candidate, Candidates
from newsscrape.fields.resolved import Resolved
from newsscrape.korean.dates import DateValue, find_dates, parse_date

_MACHINE = ("jsonld", "script", "meta", "markup:itemprop", "markup:time", "jsonld:video")
_NINE_HOURS = timedelta(hours=9)
_ZONE_SLACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Times:
    """Both times, each None where the page does not say, and doubts in words."""

    published: Resolved[DateValue] | None
    modified: Resolved[DateValue] | None
    warnings: tuple[str, ...] = ()


def resolve(candidates: Candidates, fetched_at: datetime | None = None) -> Times:
    """The times of an article; nothing later than `fetched_at`, and no change before the publication."""
    warnings: list[str] = []
    shown = _shown(candidates, "published", fetched_at)
    told = _told(candidates, "published_at", fetched_at)
    published = _agree(shown, told, warnings)
    if published is None:
        published = next(_told(candidates, "published_at", fetched_at, ("url",)), None)
    modified = _agree(
        _shown(candidates, "modified", fetched_at), _told(candidates, "modified_at", fetched_at), warnings
    )
    if published and modified and modified.value.value < published.value.value:
        if modified.value.precision == "day" or published.value.value - modified.value.value < timedelta(minutes=1):
            modified = None
        else:
            warnings.append(f"the time of change ({modified.raw}) is before that of publication and was left out")
            modified = None
    return Times(published, modified, tuple(dict.fromkeys(warnings)))


def source_of(resolved: Resolved[DateValue]) -> DateSource:
    """The record's account of a time."""
    value = resolved.value
    return DateSource(
        raw=resolved.raw or value.raw,
        precision=value.precision,
        source=resolved.source,
        zone_assumed=value.zone_assumed,
    )


def _shown(candidates: Candidates, label: str, fetched_at: datetime | None) -> Resolved[DateValue] | None:
    """The time that a reader sees: in the profile's place for it, else in the lines around the body."""
    field = f"{label}_at"
    for candidate in candidates.of(field, "profile", "lines"):
        if isinstance(candidate.value, DateValue):
            return Resolved(candidate.value, candidate.source, candidate.raw)
        found = find_dates(candidate.raw, fetched_at)
        labelled = [date for date in found if date.label == label]
        plain = [date for date in found if date.label is None]
        date = next(iter(labelled or plain), None) or (parse_date(candidate.raw, fetched_at) if not found else None)
        if date is not None:
            return Resolved(date, candidate.source, candidate.raw)
    around = candidates.of("dates", "lines", "receipt", "around:head", "around:tail")
    for candidate in around:
        if candidate.value.label == label and not _late(candidate.value, fetched_at):
            minute = _to_the_minute(candidate, around)
            return Resolved(minute.value, minute.source, minute.raw)
    if label == "published":
        bare = [c for c in around if c.value.label is None and not _late(c.value, fetched_at)]
        above = (c for c in bare if not c.source.endswith((":tail", ":foot")))
        below = (c for c in bare if c.source.startswith("receipt"))  # not of the lines behind the body's element
        for candidate in chain(above, below):
            return Resolved(candidate.value, candidate.source, candidate.raw)
    return None


def _to_the_minute(day: Candidate, said: Iterable[Candidate]) -> Candidate:
    """The statement that tells the hour of a day, where the page prints both (문화일보: above and below the text)."""
    label, value = day.value.label, day.value
    if value.precision != "day":
        return day
    same = (c for c in said if c.value.label == label and c.value.precision != "day")
    return next((c for c in same if c.value.value.date() == value.value.date()), day)


def _told(
    candidates: Candidates, field: str, fetched_at: datetime | None, sources: tuple[str, ...] = _MACHINE
) -> Iterator[Resolved[DateValue]]:
    """The times that machine-readable sources tell, in order of trust, read as they are asked for."""
    for candidate in candidates.of(field, *sources):
        value = candidate.value if isinstance(candidate.value, DateValue) else parse_date(candidate.raw, fetched_at)
        if value is not None and not _late(value, fetched_at):
            yield Resolved(value, candidate.source, candidate.raw)


def _late(value: DateValue, fetched_at: datetime | None) -> bool:
    if fetched_at is None:
        return False
    return value.value > (fetched_at if fetched_at.tzinfo else fetched_at.astimezone()) + _ZONE_SLACK


def _same(shown: DateValue, told: DateValue) -> bool:
    """Whether the told time is the shown one, said more precisely."""
    other = told.value.astimezone(shown.value.tzinfo)
    if shown.precision == "day":
        return shown.value.date() == other.date()
    return shown.value.replace(second=0) == other.replace(second=0, microsecond=0)


def _agree(
    shown: Resolved[DateValue] | None, told: Iterator[Resolved[DateValue]], warnings: list[str]
) -> Resolved[DateValue] | None:
    """The shown time, with the told one's precision where both mean the same moment."""
    if shown is None:
        first = next(told, None)
        if first is None or first.value.precision != "day":
            return first
        return next((resolved for resolved in told if resolved.value.precision != "day"), first)
    for resolved in told:
        if resolved.value.precision == "day":
            continue
        if _same(shown.value, resolved.value):
            return resolved
        apart = abs(resolved.value.value - shown.value.value)
        if apart in (_NINE_HOURS, _NINE_HOURS * 2) or abs(apart - _NINE_HOURS) < timedelta(minutes=1):
            warnings.append(
                f"{resolved.source} is nine hours off the time shown on the page ({shown.raw}), which was taken"
            )
    return shown
