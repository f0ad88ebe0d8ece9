"""Boxes inside the text of unknown sites: what interrupts it, introduces its writer or invites the reader."""

from __future__ import annotations

import pytest
from pages import BODY, INFO, SENTENCES, page

import newsscrape

URL = "https://www.hanbit-maeul.example/news/12345"
TEXT = "\n".join(SENTENCES)
FIRST, REST = f"<p>{SENTENCES[0]}</p>", "".join(f"<p>{line}</p>" for line in SENTENCES[1:])


def read(html: str) -> newsscrape.Article:
    return newsscrape.extract(html, url=URL)


@pytest.mark.parametrize(
    "advert",
    [
        "<div class='google-auto-placed'><ins class='adsbygoogle'></ins></div>",
        "<div id='gpt-1'><iframe src='about:blank'></iframe></div>",
    ],
)
def test_advert_in_the_middle_of_a_paragraph(advert: str) -> None:
    head, mark, tail = SENTENCES[1].partition("규모로 ")
    head += mark
    body = f"{FIRST}<p>{head}{advert}{tail}</p><p>{SENTENCES[2]}</p><p>{SENTENCES[3]}</p>"
    assert read(page(body=body)).text == TEXT


@pytest.mark.parametrize("box", ["<pre>{}</pre>", "<div style='white-space: pre-line'>{}</div>"])
def test_breaks_of_the_source_that_are_shown(box: str) -> None:
    assert read(page(body=box.format("\n\n".join(SENTENCES)))).text == TEXT


def test_invitation_with_a_field_for_an_address() -> None:
    box = "<div><b>한빛 뉴스레터</b><p>매일 아침 소식을 메일로 보내드립니다.</p><input type='email'><button>구독</button></div>"
    assert read(page(body=FIRST + box + REST)).text == TEXT


def test_field_for_an_address_below_a_text_takes_no_text() -> None:
    body = f"<div>{BODY}<div><input type='email' placeholder='이메일'></div></div>"
    assert read(page(body=body)).text == TEXT


CARD = (
    "<div class='{}'><b>강솔 기자</b><p>“집을 보면 사람이 보입니다.”</p>"
    "<p>2018년 입사해 지금은 문화부에서 도서관을 취재하고 있습니다.</p></div>"
)


@pytest.mark.parametrize("name", ["writer_card", "reporter-profile", "journalist_intro", "author-box", "author_bio"])
def test_reporters_card(name: str) -> None:
    article = read(page(info="<p>입력 2026.11.12 09:30</p>", body=BODY + CARD.format(name)))
    assert article.text == TEXT
    assert [author.name for author in article.authors] == ["강솔"]


def test_info_bar_under_the_name_of_a_card() -> None:
    info = "<div class='reporter_box'><b>강솔 기자</b><span>2026-11-12 09:30</span></div>"
    article = read(page(info=info))
    assert [author.name for author in article.authors] == ["강솔"]
    assert article.published_at is not None


@pytest.mark.parametrize(
    "quote",
    ["<aside class='pullquote'>{}</aside>", "<div class='quote-box'>{}</div>", "<blockquote><p>{}</p></blockquote>"],
)
def test_sentence_printed_once_more_as_a_quotation(quote: str) -> None:
    again = quote.format("“기계를 돌리던 자리에서 아이들이 책을 읽게 될 것”")
    assert read(page(body=FIRST + again + REST)).text == TEXT


def test_quotation_that_stands_nowhere_else_stays() -> None:
    article = read(page(body=FIRST + "<blockquote><p>책은 도끼다.</p></blockquote>" + REST))
    assert ("quote", "책은 도끼다.") in [(block.kind, block.text) for block in article.body]


def test_crosshead_with_words_of_the_text_stays() -> None:
    body = f"{FIRST}<p><b>“아이들이 책을 읽게 될 것”</b></p>{REST}"
    assert "“아이들이 책을 읽게 될 것”" in read(page(body=body)).text


@pytest.mark.parametrize("name", ["term_layer", "word_pop", "glossary-tip", "voca_box"])
def test_explanation_that_pops_up_inside_a_sentence(name: str) -> None:
    term = f"연면적<span class='{name}'><b>연면적</b><span>각 층 바닥의 넓이를 더한 것이다.</span></span>"
    assert read(page(body=BODY.replace("연면적", term))).text == TEXT


@pytest.mark.parametrize("name", ["instagram-media", "twitter-tweet"])
def test_embedded_post(name: str) -> None:
    post = f"<blockquote class='{name}'><p>옛 방직공장이 도서관이 된다니 정말 기쁘다.</p></blockquote>"
    assert read(page(body=FIRST + post + REST)).text == TEXT


@pytest.mark.parametrize(
    "link",
    [
        "<p><a href='/2'>나루섬 다리 석 달째 막혀...누가 고치나</a></p>",
        "<p><a href='/2'>“다리를 건널 수 없다” 나루섬 주민들</a></p>",
        "<p>[함께 읽기] <a href='/2'>나루섬 다리, 안전 기준이 없다</a></p>",
        "<div><strong>이 기사도 읽어보세요</strong><ul><li><a href='/2'>나루섬 다리 끊겼다</a></li></ul></div>",
        "<div class='read-more'><strong>더 읽기</strong><a href='/2'>나루섬 다리 끊겼다</a></div>",
    ],
)
def test_other_article_between_paragraphs(link: str) -> None:
    assert read(page(body=FIRST + link + REST)).text == TEXT


@pytest.mark.parametrize(
    "box",
    [
        "<details><summary>AI 핵심 요약</summary><ul><li>한빛시가 도서관을 연다.</li><li>내년 3월에 연다.</li></ul></details>",
        "<h4>기사를 3줄로 요약했어요</h4><ol><li>한빛시가 도서관을 연다.</li><li>내년 3월에 연다.</li></ol>"
        "<span>이 요약은 AI가 생성했으며 오류가 있을 수 있습니다.</span>",
        "<div><b>[AI 요약]</b><p>한빛시가 도서관을 연다.</p><p>* 생성형 AI가 만든 요약으로, 실제 기사와 차이가 있을 수 있습니다.</p></div>",
    ],
    ids=["items", "items and notice", "notice"],
)
def test_generated_summary(box: str) -> None:
    assert read(page(body=box + BODY)).text == TEXT


def test_summary_by_the_reporter_stays() -> None:
    box = "<ul><li>한빛시가 도서관을 연다.</li><li>내년 3월에 연다.</li></ul>"
    assert "내년 3월에 연다." in read(page(body=box + BODY)).text


def test_hours_of_a_live_report_stay() -> None:
    posts = "".join(f"<div><time>0{n}:20</time><p>{line}</p></div>" for n, line in enumerate(SENTENCES, 1))
    assert "03:20" in [block.text for block in read(page(body=posts)).body]


def test_comments_in_a_box_of_replies() -> None:
    said = (
        "<div id='replies'><b>나그네</b><p>우리 동네에도 이런 도서관이 있으면 좋겠다.</p><i>2026-11-13 12:11</i></div>"
    )
    article = read(page(info="<p>2026.11.12 09:30</p>", around=said))
    assert article.text == TEXT
    assert str(article.published_at).startswith("2026-11-12 09:30")


def test_caption_below_its_box_with_the_credit() -> None:
    photo = "<div class='image-area'><img src='1.jpg'><div class='txt'>옛 방직공장 앞뜰</div></div>"
    article = read(page(body=f"{photo}<p>옛 방직공장 앞뜰 / 한빛시 제공</p>{BODY}"))
    assert article.text == TEXT


def test_portrait_with_the_name_that_signs_the_column() -> None:
    portrait = "<div class='photo'><img src='1.jpg'><p>강솔 한빛대 경제학과 교수</p></div>"
    article = read(page(info="<p>2026.11.12 09:30</p>", body=f"{portrait}{BODY}<p>강솔 한빛대 경제학과 교수</p>"))
    assert [author.name for author in article.authors] == ["강솔"]


def test_offer_below_a_cut_text() -> None:
    wall = "<p>이 기사는 유료 구독자 전용입니다.</p><p>지금 구독하면 첫 달 무료로 모든 기사를 읽을 수 있습니다.</p>"
    article = read(page(body=f"{BODY}<div>{wall}<a>구독하기</a><a>로그인</a></div>"))
    assert article.text == TEXT
    assert article.truncated


def test_table_of_who_answers_below_a_press_release() -> None:
    table = "<table><tr><th>담당 부서</th><td>도서관과</td><td>과 장 강솔 (044-000-0000)</td></tr></table>"
    assert read(page(info=INFO, body=BODY + table)).text == TEXT


def test_related_headlines_below_a_marked_heading_without_links() -> None:
    box = "<p>▶ 관련기사<br>▶ 나루섬 “다리를 돌려 달라”<br>▶ 다리는 언제 놓이나?</p>"
    assert read(page(body=FIRST + box + REST)).text == TEXT


def test_marked_items_of_the_text_stay() -> None:
    items = "<p>▶ 첫째, 예산을 제때 쓰지 않았다<br>▶ 둘째, 누가 고치나?</p>"
    assert "▶ 둘째, 누가 고치나?" in read(page(body=FIRST + items + REST)).text


def test_letters_escaped_twice() -> None:
    assert read(page(body=BODY.replace("“", "&amp;ldquo;").replace("”", "&amp;rdquo;"))).text == TEXT


def test_caption_of_a_wire_with_day_and_address() -> None:
    photo = "<div><img src='1.jpg'><p>【한빛=뉴시스】강솔 기자 = 도서관 공사 현장. 2026.11.12. sol@newsis.com</p></div>"
    article = read(page(body=photo + BODY))
    assert article.text == TEXT
    assert article.images[0].caption == "도서관 공사 현장."


def test_photos_and_captions_are_the_whole_article() -> None:
    said = "12일 옛 방직공장에서 시민들이 한빛시장과 함께 도서관 공사 현장을 둘러보고 있다. 강솔 기자"
    photos = f"<figure><img src='1.jpg'><figcaption>{said}</figcaption></figure>"
    more = "<figure><img src='2.jpg'><figcaption>옛 굴뚝. 강솔 기자</figcaption></figure>"
    article = read(page(head="<meta property='og:type' content='article'>", body=photos + more))
    assert article.text == said.removesuffix(" 강솔 기자")
    assert [image.caption for image in article.images][1] == "옛 굴뚝."


def test_who_answers_the_press_below_a_release() -> None:
    contact = "<p>언론 연락처</p><p>가온전자 홍보팀 강솔 과장 02-000-0000</p>"
    assert read(page(body=BODY + contact)).text == TEXT


def test_other_parts_of_a_series_below_the_text() -> None:
    series = "<div><b>[연재] 밤을 건너는 사람들</b><ul><li>① 새벽 첫차를 모는 손</li><li>② 편의점의 밤</li></ul></div>"
    assert read(page(body=BODY + series)).text == TEXT


def test_words_in_a_box_with_an_embedded_video() -> None:
    video = "<div class='embed'><p>도서관 미리 보기</p><iframe src='v'></iframe></div>"
    assert read(page(body=FIRST + video + REST)).text == TEXT
