"""One noun for what every kind of list holds: articles, further lists, and where it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from newsscrape.decode import decode
from newsscrape.discovery.addresses import absolute
from newsscrape.discovery.feeds import read_feed
from newsscrape.discovery.sitemaps import read_sitemap
from newsscrape.parse import parse

if TYPE_CHECKING:
    import lxml.etree

    from newsscrape.sites.profile import Section

ListKind = Literal["feed", "sitemap", "section"]


@dataclass(frozen=True, slots=True)
class Listed:
    """An address in a list, with its raw date where the list gives one."""

    url: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list holds, in its own order. `sitemaps` are those of an index, `next` a section list's next page."""

    articles: tuple[Listed, ...] = ()
    sitemaps: tuple[Listed, ...] = ()
    next: str | None = None


def read_listing(kind: ListKind, body: bytes, url: str, section: Section | None = None) -> Listing:
    """Reads a list; a section list needs its `section` of the site's profile.

    Raises `EmptyPage`, `DecodeError` or `ParseError` where it cannot be read.
    """
    if kind == "feed":
        return Listing(tuple(Listed(entry.url, entry.published) for entry in read_feed(body, url=url)))
    if kind == "sitemap":
        sitemap = read_sitemap(body, url=url)
        return Listing(
            tuple(Listed(page.url, page.published or page.modified) for page in sitemap.pages),
            tuple(Listed(entry.url, entry.modified) for entry in sitemap.sitemaps),
        )
    if section is None:
        raise ValueError("a section list is read by its section of the profile")
    tree = parse(decode(body, {}, url).text, url)
    following = _links(tree, section.next, url) if section.next is not None else []
    articles = tuple(Listed(link) for link in _links(tree, section.links, url))
    return Listing(articles, next=following[0] if following else None)


def _links(tree: lxml.etree._Element, xpath: str, base: str) -> list[str]:
    """The absolute addresses that an XPath names (attributes, or elements with an href), each once."""
    found: Any = tree.xpath(xpath)
    nodes = [found] if isinstance(found, str) else found  # string(//a/@href) is one string
    links = [node if isinstance(node, str) else node.get("href", "") for node in nodes]
    return list(dict.fromkeys(url for link in links if (url := absolute(link, base))))
