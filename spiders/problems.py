"""What an error of Scrapy, of the network or of our own manners means for the address that was asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from scrapy.exceptions import IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError

ProblemKind = Literal["robots", "offsite", "private", "closed", "unreachable", "done", "refused", "removed", "failed"]

NOT_MODIFIED = 304
_REMOVED = frozenset({404, 410})
_REFUSED = frozenset({401, 403, 407, 429, 451})
CAPTCHA = "captcha"
"""The flag of an answer that asks whether we are human, whatever its status."""
# What Scrapy 2.19 raises without a word.
_WORDLESS = {
    "DownloadCancelledError": "it is larger than DOWNLOAD_MAXSIZE allows",
    "ResponseDataLossError": "the connection ended before the answer did",
}
_TWISTED = re.compile(r"\[?<twisted\.python\.failure\.Failure [\w.]+: (.*?)>\]?")


def is_unchanged(error: BaseException | None) -> bool:
    """Whether it is no problem, but the answer that nothing has changed (304)."""
    return isinstance(error, HttpError) and error.response.status == NOT_MODIFIED


class Refused(IgnoreRequest):
    """A request that we do not send.

    `kind` is "offsite", "private" (an address inside a private network), "closed" (the host is left alone),
    "unreachable" (its robots.txt cannot be read; `url` is its address), "robots" or "done" (no more articles
    are wanted).
    """

    def __init__(self, reason: str, *, kind: ProblemKind, url: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.kind = kind
        self.url = url


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an address brought nothing: the kind, the reason in words, and where known status and address."""

    kind: ProblemKind
    reason: str
    status: int | None = None
    url: str = ""


def problem_of(error: BaseException | None) -> Problem:
    """What an error means."""
    if isinstance(error, Refused):
        return Problem(error.kind, error.reason, url=error.url)
    if isinstance(error, HttpError):
        if CAPTCHA in error.response.flags:
            return Problem("refused", "it asks for a captcha")
        status = error.response.status
        kind: ProblemKind = "removed" if status in _REMOVED else "refused" if status in _REFUSED else "failed"
        return Problem(kind, f"HTTP {status}", status)
    if isinstance(error, IgnoreRequest) and "robots.txt" in str(error):
        return Problem("robots", "robots.txt does not allow it")
    name = type(error).__name__
    said = " ".join(str(error).split()) or _WORDLESS.get(name, "")
    said = _TWISTED.sub(r"\1", said)
    return Problem("failed", f"{name}: {said}".rstrip(": "))
