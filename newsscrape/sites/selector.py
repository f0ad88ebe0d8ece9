"""A profile's XPath, compiled once, and evaluated so that a page is walked as seldom as possible.

Most of a reading's time at a known site goes into walking the whole page for `//div[...]`. Three things
help: libxml2 keeps a table of ids, so `//div[@id='x']` is looked up and not searched; selectors of
one layout begin alike (`//div[@class='view']`, `//div[@class='view']//h2`), so what the first step
selected is remembered for the page (`seen`) and the rest is asked inside it; and where a step behind `//`
only tests what an element says, its descendants are walked once, and not the children of each of them.
"""

from __future__ import annotations

import re
from typing import Any

import lxml.etree

from newsscrape.parse import Element

Seen = dict[str, list[Element]]
"""What first steps selected on one page; made by whoever reads the page, and gone with it."""

_BY_ID = re.compile(r"^//(?P<tag>\*|\w+)\[@id\s*=\s*(?P<id>'[\w.-]+')\]")
_FIRST_STEP = re.compile(r"^(?P<first>//[\w*]+\[(?:[^\[\]'\"]|'[^']*'|\"[^\"]*\")*\])(?P<rest>/[^|]*)?$")
_TEST = r"(?:(?:contains|starts-with)\((?:@[\w:-]+|\.), '[^']*'\)|@[\w:-]+(?:='[^']*')?)"
# `//` asks every element for its children; `/descendant::` selects the same unless a test counts places.
_UNCOUNTED_STEP = re.compile(rf"//(?=[\w*]+(?:\[{_TEST}(?: (?:and|or) {_TEST})*\])+(?!\[))")


class Selector:
    """One compiled XPath; call it with a tree (and what was seen of it) to get what it selects."""

    __slots__ = ("_first", "_rest", "_whole", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        self._first: str | None = None
        self._rest: lxml.etree.XPath | None = None
        split = _FIRST_STEP.match(path)
        if split is not None and not _BY_ID.match(path):
            self._first = split["first"]
            self._rest = _compile("." + split["rest"]) if split["rest"] else None
            self._whole = _compile(split["first"])
        else:
            self._whole = _compile(_BY_ID.sub(_id_first, path))

    def __repr__(self) -> str:
        return f"Selector({self.path!r})"

    def __call__(self, tree: Element, seen: Seen | None = None) -> list[Any]:
        """The nodes or texts selected, in the order of the page.

        With `seen`, `tree` must be the whole page that it belongs to.
        """
        if self._first is None:
            return _as_list(self._whole(tree))
        first = seen.get(self._first) if seen is not None else None
        if first is None:
            first = _as_list(self._whole(tree))
            if seen is not None:
                seen[self._first] = first
        if self._rest is None:
            return list(first)
        inside = [node for element in first for node in _as_list(self._rest(element))]
        return inside if len(first) < 2 else _once(inside)  # elements of a first step may stand inside each other


def _as_list(found: object) -> list[Any]:
    """XPath gives nodes as a list; a text, a number or a truth is one thing said, or (empty, false) nothing."""
    if isinstance(found, list):
        return found
    return [found] if found else []


def _once(nodes: list[Any]) -> list[Any]:
    if nodes and isinstance(nodes[0], lxml.etree._Element):
        return list(dict.fromkeys(nodes))
    return nodes


def _compile(path: str) -> lxml.etree.XPath:
    return lxml.etree.XPath(_UNCOUNTED_STEP.sub("/descendant::", path), smart_strings=False)


def _id_first(found: re.Match[str]) -> str:
    test = "" if found["tag"] == "*" else f"[self::{found['tag']}]"
    return f"id({found['id']}){test}"
