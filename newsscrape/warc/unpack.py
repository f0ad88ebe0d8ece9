"""Bodies as they were sent: what servers packed (gzip, deflate, Brotli, Zstandard) unpacked, up to a size.

warcio unpacks the first three, without a limit; crawls of Scrapy 2.19 accept all four.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO

LARGEST = 20 * 1024 * 1024
"""Bytes of an unpacked body; no page of news is larger, but a few packed kilobytes may become gigabytes."""
_PIECE = 64 * 1024
_MARKS = {"gzip": b"\x1f\x8b", "x-gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}  # how such a body begins


class TooLarge(ValueError):
    """A body that is larger than `LARGEST`."""


class UnknownPacking(ValueError):
    """A body packed in a way that nobody here knows."""


def unpack(body: bytes, encodings: str) -> bytes:
    """A body without the packings that its Content-Encoding names, the last one first.

    What is not packed after all is taken as it is (browsers' tools leave the header where they have unpacked already),
    of a body that was cut what is there. Raises `TooLarge` or `UnknownPacking`.
    """
    named = [name.strip().lower() for name in encodings.split(",")]
    for name in reversed([name for name in named if name not in ("", "identity")]):
        if name not in _WAYS:
            raise UnknownPacking(name)
        unpacked = _collected(_WAYS[name](body))
        if unpacked or (name in _MARKS and body.startswith(_MARKS[name])):
            body = unpacked
    if len(body) > LARGEST:
        raise TooLarge(f"more than {LARGEST:,} bytes")
    return body


def _collected(pieces: Iterable[bytes]) -> bytes:
    whole = bytearray()
    for piece in pieces:
        whole += piece
        if len(whole) > LARGEST:
            raise TooLarge(f"more than {LARGEST:,} bytes")
    return bytes(whole)


def _inflated(body: bytes, wbits: int) -> Iterator[bytes]:
    packed = body
    while packed:
        stream = zlib.decompressobj(wbits)
        try:
            while packed and not stream.eof:
                yield stream.decompress(packed, _PIECE)
                packed = stream.unconsumed_tail
        except zlib.error:
            return
        packed = stream.unused_data  # gzip has members


def _gzip(body: bytes) -> Iterator[bytes]:
    return _inflated(body, 16 + zlib.MAX_WBITS)


def _deflate(body: bytes) -> Iterator[bytes]:
    wrapped = body[:1] and body[0] & 0x0F == zlib.DEFLATED  # RFC 1950; some servers send it bare
    return _inflated(body, zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)


def _brotli(body: bytes) -> Iterator[bytes]:
    import brotli

    stream = brotli.Decompressor()
    try:
        piece = stream.process(body, output_buffer_limit=_PIECE)
        while piece:
            yield piece
            piece = b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=_PIECE)
    except brotli.error:
        return


def _zstandard(body: bytes) -> Iterator[bytes]:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    stream = zstd.ZstdFile(BytesIO(body))
    try:
        while piece := stream.read(_PIECE):
            yield piece
    except (zstd.ZstdError, EOFError):
        return


_WAYS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstandard,
}  # fmt: skip
