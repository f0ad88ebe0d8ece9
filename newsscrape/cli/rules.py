"""`newsscrape rules`: the furniture rules, and what they make of one line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from newsscrape.cli.console import stop, write_output

if TYPE_CHECKING:
    from newsscrape.article import Zone
    from newsscrape.boilerplate.rules import Rule

rules_app = typer.Typer(help="List the furniture rules, or ask why a line goes or stays.")

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout instead of a table.")]


@rules_app.callback(invoke_without_command=True)
def list_rules(context: typer.Context, json: Json = False) -> None:
    """List all rules: id, zones, why (where it was seen) and one line that it takes.

    [bold]newsscrape rules | grep subscribe[/bold]
    """
    if context.invoked_subcommand is not None:
        return
    import orjson

    from newsscrape.boilerplate.rules import load_rules

    if json:
        for rule in load_rules():
            write_output(orjson.dumps(_as_row(rule)).decode())
        return
    _print_table(
        ("id", "zones", "why", "example"),
        [(rule.id, _zones(rule), rule.why, rule.drops[0] if rule.drops else "-") for rule in load_rules()],
    )


@rules_app.command("why", context_settings={"ignore_unknown_options": True})  # lines may begin with "-"
def why(
    line: Annotated[str, typer.Argument(metavar="LINE", help="One line of a page, as a reader sees it, in quotes.")],
    zone: Annotated[
        str | None,
        typer.Option("--zone", metavar="Z", help="Where the line stands; without it, all five are asked."),
    ] = None,
    json: Json = False,
) -> None:
    """Say which rule takes a line in which zone, what is cut off it, or which near miss spared it.

    Zones: [bold]top[/bold] above the title, [bold]head[/bold] between title and text, [bold]body[/bold] among the
    paragraphs, [bold]tail[/bold] behind the last one, [bold]foot[/bold] the end of the page.

    Lines that repeat the page's own title, decks or captions go as well; one line alone does not show that.

    [bold]newsscrape rules why "▶ 네이버에서 한빛일보 구독하기" --zone tail[/bold]
    """
    import orjson

    from newsscrape import sites
    from newsscrape.article import Zone
    from newsscrape.boilerplate.context import Context
    from newsscrape.boilerplate.why import why_line
    from newsscrape.korean.characters import tidy

    known: tuple[Zone, ...] = get_args(Zone)
    asked = [name for name in known if zone in (None, name)]
    text = tidy(line)
    if not asked:
        stop(f"--zone {zone!r} is no zone; they are {', '.join(known)}")
    if not text:
        stop("LINE is empty")
    context = Context(names=frozenset(sites.names()))
    answers = [(name, why_line(text, name, context)) for name in asked]
    if json:
        for name, answer in answers:
            row = {"zone": name, "rule": answer.rule.id if answer.rule else None, "reason": answer.reason}
            write_output(orjson.dumps(row).decode())
        return
    _print_table(
        ("zone", "rule", "reason"),
        [(name, answer.rule.id if answer.rule else "-", answer.reason) for name, answer in answers],
    )


def _as_row(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "zones": _ordered(rule),
        "why": rule.why,
        "takes": rule.takes,
        "note": rule.note,
        "drops": rule.drops,
        "keeps": rule.keeps,
    }


def _ordered(rule: Rule) -> list[Zone]:
    from newsscrape.article import Zone

    return [zone for zone in get_args(Zone) if zone in rule.zones]


def _zones(rule: Rule) -> str:
    return " ".join(_ordered(rule))


def _print_table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """A table on stdout for the eye; where stdout is no terminal, lines with tabs for other programs."""
    if not sys.stdout.isatty():
        for row in (head, *rows):
            write_output("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*head, box=None, header_style="bold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console(highlight=False).print(table)
