"""What a paper answers to a request, conditions and faults considered, before it goes over the wire."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING

from .faults import Fault, packed

if TYPE_CHECKING:
    from .paper import Found, Paper

_METHODS = ("GET", "HEAD")
_OK, _NOT_MODIFIED, _NOT_FOUND, _NOT_ALLOWED = 200, 304, 404, 405
_NOTHING_WRONG = Fault()


@dataclass(slots=True)
class Answer:
    """A status, headers (without Content-Length) and a body, and what goes wrong while they are sent."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    fault: Fault = _NOTHING_WRONG


def answer(paper: Paper | None, method: str, target: str, asked: Mapping[str, str]) -> Answer:
    """The answer to a request; `asked` are its headers by lower-case names."""
    if paper is None:
        return Answer(_NOT_FOUND, b"no such host")
    if method not in _METHODS:
        return Answer(_NOT_ALLOWED, headers={"Allow": ", ".join(_METHODS)})
    fault, turn = paper.mood.turn(target) or (_NOTHING_WRONG, 0)
    if fault.redirect is not None:
        return Answer(fault.redirect_status, headers={"Location": fault.redirect, **fault.headers}, fault=fault)
    status = fault.status_at(turn)
    if status != _OK:
        headers = {"Content-Type": "text/html; charset=utf-8", **fault.headers}
        if (later := fault.retry_after_header()) is not None:
            headers["Retry-After"] = later
        body = fault.body() if callable(fault.body) else fault.body
        return Answer(status, _body_of(status) if body is None else body, headers, fault)
    made = _true_answer(paper, target, asked, fault)
    made.headers |= fault.headers
    if fault.bomb:
        made.headers["Content-Encoding"] = "gzip"
        made.body = packed(fault.bomb)
    return made


def _body_of(status: int) -> bytes:
    return b"" if status in (204, _NOT_MODIFIED) else f"<h1>{status}</h1>".encode()


def _true_answer(paper: Paper, target: str, asked: Mapping[str, str], fault: Fault) -> Answer:
    path, _, query = target.partition("?")
    found = paper.page(path, query)
    body = fault.body() if callable(fault.body) else fault.body
    if body is None and found is None:
        return Answer(_NOT_FOUND, b"<h1>404</h1>", {"Content-Type": "text/html; charset=utf-8"}, fault)
    headers = {"Content-Type": found.content_type if found else "text/html; charset=utf-8"}
    if found and found.status != _OK:
        return Answer(found.status, found.body, headers, fault)
    true = found.body if found and body is None else body or b""
    body = fault.change(true) if fault.change else true
    validators = _validators(paper, body, found)
    if _unchanged(asked, validators, found):
        return Answer(_NOT_MODIFIED, headers=validators, fault=fault)
    return Answer(_OK, body, headers | validators, fault)


def _validators(paper: Paper, body: bytes, found: Found | None) -> dict[str, str]:
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {}
    if paper.validators in ("both", "etag", "weak"):
        headers["ETag"] = f"W/{tag}" if paper.validators == "weak" else tag
    if found and paper.validators in ("both", "date"):
        headers["Last-Modified"] = format_datetime(found.modified.astimezone(UTC), usegmt=True)
    return headers


def _unchanged(asked: Mapping[str, str], validators: Mapping[str, str], found: Found | None) -> bool:
    """RFC 9110, 13.1: If-None-Match by weak comparison, and If-Modified-Since only where the former is not sent."""
    tags = asked.get("if-none-match")
    if tags is not None:
        own = validators.get("ETag", "").removeprefix("W/")
        return bool(own) and (tags.strip() == "*" or own in {tag.strip().removeprefix("W/") for tag in tags.split(",")})
    since = _date(asked.get("if-modified-since"))
    return (
        since is not None
        and "Last-Modified" in validators
        and found is not None
        and found.modified.replace(microsecond=0) <= since
    )


def _date(text: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
