"""Google News' search as RSS: requests to send, answers to read; no I/O.

Google does not document it; parameters and operators as described at
https://newscatcherapi.com/blog/google-news-rss-search-parameters-the-missing-documentaiton and seen in
many public projects. A feed holds about 100 entries at most. Its <copyright> allows it only "within a
personal feed reader for personal, non-commercial use" (seen 2025); keep to it.

Entries link to Google. Until July 2024 the link held the publisher's address, and such links are read
here. Since then it holds a token that only Google's server can resolve
(https://github.com/SSujitX/google-news-url-decoder/issues/2); nothing is asked and nothing guessed then.
"""

from __future__ import annotations

import base64
from datetime import date, timedelta
from urllib.parse import urlencode, urlsplit

from .addresses import address_in
from .feeds import read_feed
from .search_entry import SearchEntry

SEARCH = "https://news.google.com/rss/search"
_KOREAN = {"hl": "ko", "gl": "KR", "ceid": "KR:ko"}
_HOST = "news.google.com"
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_LONGEST_TOKEN = 8192
# A token is a protocol buffer in base64: field 1 (a number, 19), field 4 (text: the address, or since
# July 2024 "AU_yqL..."), and sometimes field 26 (the AMP page). Every article's token begins "CBMi".
_OPENING = b"\x08\x13\x22"


def request_url(
    query: str, *, since: date | timedelta | None = None, until: date | None = None, base: str = SEARCH
) -> str:
    """The address of the feed of a search in Korean news.

    `since` is a day, or how far back from now; Google knows no hours in days, and not which zone's days it
    means, so both days are widened by one and the caller drops what is too old by its date. `until` goes
    only with a day in `since`: a `before:` alone lets newer articles through (measured November 2026,
    https://dev.to/fetchsmith/google-news-rss-ignored-our-before-date-filter-on-6-of-8-queries-pairing-it-with-after-3ejm).
    Raises `ValueError` where the query is empty or `until` stands without such a day.
    """
    if not query.strip():
        raise ValueError("the query is empty")
    if until is not None and not isinstance(since, date):
        raise ValueError("Google News needs a first day where it is given a last one")
    words = [query.strip()]
    if isinstance(since, timedelta):
        words.append(_when(since))
    elif since is not None:
        words.append(f"after:{_day(since - _DAY)}")
    if until is not None:
        words.append(f"before:{_day(until + _DAY)}")
    return f"{base}?{urlencode({'q': ' '.join(words), **_KOREAN}, safe=':')}"


def read_results(body: bytes, *, url: str | None = None) -> list[SearchEntry]:
    """The results in a feed, in its order.

    A title ends in " - " and the publisher's name, as Google prints it. `url` is the feed's own, for
    messages. Raises as `read_feed` does: `EmptyPage`, `DecodeError`, `ParseError`.
    """
    entries = []
    for entry in read_feed(body, url=url):
        own = entry.url if _host(entry.url) != _HOST else publisher_link(entry.url)
        entries.append(
            SearchEntry(
                url=own or entry.url,
                link=entry.url,
                on_portal=own is None,
                title=entry.title,
                published=entry.published,
                publisher=entry.source,
            )
        )
    return entries


def publisher_link(google_link: str) -> str | None:
    """The publisher's address that an old link of Google News holds.

    None for links since July 2024, whose token holds no address, and for everything else.
    """
    if _host(google_link) != _HOST:
        return None
    folder, _, token = urlsplit(google_link).path.rpartition("/")
    if not folder.endswith(("/articles", "/read")) or len(token) > _LONGEST_TOKEN:
        return None
    try:
        held = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        return address_in(_field_4(held).decode("utf-8")) or None
    except ValueError:  # no base64, no UTF-8
        return None


def _field_4(token: bytes) -> bytes:
    """The text in field 4 of a token, b"" where it is cut or another kind of message."""
    if not token.startswith(_OPENING):
        return b""
    length, place = 0, len(_OPENING)
    for shift in (0, 7):  # seven bits a byte, the lowest first; 16,383 bytes are more than any address has
        if place >= len(token):
            return b""
        byte = token[place]
        length |= (byte & 0x7F) << shift
        place += 1
        if byte < 0x80:
            break
    else:
        return b""
    text = token[place : place + length]
    return text if len(text) == length else b""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _when(back: timedelta) -> str:
    """How far back, rounded up; in hours for three days, since Google does not take hundreds of hours."""
    if back <= 3 * _DAY:
        return f"when:{max(1, -(-back // _HOUR))}h"
    return f"when:{-(-back // _DAY)}d"


def _day(moment: date) -> str:
    return f"{moment:%Y-%m-%d}"
