"""The last resort: dateparser, for English forms that `forms` does not know ("the 13th of July, 2020").

It costs about a millisecond and likes to complete what is missing, so that it is asked only about
short texts with a month's name and a four-digit year, and what it answers must stand in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsscrape.korean.dates import forms
from newsscrape.korean.dates.value import DateValue, in_kst

if TYPE_CHECKING:
    from newsscrape.article import Precision

_MONTH = re.compile(rf"(?<![a-z]){forms.MONTH}(?![a-z])", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")
_SETTINGS = {
    # Nothing from the calendar of today: year, month and day must be in the text (measured on 1.5.0).
    "REQUIRE_PARTS": ["year", "month", "day"],
    "STRICT_PARSING": True,
    "PARSERS": ["absolute-time"],
    "TIMEZONE": "Asia/Seoul",
}
_LONGEST = 40


def read(text: str) -> DateValue | None:
    """dateparser's reading of the whole of `text`; None where it finds none or adds anything to it."""
    if len(text) >= _LONGEST or not (_YEAR.search(text) and _MONTH.search(text)):
        return None
    import dateparser

    moment = dateparser.parse(text, languages=["en", "ko"], settings=_SETTINGS)
    if moment is None or not {moment.year, moment.day} <= {int(n) for n in re.findall(r"\d+", text)}:
        return None
    clock = _CLOCK.search(text)
    if clock is None:
        moment = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    precision: Precision = "day" if clock is None else "second" if clock[1] else "minute"
    return DateValue(in_kst(moment), precision, text, zone_assumed=moment.tzinfo is None)
