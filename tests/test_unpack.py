"""Bodies in WARC files, unpacked as servers and tools leave them."""

from __future__ import annotations

import gzip
import sys
import zlib
from pathlib import Path

import brotli
import pytest
from warcs import HTML, ILBO, PAGE, Kept, write_warc

from newsscrape.warc.reading import WarcPages
from newsscrape.warc.unpack import LARGEST, TooLarge, UnknownPacking, unpack

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def bare_deflate(body: bytes) -> bytes:
    return zlib.compress(body, wbits=-15)


PACKED = {
    "gzip": gzip.compress(PAGE),
    "x-gzip": gzip.compress(PAGE),
    "deflate": zlib.compress(PAGE),
    "br": brotli.compress(PAGE),
    "zstd": zstd.compress(PAGE),
    "identity": PAGE,
    "": PAGE,
    "GZIP": gzip.compress(PAGE[:99]) + gzip.compress(PAGE[99:]),
    "gzip, br": brotli.compress(gzip.compress(PAGE)),
}


@pytest.mark.parametrize("encoding", PACKED)
def test_a_packed_body_is_unpacked(encoding: str) -> None:
    assert unpack(PACKED[encoding], encoding) == PAGE


def test_deflate_without_its_wrapper_too() -> None:
    assert unpack(bare_deflate(PAGE), "deflate") == PAGE


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_is_not_packed_after_all_is_taken_as_it_is(encoding: str) -> None:
    assert unpack(PAGE, encoding) == PAGE


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_was_cut_is_unpacked_up_to_there(encoding: str) -> None:
    assert PAGE.startswith(unpack(PACKED[encoding][:-200], encoding))


def test_a_packed_body_of_nothing_is_empty() -> None:
    assert unpack(gzip.compress(b""), "gzip") == b""


@pytest.mark.parametrize(
    "pack", [gzip.compress, zlib.compress, brotli.compress, zstd.compress], ids=["gzip", "deflate", "br", "zstd"]
)
def test_a_body_that_would_fill_the_memory_is_refused(pack: object, request: pytest.FixtureRequest) -> None:
    encoding = request.node.callspec.id
    with pytest.raises(TooLarge):
        unpack(pack(bytes(LARGEST + 1)), encoding)  # type: ignore[operator]


def test_an_unknown_packing_is_named() -> None:
    with pytest.raises(UnknownPacking, match="dcb"):
        unpack(PAGE, "dcb")


def test_pages_are_unpacked_and_what_cannot_be_is_counted(tmp_path: Path) -> None:
    packed = [
        Kept(f"{ILBO}1", PACKED["br"], headers=(HTML, ("Content-Encoding", "br"))),
        Kept(f"{ILBO}2", PACKED["zstd"], headers=(HTML, ("Content-Encoding", "zstd"))),
        Kept(f"{ILBO}3", PAGE, headers=(HTML, ("Content-Encoding", "dcb"))),
        Kept(f"{ILBO}4", gzip.compress(bytes(LARGEST + 1)), headers=(HTML, ("Content-Encoding", "gzip"))),
        Kept(f"{ILBO}5", PAGE[:900], fields=(("WARC-Truncated", "length"),)),
    ]
    pages = WarcPages(write_warc(tmp_path / "a.warc.gz", packed))
    assert [capture.page.body for capture in pages] == [PAGE, PAGE]
    assert pages.passed == {"packed as dcb": 1, "too large": 1, "cut by their tool": 1}
