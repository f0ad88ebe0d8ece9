"""Identity: the stable id of an article, and the two digests that tell equal and similar texts."""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

from newsscrape.korean.characters import letters
from newsscrape.sites import Site

_HOST_PREFIX = re.compile(r"^(?:www|m|mobile|amp|news|mnews)\d?\.")
_NUMBER_KEYS = (
    "idxno",
    "arcid",
    "artid",
    "art_id",
    "newsid",
    "news_id",
    "article_no",
    "aid",
    "ud",
    "key",
    "ncd",
    "no",
    "num",
    "id",
    "uid",
)
# About every twelfth letter of Korean text is one of these syllables; e serves other languages.
_ANCHORED = re.compile(r"(?=([다의에는e].{4}))")
_SKETCH = 16


def article_id(
    url: str | None,
    site: Site | None,
    *,
    publisher: str | None,
    title: str | None,
    published: datetime | None,
    text: str,
) -> str:
    """The stable id: "yna:AKR2026..." by host and article number, else by publisher, title and day.

    Mobile, AMP, section and tracking variants of one article have one id.
    """
    if url and urlsplit(url).scheme in ("http", "https"):
        number = site.identity(url) if site is not None else None
        host = (urlsplit(url).hostname or "").lower()
        if number:
            owner = site.key if site is not None and site.profile.domains else _HOST_PREFIX.sub("", host)
            return f"{owner}:{number}"
        return f"{_HOST_PREFIX.sub('', host)}:{_number(url)}"
    day = published.date().isoformat() if published else ""
    said = f"{publisher or ''}|{letters(title or '')}|{day}" if title else letters(text)
    return "text:" + hashlib.sha256(said.encode()).hexdigest()[:24]


def _number(url: str) -> str:
    """What in an unknown site's address names the article: a usual parameter, else the path."""
    parts = urlsplit(url)
    query = {key.lower(): value for key, value in parse_qsl(parts.query)}
    found = [f"{key}={query[key]}" for key in _NUMBER_KEYS if query.get(key)]
    path = re.sub(r"/(?:amp|mobile)(?=/|$)|\.amp$", "", parts.path).rstrip("/")
    if found:
        return f"{path}?{'&'.join(found)}"
    return path + (f"?{parts.query}" if parts.query and len(path) < 8 else "")


def content_hash(title: str | None, flat: str) -> str:
    """Digest of the letters of title and text: equal where only spacing, quotes or furniture differ.

    `flat` are the letters of the text (`korean.characters.letters`).
    """
    return hashlib.sha256((letters(title or "") + flat).encode()).hexdigest()[:32]


def fingerprint(flat: str) -> str:
    """Near-duplicate signature: the 16 smallest CRC-32 values of the text's anchored shingles, in hexadecimal.

    A shingle is five letters (blanks and punctuation do not count) that begin with a frequent one, so
    that two texts are cut alike wherever they agree; the overlap of two signatures estimates how much
    the texts share (a bottom-k sketch). `flat` are the letters of the text.
    """
    values = sorted(set(map(zlib.crc32, map(str.encode, _ANCHORED.findall(flat)))))[:_SKETCH]
    return struct.pack(f">{len(values)}I", *values).hex()
