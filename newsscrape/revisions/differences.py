"""What changed between two versions of an article, and what kind of change it is.

A version is an article's record as JSON has it. Records of older versions of this library may lack fields, so nothing
is taken to be there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from newsscrape.korean.characters import letters
from newsscrape.korean.stages import stage
from newsscrape.korean.titles import kind_of_label

Record = Mapping[str, Any]
Revision = Literal["first", "edit", "update", "correction", "removed", "returned", "reprocessed"]
"""What made a version, or befell it.

`first`: as it was first read. `edit`: somebody changed it. `update`: the wire's next stage under the same address
(속보, 1보, 종합). `correction`: a correction came with it (정정보도, 바로잡습니다). `removed` and `returned`: its
publisher took it away, and put it back. `reprocessed`: the same page was read again by newer rules.
"""
Part = Literal["title", "subtitles", "body", "byline", "times", "notes"]
PARTS: tuple[Part, ...] = ("title", "subtitles", "body", "byline", "times", "notes")


def changed_parts(old: Record, new: Record) -> tuple[Part, ...]:
    """The parts that a reader would call changed; blanks, quotes and furniture are none of them.

    `times` are those of publication and modification, `notes` corrections and editors' notes.
    """
    return tuple(part for part in PARTS if _said(old, part) != _said(new, part))


def kind_of_change(old: Record, new: Record) -> Revision:
    """What kind of change led from one version to the next."""
    if _corrections(new) - _corrections(old):
        return "correction"
    before, after = stage(old.get("labels") or ()), stage(new.get("labels") or ())
    if after is not None and after > (-1 if before is None else before):
        return "update"
    return "edit"


def _said(record: Record, part: Part) -> Any:
    """What a version says in one part, without what does not count."""
    if part == "title":
        return letters(record.get("title") or "")
    if part == "subtitles":
        return [letters(line) for line in record.get("subtitles") or ()]
    if part == "body":
        return letters(record.get("text") or "")
    if part == "byline":
        return [(author.get("name"), author.get("role")) for author in record.get("authors") or ()]
    if part == "times":
        return record.get("published_at"), record.get("modified_at")
    return [letters(note.get("text") or "") for note in _notes(record)]


def _notes(record: Record) -> list[Mapping[str, Any]]:
    return [note for note in record.get("notes") or () if note.get("kind") in ("correction", "editor")]


def _corrections(record: Record) -> set[str]:
    """Every mark of a correction in a version."""
    marks = {letters(note.get("text") or "") for note in _notes(record) if note.get("kind") == "correction"}
    marks |= {label for label in record.get("labels") or () if kind_of_label(label) == "correction"}
    return marks | ({"kind"} if record.get("kind") == "correction" else set())
