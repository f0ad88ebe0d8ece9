"""`newsscrape archive prune` and `delete`: what is to leave the archive."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from newsscrape.cli.archives import DATABASE, Database, opened
from newsscrape.cli.console import say, stop

if TYPE_CHECKING:
    from newsscrape.archive import Archive
    from newsscrape.archive.care.removal import Deleted

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def prune(
    *,
    before: Annotated[
        str,
        typer.Option(
            "--before", metavar="WHEN", help="What was published before then goes: 365d (ago), 2024-01-01 (KST)."
        ),
    ],
    site: Annotated[list[str] | None, typer.Option("--site", metavar="KEY", help="Only of these sites.")] = None,
    kind: Annotated[list[str] | None, typer.Option(metavar="KIND", help="Only these kinds, such as market.")] = None,
    versions: Annotated[
        bool, typer.Option("--versions", help="Only older versions that were replaced before then; no article goes.")
    ] = False,
    yes: Yes = False,
    database: Database = DATABASE,
) -> None:
    """Remove old articles, with their versions and everything that is known of them. No crawl fetches them again.

    Articles that tell no time go by the time when they came in. Output files and WARC files are not touched.

    [bold]newsscrape archive prune --before 730d[/bold]

    [bold]newsscrape archive prune --before 90d --kind market --kind weather --yes[/bold]
    """
    from newsscrape.archive.care.removal import Old, count_old, prune_versions
    from newsscrape.archive.care.removal import prune as remove
    from newsscrape.cli.choices import known
    from newsscrape.cli.crawl import moment
    from newsscrape.errors import NewsscrapeError

    then = moment("--before", before)
    assert then is not None
    if versions and kind:
        stop("--kind chooses articles; it does not go with --versions")
    old = Old(then, tuple(site or ()), known("--kind", kind, "ArticleKind"))
    try:
        with opened(database, writing=True) as archive:
            if versions:
                say(f"{prune_versions(archive, then, old.sites):,} older versions removed")
                return
            found = count_old(archive, old)
            if not found:
                say(f"nothing was published before {then:%Y-%m-%d %H:%M}")
                return
            parts = ", ".join(f"{number:,} of {key}" for key, number in found.items())
            _ask(f"{sum(found.values()):,} articles are to go: {parts}. Remove them?", yes)
            removed = sum(remove(archive, old))
    except NewsscrapeError as error:
        stop(str(error))
    say(f"{removed:,} articles removed; `newsscrape archive vacuum` gives the room back to the disk")


def delete(
    name: Annotated[str, typer.Argument(metavar="ID-OR-URL", help="The article's id or address.", show_default=False)],
    *,
    reason: Annotated[str | None, typer.Option(metavar="WORDS", help="Why; it is noted with the id.")] = None,
    yes: Yes = False,
    database: Database = DATABASE,
) -> None:
    """Delete one article on request: its record, its versions, its entry in the index. No crawl brings it back.

    Its id and the reason are kept, nothing else. WARC records that hold its page are named: those, and files that
    were exported before, are yours to remove.

    [bold]newsscrape archive delete hanbit:1042 --reason "request of 2026-11-20"[/bold]
    """
    from newsscrape.archive.articles import Articles
    from newsscrape.archive.care.removal import delete_article
    from newsscrape.errors import NewsscrapeError

    try:
        with opened(database, writing=True) as archive:
            article = Articles(archive).find(name)
            if article is None:
                stop(f"{database} has no article {name}")
            _ask(f"{article} is to be deleted for good{_title(archive, article)}. Delete it?", yes)
            deleted = delete_article(archive, article, reason)
    except NewsscrapeError as error:
        stop(str(error))
    if deleted is not None:
        _tell(deleted)


def _tell(deleted: Deleted) -> None:
    older = f", with its older versions ({deleted.versions:,})" if deleted.versions else ""
    say(f"{deleted.id} is deleted{older}")
    for capture in deleted.captures:
        say(f"{capture.file}, at byte {capture.place:,}, still holds {capture.url}")


def _title(archive: Archive, article: str) -> str:
    import orjson

    from newsscrape.archive.articles import Articles

    record = Articles(archive).record(article)
    title = orjson.loads(record)["title"] if record else None
    return f' ("{title}")' if title else ""


def _ask(question: str, yes: bool) -> None:
    """Goes on after a yes; leaves where the answer is no, or nobody is there to give one."""
    if yes:
        return
    if not sys.stdin.isatty():
        stop(f"{question} Say so with --yes.")
    typer.confirm(question, abort=True, err=True)
