"""A page -> a proposal for its site's profile: what each source says, and selectors that find what was read.

Selectors are proposed for what the record holds already: the element whose text is the headline, the line
that the time was read from, the box with the reporter's name. What the page does not hold is not proposed.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from newsscrape.article import Article
from newsscrape.candidates import jsonld, markup, meta, profile, surroundings
from newsscrape.candidates.candidate import Candidate, Candidates
from newsscrape.candidates.lines import read_lines
from newsscrape.candidates.whole import Whole
from newsscrape.decode import decode
from newsscrape.page import Page
from newsscrape.parse import parse, strings
from newsscrape.read_page import read_page
from newsscrape.sites import domain_of, find_family, find_site
from newsscrape.workshop.addresses import Guess, guess_identity
from newsscrape.workshop.places import Places
from newsscrape.workshop.selectors import name_of, selector_inside, selector_of_all

SHOWN = (
    "title", "subtitles", "published_at", "modified_at", "dates", "bylines", "authors", "publisher", "section", "tags",
    "captions", "canonical_url",
)  # fmt: skip
ALWAYS = ("body", "title", "published", "byline")
_FEEDS = strings("//link[contains(@type, 'rss') or contains(@type, 'atom')]/@href")
_TWINS = strings("//link[@rel='amphtml']/@href")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was found on one page.

    `said` is what every source says; `selectors` the layout's entries (empty where the family's do), `missing` those
    of `ALWAYS` that no element of the page holds alone. `known` is the key of a profile that claims the host already,
    `family` the CMS family that the page shows; `has_twin` whether it names an AMP twin, `signed` whether its reporters
    are named in the text itself, where they are read without a selector.
    """

    page: Page
    article: Article
    said: tuple[Candidate, ...]
    domain: str
    identity: Guess
    layout: str
    selectors: dict[str, tuple[str, ...]]
    feeds: tuple[str, ...]
    known: str | None = None
    family: str | None = None
    has_twin: bool = False
    signed: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields of every page for which no selector was found."""
        return () if self.family else tuple(name for name in ALWAYS if name not in self.selectors)


def propose(page: Page) -> Proposal:
    """Reads a page with an address and proposes a profile; raises the errors of `newsscrape.extract`."""
    url = page.url or ""
    tree = parse(decode(page.body, page.headers, url).text, url)
    article = read_page(page)
    known, family = find_site(url), find_family(tree)
    fitting = family.layout(tree) if family else None
    whole = Whole(tree)
    body = markup.choose_body(tree, whole.reading)
    said = Candidates(profile.collect(tree, fitting)) if fitting else Candidates()
    for source in (jsonld, meta, markup):
        said.extend(source.collect(whole))
    said.extend(markup.headings(whole))
    if body is not None:
        titles = [article.title] if article.title else []
        said.extend(surroundings.collect(whole, read_lines(body).owners, titles, page.fetched_at))
    places = Places(tree, whole.reading, body, article) if family is None and body is not None else None
    return Proposal(
        page=page,
        article=article,
        said=tuple(candidate for candidate in said if candidate.field in SHOWN),
        domain=domain_of(url),
        identity=Guess() if family and family.identity(url) else guess_identity(url),
        layout=fitting.name if fitting else (name_of(body) if body is not None else None) or "article",
        selectors=_selectors(places) if places else {},
        feeds=tuple(dict.fromkeys(urljoin(url, href) for href in _FEEDS(tree))),
        known=known.key if known else None,
        family=family.key if family else None,
        has_twin=bool(_TWINS(tree)),
        signed=places.is_signed if places else False,
    )


def key_of_domain(domain: str) -> str:
    """A short name for a site from its domain: "hanbit-ilbo.co.kr" gives "hanbit-ilbo"."""
    return domain.partition(".")[0] or urlsplit(domain).path or "site"


def _selectors(places: Places) -> dict[str, tuple[str, ...]]:
    tree, body, article = places.tree, places.body, places.article
    elements = {
        "body": [body],
        "title": places.title(),
        "subtitles": places.subtitles(),
        "published": places.time("published", article.published_at),
        "modified": places.time("modified", article.modified_at),
        "byline": places.byline(),
        "section": places.section(),
        "captions": places.captions(),
    }
    if elements["modified"] == elements["published"] and not places.tells_change(elements["modified"]):
        del elements["modified"]
    found = {name: selector_of_all(nodes, tree) for name, nodes in elements.items()}
    selectors: dict[str, tuple[str, ...]] = {name: (path,) for name, path in found.items() if path is not None}
    if "subtitles" not in selectors and (deck := selector_of_all(places.decks(), tree)):
        selectors["subtitles"] = (f"{deck}//text()",)
    boxes = places.furniture()
    outer = [box for box in body.iterdescendants() if box in boxes and boxes.isdisjoint(box.iterancestors())]
    drop = tuple(dict.fromkeys(filter(None, (selector_inside(box, body, boxes) for box in outer))))
    return {**selectors, "drop": drop} if drop else selectors
