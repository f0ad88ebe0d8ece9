"""What the page's own markup says, without any profile: headings, and the element that holds the body.

The body is found by weighing: every line of the page counts for the elements that it stands in, with
its letters where it is a journalist's sentence, against them where it is a link, a label or a menu.
The element with the greatest weight is the smallest one that holds all the sentences and little else.
No contest by length alone, no thresholds a site, nothing remembered from other pages.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from newsscrape.boilerplate.context import Context
from newsscrape.boilerplate.lines import Line
from newsscrape.boilerplate.rulebook import rulebook
from newsscrape.boilerplate.sentences import is_prose
from newsscrape.boilerplate.tails import split_tails
from newsscrape.candidates.candidate import Candidate
from newsscrape.candidates.markup_names import INLINE
from newsscrape.candidates.reading import Reading
from newsscrape.candidates.whole import Whole
from newsscrape.korean.characters import tidy
from newsscrape.korean.titles import same_title
from newsscrape.parse import Element, elements, text_of

SOURCE = "markup"
# By way of the attribute: few elements have it, and a test of every element takes ten times as long.
_PROPERTIES = elements("//*/@itemprop[. = 'headline' or . = 'datePublished' or . = 'author']/..")
# Elements that pages name as their body.
_IDS = (
    "article-view-content-div", "articleBody", "articleBodyContents", "article_body", "article-body", "newsct_article",
    "dic_area", "articeBody", "article_content", "articletxt", "textBody", "article_txt", "newsViewArea",
)  # fmt: skip
# libxml2 looks ids up in a table; asking every element for them would take longer than parsing the page.
_NAMED = elements(f"id('{' '.join(_IDS)}') | //*/@itemprop[. = 'articleBody']/..")
_BOARD = frozenset({"작성자", "담당부서", "등록일", "작성일", "조회", "조회수", "첨부파일", "첨부"})
_PARAGRAPHS = frozenset({"p", "li", "dd", "blockquote", "h4", "h5", *INLINE})
_TABLE = ("table", "tbody", "thead")
_SHORTEST_HEADING = 6
_FIELDS = {"headline": "title", "datePublished": "published_at", "author": "authors"}
_TEXT = 3  # lines of sentences in one inline element are a whole text
_PHOTO_STORY = 40  # letters of a caption that tells what is to be seen, when and where
_CONVINCING = 80  # letters in sentences; a one-sentence photo story has about 60 to 120
_NOTICE = 24  # letters of one appointment, or of one death
_MOST = 0.85  # share of the sentences that an inner element must hold to stand for an outer one
# The small print of ministries' pages is longer than their short releases (정책브리핑).
_RIGHTS = re.compile(
    r"[ⓒ©]|[Cc]opyright|[Rr]eserved|무단 ?전재|공공누리|보도자료를 전재하여|출처를 (?:반드시 )?표[기시]해야"
)
_GLUED = 60
_LINK_LINE = 0.6  # a line with this share of its letters in links is navigation


def collect(page: Whole) -> Iterator[Candidate]:
    """Candidates from time elements, schema.org properties and notice boards, for pages that no profile describes."""
    for element in _PROPERTIES(page.tree):
        text = tidy(element.get("content") or element.get("datetime") or text_of(element))
        if text:
            yield Candidate(_FIELDS[element.get("itemprop", "")], text, f"{SOURCE}:itemprop", text)
    yield from _notice_board(page.index.of("th"))
    moment = next((element.get("datetime") for element in page.index.of("time") if element.get("datetime")), None)
    if moment:
        yield Candidate("published_at", moment, f"{SOURCE}:time", moment)


def _notice_board(cells: Sequence[Element]) -> Iterator[Candidate]:
    """The title in the table of a notice board (towns, ministries), which names clerk, day or attachment as well."""
    labels = {tidy(text_of(cell)): cell for cell in reversed(cells)}
    value = labels["제목"].getnext() if "제목" in labels and not _BOARD.isdisjoint(labels) else None
    if value is not None and value.tag == "td":
        title = tidy(text_of(value))
        yield Candidate("title", title, f"{SOURCE}:board", title)


def headings(page: Whole) -> Iterator[Candidate]:
    """`headings` candidates: what stands in h1 to h3, menus' headings too."""
    for element in page.index.headings():
        text = tidy(text_of(element))
        if len(text) >= _SHORTEST_HEADING:
            yield Candidate("headings", text, f"{SOURCE}:{element.tag}", text)


class _Weights:
    """What each element of a page weighs as a body, and how many letters of sentences stand in it."""

    def __init__(self, page: Reading) -> None:
        self.weights: dict[Element, float] = {}
        self.sentences: dict[Element, int] = {}
        self.told: dict[Element, int] = {}  # how many sentences' lines
        read: set[str] = set()
        for line, owner in zip(page.lines, page.owners, strict=True):
            weight = _weight(line)
            if weight > 0 and line.text in read:
                weight = -weight  # a print copy, hidden by a style sheet (KBS 2023), or a summary of the text
            read.add(line.text)
            for element in (owner, *owner.iterancestors()):
                self.weights[element] = self.weights.get(element, 0.0) + weight
                if weight > 0:
                    self.sentences[element] = self.sentences.get(element, 0) + len(line.text)
                    self.told[element] = self.told.get(element, 0) + 1

    def heaviest(self) -> Element | None:
        """The element with the most weight, the innermost of equal ones; None when it has too few sentences."""
        best: Element | None = None
        for element in self.sentences:
            if best is None:
                best = element
                continue
            weight, most = self.weights[element], self.weights[best]
            if weight > most or (weight == most and best in element.iterancestors()):
                best = element
        if best is None or self.sentences[best] < _CONVINCING:
            return None
        # One paragraph is no body: its neighbours are answers, signatures, a crosshead (short photo news).
        parent = best.getparent()
        # But a <span> or <dd> may hold them all, a break between them (새전북신문 2022).
        while self.is_paragraph(best) and parent is not None and parent.tag != "body":
            best, parent = parent, parent.getparent()
        return best

    def is_paragraph(self, element: Element) -> bool:
        """Whether an element is one paragraph of a text, by its tag and by how many lines stand in it."""
        if element.tag == "p":
            return True
        return element.tag in _PARAGRAPHS and self.told.get(element, 0) < _TEXT

    def innermost(self, named: Iterable[Element]) -> Element | None:
        """Of elements that the page names as its body, the innermost that still holds most of the sentences."""
        said = [(element, self.sentences.get(element, 0)) for element in named]
        most = max((letters for _, letters in said), default=0)
        if most < _CONVINCING:
            return None
        return [element for element, letters in said if letters >= _MOST * most][-1]


def choose_body(tree: Element, page: Reading) -> Element | None:
    """The element that holds the article's text: the one that the page names, else the one that weighs most.

    The weighed one inside the named is taken when it leaves hardly a sentence out: boxes of related
    articles stand between the two. None when nothing on the page convinces.
    """
    weights = _Weights(page)
    named, found = weights.innermost(_NAMED(tree)), weights.heaviest()
    if named is None or found is None:
        return named if found is None else found
    inside = named in found.iterancestors()
    return found if inside and weights.sentences[found] >= _MOST * weights.sentences[named] else named


def find_unspoken(page: Reading, titles: Collection[str], *, short: bool = False) -> Element | None:
    """The element that holds a text without sentences (a price list, personnel, results), or None.

    `short` where the title announces a text of few words (an obituary). It is looked for below the headline: the one
    whose own lines, or whose children's, have the most words that are neither links nor furniture.
    """
    start = next((i for i, line in enumerate(page.lines) if any(same_title(line.text, t) for t in titles)), None)
    if start is None:
        return None
    find = rulebook().asked_in(Context())
    weights: dict[Element, int] = {}
    for line, owner in zip(page.lines[start + 1 :], page.owners[start + 1 :], strict=True):
        furniture = line.links >= _LINK_LINE or any(find(line, zone) for zone in ("head", "tail", "foot"))
        for element in _frames(owner):
            if element is not None:
                weights[element] = weights.get(element, 0) + (-len(line.text) if furniture else len(line.text))
    best = max(weights, key=lambda element: weights[element], default=None)
    return best if best is not None and weights[best] >= (_NOTICE if short else _CONVINCING) else None


def _frames(owner: Element) -> Iterator[Element | None]:
    """The element that a line stands in and the one around it; for a row of a table, what stands around the table."""
    yield owner
    outer = owner.getparent()
    while outer is not None and outer.tag in _TABLE:
        yield outer
        outer = outer.getparent()
    yield outer


def photo_story(tree: Element, page: Reading) -> Reading | None:
    """The first caption that is a journalist's sentence, for articles that are a photo and its caption; else None."""
    for picture in page.pictures:
        if picture.caption and len(picture.caption) >= _PHOTO_STORY and is_prose(split_tails(picture.caption)[0]):
            return Reading([Line(picture.caption)], [tree], [other for other in page.pictures if other.caption])
    return None


def is_convincing(lines: Iterable[Line]) -> bool:
    """Whether lines hold enough sentences to be an article's text."""
    return _prose(lines) >= _CONVINCING


def _prose(lines: Iterable[Line]) -> int:
    return sum(len(line.text) for line in lines if _weight(line) > 0)


def _weight(line: Line) -> float:
    size = len(line.text)
    if line.links >= _LINK_LINE or _RIGHTS.search(line.text):
        return -size
    # A signature glued to the last sentence makes the paragraph no less text.
    if is_prose(line.text) or (size > _GLUED and "@" in line.text and is_prose(split_tails(line.text)[0])):
        return size
    return -0.5 * size if size > 12 else -size
