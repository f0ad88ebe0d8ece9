"""The overview of an archive as tables on stdout, or as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from newsscrape.cli.console import table_console
from newsscrape.cli.tables import cells, in_bytes, in_korea, plain, table

if TYPE_CHECKING:
    from rich.table import Table

    from newsscrape.archive.overview import Overview, RunView
    from newsscrape.archive.overview_site import SiteView

_SHOWN = 5  # reasons of a site, and runs broken off; --json has all of them


def as_json(found: Overview, troubles: Mapping[str, Sequence[str]]) -> str:
    """Everything on one line; `troubles` by site replace those that the archive knows of by itself."""
    import orjson

    data = plain(asdict(found))
    for site in data["sites"]:
        site["troubles"] = list(troubles.get(site["key"], ()))
        site["needs_a_look"] = bool(site["troubles"])
    data["needs_a_look"] = bool(troubles)
    return orjson.dumps(data).decode()


def show(found: Overview, troubles: Mapping[str, Sequence[str]]) -> None:
    """The tables, on stdout: those that have nothing to say are left out."""
    screen = table_console()

    def tell(line: str) -> None:
        screen.print(line, markup=False, emoji=False, soft_wrap=True)

    articles, today = (sum(site.articles for site in found.sites), sum(site.articles_day for site in found.sites))
    size = in_bytes(found.size)
    tell(f"{found.database}: {size}, {articles:,} articles, {today:,} of them new or changed within 24 hours")
    tell(f"as of {in_korea(found.at)} (KST)")
    for run in found.at_work:
        tell(f"At work: {_run(run)}")
    for rows in (_rounds(found.sites), _lists(found.sites), _in_trouble(found.sites), _failed(found.sites)):
        if rows is not None:
            screen.print()
            screen.print(rows)
    if found.hosts:
        screen.print()
        tell("Left alone:")
    for host in found.hosts:
        tell(f"  {host.host} until {in_korea(host.until)}: {host.reason}")
    if found.broken_off:
        screen.print()
        tell("Broken off (killed, or the machine went down; the next round goes on):")
    for run in reversed(found.broken_off[-_SHOWN:]):
        tell(f"  {_run(run)}")
    screen.print()
    for key, words in troubles.items():
        tell(f"Needs a look: {key}: {'; '.join(words)}")
    if not troubles:
        tell("Nothing needs a look.")


def _run(run: RunView) -> str:
    sites = ", ".join(run.sites) or "no site"
    return f"{run.process} on {sites}, since {in_korea(run.started_at)}, last heard of {in_korea(run.beat_at)}"


def _rounds(sites: Sequence[SiteView]) -> Table:
    numbers = ("new", "changed", "failed", "7 days: new", "7 days: changed", "7 days: failed", "articles", "24 hours")
    rows = table("What came in", ("site", "last round", "ended", *numbers), numbers)
    for site in sites:
        last: tuple[str, ...] = (in_korea(None), "never crawled", "-", "-", "-")
        if site.last is not None:
            counts = site.last.counts
            last = (
                in_korea(site.last.started_at),
                site.last.outcome,
                *cells(counts.new, counts.changed, counts.failed),
            )
        week = cells(site.week.new, site.week.changed, site.week.failed)
        rows.add_row(site.key, *last, *week, *cells(site.articles, site.articles_day))
    return rows


def _lists(sites: Sequence[SiteView]) -> Table:
    numbers = ("lists", "due", "in trouble", "pages due", "pages later", "tried again", "given up")
    rows = table("What is to be done", ("site", "next visit", *numbers), numbers)
    for site in sites:
        first = in_korea(site.next_visit, "at once" if site.lists else "-")
        pages = site.pages
        rows.add_row(
            site.key,
            first,
            *cells(site.lists, site.lists_due, len(site.in_trouble)),
            *cells(pages.due, pages.later, pages.tried_again, pages.given_up),
        )
    return rows


def _in_trouble(sites: Sequence[SiteView]) -> Table | None:
    from rich.text import Text

    rows = table("Lists in trouble", ("site", "list", "problem", "in a row", "last read", "next visit"), ("in a row",))
    for site in sites:
        for one in site.in_trouble:
            when = (in_korea(one.last_read, "never"), in_korea(one.next_visit))
            rows.add_row(site.key, Text(one.url), Text(one.problem), str(one.failures), *when)
    return rows if rows.row_count else None


def _failed(sites: Sequence[SiteView]) -> Table | None:
    from rich.text import Text

    numbers = ("tried again", "given up")
    rows = table("Failed pages", ("site", "reason", *numbers, "such as"), numbers)
    for site in sites:
        for one in site.pages.reasons[:_SHOWN]:
            counts = cells(one.tried_again, one.given_up)
            rows.add_row(site.key, Text(one.reason), *counts, Text(one.example))
        if len(site.pages.reasons) > _SHOWN:
            rows.add_row(site.key, f"and {len(site.pages.reasons) - _SHOWN} reasons more (--json)", "", "", "")
    return rows if rows.row_count else None
