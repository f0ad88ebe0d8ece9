"""What a fetch leaves behind: the one noun that every reading of a page starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


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
