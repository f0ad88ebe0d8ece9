"""An element of a page -> the XPath that finds it again: short, by names that last, and checked on the page.

Names come first that the site's people gave by hand (an id, a class, a schema.org property), then the
element's place inside the nearest one that has such a name. Names that hold numbers or hashes belong to
one article or to one build of the site, and are passed by.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

import lxml.etree

from newsscrape.parse import Element, text_of

_LABELS = ("기사입력", "입력", "승인", "등록", "작성", "발행", "송고", "게재", "수정", "업데이트")
_NUMBERED = re.compile(r"\d{3}")  # of one article: "article_20261120001", "img-4412"
_BUILT = re.compile(r"^(?:css|sc|jsx|svelte|astro|emotion)-")
_HASHED = re.compile(r"([A-Za-z][\w-]*?__)(?=\w*[A-Z\d])[\w-]+")  # CSS modules: "ArticleView_title__x3Kd0"
_STATES = frozenset({"on", "off", "active", "open", "clearfix", "cf", "fl", "fr", "left", "right", "first", "last"})
_HIGHEST = 6  # ancestors that may stand for a place
_SHORTEST = 2
_PLACES = (1, 2, 3)  # "the second <dd>" is still a selector, "the ninth" an accident


def selector_of_all(elements: Sequence[Element], tree: Element) -> str | None:
    """One XPath that selects exactly these elements (captions, tags), or None."""
    if not elements:
        return None
    for path in _forms(elements[0]):
        if _selects(tree, path, elements):
            return path
    return None


def selector_inside(element: Element, body: Element, among: Collection[Element]) -> str | None:
    """An XPath relative to a body that selects this element and, if any others, only some of `among`."""
    for name in _names(element):
        found = body.xpath(f".//{name}")
        if isinstance(found, list) and found and all(node in among for node in found):
            return f".//{name}"
    return None


def name_of(element: Element) -> str | None:
    """The lasting id or class of an element, or of the nearest one around it: a layout's name."""
    for node in (element, *element.iterancestors()):
        names = [node.get("id") or "", *(node.get("class") or "").split()]
        found = next((name for name in names if _lasts(name)), None)
        if found:
            return found
    return None


def _forms(element: Element) -> Iterator[str]:
    """The usual forms of a selector, the most lasting first."""
    own = list(_names(element))
    label = (
        next((label for label in _LABELS if label in text_of(element)), None) if len(text_of(element)) < 80 else None
    )
    yield from (f"//{name}" for name in own)
    if label:
        yield from (f"//{name}[contains(., '{label}')]" for name in own)
    steps = [*own, *([f"{element.tag}[contains(., '{label}')]"] if label else []), str(element.tag)]
    for ancestor in list(element.iterancestors())[:_HIGHEST]:
        for outer in _names(ancestor):
            yield from (f"//{outer}//{step}" for step in steps)
    if element.tag in ("h1", "article", "main"):
        yield f"//{element.tag}"
    for ancestor in list(element.iterancestors())[:_HIGHEST]:
        for outer in _names(ancestor):
            yield from (f"(//{outer}//{step})[{number}]" for step in steps for number in _PLACES)


def _names(element: Element) -> Iterator[str]:
    tag = str(element.tag)
    if _lasts(element.get("id") or ""):
        yield f"*[@id='{element.get('id')}']"
    if (itemprop := element.get("itemprop")) and re.fullmatch(r"\w+", itemprop):
        yield f"*[@itemprop='{itemprop}']"
    classes = [name for name in (element.get("class") or "").split() if _lasts(name) and name.lower() not in _STATES]
    if len(classes) == 1 and element.get("class") == classes[0]:
        yield f"{tag}[@class='{classes[0]}']"
    else:
        yield from (f"{tag}[contains(@class, '{name}')]" for name in sorted(classes, key=len, reverse=True))
    hashed = filter(None, map(_HASHED.fullmatch, (element.get("class") or "").split()))
    yield from (f"{tag}[contains(@class, '{name[1]}')]" for name in hashed)


def _lasts(name: str) -> bool:
    """Whether a name is one that the next article will have, too."""
    plain = re.fullmatch(r"[A-Za-z가-힣_][\w-]*", name) is not None
    return (
        plain
        and len(name) >= _SHORTEST
        and not _NUMBERED.search(name)
        and not _BUILT.search(name)
        and not _HASHED.fullmatch(name)
    )


def _selects(tree: Element, path: str, elements: Sequence[Element]) -> bool:
    try:
        found = tree.xpath(path)
    except lxml.etree.XPathError:
        return False
    return isinstance(found, list) and found == list(elements)
