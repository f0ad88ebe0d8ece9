"""Which fields of a record another reading of the same page gained, lost or told differently.

A record is an article's as JSON has it. What only accounts for the reading (removed lines, sources, warnings, printed
forms) is not compared: it may differ with every version of the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

Record = Mapping[str, Any]
Difference = Literal["gained", "lost", "different"]

FIELDS = (
    "title", "subtitles", "labels", "kind", "body", "dateline", "authors", "publisher", "portal", "source_agency",
    "published_at", "modified_at", "section", "section_code", "tags", "images", "print_edition", "language", "access",
    "truncated", "rights", "notes", "canonical_url", "alt_ids",
)  # fmt: skip
"""The fields that are compared, as a reader would look at them."""


def field_differences(old: Record, new: Record) -> dict[str, Difference]:
    """What became of the fields that differ, in the order of `FIELDS`. A field may be missing in an old record."""
    found: dict[str, Difference] = {}
    for field in FIELDS:
        if old.get(field) == new.get(field):  # nearly always
            continue
        before, after = _said(old.get(field)), _said(new.get(field))
        if before != after:
            found[field] = "gained" if before is None else "lost" if after is None else "different"
    return found


def _said(value: Any) -> Any:
    """A value without what is empty in it, and without printed forms ("raw"); None where nothing is left."""
    if isinstance(value, Mapping):
        parts = {key: _said(part) for key, part in value.items() if key != "raw"}
        return {key: part for key, part in parts.items() if part is not None} or None
    if isinstance(value, list | tuple):
        return [_said(part) for part in value] or None
    return None if value is None or value == "" or value is False else value
