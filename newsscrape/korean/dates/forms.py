"""The grammar of full dates in text: year, month and day, perhaps a weekday, a clock and a zone.

Two patterns: digits as Koreans write them ("2020.07.13. 오후 5:04", "2026년6월22일 9시31분",
"2022.04.06 (23:40)") and English month names ("Fri, 13 Mar 2020 10:00:00 GMT"). `scan` finds all of
them in a text. A date that cannot be (month 13, a weekday that contradicts it) is found too, with
`when=None`, so that nothing further down guesses at it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from newsscrape.korean.dates.value import KST

if TYPE_CHECKING:
    from newsscrape.article import Precision

ZONE = r"Z\b|KST|(?:UTC|GMT)(?:\s?[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}(?::?\d{2})?(?!\d|:)"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAYS = ("월화수목금토일", "月火水木金土日", ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
_WEEKDAYS = {name: i for days in _DAYS for i, name in enumerate(days)}
_ENGLISH_DAY = r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:r|rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
# A lone letter is a weekday only in brackets or right before a clock: "2020.07.13 수정 ..." has none.
WEEKDAY = (
    rf"[(\[]\s?(?:[월화수목금토일月火水木金土日](?:요일)?|{_ENGLISH_DAY})\s?[)\]]"
    rf"|[월화수목금토일]요일|[월화수목금토일](?=\s\d{{1,2}}:)|{_ENGLISH_DAY}"
)
# A clock may be glued to what follows: "18:022007년 5월" (동아 2007), "18:07수정" (오마이뉴스 2016).
_END = r"(?:(?!\d)|(?=(?:19|20)\d{2}\s?[.\-/년]))"
_CLOCK = rf"""
    (?P<half>오전|오후|[ap]\.?m\.?(?![a-z]))?\s?
    (?P<H>\d{{1,2}})
    (?: \s?:\s?(?P<M>\d{{2}}) (?: \s?:\s?(?P<S>\d{{2}})(?:[.,]\d{{1,9}}(?=\D|$))? )? {_END}
      | \s?시(?!간) (?: \s?(?P<M2>\d{{1,2}})\s?분 (?: \s?(?P<S2>\d{{1,2}})\s?초 )? )? )
    (?: \s?(?P<half2>[ap]\.?m\.?(?![a-z])|오전(?!\s?\d)|오후(?!\s?\d)) )?
    (?: \s?(?P<zone>{ZONE}) )?
"""
_NUMERIC = re.compile(
    rf"""
    (?: (?<!\d)(?<!\d[.\-/]) | (?<=:[0-5]\d) )
    (?: (?P<y>(?:19|20)\d{{2}}|['’‘`]?\d{{2}})
        (?: \s{{0,2}}(?P<sep>[.\-/])\s{{0,2}}(?P<m>\d{{1,2}})\s{{0,2}}(?P=sep)\s{{0,2}}
            (?P<d>\d{{2}}(?=\d{{2}}:\d{{2}})|\d{{1,2}}(?!\d)) \.?
          | \s?년\s{{0,2}}(?P<km>\d{{1,2}})\s?월\s{{0,2}}(?P<kd>\d{{1,2}})\s?일(?!자) )
      | (?P<m1>\d{{1,2}})(?P<sep1>[.\-/])(?P<d1>\d{{1,2}})(?P=sep1)(?P<y1>(?:19|20)\d{{2}})(?!\d) )
    (?: \s{{0,2}}(?P<weekday>{WEEKDAY}) )?
    (?: (?: T | [\s,.|ㅣ·-]{{0,4}}(?P<open>[(\[])?\s? ) {_CLOCK} (?(open)(?:\s?[)\]])?|)
        (?: \s?(?P<weekday2>[(\[][월화수목금토일](?:요일)?[)\]]) )? )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ENGLISH = re.compile(
    rf"""
    (?: \b(?P<weekday>{_ENGLISH_DAY})[.,]?\s{{0,2}} )?
    (?: \b(?P<m>{MONTH})\.?\s{{1,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}
      | (?<!\d)(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{{1,2}}(?P<m1>{MONTH})\.?[\s,-]{{1,2}} )
    (?P<y>(?:19|20)\d{{2}})(?!\d)
    (?: \s{{0,2}}(?:,|-|\||at\b)?\s{{0,2}} {_CLOCK} )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Most lines hold no date; these two tell in a microsecond.
_MAY_BE_NUMERIC = re.compile(r"\d\s{0,2}[.\-/년．․－／]\s{0,2}\d")
# Read like their plain twins, letter for letter, so that places in the text stay the same.
_LOOKALIKES = str.maketrans("．․－／：（）［］０１２３４５６７８９", "..-/:()[]0123456789")
# What databases print where they hold no date.
_EMPTY = frozenset([(1970, 1, 1, 0, 0), (1970, 1, 1, 9, 0), (1900, 1, 1, 0, 0)])
_MAY_BE_ENGLISH = re.compile(r"[JFMASONDjfmasond][AEPUCOaepuco][NBRYLGPTVCnbrylgptvc]")


# What most machines write, and nothing else.
_ISO = re.compile(
    r"((?:19|20)\d{2})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:[.,]\d{1,9})?(Z|[+-]\d{2}(?::?\d{2})?)?", re.ASCII
)


class Hit(NamedTuple):
    """A date found at `text[start:end]`. `when` is in KST, or None where the date cannot be.

    `clock`: a time of day is printed. `bare_year`: the year has two digits and no apostrophe, so that
    the digits alone do not prove a date. `worded`: written with 년, 월, 일. `weekday`: one is printed.
    """

    start: int
    end: int
    when: datetime | None
    precision: Precision
    zone_assumed: bool
    clock: bool
    bare_year: bool = False
    worded: bool = False
    weekday: bool = False


def iso(text: str) -> Hit | None:
    """The date and time that the whole of `text` is, in ISO 8601 ("2020-07-13T17:04:00+09:00"); else None.

    `scan` finds it, too, but a label, a sentence and other dates need not be looked for then.
    """
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    clock = [None, hour, minute, second, None, None, None, zone]
    return _hit(match.span(), (int(year), int(month), int(day)), None, clock)


def scan(text: str) -> list[Hit]:
    """Every full date in `text`, in order."""
    hits: list[Hit] = []
    if _MAY_BE_NUMERIC.search(text):
        text = text if text.isascii() else text.translate(_LOOKALIKES)
        hits = [_numeric(match) for match in _NUMERIC.finditer(text)]
    if _MAY_BE_ENGLISH.search(text) and (english := [_english(match) for match in _ENGLISH.finditer(text)]):
        hits = sorted(hits + english, key=lambda hit: hit.start)
    return hits


def _numeric(match: re.Match[str]) -> Hit:
    # Positions, not names: a dict of twenty groups costs as much as the rest (measured, 2.4 of 7 us).
    y, _, m, d, km, kd, m1, _, d1, y1, weekday, _, *clock, weekday2 = match.groups()
    bare_year = False
    if y is None:
        # "07-13-2020" is American; "07-08-2020" could be either day and is refused.
        ambiguous = m1 != d1 and int(m1) <= 12 and int(d1) <= 12
        date = (0 if ambiguous else int(y1), int(m1), int(d1))
    elif len(y) == 4:
        date = (int(y), int(m or km), int(d or kd))
    else:
        bare_year = len(y) == 2
        date = (_century(int(y[-2:])), int(m or km), int(d or kd))
    return _hit(match.span(), date, weekday or weekday2, clock)._replace(bare_year=bare_year, worded=km is not None)


def _english(match: re.Match[str]) -> Hit:
    weekday, m, d, d1, m1, y, *clock = match.groups()
    return _hit(match.span(), (int(y), _MONTHS.index((m or m1)[:3].lower()) + 1, int(d or d1)), weekday, clock)


def _century(two: int) -> int:
    """The year of two digits: from 90 on 19xx (the first web archives), up to 49 20xx; else 0, no year."""
    return 1900 + two if two >= 90 else 2000 + two if two < 50 else 0


def _hit(span: tuple[int, int], date: tuple[int, int, int], weekday: str | None, clock: list[str | None]) -> Hit:
    half, hour, minute, second, minute_, second_, half_, zone = clock
    minute, second = minute or minute_, second or second_
    precision: Precision = "second" if second else "minute" if minute else "hour" if hour else "day"
    time = (_hour(int(hour or 0), half or half_), int(minute or 0), int(second or 0))
    if second and not any(time):
        precision = "day"  # a day written out by a template: "2020-07-13T00:00:00"
    when = None
    # Only the calendar knows which numbers are a date.
    with suppress(ValueError):
        when = datetime(*date, *time, tzinfo=_zone(zone) if zone else KST)
        if zone:
            when = when.astimezone(KST)
    if hour is not None and (*date, *time[:2]) in _EMPTY:
        when = None
    # The weekday is that of the date as printed, before any change of zone.
    if when is not None and weekday and _weekday(weekday) != datetime(*date).weekday():
        when = None
    return Hit(*span, when, precision, zone is None, hour is not None, weekday=weekday is not None)


def _hour(hour: int, half: str | None) -> int:
    """The hour of 24: 오전 12 is 0, 오후 12 is 12, 오후 15 is 15; -1 for a contradiction (오전 15)."""
    if half is None:
        return hour
    afternoon = half == "오후" or half[0] in "pP"
    if hour > 12:
        return hour if afternoon else -1
    return hour % 12 + (12 if afternoon else 0)


def _weekday(printed: str) -> int:
    name = printed.strip("()[] ").lower()
    return _WEEKDAYS[name[:3] if name.isascii() else name[0]]


def _zone(printed: str) -> tzinfo:
    """The zone of "Z", "GMT", "KST", "+0900", "GMT+9"; ValueError where no place on earth keeps it."""
    if printed.upper() == "KST":
        return KST
    digits = "".join(filter(str.isdigit, printed))
    hours, minutes = int(digits[:2] or 0), int(digits[2:] or 0)
    if hours > 14 or minutes > 59:
        raise ValueError(printed)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if "-" in printed else offset)
