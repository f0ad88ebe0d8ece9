"""What is to be started again and again."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from newsscrape.plan import Plan

_ANY = "\0"  # stands for what an output's placeholders will be


@dataclass(frozen=True, slots=True)
class Round:
    """A plan whose rounds `python` (an interpreter's absolute path) does at intervals of `every`.

    `user` is the account that a system-wide service works under; None for a service of the user's own.
    """

    plan: Plan
    python: Path
    every: timedelta
    user: str | None = None

    @property
    def name(self) -> str:
        """What the units are called: "newsscrape", or for night.toml "newsscrape-night"."""
        stem = re.sub(r"[^A-Za-z0-9]+", "-", self.plan.path.stem).strip("-")
        return "newsscrape" if stem in ("", "newsscrape") else f"newsscrape-{stem}"

    @property
    def command(self) -> tuple[str, ...]:
        """The command of a round; -P keeps files that lie in the working folder from being taken for modules."""
        return (str(self.python), "-P", "-m", "newsscrape", "run", "--due", "--plan", str(self.plan.path))

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that a round writes to: the plan's, and those of outputs, WARC files and a database elsewhere."""
        home = self.plan.path.parent
        others = (folder for folder in _written(self.plan) if not folder.is_relative_to(home))
        return (home, *dict.fromkeys(others))


def _written(plan: Plan) -> Iterator[Path]:
    for output in plan.outputs:
        fixed = str(output.path(_ANY, _ANY)).partition(_ANY)[0]
        yield Path(os.path.dirname(fixed))
    if plan.warc is not None:
        yield plan.warc
    if "$" not in plan.database:
        database = plan.database_in({})
        if "://" not in database or database.startswith("sqlite"):
            yield Path(database.rpartition(":///")[2]).parent
