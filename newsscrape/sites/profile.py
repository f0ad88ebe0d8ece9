"""The shape of a site's TOML profile: what we know of one publisher, portal or CMS family, as data.

A profile says how the site is called, which hosts and article addresses are its own, where new
articles are listed, and how its page layouts are recognised and read. All selectors are XPath 1.0.
Anything left out is left to the general sources (JSON-LD, meta tags, markup), which speak on every page.

The words below the fields are what an editor shows for them: they go into `profile.schema.json`.
"""

from __future__ import annotations

import json
import re
import string
from typing import Annotated, Literal

import lxml.etree
from pydantic import AfterValidator, Field, model_validator

from newsscrape.article import SectionCode
from newsscrape.tomlfile import Entry, wrong

Seen = Literal["real page", "public code", "general knowledge"]


def _compiles(expression: str) -> str:
    try:
        lxml.etree.XPath(expression)
    except lxml.etree.XPathSyntaxError as error:
        raise ValueError(f"no XPath: {expression!r} ({error})") from error
    return expression


def _matches(expression: str) -> str:
    try:
        re.compile(expression)
    except re.error as error:
        raise ValueError(f"no regular expression: {expression!r} ({error})") from error
    return expression


def _address_or_xpath(text: str) -> str:
    return text if text.startswith(("http://", "https://")) else _compiles(text)


XPath = Annotated[str, AfterValidator(_compiles)]
Pattern = Annotated[str, AfterValidator(_matches)]


class Identity(Entry):
    """Which addresses are articles, and the number in them that makes the id."""

    urls: tuple[Pattern, ...] = ()
    """Regular expressions, searched in "path?query" and tried in order; the group `id` is the article's number."""
    canonical: str | None = None
    """The article's one address: a format string in which {host}, {id} and other named groups stand for their finds."""
    keep: tuple[str, ...] = ()
    """Query parameters that belong to the identity; all others are dropped from the canonical address."""


class Section(Entry):
    """A list page: where its article links are, and the way to its next page."""

    name: str
    """The section as the site prints it."""
    url: str
    """The list's first page."""
    code: SectionCode | None = None
    """The section in the record's own terms."""
    links: XPath = "//a/@href"
    """Selects the links to articles; links that are no article address of the site are passed by."""
    next: XPath | None = None
    """Selects the link to the next page; without it only the first page is read."""


class Crawl(Entry):
    """Where new articles are listed, and how gently to ask."""

    feeds: tuple[str, ...] = ()
    """Addresses of RSS, Atom or RDF feeds."""
    sitemaps: tuple[str, ...] = ()
    """Addresses of sitemaps or sitemap indexes, best those of the last days."""
    sections: tuple[Section, ...] = ()
    """List pages, for sites without feeds and sitemaps."""
    delay: float | None = None
    """Seconds between two requests to the host, where it wants more than the usual two."""


class Fetch(Entry):
    """Another way to the same article, for pages that hold no text as they come: asked only then, and once."""

    alternate: Annotated[str, AfterValidator(_address_or_xpath)] | None = None
    """The article's AMP or mobile twin, or the site's own JSON of it: a format string that begins with http (as in
    `canonical`), or an XPath that selects the address on the page, such as //link[@rel='amphtml']/@href."""
    render: bool = False
    """Whether a browser may render the page when nothing else helps (needs the extra newsscrape[browser])."""
    hosts: tuple[str, ...] = ()
    """Hosts besides the site's own whose scripts and data a rendered page needs; all others are not asked."""


class Script(Entry):
    """A body (and fields) that only a script holds, as JSON.

    Paths are dotted names; `name[]` goes through a list and `name[type=text]` through its members whose
    `type` is `text`: `content_elements[type=text].content`.
    """

    start: str | None = None
    """The text after which the JSON value begins, such as Fusion.globalContent="""
    key: str | None = None
    """The name of a JSON string that holds the text, wherever it stands in the page's scripts, escaped or not."""
    element: XPath | None = None
    """Selects the element that is JSON from end to end: //script[@id='__NEXT_DATA__']. A JSON document that was
    fetched in place of a page is read as //script[@id='document']."""
    body: str = ""
    """The path to the text or to its pieces; HTML in it is read as on any page."""
    title: str | None = None
    """The path to the headline."""
    subtitles: str | None = None
    """The path to the decks below the headline."""
    published: str | None = None
    """The path to the time of publication."""
    modified: str | None = None
    """The path to the time of the last change."""
    authors: str | None = None
    """The path to the reporters' names or to the byline; of several, parted by " | ", the first that says something."""
    section: str | None = None
    """The path to the section as printed."""
    tags: str | None = None
    """The path to the tags."""
    publisher: str | None = None
    """The path to the name of the house that made the article."""


class Layout(Entry):
    """One layout of the site's article pages, recognised by what the page holds, never by date.

    Several selectors for one field are asked in order until one says something.
    """

    name: str
    """Short and lasting: fixtures are named KEY-NAME after it."""
    when: XPath | None = None
    """Selects something that only pages of this layout hold; without it the body itself decides."""
    body: tuple[XPath, ...] = ()
    """The element (or elements) that hold the text."""
    drop: tuple[XPath, ...] = ()
    """What is no text inside the body, relative to it: .//div[@class='related']"""
    title: tuple[XPath, ...] = ()
    """The headline."""
    subtitles: tuple[XPath, ...] = ()
    """The decks below the headline."""
    published: tuple[XPath, ...] = ()
    """The time of publication, with its label (입력, 승인, 등록) where it has one."""
    modified: tuple[XPath, ...] = ()
    """The time of the last change, with its label (수정)."""
    byline: tuple[XPath, ...] = ()
    """Who wrote it, as printed: "강솔 기자 sol@example.com"."""
    publisher: tuple[XPath, ...] = ()
    """The newspaper's mark on a portal."""
    section: tuple[XPath, ...] = ()
    """The section as printed; of a path such as "홈 > 사회" the last step counts."""
    tags: tuple[XPath, ...] = ()
    """The article's own tags, one each."""
    captions: tuple[XPath, ...] = ()
    """The captions of the article's pictures, one each."""
    print_edition: tuple[XPath, ...] = ()
    """A line about the printed paper ("2013-07-08 27면 05판 사회"); the section in it counts as well."""
    script: Script | None = None
    """Where the text stands only in a script: how it is found there."""
    seen: Seen = "general knowledge"
    """Where this layout was seen. One that was seen on a real page must have a fixture."""


class Furniture(Entry):
    """A furniture rule of this site alone; the fields are those of `boilerplate/rules/*.toml`."""

    id: str
    """The name under which cuts of this rule stand in the record: KEY-what-it-is."""
    zones: tuple[Literal["top", "head", "body", "tail", "foot"], ...]
    """Where on the page it may fire."""
    pattern: str
    """A regular expression that the whole line matches, after folding and in lower case."""
    takes: Literal["line", "run", "rest"] = "line"
    """What it takes: the line, the run of short lines that begins with it, or everything from it on."""
    max: int = 80
    """The longest line in characters that it may take."""
    sentence: bool = False
    """Whether the line may be a sentence; other rules never take one."""
    why: str
    """What the line is, and where and when it was seen."""
    drops: tuple[str, ...] = ()
    """Lines that it removes, in their real form."""
    keeps: tuple[str, ...] = ()
    """Near misses that it spares."""


class Profile(Entry):
    """What is known of one publisher, portal or CMS family."""

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    """The short name on the command line; equals the file's name."""
    name: str
    """The name as the site prints it."""
    name_en: str | None = None
    """The English name."""
    also: tuple[str, ...] = ()
    """Other forms in which its name is printed, former names too."""
    role: Literal["publisher", "portal", "archive", "family"] = "publisher"
    """A publisher makes its articles; portals and archives show those of others; a family is a CMS of many."""
    group: str | None = None
    """Which kind of house it is: wire, national, broadcaster, business, regional, ..."""
    family: str | None = None
    """The CMS family whose layouts, addresses and furniture count besides its own: ndsoft, arc, ..."""
    language: str = "ko"
    """The language of its articles (ISO 639-1)."""
    domains: tuple[str, ...] = ()
    """Its hosts, old ones too; each stands for all hosts below it. The first is named in the records."""
    identity: Identity = Identity()
    """Which addresses are articles."""
    crawl: Crawl = Crawl()
    """Where new articles are listed."""
    fetch: Fetch = Fetch()
    """Another way to articles whose page comes without text."""
    layouts: tuple[Layout, ...] = ()
    """How its pages are read, the newest first."""
    furniture: tuple[Furniture, ...] = ()
    """Lines that are no news on this site alone."""
    notes: str | None = None
    """What a reader of this file should know: charset, robots and terms, traps."""

    @model_validator(mode="after")
    def _addresses_can_be_made(self) -> Profile:
        """Every name in a format string is a group of an address pattern, or `host`."""
        found = {name for pattern in self.identity.urls for name in re.compile(pattern).groupindex}
        for field, text in (("identity.canonical", self.identity.canonical), ("fetch.alternate", self.fetch.alternate)):
            if text is None or (field == "fetch.alternate" and not text.startswith("http")):
                continue
            try:
                names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
            except ValueError as error:
                raise wrong(field, f"no format string: {text!r} ({error})") from error
            # A site without patterns of its own has its family's.
            unknown = names - found - {"host"} if found else {name for name in names if not name.isidentifier()}
            if unknown:
                raise wrong(field, f"{{{min(unknown)}}} is no group of identity.urls")
        return self


def profile_schema() -> str:
    """JSON Schema of profiles as text, as committed in `profile.schema.json`."""
    return json.dumps(Profile.model_json_schema(), ensure_ascii=False, indent=1)
