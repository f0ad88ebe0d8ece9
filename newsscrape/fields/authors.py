"""Who wrote it: what the page shows as byline, dateline or signature, then what its metadata says.

Shown bylines are added up (a dateline names three reporters, the signature gives one's e-mail), and
equal names become one person with the most that was said. Metadata speaks only when nothing is shown:
there an author is often the paper, the portal, a desk or "기자". Photographers are credits, no authors.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from newsscrape.article import Author
from newsscrape.candidates.candidate import Candidates
from newsscrape.fields.resolved import Resolved
from newsscrape.korean.bylines import parse_byline
from newsscrape.korean.bylines.names import is_name

_SHOWN = ("dateline", "receipt", "profile", "lines")
_AROUND = ("around:head", "around:tail")
_TOLD = ("script", "jsonld", "meta")
_SPLIT = re.compile(r"\s*[,;/·|]\s*")


def resolve(candidates: Candidates, names: Collection[str] = ()) -> Resolved[tuple[Author, ...]] | None:
    """The authors in the order in which the page names them; `names` are publishers and portals, never authors."""
    shown = _shown(candidates, _SHOWN, names)
    if shown is None or not any(author.kind == "person" for author in shown.value):
        around = _shown(candidates, _AROUND, names)
        told = _told(candidates, names)
        for other in (around, told):
            if other and any(author.kind == "person" for author in other.value):
                return other
        shown = shown or around or told
    return shown


def _shown(
    candidates: Candidates, sources: tuple[str, ...], names: Collection[str]
) -> Resolved[tuple[Author, ...]] | None:
    found: list[Author] = []
    first = ""
    raw: list[str] = []
    for candidate in candidates.of("bylines", *sources):
        authors = (
            candidate.value if isinstance(candidate.value, (list, tuple)) else parse_byline(candidate.raw)
        )
        if not authors and candidate.source.startswith("profile"):
            authors = _bare_names(candidate.raw)
        if authors:
            found.extend(authors)
            first = first or candidate.source
            raw.append(candidate.raw)
    return _resolved(found, first, raw, names)


def _told(candidates: Candidates, names: Collection[str]) -> Resolved[tuple[Author, ...]] | None:
    for source in _TOLD:
        found: list[Author] = []
        raw: list[str] = []
        for candidate in candidates.of("authors", source):
            if "://" in candidate.raw:
                continue
            found.extend(parse_byline(candidate.raw) or _bare_names(candidate.raw))
            raw.append(candidate.raw)
        resolved = _resolved(found, source, raw, names)
        if resolved is not None:
            return resolved
    return None


def _resolved(
    found: Iterable[Author], source: str, raw: list[str], names: Collection[str]
) -> Resolved[tuple[Author, ...]] | None:
    authors = _merge(author for author in found if author.kind != "person" or author.name not in names)
    return Resolved(authors, source, " / ".join(dict.fromkeys(raw))) if authors else None


def _bare_names(text: str) -> list[Author]:
    """Names without a role, where the place itself says that an author stands there ("홍길동,김철수")."""
    text = re.sub(r"\(.*?\)|\S+@\S*", " ", text)
    parts = [part.strip() for part in _SPLIT.split(text) if part.strip()]
    if parts and all(is_name(part) for part in parts):
        return [Author(name=part, raw=text.strip()) for part in parts]
    return []


def _merge(found: Iterable[Author]) -> tuple[Author, ...]:
    """One entry a name: the first, filled up with what later ones add."""
    merged: dict[str, Author] = {}
    for author in found:
        known = merged.get(author.name)
        if known is None:
            merged[author.name] = author
            continue
        more = {
            name: getattr(author, name)
            for name in ("role", "email", "affiliation")
            if getattr(known, name) is None and getattr(author, name) is not None
        }
        if more:
            merged[author.name] = known.model_copy(update=more)
    return tuple(merged.values())
