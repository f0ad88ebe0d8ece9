"""The first plan: a commented file that works as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

TEMPLATE = Path(__file__).with_name("template.toml")
SITES = ("yna",)
DATABASE = "newsscrape.db"


def plan_text(*, sites: Sequence[str] = SITES, contact: str | None = None, database: str = DATABASE) -> str:
    """The text of a plan for these sites; `check_plan` tells whether what was given is right."""
    told = {
        "contact": f"contact = {_quoted(contact)}" if contact else '#contact = "you@example.org"',
        "database": _quoted(database),
        "keys": ", ".join(map(_quoted, sites)),
        "sites": "\n\n".join(f"[[sites]]\nkey = {_quoted(key)}" for key in sites),
    }
    return re.sub(r"@(\w+)@", lambda mark: told[mark[1]], TEMPLATE.read_text(encoding="utf-8"))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
