"""What the eye sees of a crawl, on stderr: progress while it runs, tables at its end."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

if TYPE_CHECKING:
    from newsscrape.crawl_report import Report, SiteReport

_PLAIN_SECONDS = 2.0  # how often a line is printed where no live bar can be drawn
_PLAIN_WIDTH = 120
_SHOWN = 20  # pages named under the table; the rest is counted
_COLUMNS = {"title": "title", "body": "body", "published_at": "date", "authors": "author", "publisher": "publisher"}


def console() -> Console:
    """Stderr for tables and bars; where that is no terminal, plain text of a fixed width."""
    plain = Console(stderr=True, highlight=False)
    return plain if plain.is_terminal else Console(stderr=True, highlight=False, width=_PLAIN_WIDTH, no_color=True)


class Watch:
    """Shows a running crawl; call it with the report after every step."""

    def __init__(self, screen: Console, *, limit: int | None = None, json_lines: bool = False) -> None:
        self.screen = screen
        self.limit = limit
        self.json_lines = json_lines
        self.bars: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._last = time.monotonic()

    def __call__(self, report: Report) -> None:
        """Brings the bars (or a plain line) up to date."""
        if self.bars is not None:
            for site in report:
                self._draw(self.bars, site)
        elif report.sites and time.monotonic() - self._last >= _PLAIN_SECONDS:
            self._last = time.monotonic()
            if self.json_lines:
                self._print_json(report)
                return
            text = ", ".join(f"{site.key} {_settled(site)}/{self._total(site)}" for site in report)
            self.screen.print(f"read so far: {text}", markup=False)

    def _print_json(self, report: Report) -> None:
        counts = {site.key: {"found": site.found, "settled": site.settled, "articles": site.read} for site in report}
        now = datetime.now(UTC).isoformat(timespec="seconds")
        print(json.dumps({"at": now, "event": "progress", "sites": counts}, ensure_ascii=False), file=sys.stderr)

    def _draw(self, bars: Progress, site: SiteReport) -> None:
        if site.key not in self._tasks:
            self._tasks[site.key] = bars.add_task(site.name, total=None, count="")
        done, total = _settled(site), self._total(site)
        bars.update(self._tasks[site.key], completed=done, total=total or None, count=f"{site.read} articles")

    def _total(self, site: SiteReport) -> int:
        return site.found if self.limit is None else min(self.limit, site.found)


@contextmanager
def watching(screen: Console, *, limit: int | None = None, json_lines: bool = False) -> Iterator[Watch]:
    """A `Watch` with live bars on a terminal, with a line every two seconds (of JSON, if asked for) elsewhere."""
    watch = Watch(screen, limit=limit, json_lines=json_lines)
    if json_lines or not screen.is_terminal:
        yield watch
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[count]}"), TimeElapsedColumn())
    with Progress(*columns, console=screen) as watch.bars:
        yield watch


def _settled(site: SiteReport) -> int:
    return site.settled


def show(report: Report, screen: Console, *, json_lines: bool = False) -> None:
    """The tables of a crawl, then the pages that gave no article, each with its reason; or all of it as JSON."""
    if json_lines:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        print(json.dumps({"at": now, "event": "report", **report.as_dict()}, ensure_ascii=False), file=sys.stderr)
        return
    screen.print(_what_came(report))
    screen.print(_what_is_filled(report))
    for heading, pages in (("Rejected", _rejected(report)), ("Failed", _failed(report))):
        if pages:
            screen.print(f"{heading}:", markup=False)
            for line in pages[:_SHOWN]:
                screen.print(f"  {line}", markup=False, soft_wrap=True)
            if len(pages) > _SHOWN:
                screen.print(f"  … and {len(pages) - _SHOWN} more", markup=False)
    for line in (*_drifted(report), *_extra_ways(report)):
        screen.print(line, markup=False, soft_wrap=True)
    for notice in (*report.notices, *(notice for site in report for notice in site.notices)):
        screen.print(f"Note: {notice}", markup=False, soft_wrap=True)
    if report.error:
        screen.print(f"The crawl broke off: {report.error}", markup=False, soft_wrap=True)
    elif report.interrupted:
        screen.print("The crawl was stopped before its end.", markup=False)


def _what_came(report: Report) -> Table:
    table = _table("What came of it")
    for name in ("found", "new", "changed", "lines removed", "failed"):
        table.add_column(name, justify="right", max_width=8)
    table.add_column("passed by")
    for site in report:
        counts = (site.found, site.articles, site.changed, site.lines_removed, site.pages_failed)
        table.add_row(_name(site), *map(str, counts), _passed_by(site))
    return table


def _what_is_filled(report: Report) -> Table:
    table = _table("Fields filled")
    for name in _COLUMNS.values():
        table.add_column(name, justify="right")
    for site in report:
        table.add_row(_name(site), *(f"{site.share(field):.0%}" if site.read else "-" for field in _COLUMNS))
    return table


def _table(title: str) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD)
    table.add_column("site")
    return table


def _name(site: SiteReport) -> str:
    return f"{site.name} ({site.key})"


def _passed_by(site: SiteReport) -> str:
    counts = dict(sorted(site.pages_rejected.items()))
    counts.update(
        known=site.known, unchanged=site.unchanged, duplicate=site.duplicates, older=site.older, waiting=site.waiting,
        left=site.left,
    )  # fmt: skip
    return ", ".join(f"{count} {kind}" for kind, count in counts.items() if count) or "-"


def _drifted(report: Report) -> list[str]:
    """The selectors of profiles that found nothing: the site has changed its pages, or the profile is wrong."""
    return [
        f"Drift: {site.key}: {where} found nothing on {count} of {site.read} pages; other sources told it"
        for site in report
        for where, count in sorted(site.drift.items())
    ]


def _extra_ways(report: Report) -> list[str]:
    """What pages without text cost besides."""
    asked = [f"{site.key}: {site.alternates} pages came without text and were asked for at another address"
             for site in report if site.alternates]  # fmt: skip
    rendered = [
        f"{site.key}: {site.rendered} pages rendered in a browser, {site.render_seconds:.1f} s, "
        f"{site.render_requests} requests of their own"
        for site in report
        if site.rendered
    ]
    return asked + rendered


def _rejected(report: Report) -> list[str]:
    pages = ((kind, page) for site in report for kind, rejected in site.rejected.items() for page in rejected)
    return [f"{kind}: {page.url} ({page.reason})" for kind, page in pages]


def _failed(report: Report) -> list[str]:
    return [f"{failure.url} ({failure.reason})" for failure in report.failures]
