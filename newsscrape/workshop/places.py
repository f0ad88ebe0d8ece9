"""Where on a page the fields of its record stand: the elements that a profile's selectors should name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from newsscrape.article import Article
from newsscrape.boilerplate.cleaner import clean
from newsscrape.boilerplate.context import Context
from newsscrape.candidates.lines import read_lines
from newsscrape.candidates.markup_names import meaning
from newsscrape.candidates.reading import Reading
from newsscrape.korean.bylines import parse_byline
from newsscrape.korean.characters import letters, tidy
from newsscrape.korean.dates import DateValue, find_dates
from newsscrape.korean.titles import same_title
from newsscrape.parse import Element, elements, text_of

_HEADINGS = elements("//body//h1 | //body//h2 | //body//h3")
_OTHERS = elements("//body//*[self::div or self::p or self::span or self::strong or self::td or self::dt]")
_CAPTIONS = elements("//figcaption | //*[@class or @id]")
_LONGEST = 160  # letters of an info line or a byline
_BEFORE = 40  # lines between headline and text: share bars and font sizes make up to 30
_BEHIND = 12  # lines behind the text in which a byline still belongs to the article
_LINKS = 0.6
_BOXES = 3
_PATH = re.compile(r"(?:홈|home)\s*[>›»]\s*\S", re.IGNORECASE)


class Places:
    """The elements of one page that hold what its record says; `body` is the one with the text."""

    def __init__(self, tree: Element, page: Reading, body: Element, article: Article) -> None:
        self.tree = tree
        self.body = body
        self.article = article
        self._reading = read_lines(body)
        owners = frozenset(self._reading.owners)
        inside = [n for n, owner in enumerate(page.owners) if owner in owners] or [0]
        first, last = inside[0], inside[-1]
        start = next(
            (n + 1 for n in range(first - 1, -1, -1) if same_title(page.lines[n].text, article.title or "")),
            max(0, first - _BEFORE),
        )
        self._head = list(_short(page, range(start, first)))
        self._tail = list(_short(page, range(last + 1, min(len(page.lines), last + 1 + _BEHIND))))
        self._inside = list(_short(page, inside))
        self._top = list(_short(page, range(first)))

    def title(self) -> list[Element]:
        """The element whose whole text is the headline: a heading if there is one."""
        wanted = {letters(text) for text in (self.article.title, self.article.title_raw) if text}
        for kind in (_HEADINGS, _OTHERS):
            found = [element for element in kind(self.tree) if letters(tidy(text_of(element))) in wanted]
            if found:
                return [_smallest(found[0], lambda text: letters(text) in wanted)]
        return []

    def subtitles(self) -> list[Element]:
        """The elements of the decks, one each."""
        return self._texts(self.article.subtitles)

    def decks(self) -> list[Element]:
        """The one element that holds all decks, with breaks between them."""
        wanted = letters("".join(self.article.subtitles))
        found = [e for e in self.tree.iter("h2", "h3", "h4", "p", "div") if wanted and letters(text_of(e)) == wanted]
        return found[-1:]

    def time(self, label: str, moment: datetime | None) -> list[Element]:
        """The smallest element of the info lines that shows this time; `label` is published or modified."""
        if moment is None:
            return []

        def shows(text: str) -> bool:
            return any(
                date.label == label or (date.label is None and _same(date, moment))
                for date in find_dates(text, info_bar=True)
            )

        def smallest(text: str) -> bool:
            return any(_same(date, moment) for date in find_dates(text, info_bar=True))

        lines = [(owner, text) for owner, text in (*self._head, *self._tail) if shows(text) and smallest(text)]
        labelled = [_smallest(owner, shows) for owner, _ in lines]
        return labelled[:1]

    def tells_change(self, found: Sequence[Element]) -> bool:
        """Whether elements name a time of change as such, so that they can serve for both times."""
        return any(date.label == "modified" for element in found for date in find_dates(text_of(element)))

    @property
    def is_signed(self) -> bool:
        """Whether the text itself names its reporters, in a dateline or a signature."""
        return any(self._names(text) for _, text in self._inside)

    def byline(self) -> list[Element]:
        """The element that names the reporters (or one each), outside the text where there is one; never the text."""
        for place in (self._head, self._tail, self._inside):
            found = [_smallest(owner, self._names) for owner, text in place if self._names(text)]
            if found:
                return self._whole_byline(found[0]) if found[0] is not self.body else []
        return []

    def _whole_byline(self, found: Element) -> list[Element]:
        """The box around a reporter's name that has the others and the addresses, too, where it holds little else."""
        people = self.article.authors
        names = [author.name for author in people]
        for told in ([*names, *(author.email for author in people if author.email)], names):
            for element in (found, *list(found.iterancestors())[:_BOXES]):
                text = tidy(text_of(element))
                if len(text) > _LONGEST or element is self.body:
                    break
                if all(part in text for part in told) and len(parse_byline(text, bare=True)) == len(people):
                    return [element]
        beside = [] if (parent := found.getparent()) is None else list(parent)
        return [element for element in beside if self._names(text_of(element))]

    def _names(self, text: str) -> bool:
        people = {author.name for author in self.article.authors}
        return any(author.name in people for author in parse_byline(tidy(text)))

    def section(self) -> list[Element]:
        """The line that leads from the front page to the article: "홈 > 사회"."""
        return [_smallest(owner, _is_path) for owner, text in self._top if _is_path(text)][:1]

    def captions(self) -> list[Element]:
        """The elements of the pictures' captions."""
        wanted = [letters(image.caption) for image in self.article.images if image.caption]
        found = [
            element
            for element in _CAPTIONS(self.tree)
            if (element.tag == "figcaption" or meaning(element.get("class"), element.get("id")) == "caption")
            and any(text in letters(text_of(element)) for text in wanted)
        ]
        outer = set(found)
        return [element for element in found if outer.isdisjoint(element.iterancestors())]

    def furniture(self) -> frozenset[Element]:
        """The boxes of links inside the text, with nothing in them that is kept.

        Copyright lines and signatures are no such boxes: the rules take them away and read what they say.
        """
        captions = tuple(image.caption for image in self.article.images if image.caption)
        context = Context(self.article.title, (), captions)
        kept = {line.text for line in clean(self._reading.lines, context=context).kept}
        news: set[Element] = set()
        links: set[Element] = set()
        for line, owner in zip(self._reading.lines, self._reading.owners, strict=True):
            around = [owner, *owner.iterancestors()]
            inside = around[: around.index(self.body)] if self.body in around else []
            if line.links >= _LINKS:
                links.update(inside)
            elif line.text in kept:
                news.update(inside)
        return frozenset(links - news)

    def _texts(self, texts: Iterable[str]) -> list[Element]:
        wanted = {letters(text) for text in texts}
        found = []
        for element in self.tree.iter("h2", "h3", "h4", "strong", "b", "p", "div", "span", "li"):
            if wanted and letters(tidy(text_of(element))) in wanted:
                wanted.discard(letters(tidy(text_of(element))))
                found.append(element)
        return [] if wanted else found


def _is_path(text: str) -> bool:
    return _PATH.match(text) is not None


def _same(date: DateValue, moment: datetime) -> bool:
    if date.precision == "day":
        return date.value.date() == moment.date()
    return date.value.replace(second=0, microsecond=0) == moment.replace(second=0, microsecond=0)


def _short(page: Reading, places: Sequence[int] | range) -> Iterator[tuple[Element, str]]:
    return ((page.owners[n], page.lines[n].text) for n in places if len(page.lines[n].text) <= _LONGEST)


def _smallest(element: Element, says: Callable[[str], bool]) -> Element:
    """The innermost element in which one says what the outer one says."""
    while True:
        inner = [child for child in element if isinstance(child.tag, str) and says(tidy(text_of(child)))]
        if len(inner) != 1:
            return inner[0] if inner and len(inner) < len(element) else element
        element = inner[0]
