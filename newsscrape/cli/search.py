"""`newsscrape search`: words in the articles of an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsscrape.cli.archives import DATABASE, Database, opened
from newsscrape.cli.choices import known
from newsscrape.cli.console import say, stop, table_console, write_output
from newsscrape.cli.crawl import moment
from newsscrape.cli.export import Kind, Section, Since, Site, Until

if TYPE_CHECKING:
    from newsscrape.archive.search.searching import Found
    from newsscrape.archive.search.snippet import Passage

Words = Annotated[list[str], typer.Argument(metavar="WORDS", help="What to look for; a phrase as '\"새 다리\"'.")]
Limit = Annotated[int, typer.Option(metavar="N", min=1, max=10_000, help="At most this many, the newest.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout.")]


def search(
    words: Words,
    *,
    database: Database = DATABASE,
    site: Site = None,
    since: Since = None,
    until: Until = None,
    section: Section = None,
    kind: Kind = None,
    limit: Limit = 20,
    json: Json = False,
) -> None:
    """Look for words in the articles of the archive; the newest come first.

    All words must stand in title or text, as letters in a row, whatever their case: 반도체 finds 반도체의. A phrase in
    quotation marks stands as it is there, with its blanks. What was found is marked, by colour or «so». Times are
    Korea's; articles that tell none come last, and are in no --since and --until.

    [bold]newsscrape search "실리콘밸리 협약" --since 30d[/bold]

    [bold]newsscrape search '"새 다리" 개통' --site yna --json | jq .url[/bold]

    All that is found, as a file: [bold]newsscrape export --query "실리콘밸리 협약" -o found.jsonl[/bold]
    """
    from newsscrape.archive.search.searching import find
    from newsscrape.archive.selection import Selection
    from newsscrape.errors import NewsscrapeError

    selection = Selection(
        sites=tuple(site or ()),
        since=moment("--since", since),
        until=moment("--until", until),
        sections=known("--section", section, "SectionCode"),
        kinds=known("--kind", kind, "ArticleKind"),
        query=" ".join(words),
    )
    try:
        with opened(database) as archive:
            found = find(archive, selection, limit + 1)
    except NewsscrapeError as error:
        stop(str(error))
    for one in found[:limit]:
        if json:
            _write_json(one)
        else:
            _show(one)
    if not found:
        say("nothing found")
    elif len(found) > limit:
        say(f"the newest {limit:,} of more; --limit shows more, `newsscrape export --query` writes them all")


def _write_json(found: Found) -> None:
    import orjson

    from newsscrape.cli.tables import plain

    names = ("id", "site", "url", "publisher", "published_at", "kind", "section_code")
    said: dict[str, Any] = {name: plain(getattr(found, name)) for name in names}
    said |= {"title": found.title.text or None, "title_matches": found.title.matches}
    said |= {"snippet": found.snippet.text, "snippet_matches": found.snippet.matches}
    write_output(orjson.dumps(said).decode())


def _show(found: Found) -> None:
    from newsscrape.cli.tables import in_korea

    console = table_console()
    head = f"{in_korea(found.published_at, 'no time'.ljust(16))}  {found.publisher or found.site}  "
    tail = f"    {found.id}  {found.url or ''}".rstrip()
    if not console.is_terminal:
        write_output(f"{head}{found.title.marked()}\n    {found.snippet.marked()}\n{tail}\n")
        return
    from rich.text import Text

    def coloured(passage: Passage, style: str = "") -> Text:
        text = Text(style=style)
        for piece, match in passage.pieces():
            text.append(piece, "bold yellow" if match else "")
        return text

    console.print(Text(head, "dim") + coloured(found.title, "bold"), soft_wrap=True)
    console.print(Text("    ") + coloured(found.snippet), soft_wrap=True)
    console.print(Text(f"{tail}\n", "dim"), soft_wrap=True)
