"""`newsscrape sites check`: do the profiles still find what they should?"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsscrape.cli.console import FAILED, say, stop, table_console, write_output
from newsscrape.cli.profiles import Folder, use_profiles

if TYPE_CHECKING:
    from newsscrape.workshop.check import Check

FIXTURES = Path(__file__).parents[2] / "fixtures" / "articles"  # of a clone; an installed package has none
FETCHING = "newsscrape.spiders.fetching"
_SHOWN = 20

Keys = Annotated[list[str] | None, typer.Argument(metavar="[KEY]...", help="Keys of sites; without any all of them.")]
Pages = Annotated[
    Path | None,
    typer.Option(
        exists=True,
        file_okay=False,
        help="Saved pages: folders with a page.toml (url) beside page.html, or an index.jsonl of {file, url}.",
    ),
]
Live = Annotated[bool, typer.Option("--live", help="Fetch a few new articles of each site named, as a crawl would.")]
Number = Annotated[int, typer.Option("--number", "-n", min=1, help="With --live: so many articles of each site.")]
Contact = Annotated[
    str | None, typer.Option(metavar="MAIL-OR-URL", envvar="NEWSSCRAPE_CONTACT", help="Stands in the User-Agent.")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object on stdout instead of the table.")]


def check(
    keys: Keys = None,
    *,
    pages: Pages = None,
    live: Live = False,
    number: Number = 3,
    contact: Contact = None,
    folder: Folder = None,
    json: Json = False,
) -> None:
    """Run profiles on pages and tell, site by site and field by field, who told each field.

    Without --pages or --live the fixtures of the clone are read. A selector has fallen silent where it
    finds nothing and another source (JSON-LD, meta tags, markup) tells the field: on any page for text,
    headline, time and byline, on all pages of its layout for the rest. Exit code 1: a selector fell silent
    or a page could not be read; 2: wrong use.

    [bold]newsscrape sites check[/bold]

    [bold]newsscrape sites check mytown --sites profiles/ --pages saved/[/bold]

    [bold]newsscrape sites check yna hani --live --contact me@example.org[/bold]
    """
    from newsscrape.errors import NewsscrapeError
    from newsscrape.sites import load_site
    from newsscrape.workshop.check import check_pages
    from newsscrape.workshop.saved import read_saved

    use_profiles(folder)
    wanted = keys or []
    try:
        for key in wanted:
            load_site(key)
        if live:
            if not wanted:
                stop("--live asks sites on the internet: name those that you mean")
            with tempfile.TemporaryDirectory() as kept:
                import_module(FETCHING).fetch_articles(wanted, Path(kept), number=number, contact=contact, say=say)
                found = check_pages(read_saved(Path(kept)), wanted)
        else:
            found = check_pages(read_saved(_folder(pages)), wanted)
    except NewsscrapeError as error:
        stop(str(error))
    if not found.layouts and not found.failures:
        stop("no page of these sites is there to check")
    if json:
        import orjson

        write_output(orjson.dumps(found.as_dict(), option=orjson.OPT_INDENT_2).decode())
    else:
        _show(found)
    if not found.ok:
        raise typer.Exit(FAILED)


def _folder(pages: Path | None) -> Path:
    if pages is not None:
        return pages
    if not FIXTURES.is_dir():
        stop("the fixtures are not here; name a folder of saved pages with --pages, or fetch some with --live")
    return FIXTURES


def _show(found: Check) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from newsscrape.workshop.check import FIELDS

    table = Table(box=SIMPLE_HEAD, header_style="bold")
    table.add_column("layout", no_wrap=True)
    for name in ("pages", *FIELDS):
        table.add_column(name)
    for one in sorted(found.layouts.values(), key=lambda one: (one.site, one.layout)):
        table.add_row(f"{one.site}/{one.layout}", str(one.pages), *(_cell(one.told[name]) for name in FIELDS))
    screen = table_console()
    screen.print(table)
    for line in _first(
        [
            f"Fell silent: {s.site}/{s.layout}: {s.field} found nothing on {s.page}; taken from {s.source}"
            for s in found.silences
        ]
        + [f"Not read: {page}: {reason}" for page, reason in found.failures.items()]
    ):
        screen.print(line, markup=False, soft_wrap=True)


def _cell(counts: dict[str, int]) -> str:
    """ "profile" where it told the field on all pages, else every source with its pages; "-" for none."""
    told = {source: number for source, number in counts.items() if source != "silent"}
    if not told:
        return "-"
    if len(counts) == 1:
        return next(iter(told))
    return " ".join(f"{source} {number}" for source, number in told.items())


def _first(lines: Sequence[str]) -> list[str]:
    rest = len(lines) - _SHOWN
    return [*lines[:_SHOWN], f"… and {rest} more (--json names all)"] if rest > 0 else list(lines)
