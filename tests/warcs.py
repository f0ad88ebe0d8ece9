"""WARC files for tests, written as other tools do."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HTML = ("Content-Type", "text/html; charset=utf-8")
ILBO = "https://www.hanbit-ilbo.example/news/articleView.html?idxno="
PAGE = (Path(__file__).parent.parent / "fixtures" / "articles" / "ndsoft-skin-2020" / "page.html").read_bytes()
"""The page of an article at such an address; no profile knows the host."""


@dataclass(frozen=True)
class Kept:
    """A record; a resource has no status and no headers but its type."""

    url: str
    body: bytes = PAGE
    moment: datetime = datetime(2026, 3, 2, 1, 2, 3, tzinfo=UTC)
    kind: str = "response"
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = (HTML,)
    fields: tuple[tuple[str, str], ...] = ()


def write_warc(path: Path, kept: Iterable[Kept], *, packed: bool = True) -> Path:
    """Writes the records into a new file; returns its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)
        for one in kept:
            http = None
            if one.kind != "resource":
                http = StatusAndHeaders(one.status, list(one.headers), protocol="HTTP/1.1")
            record = writer.create_warc_record(
                one.url,
                one.kind,
                payload=io.BytesIO(one.body),
                http_headers=http,
                warc_content_type=dict(one.headers).get("Content-Type", ""),
                warc_headers_dict={"WARC-Date": f"{one.moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", **dict(one.fields)},
            )
            writer.write_record(record)
    return path
