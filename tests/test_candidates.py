"""The sources: what each says of a page, however badly the page is made."""

from __future__ import annotations

import pytest
from pages import BODY, SENTENCES, TITLE, page

from newsscrape.candidates import decks, fallback, jsonld, markup, meta, script, surroundings
from newsscrape.candidates.candidate import Candidate
from newsscrape.candidates.lines import read_lines
from newsscrape.candidates.reading import Reading
from newsscrape.candidates.whole import Whole
from newsscrape.parse import parse
from newsscrape.sites.profile import Script


def json_ld(text: str) -> dict[str, list[str]]:
    tree = parse(f'<html><head><script type="application/ld+json">{text}</script></head><body></body></html>')
    return by_field(jsonld.collect(Whole(tree)))


def by_field(candidates: object) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for candidate in candidates:  # type: ignore[attr-defined]
        assert isinstance(candidate, Candidate)
        found.setdefault(candidate.field, []).append(str(candidate.value))
    return found


ARTICLE = '{"@type": "NewsArticle", "headline": "도서관 연다", "author": [{"name": "강솔"}, "문해솔"]}'


class TestJsonLd:
    @pytest.mark.parametrize(
        "text",
        [
            ARTICLE,
            f"[{ARTICLE}]",
            f'{{"@graph": [{{"@type": "WebSite"}}, {ARTICLE}]}}',
            f"<!-- {ARTICLE} -->",
            f"//<![CDATA[\n{ARTICLE}\n//]]>",
            f"{ARTICLE};",
            ARTICLE.replace("}", ",}", 1),
            ARTICLE.replace('"headline"', '"articleBody": "한 줄\n두 줄", "headline"'),
            ARTICLE.replace('"강솔"}', '"강솔"} //고정\n'),
            ARTICLE.replace('"NewsArticle"', '["NewsArticle", "Article"]'),
        ],
        ids=[
            "plain",
            "list",
            "graph",
            "comment",
            "cdata",
            "semicolon",
            "trailing-comma",
            "newline",
            "line-comment",
            "types",
        ],
    )
    def test_faults_that_are_mended(self, text: str) -> None:
        found = json_ld(text)
        assert found["title"] == ["도서관 연다"]
        assert found["authors"][0] == "강솔"

    @pytest.mark.parametrize("text", ["{", '{"@type": "NewsArticle", "headline": }', "null]", "[" * 5000])
    def test_broken_is_told_and_no_more(self, text: str) -> None:
        assert list(json_ld(text)) == ["warnings"]

    def test_what_is_no_article_says_nothing(self) -> None:
        assert json_ld('{"@type": "BreadcrumbList", "name": "정치"}') == {}

    def test_entities_are_unescaped(self) -> None:
        assert json_ld(ARTICLE.replace("도서관", "&quot;도서관&quot;"))["title"] == ['"도서관" 연다']


class TestMeta:
    def test_names_properties_and_itemprops(self) -> None:
        tree = parse(
            "<html><head><title>가 - 한빛일보</title><meta property='og:title' content='나'><meta name='DABLE:author' content='강솔'>"
            "<meta itemprop='datePublished' content='2026-11-12'><link rel='canonical' href='https://h.example/1'></head></html>"
        )
        found = by_field(meta.collect(Whole(tree)))
        assert found["title"] == ["나", "가 - 한빛일보"]
        assert found["authors"] == ["강솔"]
        assert found["published_at"] == ["2026-11-12"]
        assert found["canonical_url"] == ["https://h.example/1"]
        assert found["publisher"] == ["한빛일보"]

    def test_empty_contents_say_nothing(self) -> None:
        assert by_field(meta.collect(Whole(parse("<meta property='og:title' content='  '><meta name='author'>")))) == {}


class TestScript:
    def body(self, html: str, spec: Script) -> list[str]:
        found = [c.value for c in script.collect(parse(html), spec) if c.field == "body"]
        return [line.text for reading in found for line in reading.lines]

    def test_a_path_through_lists_with_a_condition(self) -> None:
        html = (
            '<script>window.Fusion={};Fusion.globalContent={"content_elements":[{"type":"text","content":"하나다."},'
            '{"type":"image","content":"그림"},{"type":"text","content":"<b>둘</b>이다."}]};Fusion.x=1</script>'
        )
        spec = Script(start="Fusion.globalContent=", body="content_elements[type=text].content")
        assert self.body(html, spec) == ["하나다.", "둘이다."]

    def test_a_key_inside_a_json_string(self) -> None:
        html = r'<script>self.push([1,"{\"detail\":{\"contentHtml\":\"\u003cp\u003e하나다.\u003c/p\u003e\u003cp\u003e\\\"둘\\\"이다.\u003c/p\u003e\"}}"])</script>'
        assert self.body(html, Script(key="contentHtml")) == ["하나다.", '"둘"이다.']

    @pytest.mark.parametrize(
        "html",
        ["<p>x</p>", "<script>Fusion.globalContent={broken</script>", "<script>Fusion.globalContent=[]</script>"],
    )
    def test_what_is_not_there_or_broken_says_nothing(self, html: str) -> None:
        assert self.body(html, Script(start="Fusion.globalContent=", body="content_elements[].content")) == []


def lines(html: str) -> Reading:
    body = parse(f"<body>{html}</body>").find("body")
    assert body is not None
    return read_lines(body)


class TestLines:
    @pytest.mark.parametrize(
        ("html", "texts"),
        [
            ("<p>하나</p><p>둘</p>", ["하나", "둘"]),
            ("하나<br>둘<br><br>셋", ["하나", "둘", "셋"]),
            ("하나<p>둘</p>셋", ["하나", "둘", "셋"]),
            ("<p>하<b>나</b> <a href='#'>둘</a></p>", ["하나 둘"]),
            ("<p>하나<script>x()</script>다</p>", ["하나다"]),
            ("<p>\xa0하나\u200b\u3000둘 </p>", ["하나 둘"]),
            ("<p>하나</p><p style='display: none'>숨김</p><p hidden>숨김</p>", ["하나"]),
            ("<p>하나</p><button>글자 크게</button><div class='sns_share'>공유</div>", ["하나"]),
            ("<blockquote><p>인용</p></blockquote><ul><li>항목</li></ul>", ["인용", "항목"]),
        ],
    )
    def test_what_a_reader_sees(self, html: str, texts: list[str]) -> None:
        assert [line.text for line in lines(html).lines] == texts

    def test_kinds(self) -> None:
        found = lines("<h3>소제목</h3><blockquote><p>인용</p></blockquote><ul><li>항목</li></ul>").lines
        assert [line.kind for line in found] == ["heading", "quote", "list_item"]

    def test_link_share_and_bold(self) -> None:
        linked, bold = lines("<p><a href='/1'>관련 기사 제목</a></p><p><b>굵은 줄</b></p>").lines
        assert (linked.links, linked.bold) == (1.0, False)
        assert (bold.links, bold.bold) == (0.0, True)

    def test_left_out_words_have_a_receipt(self) -> None:
        assert [(r.text, r.rule) for r in lines("<p>하나</p><div class='ad'>광고</div>").receipts()] == [
            ("광고", "markup.aside")
        ]

    def test_a_large_box_under_an_unlucky_name_is_text(self) -> None:
        assert len(lines(f"<div class='share'>{BODY * 5}</div>").lines) == 5 * len(SENTENCES)

    @pytest.mark.parametrize(
        "html",
        [
            "<figure><img src='1.jpg'><figcaption>다리 모습.</figcaption></figure>",
            "<div class='img_wrap'><img src='1.jpg'><p class='img_desc'>다리 모습.</p></div>",
            "<table><tr><td><img src='1.jpg'></td></tr><tr><td>다리 모습.</td></tr></table>",
            "<p><img src='1.jpg'></p><p>▲ 다리 모습.</p>",
        ],
        ids=["figure", "class", "table", "mark"],
    )
    def test_captions(self, html: str) -> None:
        found = lines(html + "<p>본문이다.</p>")
        assert [line.text for line in found.lines] == ["본문이다."]
        assert [(i.url, (i.caption or "").strip("▲ ")) for i in found.pictures] == [("1.jpg", "다리 모습.")]

    def test_a_long_figure_with_a_table_is_read_on(self) -> None:
        assert lines("<figure><table><tr><td>층</td><td>시설</td></tr></table></figure>").lines[0].text == "층 | 시설"


class TestMarkup:
    def find(self, html: str) -> str:
        tree = parse(html)
        element = markup.choose_body(tree, Whole(tree).reading)
        return "" if element is None else (element.get("id") or element.get("class") or element.tag)

    def test_the_element_with_the_sentences(self) -> None:
        assert self.find(page()) == "text"

    def test_the_innermost_of_named_elements(self) -> None:
        inner = f"<div id='articleBody'><div id='articleBodyContents'>{BODY}</div><ul>{'<li><a href=x>관련 뉴스</a></li>' * 5}</ul></div>"
        assert self.find(page(body=inner)) == "articleBodyContents"

    def test_no_sentences_no_body(self) -> None:
        assert self.find(page(body="<p>사진</p>", footer="")) == ""

    def test_a_text_without_sentences_below_its_headline(self) -> None:
        rows = "".join(f"<p>▲{n}부장 강솔{n} ▲{n}차장 문해솔{n}</p>" for n in range(6))
        tree = parse(page(body=rows))
        element = markup.find_unspoken(Whole(tree).reading, [TITLE])
        assert element is not None
        assert element.get("class") == "text"


class TestSurroundings:
    def collect(self, info: str) -> dict[str, list[str]]:
        tree = parse(page(info=info))
        whole = Whole(tree)
        body = markup.choose_body(tree, whole.reading)
        assert body is not None
        found: dict[str, list[str]] = {}
        for candidate in surroundings.collect(whole, read_lines(body).owners, [TITLE]):
            value = candidate.value.isoformat() if candidate.field == "dates" else candidate.raw
            found.setdefault(candidate.field, []).append(value)
        return found

    @pytest.mark.parametrize(
        "info",
        [
            "<p>입력 2026.11.12 09:30</p>",
            "<p>강솔 기자 2026. 11. 12. 09:30</p>",
            "<p>사회 | 2026-11-12 09:30</p>",
            "<p>강솔 기자 | 2026.11.12 오전 9:30 | 조회 110,271</p>",
        ],
    )
    def test_the_time_of_an_info_bar(self, info: str) -> None:
        assert self.collect(info)["dates"] == ["2026-11-12T09:30:00+09:00"]

    def test_a_view_date_is_none(self) -> None:
        assert "dates" not in self.collect("<p>11.12 (목)</p>")

    def test_a_byline_above_the_text(self) -> None:
        assert self.collect("<p>강솔 기자</p>")["bylines"] == ["강솔 기자"]

    @pytest.mark.parametrize(
        ("footer", "name"),
        [
            ("<p>제호 : 한빛마을신문 | 등록번호 : 한빛,아00001</p>", "한빛마을신문"),
            ("<p>Copyright ⓒ 한빛일보. All rights reserved.</p>", "한빛일보"),
        ],
    )
    def test_the_imprint_names_the_publisher(self, footer: str, name: str) -> None:
        whole = Whole(parse(page(footer=f"<footer>{footer}</footer>")))
        assert by_field(surroundings.collect_footer(whole))["publisher"][0] == name


class TestDecks:
    def test_a_box_that_is_called_a_deck(self) -> None:
        found = by_field(decks.collect(lines(f"<div class='mid_title'>내년 3월 문 연다</div>{BODY}")))
        assert found["subtitles"] == ["내년 3월 문 연다"]

    @pytest.mark.parametrize(
        "line", ["<b>[앵커]</b>", "<b>강솔 기자</b>", "<b>[책마을 이야기]</b>", "<p>굵지 않은 줄</p>"]
    )
    def test_what_is_none(self, line: str) -> None:
        assert by_field(decks.collect(lines(f"<p>{line}</p>{BODY}"))) == {}


def test_fallback_reads_what_trafilatura_reads() -> None:
    reading = fallback.body(parse(page()))
    assert reading is not None
    assert SENTENCES[0] in [line.text for line in reading.lines]
