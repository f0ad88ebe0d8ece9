"""The whole page in lines, read only when somebody asks: a known site's page seldom needs them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from urllib.parse import urlsplit

from newsscrape.candidates.lines import Reading, read_lines
from newsscrape.korean.characters import tidy
from newsscrape.korean.titles import same_title
from newsscrape.parse import Element, text_of

_FRONT = ("", "/", "/index.html", "/index.php", "/main")


class Whole:
    """The lines of a whole page, read when they are first asked for: a known site's page seldom needs them."""

    def __init__(self, tree: Element) -> None:
        self._tree = tree

    @cached_property
    def reading(self) -> Reading:
        """Everything that the page's <body> says."""
        body = self._tree.find("body")
        return read_lines(self._tree if body is None else body)

    def home_names(self, host: str | None) -> tuple[str, ...]:
        """What the links to the front page of the site on `host` are called, as text or as the alternative of a logo.

        Pages link the fronts of sister papers, too: those are on other hosts.
        """
        names: list[str] = []
        for link in self._tree.iter("a"):
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
        headings = self._tree.iter("h1", "h2", "h3")
        headline = next((h for h in headings if any(same_title(tidy(text_of(h)), t) for t in titles)), None)
        if headline is None:
            return self.reading
        shared = set(headline.iterancestors()) & set(owners[-1].iterancestors())
        for ancestor in owners[0].iterancestors():
            if ancestor in shared:
                return read_lines(ancestor)
        return self.reading
