"""Reads sitemaps: indexes, url sets, Google's News extension, plain lists, all of them also gzipped.

Bytes in, `Sitemap` out, no I/O. See https://www.sitemaps.org/protocol.html.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsscrape.decode import decode
from newsscrape.errors import ParseError

from .addresses import absolute
from .xmltext import address_of, children, local_name, parse_xml, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_BYTES = 100 * 1024 * 1024  # twice what the protocol allows for one file, unpacked
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One address of a sitemap.

    `published` is the raw `news:publication_date`, `modified` the raw `lastmod` (either may be None),
    `title` the `news:title` or "".
    """

    url: str
    title: str = ""
    published: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap holds: further sitemaps (an index) or pages, in the file's order."""

    sitemaps: tuple[SitemapEntry, ...] = ()
    pages: tuple[SitemapEntry, ...] = ()


def read_sitemap(body: bytes, *, url: str | None = None) -> Sitemap:
    """Reads a sitemap of any kind; `url` is its own address, for relative entries and messages.

    Raises `EmptyPage`, `DecodeError`, or `ParseError` where it is none of the kinds, or where the
    unpacked file is larger than `MAX_BYTES`.
    """
    body = unpack(body, url=url)
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:8].lower().startswith((b"http://", b"https://")):
        lines = (line.strip() for line in decode(body, {}, url).text.lstrip("\ufeff").splitlines())
        return Sitemap(pages=tuple(SitemapEntry(line) for line in lines if line.startswith("http")))
    root = parse_xml(body, url=url)
    kind = local_name(root)
    if kind not in ("sitemapindex", "urlset"):
        raise ParseError(f"this is no sitemap: its root element is <{kind}>", url=url)
    return Sitemap(
        sitemaps=tuple(entry for node in children(root, "sitemap") if (entry := _entry(node, url))),
        pages=tuple(entry for node in children(root, "url") if (entry := _entry(node, url))),
    )


def unpack(body: bytes, *, url: str | None = None, limit: int = MAX_BYTES) -> bytes:
    """The body unpacked where it is gzip; a cut archive gives what can be read.

    Raises `ParseError` where it unpacks to more than `limit` bytes or cannot be unpacked.
    """
    if not body.startswith(_GZIP_MAGIC):
        return body
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        text = unpacker.decompress(body, limit + 1)
    except zlib.error as error:
        raise ParseError(f"the gzip archive is broken: {error}", url=url) from error
    if len(text) > limit:
        raise ParseError(f"the archive unpacks to more than {limit:,} bytes", url=url)
    return text


def _entry(node: Element, base: str | None) -> SitemapEntry | None:
    address = absolute(next((address_of(child) for child in children(node, "loc")), ""), base)
    if not address:
        return None
    news = next(children(node, "news"), None)
    said = {} if news is None else {name: text_of(child) for child in news if (name := local_name(child))}
    return SitemapEntry(
        url=address,
        title=said.get("title", ""),
        published=said.get("publication_date") or None,
        modified=next((text_of(child) for child in children(node, "lastmod")), "") or None,
    )
