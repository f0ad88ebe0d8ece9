"""Pages of sites without a profile: what their markup hides or glues together, one test a cause."""

from __future__ import annotations

import pytest
from pages import BODY, INFO, SENTENCES, TITLE, page

import newsscrape

URL = "https://www.hanbit-maeul.example/news/12345"
DATED = "2026-11-12T09:30"


def read(html: str) -> newsscrape.Article:
    return newsscrape.extract(html, url=URL)


def published(html: str) -> str:
    moment = read(html).published_at
    return moment.isoformat()[:16] if moment else ""


# The boxes of times carry names that elsewhere mean tools, captions or related articles.
@pytest.mark.parametrize("name", ["news_util01", "artical_relate", "MuiTypography-caption", "sns_area"])
def test_time_in_a_box_with_the_name_of_something_else(name: str) -> None:
    assert published(page(info=f"<div class='{name}'>입력 : 2026-11-12 09:30</div>")) == DATED


def test_time_on_a_button() -> None:
    assert published(page(info="<button><span>2026-11-12 09:30</span></button>")) == DATED


def test_time_in_a_readers_comment_is_not_the_articles() -> None:
    comment = "<div class='comment_box'><p>등록 2026-11-13 11:00</p><p>잘 읽었습니다.</p></div>"
    assert published(page(info="", around=comment)) == ""


def test_hour_below_the_text_for_the_day_above_it() -> None:
    html = page(info="<div>입력 : 2026년 11월 12일</div>", around="<div>입력 : 2026-11-12 09:30</div>")
    assert published(html) == DATED


def test_time_below_the_headline_of_a_page_without_text() -> None:
    cards = "<img src='1.jpg'><img src='2.jpg'>"
    head = "<meta property='og:type' content='article'>"
    assert published(page(head=head, info="<p>입력 : 2026.11.12 09:30</p>", body=cards)) == DATED


def test_page_that_stands_in_a_form() -> None:
    html = page().replace("<body>", "<body><div><form><input type='hidden' name='__VIEWSTATE'>")
    assert read(html.replace("</body>", "</form></div></body>")).text == "\n".join(SENTENCES)


def test_form_below_the_text_is_no_text() -> None:
    form = "<form><p>여러분의 의견을 남겨 주시면 편집국이 읽고 답을 드립니다.</p></form>"
    assert read(page(body=BODY + form)).text == "\n".join(SENTENCES)


def test_text_in_one_inline_element() -> None:
    body = f"<div><div>기사 꾸러미</div><span>{'<br><br>'.join(SENTENCES)}</span><p>이웃 마을 소식 보기</p></div>"
    assert read(page(body=body)).text == "\n".join(SENTENCES)


def test_reporters_whose_links_touch() -> None:
    info = "<div><a href='/r/1'>강솔 기자</a><a href='/r/2'>도가람 기자</a></div>" + "<p>입력 2026.11.12 09:30</p>"
    assert [author.name for author in read(page(info=info)).authors] == ["강솔", "도가람"]


def test_reporters_whose_links_are_parted_by_a_button() -> None:
    info = "<div><a href='/r/1'>강솔 기자</a><button>구독</button><a href='/r/2'>도가람 기자</a></div>"
    assert [author.name for author in read(page(info=info)).authors] == ["강솔", "도가람"]


def test_reporters_and_time_in_one_line_with_bars() -> None:
    info = "<div>(한빛=가온통신) 강솔 기자, 도가람 기자 | 2026-11-12 09:30:00 송고</div>"
    article = read(page(info=info))
    assert [author.name for author in article.authors] == ["강솔", "도가람"]
    assert article.published_at is not None


@pytest.mark.parametrize("name", ["articlePhotoC", "photo", "article_img left", "imgframe", "wrap-pic-max-w"])
def test_caption_in_a_photos_box(name: str) -> None:
    photo = f"<div class='{name}'><img src='1.jpg'><p>옛 방직공장 앞뜰. 한빛신문DB</p></div>"
    article = read(page(body=photo + BODY))
    assert article.text == "\n".join(SENTENCES)
    assert article.images[0].caption


def test_text_in_a_box_with_a_photos_name_stays() -> None:
    body = f"<div class='photo_article'><img src='1.jpg'>{BODY}</div>"
    assert read(page(body=body)).text == "\n".join(SENTENCES)


def test_columnists_name_as_caption_is_still_the_signature() -> None:
    photo = "<div class='photo'><img src='1.jpg'><p class='photo-caption'>강솔 논설위원</p></div>"
    article = read(page(info="<p>입력 2026.11.12 09:30</p>", body=f"{photo}{BODY}<p>/강솔 논설위원</p>"))
    assert [author.name for author in article.authors] == ["강솔"]


@pytest.mark.parametrize(
    "deck",
    [
        "<div class='summury'><p>열람실과 공연장 갖춰<br>국비·시비 86억 들여</p></div>",
        "<em class='precis'>열람실과 공연장 갖춰</em>",
    ],
)
def test_deck_by_its_name(deck: str) -> None:
    article = read(page(body=deck + BODY))
    assert article.text == "\n".join(SENTENCES)
    assert article.subtitles[0] == "열람실과 공연장 갖춰"


def test_deck_in_front_of_a_dateline() -> None:
    body = f"<p>열람실과 공연장 갖춰<br>국비·시비 86억 들여</p><p>[한빛=가온통신] 강솔 기자 = {SENTENCES[0]}</p>"
    article = read(page(body=body + "".join(f"<p>{line}</p>" for line in SENTENCES[1:])))
    assert article.subtitles == ("열람실과 공연장 갖춰", "국비·시비 86억 들여")
    assert article.text == "\n".join(SENTENCES)


def test_linked_headlines_below_the_text() -> None:
    related = "<ul class='css-1x'><li><a href='/news/2'>한빛시, 서버 42대 한꺼번에 바꾼다</a></li></ul>"
    assert read(page(body=BODY + related)).text == "\n".join(SENTENCES)


def test_linked_words_inside_the_text_stay() -> None:
    link = "<p><a href='/p'>한빛시 문화국 누리집 안내</a></p>"
    assert "누리집" in read(page(body=f"<p>{SENTENCES[0]}</p>{link}<p>{SENTENCES[1]}</p>")).text


def test_summary_whose_sentences_stand_below() -> None:
    body = f"<p>{SENTENCES[1]} {SENTENCES[3]}</p>{INFO}{BODY}"
    assert read(page(body=body)).text == "\n".join(SENTENCES)


def test_name_of_a_reporter_is_no_publisher() -> None:
    head = "<meta property='og:article:author' content='강솔 (sol@hanbit.example)'>"
    publisher = read(page(head=head)).publisher
    assert publisher is not None
    assert publisher.name == "한빛마을신문"


def test_year_of_foundation_is_no_publisher() -> None:
    footer = "<footer><p>Copyright© Since 1996, HBC All rights reserved.</p></footer>"
    head = "<meta property='og:site_name' content='HBC'>"
    publisher = read(page(head=head, footer=footer)).publisher
    assert publisher is not None
    assert publisher.name == "HBC"
    assert publisher_of(page(footer=footer)) == "HBC"


def publisher_of(html: str) -> str | None:
    publisher = read(html).publisher
    return publisher.name if publisher else None


LOGO = "<div><a href='/'><img src='logo.png' alt='한빛마을신문'></a> <a href='https://star.example/'>가온일보</a></div>"
NO_FOOTER = "<footer><p>본 사이트의 기사는 저작권법의 보호를 받습니다.</p></footer>"


def test_publisher_from_the_logo() -> None:
    assert publisher_of(page(info=LOGO + INFO, footer=NO_FOOTER)) == "한빛마을신문"


def test_front_page_of_a_sister_paper_is_no_logo() -> None:
    assert publisher_of(page(info=LOGO.replace("한빛마을신문", "") + INFO, footer=NO_FOOTER)) is None


def test_publisher_from_a_title_that_says_nothing_else() -> None:
    head = f"<meta property='og:title' content='{TITLE}'>"
    assert publisher_of(page(title="한빛마을신문", head=head, footer=NO_FOOTER)) == "한빛마을신문"


def test_korean_name_for_one_in_latin_letters() -> None:
    head = "<meta property='og:site_name' content='HANBITMAEUL'>"
    assert publisher_of(page(head=head, info=LOGO + INFO, footer=NO_FOOTER)) == "한빛마을신문"


def test_initials_are_a_name_of_their_own() -> None:
    head = "<meta property='og:site_name' content='HBC'>"
    assert publisher_of(page(head=head, info=LOGO + INFO, footer=NO_FOOTER)) == "HBC"


def test_text_that_only_json_ld_holds() -> None:
    body = "\\n".join(SENTENCES)
    data = f'{{"@type": "NewsArticle", "headline": "{TITLE}", "articleBody": "{body}"}}'
    article = read(page(head=f"<script type='application/ld+json'>{data}</script>", body=""))
    assert article.text == "\n".join(SENTENCES)
    assert article.provenance["body"] == "jsonld:articleBody"


def test_reporter_and_time_in_elements_that_touch() -> None:
    info = "<div><span class='user'>강솔 기자</span><span class='date'>공개 2026-11-12 09:30:05</span></div>"
    assert [author.name for author in read(page(info=info)).authors] == ["강솔"]


def test_reporter_beside_a_button_for_mail() -> None:
    info = "<ul><li><a href='/r'>한빛방송 강솔 기자</a><a href='/m'>메일보내기</a></li><li>2026-11-12 09:30</li></ul>"
    assert [author.name for author in read(page(info=info)).authors] == ["강솔"]


@pytest.mark.parametrize(
    "box",
    [
        "<div class='ai_summary'><strong>AI 요약</strong><p>한빛시가 도서관을 연다.</p></div>",
        "<div><strong>AI 요약</strong><p>한빛시가 도서관을 연다.</p><p>AI가 자동 생성한 요약으로 정확하지 않을 수 있습니다.</p></div>",
        "<p>기사 3줄 요약</p><p>1. 한빛시가 도서관을 연다.</p><p>2. 내년 3월에 연다.</p><p>3. 86억 원을 들인다.</p>",
    ],
    ids=["by its name", "by its notice", "by its numbers"],
)
def test_generated_summary(box: str) -> None:
    assert read(page(body=box + BODY)).text == "\n".join(SENTENCES)


def test_related_headlines_that_end_like_sentences_inside_the_text() -> None:
    links = "<ul><li><a href='/1'>나루섬 다리 끊겼다</a></li><li><a href='/2'>다온역 새로 선다</a></li></ul>"
    body = f"<p>{SENTENCES[0]}</p><div><p><b>관련기사</b></p>{links}</div>"
    article = read(page(body=body + "".join(f"<p>{line}</p>" for line in SENTENCES[1:])))
    assert article.text == "\n".join(SENTENCES)


def test_deck_with_hyphens() -> None:
    article = read(page(body=f"<p>- 열람실과 공연장 갖춰<br>- 국비·시비 86억 들여</p>{BODY}"))
    assert article.subtitles == ("열람실과 공연장 갖춰", "국비·시비 86억 들여")
    assert article.text == "\n".join(SENTENCES)


def test_caption_with_its_supplier_behind_a_slash() -> None:
    photo = "<div style='text-align:center'><img src='a.jpg'><br>옛 방직공장 전경 / 한빛시 제공</div>"
    assert read(page(body=photo + BODY)).text == "\n".join(SENTENCES)


@pytest.mark.parametrize(
    "photo",
    [
        "<figure><img src='a.jpg'><figcaption>{}</figcaption></figure>",
        "<div class='photo'><img src='a.jpg'><p>{}</p></div>",
    ],
)
def test_photo_and_its_caption_are_the_whole_article(photo: str) -> None:
    text = "강솔 한빛시장이 12일 옛 방직공장에서 시민들과 함께 도서관 공사 현장을 둘러보고 있다."
    article = read(page(head="<meta property='og:type' content='article'>", body=photo.format(text)))
    assert article.text == text
    assert str(article.published_at).startswith("2026-11-12 09:30")
