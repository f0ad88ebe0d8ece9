"""`newsscrape schedule start`: a process that stays, and does a round whenever a list of the plan is due."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from newsscrape.cli.console import stop
from newsscrape.cli.crawl import JsonLog, Private
from newsscrape.cli.init import PLAN
from newsscrape.cli.schedule import PlanFile

Look = Annotated[
    float,
    typer.Option("--look", min=1, max=3600, metavar="SECONDS", help="How often plan and database are looked at."),
]


def start(*, plan: PlanFile = PLAN, look: Look = 60, private: Private = False, log_json: JsonLog = False) -> None:
    """Stay, and do a round whenever a list of the plan is due, until Ctrl-C.

    Lists that bring news are visited more often, silent ones less, within the plan's \\[every]. Each round is a
    process of its own; two never run at once. The plan is read again before each of them: an edited one takes
    effect, a broken one is told of, and the last good one goes on. A round that crashed is tried again, after
    pauses that grow up to an hour. Ctrl-C or a plain kill ends the round in order, a second one at once. Exit code
    0: stopped so; 2: wrong use.

    [bold]newsscrape schedule start --plan night.toml --log-json 2>> rounds.log[/bold]
    """
    from newsscrape.cli.keeper import Keeper, Log
    from newsscrape.errors import NewsscrapeError
    from newsscrape.schedule.clock import Clock

    log = Log(json_lines=log_json)
    path = Path(os.path.abspath(plan))
    try:
        keeper = Keeper(path, log, look=look, private=private)
    except NewsscrapeError as error:
        stop(str(error))
    try:
        Clock(keeper.look, keeper.stop).run()
    except ImportError:
        stop("a running schedule needs APScheduler: pip install 'newsscrape[schedule]'")
    log.tell("stopped", "stopped; every article up to here is kept")
