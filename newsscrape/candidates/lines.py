"""Element to lines: what a reader sees of a part of the tree, in order, without cutting the tree.

Used for the body element that a profile or the markup source names, and for whole pages whose body
must be found. Captions and images are set apart; what is no text by its markup (hidden copies, ad
boxes, forms) is left out, and left-out words get a receipt like any other cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsscrape.boilerplate.lines import Line
from newsscrape.candidates import boxes
from newsscrape.candidates import markup_names as names
from newsscrape.candidates.boxes import plain_lines
from newsscrape.candidates.reading import Picture, Reading
from newsscrape.candidates.style import Style
from newsscrape.korean.bylines import is_byline
from newsscrape.korean.characters import tidy
from newsscrape.korean.dates import find_dates
from newsscrape.korean.escapes import entities
from newsscrape.korean.wraps import unwrap
from newsscrape.parse import Element, text_of

_SENTENCE_ENDS = ".?!…”\"'’)]>"
# "... 자정 이후에도", "... 넘는다”며": no headline and no name ends so.
_GOES_ON = re.compile(r".{16}(?:[은는이가을를의에와과로도만며고서면한할된될던및]|지만|에게|까지|부터|보다|처럼|,)$")
_DEEPEST = 150  # real pages nest about 40 elements; what lies deeper is read as plain text
_BREAKS = 4  # so many line breaks stand in no inline element but one that holds a text
_SET_APART = frozenset({"caption", "aside", "card"})
_CELL_BLOCKS = ("p", "br", "div", "img", "ul", "table")


def read_lines(element: Element, drop: Iterable[Element] = ()) -> Reading:
    """The lines of an element's text in reading order.

    `drop` are elements inside it that a profile names as no text. A line ends at a line break and at
    the border of every block element, except where a box that is left out stands inside a sentence.
    """
    return Reader(frozenset(drop)).read(element)


class Reader:
    """One walk over one element. The words met belong to an `owner`, the nearest block element around them."""

    def __init__(self, drop: frozenset[Element]) -> None:
        self.drop = drop
        self.out = Reading()
        self.parts: list[str] = []
        self.linked = 0
        self.bold = 0
        self.gap = True
        self.pictured = False  # an image stands right before what is being read
        self.asked = False  # a field for an e-mail address was met in the block that is being read

    def read(self, element: Element) -> Reading:
        """What the element says."""
        style = Style(lined=element.tag == "pre" or boxes.keeps_breaks(element))
        self.walk(element, element, style, 0)
        self.flush(element, style)
        return self.out

    def text(self, text: str, owner: Element, style: Style) -> None:
        """Takes a text in, which may have lines of its own."""
        if style.lined and "\n" in text:
            for number, line in enumerate(unwrap(text).split("\n")):
                if number:
                    self.flush(owner, style)
                self.say(line, style)
        else:
            self.say(text, style)

    def say(self, text: str, style: Style) -> None:
        """Adds words to the line that is being read."""
        self.parts.append(text)
        if style.in_link or style.in_bold:
            size = len(text.strip())
            self.linked += size if style.in_link else 0
            self.bold += size if style.in_bold else 0

    def flush(self, owner: Element, style: Style, *, gap: bool = True) -> None:
        """Ends a line, if there is one."""
        if self.parts:
            text = tidy("".join(self.parts))
            if "&" in text:
                text = entities(text)  # escaped twice
            if text and self.pictured and boxes.is_caption(text):
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

    def walk(self, element: Element, owner: Element, style: Style, depth: int) -> None:
        """Reads what stands in an element; its words belong to `owner`."""
        parts = self.parts
        if depth > _DEEPEST:
            self.say(" ".join(str(text) for text in element.itertext()), style)
            return
        # Most text of a page is the space between its elements, and begins no line.
        if (text := element.text) and (parts or not text.isspace()):
            self.text(text, owner, style)
        for child in element:
            tag = child.tag
            if tag == "br":
                # Two breaks in a row make a gap, one does not.
                self.flush(owner, style, gap=not "".join(parts).strip())
            elif tag in names.SILENT or not isinstance(tag, str):
                pass
            elif tag == "img":
                self.image(child)
            elif not (len(child) or parts or self.pictured or child.text or tag in names.CONTROLS):
                # Nothing is in it, and nothing stands before it that it could end: icons, rules, places for adverts.
                self.gap = self.gap or tag not in names.INLINE
            elif self.aloof(child, tag):
                if tag not in names.INLINE and self.at_sentence_end():
                    self.flush(owner, style)
            elif tag in names.INLINE:
                if tag == "a" and parts and boxes.follows_link(child):
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
                if not parts and tag not in names.INLINE and tag != "br":
                    self.resume(child, text)
                self.text(text, owner, style)

    def resume(self, box: Element, text: str) -> None:
        """Takes the last line up again where it goes on behind an empty box: a <div> inside a <p> ends it for parsers.

        Adverts are set so (regional papers with Google's automatic ones, 2020 on).
        """
        before, lines = box.getprevious(), self.out.lines
        if before is None or before.tag != "p" or not lines or self.out.owners[-1] is not before:
            return
        line = lines[-1]
        if line.bold or not _GOES_ON.search(line.text) or next(box.itersiblings("p"), None) is None:
            return
        del lines[-1], self.out.owners[-1]
        said = text_of(before)
        self.parts.append(said if said[-1:].isspace() or not text[:1].isspace() else f"{said} ")
        self.linked = round(line.links * len(line.text))
        self.gap = line.gap

    def inline(self, element: Element, tag: str, owner: Element, style: Style, depth: int) -> None:
        """A <strong class="media_end_summary"> is a block to its style sheet: a deck glued to the text (Naver)."""
        if len(element) >= _BREAKS and sum(1 for child in element if child.tag == "br") >= _BREAKS:
            self.flush(owner, style)  # a <span> or <font> around a whole text (새전북신문 2022, 전남일보 2016)
            self.block(element, tag, style, depth)
            return
        stands_alone = names.is_summary(element.get("class"))
        if stands_alone:
            self.flush(owner, style)
        self.walk(element, owner, style.inline(element, tag), depth)
        if stands_alone:
            self.flush(element, style)

    def block(self, element: Element, tag: str, style: Style, depth: int) -> None:
        """Reads a block element, which ends its line."""
        inner, start = style, len(self.out.lines)
        if tag != "p" or element.attrib:
            quoted = names.meaning(element.get("class"), element.get("id")) == "quote"
            lined = tag == "pre" or boxes.keeps_breaks(element)
            inner = style.block(tag, quoted=quoted, lined=lined)
        elif style.kind not in ("paragraph", "quote"):
            inner = style.block(tag)
        self.walk(element, element, inner, depth)
        self.flush(element, inner)
        if self.asked:
            self.sign_up(element, start)

    def sign_up(self, box: Element, start: int) -> None:
        """Takes back the lines of a box with a field for an e-mail address: an invitation to a newsletter."""
        said = " ".join(line.text for line in self.out.lines[start:])
        if not said:
            return  # the field's own frame; the words stand beside it
        self.asked = False
        if boxes.is_invitation(said):
            del self.out.lines[start:], self.out.owners[start:]
            self.leave_out(box, "markup.sign_up")

    def row(self, row: Element, style: Style, depth: int) -> None:
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
        """Whether the line that is being read may end here."""
        said = "".join(self.parts).rstrip()
        return not said or said[-1] in _SENTENCE_ENDS

    def aloof(self, element: Element, tag: str) -> bool:
        """Whether an element is no running text; captions, images and receipts are taken from it then."""
        if self.drop and element in self.drop:
            return self.leave_out(element, "markup.profile")
        if tag in names.CONTROLS:
            if (tag == "form" and boxes.is_shell(element)) or (tag == "button" and boxes.tells_time(element)):
                return False
            self.asked |= tag == "input" and element.get("type") == "email"
            return self.leave_out(element, "markup.control")
        if tag == "figcaption":
            return self.caption(element)
        if tag == "figure":
            # A gallery's pictures have captions of their own (WordPress).
            if element.find(".//figure") is not None:
                return False
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
            if meaning in _SET_APART and not boxes.is_large(element) and not boxes.tells_time(element):
                if meaning == "caption":
                    return self.caption(element)
                return self.leave_out(element, "markup.aside") if meaning == "aside" else self.card(element)
            if tag not in names.INLINE and (boxes.is_photo_box if meaning == "photo" else boxes.is_captioned)(element):
                return self.caption(element)
        return tag == "table" and boxes.is_photo_table(element) and self.caption(element)

    def leave_out(self, element: Element, rule: str) -> bool:
        """Leaves an element out, for a receipt with the rule's name; True."""
        self.out.left_out.append((element, rule))
        return True

    def card(self, element: Element) -> bool:
        """A reporter's card: the name with its title or address signs the text, the slogan and the rest do not."""
        lines = plain_lines(element)
        if any(find_dates(line, info_bar=True) for line in lines):
            return False  # the bar below the headline
        signed = next((line for line in lines if is_byline(line)), None)
        if signed is not None and not self.parts:
            self.out.lines.append(Line(signed))
            self.out.owners.append(element)
        return self.leave_out(element, "markup.card")

    def caption(self, element: Element) -> bool:
        """A caption belongs to the image in its element, else to the one before it; `alt` is often the title."""
        before = len(self.out.pictures)
        for image in element.iter("img"):
            self.image(image)
        self.caption_text(" ".join(plain_lines(element)), before)
        return True

    def caption_text(self, text: str, before: int | None = None) -> None:
        """Gives a caption to the picture at `before`, or to the last one."""
        pictures = self.out.pictures
        place = before if before is not None and len(pictures) > before else len(pictures) - 1
        if text and place >= 0 and pictures[place].caption is None:
            pictures[place] = pictures[place]._replace(caption=text)
        elif text:
            pictures.append(Picture(None, text))
        self.pictured = False

    def image(self, image: Element) -> None:
        """Takes an image in, by its address."""
        url = image.get("data-src") or image.get("src")
        if url and not url.startswith("data:"):
            self.out.pictures.append(Picture(url.strip()))
            self.pictured = True
