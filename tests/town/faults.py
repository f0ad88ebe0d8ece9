"""What can be wrong with an answer, as a value that a test lays on a path: `paper.mood["/rss.xml"] = Fault(status=503)`.

Faults combine: `Fault(stall=2, status=(429, 200), retry_after=1)`. `times` ends one: the requests after so many are
answered as if nothing had been.
"""

from __future__ import annotations

import threading
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import pairwise


@dataclass(frozen=True)
class Fault:
    """What is wrong with the answers of one path; anything left out is right."""

    status: int | tuple[int, ...] = ()
    """One answer after the other, the last one stays; 200 is the true answer."""
    retry_after: float | timedelta | str | None = None
    """Sent with every status from 300 up: seconds, a date so far from now, or these very words."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """More headers, or others: Set-Cookie, X-Robots-Tag, Content-Type (wrong charset)."""
    body: bytes | Callable[[], bytes] | None = None
    """Another body in place of the true one, or of an error's own."""
    change: Callable[[bytes], bytes] | None = None
    """Breaks the true body; a function of a module, so that it can go to the town's own process."""
    redirect: str | None = None
    """Where it leads, as it stands in Location."""
    redirect_status: int = 302
    stall: float = 0.0
    """Seconds before the first byte of the answer."""
    stall_in_body: float = 0.0
    """Seconds after the first half of the body."""
    drip: float = 0.0
    """Seconds between two pieces of 64 bytes."""
    cut: int | None = None
    """Bytes of the body after which the connection ends, though Content-Length promised all of them."""
    wrong_length: int = 0
    """Added to the Content-Length: more than there is and then the connection's end, or fewer and the rest follows."""
    endless: bool = False
    """The body starts again and again (chunked) until the asker goes away."""
    bomb: int = 0
    """Content-Encoding gzip, and a small body that unpacks to so many bytes."""
    reset: bool = False
    """The connection is reset before anything is sent."""
    times: int | None = None
    """How many requests meet the fault; None for all."""

    def status_at(self, turn: int) -> int:
        """The status of the answer to the request with this number (from 0)."""
        statuses = (self.status,) if isinstance(self.status, int) else self.status
        return statuses[min(turn, len(statuses) - 1)] if statuses else 200

    def retry_after_header(self) -> str | None:
        """The value of Retry-After, its date counted from now."""
        if isinstance(self.retry_after, timedelta):
            return format_datetime(datetime.now(UTC) + self.retry_after, usegmt=True)
        if isinstance(self.retry_after, int | float):
            return f"{self.retry_after:g}"
        return self.retry_after


class Mood(MutableMapping[str, Fault]):
    """Faults by path: the whole target first, then the path without its query, then patterns ("/view/*", "*")."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: dict[str, Fault] = {}
        self._turns: Counter[tuple[str, str]] = Counter()

    def turn(self, target: str) -> tuple[Fault, int] | None:
        """The fault that a request meets now, and how many requests for the same target met it before."""
        with self._lock:
            for key in (target, target.partition("?")[0], *(k for k in self._faults if fnmatchcase(target, k))):
                if key in self._faults:
                    fault, turn = self._faults[key], self._turns[key, target]
                    self._turns[key, target] += 1
                    return (fault, turn) if fault.times is None or turn < fault.times else None
        return None

    def __getitem__(self, path: str) -> Fault:
        return self._faults[path]

    def __setitem__(self, path: str, fault: Fault) -> None:
        with self._lock:
            self._forget(path)
            self._faults[path] = fault

    def __delitem__(self, path: str) -> None:
        with self._lock:
            self._forget(path)
            del self._faults[path]

    def __iter__(self) -> Iterator[str]:
        with self._lock:
            return iter(tuple(self._faults))

    def __len__(self) -> int:
        return len(self._faults)

    def _forget(self, path: str) -> None:
        for key in [key for key in self._turns if key[0] == path]:
            del self._turns[key]


def loop(path: str) -> dict[str, Fault]:
    """A path that leads, over another one, back to itself: `paper.mood.update(loop("/view/2"))`."""
    return {path: Fault(redirect=f"{path}/again"), f"{path}/again": Fault(redirect=f"{path}?again")}


def chain(path: str, hops: int, end: str) -> dict[str, Fault]:
    """A path from which so many redirects lead to the end."""
    stops = [path, *(f"{path}/hop/{n}" for n in range(1, hops)), end]
    return {here: Fault(redirect=there) for here, there in pairwise(stops)}


CAPTCHA = Fault(
    body="<html><body><form id='captcha'><p>자동입력 방지 문자를 넣어 주세요</p></form></body></html>".encode()
)
EMPTY = Fault(body=b"")
FORBIDDEN = Fault(status=403)
LATIN = Fault(headers={"Content-Type": "text/html; charset=iso-8859-1"})


def cut_in_half(body: bytes) -> bytes:
    """The first half, as a whole answer: a feed or a sitemap whose writing was broken off."""
    return body[: len(body) // 2]


def html_instead(body: bytes) -> bytes:
    """What a publisher sends under its feed's address on a maintenance day."""
    return "<!doctype html><html><head><title>점검 중</title></head><body><h1>서비스 점검 중입니다</h1></body></html>".encode()


def undeclared_entity(body: bytes) -> bytes:
    """An HTML entity in XML that declares none."""
    return body.replace(b"<title>", b"<title>&nbsp;&hellip;")


def cp949_under_utf8(body: bytes) -> bytes:
    """CP949 bytes below a declaration of UTF-8."""
    return body.decode("utf-8").encode("cp949")


_BLOCK = 1 << 20


@lru_cache(maxsize=8)
def packed(size: int, head: bytes = b"", fill: bytes = b"\0") -> bytes:
    """One gzip member that unpacks to the head and then the fill, over and over, to about `size` bytes.

    A mebibyte is compressed once and repeated: each block behind a full flush stands for itself (zlib's manual,
    Z_FULL_FLUSH). `packed(1 << 30, b"<urlset>", b" ")` is a sitemap that never ends.
    """
    block = fill * (_BLOCK // len(fill))
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    start = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    middle = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    count = max(1, size // len(block))
    check = zlib.crc32(head)
    for _ in range(count):
        check = zlib.crc32(block, check)
    length = (len(head) + count * len(block)) & 0xFFFFFFFF
    ending = packer.flush() + check.to_bytes(4, "little") + length.to_bytes(4, "little")
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + start + middle * count + ending
