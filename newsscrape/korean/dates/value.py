"""The noun of this room: a date read from a text, with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from newsscrape.article import Precision

KST = timezone(timedelta(hours=9))
"""Korea Standard Time. There has been no summer time since 1988."""

Label = Literal["published", "modified"]

_CLOCKS = timedelta(hours=1)
_ZONES = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date or time as a text gave it; `newsscrape.parse_date` returns one.

    `value` is aware and in KST. `precision` says how much of it the text gave: "second", "minute",
    "hour" or "day"; the parts below are zero. `raw` is the date as printed, without its label.
    `label` says what the text calls it: "published" (입력, 등록, 승인, 송고 ...), "modified" (수정,
    업데이트 ...) or None. `zone_assumed` is False where the text itself named a zone (Z, GMT, +09:00,
    KST, an epoch) and True where KST was taken because it named none.
    """

    value: datetime
    precision: Precision
    raw: str
    label: Label | None = None
    zone_assumed: bool = True

    def isoformat(self) -> str:
        """The value as ISO 8601 with offset, "2020-07-13T17:04:00+09:00"; a day's clock reads 00:00:00."""
        return self.value.isoformat()


def latest(fetched_at: datetime) -> datetime:
    """The last moment that a page read at `fetched_at` can have printed; what is later is refused.

    An hour later, for clocks go wrong; a day where `fetched_at` names no zone and may be any place's clock.
    """
    return in_kst(fetched_at) + (_ZONES if fetched_at.tzinfo is None else _CLOCKS)


def in_kst(moment: datetime) -> datetime:
    """`moment` in KST; a naive one is taken to be KST already."""
    return moment.replace(tzinfo=KST) if moment.tzinfo is None else moment.astimezone(KST)
