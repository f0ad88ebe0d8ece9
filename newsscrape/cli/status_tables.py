"""The overview of an archive as tables on stdout, or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from newsscrape.cli.console import table_console
from newsscrape.discovery.since import KST

if TYPE_CHECKING:
    from rich.table import Table

    from newsscrape.archive.overview import Overview, RunView
    from newsscrape.archive.overview_site import SiteView

_SHOWN = 5  # reasons of a site, and runs broken off; --json has all of them
_UNITS = ("bytes", "KB", "MB", "GB", "TB")


def in_korea(moment: datetime | None, none: str = "-") -> str:
    """A moment as a table shows it, in Korea's time."""
    return none if moment is None else f"{moment.astimezone(KST):%Y-%m-%d %H:%M}"


def as_json(found: Overview, troubles: Mapping[str, Sequence[str]]) -> str:
    """Everything on one line; `troubles` by site replace those that the archive knows of by itself."""
    import orjson

    data = _plain(asdict(found))
    for site in data["sites"]:
        site["troubles"] = list(troubles.get(site["key"], ()))
        site["needs_a_look"] = bool(site["troubles"])
    data["needs_a_look"] = bool(troubles)
    return orjson.dumps(data).decode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(KST).isoformat(timespec="seconds")
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, tuple | list) else value


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
    for table in (_rounds(found.sites), _lists(found.sites), _in_trouble(found.sites), _failed(found.sites)):
        if table is not None:
            screen.print()
            screen.print(table)
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


def in_bytes(size: float) -> str:
    """A size as a person writes it: 3.1 MB."""
    step = 0
    while size >= 1024 and step < len(_UNITS) - 1:
        size, step = size / 1024, step + 1
    return f"{size:.0f} bytes" if step == 0 else f"{size:.1f} {_UNITS[step]}"


def _run(run: RunView) -> str:
    sites = ", ".join(run.sites) or "no site"
    return f"{run.process} on {sites}, since {in_korea(run.started_at)}, last heard of {in_korea(run.beat_at)}"


def _table(title: str, names: Iterable[str], numbers: Iterable[str] = ()) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, header_style="bold")
    for name in names:
        table.add_column(name, justify="right" if name in numbers else "left", overflow="fold")
    return table


def _rounds(sites: Sequence[SiteView]) -> Table:
    numbers = ("new", "changed", "failed", "7 days: new", "7 days: changed", "7 days: failed", "articles", "24 hours")
    table = _table("What came in", ("site", "last round", "ended", *numbers), numbers)
    for site in sites:
        last: tuple[str, ...] = (in_korea(None), "never crawled", "-", "-", "-")
        if site.last is not None:
            counts = site.last.counts
            last = (
                in_korea(site.last.started_at),
                site.last.outcome,
                *_cells(counts.new, counts.changed, counts.failed),
            )
        week = _cells(site.week.new, site.week.changed, site.week.failed)
        table.add_row(site.key, *last, *week, *_cells(site.articles, site.articles_day))
    return table


def _lists(sites: Sequence[SiteView]) -> Table:
    numbers = ("lists", "due", "in trouble", "pages due", "pages later", "tried again", "given up")
    table = _table("What is to be done", ("site", "next visit", *numbers), numbers)
    for site in sites:
        first = in_korea(site.next_visit, "at once" if site.lists else "-")
        pages = site.pages
        table.add_row(
            site.key,
            first,
            *_cells(site.lists, site.lists_due, len(site.in_trouble)),
            *_cells(pages.due, pages.later, pages.tried_again, pages.given_up),
        )
    return table


def _in_trouble(sites: Sequence[SiteView]) -> Table | None:
    from rich.text import Text

    table = _table(
        "Lists in trouble", ("site", "list", "problem", "in a row", "last read", "next visit"), ("in a row",)
    )
    for site in sites:
        for one in site.in_trouble:
            when = (in_korea(one.last_read, "never"), in_korea(one.next_visit))
            table.add_row(site.key, Text(one.url), Text(one.problem), str(one.failures), *when)
    return table if table.row_count else None


def _failed(sites: Sequence[SiteView]) -> Table | None:
    from rich.text import Text

    numbers = ("tried again", "given up")
    table = _table("Failed pages", ("site", "reason", *numbers, "such as"), numbers)
    for site in sites:
        for one in site.pages.reasons[:_SHOWN]:
            counts = _cells(one.tried_again, one.given_up)
            table.add_row(site.key, Text(one.reason), *counts, Text(one.example))
        if len(site.pages.reasons) > _SHOWN:
            table.add_row(site.key, f"and {len(site.pages.reasons) - _SHOWN} reasons more (--json)", "", "", "")
    return table if table.row_count else None


def _cells(*numbers: int) -> tuple[str, ...]:
    return tuple(f"{number:,}" for number in numbers)
