"""What a box of a page is, told by what stands in it: a caption, a time, a form that the page stands in, a photo.

Asked of elements whose tag or name says too little or the wrong thing.
"""

from __future__ import annotations

import re

from newsscrape.boilerplate.sentences import is_prose
from newsscrape.candidates import markup_names as names
from newsscrape.korean.bylines import is_byline, is_name, outside_writer
from newsscrape.korean.captions import is_credited, looks_like_caption
from newsscrape.korean.characters import tidy
from newsscrape.korean.dates import find_dates, is_date_line
from newsscrape.parse import Element, text_of

_CAPTION_MARKS = "▲△▼▽◀▶◁▷↑"
_LONGEST_CAPTION = 300
_CAPTION_LINES = 2
_PICTURES = ("img", "picture", "a")
_SLANTED = ("em", "i", "small")
# Items of lists and cells are left out: their images are bullets.
_CAPTION_KINDS = {"p": _SLANTED, "div": (*_SLANTED, "span", "p", "div"), "figure": (*_SLANTED, "span", "p", "div")}
_STOPS = ".。!?…"
_CROSSHEAD = re.compile(r"[■□◆◇●○◎▶▷▣※*\[<【-]|\d{1,2}\s?[.)]")
_CAPTION_LENGTHS = range(3, 120)
# "... 위원장이 인사하고 있다. /강솔 기자", "...품고 있다./한빛조선/"
_PHOTOGRAPHER = re.compile(r".{15}\s?/\s?(?:[가-힣]{2,4}\s?[가-힣]{0,2}기자|[^\s/][^/]{1,14}/)$")
# "옛 방직공장 전경 / 한빛시 제공"
_SUPPLIED = re.compile(r".{4,60}\s[/|]\s[^/|]{2,14}\s?(?:제공|자료\s?사진|캡처)$")
_SHELL = 200  # letters; a search box has fewer
# "입력 : 2023-01-25 14:08"
_LABELLED_TIME = re.compile(
    r"(?:입력|등록|승인|송고)\s*(?:일시?|시간|날짜)?\s*:?\s*(?:19|20)\d\d\D{1,3}\d{1,2}\D{1,3}\d{1,2}\D{1,6}\d{1,2}\s?[:시]"
)
_INVITATION = 240  # letters of a box that asks for an address
_LETTERS = re.compile(r"뉴스 ?레터|메일|구독|newsletter", re.IGNORECASE)
_KEPT_BREAKS = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)")


def keeps_breaks(element: Element) -> bool:
    """Whether line breaks of the source are shown, by the element's style."""
    style = element.get("style")
    return style is not None and "white-space" in style and _KEPT_BREAKS.search(style) is not None


def is_caption(text: str) -> bool:
    """Whether a line right behind an image is its caption: by a mark, a credit or the language of captions."""
    if len(text) > _LONGEST_CAPTION:
        return False
    if text[0] in _CAPTION_MARKS or looks_like_caption(text):
        return True
    if is_byline(text):
        return False
    return is_credited(text) or _SUPPLIED.match(text) is not None or _PHOTOGRAPHER.search(text) is not None


def tells_time(element: Element) -> bool:
    """Whether a box under the name of tools or captions tells when the article was published (JTBC, 보안뉴스)."""
    text = " ".join(filter(None, (str(part).strip() for part in element.itertext())))
    if element.tag == "button":
        return is_date_line(text)
    return _LABELLED_TIME.search(text) is not None and not names.is_discussion(element.get("class"), element.get("id"))


def is_shell(form: Element) -> bool:
    """Whether a form is what the page stands in (ASP.NET: 뉴스토마토, 오마이뉴스): most of its words are inside."""
    inside = sum(len(str(text).strip()) for text in form.itertext())
    if inside < _SHELL:
        return False
    *_, root = form.iterancestors()
    body = root.find("body")
    return inside * 2 > sum(len(str(text).strip()) for text in (root if body is None else body).itertext())


def follows_link(link: Element) -> bool:
    """Whether a link stands right behind another one, with nothing between: two reporters, two tags."""
    before = link.getprevious()
    while before is not None and before.tag == "button" and not (before.tail or "").strip():
        before = before.getprevious()
    return before is not None and before.tag == "a" and not before.tail


def plain_lines(element: Element) -> list[str]:
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
    return [line for line in map(tidy, filter(str.strip, "".join(parts).split("\n"))) if line]


def bar_parts(bar: Element) -> list[str]:
    """What the inline elements of an info bar say, one by one, where nothing parts them: they touch in its line."""
    if len(bar) < 2 or (bar.text or "").strip():
        return []
    if any(child.tag not in names.INLINE or (child.tail or "").strip() for child in bar):
        return []
    return [text for child in bar if (text := tidy(text_of(child)))]


def is_large(element: Element) -> bool:
    """Whether an element holds too much text to be what its name says."""
    size = 0
    for text in element.itertext():
        size += len(text.strip())
        if size > names.MAX_ALOOF:
            return True
    return False


def is_photo_table(table: Element) -> bool:
    """Whether a table stands around an image and its caption (papers' pages until about 2018), and nothing else."""
    if next(table.iter("img"), None) is None or is_large(table):
        return False
    lines = plain_lines(table)
    # Not an info bar with a mail icon, nor a whole page laid out in tables.
    return len(lines) <= _CAPTION_LINES and not any(
        is_byline(line) or find_dates(line, info_bar=True) for line in lines
    )


def is_photo_box(element: Element) -> bool:
    """Whether a block element that is called a photo's box holds an image and one line, its caption."""
    if next(element.iter("img"), None) is None or is_large(element):
        return False
    lines = plain_lines(element)
    return len(lines) == 1 and len(lines[0]) <= _LONGEST_CAPTION and not is_byline(lines[0])


def is_captioned(element: Element) -> bool:
    """Whether a block element holds nothing but an image and, behind it, a short line in small or slanted type."""
    if len(element) != 2 or (element.text or "").strip() or element[0].tag not in _PICTURES:
        return False
    image, words = element
    kinds = _CAPTION_KINDS.get(element.tag, ())
    if words.tag not in kinds or (image.tail or "").strip() or (words.tail or "").strip():
        return False
    if image.tag != "img" and next(image.iter("img"), None) is None:
        return False
    if (
        next(words.iter("a", "b", "strong", "br"), None) is not None
        or next(element.iterancestors("a"), None) is not None
    ):
        return False  # a crosshead, or the card of another article
    text = tidy(text_of(words))
    if len(text) not in _CAPTION_LENGTHS or is_name(text) or is_byline(text) or outside_writer(text):
        return False
    # An editor's <span>, or a paragraph, may hold a sentence of the text, or a crosshead.
    if words.tag in ("span", "p", "div") and (is_prose(text) or text[-1] in _STOPS or _CROSSHEAD.match(text)):
        return False
    return not find_dates(text, info_bar=True)


def is_invitation(text: str) -> bool:
    """Whether the words of a box with a field for an e-mail address invite to a newsletter."""
    return len(text) <= _INVITATION and _LETTERS.search(text) is not None and _LABELLED_TIME.search(text) is None
