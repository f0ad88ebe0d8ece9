"""A request and its answer as WARC records: response (or revisit) and request, or a conversion by a browser."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
ARTICLE = "X-Newsscrape-Article"
"""A field of our own, of a record that holds an article's twin, data or rendered page: the article's address."""
ASKED = frozenset(
    {
        "accept", "accept-charset", "accept-encoding", "accept-language", "cache-control", "connection",
        "content-length", "content-type", "from", "host", "if-modified-since", "if-none-match", "pragma", "range",
        "referer", "user-agent",
    }
)  # fmt: skip
"""Request headers that are written, in lower case; any other might be a secret (keys of a search, cookies, passwords).

Of answers all are: a cookie that a server hands to a visitor without a name, who never shows it again, is none.
"""
# Of the way the bytes came, not of the bytes: chunks are put together before they reach us.
_OF_THE_WAY = frozenset({"transfer-encoding"})
Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Original:
    """An earlier record that a revisit refers to; `captured_at` has a zone."""

    url: str
    digest: str
    record_id: str
    captured_at: datetime


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer; `body` as it was sent (still packed), `rendered` where a browser made it.

    Headers are (name, value) in order, as ISO 8859-1; `moment` has a zone. `article` is the address of the article that
    this was asked for, where that is another page's.
    """

    url: str
    method: str
    request_headers: Headers
    request_body: bytes
    status_line: str
    headers: Headers
    body: bytes
    moment: datetime
    ip: str | None = None
    rendered: bool = False
    article: str | None = None

    @property
    def digest(self) -> str:
        """The payload's digest as WARC writes it."""
        return "sha1:" + b32encode(hashlib.sha1(self.body, usedforsecurity=False).digest()).decode()

    def members(self, target: str, original: Original | None, *, unchanged: bool) -> tuple[bytes, str]:
        """The records as gzip members, the answer first, and the answer's record id.

        `target` is the request's path. With `original` the answer is a revisit record: of a server that said so
        (`unchanged`), else of a body that is the same. What a browser rendered is a conversion of the original, without
        a request: the page's own went over the wire before.
        """
        from warcio.statusandheaders import StatusAndHeaders

        buffer, writer = _writer()
        common = {"WARC-Date": in_warc(self.moment)}
        if self.ip:
            common["WARC-IP-Address"] = self.ip
        if self.article:
            common[ARTICLE] = self.article
        if self.rendered:
            if original is not None:
                common["WARC-Refers-To"] = original.record_id
            kind = next((value for name, value in self.headers if name.lower() == "content-type"), "text/html")
            made = writer.create_warc_record(
                self.url, "conversion", BytesIO(self.body), warc_content_type=kind, warc_headers_dict=common
            )
            writer.write_record(made)
            return buffer.getvalue(), made.rec_headers["WARC-Record-ID"]
        kept = [(name, value) for name, value in self.headers if name.lower() not in _OF_THE_WAY]
        protocol, _, status = self.status_line.partition(" ")
        http = StatusAndHeaders(status, kept, protocol=protocol)
        if original is None:
            answer = writer.create_warc_record(
                self.url, "response", BytesIO(self.body), http_headers=http, warc_headers_dict=dict(common)
            )
        else:
            answer = writer.create_revisit_record(
                self.url,
                original.digest,
                original.url,
                in_warc(original.captured_at),
                http_headers=http,
                warc_headers_dict={**common, "WARC-Refers-To": original.record_id},
            )
            if unchanged:
                answer.rec_headers.replace_header("WARC-Profile", NOT_MODIFIED)
        sent = [(name, value) for name, value in self.request_headers if name.lower() in ASKED]
        asked = writer.create_warc_record(
            self.url,
            "request",
            BytesIO(self.request_body),
            http_headers=StatusAndHeaders(f"{self.method} {target} HTTP/1.1", sent, is_http_request=True),
            warc_headers_dict={**common, "WARC-Concurrent-To": answer.rec_headers["WARC-Record-ID"]},
        )
        writer.write_record(answer)
        writer.write_record(asked)
        return buffer.getvalue(), answer.rec_headers["WARC-Record-ID"]


def warcinfo(name: str, info: dict[str, str]) -> bytes:
    """The first member of a file: who wrote it, and how."""
    buffer, writer = _writer()
    writer.write_record(writer.create_warcinfo_record(name, info))
    return buffer.getvalue()


def in_warc(moment: datetime) -> str:
    """A moment as WARC writes it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _writer() -> tuple[BytesIO, Any]:
    from warcio.warcwriter import WARCWriter

    buffer = BytesIO()
    return buffer, WARCWriter(buffer, gzip=True, warc_version="1.1")
