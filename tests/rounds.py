"""Rounds of crawling in processes of their own (a reactor starts only once), and days that pass in between."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from test_crawl import QUICK, environment

HASTY = {**QUICK, "DOWNLOAD_DELAY": 0.01, "AUTOTHROTTLE_ENABLED": False}
DAY = timedelta(days=1)
CHILD = """
import json, sys, warnings
from datetime import datetime, timedelta
from scrapy.exceptions import ScrapyDeprecationWarning
warnings.simplefilter("error", ScrapyDeprecationWarning)
from newsscrape.spiders.runner import run
from newsscrape.spiders.search_spider import Query
options = json.load(sys.stdin)
for name in {"since", "until"} & options.keys():
    options[name] = datetime.fromisoformat(options[name])
if "refresh" in options:
    options["refresh"] = timedelta(hours=options["refresh"])
options["queries"] = [Query(**query) for query in options.get("queries", ())]
print(json.dumps(run(options.pop("sites", ()), **options).as_dict()))
"""
# Everything in the ledger that is compared with the clock, or comes from it.
_CLOCKS = {
    "pages": ("due_at", "listed_at", "fetched_at"),
    "sources": ("visited_at", "next_visit"),
    "hosts": ("closed_until",),
    "robots": ("fetched_at",),
    "units": ("beat_at", "finished_at"),
    "runs": ("started_at", "beat_at", "ended_at"),
}


def crawl_round(
    profiles: Path, *, settings: dict[str, Any] | None = None, env: dict[str, str] | None = None, **options: Any
) -> dict[str, dict[str, Any]]:
    """Runs a round (options of `runner.run`, `refresh` in hours) in a child process; returns the reports by site."""
    for name in ("since", "until"):
        if isinstance(options.get(name), datetime):
            options[name] = options[name].isoformat()
    options = {name: str(value) if isinstance(value, Path) else value for name, value in options.items()}
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=json.dumps({**options, "settings": {**HASTY, **(settings or {})}}),
        capture_output=True,
        text=True,
        env=environment(profiles) | (env or {}),
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["error"] is None
    return {site["key"]: site for site in report["sites"]}


def rows(database: Path, statement: str, *values: Any) -> list[Any]:
    """What a statement gives; what it changes is committed."""
    connection = sqlite3.connect(database)
    with connection:
        found = connection.execute(statement, values).fetchall()
    connection.close()
    return found


def pass_time(database: Path, time: timedelta, tables: Iterable[str] = tuple(_CLOCKS)) -> None:
    """Lets time pass: everything in the ledger happened so much earlier."""

    def earlier(moment: str) -> str:
        return (datetime.fromisoformat(moment) - time).isoformat(timespec="microseconds")

    connection = sqlite3.connect(database)
    connection.create_function("earlier", 1, earlier)
    with connection:
        for table in tables:
            for column in _CLOCKS[table]:
                connection.execute(f"UPDATE {table} SET {column} = earlier({column}) WHERE {column} IS NOT NULL")
    connection.close()
