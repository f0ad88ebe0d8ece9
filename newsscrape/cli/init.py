"""`newsscrape init`: the plan that `newsscrape run` and `newsscrape schedule` go by."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from newsscrape.cli.console import FAILED, say, stop

PLAN = Path("newsscrape.toml")
_OPTIONS = {"contact": "--contact", "database": "--db", "sites": "--site"}

File = Annotated[Path, typer.Argument(metavar="PATH", help="Where the plan goes.")]
Sites = Annotated[
    list[str] | None,
    typer.Option("--site", metavar="KEY", help="A site to crawl (newsscrape sites list); may be given several times."),
]
Contact = Annotated[
    str | None,
    typer.Option(metavar="MAIL-OR-URL", envvar="NEWSSCRAPE_CONTACT", help="Stands in the User-Agent."),
]
Database = Annotated[
    str | None,
    typer.Option("--db", metavar="FILE-or-URL", help="An SQLite file, or 'postgresql://user:$NAME@host/base'."),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a plan that is there.")]


def init(
    path: File = PLAN, *, sites: Sites = None, contact: Contact = None, db: Database = None, force: Force = False
) -> None:
    """Write a plan for crawling every night: sites, frequency, outputs, contact, database.

    The file explains each of its settings and works as it is. Paths in it start from its own folder.

    [bold]newsscrape init --site yna --site hani --contact me@example.org[/bold]

    [bold]newsscrape init news/night.toml --db 'postgresql://news:$NEWS_PASSWORD@localhost/news'[/bold]
    """
    from newsscrape.errors import NewsscrapeError, PlanError
    from newsscrape.plan import check_plan, plan_text
    from newsscrape.plan.write import DATABASE, SITES

    if path.is_dir():
        stop(f"{path} is a folder; name the file: {path / PLAN}")
    if path.exists() and not force:
        stop(f"{path} is there already; name another file, or write over it with --force")
    text = plan_text(sites=tuple(dict.fromkeys(sites or SITES)), contact=contact, database=db or DATABASE)
    try:
        check_plan(text, path)
    except PlanError as error:
        stop(f"{_OPTIONS[error.field.partition('.')[0]]}: {error.reason}")
    except NewsscrapeError as error:
        stop(str(error))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except (OSError, UnicodeError) as error:
        stop(f"cannot write {path}: {error}", FAILED)
    plan = shlex.quote(str(path))
    say(f"Written: {path}; look through it. Then a round by it, and the units that start one every hour:")
    say(f"  newsscrape run --plan {plan}")
    say(f"  newsscrape schedule print systemd --plan {plan}")
    if contact is None:
        say("It names no contact yet; with one, a site's people can reach you instead of shutting you out.")
