"""A profile's XPath, compiled once, and evaluated so that a page is walked as seldom as possible.

Most of a reading's time at a known site would go into walking the whole page for `//div[...]`. Three things help:
libxml2 keeps a table of ids, so `//div[@id='x']` is looked up and not searched; a first step that tests one attribute
(`//div[@class='view']`) is answered by the page's index, and the rest is asked inside what it found; and where a step
behind `//` only tests what an element says, its descendants are walked once, and not the children of each of them.
"""

from __future__ import annotations

import re
from typing import Any

import lxml.etree

from newsscrape.parse import Element
from newsscrape.tree_index import TreeIndex

_BY_ID = re.compile(r"^//(?P<tag>\*|\w+)\[@id\s*=\s*(?P<id>'[\w.-]+')\]")
_TEST = r"(?:(?:contains|starts-with)\((?:@[\w:-]+|\.), '[^']*'\)|@[\w:-]+(?:='[^']*')?)"
# `//` asks every element for its children; `/descendant::` selects the same unless a test counts places.
_UNCOUNTED_STEP = re.compile(rf"//(?=[\w*]+(?:\[{_TEST}(?: (?:and|or) {_TEST})*\])+(?!\[))")
_PREDICATE = r"\[(?:[^\[\]'\"]|'[^']*'|\"[^\"]*\")*\]"
_FIRST_STEP = re.compile(rf"^(?P<first>//[\w*]+{_PREDICATE})(?P<tests>(?:{_PREDICATE})*)(?P<steps>/[^|]*)?$")
_COUNTS = re.compile(r"\[\s*\d|(?:position|last|count)\(")  # a test of places: among the children of one parent
# Any element is looked up by its class only: few elements have another attribute, and the tree tells them at once.
_LOOKED_UP = re.compile(
    r"^//(?P<tag>\w+|\*(?=\[(?:contains\()?@class\b))\["
    r"(?:@(?P<named>[\w-]+)='(?P<value>[^']*)'|contains\(@(?P<holding>[\w-]+), '(?P<part>[^']*)'\))"
    rf"(?: and (?P<more>{_TEST}(?: and {_TEST})*))?\]$"
)
# "(//div[@class='sponsor']//span)[2]/text()": one of many, and a step behind it.
_ONE_OF = re.compile(r"^\((?P<many>//[^|]*)\)\[(?P<number>\d+)\](?P<step>/[^|]*)?$")


class Selector:
    """One compiled XPath; call it with a tree (and the tree's index) to get what it selects."""

    __slots__ = ("_first", "_many", "_number", "_rest", "_whole", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        self._whole = _compile(_BY_ID.sub(_id_first, path))
        self._first: _FirstStep | None = None
        self._many: Selector | None = None
        self._number = 0
        self._rest: lxml.etree.XPath | None = None
        if one := _ONE_OF.match(path):
            self._many, self._number = Selector(one["many"]), int(one["number"])
            self._rest = _compile(f".{one['step']}") if one["step"] else None
        elif (split := _FIRST_STEP.match(path)) and not _BY_ID.match(path) and not _COUNTS.search(path):
            self._first = _FirstStep(split["first"])
            rest = f"self::*{split['tests']}{split['steps'] or ''}"
            self._rest = _compile(rest) if rest != "self::*" else None

    def __repr__(self) -> str:
        return f"Selector({self.path!r})"

    @property
    def tag(self) -> str | None:
        """The tag whose elements are looked up in the page's index; None where the tree itself is asked."""
        if self._many is not None:
            return self._many.tag
        return self._first.tag if self._first is not None else None

    def __call__(self, tree: Element, index: TreeIndex | None = None) -> list[Any]:
        """The nodes or texts selected, in the order of the page.

        With `index`, `tree` must be the whole page that it is of.
        """
        if index is None or (self._first is None and self._many is None):
            return _as_list(self._whole(tree))
        if self._many is not None:
            found = self._many(tree, index)[self._number - 1 : self._number]
        else:
            assert self._first is not None
            found = self._first(index)
        if self._rest is None:
            return list(found)
        inside = [node for element in found for node in _as_list(self._rest(element))]
        return inside if len(found) < 2 else _once(inside)  # elements of a first step may stand inside each other


class _FirstStep:
    """The step that most selectors of a layout share: `//div[@class='view']`. A page is asked for it once."""

    __slots__ = ("_by_tree", "_more", "_said", "path", "tag")

    def __init__(self, path: str) -> None:
        self.path = path
        self._said = _LOOKED_UP.match(path)
        self.tag = self._said["tag"] if self._said else None
        self._by_tree = None if self._said else _compile(path)
        self._more = _compile(f"self::*[{self._said['more']}]") if self._said and self._said["more"] else None

    def __call__(self, index: TreeIndex) -> list[Element]:
        found = index.selected.get(self.path)
        if found is None:
            found = _as_list(self._by_tree(index.tree)) if self._by_tree is not None else self._looked_up(index)
            index.selected[self.path] = found
        return found

    def _looked_up(self, index: TreeIndex) -> list[Element]:
        assert self._said is not None
        tag, named, value, holding, part = self._said.group("tag", "named", "value", "holding", "part")
        if named is not None:
            found = [element for said, element in index.saying(tag, named) if said == value]
        else:
            found = [element for said, element in index.saying(tag, holding) if part in said]
        return found if self._more is None else [element for element in found if self._more(element)]


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
