"""Pages kept in folders, as bytes: fixtures, and what a crawl or a reader saved.

A folder holds a `page.toml` (`url`, and `file`, `fetched_at`, `content_type` where they are known) beside its page, or
such folders, or an `index.jsonl` with one object a page: `{"file": ..., "url": ...}` and the same further names.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from newsscrape.errors import PageError
from newsscrape.page import Page

INDEX = "index.jsonl"
FACTS = "page.toml"
BODY = "page.html"


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page and the name under which it is kept."""

    name: str
    page: Page


def read_saved(folder: Path) -> Iterator[SavedPage]:
    """The pages of a folder, sorted by name. Raises `PageError` for one whose facts cannot be read."""
    if (folder / INDEX).is_file():
        for number, line in enumerate((folder / INDEX).read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                yield _from_index(folder, line, number)
        return
    for path in [folder, *sorted(path for path in folder.iterdir() if path.is_dir())]:
        if (path / FACTS).is_file():
            yield read_one(path)


def read_one(folder: Path) -> SavedPage:
    """The page whose `page.toml` lies in a folder. Raises `PageError`."""
    try:
        facts = tomllib.loads((folder / FACTS).read_text(encoding="utf-8"))
        return SavedPage(folder.name, _page(folder, facts))
    except (OSError, ValueError, KeyError) as error:
        raise PageError(f"{folder / FACTS} cannot be used: {error!r}") from error


def _from_index(folder: Path, line: str, number: int) -> SavedPage:
    try:
        facts = json.loads(line)
        return SavedPage(str(facts["file"]), _page(folder, facts))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PageError(f"{folder / INDEX}, line {number}, cannot be used: {error!r}") from error


def _page(folder: Path, facts: Mapping[str, Any]) -> Page:
    moment = facts.get("fetched_at")
    kind = facts.get("content_type")
    return Page(
        (folder / str(facts.get("file", BODY))).read_bytes(),
        url=facts["url"],
        headers={"content-type": kind} if kind else {},
        fetched_at=datetime.fromisoformat(moment) if moment else None,
    )


def save_page(folder: Path, page: Page) -> None:
    """Writes a page's bytes and a `page.toml` with what is known of it into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    body = page.body if isinstance(page.body, bytes) else page.body.encode()
    (folder / BODY).write_bytes(body)
    facts = {
        "url": page.url,
        "fetched_at": page.fetched_at.isoformat(timespec="seconds") if page.fetched_at else None,
        "content_type": page.headers.get("content-type"),
    }
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in facts.items() if value]
    (folder / FACTS).write_text("".join(lines), encoding="utf-8")
