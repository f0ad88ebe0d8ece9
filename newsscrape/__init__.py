"""newsscrape reads Korean news pages: clean text, reporters, times and publishers, every cut recorded.

::

    import newsscrape

    article = newsscrape.extract(html_bytes, url="https://...")   # a page
    article = newsscrape.normalize(plain_text)                    # a text dump of a page
    print(article.title, article.text, newsscrape.to_json(article))

    for article in newsscrape.crawl("yna", since="24h"):          # a site, in a process of its own
        ...

    for found in newsscrape.search("실리콘밸리 협약"):              # what crawls have kept
        ...

Nothing heavy is imported until it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsscrape.archive.clusters.showing import find_duplicates
    from newsscrape.archive.search.searching import search
    from newsscrape.article import Article, json_schema, to_json
    from newsscrape.crawling import acrawl, crawl
    from newsscrape.errors import (
        CrawlError,
        DecodeError,
        EmptyPage,
        NewsscrapeError,
        NotAnArticle,
        PageError,
        ParseError,
        QueryError,
    )
    from newsscrape.korean.bylines import parse_byline
    from newsscrape.korean.dates import parse_date
    from newsscrape.read_page import classify, extract
    from newsscrape.read_text import normalize
    from newsscrape.sites import find_site

_HOMES = {
    "Article": "article",
    "CrawlError": "errors",
    "DecodeError": "errors",
    "EmptyPage": "errors",
    "NewsscrapeError": "errors",
    "NotAnArticle": "errors",
    "PageError": "errors",
    "ParseError": "errors",
    "QueryError": "errors",
    "acrawl": "crawling",
    "classify": "read_page",
    "crawl": "crawling",
    "extract": "read_page",
    "find_duplicates": "archive.clusters.showing",
    "find_site": "sites",
    "json_schema": "article",
    "normalize": "read_text",
    "parse_byline": "korean.bylines",
    "parse_date": "korean.dates",
    "search": "archive.search.searching",
    "to_json": "article",
}

__all__ = [
    "Article",
    "CrawlError",
    "DecodeError",
    "EmptyPage",
    "NewsscrapeError",
    "NotAnArticle",
    "PageError",
    "ParseError",
    "QueryError",
    "acrawl",
    "classify",
    "crawl",
    "extract",
    "find_duplicates",
    "find_site",
    "json_schema",
    "normalize",
    "parse_byline",
    "parse_date",
    "search",
    "to_json",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Imports a public name from its room when it is first used (PEP 562)."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'newsscrape' has no attribute {name!r}")
    value = getattr(import_module(f"newsscrape.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
