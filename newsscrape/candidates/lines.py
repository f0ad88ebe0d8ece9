"""Element to lines: what a reader sees of a part of the tree, in order, without cutting the tree.

Used for the body element that a profile or the markup source names, and for whole pages whose body
must be found. Captions and images are set apart; what is no text by its markup (hidden copies, ad
boxes, forms) is left out, and left-out words get a receipt like any other cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from newsscrape.article import BlockKind, Removed
from newsscrape.boilerplate.lines import Line
from newsscrape.candidates import markup_names as names
from newsscrape.korean.bylines import is_byline
from newsscrape.korean.captions import is_credited, looks_like_caption
from newsscrape.korean.characters import tidy
from newsscrape.korean.dates import find_dates, is_date_line
from newsscrape.parse import Element

_SENTENCE_ENDS = ".?!…”\"'’)]>"
_CAPTION_MARKS = "▲△▼▽◀▶◁▷↑"
_LONGEST_CAPTION = 300
_CAPTION_LINES = 2
# "... 위원장이 인사하고 있다. /강솔 기자", "...품고 있다./한빛조선/"
_PHOTOGRAPHER = re.compile(r".{15}\s?/\s?(?:[가-힣]{2,4}\s?[가-힣]{0,2}기자|[^\s/][^/]{1,14}/)$")
# "옛 방직공장 전경 / 한빛시 제공"
_SUPPLIED = re.compile(r".{4,60}\s[/|]\s[^/|]{2,14}\s?(?:제공|자료\s?사진|캡처)$")
_DEEPEST = 150  # real pages nest about 40 elements; what lies deeper is read as plain text
_SHELL = 200  # letters; a search box has fewer
_BREAKS = 4  # so many line breaks stand in no inline element but one that holds a text
# "입력 : 2023-01-25 14:08"
_LABELLED_TIME = re.compile(
    r"(?:입력|등록|승인|송고)\s*(?:일시?|시간|날짜)?\s*:?\s*(?:19|20)\d\d\D{1,3}\d{1,2}\D{1,3}\d{1,2}\D{1,6}\d{1,2}\s?[:시]"
)
_CELL_BLOCKS = ("p", "br", "div", "img", "ul", "table")


class Picture(NamedTuple):
    """An image of the page as it stands there: its address and its caption with the credit in it."""

    url: str | None
    caption: str | None = None


@dataclass(slots=True)
class Reading:
    """What was read: lines with the element each stands in, pictures, and elements left out with the rule's name."""

    lines: list[Line] = field(default_factory=list)
    owners: list[Element] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    left_out: list[tuple[Element, str]] = field(default_factory=list)

    def extend(self, more: Reading) -> None:
        """Adds what was read of a further element."""
        self.lines += more.lines
        self.owners += more.owners
        self.pictures += more.pictures
        self.left_out += more.left_out

    def receipts(self) -> list[Removed]:
        """A receipt for every line of what was left out."""
        return [
            Removed(text=line, rule=rule, zone="body")
            for element, rule in self.left_out
            for line in _plain_lines(element)
        ]

    @property
    def letters(self) -> int:
        """How much text there is, in characters."""
        return sum(len(line.text) for line in self.lines)


def read_lines(element: Element, drop: Iterable[Element] = ()) -> Reading:
    """The lines of an element's text in reading order.

    `drop` are elements inside it that a profile names as no text. A line ends at a line break and at
    the border of every block element, except where a box that is left out stands inside a sentence.
    """
    return _Reader(frozenset(drop)).read(element)


class _Style(NamedTuple):
    """How the words of an element are set."""

    kind: BlockKind = "paragraph"
    in_link: bool = False
    in_bold: bool = False

    def inline(self, element: Element, tag: str) -> _Style:
        """The style of an inline element's words."""
        link = self.in_link or (tag == "a" and element.get("href") is not None)
        bold = self.in_bold or tag in names.BOLD
        if link == self.in_link and bold == self.in_bold:
            return self
        return _Style(self.kind, link, bold)

    def block(self, tag: str) -> _Style:
        """The style of a block element's words; paragraphs of a quotation are quotation."""
        kind = names.KINDS.get(tag, "quote" if self.kind == "quote" else "paragraph")
        if kind == self.kind and (self.in_bold or tag not in names.BOLD):
            return self
        return _Style(kind, self.in_link, self.in_bold or tag in names.BOLD)


class _Reader:
    """One walk over one element. The words met belong to an `owner`, the nearest block element around them."""

    def __init__(self, drop: frozenset[Element]) -> None:
        self.drop = drop
        self.out = Reading()
        self.parts: list[str] = []
        self.linked = 0
        self.bold = 0
        self.gap = True
        self.pictured = False  # an image stands right before what is being read

    def read(self, element: Element) -> Reading:
        style = _Style()
        self.walk(element, element, style, 0)
        self.flush(element, style)
        return self.out

    def say(self, text: str, style: _Style) -> None:
        self.parts.append(text)
        if style.in_link or style.in_bold:
            size = len(text.strip())
            self.linked += size if style.in_link else 0
            self.bold += size if style.in_bold else 0

    def flush(self, owner: Element, style: _Style, *, gap: bool = True) -> None:
        """Ends a line, if there is one."""
        if self.parts:
            text = tidy("".join(self.parts))
            if text and self.pictured and _is_caption(text):
                self.caption_text(text)
            elif text:
                size = len(text)
                links = min(1.0, self.linked / size)
                self.out.lines.append(Line(text, style.kind, links, self.bold >= 0.9 * size, self.gap))
                self.out.owners.append(owner)
                self.gap = False
            if text:
                self.pictured = False
            self.parts.clear()
            self.linked = self.bold = 0
        self.gap = self.gap or gap

    def walk(self, element: Element, owner: Element, style: _Style, depth: int) -> None:
        parts = self.parts
        if depth > _DEEPEST:
            self.say(" ".join(str(text) for text in element.itertext()), style)
            return
        # Most text of a page is the space between its elements, and begins no line.
        if (text := element.text) and (parts or not text.isspace()):
            self.say(text, style)
        for child in element:
            tag = child.tag
            if tag == "br":
                # Two breaks in a row make a gap, one does not.
                self.flush(owner, style, gap=not "".join(parts).strip())
            elif tag in names.SILENT or not isinstance(tag, str):
                pass
            elif tag == "img":
                self.image(child)
            elif self.aloof(child, tag):
                if tag not in names.INLINE and self.at_sentence_end():
                    self.flush(owner, style)
            elif tag in names.INLINE:
                if tag == "a" and parts and _follows_link(child):
                    self.say(" ", style._replace(in_link=True))
                    self.linked += 1
                self.inline(child, tag, owner, style, depth + 1)
            else:
                self.flush(owner, style)
                if tag == "tr":
                    self.row(child, style, depth + 1)
                else:
                    self.block(child, tag, style, depth + 1)
            if (text := child.tail) and (parts or not text.isspace()):
                self.say(text, style)

    def inline(self, element: Element, tag: str, owner: Element, style: _Style, depth: int) -> None:
        """A <strong class="media_end_summary"> is a block to its style sheet: a deck glued to the text (Naver)."""
        if len(element) >= _BREAKS and sum(1 for child in element if child.tag == "br") >= _BREAKS:
            self.flush(owner, style)  # a <span> or <font> around a whole text (새전북신문 2022, 전남일보 2016)
            self.block(element, tag, style, depth)
            return
        name = element.get("class")
        stands_alone = name is not None and names.SUMMARY_NAME.search(name) is not None
        if stands_alone:
            self.flush(owner, style)
        self.walk(element, owner, style.inline(element, tag), depth)
        if stands_alone:
            self.flush(element, style)

    def block(self, element: Element, tag: str, style: _Style, depth: int) -> None:
        inner = style.block(tag)
        self.walk(element, element, inner, depth)
        self.flush(element, inner)

    def row(self, row: Element, style: _Style, depth: int) -> None:
        """A table row is one line where its cells hold data, and so many blocks where a table lays out the page."""
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        data = len(cells) > 1 and all(next(cell.iter(*_CELL_BLOCKS), None) is None for cell in cells)
        inner = style._replace(kind="table_row")
        for number, cell in enumerate(cells):
            if data:
                if number:
                    self.parts.append(" | ")
                self.walk(cell, row, inner, depth)
            else:
                self.block(cell, cell.tag, style, depth)
        self.flush(row, inner)

    def at_sentence_end(self) -> bool:
        said = "".join(self.parts).rstrip()
        return not said or said[-1] in _SENTENCE_ENDS

    def aloof(self, element: Element, tag: str) -> bool:
        """Whether an element is no running text; captions, images and receipts are taken from it then."""
        if self.drop and element in self.drop:
            return self.leave_out(element, "markup.profile")
        if tag in names.CONTROLS:
            if (tag == "form" and _is_shell(element)) or (tag == "button" and _tells_time(element)):
                return False
            return self.leave_out(element, "markup.control")
        if tag == "figcaption":
            return self.caption(element)
        if tag == "figure":
            # A figure that holds a table of data or text, and no picture, is read on.
            return next(element.iter("img", "figcaption", "video", "picture", "iframe"), None) is not None and (
                self.caption(element)
            )
        attributes = element.attrib
        if attributes:
            style = attributes.get("style")
            if "hidden" in attributes or (style and names.HIDDEN_STYLE.search(style)):
                return self.leave_out(element, "markup.hidden")
            meaning = names.meaning(attributes.get("class"), attributes.get("id"))
            if meaning is not None and not self.is_large(element) and not _tells_time(element):
                return self.caption(element) if meaning == "caption" else self.leave_out(element, "markup.aside")
            if meaning is None and self.photo_box(element, tag):
                return self.caption(element)
        return tag == "table" and self.photo_table(element)

    def is_large(self, element: Element) -> bool:
        size = 0
        for text in element.itertext():
            size += len(text.strip())
            if size > names.MAX_ALOOF:
                return True
        return False

    def leave_out(self, element: Element, rule: str) -> bool:
        self.out.left_out.append((element, rule))
        return True

    def photo_table(self, table: Element) -> bool:
        """A table around an image and its caption (papers' pages until about 2018), and around nothing else."""
        if next(table.iter("img"), None) is None or self.is_large(table):
            return False
        lines = _plain_lines(table)
        if len(lines) > _CAPTION_LINES or any(is_byline(line) or find_dates(line, info_bar=True) for line in lines):
            return False  # an info bar with a mail icon, a whole page laid out in tables
        return self.caption(table)

    def photo_box(self, element: Element, tag: str) -> bool:
        """A box that is called a photo's and holds an image and one line, its caption."""
        name = f"{element.get('class', '')} {element.get('id', '')}"
        if tag in names.INLINE or name == " " or names.PHOTO_NAME.search(name) is None:
            return False
        if next(element.iter("img"), None) is None or self.is_large(element):
            return False
        lines = _plain_lines(element)
        return len(lines) == 1 and len(lines[0]) <= _LONGEST_CAPTION and not is_byline(lines[0])

    def caption(self, element: Element) -> bool:
        """A caption belongs to the image in its element, else to the one before it; `alt` is often the title."""
        before = len(self.out.pictures)
        for image in element.iter("img"):
            self.image(image)
        self.caption_text(" ".join(_plain_lines(element)), before)
        return True

    def caption_text(self, text: str, before: int | None = None) -> None:
        pictures = self.out.pictures
        place = before if before is not None and len(pictures) > before else len(pictures) - 1
        if text and place >= 0 and pictures[place].caption is None:
            pictures[place] = pictures[place]._replace(caption=text)
        elif text:
            pictures.append(Picture(None, text))
        self.pictured = False

    def image(self, image: Element) -> None:
        url = image.get("data-src") or image.get("src")
        if url and not url.startswith("data:"):
            self.out.pictures.append(Picture(url.strip()))
            self.pictured = True


def _is_caption(text: str) -> bool:
    """Whether a line right behind an image is its caption: by a mark, a credit or the language of captions."""
    if len(text) > _LONGEST_CAPTION:
        return False
    if text[0] in _CAPTION_MARKS or looks_like_caption(text):
        return True
    if is_byline(text):
        return False
    return is_credited(text) or _SUPPLIED.match(text) is not None or _PHOTOGRAPHER.search(text) is not None


def _tells_time(element: Element) -> bool:
    """Whether a box under the name of tools or captions tells when the article was published (JTBC, 보안뉴스)."""
    text = " ".join(str(part) for part in element.itertext())
    if element.tag == "button":
        return is_date_line(text)
    return _LABELLED_TIME.search(text) is not None and not names.is_discussion(element.get("class"), element.get("id"))


def _is_shell(form: Element) -> bool:
    """Whether a form is what the page stands in (ASP.NET: 뉴스토마토, 오마이뉴스): most of its words are inside."""
    inside = sum(len(str(text).strip()) for text in form.itertext())
    if inside < _SHELL:
        return False
    *_, root = form.iterancestors()
    body = root.find("body")
    return inside * 2 > sum(len(str(text).strip()) for text in (root if body is None else body).itertext())


def _follows_link(link: Element) -> bool:
    """Whether a link stands right behind another one, with nothing between: two reporters, two tags."""
    before = link.getprevious()
    while before is not None and before.tag == "button" and not (before.tail or "").strip():
        before = before.getprevious()
    return before is not None and before.tag == "a" and not before.tail


def _plain_lines(element: Element) -> list[str]:
    """The lines of an element that is set apart, whatever is inside it."""
    parts: list[str] = []
    for node in element.iter():
        tag = node.tag
        if isinstance(tag, str) and tag not in names.SILENT:
            if tag not in names.INLINE:
                parts.append("\n")
            if text := node.text:
                parts.append(text.replace("\n", " "))
        if node is not element and (text := node.tail):
            parts.append(text.replace("\n", " "))
    return [line for line in map(tidy, "".join(parts).split("\n")) if line]
