"""`newsscrape status`: what a data engineer wants to see in the morning."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsscrape.cli.archives import DATABASE
from newsscrape.cli.console import FAILED, say, stop, write_output
from newsscrape.cli.init import PLAN

if TYPE_CHECKING:
    from newsscrape.archive.overview import Overview

_ASLEEP = timedelta(hours=26)  # timers come once a day at least; somewhat later they have missed their time

PlanFile = Annotated[
    Path | None, typer.Option("--plan", metavar="FILE", help="The plan whose sites and database are told of.")
]
Database = Annotated[
    str | None, typer.Option("--db", metavar="FILE-OR-URL", help="An archive, where there is no plan.")
]
Sites = Annotated[
    list[str] | None, typer.Option("--site", metavar="KEY", help="Only this site; may be given several times.")
]
Json = Annotated[bool, typer.Option("--json", help="Everything as one JSON object on stdout.")]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is told of: a database, and by the plan (where there is one) its sites, each with its lists.

    `more` is True where other sites belong to it, too: those of searches, or all where there is no plan.
    """

    database: str
    begin: str
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    more: bool = True


def status(*, plan: PlanFile = None, db: Database = None, site: Sites = None, json: Json = False) -> None:
    """Show how the crawling goes: what came in, what is due, what is in trouble, who is at work just now.

    Without --plan and --db: of newsscrape.toml in this folder, else of NEWSSCRAPE_DB, else of newsscrape.db. The
    database is only read. Times are Korea's. Exit code 0: all is well; 1: something needs a look (named at the
    end), or nothing was crawled yet; 2: wrong use.

    [bold]newsscrape status[/bold]

    [bold]newsscrape status --plan night.toml --json | jq '.sites[] | select(.needs_a_look)'[/bold]
    """
    from newsscrape.archive import open_archive
    from newsscrape.archive.overview import overview
    from newsscrape.cli.status_tables import as_json, show
    from newsscrape.errors import NewsscrapeError, NoArchive

    try:
        subject = _subject(plan, db)
        with open_archive(subject.database, read_only=True) as archive:
            keys = list(site or subject.lists) if site or not subject.more else None
            found = overview(archive, keys, lists=subject.lists)
    except NoArchive as error:
        say(f"{error}. Nothing was crawled yet; begin with: {subject.begin}")
        raise typer.Exit(FAILED) from error
    except NewsscrapeError as error:
        stop(str(error))
    _refuse_unknown(site or [], found, subject)
    troubles = _troubles(found, subject)
    if json:
        write_output(as_json(found, troubles))
    else:
        show(found, troubles)
    if troubles:
        raise typer.Exit(FAILED)


def _subject(plan: Path | None, db: str | None) -> Subject:
    from newsscrape.plan import read_plan

    if plan is not None and db is not None:
        stop("--plan names its database already; give --plan or --db")
    if plan is None and db is None and PLAN.exists():
        plan = PLAN
    if plan is None:
        database = db or os.environ.get("NEWSSCRAPE_DB") or DATABASE
        return Subject(database, f"newsscrape crawl SITE --db {database}, or newsscrape init")
    read = read_plan(plan)
    lists = {entry.key: read.site(entry.key).lists for entry in read.sites}
    return Subject(
        read.database_in(os.environ), f"newsscrape run --plan {plan}", lists, bool(read.queries or read.urls)
    )


def _refuse_unknown(keys: Sequence[str], found: Overview, subject: Subject) -> None:
    """Leaves where a site is asked for that neither plan nor database knows."""
    for view in found.sites:
        empty = view.last is None and not (view.articles or view.lists or view.pages.due or view.pages.later)
        if view.key in keys and view.key not in subject.lists and empty:
            stop(f"{view.key}: neither the plan nor {found.database} knows such a site")


def _troubles(found: Overview, subject: Subject) -> dict[str, list[str]]:
    """By site, what somebody should look at; a plan's site that no timer comes for is among it."""
    from newsscrape.cli.tables import in_korea

    troubles: dict[str, list[str]] = {}
    for view in found.sites:
        words = list(view.troubles)
        late = view.next_visit is not None and found.at - view.next_visit > _ASLEEP
        if view.key in subject.lists and late and not _at_work(found, view.key):
            words.append(f"should have been visited at {in_korea(view.next_visit)}; is its timer at work?")
        if words:
            troubles[view.key] = words
    return troubles


def _at_work(found: Overview, key: str) -> bool:
    return any(key in run.sites for run in found.at_work)
