"""Feeds, sitemaps and their dates: every form that sites send, broken ones included."""

from __future__ import annotations

import gzip
from datetime import datetime, timedelta

import pytest

from newsscrape.discovery.feeds import read_feed
from newsscrape.discovery.since import KST, certainly_older, parse_since, read_moment
from newsscrape.discovery.sitemaps import read_sitemap, unpack
from newsscrape.errors import EmptyPage, PageError, ParseError

BASE = "http://hanbit.newsroom.test/rss/all.xml"

RSS2 = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>한빛일보</title><link>http://h.test/</link>
<item><title><![CDATA[한빛시 "새 다리" 놓는다]]></title><link>http://h.test/a?idxno=1&amp;s=2</link>
<description><![CDATA[<b>다리</b>를 놓는다.]]></description><pubDate>Mon, 14 Apr 2025 09:12:00 +0900</pubDate></item>
<item><title>둘째</title><link>http://h.test/a?idxno=2</link><dc:date>2025-04-14T10:00:00+09:00</dc:date></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>누리</title>
<link rel="self" href="http://n.test/atom.xml"/>
<entry><title type="html">첫째 &amp;amp; 글</title><link rel="enclosure" href="http://n.test/1.mp4"/>
<link rel="alternate" href="/news/1"/><id>tag:n.test,2025:1</id><updated>2025-04-15T00:00:00Z</updated>
<published>2025-04-14T20:31:05+09:00</published><summary>요약</summary></entry>
<entry><title>둘째</title><id>http://n.test/news/2</id><updated>2025-04-15T00:00:00Z</updated></entry></feed>"""
RDF = """<?xml version="1.0" encoding="euc-kr"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://g.test/"><title>가온</title></channel>
<item rdf:about="http://g.test/1"><title>똠얌 라면</title><link>http://g.test/1</link><dc:date>2025-04-15</dc:date></item>
<item rdf:about="http://g.test/2"><title>주소는 about에만</title></item></rdf:RDF>"""


def first(body: bytes):
    return read_feed(body, url=BASE)[0]


@pytest.mark.parametrize(
    ("feed", "urls"),
    [
        pytest.param(RSS2, ["http://h.test/a?idxno=1&s=2", "http://h.test/a?idxno=2"], id="rss-2.0"),
        pytest.param(ATOM, ["http://hanbit.newsroom.test/news/1", "http://n.test/news/2"], id="atom"),
        pytest.param(RDF, ["http://g.test/1", "http://g.test/2"], id="rdf"),
    ],
)
def test_addresses_in_order(feed: str, urls: list[str]) -> None:
    assert [entry.url for entry in read_feed(feed.encode("cp949" if feed is RDF else "utf-8"), url=BASE)] == urls


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", '한빛시 "새 다리" 놓는다'),
        ("summary", "<b>다리</b>를 놓는다."),
        ("published", "Mon, 14 Apr 2025 09:12:00 +0900"),
    ],
)
def test_rss_fields(field: str, value: str) -> None:
    assert getattr(first(RSS2.encode()), field) == value


def test_atom_prefers_published_to_updated() -> None:
    assert first(ATOM.encode()).published == "2025-04-14T20:31:05+09:00"


def test_titles_escaped_twice_are_read() -> None:
    assert first(ATOM.encode()).title == "첫째 & 글"


BROKEN = {
    "bom": b"\xef\xbb\xbf" + RSS2.encode(),
    "blanks-first": b"\n\n  " + RSS2.encode(),
    "cp949-says-utf8": RSS2.encode("cp949"),
    "utf8-says-euc-kr": RSS2.replace('"utf-8"', '"euc-kr"').encode(),
    "no-declaration": RSS2.partition("?>")[2].encode("cp949"),
    "undeclared-entity": RSS2.replace("<title>한빛일보", "<title>한빛&nbsp;일보&middot;").encode(),
    "raw-ampersand": RSS2.replace("&amp;s=2", "&s=2").encode(),
    "cut-in-second-item": RSS2[: RSS2.index("둘째")].encode(),
    "control-characters": RSS2.replace("한빛일보", "한빛\x08일보\x00").encode(),
    "doctype": RSS2.replace("<rss ", '<!DOCTYPE rss [<!ENTITY x "y">]>\n<rss ').encode(),
    "undeclared-prefix": RSS2.replace(' xmlns:dc="http://purl.org/dc/elements/1.1/"', "").encode(),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_feeds_are_read(name: str) -> None:
    entry = first(BROKEN[name])
    assert (entry.url, entry.title) == ("http://h.test/a?idxno=1&s=2", '한빛시 "새 다리" 놓는다')


def test_undeclared_prefix_keeps_its_date() -> None:
    assert read_feed(BROKEN["undeclared-prefix"])[1].published == "2025-04-14T10:00:00+09:00"


def test_ampersand_inside_cdata_stays() -> None:
    body = RSS2.replace("새 다리", "A&B &nbsp; C&amp;D")
    assert first(body.encode()).title == '한빛시 "A&B \xa0 C&D" 놓는다'


def item(inside: str) -> bytes:
    return f"<rss><channel><item>{inside}</item></channel></rss>".encode()


@pytest.mark.parametrize(
    ("inside", "url"),
    [
        pytest.param("<link>\n http://h.test/\nlong/1 </link>", "http://h.test/long/1", id="broken-over-lines"),
        pytest.param("<link><![CDATA[ http://h.test/2 ]]></link>", "http://h.test/2", id="cdata"),
        pytest.param("<link/><guid>http://h.test/3</guid>", "http://h.test/3", id="guid-for-empty-link"),
        pytest.param("<link>/4</link>", "http://hanbit.newsroom.test/4", id="relative"),
        pytest.param(
            '<link>http://f.test/x</link><o:origLink xmlns:o="o">http://h.test/5</o:origLink>',
            "http://h.test/5",
            id="feedburner",
        ),
    ],
)
def test_links(inside: str, url: str) -> None:
    assert first(item(inside)).url == url


@pytest.mark.parametrize(
    "inside", ["<title>없음</title>", '<guid isPermaLink="false">http://h.test/1</guid>', "<guid>tag:1</guid>"]
)
def test_entries_without_address_are_left_out(inside: str) -> None:
    assert read_feed(item(inside), url=BASE) == []


def test_media_titles_are_not_the_articles() -> None:
    inside = (
        '<m:title xmlns:m="http://search.yahoo.com/mrss/">사진</m:title><title>기사</title><link>http://h.test/1</link>'
    )
    assert first(item(inside)).title == "기사"


@pytest.mark.parametrize(
    ("body", "error", "word"),
    [
        pytest.param(b"", EmptyPage, "empty", id="nothing"),
        pytest.param(b"<html><body><p>404</p></body></html>", ParseError, "<html>", id="html"),
        pytest.param("점검 중입니다".encode(), ParseError, "no XML", id="plain-text"),
        pytest.param(b"\x89PNG\r\n\x1a\n000", PageError, "PNG", id="image"),
    ],
)
def test_what_is_no_feed_says_so(body: bytes, error: type[PageError], word: str) -> None:
    with pytest.raises(error, match=word) as caught:
        read_feed(body, url=BASE)
    assert caught.value.url == BASE


INDEX = """<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>http://n.test/1.xml.gz</loc><lastmod>2025-04-20</lastmod></sitemap><sitemap><loc>/2.xml</loc></sitemap>
</sitemapindex>"""
URLSET = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><image:image><image:loc>http://n.test/p.jpg</image:loc></image:image><loc>
 http://n.test/a?x=1&amp;y=2 </loc><lastmod>2025-04-19</lastmod>
<news:news><news:publication_date>2025-04-18T17:20:40+09:00</news:publication_date><news:title>바다거북 학회</news:title></news:news></url>
<url><loc>http://n.test/b</loc></url></urlset>"""


def test_sitemap_index() -> None:
    found = read_sitemap(INDEX.encode(), url="http://n.test/sitemap.xml")
    assert [(s.url, s.modified) for s in found.sitemaps] == [
        ("http://n.test/1.xml.gz", "2025-04-20"),
        ("http://n.test/2.xml", None),
    ]
    assert found.pages == ()


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_sitemap_pages(packed: bool) -> None:
    body = URLSET.encode()
    pages = read_sitemap(gzip.compress(body) if packed else body).pages
    assert [page.url for page in pages] == ["http://n.test/a?x=1&y=2", "http://n.test/b"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", "바다거북 학회"), ("published", "2025-04-18T17:20:40+09:00"), ("modified", "2025-04-19")],
)
def test_news_sitemap_fields(field: str, value: str) -> None:
    assert getattr(read_sitemap(URLSET.encode()).pages[0], field) == value


def test_text_sitemap() -> None:
    found = read_sitemap(b"\xef\xbb\xbfhttp://n.test/1\r\n\r\nhttps://n.test/2\r\nno address\r\n")
    assert [page.url for page in found.pages] == ["http://n.test/1", "https://n.test/2"]


def test_a_cut_archive_gives_what_can_be_read() -> None:
    pages = "".join(f"<url><loc>http://n.test/{i * 7919 % 100_003}</loc></url>" for i in range(5000))
    packed = gzip.compress(f"<urlset>{pages}</urlset>".encode())
    found = read_sitemap(packed[: len(packed) // 2]).pages
    assert 1000 < len(found) < 5000
    assert found[0].url == "http://n.test/0"


def test_a_bomb_is_refused() -> None:
    with pytest.raises(ParseError, match="more than 1,000 bytes"):
        unpack(gzip.compress(b"0" * 2000), limit=1000)


@pytest.mark.parametrize(
    "body", [RSS2.encode(), b"<html></html>", b"\x1f\x8bnonsense"], ids=["feed", "html", "no-gzip"]
)
def test_what_is_no_sitemap_says_so(body: bytes) -> None:
    with pytest.raises(ParseError):
        read_sitemap(body)


NOW = datetime(2025, 4, 20, 12, 0, tzinfo=KST)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("48h", NOW - timedelta(hours=48)),
        ("7d", NOW - timedelta(days=7)),
        ("2w", NOW - timedelta(weeks=2)),
        ("2025-04-01", datetime(2025, 4, 1, tzinfo=KST)),
        ("2025-04-01T09:30", datetime(2025, 4, 1, 9, 30, tzinfo=KST)),
        ("2025-04-01T00:30+00:00", datetime(2025, 4, 1, 9, 30, tzinfo=KST)),
    ],
)
def test_since(text: str, moment: datetime) -> None:
    assert parse_since(text, NOW) == moment


@pytest.mark.parametrize("text", ["", "yesterday", "h48", "48", "2025-13-01", "-3d"])
def test_since_refuses(text: str) -> None:
    with pytest.raises(ValueError, match="no moment"):
        parse_since(text, NOW)


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("Mon, 14 Apr 2025 09:12:00 +0900", datetime(2025, 4, 14, 9, 12, tzinfo=KST)),
        ("Mon, 14 Apr 2025 00:12:00 GMT", datetime(2025, 4, 14, 9, 12, tzinfo=KST)),
        ("2025-04-14T00:12:00.000Z", datetime(2025, 4, 14, 9, 12, tzinfo=KST)),
        ("2025-04-14 09:12:00", datetime(2025, 4, 14, 9, 12, tzinfo=KST)),
        ("2025.04.14 09:12", datetime(2025, 4, 14, 9, 12, tzinfo=KST)),
        ("2025-04-14", datetime(2025, 4, 14, 23, 59, 59, tzinfo=KST)),
        ("어느 봄날", None),
        (None, None),
    ],
)
def test_moments_of_feeds(raw: str | None, moment: datetime | None) -> None:
    assert read_moment(raw) == moment


@pytest.mark.parametrize(
    ("raw", "older"),
    [
        pytest.param("Fri, 18 Apr 2025 09:00:00 +0900", True, id="days-before"),
        pytest.param("Sun, 20 Apr 2025 04:00:00 +0900", False, id="within-a-wrong-zone"),
        pytest.param("2025-04-20", False, id="same-day"),
        pytest.param("언젠가", False, id="unreadable"),
        pytest.param(None, False, id="none"),
    ],
)
def test_only_what_is_certainly_older_is_skipped(raw: str | None, older: bool) -> None:
    assert certainly_older(raw, NOW) is older


def test_comments_in_a_news_entry() -> None:
    body = (
        b'<urlset xmlns:news="n"><url><loc>http://h.test/1</loc><news:news><!-- a comment --><?php x ?>'
        b"<news:title>x</news:title></news:news></url></urlset>"
    )
    assert [(page.url, page.title) for page in read_sitemap(body).pages] == [("http://h.test/1", "x")]
