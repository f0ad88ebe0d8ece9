"""News searches: requests as Naver and Google want them, answers as they send them, and what is none."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsscrape.discovery import google_news, naver
from newsscrape.discovery.google_news import publisher_link
from newsscrape.discovery.since import KST
from newsscrape.errors import EmptyPage, NewsscrapeError, PageError, ParseError

URL = "https://openapi.naver.com/v1/search/news.json?query=x"


def answer(*items: dict[str, Any], total: int = 3, start: int = 1, **more: Any) -> bytes:
    known = {"lastBuildDate": "Mon, 03 Nov 2025 10:00:00 +0900", "total": total, "start": start, "display": len(items)}
    return json.dumps({**known, "items": items, **more}).encode()


ITEM = {
    "title": "한빛시 <b>새 다리</b> &quot;4월 개통&quot; &lt;종합&gt;",
    "originallink": "http://www.hanbit.test/news/view?id=1&amp;sectionId=3",
    "link": "https://n.news.naver.com/mnews/article/999/0000000001?sid=102",
    "description": "한빛시가 <b>다리</b>를 놓는다.",
    "pubDate": "Mon, 03 Nov 2025 09:12:00 +0900",
}


def first(item: dict[str, Any]) -> Any:
    return naver.read_results(answer(item), url=URL).entries[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "http://www.hanbit.test/news/view?id=1&sectionId=3"),
        ("link", "https://n.news.naver.com/mnews/article/999/0000000001?sid=102"),
        ("on_portal", False),
        ("title", '한빛시 새 다리 "4월 개통" <종합>'),
        ("published", "Mon, 03 Nov 2025 09:12:00 +0900"),
    ],
)
def test_naver_fields(field: str, value: object) -> None:
    assert getattr(first(ITEM), field) == value


@pytest.mark.parametrize(
    ("links", "url", "on_portal"),
    [
        pytest.param({"originallink": ""}, ITEM["link"], True, id="no-original"),
        pytest.param({"originallink": None}, ITEM["link"], True, id="null"),
        pytest.param({"originallink": "https://naver.com/x"}, ITEM["link"], True, id="original-is-the-portal"),
        pytest.param({"originallink": "http://notnaver.com/1"}, "http://notnaver.com/1", False, id="a-name-alike"),
        pytest.param({"originallink": "", "link": "http://h.test/1"}, "http://h.test/1", False, id="link-is-the-paper's"),
        pytest.param({"originallink": "http://h.test/1", "link": ""}, "http://h.test/1", False, id="original-only"),
        pytest.param({"originallink": "http://h.test/1?a&copy=2"}, "http://h.test/1?a&copy=2", False, id="no-entity"),
        pytest.param({"originallink": "h.test/1"}, ITEM["link"], True, id="no-address"),
    ],
)  # fmt: skip
def test_naver_prefers_the_publishers_page(links: dict[str, Any], url: str, on_portal: bool) -> None:
    entry = first({**ITEM, **links})
    assert (entry.url, entry.on_portal) == (url, on_portal)


def test_naver_results_without_address_are_left_out() -> None:
    found = naver.read_results(answer({"title": "주소 없음"}, ITEM, total=2))
    assert [entry.on_portal for entry in found.entries] == [False]
    assert found.total == 2


@pytest.mark.parametrize(
    ("start", "items", "total", "following"),
    [
        pytest.param(1, 100, 250, 101, id="first"),
        pytest.param(101, 100, 201, 201, id="one-more"),
        pytest.param(201, 50, 250, None, id="last"),
        pytest.param(901, 100, 90_000, None, id="thousand"),
        pytest.param(900, 100, 90_000, 1000, id="thousandth"),
        pytest.param(1, 0, 0, None, id="nothing-found"),
        pytest.param(101, 0, 250, None, id="promised-but-empty"),
    ],
)
def test_naver_pages_end_at_the_thousandth_result(start: int, items: int, total: int, following: int | None) -> None:
    assert naver.read_results(answer(*[ITEM] * items, total=total, start=start)).next_start == following


def test_naver_request() -> None:
    url = naver.request_url(" 새 다리 & 강 ", 101)
    assert url.startswith("https://openapi.naver.com/v1/search/news.json?")
    assert parse_qs(urlsplit(url).query) == {
        "query": ["새 다리 & 강"],
        "display": ["100"],
        "start": ["101"],
        "sort": ["date"],
    }


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"query": " "}, "query"),
        ({"start": 0}, "start"),
        ({"start": 1001}, "start"),
        ({"display": 101}, "display"),
        ({"sort": "asc"}, "sort"),
    ],
)
def test_naver_requests_that_would_be_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        naver.request_url(**{"query": "다리", "start": 1, **wrong})


@pytest.mark.parametrize(
    ("base", "names"),
    [
        (naver.DEVELOPERS_CENTER, ["X-Naver-Client-Id", "X-Naver-Client-Secret"]),
        (naver.API_HUB, ["X-NCP-APIGW-API-KEY-ID", "X-NCP-APIGW-API-KEY"]),
        ("http://127.0.0.1:8000/news", ["X-Naver-Client-Id", "X-Naver-Client-Secret"]),
    ],
)
def test_naver_keys_go_into_the_headers_of_their_service(base: str, names: list[str]) -> None:
    assert naver.headers("id", "secret", base=base) == dict(zip(names, ["id", "secret"], strict=True))


def old(code: str, message: str) -> bytes:
    return json.dumps({"errorMessage": message, "errorCode": code}).encode()


def hub(code: str, message: str) -> bytes:
    return json.dumps({"error": {"errorCode": code, "message": message, "details": ""}}).encode()


ERRORS = [
    pytest.param(401, old("024", "Not Exist Client ID"), "compare Client ID", id="keys"),
    pytest.param(401, hub("200", "Authentication Failed"), "compare Client ID", id="keys-hub"),
    pytest.param(401, hub("210", "Permission Denied"), "add it in the console", id="permission-hub"),
    pytest.param(429, old("010", "Query limit exceeded."), "midnight in Korea", id="quota"),
    pytest.param(429, hub("400", "Quota Exceeded"), "midnight in Korea", id="quota-hub"),
    pytest.param(429, old("012", "Rate limit exceeded."), "too fast; wait", id="rate"),
    pytest.param(429, hub("410", "Throttle Limited"), "too fast; wait", id="rate-hub"),
    pytest.param(429, b"", "used up.*or they came too fast", id="429-without-words"),
    pytest.param(400, old("SE03", "Invalid start value"), "1 to 1000", id="start"),
    pytest.param(403, old("", "Forbidden"), "https", id="forbidden"),
    pytest.param(404, b"<html>404</html>", "no such API", id="404"),
    pytest.param(500, old("SE99", "System Error"), "try again later", id="500"),
    pytest.param(503, b"\xff\xfe", "try again later", id="503"),
    pytest.param(302, b"", "no answer of the search API", id="anything-else"),
]


@pytest.mark.parametrize(("status", "body", "said"), ERRORS)
def test_naver_errors_say_what_to_do(status: int, body: bytes, said: str) -> None:
    words = naver.read_error(status, body)
    assert re.search(said, words)
    assert str(status) in words
    assert "\n" not in words


def test_naver_errors_keep_navers_own_words() -> None:
    assert naver.read_error(401, old("024", "Not Exist\nClient ID")).endswith("[Not Exist Client ID (024)]")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param(b"", "no answer", id="nothing"),
        pytest.param(b"<rss/>", "no answer", id="xml"),
        pytest.param(b"[]", "no answer", id="list"),
        pytest.param(b'{"items": {}}', "no answer", id="no-items"),
        pytest.param(old("024", "Not Exist Client ID"), "compare Client ID", id="error-with-status-200"),
    ],
)
def test_naver_answers_that_are_none(body: bytes, said: str) -> None:
    with pytest.raises(ParseError, match=said) as caught:
        naver.read_results(body, url=URL)
    assert caught.value.url == URL


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*ITEM, "items", "total", "start", "error", "errorCode"]), inner),
    max_leaves=20,
)  # fmt: skip


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()), st.integers(100, 599))
def test_no_answer_crashes_the_naver_reader(body: bytes, status: int) -> None:
    assert naver.read_error(status, body)
    try:
        naver.read_results(body)
    except NewsscrapeError:
        return


def varint(number: int) -> bytes:
    return bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])


def token(
    held: bytes, *, opening: bytes = b"\x08\x13\x22", length: int | None = None, end: bytes = b"\xd2\x01\x00"
) -> str:
    message = opening + varint(len(held) if length is None else length) + held + end
    return base64.urlsafe_b64encode(message).decode().rstrip("=")


def google(name: str, folder: str = "rss/articles") -> str:
    return f"https://news.google.com/{folder}/{name}?oc=5"


SHORT = b"https://www.hanbit.test/news/1"
LONG = b"https://www.hanbit.test/news/" + b"long-title-" * 40
AMP = b"\xd2\x01" + varint(len(SHORT)) + SHORT


@pytest.mark.parametrize(
    ("link", "held"),
    [
        pytest.param(google(token(SHORT)), SHORT, id="short"),
        pytest.param(google(token(LONG)), LONG, id="length-in-two-bytes"),
        pytest.param(google(token(SHORT, end=AMP)), SHORT, id="with-amp-page"),
        pytest.param(google(token(SHORT, end=b"")), SHORT, id="nothing-behind"),
        pytest.param(google(token(SHORT), "articles"), SHORT, id="without-rss"),
        pytest.param(google(token(SHORT), "read"), SHORT, id="read"),
        pytest.param(google(token(SHORT), "__i/rss/rd/articles"), SHORT, id="redirect"),
        pytest.param(google(token("https://hanbit.test/기사".encode())), "https://hanbit.test/기사".encode(), id="korean"),
    ],
)  # fmt: skip
def test_old_google_links_hold_the_publishers_address(link: str, held: bytes) -> None:
    assert publisher_link(link) == held.decode()


@pytest.mark.parametrize(
    "link",
    [
        pytest.param(google(token(b"AU_yqLNx8vJ0kT7mQzR2")), id="new-token"),
        pytest.param(google(token(SHORT, length=200)), id="cut"),
        pytest.param(google(token(SHORT)[:20]), id="torn"),
        pytest.param(google(token(SHORT, opening=b"\x08\x02\x22")), id="another-message"),
        pytest.param(google(token(b"http://h.test/1 http://h.test/2")), id="two-addresses"),
        pytest.param(google(token(b"javascript:alert(1)")), id="script"),
        pytest.param(google(token(b"https://\xff\xfe.test/")), id="no-utf-8"),
        pytest.param(google("CBMi"), id="opening-only"),
        pytest.param(google("CBMi_____w"), id="length-without-end"),
        pytest.param(google(""), id="no-token"),
        pytest.param(google("한글"), id="no-base64"),
        pytest.param(google(token(b"https://h.test/" + b"a" * 10_000)), id="too-long"),
        pytest.param(google(token(SHORT), "topics"), id="topic"),
        pytest.param(google(token(SHORT)).replace("news.google", "news.goggle"), id="another-host"),
        pytest.param("http://[", id="no-address"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_google_links_are_not_guessed_at(link: str) -> None:
    assert publisher_link(link) is None


@given(st.binary(max_size=80), st.binary(max_size=20))
def test_no_token_crashes_the_google_reader(held: bytes, end: bytes) -> None:
    for name in (token(held, end=end), token(held, length=len(end)), held.decode("latin-1")):
        link = publisher_link(google(name))
        assert link is None or link.startswith(("http://", "https://"))


def feed(*links: str) -> bytes:
    items = "".join(
        f'<item><title>한빛시 새 다리 - 한빛일보</title><link>{link}</link><guid isPermaLink="false">x</guid>'
        "<pubDate>Mon, 03 Nov 2025 00:12:00 GMT</pubDate><description>&lt;a&gt;새 다리&lt;/a&gt;</description>"
        '<source url="https://www.hanbit.test">한빛일보</source></item>'
        for link in links
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>"다리"</title>{items}</channel></rss>'.encode()


NEW = google(token(b"AU_yqLNx8vJ0kT7mQzR2"))


@pytest.mark.parametrize(
    ("link", "url", "on_portal"),
    [
        pytest.param(NEW, NEW, True, id="new"),
        pytest.param(google(token(SHORT)), SHORT.decode(), False, id="old"),
        pytest.param("https://www.hanbit.test/1", "https://www.hanbit.test/1", False, id="direct"),
    ],
)
def test_google_results(link: str, url: str, on_portal: bool) -> None:
    entry = google_news.read_results(feed(link))[0]
    assert (entry.url, entry.link, entry.on_portal) == (url, link, on_portal)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "한빛시 새 다리 - 한빛일보"),
        ("published", "Mon, 03 Nov 2025 00:12:00 GMT"),
        ("publisher", "https://www.hanbit.test"),
    ],
)
def test_google_fields(field: str, value: str) -> None:
    assert getattr(google_news.read_results(feed(NEW))[0], field) == value


def test_google_may_name_no_publisher() -> None:
    body = feed(NEW).replace(b' url="https://www.hanbit.test"', b"")
    assert google_news.read_results(body)[0].publisher is None


def test_google_may_find_nothing() -> None:
    assert google_news.read_results(feed()) == []


@pytest.mark.parametrize(
    ("body", "error"), [(b"", EmptyPage), (b"<html><body>429</body></html>", ParseError), (b"\x89PNG", PageError)]
)
def test_google_answers_that_are_none(body: bytes, error: type[PageError]) -> None:
    with pytest.raises(error):
        google_news.read_results(body, url=google_news.SEARCH)


@pytest.mark.parametrize(
    ("days", "query"),
    [
        pytest.param({}, "다리", id="any-time"),
        pytest.param({"since": date(2025, 11, 3)}, "다리 after:2025-11-02", id="since"),
        pytest.param({"since": datetime(2025, 11, 3, 1, tzinfo=KST)}, "다리 after:2025-11-02", id="since-a-moment"),
        pytest.param(
            {"since": date(2025, 11, 1), "until": date(2025, 11, 30)},
            "다리 after:2025-10-31 before:2025-12-01",
            id="between",
        ),
        pytest.param({"since": timedelta(minutes=90)}, "다리 when:2h", id="hours"),
        pytest.param({"since": timedelta(seconds=1)}, "다리 when:1h", id="an-hour-at-least"),
        pytest.param({"since": timedelta(hours=73)}, "다리 when:4d", id="days"),
    ],
)
def test_google_request(days: dict[str, Any], query: str) -> None:
    url = google_news.request_url("다리 ", **days)
    assert url.startswith("https://news.google.com/rss/search?")
    assert parse_qs(urlsplit(url).query) == {"q": [query], "hl": ["ko"], "gl": ["KR"], "ceid": ["KR:ko"]}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: google_news.request_url(" "), "empty"),
        (lambda: google_news.request_url("다리", until=date(2025, 11, 30)), "first day"),
        (lambda: google_news.request_url("다리", since=timedelta(days=2), until=date(2025, 11, 30)), "first day"),
    ],
)
def test_google_requests_that_would_mislead(call: Callable[[], str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()
