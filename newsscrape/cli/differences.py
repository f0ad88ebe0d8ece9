"""Two versions of an article side by side, as a terminal shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rich.text import Text

from newsscrape.revisions.sentences import Line, side_by_side

if TYPE_CHECKING:
    from rich.console import Console

EDITED = ("title", "subtitles", "body", "authors", "published_at", "modified_at", "notes")
"""The fields in which a reader would see an edit."""
_NAMES = {"authors": "reporters", "published_at": "published", "modified_at": "modified"}
_AROUND = 1  # unchanged sentences shown before and behind a changed one


def show_differences(screen: Console, old: Mapping[str, Any], new: Mapping[str, Any], fields: Iterable[str]) -> None:
    """Shows what two records say in these fields; of their texts the sentences that differ, with their neighbours."""
    chosen = list(fields)
    for field in chosen:
        if field != "body":
            name = _NAMES.get(field, field)
            _show(screen, "-", f"{name}: {_in_words(old.get(field))}")
            _show(screen, "+", f"{name}: {_in_words(new.get(field))}")
    if "body" in chosen:
        before, after = old.get("text") or "", new.get("text") or ""
        if before == after:  # only what its parts are taken for
            before, after = (_with_kinds(record.get("body") or ()) for record in (old, new))
        _show_texts(screen, before, after)


def _in_words(value: Any) -> str:
    if isinstance(value, Mapping):
        if "name" in value:
            return f"{value['name']} {value.get('role') or ''}".strip()
        parts = {key: part for key, part in value.items() if part and key != "raw"}
        return str(parts["text"]) if "text" in parts else ", ".join(f"{key} {_in_words(parts[key])}" for key in parts)
    if isinstance(value, list | tuple):
        return ", ".join(map(_in_words, value)) if all(map(_is_short, value)) else " / ".join(map(_in_words, value))
    return "" if value is None else str(value)


def _is_short(value: Any) -> bool:
    return isinstance(value, Mapping) and "name" in value


def _with_kinds(blocks: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(f"[{block.get('kind')}] {block.get('text')}" for block in blocks)


def _show_texts(screen: Console, old: str, new: str) -> None:
    lines = list(side_by_side(old, new))
    near = {
        other for at, line in enumerate(lines) if line.sign != " " for other in range(at - _AROUND, at + _AROUND + 1)
    }
    skipped = 0
    for at, line in enumerate(lines):
        if at in near:
            _tell_skipped(screen, skipped)
            skipped = 0
            screen.print(_styled(line), soft_wrap=True)
        else:
            skipped += 1
    if near:
        _tell_skipped(screen, skipped)


def _tell_skipped(screen: Console, count: int) -> None:
    if count:
        screen.print(f"     ({count} sentences as before)", style="dim")


_COLOURS = {"-": "red", "+": "green", " ": ""}


def _show(screen: Console, sign: str, words: str) -> None:
    screen.print(Text(f"   {sign} {words}", style=_COLOURS[sign]), soft_wrap=True)


def _styled(line: Line) -> Text:
    colour = _COLOURS[line.sign]
    text = Text(f"   {line.sign} ", style=colour)
    for word, differs in line.words:
        text.append(word, style=f"{colour} bold underline" if differs else colour)
    return text
