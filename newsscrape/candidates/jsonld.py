"""What the page's JSON-LD says: schema.org NewsArticle and its kin, read tolerantly.

Faults met on Korean pages and mended here: raw line breaks inside strings, a trailing semicolon,
HTML comments and CDATA marks around the JSON, `//` comments (seen 2016 to 2025). What stays broken
is reported as a `warnings` candidate and the other sources speak.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import orjson

from newsscrape.candidates.candidate import Candidate, Candidates
from newsscrape.candidates.lines import read_lines
from newsscrape.candidates.reading import Reading
from newsscrape.candidates.whole import Whole
from newsscrape.parse import parse

SOURCE = "jsonld"
_ARTICLE_TYPES = frozenset(
    {
        "NewsArticle",
        "Article",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BackgroundNewsArticle",
        "ReviewNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "VideoObject",
    }
)
# Portals name themselves as `publisher` and the paper as `provider` (MSN).
_HOUSES = ("publisher", "provider", "sourceOrganization")
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$")
_COMMENT = re.compile(r"""(?:^|(?<=[\]}",\d]))[ \t]*//[^"\n]*$""", re.MULTILINE)
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
# record field (or helper of one) <- schema.org property
_TEXT_PROPERTIES = {
    "headline": "title",
    "alternativeHeadline": "subtitles",
    "datePublished": "published_at",
    "uploadDate": "published_at",
    "dateModified": "modified_at",
    "articleSection": "section",
    "articleBody": "body_text",
    "description": "description",
    "inLanguage": "language",
    "copyrightNotice": "rights",
    "license": "license",
}


def collect(page: Whole) -> Iterator[Candidate]:
    """Candidates from every article-like object of the page's JSON-LD."""
    for script in page.index.of("script"):
        text = script.text if "ld+json" in (script.get("type") or "").lower() else None
        if not text or text.isspace():
            continue
        data = _loads(text)
        if data is None:
            yield Candidate("warnings", "the page's JSON-LD is broken and was not read", SOURCE)
            continue
        for thing in _things(data):
            if _ARTICLE_TYPES & set(_types(thing)):
                yield from _of_article(thing)


def body(candidates: Candidates) -> Reading | None:
    """The text that JSON-LD tells as `articleBody`, for pages that hold it nowhere else (filled by a script)."""
    for candidate in candidates.of("body_text", SOURCE):
        lines = [line for line in re.split(r"\n|<br\s*/?>", candidate.value) if line.strip()]
        markup = candidate.value if "<p" in candidate.value else "".join(f"<p>{line}</p>" for line in lines)
        content = parse(f"<body>{markup}</body>")
        return read_lines(content)
    return None


def _loads(text: str) -> Any:
    with suppress(orjson.JSONDecodeError):
        return orjson.loads(text)  # most are sound, and it is five times as fast
    with suppress(ValueError, RecursionError):
        return json.loads(text, strict=False)  # line breaks in strings are what is wrong most often
    cleaned = text
    for _ in range(3):
        cleaned = _WRAPPING.sub("", cleaned).strip()
    try:
        return json.loads(cleaned, strict=False)
    except (ValueError, RecursionError):
        mended = _TRAILING_COMMA.sub(r"\1", _COMMENT.sub("", cleaned))
    try:
        return json.loads(mended, strict=False)
    except (ValueError, RecursionError):
        return None


def _things(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """All objects of the graph that could be articles; nesting is bounded."""
    if depth > 6:
        return
    if isinstance(data, list):
        for part in data:
            yield from _things(part, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(data.get(key), (list, dict)):
                yield from _things(data[key], depth + 1)


def _types(thing: dict[str, Any]) -> list[str]:
    found = thing.get("@type")
    return [str(t) for t in found] if isinstance(found, list) else [str(found)]


def _of_article(thing: dict[str, Any]) -> Iterator[Candidate]:
    video = _types(thing) == ["VideoObject"]
    source = f"{SOURCE}:video" if video else SOURCE
    for key, field in _TEXT_PROPERTIES.items():
        for text in _texts(thing.get(key)):
            yield Candidate(field, text, source, text)
    if video:
        for text in _texts(thing.get("name")):
            yield Candidate("title", text, source, text)
        return
    for text in _texts(thing.get("author")) + _texts(thing.get("creator")):
        yield Candidate("authors", text, source, text)
    for key in _HOUSES:
        for text in _texts(thing.get(key))[:1]:
            yield Candidate("publisher", text, source, text)
    for text in _texts(thing.get("keywords")):
        for tag in re.split(r"\s*[,#]\s*", text):
            if tag:
                yield Candidate("tags", tag, source, text)
    for url in _urls(thing.get("image")):
        yield Candidate("images", url, source, url)
    for url in _urls(thing.get("mainEntityOfPage"))[:1] or _urls(thing.get("url"))[:1]:
        yield Candidate("canonical_url", url, source, url)
    free = thing.get("isAccessibleForFree")
    if free is not None:
        yield Candidate("access", str(free).lower() not in ("false", "0"), source, str(free))


def _texts(value: Any) -> list[str]:
    """Texts of a property that may be a string, an object with a name, or a list of them."""
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    if isinstance(value, dict):
        return _texts(value.get("name"))
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        text = html.unescape(str(value)).strip()
        return [text] if text else []
    return []


def _urls(value: Any) -> list[str]:
    if isinstance(value, list):
        return [url for part in value for url in _urls(part)]
    if isinstance(value, dict):
        return _urls(value.get("url") or value.get("@id") or value.get("contentUrl"))
    return [value.strip()] if isinstance(value, str) and value.strip() else []
