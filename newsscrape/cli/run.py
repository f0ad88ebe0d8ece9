"""`newsscrape run`: one round by a plan."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Annotated

import typer

from newsscrape.cli.console import FAILED, say, stop
from newsscrape.cli.crawl import RUNNER, Busy, IfBusy, JsonLog, Private, Verbose, configure_log
from newsscrape.cli.init import PLAN
from newsscrape.cli.profiles import use_profiles
from newsscrape.cli.schedule import PlanFile

Stdin = Annotated[
    bool, typer.Option("--stdin", hidden=True, help="Read the plan from standard input; --plan tells where it stands.")
]
Due = Annotated[bool, typer.Option("--due", help="Visit only the lists whose time has come; timers ask for this.")]


def run(
    *,
    plan: PlanFile = PLAN,
    due: Due = False,
    busy: IfBusy = Busy.share,
    private: Private = False,
    log_json: JsonLog = False,
    verbose: Verbose = False,
    stdin: Stdin = False,
) -> None:
    """Do one round by a plan (newsscrape.toml): visit its lists, read what is new, look at young articles again.

    Nothing that the archive has is fetched again, so a round can follow another at any time. Ctrl-C, a kill
    or a power cut loses nothing: the next round goes on. Exit code 0: all went well; 1: something failed (named
    on stderr; the round was done all the same); 2: the round could not be done.

    [bold]newsscrape run[/bold]

    [bold]newsscrape run --plan night.toml --due --log-json[/bold]
    """
    from newsscrape.cli.progress import console, show, watching
    from newsscrape.errors import NewsscrapeError
    from newsscrape.plan import check_plan, read_plan

    configure_log(verbose)
    screen = console()
    try:
        read = check_plan(sys.stdin.buffer.read().decode(), plan) if stdin else read_plan(plan)
        use_profiles(read.profiles)
        if read.contact is None:
            say(f"{plan} names no contact; with one, a site's people can reach you instead of shutting you out")
        with watching(screen, json_lines=log_json) as watch:
            report = import_module(RUNNER).run_plan(
                read,
                due_only=due,
                settings=import_module("newsscrape.spiders.settings").manners(read.contact, None, private),
                share=busy is Busy.share,
                progress=watch,
            )
    except NewsscrapeError as error:
        stop(str(error))
    show(report, screen, json_lines=log_json)
    if report.interrupted:
        say("Everything up to here is kept; `newsscrape run` goes on.")
    if not report.ok:
        raise typer.Exit(FAILED)
