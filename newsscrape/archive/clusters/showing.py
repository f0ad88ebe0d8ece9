"""An article's copies, as a reader or a script is given them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from newsscrape.archive.archive import Archive
from newsscrape.archive.articles import Articles
from newsscrape.archive.clusters.kept import Texts
from newsscrape.archive.opening import open_archive
from newsscrape.archive.tables import articles, sketches
from newsscrape.duplicates.copies import Likeness, likeness
from newsscrape.duplicates.origin import Candidate, why_first

_ITSELF = Likeness(1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Copy:
    """An article of a cluster. `likeness` is to the article that was asked for; `published_at` is in UTC."""

    id: str
    site: str
    url: str | None
    title: str | None
    published_at: datetime | None
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Cluster:
    """Near copies, the likely origin first and then those that come next to it; `why` says what speaks for it.

    Its name, `id`, is the smallest id of them. An article that has no copy is alone in it, and `why` is None.
    """

    id: str
    why: str | None
    copies: tuple[Copy, ...]


def find_duplicates(name: str, *, database: str | Path = "newsscrape.db") -> Cluster | None:
    """The near copies of an article, by its id or address, itself among them; None where there is no such one.

    `database` is a file or a URL, as `newsscrape crawl --db` takes it. Raises `NoArchive` where there is none, and
    `ArchiveError`.
    """
    with open_archive(database, read_only=True) as archive:
        article = Articles(archive).find(name)
        return cluster_of(archive, article) if article is not None else None


def cluster_of(archive: Archive, article: str) -> Cluster | None:
    """The cluster of an article by its id; None where the archive has no such article. Raises `ArchiveError`."""
    facts = [articles.c[name] for name in ("id", "site", "url", "title", "published_at")]
    with archive.read() as connection:
        own = connection.execute(select(articles.c.seq, *facts).where(articles.c.id == article)).first()
        if own is None:
            return None
        number = select(sketches.c.cluster).where(sketches.c.article == own.seq).scalar_subquery()
        inside = select(articles.c.seq, sketches.c.originality, *facts)
        inside = inside.join(sketches, sketches.c.article == articles.c.seq).where(sketches.c.cluster == number)
        rows = connection.execute(inside).all()
        if not rows:
            return Cluster(own.id, None, (_copy(own, _ITSELF),))
        texts = Texts(connection)
        texts.load(row.seq for row in rows)
        asked = texts[own.seq]
        copies = {row.id: _copy(row, likeness(asked, texts[row.seq])) for row in rows}
    order = sorted((Candidate(row.id, row.originality, row.published_at) for row in rows), key=lambda one: one.order)
    return Cluster(min(copies), why_first(order), tuple(copies[one.id] for one in order))


def _copy(row: Row[Any], like: Likeness) -> Copy:
    return Copy(row.id, row.site, row.url, row.title, row.published_at, like)
