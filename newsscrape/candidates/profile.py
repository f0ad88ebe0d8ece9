"""What the page says where the site's profile tells to look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

import lxml.etree

from newsscrape.candidates import printed, script
from newsscrape.candidates.candidate import Candidate
from newsscrape.candidates.lines import read_lines
from newsscrape.candidates.reading import Reading
from newsscrape.korean.characters import tidy
from newsscrape.parse import Element
from newsscrape.sites import CompiledLayout
from newsscrape.tree_index import TreeIndex

SOURCE = "profile"
# A selector's name in a profile -> the candidate's field.
FIELDS = {
    "title": "title",
    "subtitles": "subtitles",
    "published": "published_at",
    "modified": "modified_at",
    "byline": "bylines",
    "publisher": "publisher",
    "section": "section",
    "tags": "tags",
    "captions": "captions",
    "print_edition": "print_edition",
}


def collect(tree: Element, layout: CompiledLayout, index: TreeIndex | None = None) -> Iterator[Candidate]:
    """Candidates from the layout's selectors; a selector that finds nothing adds nothing. `index` is the page's."""
    for name, paths in layout.fields.items():
        for path in paths:
            texts = [text for found in path(tree, index) if (text := _text(found))]
            if texts:
                source = f"{SOURCE}:{layout.name}"
                for text in texts:
                    if name == "print_edition":
                        yield from printed.collect(text, source)
                    else:
                        yield Candidate(FIELDS[name], text, source, text)
                break
    if layout.script is not None:
        yield from script.collect(tree, layout.script)


def body(tree: Element, layout: CompiledLayout, index: TreeIndex | None = None) -> Reading | None:
    """What is read of the element (or elements) that the layout names as the body; None when there is none.

    A reading without lines is a body without words: card news, or one that a script would fill.
    """
    reading: Reading | None = None
    for path in layout.body:
        elements = _elements(path(tree, index))
        for element in elements:
            if reading is None:
                reading = Reading()
            if any(ancestor in elements for ancestor in element.iterancestors()):
                continue
            reading.extend(read_lines(element, dropped(element, layout)))
        if reading is not None and reading.lines:
            break
    return reading


def dropped(body: Element, layout: CompiledLayout | None) -> list[Element]:
    """What the layout names as no text inside a body."""
    return [node for drop in layout.drop for node in _elements(drop(body))] if layout is not None else []


def _elements(found: list[object]) -> list[Element]:
    return [element for element in found if isinstance(element, Element)]


def _text(found: object) -> str:
    if isinstance(found, lxml.etree._Element):
        return tidy(" ".join(cast("Iterable[str]", found.itertext())))
    return tidy(str(found))
