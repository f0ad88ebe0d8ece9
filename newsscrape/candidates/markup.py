"""What the page's own markup says, without any profile: headings, and the element that holds the body.

The body is found by weighing: every line of the page counts for the elements that it stands in, with
its letters where it is a journalist's sentence, against them where it is a link, a label or a menu.
The element with the greatest weight is the smallest one that holds all the sentences and little else.
No contest by length alone, no thresholds a site, nothing remembered from other pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import lxml.html

from newsscrape.boilerplate.lines import Line
from newsscrape.boilerplate.sentences import is_sentence
from newsscrape.candidates.candidate import Candidate
from newsscrape.candidates.lines import Reading, read_lines
from newsscrape.korean.characters import tidy
from newsscrape.parse import elements

SOURCE = "markup"
_HEADINGS = elements("//h1 | //h2 | //h3")
_TIMES = elements("//time[@datetime]")
_HEADLINE = elements("//*[@itemprop='headline']")
_PUBLISHED = elements("//*[@itemprop='datePublished']")
# Elements that pages name as their body; one of them with sentences in it is taken before any weighing.
_NAMED = elements(
    "//*[@itemprop='articleBody'] | //*[@id='article-view-content-div' or @id='articleBody' or @id='articleBodyContents' or"
    " @id='article_body' or @id='article-body' or @id='newsct_article' or @id='dic_area' or @id='articeBody' or"
    " @id='article_content' or @id='articletxt' or @id='textBody' or @id='article_txt' or @id='newsViewArea']"
)
_CONVINCING = 80  # letters in sentences; a one-sentence photo story has about 60 to 120
_LINK_LINE = 0.6  # a line with this share of its letters in links is navigation


def collect(tree: lxml.html.HtmlElement) -> Iterator[Candidate]:
    """Candidates from headings and time elements."""
    for element in _HEADLINE(tree)[:1]:
        text = tidy(element.get("content") or element.text_content())
        if text:
            yield Candidate("title", text, f"{SOURCE}:itemprop", text)
    for element in _HEADINGS(tree):
        text = tidy(element.text_content())
        if len(text) >= 6:
            yield Candidate("headings", text, f"{SOURCE}:{element.tag}", text)
    for element in _PUBLISHED(tree):
        text = tidy(element.get("content") or element.get("datetime") or element.text_content())
        if text:
            yield Candidate("published_at", text, f"{SOURCE}:itemprop", text)
    for element in _TIMES(tree)[:1]:
        moment = element.get("datetime", "")
        yield Candidate("published_at", moment, f"{SOURCE}:time", moment)


def find_body(page: Reading) -> lxml.html.HtmlElement | None:
    """The element that holds the article's text, from the lines of the whole page; None when none convinces."""
    weights: dict[lxml.html.HtmlElement, float] = {}
    sentences: dict[lxml.html.HtmlElement, int] = {}
    for line, owner in zip(page.lines, page.owners, strict=True):
        weight = _weight(line)
        for element in (owner, *owner.iterancestors()):
            weights[element] = weights.get(element, 0.0) + weight
            if weight > 0:
                sentences[element] = sentences.get(element, 0) + len(line.text)
    best: lxml.html.HtmlElement | None = None
    for element in sentences:
        if (
            best is None
            or weights[element] > weights[best]
            or (weights[element] == weights[best] and best in element.iterancestors())
        ):
            best = element
    if best is None or sentences[best] < _CONVINCING:
        return None
    return best


def named_body(tree: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """The element that the page itself names as its body (itemprop or a usual id), when it holds sentences."""
    for element in _NAMED(tree):
        if is_convincing(read_lines(element).lines):
            return element
    return None


def is_convincing(lines: Iterable[Line]) -> bool:
    """Whether lines hold enough sentences to be an article's text."""
    return sum(len(line.text) for line in lines if _weight(line) > 0) >= _CONVINCING


def _weight(line: Line) -> float:
    size = len(line.text)
    if line.links >= _LINK_LINE:
        return -size
    if is_sentence(line.text):
        return size
    return -0.5 * size if size > 12 else -size
