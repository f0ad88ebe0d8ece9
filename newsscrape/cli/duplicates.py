"""`newsscrape duplicates`: the near copies of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from newsscrape.cli.archives import DATABASE, Database, Json, opened
from newsscrape.cli.console import stop, table_console, write_output

if TYPE_CHECKING:
    from newsscrape.archive.clusters.showing import Cluster


def duplicates(
    name: Annotated[str, typer.Argument(metavar="ID-OR-URL", help="The article's id or address.", show_default=False)],
    *,
    database: Database = DATABASE,
    json: Json = False,
) -> None:
    """Show the near copies of an article, the likely origin first (wire copy in twenty papers).

    "alike" is the share of five-letter runs that a copy and the article asked for have in common, of those of both;
    "contained" of those of the shorter text. What was only cut is contained by 100%. Times are Korea's.

    [bold]newsscrape duplicates yna:AKR20261120123400004[/bold]

    [bold]newsscrape duplicates yna:AKR20261120123400004 --json | jq -r '.copies[].url'[/bold]

    One of each in a file: [bold]newsscrape export --dedup -o articles.jsonl[/bold]
    """
    from newsscrape.archive.articles import Articles
    from newsscrape.archive.clusters.showing import cluster_of
    from newsscrape.errors import NewsscrapeError

    try:
        with opened(database) as archive:
            article = Articles(archive).find(name)
            found = cluster_of(archive, article) if article is not None else None
    except NewsscrapeError as error:
        stop(str(error))
    if article is None or found is None:
        stop(f"{database} has no article {name}; `newsscrape search` finds ids by words")
    if json:
        write_output(_as_json(article, found))
    else:
        _show(article, found)


def _as_json(article: str, found: Cluster) -> str:
    import orjson

    from newsscrape.cli.tables import plain

    copies = [
        {
            "id": copy.id,
            "site": copy.site,
            "url": copy.url,
            "title": copy.title,
            "published_at": plain(copy.published_at),
            "alike": round(copy.likeness.jaccard, 4),
            "contained": round(copy.likeness.of_shorter, 4),
        }
        for copy in found.copies
    ]
    origin = found.copies[0].id if found.why is not None else None
    data = {"id": article, "cluster": found.id, "origin": origin, "why": found.why, "copies": copies}
    return orjson.dumps(data).decode()


def _show(article: str, found: Cluster) -> None:
    from rich.text import Text

    from newsscrape.cli.tables import in_korea, table

    screen = table_console()
    if found.why is None:
        screen.print(f"{article} has no near copies in the archive", markup=False, soft_wrap=True)
        return
    numbers = ("alike", "contained")
    rows = table(f"{len(found.copies):,} near copies", ("id", "site", "published", *numbers, "title"), numbers)
    for copy in found.copies:
        facts = (copy.id, copy.site, in_korea(copy.published_at))
        shares = (f"{copy.likeness.jaccard:.0%}", f"{copy.likeness.of_shorter:.0%}")
        style = "bold" if copy.id == article else ""
        rows.add_row(*(Text(cell, style) for cell in (*facts, *shares, copy.title or "")))
    screen.print(rows)
    screen.print(f"The likely origin is {found.copies[0].id}: {found.why}.", markup=False, soft_wrap=True)
