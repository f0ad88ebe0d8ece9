"""JSON Lines on disk, written so that a crash cannot spoil what was written before.

Lines go out whole, in one `write` to a descriptor opened for appending, and are in the kernel's hands
when `write` returns: a killed process loses nothing that was written. Should the kill hit the very write
(a full disk or a power cut can do the same), the file ends in a part of a line; whoever writes next cuts
that part off. The file is locked for each write, so that several processes can share it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import orjson

from newsscrape.errors import NewsscrapeError

_BLOCK = 64 * 1024


class SinkError(NewsscrapeError):
    """A file of records cannot be written: it is no JSONL, or the disk refuses."""


class Sink(Protocol):
    """Anything that takes JSON documents one by one."""

    def write(self, document: str) -> None:
        """Writes one JSON document."""

    def write_all(self, documents: Sequence[str]) -> None:
        """Writes JSON documents, all of them or none."""

    def close(self) -> None:
        """Ends the writing; closing twice does no harm."""


class JsonLines:
    """A JSONL file opened for appending.

    `notice` is None, or one sentence about what had to be mended. Use it as a context manager or call
    `close`. Raises `SinkError` when what is in the file is no JSONL (so that a wrong `-o` destroys nothing).
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.notice: str | None = None
        self._fd: int | None = None
        self._size = -1  # how long the file was when we last looked; -1: never
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise SinkError(f"{self.path} cannot be opened: {error.strerror}") from error
        try:
            with self._locked(self._fd):
                pass
        except BaseException:
            os.close(self._fd)
            self._fd = None
            raise

    @contextlib.contextmanager
    def _locked(self, fd: int) -> Iterator[None]:
        """Holds the lock; what another process left of a line is mended first."""
        with contextlib.suppress(OSError):  # a file system without locks (some network shares)
            fcntl.flock(fd, fcntl.LOCK_EX)
        try:
            if os.fstat(fd).st_size != self._size:
                self.notice = _mend_tail(fd, self.path) or self.notice
            yield
        finally:
            self._size = os.fstat(fd).st_size
            with contextlib.suppress(OSError):
                fcntl.flock(fd, fcntl.LOCK_UN)

    def write(self, document: str) -> None:
        """Appends one JSON document as a line; see `write_all`."""
        self.write_all([document])

    def write_all(self, documents: Sequence[str]) -> None:
        """Appends JSON documents (which must not hold raw line breaks) as lines, all of them or none.

        Raises `SinkError` when the disk refuses; what went out of them is taken back.
        """
        if self._fd is None:
            raise SinkError(f"{self.path} is closed")
        if not documents:
            return
        if any("\n" in document for document in documents):
            raise ValueError("a JSON line must not hold a line break")
        lines = "".join(f"{document}\n" for document in documents).encode()
        with self._locked(self._fd):
            _append(self._fd, lines, self.path)

    def close(self) -> None:
        """Brings everything to the disk and unlocks the file; closing twice does no harm."""
        fd, self._fd = self._fd, None
        if fd is not None:
            try:
                os.fsync(fd)
            finally:
                os.close(fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class StandardOutput:
    """JSON lines on standard output, flushed one by one for whoever reads the pipe."""

    def write(self, document: str) -> None:
        """Writes one JSON document as a line. Raises `SinkError` when nobody reads any more (`| head`)."""
        try:
            sys.stdout.buffer.write(document.encode() + b"\n")
            sys.stdout.buffer.flush()
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains at its end, too
            raise SinkError(f"standard output cannot be written: {error.strerror}") from error

    def write_all(self, documents: Sequence[str]) -> None:
        """Writes JSON documents one by one, as far as somebody reads."""
        for document in documents:
            self.write(document)

    def close(self) -> None:
        """Leaves standard output open: it is not ours."""


def open_sink(target: str | Path) -> Sink:
    """The sink for a path, or for standard output where the target is "-"."""
    return StandardOutput() if str(target) == "-" else JsonLines(target)


def lines_behind(path: str | Path, position: int) -> Iterator[bytes]:
    """The whole lines of a file behind its first `position` bytes, and the one before, without their line breaks.

    None where there is no file; all where the file is shorter: it is another one by now.
    """
    if not os.path.exists(path):
        return
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        # The line before: that of a killed process may have been cut off in between, and ours began where it did.
        file.seek(_last_line(file.fileno(), position)[0] if position <= size else 0)
        for line in file:
            if line.endswith(b"\n"):
                yield line[:-1]


def _append(fd: int, data: bytes, path: Path) -> None:
    size = os.fstat(fd).st_size
    try:
        written = os.write(fd, data)
    except OSError as error:
        raise SinkError(f"{path} cannot be written: {error.strerror}") from error
    if written < len(data):
        os.ftruncate(fd, size)
        raise SinkError(f"{path} cannot be written: the disk took {written} of {len(data)} bytes")


def _mend_tail(fd: int, path: Path) -> str | None:
    """Cuts off a last line that was not written whole; returns what was done, in words."""
    size = os.fstat(fd).st_size
    if size == 0:
        return None
    start, tail = _last_line(fd, size)
    whole = _is_document(tail)
    if whole and tail.endswith(b"\n"):
        return None
    if whole:  # only the line break is missing: an editor's doing, or the last byte of a cut write
        os.write(fd, b"\n")
        return f"{path}: the line break after the last record was missing and is back"
    if not (_is_document(_first_line(fd, start)) if start else tail.startswith(b"{")):
        raise SinkError(f"{path} is no JSONL file; nothing was changed, choose another file")
    os.ftruncate(fd, start)
    return f"{path}: the last line was cut ({len(tail):,} bytes without an end) and has been removed"


def _last_line(fd: int, size: int) -> tuple[int, bytes]:
    """Where the last line begins, and the line (with its line break, where it has one)."""
    start, tail = size, b""
    while start > 0:
        step = min(_BLOCK, start)
        start -= step
        tail = os.pread(fd, step, start) + tail
        cut = tail.rfind(b"\n", 0, len(tail) - 1)
        if cut >= 0:
            return start + cut + 1, tail[cut + 1 :]
    return 0, tail


def _first_line(fd: int, end: int) -> bytes:
    line = b""
    while len(line) < end and b"\n" not in line:
        line += os.pread(fd, _BLOCK, len(line))
    return line.partition(b"\n")[0]


def _is_document(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False
