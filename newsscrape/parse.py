"""Text to tree: the only room that builds one. Nobody cuts the tree afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeAlias, cast

import lxml.etree

from newsscrape.errors import EmptyPage, ParseError

# lxml's plain elements: those of lxml.html cost a call into Python for every element that is looked at.
Element: TypeAlias = lxml.etree._Element

# Control characters that end a text for libxml2; in UTF-8 these bytes are never part of a letter.
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
MAX_CHARACTERS = 20_000_000  # the largest real page seen had 1.2 million; beyond this a page is an attack or a dump


def parse(text: str, url: str | None = None) -> Element:
    """The tree of a page's text, comments and processing instructions left out; of a JSON document one with a script.

    Raises `ParseError` for text that no HTML can be read from, or with more than `MAX_CHARACTERS`,
    and `EmptyPage` when there is no element in it.
    """
    if len(text) > MAX_CHARACTERS:
        raise ParseError(f"the page has {len(text):,} characters, more than {MAX_CHARACTERS:,}", url=url)
    body = text.encode("utf-8", "ignore")
    if any(map(body.__contains__, _CONTROLS)):  # looking for each takes half as long as copying the page
        body = body.translate(None, _CONTROLS)
    if not body or body.isspace():
        raise EmptyPage("the page is empty", url=url)
    if body.lstrip()[:1] in (b"{", b"["):
        document = _json_document(body)
        if document is not None:
            return document
    # The declared charset in the text no longer holds; the parser is told what it gets.
    parser = lxml.etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = lxml.etree.fromstring(body, parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, AssertionError) as error:
        raise ParseError(f"no HTML could be read: {error}", url=url) from error
    if tree is None:
        raise EmptyPage("the page holds no element", url=url)
    return tree


def _json_document(body: bytes) -> Element | None:
    """A page that holds nothing but a JSON document, as //script[@id='document']; None for what is no JSON.

    Sites send an article as JSON where its page is filled by script; a profile's paths read it like any script.
    """
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return None
    # Parsed, not built: libxml2 knows ids (see `sites.selector`) of parsed pages only.
    tree = lxml.etree.HTML("<body><script id='document' type='application/json'></script></body>")
    next(tree.iter("script")).text = body.decode()
    return tree


def text_of(element: Element) -> str:
    """All text in an element, as it stands in the tree."""
    return lxml.etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def elements(expression: str) -> Callable[[Element], list[Element]]:
    """A compiled XPath that selects elements: call it with a tree or a part of one."""
    compiled = lxml.etree.XPath(expression)

    def select(tree: Element) -> list[Element]:
        return cast("list[Element]", compiled(tree))

    return select


def strings(expression: str) -> Callable[[Element], list[str]]:
    """A compiled XPath that selects attributes or texts, as plain strings."""
    compiled = lxml.etree.XPath(expression, smart_strings=False)

    def select(tree: Element) -> list[str]:
        return cast("list[str]", compiled(tree))

    return select
