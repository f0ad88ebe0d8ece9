"""A page -> a proposal for its site's profile: what each source says, and selectors that find what was read.

Selectors are proposed for what the record holds already: the element whose text is the headline, the line
that the time was read from, the box with the reporter's name. What the page does not hold is not proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from newsscrape.article import Article
from newsscrape.boilerplate.cleaner import clean
from newsscrape.boilerplate.context import Context
from newsscrape.boilerplate.lines import Line
from newsscrape.candidates import jsonld, markup, meta, profile, surroundings
from newsscrape.candidates import markup_names as names
from newsscrape.candidates.candidate import Candidate, Candidates
from newsscrape.candidates.lines import Whole, read_lines
from newsscrape.decode import decode
from newsscrape.korean.bylines import is_byline, parse_byline
from newsscrape.korean.characters import letters, tidy
from newsscrape.korean.dates import find_dates
from newsscrape.parse import Element, parse, strings, text_of
from newsscrape.page import Page
from newsscrape.read_page import read_page
from newsscrape.sites import Site, find_family, find_site
from newsscrape.workshop.addresses import Guess, domain_of, guess_identity
from newsscrape.workshop.selectors import name_of, selector_inside, selector_of, selector_of_all

SHOWN = ("title", "subtitles", "published_at", "modified_at", "authors", "bylines", "publisher", "section", "tags",
         "captions", "canonical_url", "dates")  # fmt: skip
_FEEDS = strings("//link[contains(@type, 'rss') or contains(@type, 'atom')]/@href")
_TWINS = strings("//link[@rel='amphtml']/@href")
_LONGEST = 120  # letters of an info line
_NEAR = 12  # lines behind the text in which a byline or a time still belongs to the article


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was found on one page.

    `said` is every candidate of every source; `layout` the selectors by field (empty where the family's do);
    `known` the key of a profile that claims the host already, `family` the CMS family that the page shows.
    """

    page: Page
    article: Article
    said: tuple[Candidate, ...]
    domain: str
    identity: Guess
    layout_name: str
    layout: dict[str, tuple[str, ...]]
    feeds: tuple[str, ...]
    encoding: str
    known: str | None = None
    family: str | None = None
    amp: bool = False
    missing: tuple[str, ...] = field(default=())


def propose(page: Page) -> Proposal:
    """Reads a page with an address and proposes a profile; raises the errors of `extract`."""
    decoded = decode(page.body, page.headers, page.url)
    tree = parse(decoded.text, page.url)
    article = read_page(page)
    known = find_site(page.url or "")
    family = find_family(tree)
    layout = family.layout(tree) if family else None
    said = Candidates(profile.collect(tree, layout)) if layout else Candidates()
    for source in (jsonld.collect(tree), meta.collect(tree), markup.headings(tree), markup.collect(tree)):
        said.extend(source)
    whole = Whole(tree)
    element = markup.choose_body(tree, whole.reading)
    if element is not None:
        titles = [article.title] if article.title else []
        said.extend(surroundings.collect(whole, read_lines(element).owners, titles, page.fetched_at))
    selectors = _selectors(tree, whole, element, article) if family is None else {}
    wanted = () if family else ("body", "title", "published", "byline")
    return Proposal(
        page=page,
        article=article,
        said=tuple(candidate for candidate in said if candidate.field in SHOWN),
        domain=domain_of(page.url or ""),
        identity=Guess() if family and family.is_family_url(page.url) else guess_identity(page.url or ""),
        layout_name=_layout_name(family, element, tree),
        layout=selectors,
        feeds=_addresses(_FEEDS(tree), page.url),
        encoding=decoded.encoding,
        known=known.key if known else None,
        family=family.key if family else None,
        amp=bool(_TWINS(tree)),
        missing=tuple(name for name in wanted if name not in selectors),
    )
