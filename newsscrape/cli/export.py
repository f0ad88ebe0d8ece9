"""`newsscrape export`: articles out of an archive, into a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsscrape.cli.archives import DATABASE, Database, opened
from newsscrape.cli.choices import known
from newsscrape.cli.console import say, stop
from newsscrape.cli.crawl import moment

if TYPE_CHECKING:
    from newsscrape.archive import Archive
    from newsscrape.export.cursor import Cursor


class Format(StrEnum):
    """The formats of a file."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


class Layout(StrEnum):
    """How a record is said."""

    newsscrape = "newsscrape"
    zyte = "zyte"
    schema_org = "schema-org"
    bigkinds = "bigkinds"
    datasets = "datasets"


Output = Annotated[
    str,
    typer.Option("--output", "-o", metavar="FILE", help="The file; .gz and .zst compress it; - is stdout."),
]
FormatOption = Annotated[
    Format | None, typer.Option("--format", help="The file's format, where its name does not tell.", show_default=False)
]
As = Annotated[
    Layout,
    typer.Option(
        "--as",
        help="Our records; zyte-common-items Articles or schema.org JSON-LD (JSONL); BigKinds' columns (CSV, JSONL); "
        "flat rows for Hugging Face datasets.",
    ),
]
Site = Annotated[list[str] | None, typer.Option("--site", metavar="KEY", help="Only these sites; give it again.")]
Since = Annotated[
    str | None, typer.Option(metavar="WHEN", help="Only published since: 48h, 7d, 2026-11-01, 2026-11-01T09:00 (KST).")
]
Until = Annotated[str | None, typer.Option(metavar="WHEN", help="Only published until then, written as --since.")]
Section = Annotated[list[str] | None, typer.Option(metavar="CODE", help="Only these sections, such as economy.")]
Kind = Annotated[list[str] | None, typer.Option(metavar="KIND", help="Only these kinds, such as editorial.")]
Query = Annotated[str | None, typer.Option(metavar="WORDS", help="Only with all these words in title or text.")]
Latest = Annotated[
    bool, typer.Option("--latest", help="Of a wire's story (속보, 1보, 종합, 종합2보) only the last article.")
]
AllRevisions = Annotated[
    bool,
    typer.Option("--all-revisions", help="Older versions, too, in the order of arrival; fetched_at tells them apart."),
]
Dedup = Annotated[
    bool,
    typer.Option("--dedup", help="Of near copies (wire copy in twenty papers) only one."),
]
Fields = Annotated[
    str | None, typer.Option(metavar="NAME,NAME", help="Only these fields, in this order: id,title,published_at,text.")
]
Excel = Annotated[bool, typer.Option("--excel", help="CSV as a Korean Excel opens it by a double click.")]
CursorFile = Annotated[
    Path | None,
    typer.Option("--cursor", metavar="FILE", help="Only what is new or changed since the last export with this file."),
]


def export(
    *,
    output: Output = "-",
    format_: FormatOption = None,
    layout: As = Layout.newsscrape,
    database: Database = DATABASE,
    site: Site = None,
    since: Since = None,
    until: Until = None,
    section: Section = None,
    kind: Kind = None,
    query: Query = None,
    latest: Latest = False,
    all_revisions: AllRevisions = False,
    dedup: Dedup = False,
    fields: Fields = None,
    excel: Excel = False,
    cursor: CursorFile = None,
) -> None:
    """Write articles of the archive to a file: JSONL, CSV or Parquet.

    They come in the order in which they arrived, streamed; crawls may go on meanwhile. The file is there whole or
    not at all. Of an article that was edited the newest version comes. Words of --query must all stand in title or
    text, as letters in a row, whatever their case; a phrase in quotation marks as it is there (see newsscrape search).
    Articles that tell no time are in no --since and --until. With --dedup, of near copies one comes, of those that the
    other options choose (see newsscrape duplicates).

    With --cursor, only what has come or has changed since the last export with that file is written, the newest version
    of each article; nothing is missed, whoever is writing. A file that is there is not overwritten then.

    [bold]newsscrape export -o articles.jsonl.gz --since 7d[/bold]

    [bold]newsscrape export -o politics.csv --excel --section politics[/bold]

    [bold]newsscrape export -o - --as zyte --query "새 다리" | head -1[/bold]
    """
    from newsscrape.archive.selection import Selection, read
    from newsscrape.errors import NewsscrapeError
    from newsscrape.export.cursor import save_cursor
    from newsscrape.export.exporting import export as write

    selection = Selection(
        sites=tuple(site or ()),
        since=moment("--since", since),
        until=moment("--until", until),
        sections=known("--section", section, "SectionCode"),
        kinds=known("--kind", kind, "ArticleKind"),
        query=query,
        versions="last" if latest else "all" if all_revisions else "newest",
        dedup=dedup,
    )
    if latest and all_revisions:
        stop("--latest leaves out what --all-revisions asks for; give one of them")
    if latest and cursor is not None:
        stop("--latest does not go with --cursor: what a later article replaces has been written before")
    if dedup and cursor is not None:
        stop("--dedup does not go with --cursor: a likelier origin may come after a copy of it was written")
    if cursor is not None and until:
        stop("--until does not go with --cursor: what is too young for it now would not come later")
    if format_ is Format.parquet and output == "-" and sys.stdout.isatty():
        stop("Parquet is nothing to look at; name a file with -o, or a program behind a pipe")
    if cursor is not None and Path(output).is_file():
        stop(f"{output} is there, and with --cursor only what is new would be in it; name another file")
    try:
        with opened(database) as archive:
            words: dict[str, object] = {"site": site, "since": since, "section": section, "kind": kind, "query": query}
            words["all_revisions"] = all_revisions or None
            start = _cursor(cursor, archive, {name: word for name, word in words.items() if word})
            last = start.change if start else 0

            def records() -> Iterator[str]:
                nonlocal last
                for kept in read(archive, selection, after=start.change if start else None):
                    last = max(last, kept.change)
                    yield kept.record

            written = write(
                records(),
                output,
                format=format_.value if format_ else None,
                layout=layout.value,
                fields=[name.strip() for name in fields.split(",")] if fields else (),
                excel=excel,
            )
            if cursor is not None and start is not None:
                save_cursor(cursor, replace(start, change=last))
    except NewsscrapeError as error:
        stop(str(error))
    for notice in written.notices:
        say(notice)
    say(f"{written.count:,} articles")


def _cursor(path: Path | None, archive: Archive, words: dict[str, object]) -> Cursor | None:
    """Where an export goes on from; None without a cursor file. `words` are its options, as they were typed."""
    if path is None:
        return None
    from newsscrape.archive.changes import last_change
    from newsscrape.archive.selection import birth
    from newsscrape.export.cursor import Cursor, load_cursor

    return load_cursor(path, Cursor(birth(archive).isoformat(), words), last_change(archive))
