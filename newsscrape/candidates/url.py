"""What the page's address says: a day (or minute) that many Korean sites write into the article's number."""

from __future__ import annotations

from collections.abc import Iterator

from newsscrape.candidates.candidate import Candidate
from newsscrape.korean.dates import url_date

SOURCE = "url"


def collect(url: str | None) -> Iterator[Candidate]:
    """A `published_at` candidate where the address holds an unambiguous date."""
    found = url_date(url) if url else None
    if found is not None:
        yield Candidate("published_at", found, SOURCE, found.raw)
