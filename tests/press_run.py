"""Crawls of the town by the real command, in processes of their own, for tests that kill them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from test_crawl import CHILD, environment
from town import TownProcess

from newsscrape.archive import open_archive
from newsscrape.cli.newsroom import crawl_settings

_COMMAND = """
import json, os
from importlib import import_module
from newsscrape.cli import main
settings = import_module("newsscrape.spiders.settings")
manners = settings.manners
settings.manners = lambda *said: {**manners(*said), **json.loads(os.environ["SETTINGS"])}
main()
"""
QUICK = {
    **crawl_settings(),
    "DOWNLOAD_DELAY": 0.01,
    "AUTOTHROTTLE_ENABLED": False,
    "RETRY_TIMES": 1,
    "DOWNLOAD_TIMEOUT": 20,
}


def start(profiles: Path, database: str, *arguments: str, **settings: Any) -> subprocess.Popen[str]:
    """Starts `newsscrape crawl` with these arguments; capital ones are Scrapy settings."""
    return subprocess.Popen(
        [sys.executable, "-c", _COMMAND, "crawl", "--db", database, "--contact", "desk@newsroom.test", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**environment(profiles), "SETTINGS": json.dumps({**QUICK, **settings})},
    )


def begin(profiles: Path, **options: Any) -> subprocess.Popen[str]:
    """Starts the runner with options of its own; it writes its report as JSON."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(profiles),
    )
    assert child.stdin is not None
    child.stdin.write(json.dumps({"settings": QUICK, **options}))
    child.stdin.close()
    child.stdin = None  # or `communicate` would write to it
    return child


def crawl(profiles: Path, database: str, *arguments: str, **settings: Any) -> tuple[int, str]:
    """The same to its end: exit code and what it said."""
    child = start(profiles, database, *arguments, **settings)
    _, err = child.communicate(timeout=100)
    return child.returncode, err


def until(met: Callable[[], bool], seconds: float = 30) -> bool:
    """Waits until something is so; False where it never was."""
    patience = time.monotonic() + seconds
    while time.monotonic() < patience:
        if met():
            return True
        time.sleep(0.005)
    return False


def ids(path: Path) -> list[str]:
    """The ids of a file's records, whose lines all are whole."""
    content = path.read_bytes()
    assert content == b"" or content.endswith(b"\n")
    return [json.loads(line)["id"] for line in content.splitlines()]


def kept(database: str) -> list[str]:
    """The ids of an archive's articles."""
    with open_archive(database) as archive, archive.read() as connection:
        from newsscrape.archive.tables import articles

        return list(connection.execute(articles.select().with_only_columns(articles.c.id)).scalars())


def published(town: TownProcess, *keys: str) -> list[str]:
    """The ids of what papers have published."""
    return sorted(f"{key}:{article.number}" for key in keys for article in town[key].articles())


def fetched(town: TownProcess, key: str, path: str = "/view/") -> Counter[str]:
    """How often each page of a paper was sent."""
    return Counter(asked.path for asked in town.requests(key, path))


def has_ended(pid: int) -> bool:
    """Whether there is no such process any more."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False
