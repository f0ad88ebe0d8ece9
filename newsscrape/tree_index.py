"""A page's elements, looked up by tag and by what an attribute of theirs says.

To walk a page takes longer than what is asked of most elements found: a tenth of a millisecond, a fifteenth of the
time that parsing takes (measured, 2026). So it is walked once for many tags, and what was found is kept for the page.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsscrape.parse import Element

ANY = "*"
# The headlines of a page are asked for together, in their order.
_HEADING = "heading"
_KEYS = dict.fromkeys(("h1", "h2", "h3", "h4"), _HEADING)
# What is asked of every page, whatever its site.
_USUAL = ("meta", "link", "script", "time", "title", "th", *_KEYS)


class TreeIndex:
    """The elements of one page, in the page's order; made by whoever reads the page, and gone with it."""

    __slots__ = ("_found", "_said", "selected", "tree")

    def __init__(self, tree: Element) -> None:
        self.tree = tree
        self._found: dict[str, list[Element]] = {}
        self._said: dict[tuple[str, str], list[tuple[str, Element]]] = {}
        self.selected: dict[str, list[Element]] = {}
        """What selectors' first steps found, by their path."""

    def gather(self, tags: Iterable[str] = ()) -> None:
        """Walks the page for all these tags at once, and the usual ones; for `ANY` it is walked when that is asked."""
        asked = {tag: _KEYS.get(tag, tag) for tag in (*tags, *_USUAL)}
        missing = {tag: key for tag, key in asked.items() if tag != ANY and key not in self._found}
        if missing:
            self._found.update({key: [] for key in missing.values()})
            for element in self.tree.iter(*missing):
                self._found[missing[element.tag]].append(element)

    def of(self, tag: str) -> list[Element]:
        """The elements with a tag, or all (`ANY`)."""
        if tag in _KEYS:
            return [element for element in self.headings() if element.tag == tag]
        if tag not in self._found:
            if tag == ANY:
                self._found[ANY] = list(self.tree.iter(ANY))
            else:
                self.gather((tag,))
        return self._found[tag]

    def headings(self) -> list[Element]:
        """The headings of the first four levels, in the page's order."""
        self.gather()
        return self._found[_HEADING]

    def canonical(self) -> list[str]:
        """The addresses that the page's canonical links name, as they stand there."""
        links = (link.get("href") for link in self.of("link") if link.get("rel") == "canonical")
        return [address for address in links if address]

    def saying(self, tag: str, attribute: str) -> list[tuple[str, Element]]:
        """The elements with a tag (or all) that have an attribute, each behind what it says."""
        said = self._said.get((tag, attribute))
        if said is None:
            said = [(value, e) for e in self.of(tag) if (value := e.get(attribute)) is not None]
            self._said[tag, attribute] = said
        return said
