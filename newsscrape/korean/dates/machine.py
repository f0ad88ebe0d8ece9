"""Dates that machines write for machines: "20200713170400", epochs, a Java `Date` as text.

ISO 8601 with punctuation and RFC 822 are read by `forms`, since sites print them too.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from newsscrape.korean.dates import forms
from newsscrape.korean.dates.value import KST, DateValue

_COMPACT = re.compile(
    r"""((?:19|20)\d{2})(\d{2})(\d{2})
        (?: [T\s]?(\d{2}):?(\d{2}) (?: :?(\d{2})(?:\.?\d{3})? )? )?
        (Z|[+-]\d{2}:?\d{2})?""",
    re.VERBOSE,
)
# Seconds from 2001 to 2033, or the same in milliseconds (msn.com).
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
# "Mon Jul 13 17:04:00 KST 2020": what JSP pages print when nobody formats the date.
_JAVA = re.compile(
    rf"((?:[A-Z][a-z]{{2}}\s)?{forms.MONTH}\s\d{{1,2}}),?\s(\d{{2}}:\d{{2}}:\d{{2}}(?:\s(?:{forms.ZONE}))?)\s(\d{{4}})",
    re.IGNORECASE,
)


def read(text: str) -> DateValue | None:
    """The date that the whole of `text` is, in one of these forms; None for anything else."""
    if compact := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, zone = compact.groups()
        printed = f"{year}-{month}-{day}"
        if hour:
            printed += f"T{hour}:{minute}" + (f":{second}" if second else "") + (zone or "")
        return _as_printed(printed, text)
    if _EPOCH.fullmatch(text):
        moment = datetime.fromtimestamp(int(text[:10]), UTC).astimezone(KST)
        return DateValue(moment, "second", text, zone_assumed=False)
    if java := _JAVA.fullmatch(text):
        day, clock, year = java.groups()
        return _as_printed(f"{day} {year} {clock}", text)
    return None


def _as_printed(printed: str, raw: str) -> DateValue | None:
    hits = forms.scan(printed)
    if len(hits) != 1 or hits[0].when is None:
        return None
    return DateValue(hits[0].when, hits[0].precision, raw, zone_assumed=hits[0].zone_assumed)
