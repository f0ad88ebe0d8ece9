"""Reads news feeds: RSS 0.9x and 2.0, RSS 1.0 (RDF) and Atom. Bytes in, entries out, no I/O."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsscrape.errors import ParseError

from .addresses import absolute
from .xmltext import address_of, children, local_name, parse_xml, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_DATES = ("pubdate", "published", "issued", "date", "updated", "modified")
_SUMMARIES = ("description", "summary", "encoded", "content")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed.

    `url` is absolute; `published` is the text as printed
    (RFC 822, ISO 8601 or a Korean form; None where the feed says nothing) and `summary` may hold HTML.
    `source` is the address that an RSS <source url="..."> names: where the entry came from.
    """

    url: str
    title: str = ""
    published: str | None = None
    summary: str = ""
    source: str | None = None


def read_feed(body: bytes, *, url: str | None = None) -> list[FeedEntry]:
    """The entries of a feed in its own order; entries without an address are left out.

    `url` is the feed's own address, for relative links and for error messages. A feed without entries
    gives an empty list. Raises `EmptyPage`, `DecodeError`, or `ParseError` where this is no feed (an
    HTML error page sent in its place).
    """
    root = parse_xml(body, url=url)
    if local_name(root) not in _ROOTS:
        raise ParseError(f"this is no feed: its root element is <{local_name(root)}>", url=url)
    entries = (_entry(item, url) for item in root.iter("{*}*") if local_name(item) in ("item", "entry"))
    return [entry for entry in entries if entry]


def _entry(item: Element, base: str | None) -> FeedEntry | None:
    address = absolute(_address(item), base)
    if not address:
        return None
    return FeedEntry(
        url=address,
        title=html.unescape(_first(item, "title")),  # many feeds escape titles twice: &amp;quot;
        published=_first(item, *_DATES) or None,
        summary=_first(item, *_SUMMARIES),
        source=next((absolute(str(node.get("url") or ""), base) for node in children(item, "source")), "") or None,
    )


def _address(item: Element) -> str:
    """The entry's link: FeedBurner's original first, then <link>, then a permanent guid, then rdf:about."""
    for link in children(item, "origlink"):
        if address := address_of(link):
            return address
    for link in children(item, "link"):
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return str(link.get("href") or "").strip()
        if address := address_of(link):
            return address
    for guid in children(item, "guid", "id"):
        address = address_of(guid)
        if address.startswith(("http://", "https://")) and guid.get("isPermaLink") != "false":
            return address
    return next((str(value) for name, value in item.attrib.items() if str(name).endswith("about")), "")


def _first(item: Element, *names: str) -> str:
    """The text of the first non-empty child by these names, in the order of the names."""
    said = (child for name in names for child in children(item, name) if not _is_media(child))
    return next((text for child in said if (text := text_of(child))), "")


def _is_media(element: Element) -> bool:
    """Media RSS titles and descriptions tell of a picture, not of the article."""
    return "/mrss/" in str(element.tag) or str(element.tag).startswith("media:")
