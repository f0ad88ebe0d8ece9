"""The town that crawls are tried against does on the wire what it says."""

from __future__ import annotations

import gzip
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path

import lxml.etree
import pytest
from test_crawl import QUICK, crawl, records
from town import Fault, Paper, Town, TownProcess, chain, faults, loop, pages
from town.paper import Gone

import newsscrape
from newsscrape.discovery.feeds import read_feed
from newsscrape.discovery.sitemaps import read_sitemap
from newsscrape.errors import NewsscrapeError, NotAnArticle

SOON = 5  # seconds after which a socket gives up


@pytest.fixture
def town() -> Iterator[Town]:
    with Town(["hanbit", "nuri"], seed=3) as town:
        town["hanbit"].publish_many(25)
        yield town


@pytest.fixture
def paper(town: Town) -> Paper:
    return town["hanbit"]


class Reader:
    """A connection to a paper that is kept between requests."""

    def __init__(self, port: int, host: str) -> None:
        self.host = host
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SOON)

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        sent = {"Host": self.host, **{name.replace("_", "-"): value for name, value in headers.items()}}
        self.connection.request(method, path, headers=sent)
        response = self.connection.getresponse()
        return response, response.read()


@pytest.fixture
def reader(town: Town, paper: Paper) -> Iterator[Reader]:
    reader = Reader(town.port, f"{paper.host}:{town.port}")
    yield reader
    reader.connection.close()


def raw(town: Town, paper: Paper, path: str) -> bytes:
    """All that comes over a connection of its own until it ends; what comes before a reset is lost."""
    with socket.create_connection(("127.0.0.1", town.port), timeout=SOON) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {paper.host}\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


# What is published


def test_the_same_seed_publishes_the_same_pages() -> None:
    first, second, other = Paper("a", seed=1), Paper("a", seed=1), Paper("a", seed=2)
    bodies = []
    for paper in (first, second, other):
        paper.publish_many(30)
        bodies.append([paper.page(f"/view/{n}").body for n in range(1, 31)])  # type: ignore[union-attr]
    assert bodies[0] == bodies[1] != bodies[2]


def test_texts_differ() -> None:
    paper = Paper("a")
    paragraphs = [line for article in paper.publish_many(300) for line in article.paragraphs]
    assert len(set(paragraphs)) > 0.99 * len(paragraphs)
    assert all(4 <= len(article.paragraphs) <= 8 for article in paper.articles())


@pytest.mark.parametrize("number", [1, 7, 8, 14])
def test_an_article_is_read_as_it_was_written(
    town: Town, paper: Paper, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    town.profiles(tmp_path)
    monkeypatch.setenv("NEWSSCRAPE_SITES", str(tmp_path))
    told = paper.edit(number)
    response, body = reader.get(f"/view/{number}")
    article = newsscrape.extract(body, url=paper.url(number), headers=dict(response.headers))
    assert article.id == f"hanbit:{number}"
    assert article.title == told.title
    assert article.text == "\n".join(told.paragraphs)
    assert [author.name for author in article.authors] == [told.reporter]
    assert (article.published_at, article.modified_at) == (told.published, told.modified)
    assert article.encoding is not None
    assert article.encoding.name == ("cp949" if number % 7 == 0 else "utf-8")


def test_an_edit_changes_the_text_the_time_and_the_tag(paper: Paper, reader: Reader) -> None:
    before, _ = reader.get("/view/3")
    old, new = paper.article(3), paper.edit(3)
    after, body = reader.get("/view/3")
    assert new.paragraphs != old.paragraphs and len(new.paragraphs) == len(old.paragraphs) + 1
    assert after.headers["ETag"] != before.headers["ETag"]
    said = [parsedate_to_datetime(response.headers["Last-Modified"]) for response in (before, after)]
    assert said == [old.modified, new.modified]
    assert new.paragraphs[-1] in body.decode()
    assert paper.edit(3).paragraphs != new.paragraphs
    assert paper.edit(3, "한 줄이다.\n두 줄이다.").paragraphs == ("한 줄이다.", "두 줄이다.")


def test_a_touch_changes_the_bytes_and_nothing_that_is_read(paper: Paper, reader: Reader) -> None:
    before, old = reader.get("/view/3")
    paper.touch(3)
    after, new = reader.get("/view/3")
    assert new != old
    assert after.headers["ETag"] != before.headers["ETag"]
    assert after.headers["Last-Modified"] == before.headers["Last-Modified"]
    texts = [newsscrape.extract(body, url=paper.url(3)) for body in (old, new)]
    assert texts[0].content_hash == texts[1].content_hash


@pytest.mark.parametrize(("how", "status"), [(404, 404), (410, 410), ("notice", 200)])
def test_a_deleted_article_is_gone_from_its_address_and_the_lists(
    paper: Paper, reader: Reader, how: Gone, status: int
) -> None:
    paper.delete(25, how)
    response, body = reader.get("/view/25")
    assert response.status == status
    with pytest.raises(NotAnArticle) as error:
        newsscrape.extract(body, url=paper.url(25))
    assert how != "notice" or error.value.kind == "removed"
    for path in ("/rss.xml", "/list/all", "/sitemap/2025-04.xml"):
        assert b"/view/25<" not in reader.get(path)[1] and b'/view/25"' not in reader.get(path)[1]


def test_a_deleted_article_can_stay_in_the_lists(paper: Paper, reader: Reader) -> None:
    paper.delete(25, 410, listed=True)
    assert read_feed(reader.get("/rss.xml")[1])[0].url == paper.url(25)


# Lists


def test_the_feed_names_the_last_ones(paper: Paper, reader: Reader) -> None:
    response, body = reader.get("/rss.xml")
    assert response.headers["Content-Type"] == "application/rss+xml"
    assert [entry.url for entry in read_feed(body)] == [paper.url(n) for n in range(25, 5, -1)]


def test_an_article_of_an_earlier_day_stands_where_its_time_is(paper: Paper, reader: Reader) -> None:
    late = paper.publish(
        "뒤늦게 실린 글이다.", at=paper.article(10).published + timedelta(minutes=1), section="culture"
    )
    urls = [entry.url for entry in read_feed(reader.get("/rss.xml")[1])]
    assert urls.index(paper.url(late.number)) == urls.index(paper.url(10)) - 1
    assert f'"/view/{late.number}"'.encode() in reader.get("/list/culture")[1]


@pytest.mark.parametrize("index", ["/sitemap.xml", "/sitemap-gz.xml"])
def test_sitemaps_name_all_with_their_last_change(paper: Paper, reader: Reader, index: str) -> None:
    paper.publish(60, at=datetime(2025, 5, 2, tzinfo=UTC))
    edited = paper.edit(4)
    entries = read_sitemap(reader.get(index)[1]).sitemaps
    assert [entry.url.partition("/sitemap/")[2][:7] for entry in entries] == ["2025-05", "2025-04"]
    found = [p for entry in entries for p in read_sitemap(reader.get(entry.url.removeprefix(paper.base))[1]).pages]
    assert {p.url for p in found} == {paper.url(n) for n in [*range(1, 26), 60]}
    assert {p.modified for p in found if p.url == paper.url(4)} == {edited.modified.isoformat()}


def test_a_section_list_is_followed_to_its_end(paper: Paper, reader: Reader) -> None:
    path, found = "/list/all", []
    for _ in range(3):
        tree = lxml.etree.HTML(reader.get(path)[1])
        found += tree.xpath("//ul[@class='list']//a/@href")
        path = tree.xpath("string(//a[@class='next']/@href)")
    assert found == [f"/view/{n}" for n in range(25, 0, -1)]
    assert path == ""


def test_what_is_not_there(town: Town, reader: Reader) -> None:
    assert [reader.get(path)[0].status for path in ("/view/999", "/view/x", "/list/sea", "/x")] == [404] * 4
    reader.host = "elsewhere.newsroom.test"
    assert reader.get("/robots.txt")[0].status == 404
    assert town.requests("elsewhere.newsroom.test")[0].status == 404


# Conditions


@pytest.mark.parametrize("path", ["/view/2", "/rss.xml", "/sitemap.xml", "/list/all", "/robots.txt"])
def test_what_has_not_changed_is_not_sent_again(reader: Reader, path: str) -> None:
    first, _ = reader.get(path)
    for conditions in (
        {"If_None_Match": first.headers["ETag"]},
        {"If_None_Match": f'"other", W/{first.headers["ETag"]}'},
        {"If_Modified_Since": first.headers["Last-Modified"]},
    ):
        again, body = reader.get(path, **conditions)
        assert (again.status, body) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert "Content-Length" not in again.headers


def test_what_has_changed_is_sent(paper: Paper, reader: Reader) -> None:
    first, _ = reader.get("/view/2")
    paper.edit(2)
    paper.publish()
    assert reader.get("/view/2", If_None_Match=first.headers["ETag"])[0].status == 200
    assert reader.get("/view/2", If_Modified_Since=first.headers["Last-Modified"])[0].status == 200
    assert reader.get("/rss.xml", If_Modified_Since="Tue, 01 Apr 2025 00:00:00 GMT")[0].status == 200
    assert reader.get("/view/2", If_Modified_Since="no date")[0].status == 200


def test_the_tag_decides_where_both_conditions_are_sent(paper: Paper, reader: Reader) -> None:
    first, _ = reader.get("/view/2")
    paper.touch(2)
    both = {"If_None_Match": first.headers["ETag"], "If_Modified_Since": first.headers["Last-Modified"]}
    assert reader.get("/view/2", **both)[0].status == 200


@pytest.mark.parametrize(
    ("validators", "tag", "date"),
    [("both", '"', True), ("etag", '"', False), ("weak", "W/", False), ("date", None, True), ("none", None, False)],
)
def test_validators(validators: str, tag: str | None, date: bool) -> None:
    with Town(["hanbit"], validators=validators) as town:
        town["hanbit"].publish()
        reader = Reader(town.port, "hanbit.newsroom.test")
        response, _ = reader.get("/view/1")
        assert ("Last-Modified" in response.headers) == date
        said = response.headers["ETag"]
        assert said is None if tag is None else said.startswith(tag)
        if said:
            assert reader.get("/view/1", If_None_Match=said)[0].status == 304
        reader.connection.close()


# Faults


def test_statuses_come_one_after_the_other(paper: Paper, reader: Reader) -> None:
    paper.mood["/view/2"] = Fault(status=(429, 503, 200), retry_after=3)
    answers = [reader.get("/view/2")[0] for _ in range(4)]
    assert [response.status for response in answers] == [429, 503, 200, 200]
    assert [response.headers["Retry-After"] for response in answers] == ["3", "3", None, None]


def test_retry_after_as_a_date(paper: Paper, reader: Reader) -> None:
    paper.mood["/view/2"] = Fault(status=503, retry_after=timedelta(hours=2))
    said = parsedate_to_datetime(reader.get("/view/2")[0].headers["Retry-After"])
    assert timedelta(hours=1.9) < said - datetime.now(UTC) < timedelta(hours=2.1)


def test_a_fault_ends(paper: Paper, reader: Reader) -> None:
    paper.mood["/view/2"] = Fault(status=500, times=2)
    assert [reader.get("/view/2")[0].status for _ in range(3)] == [500, 500, 200]
    paper.mood["/view/2"] = Fault(status=500, times=1)  # laid anew, it counts anew
    assert [reader.get("/view/2")[0].status for _ in range(2)] == [500, 200]
    paper.mood["/view/2"] = Fault(status=500)
    del paper.mood["/view/2"]
    assert reader.get("/view/2")[0].status == 200


def test_the_closest_path_decides(paper: Paper, reader: Reader) -> None:
    paper.mood.update({"*": Fault(status=503), "/view/2": Fault(status=410), "/view/2?a=1": Fault(status=404)})
    asked = ["/view/2?a=1", "/view/2?b=1", "/view/2", "/view/3", "/robots.txt"]
    assert [reader.get(path)[0].status for path in asked] == [404, 410, 410, 503, 503]


def test_a_stall_before_the_headers(paper: Paper, reader: Reader) -> None:
    paper.mood["/view/2"] = Fault(stall=30)
    reader.connection.timeout = 0.3
    with pytest.raises(TimeoutError):
        reader.get("/view/2")


def test_a_stall_in_the_body(paper: Paper, reader: Reader) -> None:
    paper.mood["/view/2"] = Fault(stall_in_body=30)
    reader.connection.timeout = 0.3
    reader.connection.request("GET", "/view/2", headers={"Host": reader.host})
    response = reader.connection.getresponse()
    length = int(response.headers["Content-Length"])
    assert len(response.read(length // 2)) == length // 2
    with pytest.raises(TimeoutError):
        response.read(1)


def test_an_asker_who_has_gone_is_not_open_any_more(town: Town, paper: Paper) -> None:
    paper.mood["/view/2"] = Fault(stall=30)
    with socket.create_connection(("127.0.0.1", town.port)) as connection:
        connection.sendall(f"GET /view/2 HTTP/1.1\r\nHost: {paper.host}\r\n\r\n".encode())
        until(lambda: bool(town.asked))
        assert town.asked[0].ended is None
    until(lambda: town.asked[0].ended is not None)


def until(happened: Callable[[], bool]) -> None:
    patience = time.monotonic() + SOON
    while not happened():
        assert time.monotonic() < patience
        time.sleep(0.01)


def test_a_cut_body(town: Town, paper: Paper, reader: Reader) -> None:
    paper.mood["/view/2"] = Fault(cut=200)
    with pytest.raises(http.client.IncompleteRead) as error:
        reader.get("/view/2")
    assert len(error.value.partial) == 200
    until(lambda: town.asked[-1].sent == 200)


def test_a_cut_after_a_stall(paper: Paper, reader: Reader) -> None:
    paper.mood["/view/2"] = Fault(cut=9999999, stall_in_body=0.1)
    assert reader.get("/view/2")[1] == paper.page("/view/2").body  # type: ignore[union-attr]


def test_a_slow_drip(paper: Paper, reader: Reader) -> None:
    paper.mood["/robots.txt"] = Fault(drip=0.05, body=b"x" * 640)
    started = time.monotonic()
    reader.connection.request("GET", "/robots.txt", headers={"Host": reader.host})
    response = reader.connection.getresponse()
    pieces = [response.read1() for _ in range(10)]
    assert b"".join(pieces) == b"x" * 640
    assert max(map(len, pieces)) < 640
    assert time.monotonic() - started > 0.4


def test_an_endless_body(town: Town, paper: Paper, reader: Reader) -> None:
    paper.mood["/view/2"] = Fault(endless=True)
    reader.connection.request("GET", "/view/2", headers={"Host": reader.host})
    response = reader.connection.getresponse()
    assert response.headers["Transfer-Encoding"] == "chunked"
    assert len(response.read(1 << 24)) == 1 << 24
    response.close()
    reader.connection.close()
    until(lambda: town.asked[-1].ended is not None)
    assert town.asked[-1].sent >= 1 << 24


def test_a_content_length_that_promises_too_much(paper: Paper, reader: Reader) -> None:
    paper.mood["/view/2"] = Fault(wrong_length=50)
    with pytest.raises(http.client.IncompleteRead) as error:
        reader.get("/view/2")
    assert error.value.expected == 50


def test_a_content_length_that_promises_too_little(town: Town, paper: Paper) -> None:
    paper.mood["/view/2"] = Fault(wrong_length=-50)
    head, _, body = raw(town, paper, "/view/2").partition(b"\r\n\r\n")
    assert f"Content-Length: {len(body) - 50}".encode() in head


def test_a_bomb_is_small_until_it_is_unpacked(paper: Paper, reader: Reader) -> None:
    paper.mood["/view/2"] = Fault(bomb=1 << 26)
    response, body = reader.get("/view/2")
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(body) < 1 << 17
    assert len(gzip.decompress(body)) == 1 << 26  # checks the sum and the length
    assert len(zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body)) == 1 << 26  # one member, no row of them


def test_a_sitemap_that_is_a_bomb(paper: Paper, reader: Reader) -> None:
    paper.mood["/sitemap/2025-04.xml.gz"] = Fault(body=partial(faults.packed, 1 << 28, b"<urlset>", b" "))
    _, body = reader.get("/sitemap/2025-04.xml.gz")
    assert len(body) < 1 << 19
    assert zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, 12) == b"<urlset>    "
    with pytest.raises(NewsscrapeError, match="unpacks to more"):
        read_sitemap(body)


def test_a_reset(town: Town, paper: Paper) -> None:
    paper.mood["/view/2"] = Fault(reset=True)
    with pytest.raises(ConnectionResetError):
        raw(town, paper, "/view/2")
    assert [asked.status for asked in town.asked] == [None]


def test_redirects(paper: Paper, reader: Reader) -> None:
    paper.mood.update(loop("/view/2"))
    paper.mood.update(chain("/view/3", 4, "/view/4"))
    paper.mood["/view/5"] = Fault(redirect="http://nuri.newsroom.test/view/1", redirect_status=301)

    def way(path: str) -> list[str]:
        stops = [path]
        while len(stops) < 9 and (to := reader.get(stops[-1])[0].headers["Location"]):
            stops.append(to)
        return stops

    assert way("/view/2") == ["/view/2", "/view/2/again", "/view/2?again"] + ["/view/2/again", "/view/2?again"] * 3
    assert len(way("/view/3")) == 5
    assert way("/view/3")[-1] == "/view/4"
    assert reader.get("/view/5")[0].status == 301


@pytest.mark.parametrize("number", range(3))
def test_whoever_goes_to_a_private_address_is_seen(town: Town, paper: Paper, reader: Reader, number: int) -> None:
    private = town.private_urls[number]
    paper.mood["/view/2"] = Fault(redirect=private)
    assert reader.get("/view/2")[0].headers["Location"] == private
    assert town.intruders == []
    host, _, port = private.removeprefix("http://").removesuffix("/secret").rpartition(":")
    connection = http.client.HTTPConnection(host.strip("[]"), int(port), timeout=SOON)
    try:
        connection.request("GET", "/secret")
    except OSError:
        pytest.skip(f"this machine has no {host}")
    assert connection.getresponse().read() == b"secret"
    assert town.intruders == ["GET /secret HTTP/1.1"]
    connection.close()


@pytest.mark.parametrize(
    "change", [faults.cut_in_half, faults.html_instead, faults.undeclared_entity, faults.cp949_under_utf8]
)
def test_broken_feeds_are_no_xml_any_more(paper: Paper, reader: Reader, change: Callable[[bytes], bytes]) -> None:
    lxml.etree.fromstring(reader.get("/rss.xml")[1])
    paper.mood["/rss.xml"] = Fault(change=change)
    with pytest.raises(lxml.etree.XMLSyntaxError):
        lxml.etree.fromstring(reader.get("/rss.xml")[1])


def test_a_sitemap_of_anything(town: Town, paper: Paper, reader: Reader) -> None:
    named = [paper.url("/sitemap.xml"), town["nuri"].url("/sitemap.xml"), *town.private_urls]
    paper.mood["/sitemap.xml"] = Fault(body=pages.sitemap_index((url, None) for url in named).encode())
    assert [entry.url for entry in read_sitemap(reader.get("/sitemap.xml")[1]).sitemaps] == named


def test_headers_and_bodies_in_place_of_the_true_ones(paper: Paper, reader: Reader) -> None:
    paper.mood["/view/1"] = faults.CAPTCHA
    paper.mood["/view/2"] = faults.EMPTY
    paper.mood["/view/3"] = faults.LATIN
    paper.mood["/view/4"] = Fault(headers={"X-Robots-Tag": "noindex, noarchive", "Set-Cookie": "visitor=1; Path=/"})
    assert b"captcha" in reader.get("/view/1")[1]
    assert reader.get("/view/2")[1] == b""
    latin, body = reader.get("/view/3")
    assert latin.headers["Content-Type"] == "text/html; charset=iso-8859-1"
    assert body == paper.page("/view/3").body  # type: ignore[union-attr]
    response, _ = reader.get("/view/4")
    assert (response.headers["X-Robots-Tag"], response.headers["Set-Cookie"]) == (
        "noindex, noarchive",
        "visitor=1; Path=/",
    )


# The log, and many at once


def test_every_request_is_written_down(town: Town, reader: Reader) -> None:
    reader.get("/view/2", User_Agent="someone/1")
    reader.get("/view/999")
    reader.get("/rss.xml", method="HEAD")
    reader.get("/rss.xml", method="POST")
    first = town.requests("hanbit", "/view/2")[0]
    assert (first.host, first.header("User-Agent"), first.status) == ("hanbit.newsroom.test", "someone/1", 200)
    assert [(asked.path, asked.status) for asked in town.asked[1:]] == [
        ("/view/999", 404),
        ("/rss.xml", 200),
        ("/rss.xml", 405),
    ]
    assert [asked.path for asked in town.requests(status=404)] == ["/view/999"]
    times = [asked.at for asked in town.asked]
    assert times == sorted(times)
    town.forget()
    assert town.asked == []


def test_one_connection_carries_many_requests(reader: Reader) -> None:
    reader.get("/view/1")
    kept = reader.connection.sock
    for path in ("/view/2", "/nothing", "/rss.xml"):
        reader.get(path)
        assert reader.connection.sock is kept


def test_the_most_open_requests_are_counted(town: Town, paper: Paper) -> None:
    paper.mood["/view/*"] = Fault(stall=0.5)
    town["nuri"].publish()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: raw(town, paper, f"/view/{n}"), range(1, 5)))
    for _ in range(3):
        raw(town, town["nuri"], "/view/1")
    assert (town.concurrent("hanbit"), town.concurrent("nuri"), town.concurrent("elsewhere.test")) == (4, 1, 0)
    town.forget()
    assert town.concurrent("hanbit") == 0


def test_papers_change_while_they_are_read(town: Town, paper: Paper) -> None:
    stop = threading.Event()
    failures: list[object] = []

    def read() -> None:
        reader = Reader(town.port, paper.host)
        while not stop.is_set():
            for path in ("/rss.xml", "/sitemap.xml", "/list/all", "/view/5"):
                response, body = reader.get(path)
                if response.status not in (200, 500) or len(body) != int(response.headers["Content-Length"]):
                    failures.append((path, response.status))
            if not lxml.etree.fromstring(reader.get("/sitemap/2025-04.xml")[1]).tag.endswith("urlset"):
                failures.append("sitemap")
        reader.connection.close()

    with ThreadPoolExecutor(6) as pool:
        readers = [pool.submit(read) for _ in range(3)]

        def act(who: int) -> None:
            for n in range(60):
                article = paper.publish()
                paper.edit(article.number)
                paper.touch(5)
                paper.mood["/view/5"] = Fault(status=(500, 200))
                if n % 3 == 0:
                    paper.delete(article.number, 410)

        list(pool.map(act, range(3)))
        stop.set()
        for done in readers:
            done.result()
    assert failures == []
    assert len(paper.articles()) == 25 + 3 * 40
    assert paper.article(5).touches == 180


# Crawled


def test_the_town_is_crawled_whole(tmp_path: Path) -> None:
    with TownProcess(["hanbit"], seed=3) as town:
        town.add("nuri", lists=["sections"], cp949_every=2)
        town.add("saebom", lists=["sitemaps"])
        for key in ("hanbit", "nuri", "saebom"):
            town[key].publish_many(25)
        keys = town.profiles(tmp_path / "sites")
        report = crawl(tmp_path / "sites", keys, tmp_path / "a.jsonl", settings={**QUICK, "DOWNLOAD_DELAY": 0.01})
        assert {site["key"]: site["articles"] for site in report["sites"]} == dict.fromkeys(keys, 25)
        assert [site["failures"] for site in report["sites"]] == [[], [], []]
        told = {f"{key}:{n}": "\n".join(town[key].article(n).paragraphs) for key in keys for n in range(1, 26)}
        assert {record["id"]: record["text"] for record in records(tmp_path / "a.jsonl")} == told
        assert town.concurrent("hanbit") == 1
        assert {asked.status for asked in town.asked} == {200}


# In its own process


def test_the_town_in_its_own_process(tmp_path: Path) -> None:
    with TownProcess(["hanbit"], seed=3) as town:
        assert town.pid != os.getpid()
        town.add("nuri", feed_size=2, validators="weak")
        assert town.profiles(tmp_path / "sites") == ["hanbit", "nuri"]
        assert f":{town.port}/rss.xml" in (tmp_path / "sites" / "nuri.toml").read_text(encoding="utf-8")
        articles = town["nuri"].publish_many(3)
        town["nuri"].edit(2)
        town["nuri"].mood["/view/3"] = Fault(status=503, retry_after=9)
        town["nuri"].mood.update({"/rss.xml": Fault(change=faults.undeclared_entity)})
        reader = Reader(town.port, "nuri.newsroom.test")
        assert articles[0].title in reader.get("/view/1")[1].decode()
        assert reader.get("/view/3")[0].headers["Retry-After"] == "9"
        assert b"&hellip;" in reader.get("/rss.xml")[1]
        town["nuri"].mood.clear()
        assert len(read_feed(reader.get("/rss.xml")[1])) == 2
        assert reader.get("/view/3")[0].headers["ETag"].startswith("W/")
        assert [asked.status for asked in town.requests("nuri", "/view/3")] == [503, 200]
        assert (town.concurrent("nuri"), town.intruders, len(town.asked)) == (1, [], 5)
        assert town["nuri"].article(2).revision == 1
        with pytest.raises(KeyError):
            town["nuri"].edit(99)
        reader.connection.close()


def test_the_town_ends_with_whoever_started_it(tmp_path: Path) -> None:
    code = (
        "import os, town; t = town.TownProcess(['a']).__enter__(); print(t.port, flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=Path(__file__).parent, text=True, check=False
    )
    port = int(done.stdout)

    def gone() -> bool:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            return True
        return False

    until(gone)
