"""A folder of WARC files that a process appends to: records stand in them whole or not at all.

A file that is being written is called `.warc.gz.open` and locked by its process. What a killed process left is cut back
to its last whole member and renamed by the next one that writes into the folder.
"""

from __future__ import annotations

import fcntl
import os
import re
import uuid
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from newsscrape.errors import WarcError

OPEN = ".open"
SIZE = 1_000_000_000
"""Bytes after which a file is followed by another."""
_LEAST = 1_000_000
_UNITS = {"KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
_IN_WORDS = re.compile(r"(\d{1,9})\s*([KMGT]B)", re.IGNORECASE)
_BLOCK = 1 << 20


class WarcFiles:
    """The files that this process writes into a folder; `head` makes the first member of each from its name.

    `left` are files that killed processes had left open, now closed. Raises `WarcError` where the folder cannot be
    written.
    """

    def __init__(self, folder: Path, head: Callable[[str], bytes], *, size: int = SIZE) -> None:
        self.folder = folder
        self.left: list[Path] = []
        self._head = head
        self._size = size
        self._descriptor: int | None = None
        self._path = folder
        self._end = 0
        self._names = f"newsscrape-{datetime.now(UTC):%Y%m%d%H%M%S}-{uuid.uuid4().hex[:8]}"
        self._serial = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with _locked(folder):
                for path in sorted(folder.glob(f"*.warc.gz{OPEN}")):
                    if (closed := _close_left(path)) is not None:
                        self.left.append(closed)
            self._begin()
        except OSError as error:
            raise WarcError(f"{folder}: {error.strerror}; name a folder that can be written") from error

    def append(self, members: bytes) -> tuple[str, int]:
        """Appends whole members; returns the file's name and where they begin in it, in bytes. Raises `WarcError`."""
        try:
            if self._end >= self._size:
                self.close()
            if self._descriptor is None:
                self._begin()
            return self._path.name.removesuffix(OPEN), self._write(members)
        except OSError as error:
            raise WarcError(
                f"{self._path}: {error.strerror}; what stands in it is whole, make room and run again"
            ) from error

    def close(self) -> None:
        """Gives the file its lasting name; closing twice does no harm."""
        if self._descriptor is None:
            return
        self._path.rename(self._path.with_suffix(""))
        os.close(self._descriptor)
        self._descriptor = None

    def _begin(self) -> None:
        name = f"{self._names}-{self._serial:05}.warc.gz"
        self._serial += 1
        self._path = self.folder / (name + OPEN)
        with _locked(self.folder):  # nobody takes it for a leftover before it is locked
            self._descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o644)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        self._end = 0
        self._write(self._head(name))

    def _write(self, members: bytes) -> int:
        assert self._descriptor is not None
        begin = self._end
        rest = memoryview(members)
        try:
            while rest:  # once, but on a disk that is filling up
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError:
            os.ftruncate(self._descriptor, begin)
            raise
        self._end += len(members)
        return begin


def parse_size(text: str) -> int:
    """The bytes meant by "500MB" or "1GB", a million at least. Raises `ValueError` in words fit for a user."""
    found = _IN_WORDS.fullmatch(text.strip())
    size = int(found[1]) * _UNITS[found[2].upper()] if found else 0
    if size < _LEAST:
        raise ValueError(f"{text!r} is no size of a file; write 500MB or 1GB (1MB at least)")
    return size


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _close_left(path: Path) -> Path | None:
    """Cuts a file that its process left open back to its last whole member; returns it under its lasting name."""
    with path.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None  # another process is writing it
        end = last_whole(path)
        file.truncate(end)
        if end:
            return path.rename(path.with_suffix(""))
        path.unlink()
        return None


def last_whole(path: Path) -> int:
    """Where the last whole gzip member ends, in bytes."""
    end = read = 0
    member = zlib.decompressobj(wbits=31)
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK):
                read += len(block)
                while block:
                    member.decompress(block)
                    block = member.unused_data
                    if not member.eof:
                        break
                    end = read - len(block)
                    member = zlib.decompressobj(wbits=31)
        except zlib.error:
            pass  # what is behind the last whole one is none
    return end
