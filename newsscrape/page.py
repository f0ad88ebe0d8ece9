"""What a fetch leaves behind: the one noun that every reading of a page starts from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeGuard
from urllib.parse import urlsplit

_TOGETHER = frozenset({"x-robots-tag"})  # may come more than once; of all others the last one holds


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was received.

    `body` is what the server sent (or text that the caller decoded already), `headers` the response
    headers by lower-case name, `fetched_at` the moment of the fetch: everything relative ("3시간 전")
    is read against it, so a stored page reads the same next year. `status` is the HTTP status.
    """

    body: bytes | str
    url: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    fetched_at: datetime | None = None
    status: int | None = None


def names_host(url: str | None) -> TypeGuard[str]:
    """Whether an address tells the host that its page is on: saved pages come without one, or with a path alone."""
    return bool(url and urlsplit(url).netloc)


def by_name(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers as a `Page` has them, from (name, value) in the order in which they came."""
    found: dict[str, str] = {}
    for name, value in headers:
        key = name.lower()
        found[key] = f"{found[key]}, {value}" if key in _TOGETHER and key in found else value
    return found
