"""An article on its way into the archive: its JSON, and the few facts that the ledger asks for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from newsscrape.archive.traits import Traits, traits_of_json
from newsscrape.article import Article, to_json
from newsscrape.korean.characters import letters


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as the archive takes it.

    `record` is the whole article as JSON; `version_hash` changes with what a reader would call a change:
    the letters of title, subtitles and text, the reporters, the times, corrections and editors' notes. Furniture,
    counters and blanks are not among it.
    `filled` names the fields that say something (see `crawl_report.FIELDS`), `warnings` are the record's.
    `traits` are what the archive looks it up by; None where they are still to be made of the record.
    """

    id: str
    url: str | None
    title: str | None
    kind: str
    section_code: str | None
    published_at: datetime | None
    modified_at: datetime | None
    fetched_at: datetime | None
    content_hash: str
    version_hash: str
    etag: str | None
    last_modified: str | None
    lines_removed: int
    has_body: bool
    filled: tuple[str, ...]
    warnings: tuple[str, ...]
    record: str
    traits: Traits | None = None

    @property
    def article(self) -> Article:
        """The article itself, read back from its JSON."""
        return Article.model_validate_json(self.record)


def entry_of(article: Article, fields: Iterable[str] = ()) -> Entry:
    """The entry of an article; of `fields`, those that say something are noted as filled."""
    http = article.http
    record = to_json(article)
    return Entry(
        id=article.id,
        url=article.url,
        title=article.title,
        kind=article.kind,
        section_code=article.section_code,
        published_at=article.published_at,
        modified_at=article.modified_at,
        fetched_at=article.fetched_at,
        content_hash=article.content_hash,
        version_hash=_version_hash(article),
        etag=http.etag if http else None,
        last_modified=http.last_modified if http else None,
        lines_removed=len(article.removed),
        has_body=bool(article.body),
        filled=tuple(name for name in fields if getattr(article, name)),
        warnings=article.warnings,
        record=record,
        traits=traits_of_json(article.id, record),
    )


def _version_hash(article: Article) -> str:
    times = (article.published_at, article.modified_at)
    said = [article.content_hash, *(f"{a.name} {a.role or ''}" for a in article.authors), *map(str, times)]
    said += [letters(line) for line in article.subtitles]
    said += [letters(note.text) for note in article.notes if note.kind in ("correction", "editor")]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]
