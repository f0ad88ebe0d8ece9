"""Text to tree: the only room that builds one. Nobody cuts the tree afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

import lxml.etree
import lxml.html

from newsscrape.errors import EmptyPage, ParseError

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
MAX_CHARACTERS = (
    20_000_000  # the largest real page seen had 1.2 million; beyond this a page is an attack or a dump
)


def parse(text: str, url: str | None = None) -> lxml.html.HtmlElement:
    """The tree of a page's text, comments and processing instructions left out.

    Raises `ParseError` for text that no HTML can be read from, or with more than `MAX_CHARACTERS`,
    and `EmptyPage` when there is no element in it.
    """
    if len(text) > MAX_CHARACTERS:
        raise ParseError(f"the page has {len(text):,} characters, more than {MAX_CHARACTERS:,}", url=url)
    if _NOT_IN_XML.search(text):
        text = _NOT_IN_XML.sub("", text)
    if not text.strip():
        raise EmptyPage("the page is empty", url=url)
    # The declared charset in the text no longer holds; the parser is told what it gets.
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = lxml.html.document_fromstring(text.encode(), parser=parser, ensure_head_body=True)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, AssertionError) as error:
        raise ParseError(f"no HTML could be read: {error}", url=url) from error
    return tree


def elements(expression: str) -> Callable[[lxml.html.HtmlElement], list[lxml.html.HtmlElement]]:
    """A compiled XPath that selects elements: call it with a tree or a part of one."""
    compiled = lxml.etree.XPath(expression)

    def select(tree: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
        return cast("list[lxml.html.HtmlElement]", compiled(tree))

    return select


def strings(expression: str) -> Callable[[lxml.html.HtmlElement], list[str]]:
    """A compiled XPath that selects attributes or texts, as plain strings."""
    compiled = lxml.etree.XPath(expression, smart_strings=False)

    def select(tree: lxml.html.HtmlElement) -> list[str]:
        return cast("list[str]", compiled(tree))

    return select
