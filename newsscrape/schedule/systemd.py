"""A round as systemd's service and timer: systemd.exec(5), systemd.kill(5), systemd.service(5), systemd.timer(5)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from newsscrape.schedule.round import Round
from newsscrape.schedule.times import calendar, in_words

HERE = Path(__file__).parent
_SPREAD = 10  # a round starts late by a tenth of the interval at most
_LATEST = timedelta(minutes=15)


def files(round: Round) -> dict[str, str]:
    """The units by their file names. Raises `ValueError` where a path cannot stand in a unit."""
    paths = [round.plan.path, round.python, *round.folders]
    if any(not str(path).isprintable() for path in paths):
        raise ValueError("a path with a line break or another sign that cannot be printed cannot stand in a unit")
    kind = "system" if round.user else "user"
    service = (HERE / f"{kind}.service").read_text(encoding="utf-8")
    timer = (HERE / "round.timer").read_text(encoding="utf-8")
    plan = _escaped(str(round.plan.path))
    return {
        f"{round.name}.service": service.format(
            plan=plan,
            user=round.user,
            folder=_escaped(str(round.plan.path.parent)),
            command=_command(round.command),
            environment=_escaped(str(environment_file(round))),
            folders=" ".join(_word(str(folder)) for folder in round.folders),
        ),
        f"{round.name}.timer": timer.format(plan=plan, times=_times(round.every), spread=_spread(round.every)),
    }


def environment_file(round: Round) -> Path:
    """Where the service looks for the variables that the plan names: beside the plan, night.env for night.toml."""
    return round.plan.path.with_suffix(".env")


def folder(round: Round) -> str:
    """Where the units go."""
    return "/etc/systemd/system" if round.user else "~/.config/systemd/user"


def steps(round: Round) -> tuple[str, ...]:
    """The commands that put units to work which lie where they belong."""
    control, journal = ("systemctl", "journalctl") if round.user else ("systemctl --user", "journalctl --user")
    lingering = () if round.user else ("loginctl enable-linger   # so that it goes on when you are logged out",)
    return (
        f"{control} daemon-reload",
        f"{control} enable --now {round.name}.timer",
        *lingering,
        f"{control} list-timers {round.name}.timer",
        f"{journal} -u {round.name}.service",
    )


def _times(every: timedelta) -> str:
    moments = calendar(every)
    if moments is not None:
        made_up_for = "# A round that was missed while the machine was off is made up for.\nPersistent=true"
        return f"OnCalendar={moments}\n{made_up_for}"
    return f"OnActiveSec=1min\nOnUnitActiveSec={in_words(every)}"


def _spread(every: timedelta) -> str:
    return f"{int(min(every / _SPREAD, _LATEST).total_seconds())}s"


def _command(words: tuple[str, ...]) -> str:
    # The colon keeps $ from being read as a variable.
    return (":" if any("$" in word for word in words) else "") + " ".join(map(_word, words))


def _word(text: str) -> str:
    """One word of a list or command: quoted where a blank or a quotation mark stands in it."""
    plain = all(sign.isalnum() or sign in "/._-+=,@%$~" for sign in text)
    return _escaped(text) if plain else '"' + _escaped(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _escaped(text: str) -> str:
    return text.replace("%", "%%")
