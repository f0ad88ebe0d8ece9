"""What stands around the text of unknown sites: titles, names and times, publishers, the next article below."""

from __future__ import annotations

import pytest
from pages import BODY, SENTENCES, TITLE, page

import newsscrape

URL = "https://www.hanbit-maeul.example/news/12345"
NO_FOOTER = "<footer><p>본 사이트의 기사는 저작권법의 보호를 받습니다.</p></footer>"
TEXT = "\n".join(SENTENCES)


def read(html: str) -> newsscrape.Article:
    return newsscrape.extract(html, url=URL)


def publisher_of(html: str) -> str | None:
    publisher = read(html).publisher
    return publisher.name if publisher else None


def authors_of(html: str) -> list[str]:
    return [author.name for author in read(html).authors]


NEXT = (
    "<div><h1 class='t'>나루섬 다리 다시 놓는다</h1><p>도가람 기자 2026.11.11 08:00</p>"
    "<p>가온시는 나루섬 다리를 다시 놓기로 했다고 11일 밝혔다.</p><p>다리는 석 달 전에 큰비로 끊겼다고 시는 설명했다.</p>"
    "<p>도가람 기자 garam@hanbit.example</p></div>"
)


def endless() -> str:
    return page(heading=f"<h1 class='t'>{TITLE}</h1>", info="<p>강솔 기자 2026.11.12 09:30</p>", around=NEXT)


def test_text_of_the_next_article() -> None:
    assert read(endless()).text == TEXT


def test_reporter_of_the_next_article() -> None:
    assert authors_of(endless()) == ["강솔"]


def test_time_of_the_next_article() -> None:
    assert str(read(endless()).published_at).startswith("2026-11-12 09:30")


def test_crosshead_set_like_the_headline_is_no_next_article() -> None:
    body = (
        f"<p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p><h1>“아이들이 책을”</h1><p>{SENTENCES[2]}</p><p>{SENTENCES[3]}</p>"
    )
    assert SENTENCES[3] in read(page(body=body)).text


@pytest.mark.parametrize(
    "info",
    [
        "<div><span>강이솔</span><span>2026.11.12 09:30</span></div>",
        "<div><span>강이솔(sol2)</span> <span>등록 2026.11.12 09:30</span></div>",
        "<div>강이솔 기자 · 2026.11.12 09:30 · 유료</div>",
        "<div><i>강이솔 기자</i><i>공유하기</i><i>2026.11.12 09:30</i></div>",
        "<div>강이솔 | 제 1204호 | 2026.11.12</div>",
        "<div><i itemprop='author'>강이솔</i></div>",
        "<div><a>강이솔 기자</a> <a>기자 페이지 구독</a> <a>기자의 다른기사 보기</a></div><p>2026-11-12 09:30</p>",
    ],
    ids=[
        "beside the time",
        "with an account",
        "between dots",
        "before a button",
        "between bars",
        "property",
        "before buttons",
    ],
)
def test_reporter_in_the_bar(info: str) -> None:
    assert authors_of(page(info=info)) == ["강이솔"]


@pytest.mark.parametrize("word", ["스포츠", "사회부", "정치", "서울시"])
def test_word_beside_the_time_is_no_reporter(word: str) -> None:
    assert authors_of(page(info=f"<div><span>{word}</span><span>2026.11.12 09:30</span></div>")) == []


def test_reporter_in_front_of_a_slogan() -> None:
    signed = "<div><b>강솔 기자</b><span>sol@hanbit.example</span><span>기술로 세상을 읽습니다.</span></div>"
    assert authors_of(page(info="<p>2026.11.12 09:30</p>", around=signed)) == ["강솔"]


def test_writer_of_a_bulletin_board() -> None:
    info = "<section><h2>페이지 정보</h2>작성자 <strong>강이솔 기자</strong> 작성일26-11-12 09:30 조회 1,021회 댓글 0건</section>"
    assert authors_of(page(info=info)) == ["강이솔"]


def test_reporter_in_front_of_a_counter_and_the_time() -> None:
    assert authors_of(page(info="<p>강이솔 기자 VIEW 3,204 2026.11.12 09:30</p>")) == ["강이솔"]


def test_reporter_in_english_in_front_of_the_time() -> None:
    assert authors_of(page(info="<div><i>By Kang Isol</i><i>Published 2026.11.12 09:30</i></div>")) == ["Kang Isol"]


def test_reader_who_signs_with_a_place() -> None:
    article = read(page(info="<p>2026.11.12 09:30</p>", body=f"{BODY}<p>강이솔·한빛시 나루동</p>"))
    assert [author.name for author in article.authors] == ["강이솔"]
    assert article.text == TEXT


def test_robot() -> None:
    author = read(page(info="<p>가온머니봇 기자 | 2026-11-12 09:30</p>")).authors[0]
    assert (author.name, author.kind) == ("가온머니봇", "bot")


def test_time_beside_a_name_inside_the_body_element() -> None:
    html = page(heading="", info="", body=f"<h1>{TITLE}</h1><p>강솔 기자 2026.11.12 09:30</p><p>[검증] 사실</p>{BODY}")
    assert str(read(html).published_at).startswith("2026-11-12 09:30")


def test_title_in_bold_type() -> None:
    head = f"<font size='5'><b>{TITLE}</b></font><br>"
    assert read(page(title="", heading=head)).title == TITLE


def test_title_of_a_print_view() -> None:
    assert read(page(title=":: 한빛마을신문 :: 인쇄하기", heading=f"<b>{TITLE}</b>")).title == TITLE


def test_title_behind_the_name_of_a_mobile_site() -> None:
    assert read(page(title=f"한빛마을신문 모바일 사이트, {TITLE}", heading="")).title == TITLE


def test_title_in_a_path_of_menus() -> None:
    assert read(page(title=f"{TITLE} | 보도자료 | 알림마당", heading=f"<h4>{TITLE}</h4>")).title == TITLE


@pytest.mark.parametrize(
    ("head", "footer", "name"),
    [
        ("<title>{0} : 사설 : 한빛겨레</title><meta property='og:title' content='{0}'>", NO_FOOTER, "한빛겨레"),
        ("", "<footer><p>Copyright ⓒ 물빛일보사. All rights reserved.</p></footer>", "물빛일보"),
        ("<meta property='og:site_name' content='KBS뉴스'>", NO_FOOTER, "KBS"),
        ("", "<footer><p>매체명 : 물빛in | 등록번호 : 한빛, 아00077</p></footer>", "물빛in"),
        ("", "<footer><p>본 콘텐츠의 저작권은 물빛in에 있으며 무단 전재를 금합니다.</p></footer>", "물빛in"),
        ("", "<footer><p>Copyright ⓒ 물빛신보 All right reserved.</p></footer>", "물빛신보"),
        (
            '<script type=\'application/ld+json\'>{{"@type":"NewsArticle","publisher":{{"name":"MSN"}},'
            '"provider":{{"name":"한빛매일"}}}}</script>',
            NO_FOOTER,
            "한빛매일",
        ),
        ("<meta property='og:site_name' content='HBC'><title>{0} | HBC 뉴스</title>", NO_FOOTER, "HBC"),
    ],
    ids=[
        "behind the title",
        "company",
        "broadcaster's news",
        "masthead",
        "owner",
        "all right reserved",
        "provider",
        "initials",
    ],
)
def test_publisher(head: str, footer: str, name: str) -> None:
    html = page(footer=footer).replace(f"<title>{TITLE}</title>", head.format(TITLE) or f"<title>{TITLE}</title>")
    assert publisher_of(html) == name


WIRE = "<p>&lt;저작권자ⓒ 공감언론 뉴시스통신사. 무단전재-재배포 금지.&gt;</p>"


def test_wires_copyright_below_its_article_is_not_the_house() -> None:
    head = "<meta property='og:site_name' content='물빛소식'>"
    assert publisher_of(page(head=head, around=WIRE, footer=NO_FOOTER)) == "물빛소식"


def test_section_between_the_headline_and_the_site() -> None:
    heading = f"<h2><i>경제</i> <i>{TITLE}</i></h2>"
    assert read(page(title=f"{TITLE} > 경제 | 물빛소식", heading=heading)).title == TITLE


@pytest.mark.parametrize(
    "footer",
    [
        "<footer><p>모든 콘텐츠의 저작권은 본사에 있습니다.</p></footer>",
        "<footer><p>사진의 저작권은 필자에게 있습니다.</p></footer>",
    ],
)
def test_no_publisher(footer: str) -> None:
    assert publisher_of(page(footer=footer)) is None


def test_section_behind_the_title_is_no_publisher() -> None:
    head = f"<meta property='og:title' content='{TITLE}'>"
    assert publisher_of(page(head=head, title=f"{TITLE} - 사회", footer=NO_FOOTER)) is None


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("[인사] 한빛시", "▲ 총무과장 강솔 ▲ 예산과장 도가람 ▲ 나루면장 하늘"),
        (
            "[부고] 강솔 한빛시 과장 부친상",
            "▲ 강한별씨 별세, 강솔(한빛시 과장)씨 부친상 = 11일, 한빛병원 3호실. ☎ 02-000-0000",
        ),
    ],
)
def test_short_notice_without_sentences(title: str, text: str) -> None:
    article = read(page(title=title, heading=f"<h1>{title}</h1>", body=f"<p>◇ 알림</p><p>{text}</p>"))
    assert text in article.text


def test_headline_with_a_word_that_names_sections_is_an_article() -> None:
    html = page(title="나루초 살린 마을 사람들", heading="<h1>나루초 살린 마을 사람들</h1>")
    assert read(html).text == TEXT


def test_results_in_a_table_below_a_heading_and_a_time() -> None:
    rows = "".join(f"<tr><td>{team}</td><td>0</td><td>3</td><td>5</td></tr>" for team in ("한빛 이글스", "가온 베어스"))
    body = f"<p>한빛이 가온을 5-3으로 이겼다.</p><table>{rows}</table><p>◇ 승리투수 = 강솔(2승) ◇ 패전투수 = 도가람(1패)</p>"
    text = read(page(info="<p>하늘 기자 2026-11-12 22:40</p>", body=body * 2)).text
    assert text.startswith("한빛이 가온을 5-3으로 이겼다.")
    assert "가온 베어스 | 0 | 3 | 5" in text
