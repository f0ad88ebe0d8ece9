"""Naver's search API for news (뉴스 검색): requests to send, answers to read; no I/O.

Documented at https://developers.naver.com/docs/serviceapi/search/news/news.md and, for the API HUB of
Naver Cloud, https://api.ncloud-docs.com/docs/naver-api-hub-search-news. Both answer alike and allow
25,000 calls a day, 100 results a call and the first 1,000 results of a query. They differ in address and
header names: keys of the one are refused by the other. The Developers Center has given out no new keys
since 31 July 2026, and its own work until 30 June 2027 (its notice; guide:
https://guide.ncloud-docs.com/docs/apihub-migration).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import orjson

from newsscrape.errors import ParseError

from .addresses import address_in
from .search_entry import SearchEntry

DEVELOPERS_CENTER = "https://openapi.naver.com/v1/search/news.json"
API_HUB = "https://naverapihub.apigw.ntruss.com/search/v1/news"
MAX_DISPLAY = 100
MAX_START = 1000
SORTS = ("date", "sim")  # newest first; nearest to the query first

_HUB_DOMAIN = "ntruss.com"
_BOLD = re.compile(r"</?b>")
# Only with its semicolon: html.unescape() also turns "&sectionId=3" into "§ionId=3".
_ENTITY = re.compile(r"&(?:[a-zA-Z]\w*|#\d+|#[xX][0-9a-fA-F]+);")
_WRONG_KEYS = (
    "the keys are wrong, or their application may not use the search API; compare Client ID and Client Secret "
    "with the console, and mind that keys of the Developers Center and of the API HUB work only at their own address"
)
_NO_CALLS_LEFT = "today's 25,000 calls of this key are used up; go on after midnight in Korea (KST)"
_TOO_FAST = "the calls came too fast; wait a second and send this one again"
# By error code. Three digits and fewer letters: the gateways (010, 012 and 024 of the Developers Center,
# https://developers.naver.com/docs/common/openapiguide/errorcode.md; 200 and more of Naver Cloud,
# https://api.ncloud-docs.com/docs/common-naverapi-naverapi); SE..: the search itself.
_BY_CODE = {
    "010": _NO_CALLS_LEFT,
    "012": _TOO_FAST,
    "024": _WRONG_KEYS,
    "200": _WRONG_KEYS,
    "210": "the application may not use the search API; add it in the console",
    "400": _NO_CALLS_LEFT,
    "410": _TOO_FAST,
    "420": _TOO_FAST,
    "SE01": "the request is wrong; look at the query",
    "SE02": f"the request is wrong: display must be 1 to {MAX_DISPLAY}",
    "SE03": f"the request is wrong: start must be 1 to {MAX_START}",
    "SE04": "the request is wrong: sort must be date or sim",
    "SE05": "there is no such API; look at the address",
    "SE06": "the query is not in UTF-8",
}
_BY_STATUS = {
    400: "the request is wrong; look at the query",
    401: _WRONG_KEYS,
    403: "the call is not allowed; use https, and add the search API to the application in the console",
    404: "there is no such API; look at the address",
    429: f"{_NO_CALLS_LEFT}; or they came too fast",
}


@dataclass(frozen=True, slots=True)
class NaverResults:
    """One answer: its entries, how many results there are in all, and where the next page starts.

    `next_start` is None where no further page can be had: at the end, or at the thousandth result.
    """

    entries: tuple[SearchEntry, ...]
    total: int
    next_start: int | None


def request_url(
    query: str, start: int = 1, *, display: int = MAX_DISPLAY, sort: str = "date", base: str = DEVELOPERS_CENTER
) -> str:
    """The address of one page of results, from result `start` (1 to 1,000) on.

    `base` is `DEVELOPERS_CENTER` or `API_HUB`. Raises `ValueError` for what Naver would refuse.
    """
    if not query.strip():
        raise ValueError("the query is empty")
    if not 1 <= start <= MAX_START:
        raise ValueError(f"start must be 1 to {MAX_START}, not {start}")
    if not 1 <= display <= MAX_DISPLAY:
        raise ValueError(f"display must be 1 to {MAX_DISPLAY}, not {display}")
    if sort not in SORTS:
        raise ValueError(f"sort must be {' or '.join(SORTS)}, not {sort!r}")
    return f"{base}?{urlencode({'query': query.strip(), 'display': display, 'start': start, 'sort': sort})}"


def headers(client_id: str, client_secret: str, *, base: str = DEVELOPERS_CENTER) -> dict[str, str]:
    """The headers that carry the keys; their names depend on the service that `base` belongs to."""
    if (urlsplit(base).hostname or "").endswith(_HUB_DOMAIN):
        return {"X-NCP-APIGW-API-KEY-ID": client_id, "X-NCP-APIGW-API-KEY": client_secret}
    return {"X-Naver-Client-Id": client_id, "X-Naver-Client-Secret": client_secret}


def read_results(body: bytes, *, url: str | None = None) -> NaverResults:
    """The results in an answer; those without any address are left out.

    `url` is the request's, for messages. Raises `ParseError` where this is no answer of the API; an error
    that comes with status 200 is told in the words of `read_error`.
    """
    answer = _json(body)
    if not isinstance(answer, dict):
        raise ParseError("this is no answer of Naver's search API", url=url)
    items = answer.get("items")
    if not isinstance(items, list):
        raise ParseError(read_error(200, body), url=url)
    start, total = _whole(answer.get("start")), _whole(answer.get("total"))
    following = start + len(items)
    more = items and start and following <= min(total, MAX_START)
    entries = (_entry(item) for item in items if isinstance(item, dict))
    return NaverResults(tuple(entry for entry in entries if entry), total, following if more else None)


def read_error(status: int, body: bytes) -> str:
    """What an answer with an HTTP error means and what to do, with Naver's own words at the end."""
    code, message = _error(_json(body))
    advice = _BY_CODE.get(code) or _BY_STATUS.get(status)
    if advice is None:
        advice = "Naver's server failed; try again later" if status >= 500 else "this is no answer of the search API"
    said = " ".join(f"{message} ({code})".split()) if message and code else message or code
    return f"Naver's search API, status {status}: {advice}" + (f" [{said[:200]}]" if said else "")


def _json(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def _error(answer: Any) -> tuple[str, str]:
    """Code and message: {"errorCode", "errorMessage"}, or {"error": {"errorCode", "message"}} of Naver Cloud."""
    if not isinstance(answer, dict):
        return "", ""
    inner = answer.get("error")
    said = inner if isinstance(inner, dict) else answer
    message = said.get("errorMessage") or said.get("message")
    return str(said.get("errorCode") or ""), message if isinstance(message, str) else ""


def _entry(item: dict[str, Any]) -> SearchEntry | None:
    original, link = _address(item.get("originallink")), _address(item.get("link"))
    own = next((address for address in (original, link) if address and not _is_naver(address)), "")
    url = own or link or original
    if not url:
        return None
    published = item.get("pubDate")
    return SearchEntry(
        url=url,
        link=link or url,
        on_portal=not own,
        title=_plain(item.get("title")),
        published=published.strip() or None if isinstance(published, str) else None,
    )


def _address(link: object) -> str:
    """A link with its entities read (&amp;); "" where it is no address."""
    return address_in(_ENTITY.sub(lambda found: html.unescape(found[0]), link)) if isinstance(link, str) else ""


def _is_naver(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return host == "naver.com" or host.endswith(".naver.com")


def _plain(title: object) -> str:
    """A title without the <b> around the query's words, its entities read."""
    return " ".join(html.unescape(_BOLD.sub("", title)).split()) if isinstance(title, str) else ""


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
