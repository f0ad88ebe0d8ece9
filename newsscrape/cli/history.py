"""`newsscrape history`: what became of an article, version by version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsscrape.cli.archives import DATABASE, Database, Json, opened
from newsscrape.cli.console import stop, table_console, write_output

if TYPE_CHECKING:
    from rich.console import Console

    from newsscrape.archive.revisions import History, Version


def history(
    name: Annotated[str, typer.Argument(metavar="ID-OR-URL", help="The article's id or address.", show_default=False)],
    *,
    database: Database = DATABASE,
    json: Json = False,
) -> None:
    """Show the versions of an article: when each came, what kind of change it was, and what differs.

    Times are Korea's, and those of the visit that saw the change: it happened before. Pages that were read again by
    newer rules (newsscrape reprocess) show all fields that differ, and when that was. Of a wire's story (속보, 1보,
    종합) the other articles are named.

    [bold]newsscrape history yna:AKR20261120123400004[/bold]

    [bold]newsscrape history https://www.yna.co.kr/view/AKR20261120123400004 --json | jq '.versions[].changed'[/bold]
    """
    from newsscrape.archive.articles import Articles
    from newsscrape.archive.revisions import history as look
    from newsscrape.errors import NewsscrapeError

    try:
        with opened(database) as archive:
            article = Articles(archive).find(name)
            found = look(archive, article) if article is not None else None
    except NewsscrapeError as error:
        stop(str(error))
    if found is None:
        stop(f"{database} has no article {name}; `newsscrape search` finds ids by words")
    if json:
        write_output(_as_json(found))
    else:
        _show(found)


def _as_json(found: History) -> str:
    import orjson

    from newsscrape.cli.tables import plain

    versions = [
        {
            "version": version.version,
            "revision": version.revision,
            "changed": list(version.changed),
            "saved_at": plain(version.saved_at),
            "fetched_at": plain(version.fetched_at),
            "record": orjson.Fragment(version.record) if version.record is not None else None,
        }
        for version in found.versions
    ]
    data = {"id": found.id, "site": found.site, "url": found.url, "story": list(found.story), "versions": versions}
    return orjson.dumps(data).decode()


def _show(found: History) -> None:
    screen = table_console()
    screen.print(f"{found.id}  {found.url or ''}", markup=False, soft_wrap=True)
    if found.story:
        screen.print(f"Story, the last article last: {', '.join(found.story)}", markup=False, soft_wrap=True)
    before: dict[str, Any] | None = None
    for version in found.versions:
        before = _show_version(screen, version, before)


def _show_version(screen: Console, version: Version, before: dict[str, Any] | None) -> dict[str, Any] | None:
    """Shows a version with what differs from the one before; returns its record for the next."""
    import orjson
    from rich.text import Text

    from newsscrape.cli.differences import EDITED, show_differences
    from newsscrape.cli.tables import in_korea
    from newsscrape.revisions.fields import FIELDS, field_differences

    screen.print()
    again = version.revision == "reprocessed"  # its page is that of the version before: what is new is the reading
    when = in_korea(version.saved_at if again else version.fetched_at or version.saved_at)
    changed = f": {', '.join(version.changed)}" if version.changed else ""
    head = f"{version.version}  {when}  {version.revision}{changed}"
    if version.record is None:
        screen.print(Text(f"   {when}  {version.revision} by the publisher", style="bold"))
        return before
    record: dict[str, Any] = orjson.loads(version.record)
    screen.print(Text(head, style="bold"))
    if before is None:
        screen.print(Text(f"   {record.get('title') or '(no title)'}"), soft_wrap=True)
        return record
    # Other rules read other fields of the same page, too; a publisher's change is what a reader would see of it.
    fields = FIELDS if again else EDITED
    show_differences(screen, before, record, [field for field in field_differences(before, record) if field in fields])
    return record
