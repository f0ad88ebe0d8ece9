"""`newsscrape sites new`: a profile proposed from one page."""

from __future__ import annotations

import tempfile
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsscrape.cli.console import FAILED, read_input, say, stop, table_console
from newsscrape.cli.profiles import Folder, use_profiles
from newsscrape.cli.sites_check import FETCHING

if TYPE_CHECKING:
    from newsscrape.page import Page
    from newsscrape.workshop.propose import Proposal

_WIDEST = 90  # letters of a value in the table

Source = Annotated[
    str, typer.Argument(metavar="URL-or-FILE", help="An article's address, or a saved page.", show_default=False)
]
Key = Annotated[str | None, typer.Option(help="The site's short name; without it the first part of its domain.")]
Name = Annotated[str | None, typer.Option(help="The site's name as it prints it; without it as the page says.")]
Url = Annotated[str | None, typer.Option(help="The address that a saved page was fetched from.")]
Output = Annotated[
    Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where KEY.toml goes; a folder for --sites.")
]
Fixtures = Annotated[
    Path | None, typer.Option(metavar="FOLDER", help="Where the fixture goes; without it OUTPUT/fixtures.")
]
Contact = Annotated[
    str | None, typer.Option(metavar="MAIL-OR-URL", envvar="NEWSSCRAPE_CONTACT", help="Stands in the User-Agent.")
]
Force = Annotated[bool, typer.Option("--force", help="Write over a profile that is there.")]


def new(
    source: Source,
    *,
    key: Key = None,
    name: Name = None,
    url: Url = None,
    output: Output = Path("."),
    fixtures: Fixtures = None,
    contact: Contact = None,
    folder: Folder = None,
    force: Force = False,
) -> None:
    """Propose a profile from one article page: see what every source says, get TOML and a fixture.

    The table tells, field by field, what JSON-LD, meta tags and markup say. The profile holds selectors that
    were tried on the page and select exactly the element meant, a guess at the pattern of article addresses,
    and feeds that the page names; comments stand where you must decide. A page of a known CMS family (ND Soft
    and others) needs a few lines only. Then: newsscrape sites check KEY --sites FOLDER --pages FOLDER/fixtures

    [bold]newsscrape sites new https://www.mytown-news.example/article/10234 --key mytown -o profiles/[/bold]

    [bold]newsscrape sites new page.html --url https://www.mytown-news.example/article/10234 -o profiles/[/bold]
    """
    from newsscrape.errors import NewsscrapeError
    from newsscrape.workshop.propose import key_of_domain, propose
    from newsscrape.workshop.write import write_fixture, write_profile

    use_profiles(folder)
    try:
        page = _page(source, url, contact)
        proposal = propose(page)
    except NewsscrapeError as error:
        stop(str(error), FAILED)
    key = key or key_of_domain(proposal.domain)
    outlet = proposal.article.publisher
    name = name or (outlet.name if outlet else None) or key
    path = output / f"{key}.toml"
    if path.exists() and not force:
        stop(f"{path} is there already; choose another --key or -o, or write over it with --force")
    _show(proposal)
    try:
        written = write_profile(output, proposal, key, name)
        fixture = write_fixture(fixtures or output / "fixtures", proposal, key)
    except OSError as error:
        stop(f"cannot write: {error}", FAILED)
    if proposal.known:
        say(f"The host is {proposal.known}'s already; a profile in a folder of your own wins over it.")
    if proposal.family:
        say(f"The page is of the family {proposal.family}: its layouts and addresses are known.")
    say(f"Written: {written} and {fixture}. The page in it is the publisher's work: keep it to yourself.")


def _page(source: str, url: str | None, contact: str | None) -> Page:
    from newsscrape.page import Page

    if source.startswith(("http://", "https://")):
        with tempfile.TemporaryDirectory() as kept:
            page: Page = import_module(FETCHING).fetch_page(source, Path(kept), contact=contact)
            return page
    if url is None:
        stop("a saved page needs --url: its address tells the site and the article's number")
    return Page(read_input(source), url=url, fetched_at=datetime.now().astimezone().replace(microsecond=0))


def _show(proposal: Proposal) -> None:
    """What each source says, then the selectors that were found."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from newsscrape.workshop.propose import SHOWN

    said = Table("field", "source", "says", title="What the page says", title_justify="left", box=SIMPLE_HEAD)
    for field in SHOWN:
        rows = dict.fromkeys((c.source, (c.raw or str(c.value))) for c in proposal.said if c.field == field)
        for number, (source, text) in enumerate(rows):
            said.add_row("" if number else field, source, text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…")
    found = Table("field", "selector", title="What finds it", title_justify="left", box=SIMPLE_HEAD)
    for field, paths in proposal.selectors.items():
        for path in paths:
            found.add_row(field, path)
    for field in proposal.missing:
        found.add_row(field, "- (no element holds it alone)")
    encoding = proposal.article.encoding
    screen = table_console()
    screen.print(said, markup=False)
    if proposal.family:
        screen.print(f"Family: {proposal.family}, layout {proposal.layout}", markup=False)
    else:
        screen.print(found, markup=False)
    for pattern in proposal.identity.urls:
        screen.print(f"Address: {pattern} (article {proposal.identity.number})", markup=False)
    if encoding is not None:
        screen.print(f"Charset: {encoding.name}, told by {encoding.chosen_by}", markup=False)
