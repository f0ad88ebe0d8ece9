"""The shape of a site's TOML profile: what we know of one publisher, portal or CMS family, as data.

A profile says how the site is called, which hosts and article addresses are its own, where new
articles are listed, and how its page layouts are recognised and read. All selectors are XPath 1.0.
Anything left out is left to the general sources (JSON-LD, meta tags, markup), which speak on every page.
"""

from __future__ import annotations

from typing import Annotated, Literal

import lxml.etree
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from newsscrape.article import SectionCode

Seen = Literal["real page", "public code", "general knowledge"]


class Entry(BaseModel):
    """A table of the file; keys that the schema does not know are errors, so that a typo is found."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _compiles(expression: str) -> str:
    try:
        lxml.etree.XPath(expression)
    except lxml.etree.XPathSyntaxError as error:
        raise ValueError(f"no XPath: {expression!r} ({error})") from error
    return expression


XPath = Annotated[str, AfterValidator(_compiles)]


class Identity(Entry):
    """Which addresses are articles, and the number in them that makes the id.

    `urls` are regular expressions, searched in "path?query" and tried in order; the group `id` is the
    article's number. `canonical` is a format string in which `{id}` and other named groups stand for
    what was found. `keep` are query parameters that belong to the identity.
    """

    urls: tuple[str, ...] = ()
    canonical: str | None = None
    keep: tuple[str, ...] = ()


class Section(Entry):
    """A list page: where its article links are, and the way to its next page."""

    name: str
    url: str
    code: SectionCode | None = None
    links: XPath = "//a/@href"
    next: XPath | None = None


class Crawl(Entry):
    """Where new articles are listed, and how gently to ask (seconds between requests to the host)."""

    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    delay: float | None = None


class Script(Entry):
    """A body (and fields) that only a script holds.

    `start` is the text after which the JSON value begins (`Fusion.globalContent=`), or `key` the name
    of a JSON string wherever it stands in the page's scripts, escaped or not (`contentHtml`). Paths
    are dotted names; `name[]` goes through a list and `name[type=text]` through its members whose
    `type` is `text`: `content_elements[type=text].content`.
    """

    start: str | None = None
    key: str | None = None
    body: str = ""
    title: str | None = None
    subtitles: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: str | None = None
    section: str | None = None
    tags: str | None = None
    publisher: str | None = None


class Layout(Entry):
    """One layout of the site's article pages, recognised by what the page holds (`when`), never by date.

    `body` names the element that holds the text and `drop` what is no text inside it (relative to it).
    The others are asked in order until one says something. `print_edition` is a line about the printed
    paper ("2013-07-08 27면 05판 사회"); the section in it counts as well.
    """

    name: str
    when: XPath | None = None
    body: tuple[XPath, ...] = ()
    drop: tuple[XPath, ...] = ()
    title: tuple[XPath, ...] = ()
    subtitles: tuple[XPath, ...] = ()
    published: tuple[XPath, ...] = ()
    modified: tuple[XPath, ...] = ()
    byline: tuple[XPath, ...] = ()
    publisher: tuple[XPath, ...] = ()
    section: tuple[XPath, ...] = ()
    tags: tuple[XPath, ...] = ()
    captions: tuple[XPath, ...] = ()
    print_edition: tuple[XPath, ...] = ()
    script: Script | None = None
    seen: Seen = "general knowledge"


class Furniture(Entry):
    """A furniture rule of this site alone; the fields are those of `boilerplate/rules/*.toml`."""

    id: str
    zones: tuple[Literal["top", "head", "body", "tail", "foot"], ...]
    pattern: str
    takes: Literal["line", "run", "rest"] = "line"
    sentence: bool = False
    why: str
    drops: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()


class Profile(Entry):
    """One site. `key` is its short name on the command line and equals the file's name."""

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    name: str
    name_en: str | None = None
    also: tuple[str, ...] = ()
    role: Literal["publisher", "portal", "archive", "family"] = "publisher"
    group: str | None = None
    family: str | None = None
    language: str = "ko"
    domains: tuple[str, ...] = ()
    identity: Identity = Identity()
    crawl: Crawl = Crawl()
    layouts: tuple[Layout, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    notes: str | None = None
