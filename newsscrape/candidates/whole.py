"""The whole page, for the sources that look at all of it: its elements by kind, and its lines if somebody asks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Literal
from urllib.parse import urlsplit

from newsscrape.boilerplate.lines import Line
from newsscrape.boilerplate.sentences import is_prose
from newsscrape.candidates.lines import read_lines
from newsscrape.candidates.reading import Reading
from newsscrape.korean.bylines import is_byline
from newsscrape.korean.characters import tidy
from newsscrape.korean.dates import find_dates
from newsscrape.korean.titles import same_title
from newsscrape.parse import Element, text_of

_FRONT = ("", "/", "/index.html", "/index.php", "/main")
_TOLD = 2  # sentences' lines of a text; a card of a list has one
_INFO = 5  # lines below a headline in which time and name stand
Kind = Literal["meta", "link", "script", "time", "heading"]
_KINDS: dict[str, Kind] = {
    "meta": "meta", "link": "link", "script": "script", "time": "time",
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading",
}  # fmt: skip


class Whole:
    """A whole page. Its lines are read when they are first asked for: a known site's page seldom needs them."""

    def __init__(self, tree: Element) -> None:
        self.tree = tree

    def all(self, kind: Kind) -> list[Element]:
        """The page's elements of a kind, in their order."""
        return self._elements[kind]

    @cached_property
    def _elements(self) -> dict[Kind, list[Element]]:
        """All kinds, from one walk: to walk a page takes longer than what is asked of the elements found."""
        found: dict[Kind, list[Element]] = {kind: [] for kind in _KINDS.values()}
        for element in self.tree.iter(*_KINDS):
            found[_KINDS[element.tag]].append(element)
        return found

    @cached_property
    def reading(self) -> Reading:
        """Everything that the page's <body> says."""
        body = self.tree.find("body")
        return read_lines(self.tree if body is None else body)

    def before_next(self, title: str) -> Whole:
        """The page up to the next whole article below the one with this title (endless pages); else the page itself.

        Its headline is set like the first one, and a time or a name stands below both.
        """
        headings = self.all("heading")
        first = next((h for h in headings if same_title(tidy(text_of(h)), title)), None)
        if first is None:
            return self
        twins = [h for h in headings[headings.index(first) + 1 :] if _look(h) == _look(first)]
        twin = next((h for h in twins if not same_title(tidy(text_of(h)), title)), None)
        if twin is None:
            return self
        page = self.reading
        places = {owner: at for at, owner in enumerate(page.owners) if owner is first or owner is twin}
        if len(places) < 2:
            return self
        start, end = places[first], places[twin]
        told = sum(is_prose(line.text) for line in page.lines[start:end])
        if told < _TOLD or not (_is_signed(page.lines[start + 1 :]) and _is_signed(page.lines[end + 1 :])):
            return self
        shorter = Whole(self.tree)
        shorter.reading = Reading(page.lines[:end], page.owners[:end], page.pictures, page.left_out)
        return shorter

    def home_names(self, host: str | None) -> tuple[str, ...]:
        """What the links to the front page of the site on `host` are called, as text or as the alternative of a logo.

        Pages link the fronts of sister papers, too: those are on other hosts.
        """
        names: list[str] = []
        for link in self.tree.iter("a"):
            href = urlsplit((link.get("href") or "").strip())
            if href.path not in _FRONT or href.query or href.fragment or not (href.path or href.netloc):
                continue
            if href.hostname not in (None, host):
                continue
            names.append(tidy(text_of(link)))
            names.extend(tidy(image.get("alt") or "") for image in link.iter("img"))
        return tuple(dict.fromkeys(filter(None, names)))

    def near(self, owners: Sequence[Element], titles: Collection[str]) -> Reading:
        """The lines of the part of the page that holds these elements and the headline; else of the whole page."""
        if "reading" in self.__dict__ or not owners:
            return self.reading
        headline = next((h for h in self.all("heading") if any(same_title(tidy(text_of(h)), t) for t in titles)), None)
        if headline is None:
            return self.reading
        shared = set(headline.iterancestors()) & set(owners[-1].iterancestors())
        for ancestor in owners[0].iterancestors():
            if ancestor in shared:
                return read_lines(ancestor)
        return self.reading


def _look(heading: Element) -> tuple[str, str | None]:
    return heading.tag, heading.get("class")


def _is_signed(lines: Sequence[Line]) -> bool:
    """Whether a time or a reporter's name stands among the first lines."""
    return any(is_byline(line.text) or find_dates(line.text, info_bar=True) for line in lines[:_INFO])
