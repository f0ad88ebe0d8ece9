"""`newsscrape reprocess`: pages kept in WARC files, read again with today's rules."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsscrape.cli.archives import DATABASE, Database, Json, opened
from newsscrape.cli.console import FAILED, say, stop, table_console, write_output
from newsscrape.cli.crawl import moment
from newsscrape.cli.export import Since, Site, Until
from newsscrape.cli.profiles import Folder, use_profiles

if TYPE_CHECKING:
    from rich.console import Console

    from newsscrape.archive import Archive
    from newsscrape.reprocessing.account import Account, Sample
    from newsscrape.revisions.fields import Difference

_SHOWN = 20  # addresses of lost pages
_PLAIN_SECONDS = 10.0  # how often a line is printed where no live bar can be drawn

Warc = Annotated[
    list[Path],
    typer.Option("--warc", metavar="DIR-or-FILE", help="A WARC file, or a folder of them; give it again for more."),
]
Write = Annotated[bool, typer.Option("--write", help="Save what differs as new versions; without it nothing changes.")]
Add = Annotated[
    bool,
    typer.Option("--add", help="Also articles that the archive does not have, and pages newer than its versions."),
]
SampleSize = Annotated[int, typer.Option("--sample", min=0, metavar="N", help="How many differing articles to show.")]
Processes = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="Processes that read pages; else one for each core.")
]


def reprocess(
    *,
    warc: Warc,
    database: Database = DATABASE,
    site: Site = None,
    since: Since = None,
    until: Until = None,
    write: Write = False,
    add: Add = False,
    sample: SampleSize = 5,
    processes: Processes = None,
    json: Json = False,
    folder: Folder = None,
) -> None:
    """Read pages in WARC files again with today's rules, and show what they tell otherwise than the archive.

    The newest version of an article is held against another reading of the very page that it was read from (same
    address, same moment of the fetch), field by field: gained, lost, different. Older pages of it are passed over,
    newer ones are, too, without --add. Nothing is changed without --write, which saves what differs as new versions
    (newsscrape history calls them reprocessed). What was deleted on request stays away. The files may be any tool's.

    Run it again after Ctrl-C or a kill: what is written is not written twice. Exit code 1: a file is damaged (it is
    read up to there), or a page of the archive could not be read.

    [bold]newsscrape reprocess --warc pages[/bold]

    [bold]newsscrape reprocess --warc pages --site yna --since 365d --write[/bold]

    [bold]newsscrape reprocess --warc other-tool.warc.gz --add --write[/bold]
    """
    from newsscrape.errors import NewsscrapeError
    from newsscrape.reading.pool import Reader, cores
    from newsscrape.reprocessing.again import Wish
    from newsscrape.reprocessing.again import reprocess as read_again

    use_profiles(folder)
    wish = Wish(
        sites=frozenset(site or ()),
        since=moment("--since", since),
        until=moment("--until", until),
        write=write,
        add=add,
        sample=sample,
    )
    try:
        with _archive(database, write=write, add=add) as archive, _watching() as watch:
            account = read_again(archive, warc, wish, watch, Reader(processes=processes or cores()))
    except NewsscrapeError as error:
        stop(str(error))
    except KeyboardInterrupt:
        stop("stopped; what was written stays, and the same command goes on", FAILED)
    if json:
        write_output(_as_json(account))
    else:
        _show(account, wrote=write, added=add)
    for problem in account.problems:
        say(f"newsscrape: {problem}")
    if not account.ok:
        raise typer.Exit(FAILED)


def _archive(database: str, *, write: bool, add: bool) -> Archive:
    """The archive, which must be there unless articles are to be added to it."""
    from newsscrape.archive import open_archive

    return open_archive(database) if write and add else opened(database, writing=write)


def _as_json(account: Account) -> str:
    import orjson

    sample = [
        {"id": one.id, "site": one.site, "url": one.url, "fields": one.fields, "old": one.old, "new": one.new}
        for one in account.sample.chosen()
    ]
    return orjson.dumps({**account.as_dict(), "sample": sample}).decode()


def _show(account: Account, *, wrote: bool, added: bool) -> None:
    from newsscrape.cli.tables import cells, table

    screen = table_console()
    sites = sorted(account.sites.items())
    numbers = ("same", "changed", "lost", "unreadable", "older", "newer", "unknown")
    came = table("Pages of the archive's articles", ("site", *numbers), numbers)
    for key, site in sites:
        came.add_row(key, *cells(*(getattr(site, name) for name in numbers)))
    screen.print(came)
    kinds: tuple[Difference, ...] = ("gained", "lost", "different")
    fields = table("Fields that are read differently", ("site", "field", *kinds), kinds)
    for key, site in sites:
        for name, counts in sorted(site.fields.items(), key=lambda one: (-one[1].total(), one[0])):
            fields.add_row(key, name, *cells(*(counts[kind] for kind in kinds)))
    if fields.row_count:
        screen.print(fields)
    for heading, named in (("No article any more", account.lost), ("Unreadable", account.unreadable)):
        _name(screen, heading, named)
    for one in account.sample.chosen():
        _show_sample(screen, one)
    for line in _told(account, wrote=wrote, added=added):
        screen.print(line, markup=False, soft_wrap=True)


def _name(screen: Console, heading: str, named: list[tuple[str, str]]) -> None:
    if named:
        screen.print(f"{heading}:", markup=False)
        for url, reason in named[:_SHOWN]:
            screen.print(f"  {url} ({reason})", markup=False, soft_wrap=True)
        if len(named) > _SHOWN:
            screen.print("  … and more (--json names them)", markup=False)


def _show_sample(screen: Console, one: Sample) -> None:
    from rich.text import Text

    from newsscrape.cli.differences import show_differences

    said = ", ".join(f"{name} {difference}" for name, difference in one.fields.items())
    screen.print(Text(f"{one.id}  {one.url or ''}  {said}", style="bold"), soft_wrap=True)
    show_differences(screen, one.old, one.new, one.fields)
    screen.print()


def _told(account: Account, *, wrote: bool, added: bool) -> Iterator[str]:
    """The last lines: what else was met, and what was done or can be done."""
    passed = ", ".join(f"{number:,} {what}" for what, number in account.passed.most_common())
    gone = {name: account.total(name) for name in ("deleted", "pruned")}
    passed = ", ".join([passed] * bool(passed) + [f"{count:,} {name}" for name, count in gone.items() if count])
    yield f"{account.pages:,} pages{f'; besides {passed}' if passed else ''}"
    if account.outside:
        yield f"{account.outside:,} pages are not of the sites or times asked for"
    if account.renamed:
        yield f"{account.renamed:,} articles would get another id today; they keep theirs"
    changed, more = account.total("changed"), account.total("unknown") + account.total("newer")
    if wrote:
        yield f"{account.total('written'):,} new versions written"
        if added:
            yield f"{account.total('added'):,} articles or newer pages added"
    elif changed or (added and more):
        yield "Nothing is written; --write does"
    if more and not added:
        yield f"{more:,} pages are of articles that the archive does not have, or newer than its versions: see --add"


@contextmanager
def _watching() -> Iterator[Callable[[Account], None]]:
    """What shows how far it is: a bar on a terminal, else a line now and then, on stderr."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from newsscrape.cli.progress import console

    screen = console()
    if not screen.is_terminal:
        last = time.monotonic()

        def tell(account: Account) -> None:
            nonlocal last
            if time.monotonic() - last >= _PLAIN_SECONDS:
                last = time.monotonic()
                screen.print(_how_far(account), markup=False)

        yield tell
        return
    columns: Any = (BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*columns, console=screen, transient=True) as bars:
        task = bars.add_task("", total=None)

        def draw(account: Account) -> None:
            bars.update(task, total=account.bytes_total, completed=account.bytes_read, description=_how_far(account))

        yield draw


def _how_far(account: Account) -> str:
    share = account.bytes_read / account.bytes_total if account.bytes_total else 1
    return f"{share:.0%}, {account.pages:,} pages, {account.total('changed'):,} read differently"
