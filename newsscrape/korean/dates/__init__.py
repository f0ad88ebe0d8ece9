"""Dates and times as Korean news prints them.

`parse_date` reads the one date of a short text, `find_dates` every date of a line with its label,
`url_date` the date in an address. `is_date_line` and `is_view_date` tell furniture from text.
All times are KST unless the text names another zone; nothing here knows what time it is now.

Rooms: `forms` (the grammar of full dates in text), `machine` (compact numbers, epochs), `relative`
("3시간 전"), `lines` (labels, and what a whole line is), `urls`.
"""

from __future__ import annotations

from newsscrape.korean.dates.lines import find_dates, is_date_line, is_view_date, parse_date
from newsscrape.korean.dates.urls import url_date
from newsscrape.korean.dates.value import KST, DateValue

__all__ = ["KST", "DateValue", "find_dates", "is_date_line", "is_view_date", "parse_date", "url_date"]
