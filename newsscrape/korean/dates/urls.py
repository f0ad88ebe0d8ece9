"""The date in an article's address.

Many sites put the day into the path or into the article's number. It is the day on which the article was
begun: 한국일보 (2025) published four hours after the clock in its number, 조선일보 (2016) a day or two after
the day. What follows the day is a clock on some sites and a page or a serial on others (20141010010005413 of
아시아투데이 is no 01:00:05). A clock is therefore read only at hosts whose numbers were seen to agree with
the time that the page prints.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from newsscrape.korean.dates.value import KST, DateValue

if TYPE_CHECKING:
    from newsscrape.article import Precision

_YEAR, _MONTH, _DAY = r"(?:199\d|20\d\d)", r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
# /2025/06/17/, /2025/0617/, /2025-06-17/, /2025-06-17-slug: a part of the path for itself.
_PATH = re.compile(rf"/({_YEAR})(?:/({_MONTH})/({_DAY})|/({_MONTH})({_DAY})|-({_MONTH})-({_DAY}))(?=[/\-.?_]|$)")
# /20070503/8437804/1 (동아), /20200713.html
_WHOLE_PART = re.compile(rf"/{_YEAR}{_MONTH}{_DAY}(?=/|$|\.[a-z])")
# NISX20250911_0003325895 (뉴시스): letters, the day, a serial.
_DAY_AND_SERIAL = re.compile(rf"(?<=[/A-Za-z_=]){_YEAR}{_MONTH}{_DAY}(?=_\d{{4,}})")
# AKR20210304116200002 (연합), 0101_202103051535513259 (YTN): 12 digits or more that begin with the day.
_NUMBER = re.compile(rf"(?<!\d){_YEAR}{_MONTH}{_DAY}(\d{{4,}})(?!\d)")
_ARTICLE_PARAMETER = re.compile(r"(?:id|no|key|code|idx|num|seq|ud|cd|aid|nid)$", re.IGNORECASE)
# Host -> length of its numbers, and how many of their digits are the moment of publication.
_CLOCKS: dict[str, tuple[int, int]] = {
    "v.daum.net": (17, 14),  # 20250205152503353, with milliseconds
    "www.ytn.co.kr": (18, 12),  # 202103051535513259
    "m.ytn.co.kr": (18, 12),
}
_PRECISIONS = ("day", "minute", "second")


def url_date(url: str) -> DateValue | None:
    """The date that `url` itself tells, in KST; None where it tells none or two that differ.

    Day precision; minute or second at the few hosts whose numbers carry the moment of publication. The day may
    be a little earlier than that of publication. Only the path and parameters that identify an article are read.
    """
    try:
        address = urlsplit(url.strip())
    except ValueError:
        return None
    path = unquote(address.path)
    found = [_value("".join(filter(None, match.groups()))) for match in _PATH.finditer(path)]
    found += [_value(match[0][1:]) for match in _WHOLE_PART.finditer(path)]
    for place in (path, *(v for k, v in parse_qsl(address.query) if _ARTICLE_PARAMETER.search(k))):
        found += [_value(match[0]) for match in _DAY_AND_SERIAL.finditer(place)]
        found += [_numbered(match[0], address.netloc) for match in _NUMBER.finditer(place)]
    dates = [value for value in found if value is not None]
    if len({value.value.date() for value in dates}) != 1:
        return None
    return max(dates, key=lambda value: _PRECISIONS.index(value.precision))


def _numbered(number: str, host: str) -> DateValue | None:
    length, known = _CLOCKS.get(host, (0, 0))
    if len(number) == length:
        precision: Precision = "second" if known == 14 else "minute"
        if timed := _value(number[:known], precision, number):
            return timed
    return _value(number[:8], "day", number)


def _value(digits: str, precision: Precision = "day", raw: str | None = None) -> DateValue | None:
    """The moment of "20200713", perhaps with a clock of four or six digits behind; None if there is none."""
    month, day, hour, minute, second = (int(digits[at : at + 2] or 0) for at in range(4, 14, 2))
    try:
        moment = datetime(int(digits[:4]), month, day, hour, minute, second, tzinfo=KST)
    except ValueError:
        return None
    return DateValue(moment, precision, raw or digits)
