"""Dates that count from the moment of reading: "3분 전", "어제 오후 3:10" (portals, lists)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from newsscrape.korean.dates.value import DateValue, in_kst

RELATIVE = (
    r"방금(?:\s?전)?|\d{1,3}\s?(?:초|분|시간|일)\s?전"
    r"|(?:오늘|어제|그제|그저께)(?:\s(?:오전|오후)?\s?\d{1,2}:\d{2})?"
)
_JUST_NOW = re.compile(r"방금(?:\s?전)?")
_AGO = re.compile(r"(\d{1,3})\s?(초|분|시간|일)\s?전")
_DAY = re.compile(r"(오늘|어제|그제|그저께)(?:\s(오전|오후)?\s?(\d{1,2}):(\d{2}))?")
_DAYS_BACK = {"오늘": 0, "어제": 1, "그제": 2, "그저께": 2}
BARE_DAYS = frozenset(_DAYS_BACK)
"""The forms that are mere words, and may stand in a text as such."""


def read(text: str, fetched_at: datetime) -> DateValue | None:
    """The time that the whole of `text` names when read at `fetched_at`; None for anything else.

    The precision is the unit that is printed; "지난주" and "3개월 전" name no day and are not read.
    """
    now = in_kst(fetched_at).replace(second=0, microsecond=0)
    if _JUST_NOW.fullmatch(text):
        return DateValue(now, "minute", text)
    if ago := _AGO.fullmatch(text):
        count, unit = int(ago[1]), ago[2]
        if unit == "초":
            moment = in_kst(fetched_at).replace(microsecond=0) - timedelta(seconds=count)
            return DateValue(moment, "second", text)
        if unit == "분":
            return DateValue(now - timedelta(minutes=count), "minute", text)
        if unit == "시간":
            return DateValue((now - timedelta(hours=count)).replace(minute=0), "hour", text)
        return DateValue((now - timedelta(days=count)).replace(hour=0, minute=0), "day", text)
    if day := _DAY.fullmatch(text):
        return _on_day(day, now)
    return None


def _on_day(day: re.Match[str], now: datetime) -> DateValue | None:
    midnight = now.replace(hour=0, minute=0) - timedelta(days=_DAYS_BACK[day[1]])
    if day[3] is None:
        return DateValue(midnight, "day", day[0])
    hour, minute = int(day[3]), int(day[4])
    if day[2] is not None:
        if hour > 12 and day[2] == "오전":
            return None
        hour = hour if hour > 12 else hour % 12 + (12 if day[2] == "오후" else 0)
    if hour > 23 or minute > 59:
        return None
    moment = midnight.replace(hour=hour, minute=minute)
    return DateValue(moment, "minute", day[0]) if moment <= now else None
