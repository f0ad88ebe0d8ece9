"""Headers of requests and answers, as Scrapy has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response
    from scrapy.http.headers import Headers


def ask_whether_changed(request: Request, etag: str | None, last_modified: str | None) -> None:
    """Asks for an answer only if it changed since the one with these validators came."""
    if etag:
        request.headers["If-None-Match"] = etag
    if last_modified:
        request.headers["If-Modified-Since"] = last_modified


def pairs(headers: Headers) -> Iterator[tuple[str, str]]:
    """Headers as (name, value), in the order in which they came."""
    for name, values in headers.items():
        for value in values or ():
            yield name.decode("latin-1"), value.decode("latin-1")


def header(response: Response, name: str) -> str | None:
    """An answer's header; None where it has none of that name."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
