"""Flat rows for Hugging Face `datasets`: JSONL or Parquet, each column of one type whatever the articles say.

Records themselves do not load well there: maps with keys of their own (`dates`, `provenance`) have no feature type, and
a field that is null in the first thousand lines of JSONL is taken for a column of nulls. Here maps are left out, people
and publishers are their names, and texts are "" nowhere: what is not known is null. In Parquet the times are
`timestamp[us, tz=Asia/Seoul]`, and `datasets` takes its features from the file's own types, all of them known.
Of JSONL it has to guess the types; Parquet is the better way.

Lost: how the body is divided, roles and addresses of reporters, the portal, images, the print edition, printed forms of
times, notes, removed lines, provenance and warnings. `ai_use_reserved`, `license`, `robots` and `access` stay: look at
them before you train on a text.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel


class Row(BaseModel):
    """The columns and their types."""

    id: str
    url: str | None
    title: str | None
    subtitles: tuple[str, ...]
    text: str
    kind: str
    authors: tuple[str, ...]
    publisher: str | None
    source_agency: str | None
    published_at: datetime | None
    modified_at: datetime | None
    section: str | None
    section_code: str | None
    tags: tuple[str, ...]
    language: str
    access: str
    truncated: bool
    ai_use_reserved: bool
    license: str | None
    robots: tuple[str, ...]
    content_hash: str


def to_row(record: Mapping[str, Any]) -> dict[str, Any]:
    """A row as JSON has it: times are ISO 8601 texts."""
    rights = record["rights"]
    said = {
        "authors": [author["name"] for author in record["authors"]],
        "publisher": (record["publisher"] or {}).get("name"),
        "ai_use_reserved": rights["ai_use_reserved"],
        "license": rights["license"],
        "robots": rights["robots"],
    }
    return {name: said[name] if name in said else record[name] for name in Row.model_fields}
