"""The smaller fields that one source simply says: section, tags, language, access, addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from newsscrape.article import Access
from newsscrape.candidates.candidate import Candidates
from newsscrape.fields.resolved import Resolved
from newsscrape.korean.characters import hangul_share
from newsscrape.korean.rights import reserves_ai_use
from newsscrape.page import names_host
from newsscrape.sites import Site

_CODE = re.compile(r"[A-Z]?\d+(?:[A-Z]\d+)*|[a-z]*\d{3,}")  # "S1N6" (ND Soft), "100": a section's number says nothing
_SAMPLE = 300  # letters are enough to tell a language
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|cm|ref|referer|sns|spm|input|section|cid|mode|mid|sid\d?|type|rtn|ssn|from|outlink|lfrom|cs)$",
    re.IGNORECASE,
)
# Parameters that name an article on Korean sites; never dropped, whatever else is.
_IDENTITY = frozenset(
    [
        "idxno",
        "arcid",
        "artid",
        "art_id",
        "aid",
        "oid",
        "newsid",
        "news_id",
        "key",
        "no",
        "ud",
        "ncd",
        "code",
        "num",
        "uid",
        "id",
        "ar_id",
        "cntn_cd",
        "article_no",
        "articleid",
        "publishid",
        "pk_no",
        "seq",
        "seq_code",
        "idx",
        "bbsid",
        "contid",
        "gno",
        "sno",
        "nid",
        "pageid",
        "command",
        "newsidx",
    ]
)


def section(candidates: Candidates) -> Resolved[str] | None:
    """The section as printed; a section that is really a menu path keeps its last step."""
    for candidate in candidates.of("section", "profile", "lines", "script", "receipt", "jsonld", "meta", "around"):
        text = re.split(r"\s*[>›|]\s*", str(candidate.value))[-1].strip()
        if 0 < len(text) <= 20 and not _CODE.fullmatch(text):
            return Resolved(text, candidate.source, candidate.raw)
    return None


def tags(candidates: Candidates) -> Resolved[tuple[str, ...]] | None:
    """The article's own tags; the `keywords` meta tag is no source, it names the site on most pages."""
    for source in ("profile", "lines", "script", "receipt", "meta", "jsonld"):
        found = [str(c.value).strip().lstrip("#").strip() for c in candidates.of("tags", source)]
        kept = tuple(dict.fromkeys(tag for tag in found if 0 < len(tag) <= 40))
        if kept:
            return Resolved(kept, source)
    return None


def language(candidates: Candidates, text: str, default: str = "ko") -> str:
    """ISO 639-1 code by the letters of the text, not by the page's shell, which stays Korean on English pages."""
    sample = text[:_SAMPLE]
    if text and hangul_share(sample) < 0.2:
        for candidate in candidates.of("language", "jsonld"):
            code = str(candidate.value)[:2].lower()
            if code.isalpha() and code != "ko":
                return code
        ascii_share = sum(letter.isascii() for letter in sample) / len(sample)
        return "en" if ascii_share > 0.8 else default
    return "ko" if text else default


def access(candidates: Candidates, truncated: bool) -> Access:
    """Whether the text can be read by everybody, in part, or only by members."""
    for candidate in candidates.of("access", "jsonld"):
        if candidate.value is False:
            return "partial" if truncated else "paywalled"
    return "partial" if truncated else "free"


def canonical_url(url: str | None, candidates: Candidates, site: Site | None) -> Resolved[str] | None:
    """The identity address: the profile's form, else the canonical link on the same host, else the address cleaned.

    Of a page that came without an address, or with a path alone, it is the one that the page gives as its own.
    """
    if not names_host(url):
        said = next((c for c in candidates.of("canonical_url") if "//" in c.value), None)
        if said is None:
            return Resolved(without_tracking(url), "url") if url else None
        form = site.canonical(said.value) if site is not None and site.owns(said.value) else None
        return Resolved(form or said.value, said.source)
    if site is not None:
        own = site.canonical(url)
        if own is not None:
            return Resolved(own, "profile")
    host = urlsplit(url).hostname
    for candidate in candidates.of("canonical_url", "link:canonical", "meta:og:url", "jsonld"):
        target = urljoin(url, candidate.value)
        parts = urlsplit(target)
        if parts.scheme in ("http", "https") and parts.hostname == host and (len(parts.path) > 1 or parts.query):
            return Resolved(target, candidate.source)
    return Resolved(without_tracking(url), "url")


def without_tracking(url: str) -> str:
    """An address without fragment and tracking parameters; parameters that name an article always stay."""
    parts = urlsplit(url)
    if not parts.query:
        return parts._replace(fragment="").geturl()
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if key.lower() in _IDENTITY or not _TRACKING.match(key)
    ]
    return parts._replace(query=urlencode(kept), fragment="").geturl()


def ai_reserved(copyright_line: str | None, robots: Sequence[str], tdm: Sequence[str]) -> bool:
    """Whether the page reserves AI use: in its copyright line, meta robots (noai) or tdm-reservation."""
    if copyright_line and reserves_ai_use(copyright_line):
        return True
    return any("noai" in value.lower() for value in robots) or "1" in tdm


def restrictions(robots: Sequence[str]) -> tuple[str, ...]:
    """The directives of robots tags that restrict (noindex, nosnippet, unavailable_after: ...), each once.

    What they allow, or say of the size of previews, is left out. Directives:
    https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag; noai, noimageai: DeviantArt, 2022.
    """
    said = (part.strip().lower() for value in robots for part in value.split(","))
    return tuple(dict.fromkeys(part for part in said if part.startswith(("no", "unavailable_after"))))
