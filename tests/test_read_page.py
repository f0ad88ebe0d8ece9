"""extract() on pages of unknown sites: every field from what the page says, and bad pages named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pages import BODY, SENTENCES, TITLE, page

import newsscrape
from newsscrape.article import to_json
from newsscrape.errors import DecodeError, EmptyPage, NotAnArticle, PageError, ParseError

URL = "https://www.hanbit-maeul.example/news/12345"


def read(html: str | bytes, **more: object) -> newsscrape.Article:
    return newsscrape.extract(html, url=URL, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def plain() -> newsscrape.Article:
    return read(page())


def test_title(plain: newsscrape.Article) -> None:
    assert plain.title == TITLE


def test_body_is_the_text_and_nothing_else(plain: newsscrape.Article) -> None:
    assert plain.text == "\n".join(SENTENCES)


def test_author_from_the_line_above_the_text(plain: newsscrape.Article) -> None:
    assert [(a.name, a.role) for a in plain.authors] == [("강솔", "기자")]
    assert plain.provenance["authors"] == "around:head"


def test_time_from_the_line_above_the_text(plain: newsscrape.Article) -> None:
    assert plain.published_at == datetime.fromisoformat("2026-11-12T09:30:00+09:00")
    assert plain.dates["published_at"].precision == "minute"


def test_publisher_from_the_imprint(plain: newsscrape.Article) -> None:
    assert plain.publisher is not None
    assert plain.publisher.name == "한빛마을신문"


def test_id_is_stable_under_tracking(plain: newsscrape.Article) -> None:
    tracked = newsscrape.extract(page(), url="https://m.hanbit-maeul.example/news/12345?utm_source=x#top")
    assert tracked.id == plain.id == "hanbit-maeul.example:/news/12345"


def test_record_goes_through_json_and_back(plain: newsscrape.Article) -> None:
    assert newsscrape.Article.model_validate_json(to_json(plain)) == plain
    assert "한빛시" in to_json(plain)
    assert "removed" not in to_json(plain, audit=False)


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "utf-16"])
def test_bytes_of_any_charset_give_the_same_record(encoding: str, plain: newsscrape.Article) -> None:
    article = read(page().encode(encoding))
    assert article.text == plain.text
    assert article.encoding is not None
    assert article.encoding.replaced == 0


def test_cut_page_keeps_what_was_sent(plain: newsscrape.Article) -> None:
    cut = page(around="", footer="").encode()
    article = read(cut[: cut.index("공사비".encode()) + 7])
    assert article.text.split("\n")[:3] == list(SENTENCES[:3])


@pytest.mark.parametrize(
    ("html", "error"),
    [
        (b"", EmptyPage),
        ("   ", EmptyPage),
        (b"\x89PNG\r\n\x1a\n0000", DecodeError),
        ("가" * 20_000_001, ParseError),
    ],
)
def test_what_cannot_be_read_is_a_page_error_with_its_address(html: str | bytes, error: type[PageError]) -> None:
    with pytest.raises(error) as caught:
        read(html)
    assert caught.value.url == URL


HEADLINES = "".join(f'<li><a href="/news/{n}">한빛시 {n}번째 소식을 전하는 긴 기사 제목</a></li>' for n in range(30))
NO_ARTICLES = {
    "list": (f"<html><head><title>사회 - 한빛마을신문</title></head><body><ul>{HEADLINES}</ul></body></html>", URL),
    "search": (f"<html><head><title>도서관 : 검색결과</title></head><body><ul>{HEADLINES}</ul></body></html>", URL),
    "home": (
        f"<html><head><title>한빛마을신문</title></head><body><ul>{HEADLINES}</ul></body></html>",
        "https://hanbit.example/",
    ),
    "removed": ("<html><head><title>한빛마을신문</title></head><body><p>삭제된 기사입니다.</p></body></html>", URL),
    "error": ("<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>", URL),
    "login": ("<html><head><title>로그인 - 한빛</title></head><body><form>아이디 <input></form></body></html>", URL),
    "empty": (
        "<html><head><title>한빛마을신문</title><script>app()</script></head><body><div id=app></div></body></html>",
        URL,
    ),
}


@pytest.mark.parametrize("kind", NO_ARTICLES)
def test_pages_that_are_no_articles_are_refused_with_their_kind(kind: str) -> None:
    html, url = NO_ARTICLES[kind]
    assert newsscrape.classify(html, url=url) == kind
    with pytest.raises(NotAnArticle) as caught:
        newsscrape.extract(html, url=url)
    assert caught.value.kind == kind
    assert url in str(caught.value)


def test_an_article_is_classified_as_one() -> None:
    assert newsscrape.classify(page(), url=URL) == "article"


def test_an_article_about_deleted_articles_is_an_article() -> None:
    title = "포털에서 삭제된 기사 3만 건, 이유는"
    assert newsscrape.classify(page(title=title, heading=f"<h1>{title}</h1>"), url=URL) == "article"


JSON_LD = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "%s",
"datePublished": "%s", "author": {"name": "문해솔"}, "publisher": {"name": "한빛일보"}}</script>"""


def test_json_ld_speaks_where_the_page_is_silent() -> None:
    article = read(page(head=JSON_LD % (TITLE, "2026-11-12T08:00:05+09:00"), info="", footer=""))
    assert article.published_at == datetime.fromisoformat("2026-11-12T08:00:05+09:00")
    assert [a.name for a in article.authors] == ["문해솔"]
    assert article.publisher is not None
    assert article.publisher.name == "한빛일보"


def test_the_shown_time_wins_over_one_nine_hours_off() -> None:
    article = read(page(head=JSON_LD % (TITLE, "2026-11-12T18:30:00+09:00")))
    assert article.published_at == datetime.fromisoformat("2026-11-12T09:30:00+09:00")
    assert any("nine hours" in warning for warning in article.warnings)


def test_seconds_are_taken_from_a_time_that_agrees_with_the_shown_one() -> None:
    article = read(page(head=JSON_LD % (TITLE, "2026-11-12T09:30:41+09:00")))
    assert article.published_at == datetime.fromisoformat("2026-11-12T09:30:41+09:00")
    assert article.dates["published_at"].precision == "second"


def test_no_time_after_the_fetch() -> None:
    fetched = datetime(2026, 11, 10, tzinfo=UTC)
    article = read(page(head=JSON_LD % (TITLE, "2026-11-12T09:30:00+09:00")), fetched_at=fetched)
    assert article.published_at is None
    assert any("does not say when" in warning for warning in article.warnings)


def test_relative_time_is_read_against_the_fetch() -> None:
    fetched = datetime(2026, 11, 12, 3, 0, tzinfo=UTC)
    article = read(page(info="<div>강솔 기자</div><div>입력 3시간 전</div>"), fetched_at=fetched)
    assert article.published_at == fetched - timedelta(hours=3)


def test_broken_json_ld_is_reported_and_the_page_still_read() -> None:
    article = read(page(head='<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>'))
    assert article.title == TITLE
    assert any("JSON-LD is broken" in warning for warning in article.warnings)


def test_lost_letters_are_counted_in_a_warning() -> None:
    article = read(page().replace("연면적", "연\ufffd\ufffd적"))
    assert any(warning.startswith("2 letters") for warning in article.warnings)


def test_signature_and_copyright_are_cut_with_receipts() -> None:
    article = read(
        page(info="", body=BODY + "<p>문해솔 기자 haesol@hanbit.example</p><p>ⓒ 한빛일보, 무단 전재 및 재배포 금지</p>")
    )
    assert article.text == "\n".join(SENTENCES)
    assert [(a.name, a.email) for a in article.authors] == [("문해솔", "haesol@hanbit.example")]
    assert article.rights.copyright_line == "ⓒ 한빛일보, 무단 전재 및 재배포 금지"
    assert {cut.rule.partition(".")[0] for cut in article.removed} >= {"byline", "copyright"}


def test_reserved_ai_use_is_noted() -> None:
    article = read(page(body=BODY + "<p>&lt;저작권자(c) 한빛일보, 무단 전재-재배포, AI 학습 및 활용 금지&gt;</p>"))
    assert article.rights.ai_use_reserved


def test_dateline_is_taken_apart() -> None:
    first = "(한빛=연합뉴스) 강솔 기자 = " + SENTENCES[0]
    article = read(page(info="", body=BODY.replace(SENTENCES[0], first)))
    assert article.dateline is not None
    assert (article.dateline.place, article.dateline.agency) == ("한빛", "연합뉴스")
    assert article.text == "\n".join(SENTENCES)
    assert [a.name for a in article.authors] == ["강솔"]


def test_hidden_copy_of_the_text_is_not_read_twice() -> None:
    article = read(
        page(around=f"<div class='print-area' style='display:none'>{BODY}</div><div class='copy'>{BODY}</div>")
    )
    assert article.text == "\n".join(SENTENCES)


def test_ad_frame_inside_a_sentence_does_not_split_it() -> None:
    split = SENTENCES[1].replace("규모로 ", "규모로 <div class='ad'><iframe src='x'></iframe>광고</div>")
    article = read(page(body="<br><br>".join([SENTENCES[0], split, *SENTENCES[2:]])))
    assert article.text == "\n".join(SENTENCES)


def test_caption_is_apart_from_the_text_and_its_credit_from_the_caption() -> None:
    figure = "<figure><img src='/1.jpg' alt='x'><figcaption>옛 방직공장 모습. /한빛시 제공</figcaption></figure>"
    article = read(page(body=figure + BODY))
    assert article.text == "\n".join(SENTENCES)
    assert [(i.url, i.caption, i.credit) for i in article.images] == [("/1.jpg", "옛 방직공장 모습.", "한빛시")]


def test_bold_lines_above_the_text_are_subtitles() -> None:
    decks = "<p><strong>내년 3월 문 열어</strong></p><p><strong>공연장·놀이방도 갖춰</strong></p>"
    article = read(page(body=decks + BODY))
    assert article.subtitles == ("내년 3월 문 열어", "공연장·놀이방도 갖춰")
    assert article.text == "\n".join(SENTENCES)


def test_crossheads_and_speakers_are_typed() -> None:
    article = read(page(body=f"<p>[앵커]</p><p>{SENTENCES[0]}</p><p>■ 기계 소리 멎은 자리</p><p>{SENTENCES[1]}</p>"))
    assert [b.kind for b in article.body] == ["speaker", "paragraph", "heading", "paragraph"]


def test_table_rows_are_lines_and_layout_tables_are_not() -> None:
    table = "<table><tr><td>층</td><td>시설</td></tr><tr><td>1층</td><td>공연장</td></tr></table>"
    article = read(page(body=BODY + table + f"<p>{SENTENCES[0]} 끝으로 덧붙였다.</p>"))
    assert [b.text for b in article.body if b.kind == "table_row"] == ["층 | 시설", "1층 | 공연장"]
    laid_out = (
        f"<table><tr><td><p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p></td><td><p>{SENTENCES[2]}</p></td></tr></table>"
    )
    assert read(page(body=laid_out)).text == "\n".join(SENTENCES[:3])


def test_no_memory_between_pages() -> None:
    before = read(page())
    read(page(title="다른 글", heading="<h1>다른 글의 제목입니다</h1>", info=""))
    assert read(page()) == before


def test_deeply_nested_page_is_read() -> None:
    article = read(page(body="<div>" * 600 + BODY + "</div>" * 600))
    assert SENTENCES[0] in article.text


def test_a_page_without_text_but_with_a_headline_says_so() -> None:
    article = read(page(head=JSON_LD % (TITLE, "2026-11-12T09:30:00+09:00"), body="<img src='card1.jpg'>", around=""))
    assert article.body == ()
    assert any("holds no text" in warning for warning in article.warnings)


def test_headers_and_status_stand_in_the_record() -> None:
    article = read(page(), headers={"ETag": '"7"', "Last-Modified": "Thu, 12 Nov 2026 00:30:00 GMT"}, status=200)
    assert article.http is not None
    assert (article.http.status, article.http.etag) == (200, '"7"')


ARCHIVED = (
    "<title>기록관</title><div><h3>기고/ 새 다리를 놓자</h3><span>[한빛일보] 2013-07-08 27면 05판 오피니언 칼럼,논단 1234자</span>"
    "<p>한빛시는 새 다리를 놓기로 했다. 공사는 내년 봄에 시작해 세 해 걸린다. 다리가 놓이면 섬 주민 삼백 명이 걸어서 시내에 간다.<br>"
    "주민들은 오래 기다렸다고 입을 모았다. 다리는 길이 사백 미터로 자전거와 사람만 다닌다.</p>"
    "<span>[ⓒ 인터넷한빛일보(www.hanbit.test), 무단 전재 및 재배포 금지]</span></div>"
)


def test_an_archives_header_makes_an_article_and_names_the_paper() -> None:
    article = read(ARCHIVED)
    assert article.publisher is not None
    assert article.publisher.name == "한빛일보"
    assert str(article.published_at)[:10] == "2013-07-08"
    assert article.section == "오피니언"


def test_page_of_the_printed_paper_beside_the_times() -> None:
    info = "<div class='info'><span>강솔 기자</span> <p>입력 2026.11.12 09:30</p><p>A12면</p></div>"
    article = read(page(info=info))
    assert article.print_edition is not None
    assert article.print_edition.page == "A12"
    assert "A12면" not in article.text


@pytest.mark.parametrize(
    ("tag", "headers", "robots"),
    [
        pytest.param("index, follow, max-image-preview:large", {}, (), id="allowing-is-no-restriction"),
        pytest.param("NOINDEX,noarchive", {}, ("noindex", "noarchive"), id="meta"),
        pytest.param("", {"X-Robots-Tag": "noindex, nosnippet"}, ("noindex", "nosnippet"), id="header-in-any-case"),
        pytest.param(
            "", {"x-robots-tag": "googlebot: noindex, nofollow, newsscrape: noarchive"}, ("noarchive",), id="names"
        ),
        pytest.param("noarchive", {"x-robots-tag": "noarchive"}, ("noarchive",), id="each-once"),
        pytest.param(
            "", {"x-robots-tag": "unavailable_after: 2026-12-31"}, ("unavailable_after: 2026-12-31",), id="value"
        ),
    ],
)
def test_robots_restrictions_stand_in_the_rights(tag: str, headers: dict[str, str], robots: tuple[str, ...]) -> None:
    html = ROBOTS_PAGE.format(tag=f'<meta name="robots" content="{tag}">' if tag else "")
    assert newsscrape.extract(html, url="https://hanbit.example/view/1", headers=headers).rights.robots == robots


def test_noai_in_a_header_reserves_ai_use() -> None:
    rights = newsscrape.extract(ROBOTS_PAGE.format(tag=""), headers={"x-robots-tag": "noai"}).rights
    assert rights.ai_use_reserved and rights.robots == ("noai",)


ROBOTS_PAGE = """<html><head><meta property="og:type" content="article"><meta property="og:title" content="골목 정원 열려">
{tag}</head><body><article><h1>골목 정원 열려</h1><p>한빛시는 골목 정원을 시민에게 열었다고 24일 밝혔다.</p>
<p>정원에는 주민이 고른 나무 열 그루와 긴 의자 네 개가 놓였다. 물은 빗물을 모아 준다.</p>
<p>정원지기 은하람 씨는 “골목에서 새소리를 듣는다”고 말했다. 정원은 밤에도 열려 있다.</p></article></body></html>"""
