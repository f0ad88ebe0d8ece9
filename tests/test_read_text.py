"""Text dumps: each layout is a page that was made up, and each field of it has its own test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import newsscrape
from newsscrape import Article, EmptyPage, NotAnArticle
from newsscrape.candidates.text_lines import portal_of
from newsscrape.korean.rights import publisher_in

TWIN = Path(__file__).parent.parent / "fixtures" / "portal-twin"
TWIN_URL = "https://news.zum.com/articles/49918000"
WANTED = json.loads((TWIN / "expected.json").read_text("utf-8"))

P1 = "한빛시는 옛 공장 터에 청년을 위한 공동 작업장을 짓는다고 12일 밝혔다."
P2 = "작업장은 지상 3층 규모로 시제품 제작실과 회의실을 갖추고 내년 봄에 문을 연다."
P3 = "강솔 시장은 “청년이 떠나지 않는 도시를 만들겠다”고 말했다."


@pytest.fixture(scope="module")
def twins() -> dict[str, Article]:
    return {
        "text": newsscrape.normalize((TWIN / "page.txt").read_text("utf-8")),
        "html": newsscrape.extract((TWIN / "page.html").read_bytes(), url=TWIN_URL),
        "cp949": newsscrape.extract((TWIN / "page.cp949.html").read_bytes(), url=TWIN_URL),
    }


SHAPES = ["text", "html", "cp949"]


@pytest.mark.parametrize("shape", SHAPES)
class TestTwin:
    def test_title(self, twins: dict[str, Article], shape: str) -> None:
        assert twins[shape].title == WANTED["title"]

    def test_subtitles(self, twins: dict[str, Article], shape: str) -> None:
        assert list(twins[shape].subtitles) == WANTED["subtitles"]

    def test_body(self, twins: dict[str, Article], shape: str) -> None:
        assert [block.text for block in twins[shape].body] == WANTED["text"]

    def test_dateline(self, twins: dict[str, Article], shape: str) -> None:
        dateline = twins[shape].dateline
        assert dateline is not None
        assert dateline.model_dump() == WANTED["dateline"]

    def test_authors(self, twins: dict[str, Article], shape: str) -> None:
        assert [{"name": a.name, "role": a.role} for a in twins[shape].authors] == WANTED["authors"]

    def test_publisher(self, twins: dict[str, Article], shape: str) -> None:
        outlet = twins[shape].publisher
        assert outlet is not None
        assert outlet.name == WANTED["publisher"]

    def test_portal(self, twins: dict[str, Article], shape: str) -> None:
        portal = twins[shape].portal
        assert portal is not None
        assert portal.key == WANTED["portal"]

    def test_captions(self, twins: dict[str, Article], shape: str) -> None:
        assert [{"caption": i.caption, "credit": i.credit} for i in twins[shape].images] == WANTED["captions"]

    def test_the_day_of_viewing_is_no_date(self, twins: dict[str, Article], shape: str) -> None:
        assert twins[shape].published_at is None

    def test_rights(self, twins: dict[str, Article], shape: str) -> None:
        assert twins[shape].rights.copyright_line == WANTED["copyright_line"]

    def test_same_content(self, twins: dict[str, Article], shape: str) -> None:
        assert twins[shape].content_hash == twins["text"].content_hash


@pytest.mark.parametrize("line", WANTED["removed_in_the_dump"])
def test_twin_furniture_has_its_rule(twins: dict[str, Article], line: str) -> None:
    rules = {receipt.text: receipt.rule for receipt in twins["text"].removed}
    assert rules[line] == WANTED["removed_in_the_dump"][line]


def test_twin_warns_of_the_header_date(twins: dict[str, Article]) -> None:
    assert any("11.07 (금)" in warning for warning in twins["text"].warnings)


def dump(*lines: str) -> Article:
    return newsscrape.normalize("\n\n".join(lines))


def texts(article: Article) -> list[str]:
    return [block.text for block in article.body]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["한빛시, 작업장 짓는다", "입력 2024.03.12 10:11", P1, P2], "한빛시, 작업장 짓는다"),
        (["본문 바로가기", "bar_progress", "왜 지금 작업장인가", "글자크기 설정", P1, P2], "왜 지금 작업장인가"),
        (["이슈 청년 창업", "[단독] 작업장 온다", "댓글 0", P1, P2], "[단독] 작업장 온다"),
        (["스포츠", "가람고 8강에", "입력 2013-09-11 22:16", P1, P2], "가람고 8강에"),
        (["홈산업산업일반", "새 소재 나왔다", "댓글 0", P1, P2], "새 소재 나왔다"),
        (["작업장에 대하여", "상태바", "작업장에 대하여", "• 강가람", "• 승인 2009.12.29 14:08", P1, P2], "작업장에 대하여"),
        (["[뉴스마당] 사람 없는 섬…'비상'", "댓글 0", "[뉴스마당] 사람 없는 섬…'비상'", "<출연 : 강솔 교수>", P1], "[뉴스마당] 사람 없는 섬…'비상'"),
        ([P1, P2, P3], None),
        (["[앵커]", P1, "[기자]", P2], None),
    ],
    ids=["first line", "after tools", "after issue", "after section", "after path", "twice", "twice, video", "none", "script"],
)  # fmt: skip
def test_title(lines: list[str], title: str | None) -> None:
    article = dump(*lines)
    assert article.title == title
    assert P1 in texts(article)


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (["한빛시 소식", "입력 2022.04.06 (23:40)", "수정 2022.04.07 (00:31)", P1], "2022-04-06T23:40:00+09:00"),
        (["한빛시 소식", "• 강가람", "• 승인 2009.12.29 14:08", "• 댓글 0", P1], "2009-12-29T14:08:00+09:00"),
        (["한빛시 소식", "기자명 강가람 기자   입력 2025.06.17 19:05  수정 2025.06.18 05:57  댓글 0", P1], "2025-06-17T19:05:00+09:00"),
        (["한빛시 소식", "2018-03-12     강가람 기자", P1], "2018-03-12T00:00:00+09:00"),
        (["한빛시 소식", P1, P2, "기사입력 2024-10-13 11:16"], "2024-10-13T11:16:00+09:00"),
        (["11.26 (화)", "한빛시 소식", P1], None),
        (["한빛시 소식", "입력", "업데이트", P1], None),
    ],
)  # fmt: skip
def test_published(lines: list[str], published: str | None) -> None:
    when = dump(*lines).published_at
    assert (when.isoformat() if when else None) == published


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (["한빛시 소식", P1, P2, "강가람 기자 ram@hanbit.test"], ["강가람"]),
        (["한빛시 소식", P1, P2 + " /한빛=강가람기자 ram@hanbit.test"], ["강가람"]),
        (["작업장", "상태바", "작업장", "• 강가람", "• 승인 2009.12.29 14:08", P1], ["강가람"]),
        (["한빛시 소식", P1, "강가람", "ram@hanbit.test"], ["강가람"]),
        (["[앵커]", P1, "[기자]", P2, "YTN 강가람입니다."], ["강가람"]),
        (["한빛시 소식", "연합뉴스", P1, P2], []),
        (["한빛시 소식", P1, P2], []),
    ],
    ids=["signature", "glued", "info bar", "name over mail", "sign-off", "agency alone", "nobody"],
)
def test_authors(lines: list[str], authors: list[str]) -> None:
    assert [author.name for author in dump(*lines).authors if author.kind == "person"] == authors


def test_who_took_the_picture_of_a_snapshot_wrote_it() -> None:
    app = "▶ 해당 기사는 모바일 앱 모이(moi) 에서 작성되었습니다."
    picture = (
        "한빛시, 새 다리 놓는다",
        "ⓒ 강가람",
        "한빛시는 섬에 새 다리를 놓기로 하고 내년 봄에 공사를 시작한다고 12일 밝혔다.",
    )
    assert [author.name for author in dump(*picture, app).authors] == ["강가람"]
    assert dump(*picture).authors == ()


def test_name_bar_leaves_the_body() -> None:
    article = dump(
        "작업장 이야기", "상태바", "작업장 이야기", "• Kang Ga-ram", "• 승인 2009.12.29 14:08", "• 댓글 0", P1
    )
    assert texts(article) == [P1]


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("강솔 시장(가운데)이 12일 터를 둘러보고 있다./제공=한빛시", "한빛시"),
        ("작업장 예정지 [연합뉴스 자료사진. 재판매 및 DB 금지]", "연합뉴스"),
    ],
)
def test_captions_leave_the_body(caption: str, credit: str) -> None:
    article = dump("한빛시 소식", caption, P1, P2)
    assert texts(article) == [P1, P2]
    assert [image.credit for image in article.images] == [credit]


def test_doubled_captions_leave_the_body() -> None:
    article = dump("한빛시 소식", "터 앞에 선 사람들", "터 앞에 선 사람들", P1, P2)
    assert texts(article) == [P1, P2]


def test_a_deck_behind_a_bracket_byline() -> None:
    article = dump("한빛시 소식", "[머니투데이 강가람 기자] [작업장, 내년 봄 문 열어]", P1, P2)
    assert article.subtitles == ("[작업장, 내년 봄 문 열어]",)
    assert texts(article) == [P1, P2]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("<저작권자(c) 연합뉴스, 무단 전재-재배포, AI 학습 및 활용 금지>", "연합뉴스"),
        ('ⓒ "젊은 힘, 모바일 으뜸 한빛투데이"', None),
        ("<저작권자 ⓒ '읽는 즐거움' 가온신문, 무단전재 및 재배포 금지>", "가온신문"),
        ("[저작권자(c) YTN & YTN plus 무단전재 및 재배포 금지]", "YTN"),
        ("Copyright © 가온일보. 무단전재, 재배포 금지.", "가온일보"),
        ("무단전재 및 재배포 금지", None),
    ],
)
def test_publisher_in_a_copyright_line(line: str, name: str | None) -> None:
    assert publisher_in(line, {"연합뉴스", "ytn"}) == name


@pytest.mark.parametrize(
    ("line", "portal"),
    [
        ("기사가 속한 카테고리는 언론사가 분류합니다.", "ZUM"),
        ("이 기사는 언론사에서 사회 섹션으로 분류했습니다.", "네이버뉴스"),
        ("가온신문에서 직접 확인하세요. 해당 언론사로 이동합니다.", "다음뉴스"),
        ("언론사는 기사를 직접 분류합니다.", None),
    ],
)
def test_portal_marks(line: str, portal: str | None) -> None:
    found = portal_of([P1, line])
    assert (found[0] if found else None) == portal


def test_naver_section() -> None:
    article = dump("한빛시 소식", P1, P2, "이 기사는 언론사에서 사회 섹션으로 분류했습니다.")
    assert article.section == "사회"


def test_print_page() -> None:
    article = dump("[브리핑] 한빛시 소식", "입력", "지면보기", "종합 18면", P1)
    assert article.print_edition is not None
    assert article.print_edition.page == "18"
    assert texts(article) == [P1]


@pytest.mark.parametrize("line", ["키워드 : 작업장 | 청년", "키워드Tags #작업장 #청년"])
def test_tags(line: str) -> None:
    assert dump("한빛시 소식", P1, P2, line).tags == ("작업장", "청년")


LEAD = "기상청은 11일 오전까지 동해안에 최대 30㎝의 눈이 내릴 것으로 예보하고 시설물 관리에"


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ([f"[한빛방송/강가람기자] {P1}", f"[한빛방송/도가람기자] {P2}"], "list"),
        (["기사사진", "한빛시 소식", LEAD, "기사사진", "나루섬 소식", LEAD], "list"),
        (["최근검색어", "• 홍수", "검색어 저장 기능이 꺼져 있습니다.", P1, P2], "search"),
        (["삭제된 기사입니다."], "removed"),
    ],
)
def test_no_article(lines: list[str], kind: str) -> None:
    with pytest.raises(NotAnArticle) as refused:
        dump(*lines)
    assert refused.value.kind == kind


def test_nothing() -> None:
    with pytest.raises(EmptyPage):
        newsscrape.normalize(" \n\n ")


def test_mojibake_is_repaired_and_told() -> None:
    broken = "\n\n".join(["한빛시 소식", P1, P2, P3]).encode("cp949").decode("latin-1")
    article = newsscrape.normalize(broken)
    assert texts(article) == [P1, P2, P3]
    assert article.encoding is not None
    assert article.encoding.chosen_by == "cp949 read as latin-1"


def test_the_address_tells_site_and_day() -> None:
    article = newsscrape.normalize(f"한빛시 소식\n\n{P1}\n{P2}", url="https://v.daum.net/v/20250205152503000")
    assert article.portal is not None
    assert article.portal.key == "daum"
    assert article.published_at is not None
    assert article.published_at.isoformat().startswith("2025-02-05T15:25")


def test_place_from_the_signature() -> None:
    article = dump("한빛시 소식", P1, P2, "가온=강솔 기자 sol@hanbit.test", "나루=도가람 기자 ga@hanbit.test")
    assert article.dateline is not None
    assert article.dateline.place == "가온·나루"


def test_reporter_glued_to_the_section() -> None:
    article = dump("사회강가람", "한빛시, 공동 작업장 문 연다", P1, P2)
    assert (article.section, [author.name for author in article.authors]) == ("사회", ["강가람"])


def test_publisher_behind_a_slogan_without_quotes() -> None:
    article = dump("한빛시 소식", P1, P2, "<저작권자ⓒ 국내유일의 경제통신사 한빛통신. 무단전재-재배포 금지.>")
    assert article.publisher is not None
    assert article.publisher.name == "한빛통신"


def test_signed_caption_above_the_text() -> None:
    caption = "강솔 시장(왼쪽)이 작업장을 둘러보고 있다."
    article = dump("한빛시 소식", f"{caption} 도가람 기자 ga@hanbit.test", P1, P2, "하늘 기자 ha@hanbit.test")
    assert texts(article) == [P1, P2]
    assert [author.name for author in article.authors] == ["하늘"]
    assert [image.caption for image in article.images] == [caption]
