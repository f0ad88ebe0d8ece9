"""Where in a TOML text an entry stands, for error messages: the standard library's reader does not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*((?:[\w-]+|\"[^\"]*\")(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"))*)\s*=")
_TOML_LINE = re.compile(r"\(at line (\d+),")


def line_of(text: str, data: Any, where: Sequence[str | int]) -> int | None:
    """The line (from 1) of the entry `where` in a TOML text that was read as `data`.

    `where` is a path as pydantic gives it: ("layouts", 0, "body", 1). Of an entry that is missing the
    line of its table is given, of one in a list over several lines the line of its own value.
    """
    lines = text.splitlines()
    starts = _starts(lines)
    known = next((n for n in range(len(where), 0, -1) if tuple(where[:n]) in starts), 0)
    if not known:
        return 1 if lines else None
    start = starts[tuple(where[:known])]
    value = data
    for step in where:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return start
    if known < len(where) and isinstance(value, str):
        return next((n for n, line in enumerate(lines[start - 1 :], start) if value in line), start)
    return start


def line_in(message: str) -> int | None:
    """The line that a message of `tomllib` names."""
    found = _TOML_LINE.search(message)
    return int(found[1]) if found else None


def _starts(lines: Sequence[str]) -> dict[tuple[str | int, ...], int]:
    """The line of every table and key that begins one; text in lists and long strings may add some that are none."""
    starts: dict[tuple[str | int, ...], int] = {}
    counts: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    for number, line in enumerate(lines, 1):
        if header := _HEADER.match(line):
            table = _path(_names(header[2]), counts)
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            starts.setdefault(table, number)
        elif key := _KEY.match(line):
            starts.setdefault((*table, *_names(key[1])), number)
    return starts


def _path(names: Sequence[str], counts: dict[tuple[str | int, ...], int]) -> tuple[str | int, ...]:
    """A header's names with the number of the list member that each of them stands in."""
    path: tuple[str | int, ...] = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path])
    return (*path, names[-1])


def _names(dotted: str) -> list[str]:
    return [part.strip().strip('"') for part in dotted.split(".")]
