"""Opens a file that a user names: plain or gzipped, in UTF-8, UTF-16 or CP949, or standard input.

Everything streams; what goes wrong on the way is an `InputError` with file and line.
"""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from newsscrape.decode import decode
from newsscrape.errors import InputError, PageError

STDIN = "-"
_GZIP_MAGIC = b"\x1f\x8b"
_HEAD_BYTES = 256 * 1024  # asked for the encoding; a list says by then whether it is Korean
_LONGEST_LINE = 16 * 1024 * 1024  # letters; a record of this project with a long text has some ten thousand


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file opened for reading.

    `name` is for messages, `path` None for standard input. `head` are its first bytes (unpacked where
    `packed` says that it is gzip), and `stream` begins with them.
    """

    name: str
    path: Path | None
    packed: bool
    head: bytes
    stream: io.BufferedReader

    def error(self, reason: str, line: int | None = None) -> InputError:
        """An `InputError` about this file; the caller raises it."""
        return InputError(reason, path=self.name, line=line)

    def lines(self) -> Iterator[str]:
        """Its lines as text, with their line ends and without a byte order mark.

        Letters that cannot be read become U+FFFD. Raises `InputError` where the bytes are no text, where
        the archive is torn, and where a line has no end (which is no list).
        """
        text = io.TextIOWrapper(self.stream, self._encoding(), errors="replace", newline="")
        number = 1
        try:
            while line := text.readline(_LONGEST_LINE):
                if len(line) == _LONGEST_LINE:
                    raise self.error("the line does not end; this is no list of addresses", number)
                yield line.removeprefix("\ufeff") if number == 1 else line
                number += 1
        except (OSError, EOFError, zlib.error) as error:
            raise self.error(f"reading ended here: {error}; get the file again", number) from error

    def _encoding(self) -> str:
        body = self.head
        if len(body) >= _HEAD_BYTES:  # not in the middle of a letter
            body = body[: body.rfind(b"\n") + 1] or body
        try:
            return decode(body).encoding
        except PageError as error:
            raise self.error("this is no text; give a list, CSV, JSONL or XLSX, plain or gzipped") from error


@contextmanager
def open_input(path: str | Path) -> Iterator[InputFile]:
    """Opens a file, or standard input for "-".

    Raises `InputError` where it cannot be opened, is empty, or says it is gzip and is not.
    """
    given = str(path) == STDIN
    name = "standard input" if given else str(path)
    try:
        raw: IO[bytes] = sys.stdin.buffer if given else Path(path).open("rb")  # noqa: SIM115
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise InputError(f"cannot be opened: {getattr(error, 'strerror', None) or error}", path=name) from error
    try:
        yield _begin(raw, name, None if given else Path(path))
    finally:
        if not given:
            raw.close()


def _begin(raw: IO[bytes], name: str, path: Path | None) -> InputFile:
    try:
        head = _first_bytes(raw)
        packed = head.startswith(_GZIP_MAGIC)
        stream = _again(head, raw)
        if packed:
            unpacked = gzip.GzipFile(fileobj=stream)
            head = _first_bytes(unpacked)
            stream = _again(head, unpacked)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"cannot be read: {error}", path=name) from error
    if not head.strip():
        raise InputError("the file is empty", path=name)
    return InputFile(name, path, packed, head, stream)


def _first_bytes(stream: Any) -> bytes:
    """What the first reads give: enough to know the kind, without waiting for the end of a slow pipe."""
    head: bytes = stream.read1(_HEAD_BYTES)
    while 0 < len(head) < 4 and (more := stream.read1(_HEAD_BYTES)):
        head += more
    return head


def _again(head: bytes, rest: Any) -> io.BufferedReader:
    return io.BufferedReader(_Again(head, rest))


class _Again(io.RawIOBase):
    """A stream whose first bytes were already read, from its beginning; a pipe cannot seek back."""

    def __init__(self, head: bytes, rest: Any) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        chunk = chunk or self._rest.read1(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)
