"""`newsscrape archive`: care for the archive: sizes, soundness, room on the disk, copies."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsscrape.cli.archive_removal import delete, prune
from newsscrape.cli.archives import DATABASE, Database, Json, opened
from newsscrape.cli.console import FAILED, say, stop, table_console, write_output

if TYPE_CHECKING:
    from newsscrape.archive.care.stats import Stats

_SHOWN = 5  # examples of a fault
_LARGE = 2 << 30  # bytes of an SQLite file above which its tables are measured only when asked for

archive_app = typer.Typer(
    help="Care for the archive: sizes, checks, backups, and what is to go.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)
archive_app.command("prune")(prune)
archive_app.command("delete")(delete)


@archive_app.command("stats")
def stats(
    *,
    database: Database = DATABASE,
    sizes: Annotated[
        bool, typer.Option("--sizes", help="Measure the tables of a large SQLite file, too: all of it is read.")
    ] = False,
    json: Json = False,
) -> None:
    """Show how large the archive is, what takes the room, and what there is of each site.

    [bold]newsscrape archive stats --json | jq .size[/bold]
    """
    from newsscrape.archive.care.stats import stats as count
    from newsscrape.errors import NewsscrapeError

    try:
        with opened(database) as archive:
            found = count(archive, by_table=sizes or archive.is_postgresql or archive.size() < _LARGE)
    except NewsscrapeError as error:
        stop(str(error))
    if json:
        import orjson

        from newsscrape.cli.tables import plain

        write_output(orjson.dumps(plain(asdict(found))).decode())
    else:
        _show(found)


def _show(found: Stats) -> None:
    from newsscrape.cli.tables import cells, in_bytes, in_korea, table

    screen = table_console()
    screen.print(
        f"{found.database}: {in_bytes(found.size)}, {found.articles:,} articles, {found.older_versions:,} older "
        "versions",
        soft_wrap=True,
    )
    if found.captures:
        screen.print(f"{found.captures:,} records in {found.warc_files:,} WARC files")
    rows = table("What takes the room", ("table", "rows", "with its indexes"), ("rows", "with its indexes"))
    for one in found.tables:
        rows.add_row(one.name, f"{one.rows:,}", "-" if one.size is None else in_bytes(one.size))
    screen.print()
    screen.print(rows)
    numbers = ("articles", "edited", "gone")
    rows = table("Sites", ("site", *numbers, "published from", "to"), numbers)
    for site in found.sites:
        rows.add_row(
            site.site, *cells(site.articles, site.edited, site.gone), in_korea(site.first), in_korea(site.last)
        )
    screen.print(rows)


@archive_app.command("check")
def check(
    *,
    database: Database = DATABASE,
    quick: Annotated[bool, typer.Option("--quick", help="Do not read every record.")] = False,
    mend: Annotated[
        bool, typer.Option("--mend", help="Remove what leads nowhere; ask again for pages whose article is lost.")
    ] = False,
) -> None:
    """Look the archive through: the file, every record, and what refers to what.

    Exit code 0: it is sound, or was mended; 1: it is not; the faults are named.
    """
    from newsscrape.archive.care.soundness import check as look
    from newsscrape.errors import NewsscrapeError

    left = False
    try:
        with opened(database, writing=mend) as archive:
            for fault in look(archive, records=not quick, mend=mend):
                left = left or fault.mended is None
                say(f"{fault.count:,} x {fault.what}{f': {fault.mended}' if fault.mended else ''}")
                for example in fault.examples[:_SHOWN]:
                    say(f"    {example}")
                if fault.count > _SHOWN:
                    say(f"    and {fault.count - _SHOWN:,} more")
    except NewsscrapeError as error:
        stop(str(error))
    if left:
        raise typer.Exit(FAILED)
    say(f"{database} is sound")


@archive_app.command("reindex")
def reindex(*, database: Database = DATABASE) -> None:
    """Make the index of texts, the stories of wires and the clusters of near copies anew, while others can write."""
    from newsscrape.archive.care.soundness import derive_anew
    from newsscrape.errors import NewsscrapeError

    try:
        with opened(database, writing=True) as archive:
            derive_anew(archive)
    except NewsscrapeError as error:
        stop(str(error))


@archive_app.command("vacuum")
def vacuum(*, database: Database = DATABASE) -> None:
    """Give back to the disk what deleted and replaced articles have left.

    SQLite writes its file anew, so the disk needs room for it twice, and crawls wait (or give up) meanwhile.
    """
    from newsscrape.archive.care.vacuum import vacuum as pack
    from newsscrape.cli.tables import in_bytes
    from newsscrape.errors import NewsscrapeError

    try:
        with opened(database, writing=True) as archive:
            before = archive.size()
            after = pack(archive)
    except NewsscrapeError as error:
        stop(str(error))
    say(f"{database}: {in_bytes(before)} before, {in_bytes(after)} now")


@archive_app.command("backup")
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The SQLite file to make.", show_default=False)],
    *,
    database: Database = DATABASE,
    replace: Annotated[bool, typer.Option("--replace", help="Let it take the place of a file that is there.")] = False,
) -> None:
    """Copy the archive into an SQLite file while crawls go on; the copy is an archive itself.

    It is there whole or not at all. Of PostgreSQL the articles and the ledger are copied; a server's own backup is
    pg_dump's.

    [bold]newsscrape archive backup /backup/news-$(date +%F).db[/bold]
    """
    from newsscrape.archive.care.backup import backup as copy
    from newsscrape.cli.tables import in_bytes
    from newsscrape.errors import NewsscrapeError

    try:
        with opened(database) as archive:
            size = copy(archive, file, replace=replace)
    except NewsscrapeError as error:
        stop(str(error))
    say(f"{file}: {in_bytes(size)}")
