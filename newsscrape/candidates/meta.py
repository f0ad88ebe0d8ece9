"""What the page's head says: meta tags, the <title>, canonical and alternate links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from newsscrape.candidates.candidate import Candidate
from newsscrape.candidates.whole import Whole
from newsscrape.korean.agencies import is_outlet
from newsscrape.korean.titles import is_label, section_code

SOURCE = "meta"
# Names (property, name or itemprop, lower case) and the field that each one speaks of, in order of trust:
# where two speak of one field, the resolver prefers the one that stands first here.
NAMES = {
    "og:title": "title",
    "twitter:title": "title",
    "dable:title": "title",
    "title": "title",
    "article:published_time": "published_at",
    "og:article:published_time": "published_at",
    "dable:published_time": "published_at",
    "dd:published_time": "published_at",
    "datepublished": "published_at",
    "pubdate": "published_at",
    "og:regdate": "published_at",
    "nate:regdate": "published_at",
    "parsely-pub-date": "published_at",
    "dc.date.issued": "published_at",
    "dc.date": "published_at",
    "date": "published_at",
    "article:modified_time": "modified_at",
    "og:article:modified_time": "modified_at",
    "dd:modified_time": "modified_at",
    "datemodified": "modified_at",
    "og:updated_time": "modified_at",
    "dable:author": "authors",
    "dd:author": "authors",
    "article:author": "authors",
    "author": "authors",
    "byl": "authors",
    "og:article:author": "press",
    "twitter:creator": "press",
    "og:site_name": "publisher",
    "dd:publisher": "publisher",
    "dc.publisher": "publisher",
    "publisher": "publisher",
    "copyright": "rights",
    "article:section": "section",
    "dd:category": "section",
    "article:tag": "tags",
    "news_keywords": "tags",
    "keywords": "keywords",
    "og:image": "images",
    "og:description": "description",
    "description": "description",
    "og:url": "canonical_url",
    "og:type": "page_type",
    "og:locale": "locale",
    "robots": "robots",
    "googlebot": "robots",
    "tdm-reservation": "tdm",
}
_WITH_VALUE = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
_LONGEST_NAME = 16
# Menus of towns and portals whose names end like an outlet's.
_MENUS = frozenset(f"{kind}뉴스" for kind in ("군정", "시정", "구정", "도정", "정책", "포토", "영상", "카드", "주요"))
_WRITER_LABELS = frozenset({"written by", "글쓴이", "작성자"})
_OUR_NAMES = frozenset({"*", "newsscrape"})
_TITLE_PARTS = re.compile(r"\s*(?:\s[-–—:<>]\s|[|｜ㅣ]|:{2})\s*")


def collect(page: Whole) -> Iterator[Candidate]:
    """Candidates from the meta tags, the <title> and the canonical link."""
    found: dict[str, list[str]] = {}
    for tag in page.index.of("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        if name not in NAMES:
            name = name.strip().lower()
        if name in NAMES:
            content = " ".join((tag.get("content") or "").split())
            if content:
                found.setdefault(name, []).append(content)
    for name, field in NAMES.items():
        for content in found.get(name, ()):
            if field == "tags":
                for word in re.split(r"\s*[,|]\s*", content):
                    if word:
                        yield Candidate(field, word, f"{SOURCE}:{name}", content)
            else:
                yield Candidate(field, content, f"{SOURCE}:{name}", content)
    yield from _labelled(page)
    headline = page.tree.find("head/title")
    if headline is not None:
        title = " ".join((headline.text or "").split())
        yield Candidate("title", title, "title-tag", title)
        # "제목 : 사회 : 뉴스 : 한겨레", "제목 - 아시아투데이": the site's name stands at one end.
        for part in title_parts(title):
            if len(part) < _LONGEST_NAME and is_outlet(part) and part not in _MENUS:
                yield Candidate("publisher", part, "title-tag", title)
        for said in found.get("og:title", ())[:1]:
            if rest := _behind(said, title):
                yield Candidate("publisher", rest, "title-rest", title)
    for href in page.index.canonical()[:1]:
        yield Candidate("canonical_url", href.strip(), "link:canonical", href)


def _labelled(page: Whole) -> Iterator[Candidate]:
    """The writer among a card's labelled facts: twitter:label1 "Written by", twitter:data1 the name (Yoast, Ghost)."""
    said = {tag.get("name") or "": (tag.get("content") or "").strip() for tag in page.index.of("meta")}
    for number in "12":
        name = said.get(f"twitter:data{number}")
        if name and said.get(f"twitter:label{number}", "").casefold() in _WRITER_LABELS:
            yield Candidate("authors", name, f"{SOURCE}:twitter:data", name)


def title_parts(title: str) -> tuple[str, ...]:
    """The ends of a <title>, where a site's name may stand: last, first, or all of it."""
    parts = _TITLE_PARTS.split(title)
    return (parts[-1], parts[0]) if len(parts) > 1 else (title,)


def _behind(headline: str, title: str) -> str | None:
    """The site's name behind its headline in a <title>: "제목 : 사설 : 한빛겨레" where og:title says "제목"."""
    rest = title.removeprefix(headline)
    if rest == title or not (marks := list(_TITLE_PARTS.finditer(rest))) or marks[0].start():
        return None
    name = rest[marks[-1].end() :].strip(" :|-")
    return name if 1 < len(name) < _LONGEST_NAME and section_code(name) is None and not is_label(name) else None


def of_headers(headers: Mapping[str, str]) -> Iterator[Candidate]:
    """Candidates from response headers (names in lower case): X-Robots-Tag, the parts that are for every crawler."""
    value = headers.get("x-robots-tag", "")
    other = False
    for part in filter(None, map(str.strip, value.split(","))):
        directive = part
        name, colon, named = part.partition(":")
        if colon and name.strip().lower() not in _WITH_VALUE:  # "googlebot: noindex": for that one, till the next name
            other = name.strip().lower() not in _OUR_NAMES
            directive = named.strip()
        if not other:
            yield Candidate("robots", directive, f"{SOURCE}:x-robots-tag", directive)
