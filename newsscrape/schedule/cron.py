"""A round as a line of crontab(5)."""

from __future__ import annotations

import shlex
from pathlib import Path

from newsscrape.schedule.round import Round
from newsscrape.schedule.times import cron_fields

HERE = Path(__file__).parent


def files(round: Round) -> dict[str, str]:
    """The crontab by its file name. Raises `ValueError` where cron cannot do the interval or a path."""
    if any("\n" in word for word in round.command):
        raise ValueError("a path with a line break cannot stand in a crontab")
    # cron reads % as a line break, in quotation marks, too, unless a backslash stands before it.
    command = shlex.join(round.command).replace("%", "\\%")
    text = (HERE / "round.crontab").read_text(encoding="utf-8")
    return {f"{round.name}.crontab": text.format(times=cron_fields(round.every), command=command)}
