"""The whole page, for the sources that look at all of it: its elements by kind, and its lines if somebody asks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from urllib.parse import urlsplit

from newsscrape.boilerplate.lines import Line
from newsscrape.boilerplate.sentences import is_prose
from newsscrape.candidates.excerpt import read_around
from newsscrape.candidates.lines import read_lines
from newsscrape.candidates.reading import Reading
from newsscrape.korean.bylines import is_byline
from newsscrape.korean.characters import tidy
from newsscrape.korean.dates import find_dates
from newsscrape.korean.titles import same_title
from newsscrape.parse import Element, text_of
from newsscrape.tree_index import TreeIndex

_FRONT = ("", "/", "/index.html", "/index.php", "/main")
_FRONT_SLASHES = 3  # "https://www.hanbit.example/main"
_TOLD = 2  # sentences' lines of a text; a card of a list has one
_INFO = 5  # lines below a headline in which time and name stand


class Whole:
    """A whole page. Its lines are read when they are first asked for: a known site's page seldom needs them."""

    def __init__(self, tree: Element, index: TreeIndex | None = None) -> None:
        self.tree = tree
        self.index = index or TreeIndex(tree)

    @cached_property
    def reading(self) -> Reading:
        """Everything that the page's <body> says."""
        return read_lines(self._body)

    def before_next(self, title: str) -> Whole:
        """The page up to the next whole article below the one with this title (endless pages); else the page itself.

        Its headline is set like the first one, and a time or a name stands below both.
        """
        headings = self.index.headings()
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
        shorter = Whole(self.tree, self.index)
        shorter.reading = Reading(page.lines[:end], page.owners[:end], page.pictures, page.left_out)
        return shorter

    def home_names(self, host: str | None) -> tuple[str, ...]:
        """What the links to the front page of the site on `host` are called, as text or as the alternative of a logo.

        Pages link the fronts of sister papers, too: those are on other hosts.
        """
        names: list[str] = []
        for link in self.index.of("a"):
            address = (link.get("href") or "").strip()
            if address.count("/") > _FRONT_SLASHES:
                continue
            href = urlsplit(address)
            if href.path not in _FRONT or href.query or href.fragment or not (href.path or href.netloc):
                continue
            if href.hostname not in (None, host):
                continue
            names.append(tidy(text_of(link)))
            names.extend(tidy(image.get("alt") or "") for image in link.iter("img"))
        return tuple(dict.fromkeys(filter(None, names)))

    def near(self, owners: Sequence[Element], titles: Collection[str], behind: int) -> Reading:
        """The lines from the headline on, of the part of the page that holds it and these elements; else of the page.

        At least `behind` lines after theirs are among them, where there are so many.
        """
        if "reading" in self.__dict__ or not owners:
            return self.reading
        named = (h for h in self.index.headings() if any(same_title(tidy(text_of(h)), title) for title in titles))
        headline = next(named, None)
        if headline is not None:
            above = [headline, *headline.iterancestors()]
            shared = set(above[1:]) & set(owners[-1].iterancestors())
            inside = owners[0]
            for ancestor in owners[0].iterancestors():
                if ancestor in shared:
                    path = above[: above.index(ancestor)]
                    leads = bool(path) and ancestor.index(path[-1]) < ancestor.index(inside)
                    return read_around(ancestor, owners, behind, path if leads else ())
                inside = ancestor
        return read_around(self._body, owners, behind)

    @property
    def _body(self) -> Element:
        body = self.tree.find("body")
        return self.tree if body is None else body


def _look(heading: Element) -> tuple[str, str | None]:
    return heading.tag, heading.get("class")


def _is_signed(lines: Sequence[Line]) -> bool:
    """Whether a time or a reporter's name stands among the first lines."""
    return any(is_byline(line.text) or find_dates(line.text, info_bar=True) for line in lines[:_INFO])
