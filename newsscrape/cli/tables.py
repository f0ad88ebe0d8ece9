"""Tables, times and sizes as the commands that tell of an archive show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from newsscrape.discovery.since import KST

if TYPE_CHECKING:
    from rich.table import Table

_UNITS = ("bytes", "KB", "MB", "GB", "TB")


def in_korea(moment: datetime | None, none: str = "-") -> str:
    """A moment as a table shows it, in Korea's time."""
    return none if moment is None else f"{moment.astimezone(KST):%Y-%m-%d %H:%M}"


def in_bytes(size: float) -> str:
    """A size as a person writes it: 3.1 MB."""
    step = 0
    while size >= 1024 and step < len(_UNITS) - 1:
        size, step = size / 1024, step + 1
    return f"{size:.0f} bytes" if step == 0 else f"{size:.1f} {_UNITS[step]}"


def table(title: str, names: Iterable[str], numbers: Iterable[str] = ()) -> Table:
    """An empty table with a title; columns of numbers stand to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    empty = Table(title=title, title_justify="left", box=SIMPLE_HEAD, header_style="bold")
    for name in names:
        empty.add_column(name, justify="right" if name in numbers else "left", overflow="fold")
    return empty


def cells(*numbers: int) -> tuple[str, ...]:
    """Numbers as cells: 1,234."""
    return tuple(f"{number:,}" for number in numbers)


def plain(value: Any) -> Any:
    """What JSON takes: times as ISO 8601 in Korea's zone, to the second."""
    if isinstance(value, datetime):
        return value.astimezone(KST).isoformat(timespec="seconds")
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, tuple | list) else value
