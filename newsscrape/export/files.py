"""Files that are there whole or not at all, compressed by their extension."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from newsscrape.export.jsonl import SinkError

STDOUT = "-"
_BLOCK = 1 << 16
_ZSTD_LEVEL = 10  # a little smaller than gzip -9, and several times as fast


@contextlib.contextmanager
def whole_file(target: str | Path) -> Iterator[BinaryIO]:
    """A file to write bytes into from beginning to end, once; `target` is a path, or "-" for standard output.

    ".gz" and ".zst" compress (the latter by `newsscrape[zstd]`). The bytes go to a hidden file beside the target, and
    take its name only after the last of them is on the disk. Until then, what was there stays there; after an error
    no part is left behind (after a kill, one is: ".NAME.PID.part"). Pipes and devices are written to directly, and
    standard output is left open. Raises `SinkError` where it cannot be written: no such folder, a full disk, a reader
    that has gone.
    """
    try:
        with _standard_output() if str(target) == STDOUT else _in_place_of(Path(target)) as file:
            yield file
    except OSError as error:
        raise SinkError(f"{_name(target)} cannot be written: {error.strerror or error}") from error


def _name(target: str | Path) -> str:
    return "standard output" if str(target) == STDOUT else str(target)


@contextlib.contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    file = sys.stdout.buffer
    try:
        yield file
        file.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains at its end, too
        raise


@contextlib.contextmanager
def _in_place_of(target: Path) -> Iterator[BinaryIO]:
    place = Path(os.path.realpath(target))  # a link goes on pointing at its file
    if place.is_dir():
        raise IsADirectoryError(f"it is a folder; name a file, such as {target}/articles{''.join(target.suffixes)}")
    if place.exists() and not stat.S_ISREG(place.stat().st_mode):
        with place.open("wb") as device, _compressed(device, target) as file:
            yield file
        return
    part = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as raw:
            with _compressed(raw, target) as file:
                yield file
            raw.flush()
            os.fsync(raw.fileno())
        if place.exists():
            shutil.copymode(place, part)  # what was closed to others stays so
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(place.parent)


def _sync_folder(folder: Path) -> None:
    """Brings a new name to the disk; not every file system does that for folders."""
    with contextlib.suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


@contextlib.contextmanager
def _compressed(raw: BinaryIO, target: Path) -> Iterator[BinaryIO]:
    suffix = target.suffix.lower()
    if suffix == ".gz":
        # Without a name and a moment in its header the same records are the same bytes.
        with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
            yield cast(BinaryIO, packed)
    elif suffix == ".zst":
        with _zstd(raw) as file:
            yield cast(BinaryIO, file)
    else:
        yield raw


@contextlib.contextmanager
def unpacked(path: Path) -> Iterator[BinaryIO]:
    """A file's bytes, unpacked by its extension as `whole_file` packs them.

    Reading raises `EOFError` where the packed data is cut, and where it is damaged `gzip.BadGzipFile` or `zlib.error`
    (.gz) or `ValueError` (.zst). Raises `OSError` where there is no such file, `SinkError` where what unpacks it is
    missing.
    """
    suffix = path.suffix.lower()
    with path.open("rb") as raw:
        if suffix == ".gz":
            with gzip.GzipFile(fileobj=raw) as packed:
                yield cast(BinaryIO, packed)
        elif suffix == ".zst":
            yield cast(BinaryIO, io.BufferedReader(_Unpacked(raw)))
        else:
            yield raw


def _zstd(raw: BinaryIO) -> IO[bytes]:
    return cast(IO[bytes], _zstandard().ZstdCompressor(level=_ZSTD_LEVEL).stream_writer(raw, closefd=False))


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError as error:
        raise SinkError('.zst needs zstandard: pip install "newsscrape[zstd]", or name the file .gz') from error
    return zstandard


class _Unpacked(io.RawIOBase):
    """Zstandard frames unpacked, to their very end: the library's own reader takes a cut frame for a short one."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._unpacker: Any = None
        self._rest = self._out = b""

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Some bytes. Raises `EOFError` where a frame is cut, `ValueError` where it is damaged."""
        zstandard = _zstandard()
        while not self._out:
            data = self._rest or self._raw.read(_BLOCK)
            self._rest = b""
            if not data:
                if self._unpacker is not None:
                    raise EOFError("the file ends in the middle of its packed data")
                return 0
            self._unpacker = self._unpacker or zstandard.ZstdDecompressor().decompressobj()
            try:
                self._out = self._unpacker.decompress(data)
            except zstandard.ZstdError as error:
                raise ValueError(f"its packed data is damaged ({error})") from error
            if self._unpacker.eof:
                self._rest, self._unpacker = self._unpacker.unused_data, None
        count = min(len(buffer), len(self._out))
        buffer[:count], self._out = self._out[:count], self._out[count:]
        return count


class Counted(io.RawIOBase):
    """A file to write to that knows its place by counting: what pipes do not tell, Parquet needs."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._written = 0

    def writable(self) -> bool:
        """It is there to be written to."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Writes all of it, and counts."""
        self._file.write(data)
        self._written += len(data)
        return len(data)

    def tell(self) -> int:
        """How many bytes were written."""
        return self._written
