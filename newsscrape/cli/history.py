"""`newsscrape history`: what became of an article, version by version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsscrape.cli.archives import DATABASE, Database, Json, opened
from newsscrape.cli.console import stop, table_console, write_output

if TYPE_CHECKING:
    from rich.console import Console

    from newsscrape.archive.revisions import History, Version
    from newsscrape.revisions.sentences import Line

_AROUND = 1  # unchanged sentences shown before and behind a changed one


def history(
    name: Annotated[str, typer.Argument(metavar="ID-OR-URL", help="The article's id or address.", show_default=False)],
    *,
    database: Database = DATABASE,
    json: Json = False,
) -> None:
    """Show the versions of an article: when each came, what kind of change it was, and what differs.

    Times are Korea's, and those of the visit that saw the change: it happened before. Of a wire's story (속보, 1보,
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

    from newsscrape.cli.tables import in_korea

    screen.print()
    when = in_korea(version.fetched_at or version.saved_at)
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
    for label, read in _FACTS:
        old, new = read(before), read(record)
        if old != new:
            screen.print(Text(f"   - {label}: {old}", style="red"), soft_wrap=True)
            screen.print(Text(f"   + {label}: {new}", style="green"), soft_wrap=True)
    _show_texts(screen, before.get("text") or "", record.get("text") or "")
    return record


def _names(record: dict[str, Any]) -> str:
    return ", ".join(f"{one['name']} {one.get('role') or ''}".strip() for one in record.get("authors") or ())


def _lines(record: dict[str, Any], field: str) -> str:
    return " / ".join(one if isinstance(one, str) else one["text"] for one in record.get(field) or ())


_FACTS = (
    ("title", lambda record: record.get("title") or ""),
    ("subtitles", lambda record: _lines(record, "subtitles")),
    ("reporters", _names),
    ("published", lambda record: record.get("published_at") or ""),
    ("modified", lambda record: record.get("modified_at") or ""),
    ("notes", lambda record: _lines(record, "notes")),
)


def _show_texts(screen: Console, old: str, new: str) -> None:
    from newsscrape.revisions.sentences import side_by_side

    lines = list(side_by_side(old, new))
    near = {
        other for at, line in enumerate(lines) if line.sign != " " for other in range(at - _AROUND, at + _AROUND + 1)
    }
    skipped = 0
    for at, line in enumerate(lines):
        if at in near:
            _tell_skipped(screen, skipped)
            skipped = 0
            screen.print(_styled(line), soft_wrap=True)
        else:
            skipped += 1
    if near:
        _tell_skipped(screen, skipped)


def _tell_skipped(screen: Console, count: int) -> None:
    if count:
        screen.print(f"     ({count} sentences as before)", style="dim")


def _styled(line: Line) -> Any:
    from rich.text import Text

    colour = {"-": "red", "+": "green", " ": ""}[line.sign]
    text = Text(f"   {line.sign} ", style=colour)
    for word, differs in line.words:
        text.append(word, style=f"{colour} bold underline" if differs else colour)
    return text
