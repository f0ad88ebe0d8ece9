"""`newsscrape crawl`: live sites in, an archive and JSONL out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from newsscrape.cli.console import FAILED, say, stop
from newsscrape.cli.profiles import Folder, use_profiles

if TYPE_CHECKING:
    from newsscrape.discovery.address_files import Addresses

T = TypeVar("T")
RUNNER = "newsscrape.spiders.runner"


class Engine(StrEnum):
    """Where `--query` searches."""

    naver = "naver"
    google = "google"


class Busy(StrEnum):
    """What to do where another run is at work on the same sites."""

    share = "share"
    refuse = "refuse"


Sites = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SITE...]", help="Keys of sites (newsscrape sites list).", show_default=False),
]
Since = Annotated[
    str | None,
    typer.Option(metavar="WHEN", help="Only articles newer than this: 48h, 7d, 2026-11-01, 2026-11-01T09:00 (KST)."),
]
Until = Annotated[str | None, typer.Option(metavar="WHEN", help="Only articles older than this, written as --since.")]
Refresh = Annotated[
    str | None, typer.Option(metavar="AGE", help="Ask articles younger than this again for edits, such as 48h.")
]
Limit = Annotated[int | None, typer.Option("--limit", "-n", min=1, help="Stop a site after so many articles.")]
Output = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="JSONL file to append to, or a .csv, .parquet or packed one; - is stdout.",
    ),
]
Database = Annotated[
    str,
    typer.Option(
        "--db",
        metavar="FILE-OR-URL",
        envvar="NEWSSCRAPE_DB",
        help="The archive: an SQLite file, postgresql://..., or none to keep nothing.",
    ),
]
Urls = Annotated[
    list[Path] | None,
    typer.Option(
        "--urls",
        metavar="FILE",
        help="Crawl the addresses in a file: text, CSV, XLSX, JSONL, a BigKinds export; - is stdin.",
    ),
]
Queries = Annotated[list[str] | None, typer.Option("--query", metavar="WORDS", help="Crawl what a news search finds.")]
SearchEngine = Annotated[
    Engine,
    typer.Option("--engine", help="Who searches; Naver needs NAVER_CLIENT_ID and NAVER_CLIENT_SECRET."),
]
IfBusy = Annotated[
    Busy, typer.Option("--busy", help="Where another run is at work on the same sites: share the work, or refuse.")
]
Private = Annotated[
    bool, typer.Option("--private-networks", help="Allow addresses of private networks (an intranet of your own).")
]
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
JsonLog = Annotated[bool, typer.Option("--log-json", help="Progress as JSON lines on stderr, for machines that watch.")]
Warc = Annotated[
    Path | None,
    typer.Option("--warc", metavar="DIR", help="Keep every request and answer in WARC files in this folder."),
]
WarcSize = Annotated[
    str | None,
    typer.Option("--warc-size", metavar="SIZE", help="Size at which a WARC file is followed by another: 500MB, 1GB."),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show the crawler's own log, too.")]


def crawl(
    sites: Sites = None,
    *,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
    refresh: Refresh = None,
    urls: Urls = None,
    query: Queries = None,
    engine: SearchEngine = Engine.naver,
    output: Output = "-",
    database: Database = "newsscrape.db",
    warc: Warc = None,
    warc_size: WarcSize = None,
    busy: IfBusy = Busy.share,
    contact: Contact = None,
    delay: Delay = None,
    private: Private = False,
    folder: Folder = None,
    log_json: JsonLog = False,
    verbose: Verbose = False,
) -> None:
    """Crawl sites, keep them in an archive, and write one JSON record per new article.

    Feeds first, then sitemaps, then section lists, as the site's profile names them. What the archive has is
    not fetched again: run it as often as you like. robots.txt and its Crawl-delay are obeyed; one request at
    a time a host, two seconds apart unless you say otherwise. A page that cannot be read is reported, and
    tried again by a later run. Ctrl-C (and even a kill) loses nothing: the same command goes on. Exit code 0:
    all went well; 1: something failed (named on stderr; what was read is kept all the same); 2: wrong use.

    [bold]newsscrape crawl yna --limit 20 -o yna.jsonl[/bold]

    [bold]newsscrape crawl hani khan --since 24h --refresh 48h --contact me@example.org -o today.jsonl[/bold]

    [bold]newsscrape crawl --urls bigkinds.xlsx -o articles.jsonl[/bold]

    [bold]newsscrape crawl --query "인공지능 반도체" --since 7d -o chips.jsonl[/bold]
    """
    from newsscrape.cli.progress import console, show, watching
    from newsscrape.errors import NewsscrapeError

    if not (sites or urls or query):
        stop("name a SITE, or give --urls or --query; `newsscrape sites list` names the sites")
    size = _size("--warc-size", warc_size)
    use_profiles(folder)
    configure_log(verbose)
    runner = import_module(RUNNER)
    options = import_module("newsscrape.spiders.settings")
    search = import_module("newsscrape.spiders.search_spider").Query
    screen = console()
    if contact is None:
        say("no --contact given; with one, a site's people can reach you instead of shutting you out")
    try:
        files = _open(urls or [])
        with watching(screen, limit=limit, json_lines=log_json) as watch:
            report = runner.run(
                sites or [],
                addresses=_addresses(files),
                queries=[search(text, engine.value) for text in query or []],
                database=None if database == "none" else database,
                since=moment("--since", since),
                until=moment("--until", until),
                limit=limit,
                refresh=age("--refresh", refresh),
                output=output,
                settings=options.manners(contact, delay, private) | options.kept(warc, size),
                share=busy is Busy.share,
                progress=watch,
            )
    except NewsscrapeError as error:
        stop(str(error))
    for file, found in files.items():
        if found.skipped:
            say(f"{file}: {found.skipped:,} rows without an address (the first is row {found.first_skipped})")
    show(report, screen, json_lines=log_json)
    if report.interrupted:
        say("Everything up to here is kept; the same command goes on.")
    if not report.ok:
        raise typer.Exit(FAILED)


def _open(files: list[Path]) -> dict[Path, Addresses]:
    """The files of addresses, opened: a wrong one is told before anything is asked for."""
    from newsscrape.discovery.address_files import read_addresses

    return {file: read_addresses(file) for file in files}


def _addresses(files: dict[Path, Addresses]) -> Iterator[str]:
    return (address.url for found in files.values() for address in found)


def configure_log(verbose: bool) -> None:
    """Sends the crawler's log to stderr, or nowhere: what matters of it stands in the report."""
    if verbose:
        logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    else:
        logging.getLogger().addHandler(logging.NullHandler())


def moment(option: str, text: str | None) -> datetime | None:
    """The moment that an option names; leaves with code 2 where it is none."""
    from newsscrape.discovery.since import KST, parse_since

    return _meant(option, text, lambda words: parse_since(words, datetime.now(KST)))


def _size(option: str, text: str | None) -> int | None:
    """The bytes that an option names; leaves with code 2 where it is no size."""
    from newsscrape.warc.files import parse_size

    return _meant(option, text, parse_size)


def age(option: str, text: str | None) -> timedelta | None:
    """The length of time that an option names; leaves with code 2 where it is none."""
    from newsscrape.discovery.since import parse_span

    return _meant(option, text, parse_span)


def _meant(option: str, text: str | None, parse: Callable[[str], T]) -> T | None:
    """What an option's words mean (None: it was not given); leaves with code 2 where `parse` raises `ValueError`."""
    try:
        return None if text is None else parse(text)
    except ValueError as error:
        stop(f"{option}: {error}")
