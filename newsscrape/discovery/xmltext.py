"""XML as Korean sites really send it: bytes in, tree out, no I/O.

Feeds and sitemaps come with a wrong or missing encoding declaration (CP949 under a UTF-8 label, and
the other way round), with blanks before the declaration, undeclared entities (`&nbsp;`), a raw `&`
in addresses, control characters out of an editor, or cut off in the middle. All of this is mended
in the text before the parser sees it; what is inside CDATA stays untouched.
"""

from __future__ import annotations

import re
from html.entities import name2codepoint
from typing import TYPE_CHECKING

from lxml import etree

from newsscrape.decode import decode
from newsscrape.errors import EmptyPage, ParseError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>\s*")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CDATA_OR_AMPERSAND = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(?:(#\d+|#[xX][0-9a-fA-F]+|\w+);)?", re.DOTALL
)
_OWN_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})


def parse_xml(body: bytes, *, url: str | None = None) -> Element:
    """The root element of an XML document, mended where it is broken.

    Raises `EmptyPage` where nothing was sent, `DecodeError` where the bytes are no text and
    `ParseError` where no element at all can be read.
    """
    text = decode(body, {}, url).text.lstrip("\ufeff \t\r\n")
    text = _FORBIDDEN.sub("", _DOCTYPE.sub("", _DECLARATION.sub("", text), count=1))
    if not text.strip():
        raise EmptyPage("the document is empty", url=url)
    text = _CDATA_OR_AMPERSAND.sub(_mend, text)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ParseError(f"this is no XML: {error}", url=url) from error
    if root is None:  # what recover leaves of plain text
        raise ParseError("this is no XML: it holds no element", url=url)
    return root


def _mend(match: re.Match[str]) -> str:
    """A raw `&` becomes `&amp;`, an HTML entity its letter; CDATA and comments stay."""
    found = match.group()
    if not found.startswith("&"):
        return found
    name = match.group(1)
    if name is None:
        return "&amp;"
    if name in _OWN_ENTITIES or name.startswith("#"):
        return found
    return chr(name2codepoint[name]) if name in name2codepoint else "&amp;" + found[1:]


def local_name(element: Element) -> str:
    """The element's name without namespace or prefix, in lower case ("" for comments).

    A prefix whose namespace the feed forgot to declare stays in the tag ("dc:date"); it goes as well.
    """
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children called by one of `names` (local, lower case), in document order."""
    return (child for child in element if local_name(child) in names)


def text_of(element: Element) -> str:
    """All text inside an element, with runs of blanks joined and the ends trimmed."""
    return " ".join("".join(map(str, element.itertext())).split())


def address_of(element: Element) -> str:
    """The address inside an element; one that was broken over several lines is joined."""
    return "".join(line.strip() for line in "".join(map(str, element.itertext())).splitlines())
