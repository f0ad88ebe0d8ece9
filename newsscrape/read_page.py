"""extract() and classify(): a page's bytes to a record, or to its kind. The order of the rooms, and not one pattern."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import cast

from newsscrape import classify_page
from newsscrape.article import Article, Encoding, Http
from newsscrape.boilerplate.cleaner import clean
from newsscrape.boilerplate.context import Context
from newsscrape.boilerplate.lines import Cleaned
from newsscrape.candidates import decks, fallback, jsonld, markup, meta, printed, profile, state, surroundings
from newsscrape.candidates import url as url_source
from newsscrape.candidates.candidate import Candidate, Candidates
from newsscrape.candidates.lines import read_lines
from newsscrape.candidates.reading import Reading
from newsscrape.candidates.whole import Whole
from newsscrape.decode import decode
from newsscrape.errors import EmptyPage, NotAnArticle
from newsscrape.fields import publisher
from newsscrape.fields import title as title_field
from newsscrape.korean.bylines import is_byline, outside_writer
from newsscrape.korean.titles import Title, kind_of_label
from newsscrape.page import Page
from newsscrape.parse import Element, parse
from newsscrape.record import Evidence, build_article
from newsscrape.sites import CompiledLayout, Site, find_layout
from newsscrape.tree_index import TreeIndex

_TELLING = ("jsonld", "meta", "markup", "script")
_FEW_WORDS = ("personnel", "obituary")  # kinds whose texts have no sentences and may be short


def extract(
    html: bytes | str,
    url: str | None = None,
    headers: Mapping[str, str] | None = None,
    fetched_at: datetime | None = None,
    *,
    status: int | None = None,
) -> Article:
    """The record of an article page.

    `html` is the page as the server sent it (bytes, best: the charset is found in them) or decoded
    text; `url` its address, which tells the site (without it, the address in the page's head does);
    `headers` the response headers; `fetched_at` the moment of the fetch (with a zone), against which
    relative times are read and later ones refused.

    Raises `NotAnArticle` for lists, searches, front pages, error, login and removed pages, `EmptyPage`
    for nothing, `DecodeError` and `ParseError` for what cannot be read; all are `PageError`.
    """
    lower = {name.lower(): value for name, value in (headers or {}).items()}
    return read_page(Page(html, url, lower, fetched_at, status))


def classify(
    html: bytes | str, url: str | None = None, headers: Mapping[str, str] | None = None
) -> classify_page.PageKind:
    """The kind of a page: "article", or list, search, home, error, login, removed, empty.

    Does not raise for pages that are no articles; raises `DecodeError` or `ParseError` for what cannot be read.
    """
    try:
        extract(html, url=url, headers=headers)
    except NotAnArticle as error:
        return cast("classify_page.PageKind", error.kind)
    except EmptyPage:
        return "empty"
    return "article"


def read_page(page: Page) -> Article:
    """`extract` for a `Page` as a crawl leaves it behind; raises the same errors."""
    decoded = decode(page.body, page.headers, page.url)
    tree = parse(decoded.text, page.url)
    index = TreeIndex(tree)
    whole = Whole(tree, index)
    site, layout = find_layout(page.url, tree, index)
    fits = layout is not None
    if not fits and site is not None and page.url and site.is_article_url(page.url):
        layout = site.closest_layout(tree)
    candidates = Candidates()
    if layout is not None:
        candidates.extend(profile.collect(tree, layout, index))
    candidates.extend(jsonld.collect(whole))
    candidates.extend(meta.collect(whole))
    candidates.extend(meta.of_headers(page.headers))
    candidates.extend(markup.headings(whole))
    if not fits:
        candidates.extend(markup.collect(whole))
    candidates.extend(url_source.collect(page.url))
    names = _names(site, candidates)
    title = title_field.resolve(candidates, names)

    asked_house = site is None or not site.profile.domains
    if asked_house and title is not None and title.source == "title-tag":
        candidates.extend(_house(whole, candidates, page.url))
        asked_house = False
        names = _names(site, candidates)
        title = title_field.resolve(candidates, names)
    if title is not None and not fits:
        whole = whole.before_next(title.value.text)
    if not fits:
        candidates.extend(printed.archived(line.text for line in whole.reading.lines))
    body, source = _find_body(tree, whole, candidates, layout=layout, title=title.value if title else None)
    if body is not None and title_field.is_poor(title):
        candidates.extend(surroundings.headline(whole, body.owners))
        title = title_field.resolve(candidates, names)
    title_text = title.value.text if title else None
    verdict = classify_page.judge(candidates, whole, body, title=title_text, source=source, url=page.url, site=site)
    if verdict.kind != "article":
        raise NotAnArticle(verdict.reason, kind=verdict.kind, url=page.url)
    reading = body or Reading()
    around = partial(surroundings.collect, whole, reading.owners, [title_text] if title_text else [], page.fetched_at)
    if not fits:
        candidates.extend(around())
        candidates.extend(_state_fields(whole, candidates, title_text))
    if asked_house:
        candidates.extend(_house(whole, candidates, page.url))
    if not candidates.of("subtitles", "profile", "script"):
        candidates.extend(decks.collect(reading))
    context = Context(
        title=title_text,
        subtitles=tuple(str(c.value) for c in candidates.of("subtitles")),
        captions=tuple(p.caption for p in reading.pictures if p.caption and not _signs(p.caption)),
        names=names,
    )
    cleaned = clean(reading.lines, context=context, extra=site.rules if site else ())
    return build_article(
        Evidence(
            candidates=candidates,
            cleaned=Cleaned(cleaned.kept, (*cleaned.removed, *reading.receipts())),
            title=title,
            body_source=source,
            site=site,
            layout=layout,
            url=page.url,
            fetched_at=page.fetched_at,
            pictures=reading.pictures,
            encoding=Encoding(name=decoded.encoding, chosen_by=decoded.chosen_by, replaced=decoded.replaced),
            http=_http(page),
            # The profile's selectors fell silent: everything that an unknown page would be asked is asked.
            around=(lambda: (*around(), *markup.collect(whole), *_state_fields(whole, candidates, title_text)))
            if fits
            else None,
        )
    )


def _find_body(
    tree: Element,
    whole: Whole,
    candidates: Candidates,
    *,
    layout: CompiledLayout | None,
    title: Title | None,
) -> tuple[Reading | None, str]:
    """The body by the first source that has one, and that source's name."""
    titles, labels = ([title.text], title.labels) if title else ([], ())
    for candidate in candidates.of("body", "script"):
        return candidate.value, candidate.source
    own, own_source = None, ""
    if layout is not None:
        own, own_source = profile.body(tree, layout, whole.index), f"{profile.SOURCE}:{layout.name}"
    if own is not None and own.lines:
        return own, own_source
    element = markup.choose_body(tree, whole.reading)
    if element is not None:
        return read_lines(element, profile.dropped(element, layout)), markup.SOURCE
    if own is not None:
        return own, own_source
    candidates.extend(state.collect(whole, titles))
    for candidate in candidates.of("body", state.SOURCE):
        return candidate.value, candidate.source
    reading = jsonld.body(candidates)  # trafilatura would read it, too, as one paragraph
    if reading is not None and markup.is_convincing(reading.lines):
        return reading, f"{jsonld.SOURCE}:articleBody"
    reading = fallback.body(tree)
    if reading is not None and markup.is_convincing(reading.lines):
        return reading, fallback.SOURCE
    announced = any(kind_of_label(label) in _FEW_WORDS for label in labels)
    framed = title is not None and classify_page.is_framed(whole, title.text)
    if announced or framed or classify_page.says_article(candidates):
        element = markup.find_unspoken(whole.reading, titles, short=announced)
        if element is not None:
            return read_lines(element), f"{markup.SOURCE}:unspoken"
        photo = markup.photo_story(tree, whole.reading)
        if photo is not None:
            return photo, f"{markup.SOURCE}:caption"
    return None, "none"


def _house(whole: Whole, candidates: Candidates, url: str | None) -> Iterable[Candidate]:
    """What logo and footer say of the house, for pages whose site no profile knows."""
    titles = [c.raw for c in candidates.of("title", "title-tag")]
    return (*surroundings.collect_logo(whole, titles, url), *surroundings.collect_footer(whole))


def _names(site: Site | None, candidates: Candidates) -> frozenset[str]:
    """How the site's own name is printed, by its profile and by the page."""
    said = {str(c.value) for c in candidates.of("publisher", "jsonld", "meta", "title-tag", "logo", "footer")}
    return frozenset([*(site.names if site else ()), *filter(None, map(publisher.clean_name, said))])


def _state_fields(whole: Whole, candidates: Candidates, title: str | None) -> Iterable[Candidate]:
    """What the state in a page's scripts says, where nothing else tells a time."""
    if title is None or candidates.of("dates") or candidates.of("published_at", *_TELLING):
        return ()
    return state.collect_fields(whole, [title])


def _signs(caption: str) -> bool:
    """Whether a caption is the writer's name under a portrait, which signs the text once more below."""
    return is_byline(caption) or outside_writer(caption) is not None


def _http(page: Page) -> Http | None:
    if page.status is None and not page.headers:
        return None
    lower = {name.lower(): value for name, value in page.headers.items()}
    return Http(status=page.status, etag=lower.get("etag"), last_modified=lower.get("last-modified"))
