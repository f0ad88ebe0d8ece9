"""`newsscrape crawl`: live sites in, JSONL out."""

from __future__ import annotations

import logging
from datetime import datetime
from importlib import import_module
from typing import Annotated

import typer

from newsscrape.cli.console import FAILED, say, stop
from newsscrape.cli.profiles import Folder, use_profiles

RUNNER = "newsscrape.spiders.runner"

Sites = Annotated[
    list[str], typer.Argument(metavar="SITE...", help="Keys of sites (newsscrape sites list).", show_default=False)
]
Since = Annotated[
    str | None,
    typer.Option(metavar="WHEN", help="Only articles newer than this: 48h, 7d, 2026-11-01, 2026-11-01T09:00 (KST)."),
]
Limit = Annotated[int | None, typer.Option("--limit", "-n", min=1, help="Stop a site after so many articles.")]
Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="JSONL file to append to; - is stdout.")]
Contact = Annotated[
    str | None,
    typer.Option(
        metavar="MAIL-OR-URL",
        envvar="NEWSSCRAPE_CONTACT",
        help="Stands in the User-Agent, so that a site's people can reach you.",
    ),
]
Delay = Annotated[
    float | None,
    typer.Option(min=0.5, metavar="SECONDS", help="Time between two requests to a host, instead of the profile's."),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show the crawler's own log, too.")]


def crawl(
    sites: Sites,
    *,
    since: Since = None,
    limit: Limit = None,
    output: Output = "-",
    contact: Contact = None,
    delay: Delay = None,
    folder: Folder = None,
    verbose: Verbose = False,
) -> None:
    """Crawl sites and write one JSON record per article.

    Feeds first, then sitemaps, then section lists, as the site's profile names them. robots.txt and its
    Crawl-delay are obeyed; one request at a time, two seconds apart unless you say otherwise. A page
    that cannot be read is reported and passed by. Exit code 0: all went well; 1: something failed
    (named on stderr; what was read is written all the same); 2: wrong use.

    [bold]newsscrape crawl yna --limit 20 -o yna.jsonl[/bold]

    [bold]newsscrape crawl hani khan --since 24h --contact me@example.org -o today.jsonl[/bold]

    [bold]newsscrape crawl mytown --sites profiles/ -o - | jq -r .title[/bold]
    """
    from newsscrape.cli.progress import console, show, watching
    from newsscrape.errors import NewsscrapeError

    use_profiles(folder)
    configure_log(verbose)
    runner = import_module(RUNNER)
    settings = {"USER_AGENT": import_module("newsscrape.spiders.settings").user_agent(contact)}
    if delay is not None:
        settings |= {"DOWNLOAD_DELAY": delay, "AUTOTHROTTLE_START_DELAY": delay}
    if contact is None:
        say("no --contact given; with one, a site's people can reach you instead of shutting you out")
    screen = console()
    try:
        with watching(screen, limit=limit) as watch:
            report = runner.run(
                sites, since=_moment(since), limit=limit, output=output, settings=settings, progress=watch
            )
    except NewsscrapeError as error:
        stop(str(error))
    show(report, screen)
    if not report.ok:
        raise typer.Exit(FAILED)


def configure_log(verbose: bool) -> None:
    """Sends the crawler's log to stderr, or nowhere: what matters of it stands in the report."""
    if verbose:
        logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    else:
        logging.getLogger().addHandler(logging.NullHandler())


def _moment(since: str | None) -> datetime | None:
    if since is None:
        return None
    module = import_module("newsscrape.discovery.since")
    try:
        moment: datetime = module.parse_since(since, datetime.now(module.KST))
    except ValueError as error:
        stop(f"--since: {error}")
    return moment
