"""What is newer than a moment: moments in a user's words, and the dates of feeds and sitemaps.

No clock here: callers give `now`.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime

KST = timezone(timedelta(hours=9), "KST")
# A feed's clock may be wrong by the zone: UTC hours printed with +0900 make an entry look nine hours
# older than it is. What is skipped unread must be older by more than that.
MARGIN = timedelta(hours=9)
_SPAN = re.compile(r"(\d{1,5})\s*([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Moment = datetime | timedelta | str | None
"""A moment as callers give it: itself, as a time before now, or in words; None for none."""


def parse_span(text: str) -> timedelta:
    """The length of time meant by "30m", "48h", "7d" or "2w". Raises `ValueError` in words fit for a user."""
    found = _SPAN.fullmatch(text.strip())
    if found is None or int(found[1]) == 0:
        raise ValueError(f"{text!r} is no length of time; write 30m, 48h or 7d")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def parse_since(text: str, now: datetime) -> datetime:
    """The moment meant by "48h", "7d", "2w", "30m" (before `now`), "2026-11-01" or an ISO 8601 time.

    Without a zone KST is meant. Raises `ValueError` in words fit for the command line.
    """
    text = text.strip()
    if _SPAN.fullmatch(text):
        return now - parse_span(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no moment; write 48h, 7d, 2026-11-01 or 2026-11-01T09:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=KST)


def moment(name: str, given: Moment, now: datetime) -> datetime | None:
    """The moment that a caller gives as `name`: itself (without a zone: KST), a time before `now`, or either in words.

    Raises `ValueError` for words that mean none, `TypeError` for anything else; both name the argument.
    """
    if isinstance(given, str):
        try:
            given = parse_since(given, now)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    if isinstance(given, timedelta):
        given = now - given
    if given is not None and not isinstance(given, datetime):
        raise TypeError(f"{name}: {given!r} is no moment; give a datetime, a timedelta, or words such as '48h'")
    return given.replace(tzinfo=KST) if given is not None and given.tzinfo is None else given


def read_moment(raw: str | None) -> datetime | None:
    """The latest moment that a feed's or sitemap's date can mean (a mere day: its last second), else None.

    Reads RFC 822 and ISO 8601, then the Korean forms that `newsscrape.parse_date` knows.
    """
    if not raw:
        return None
    raw = raw.strip()
    if _DAY.fullmatch(raw):
        return datetime.combine(datetime.fromisoformat(raw), time(23, 59, 59), KST)
    for reader in (parsedate_to_datetime, datetime.fromisoformat, _korean):
        try:
            moment = reader(raw)
        except ValueError:
            continue
        if moment is not None:
            return moment if moment.tzinfo else moment.replace(tzinfo=KST)
    return None


def _korean(raw: str) -> datetime | None:
    from newsscrape.korean.dates import parse_date

    found = parse_date(raw)
    if found is None:
        return None
    return datetime.combine(found.value, time(23, 59, 59), KST) if found.precision == "day" else found.value


def certainly_older(raw: str | None, since: datetime | None) -> bool:
    """Whether a feed's or sitemap's date proves that its article is older than `since`.

    False where either is unknown or the date cannot be read: then the article itself decides.
    """
    if since is None:
        return False
    moment = read_moment(raw)
    return moment is not None and moment + MARGIN < since


def certainly_newer(raw: str | None, until: datetime | None) -> bool:
    """Whether a feed's or sitemap's date proves that its article is newer than `until`; see `certainly_older`."""
    if until is None:
        return False
    moment = read_moment(raw)
    return moment is not None and moment - MARGIN - timedelta(days=1) > until
