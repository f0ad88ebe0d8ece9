"""How words are set: as a paragraph, a heading or an item, in a link, bold."""

from __future__ import annotations

from typing import NamedTuple

from newsscrape.article import BlockKind
from newsscrape.candidates import markup_names as names
from newsscrape.parse import Element


class Style(NamedTuple):
    """How the words of an element are set. `lined` is true where line breaks of the source end lines (<pre>)."""

    kind: BlockKind = "paragraph"
    in_link: bool = False
    in_bold: bool = False
    lined: bool = False

    def inline(self, element: Element, tag: str) -> Style:
        """The style of an inline element's words."""
        link = self.in_link or (tag == "a" and element.get("href") is not None)
        bold = self.in_bold or tag in names.BOLD
        if link == self.in_link and bold == self.in_bold:
            return self
        return Style(self.kind, link, bold, self.lined)

    def block(self, tag: str, *, quoted: bool = False, lined: bool = False) -> Style:
        """The style of a block element's words; paragraphs of a quotation are quotation."""
        kind = names.KINDS.get(tag, "quote" if quoted or self.kind == "quote" else "paragraph")
        if kind == self.kind and lined <= self.lined and (self.in_bold or tag not in names.BOLD):
            return self
        return Style(kind, self.in_link, self.in_bold or tag in names.BOLD, lined or self.lined)
