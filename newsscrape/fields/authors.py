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
from newsscrape.korean.bylines.tokens import is_mailbox

_SHOWN = ("dateline", "receipt", "profile", "lines")
_AROUND = ("around:head", "around:tail")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_TOLD = ("script", "jsonld", "markup", "meta")


def resolve(candidates: Candidates, names: Collection[str] = ()) -> Resolved[tuple[Author, ...]] | None:
    """The authors in the order in which the page names them; `names` are publishers and portals, never authors."""
    shown = _shown(candidates, _SHOWN, names)
    if shown is None or not any(author.kind == "person" for author in shown.value):
        spoken = _shown(candidates, ("spoken",), names)
        around = _shown(candidates, _AROUND, names)
        told = _told(candidates, names)
        for other in (spoken, around, told):
            if other and any(author.kind == "person" for author in other.value):
                return other
        shown = shown or spoken or around or told
    if shown is None:
        return None
    return _with_lone_address(_with_head(shown, candidates, names), candidates)


def _shown(
    candidates: Candidates, sources: tuple[str, ...], names: Collection[str]
) -> Resolved[tuple[Author, ...]] | None:
    found: list[Author] = []
    first = ""
    raw: list[str] = []
    for candidate in candidates.of("bylines", *sources):
        if isinstance(candidate.value, (list, tuple)):
            authors = list(candidate.value)
        else:
            authors = parse_byline(candidate.raw, bare=candidate.source.startswith("profile"))
        if authors:
            found.extend(authors)
            first = first or candidate.source
            raw.append(candidate.raw)
    return _resolved(found, first, raw, names)


def _with_head(
    shown: Resolved[tuple[Author, ...]], candidates: Candidates, names: Collection[str]
) -> Resolved[tuple[Author, ...]]:
    """The byline above the text when it names everybody who signs and more (a long piece by eleven reporters)."""
    head = _shown(candidates, ("around:head",), names)
    if head is None or not {a.name for a in shown.value} < {a.name for a in head.value}:
        return shown
    return Resolved(_merge((*head.value, *shown.value)), head.source, head.raw)


def _with_lone_address(shown: Resolved[tuple[Author, ...]], candidates: Candidates) -> Resolved[tuple[Author, ...]]:
    """The one address that signs the text is its one reporter's ("(서울=연합뉴스) 강솔 기자 = ... sol@yna.co.kr")."""
    people = [author for author in shown.value if author.kind == "person"]
    signed = {c.raw.strip(" ()[]<>/|") for c in candidates.of("bylines", *_SHOWN)}
    addresses = [text for text in signed if _ADDRESS.fullmatch(text)]
    if len(people) != 1 or people[0].email is not None or len(addresses) != 1 or is_mailbox(addresses[0]):
        return shown
    signer = people[0].model_copy(update={"email": addresses[0]})
    return Resolved(tuple(signer if a is people[0] else a for a in shown.value), shown.source, shown.raw)


def _told(candidates: Candidates, names: Collection[str]) -> Resolved[tuple[Author, ...]] | None:
    for source in _TOLD:
        found: list[Author] = []
        raw: list[str] = []
        for candidate in candidates.of("authors", source):
            if "://" in candidate.raw:
                continue
            found.extend(parse_byline(candidate.raw, bare=True))
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
