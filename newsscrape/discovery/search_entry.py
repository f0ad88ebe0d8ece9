"""One result of a news search, whichever engine found it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One article that a news search found.

    `url` is the publisher's own page, or, where the search does not tell it, the engine's page, and then
    `on_portal` is true. `link` is always what the engine links to. `title` is plain text as the engine
    prints it, `published` its raw date or None, and `publisher` the publisher's home page where the
    engine names it, else None.
    """

    url: str
    link: str
    on_portal: bool
    title: str = ""
    published: str | None = None
    publisher: str | None = None
