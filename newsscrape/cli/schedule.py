"""`newsscrape schedule`: what starts rounds of a plan."""

from __future__ import annotations

import os
import pwd
import shlex
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsscrape.cli.console import FAILED, say, stop, write_output
from newsscrape.cli.init import PLAN

if TYPE_CHECKING:
    from newsscrape.schedule import Round

schedule_app = typer.Typer(
    help="Start rounds of a plan again and again.", no_args_is_help=True, rich_markup_mode="rich"
)
_HIDDEN = ("/tmp", "/var/tmp")  # by PrivateTmp= in system.service


class System(StrEnum):
    """Who starts the rounds."""

    systemd = "systemd"
    cron = "cron"


Kind = Annotated[System, typer.Argument(help="Who starts the rounds.", show_default=False)]
PlanFile = Annotated[Path, typer.Option("--plan", metavar="FILE", help="The plan (newsscrape init writes one).")]
Every = Annotated[str, typer.Option(metavar="TIME", help="How often a round begins: 10m to 1d.")]
User = Annotated[bool, typer.Option("--user", help="systemd: units of your own instead of system-wide ones.")]
Python = Annotated[
    Path | None,
    typer.Option(metavar="PATH", help="The interpreter that has newsscrape; without it the one at work now."),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FOLDER", help="Write the files there instead of stdout.")
]
Force = Annotated[bool, typer.Option("--force", help="Write over files that are there.")]


@schedule_app.callback()
def _schedule() -> None:
    """Start rounds of a plan again and again."""


@schedule_app.command("print")
def print_units(
    kind: Kind,
    *,
    plan: PlanFile = PLAN,
    every: Every = "1h",
    user: User = False,
    python: Python = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Print what makes systemd or cron start `newsscrape run` by a plan; nothing is installed.

    A round visits only what is due by then, so an hour between rounds is no hour between visits to a site. The
    system-wide service works under the account that owns the plan's folder and writes to nothing but the
    folders of plan, outputs and database.

    [bold]newsscrape schedule print systemd --user --output ~/.config/systemd/user[/bold]

    [bold]newsscrape schedule print cron --plan news/night.toml --every 6h[/bold]
    """
    from newsscrape.discovery.since import parse_span
    from newsscrape.errors import NewsscrapeError
    from newsscrape.plan import read_plan
    from newsscrape.schedule import Round, cron, systemd
    from newsscrape.schedule.times import check_every

    if user and kind is System.cron:
        stop("--user is for systemd; a crontab is always a user's own")
    try:
        interval = check_every(parse_span(every))
    except ValueError as error:
        stop(f"--every: {error}")
    try:
        read = read_plan(plan)
        owner = None if user or kind is System.cron else _owner(read.path.parent)
        # Not resolved: a virtual environment's interpreter is a link, and knows its packages by the link's place.
        round = Round(read, Path(os.path.abspath(python or sys.executable)), interval, owner)
        files = cron.files(round) if kind is System.cron else systemd.files(round)
    except (NewsscrapeError, ValueError) as error:
        stop(str(error))
    _warn(round)
    steps = [] if kind is System.cron else _steps(round, output)
    if output is None:
        write_output("\n".join([*(f"# {step}" for step in steps), *_headed(round, files, kind)]).rstrip())
        return
    _write(output, files, force)
    for step in steps:
        say(step)
    if kind is System.cron:
        say(f"Add it to your crontab: (crontab -l; cat {shlex.quote(str(output / next(iter(files))))}) | crontab -")


def _headed(round: Round, files: dict[str, str], kind: System) -> list[str]:
    """The files one after the other, each under the name of its place."""
    if kind is System.cron:
        return list(files.values())
    from newsscrape.schedule.systemd import folder

    return [f"\n# {folder(round)}/{name}\n{text.rstrip()}" for name, text in files.items()]


def _steps(round: Round, output: Path | None) -> list[str]:
    """What is left to do, in words and commands."""
    from newsscrape.schedule.systemd import environment_file, folder, steps

    place = folder(round)
    first = f"Put the files into {place}" + (" (as root)" if round.user else "")
    if output is None:
        first += ", or print again with --output and that folder"
    secrets = f"Passwords that the plan names as $NAME go into {environment_file(round)} (chmod 600)."
    return [f"{first}. Then:", *(f"  {step}" for step in steps(round)), secrets]


def _owner(folder: Path) -> str:
    """The account that owns a folder, by name, or by number where it has none."""
    uid = folder.stat().st_uid
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _warn(round: Round) -> None:
    """Says what would keep a round from being done."""
    if not os.access(round.python, os.X_OK):
        say(f"{round.python} is no program on this machine; make sure that it is one where the rounds are done.")
    if round.user is None:
        return
    if round.user == "root":
        say(f"{round.plan.path.parent} belongs to root, so root would crawl; better give it to an account of its own.")
    for folder in round.folders:
        if not folder.is_dir():
            say(f"{folder} is not there yet; make it, or the service does not start.")
    for place in (round.python, *round.folders):
        if any(place.is_relative_to(hidden) for hidden in _HIDDEN):
            say(f"{place} is not seen by the service, which has a /tmp of its own; choose a folder that lasts.")


def _write(folder: Path, files: dict[str, str], force: bool) -> None:
    there = [folder / name for name in files if (folder / name).exists()]
    if there and not force:
        stop(f"{there[0]} is there already; choose another folder, or write over it with --force")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
            say(f"Written: {folder / name}")
    except OSError as error:
        stop(f"cannot write to {folder}: {error.strerror}", FAILED)
