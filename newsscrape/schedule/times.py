"""Intervals as systemd's calendar and cron's five fields write them."""

from __future__ import annotations

from datetime import timedelta

SHORTEST, LONGEST = timedelta(minutes=10), timedelta(days=1)
# What divides the hour or the day evenly, in minutes; only that can a calendar repeat.
STEPS = (10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440)
_NIGHT = 3  # the hour of a daily round


def check_every(every: timedelta) -> timedelta:
    """The interval as it is. Raises `ValueError` where rounds would be too close or too far apart."""
    if not SHORTEST <= every <= LONGEST:
        raise ValueError(f"a round every {in_words(every)} is not offered; write 10m to 1d")
    return every


def calendar(every: timedelta) -> str | None:
    """The moments as systemd's OnCalendar names them (systemd.time(7)); None where no calendar can."""
    minutes = _minutes(every)
    if minutes not in STEPS:
        return None
    if minutes < 60:
        return f"*-*-* *:0/{minutes}:00"
    if minutes == 60:
        return "*-*-* *:00:00"
    return f"*-*-* 0{_NIGHT}:00:00" if minutes == 1440 else f"*-*-* 0/{minutes // 60}:00:00"


def cron_fields(every: timedelta) -> str:
    """The moments as the five fields of crontab(5). Raises `ValueError`, with the nearest intervals that cron knows."""
    minutes = _minutes(every)
    if minutes not in STEPS:
        near = (max(step for step in STEPS if step < minutes), min(step for step in STEPS if step > minutes))
        words = " or ".join(in_words(timedelta(minutes=step)) for step in near)
        raise ValueError(f"cron cannot start a round every {in_words(every)}; the nearest it can is {words}")
    if minutes < 60:
        return f"*/{minutes} * * * *"
    if minutes == 60:
        return "0 * * * *"
    return f"0 {_NIGHT} * * *" if minutes == 1440 else f"0 */{minutes // 60} * * *"


def in_words(every: timedelta) -> str:
    """The interval as a user writes it: 90m, 2h, 1d."""
    minutes = _minutes(every)
    if minutes % 1440 == 0:
        return f"{minutes // 1440}d"
    return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m"


def _minutes(every: timedelta) -> int:
    return int(every.total_seconds()) // 60
