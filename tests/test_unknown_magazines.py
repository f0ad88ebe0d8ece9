"""Magazines, newsletters, boards and page builders without a profile: one test a cause."""

from __future__ import annotations

import pytest
from pages import BODY, SENTENCES, TITLE, page

import newsscrape

URL = "https://www.hanbit-maeul.example/news/12345"
TEXT = "\n".join(SENTENCES)
FIRST, REST = f"<p>{SENTENCES[0]}</p>", "".join(f"<p>{line}</p>" for line in SENTENCES[1:])
DAY = "<p>2026.11.12 09:30</p>"


def read(html: str) -> newsscrape.Article:
    return newsscrape.extract(html, url=URL)


def authors_of(html: str) -> list[str]:
    return [author.name for author in read(html).authors]


def captions_of(html: str) -> list[str | None]:
    return [image.caption for image in read(html).images]


@pytest.mark.parametrize("name", ["has-drop-cap", "drop_cap"])
def test_first_paragraph_with_a_large_letter(name: str) -> None:
    assert read(page(body=f"<p class='{name}'>{SENTENCES[0]}</p>{REST}")).text == TEXT


def test_gallery_whose_pictures_have_captions() -> None:
    one = "<figure><img src='{0}.jpg'><figcaption>{1}</figcaption></figure>"
    gallery = f"<figure>{one.format(1, '옛 굴뚝')}{one.format(2, '앞뜰')}</figure>"
    assert captions_of(page(body=FIRST + gallery + REST)) == ["옛 굴뚝", "앞뜰"]


@pytest.mark.parametrize("tag", ["em", "i", "small", "span"])
def test_caption_in_small_or_slanted_type(tag: str) -> None:
    photo = f"<div class='v_ph'><img src='1.jpg'><{tag}>옛 느티나무</{tag}></div>"
    article = read(page(body=FIRST + photo + REST))
    assert article.text == TEXT
    assert article.images[0].caption == "옛 느티나무"


@pytest.mark.parametrize(
    "words",
    ["<span>그는 웃었다.</span>", "<span>■ 앞으로의 계획</span>", "<span><b>남은 과제</b></span>", "<b>남은 과제</b>"],
)
def test_text_behind_a_picture_stays(words: str) -> None:
    said = newsscrape.extract(page(body=f"{FIRST}<p><img src='1.jpg'>{words}</p>{REST}"), url=URL).text
    assert said.count("\n") == len(SENTENCES)


@pytest.mark.parametrize(
    "info",
    [
        "글 · 사진 강이솔",
        "글 강이솔 사진 도가람",
        "에디터 강이솔",
        "editor 강이솔",
        "Words by 강이솔",
        "by 강이솔",
        "글 강이솔(소설가·한빛대 문예창작과 교수)",
    ],
)
def test_writer_named_by_what_he_did(info: str) -> None:
    assert authors_of(page(info=f"<p>{info}</p>{DAY}")) == ["강이솔"]


@pytest.mark.parametrize("label", ["작성자", "기자명", "글쓴이"])
def test_writer_below_a_label(label: str) -> None:
    assert authors_of(page(info=f"<div>{label}</div><div>강이솔</div>{DAY}")) == ["강이솔"]


def test_writer_in_a_card_for_other_sites() -> None:
    head = "<meta name='twitter:label1' content='글쓴이'><meta name='twitter:data1' content='강이솔'>"
    assert authors_of(page(head=head, info=DAY)) == ["강이솔"]


def test_reporter_in_front_of_a_relative_time() -> None:
    assert authors_of(page(info="<div><span>강이솔 기자</span><span>1시간 전</span></div>")) == ["강이솔"]


@pytest.mark.parametrize(
    "word", ["글 쓰는 사람들", "by 한빛시", "글 읽는 도시", "글 모음집", "에디터 노트", "글 이야기", "작성 이유는"]
)
def test_words_that_name_nobody(word: str) -> None:
    assert authors_of(page(info=f"<p>{word}</p>{DAY}")) == []


@pytest.mark.parametrize(
    "info",
    [
        "<div>강솔·도가람 기자 <span>2026.11.12</span></div>",
        "<span>2026.11.12</span> <span>방위사업청</span>",
        "<p>2026년 11월 12일</p>",
        "<div>작성일</div><div>2026년 11월 12일</div>",
        "<div>2026년 11월 12일 · 에디터 강이솔</div>",
    ],
)
def test_day_below_the_headline(info: str) -> None:
    assert str(read(page(info=info)).published_at).startswith("2026-11-12 00:00")


@pytest.mark.parametrize("info", ["<p>2026.11.20 개막</p>", "<p>2026년 11월 20일 한빛시청 앞에서</p>"])
def test_day_of_an_event_below_the_headline(info: str) -> None:
    assert read(page(info=info)).published_at is None


def test_what_stands_above_the_headline_in_the_body_element() -> None:
    body = f"<p>이메일이 잘 보이지 않나요?</p><span>교계</span><h1>{TITLE}</h1>{DAY}{BODY}"
    assert read(page(heading="", info="", body=body)).text == TEXT


def test_signature_of_a_column_named_after_its_writer() -> None:
    title = "[오누리의 창] 연필을 깎는 일"
    html = page(title=title, heading=f"<h1>{title}</h1>", info=DAY, body=f"{BODY}<p>오누리 시인</p>")
    assert read(html).text == TEXT
    assert authors_of(html) == ["오누리"]


def test_name_below_another_text_stays() -> None:
    assert read(page(body=f"{BODY}<p>오누리 시인</p>")).text.endswith("오누리 시인")


BOARD = "<table><tr><th>제목</th><td>한파 쉼터 214곳 운영</td></tr><tr><th>{}</th><td>복지정책과</td></tr></table>"


def test_title_in_the_table_of_a_board() -> None:
    html = page(title="보도자료 상세 | 한빛시청", heading="", info=BOARD.format("담당부서") + DAY)
    assert read(html).title == "한파 쉼터 214곳 운영"


def test_title_in_a_table_of_facts_is_not_the_articles() -> None:
    html = page(heading="", info=DAY, body=BODY + BOARD.format("감독"))
    assert read(html).title == TITLE


def test_title_without_the_house_that_only_the_footer_names() -> None:
    assert read(page(title=f"{TITLE} :: 한빛마을신문", heading="")).title == TITLE


def test_house_in_brackets_in_front_of_the_text() -> None:
    head = "<meta property='og:site_name' content='물빛in'>"
    article = read(page(head=head, body=f"<p>[물빛in] {SENTENCES[0]}</p>{REST}"))
    assert article.text == TEXT


def test_other_brackets_in_front_of_the_text_stay() -> None:
    assert read(page(body=f"<p>[현장에서] {SENTENCES[0]}</p>{REST}")).text.startswith("[현장에서]")


@pytest.mark.parametrize("name", ["kg-bookmark-card", "se-oglink", "og-card", "link-preview"])
def test_card_of_another_page(name: str) -> None:
    card = f"<div class='{name}'><b>지난달 금리 이야기</b><p>금리가 내리면 누가 웃을까요. 지난 글을 보세요.</p></div>"
    assert read(page(body=FIRST + card + REST)).text == TEXT


def test_licence_longer_than_a_release() -> None:
    licence = "이 자료는 공공누리 제1유형에 따라 자유롭게 이용할 수 있습니다. " * 8
    menu = "<p>안내</p>" * 40
    html = page(body=f"<div><div>{BODY}</div></div>{menu}<div><p>{licence}</p></div>")
    assert SENTENCES[0] in read(html).text


@pytest.mark.parametrize("tag", ["p", "div"])
def test_caption_in_a_box_with_nothing_but_its_picture(tag: str) -> None:
    photo = f"<div class='css-im'><img src='1.jpg'><{tag} class='css-cp'>1912년에 세운 등탑</{tag}></div>"
    article = read(page(body=FIRST + photo + REST))
    assert article.text == TEXT
    assert article.images[0].caption == "1912년에 세운 등탑"


@pytest.mark.parametrize("words", ["2. 남은 과제", "■ 남은 과제", SENTENCES[1]])
def test_text_in_a_box_with_a_picture_stays(words: str) -> None:
    photo = f"<div><img src='1.jpg'><p>{words}</p></div>"
    assert words in read(page(body=FIRST + photo + "".join(f"<p>{line}</p>" for line in SENTENCES[2:]))).text


def test_elements_of_a_bar_that_touch() -> None:
    html = page(info="<div><span>EDITOR 강이솔</span><span>PHOTOGRAPHY 도가람</span><span>2026.11.12</span></div>")
    assert authors_of(html) == ["강이솔"]
    assert str(read(html).published_at).startswith("2026-11-12")


def test_writer_of_a_page_in_english() -> None:
    assert authors_of(page(info="<p>Written by Kang Isol</p><p>2026.11.12 09:30</p>")) == ["Kang Isol"]


def test_house_with_a_name_like_a_persons() -> None:
    publisher = read(page(footer="<footer><p>제호 : 나루인</p></footer>")).publisher
    assert publisher is not None
    assert publisher.name == "나루인"


def test_menu_of_a_town_is_no_house() -> None:
    assert read(page(title="가온군 - 군정뉴스", footer="<footer></footer>")).publisher is None


def test_headline_without_its_series_above_the_text() -> None:
    article = read(page(title=f"[햇살레터 #88] {TITLE}", heading="", body=f"<p>{TITLE}</p>{BODY}"))
    assert article.text == TEXT


def test_profile_of_the_person_asked_stays() -> None:
    box = "<div class='profile'><b>강이솔</b><p>1981년 한빛에서 태어났다. 소설집을 냈다.</p></div>"
    assert "1981년 한빛에서 태어났다." in read(page(body=BODY + box)).text


@pytest.mark.parametrize(
    "item",
    [
        "<ul><li><img src='dot.gif'><span>만 19세 이상 시민</span></li></ul>",
        "<p><img src='dot.gif'><span>만 19세 이상 시민</span></p>",
        "<div><img src='1.jpg'><p>만 19세 이상 시민。</p></div>",
        "<div><img src='1.jpg'>만 19세 이상 시민</div>",
    ],
)
def test_words_behind_a_bullet_stay(item: str) -> None:
    assert "만 19세 이상 시민" in read(page(body=FIRST + item + REST)).text


@pytest.mark.parametrize("heading", ["글 강이솔", "에디터 노트", "글 이야기"])
def test_heading_inside_the_text_that_may_name_nobody_stays(heading: str) -> None:
    assert heading in read(page(body=f"<p>{heading}</p>{BODY}")).text
