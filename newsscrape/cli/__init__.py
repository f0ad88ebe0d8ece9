"""The command line, `newsscrape`: reading, crawling, the archive, and what tells of sites and rules.

Data goes to stdout, everything else to stderr; `-` reads stdin. Exit codes: 0 done, 1 done with
failures (a page that could not be read), 2 wrong use, 70 an error of newsscrape itself: so whoever starts a
crawl every night can let 1 pass and still hear of a crash. Engines are imported inside the commands.
"""

from __future__ import annotations

import sys
import traceback
from typing import Annotated

import typer

from newsscrape import __version__
from newsscrape.cli.archive import archive_app
from newsscrape.cli.console import BROKEN
from newsscrape.cli.crawl import crawl
from newsscrape.cli.demo import demo
from newsscrape.cli.duplicates import duplicates
from newsscrape.cli.export import export
from newsscrape.cli.history import history
from newsscrape.cli.init import init
from newsscrape.cli.pages import extract, normalize
from newsscrape.cli.records import schema
from newsscrape.cli.reprocess import reprocess
from newsscrape.cli.rules import rules_app
from newsscrape.cli.run import run
from newsscrape.cli.schedule import schedule_app
from newsscrape.cli.schedule_start import start
from newsscrape.cli.search import search
from newsscrape.cli.sites import sites_app
from newsscrape.cli.status import status

app = typer.Typer(
    name="newsscrape",
    help="Reads Korean news pages: clean text, reporters, times and publishers as JSON, every cut recorded.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
app.command()(extract)
app.command()(normalize)
app.command()(crawl)
app.command()(export)
app.command()(search)
app.command()(history)
app.command()(duplicates)
app.command()(reprocess)
app.command()(run)
app.command()(init)
app.command()(status)
app.command()(schema)
app.command()(demo)
schedule_app.command("start")(start)
app.add_typer(schedule_app, name="schedule")
app.add_typer(archive_app, name="archive")
app.add_typer(sites_app, name="sites")
app.add_typer(rules_app, name="rules")


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"newsscrape {__version__}")
        raise typer.Exit


@app.callback()
def _newsscrape(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Reads Korean news pages: clean text, reporters, times and publishers as JSON, every cut recorded."""


def main() -> None:
    """The entry point of the `newsscrape` command."""
    try:
        app()
    except Exception:  # Python's own exit code for it is 1
        traceback.print_exc()
        sys.exit(BROKEN)
