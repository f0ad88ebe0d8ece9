"""The stories of wires: 속보, 1보, 종합 of one publisher are one, whatever the order in which they came."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from articles import MORNING, article, keep
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from newsscrape.archive import Archive, open_archive
from newsscrape.archive.care.removal import delete_article
from newsscrape.archive.selection import Selection, read
from newsscrape.archive.tables import articles
from newsscrape.article import Article, Outlet

FLASH = "한빛시 앞바다에서 규모 4.1 지진이 났다고 기상청이 밝혔다."
FIRST = f"{FLASH} 진앙은 한빛항 동쪽 12㎞ 해역이다."
WHOLE = f"{FIRST} 소방 당국은 오전 10시까지 피해 신고 31건을 받았다고 말했다. 한빛시는 항구 두 곳을 닫았다."
OTHER = "한빛시의회는 새 도서관을 짓는 예산 30억 원을 통과시켰다. 도서관은 내후년 봄에 문을 연다."


def told(number: int, title: str, text: str, *labels: str, hours: float = 0, **facts: Any) -> Article:
    """An article as a wire sends it, so many hours after the first."""
    at = MORNING + timedelta(hours=hours)
    return article(number, title=title, text=text, labels=labels, published_at=at, **facts)


CHAIN = [
    told(1, "[속보] 한빛 앞바다 규모 4.1 지진", FLASH, "속보"),
    told(2, "한빛 앞바다서 규모 4.1 지진(1보)", FIRST, "1보", hours=0.2),
    told(3, "한빛 앞바다 규모 4.1 지진…피해 신고 31건(종합)", WHOLE, "종합", hours=1),
    told(4, "한빛 앞바다 규모 4.1 지진…항구 두 곳 닫아(종합2보)", WHOLE + " 다친 사람은 없다.", "종합2보", hours=3),
]


def stories(archive: Archive) -> dict[str, str | None]:
    with archive.read() as connection:
        return {id_: story for id_, story in connection.execute(select(articles.c.id, articles.c.story))}


def test_a_chain_is_one_story(archive: Archive) -> None:
    for one in CHAIN:
        keep(archive, [one])
    assert set(stories(archive).values()) == {"hanbit:1"}


def test_a_chain_that_comes_in_one_batch_is_one_story(archive: Archive) -> None:
    keep(archive, CHAIN)
    assert set(stories(archive).values()) == {"hanbit:1"}


def test_the_first_full_article_without_a_label_belongs_by_its_headline(archive: Archive) -> None:
    keep(archive, [told(1, "한빛 앞바다 지진", FIRST), told(2, "한빛 앞바다 지진(종합)", WHOLE, "종합", hours=2)])
    assert set(stories(archive).values()) == {"hanbit:1"}


UNRELATED = {
    "another text": told(9, "한빛 도서관 예산 통과(종합)", OTHER, "종합", hours=1),
    "same subject, another hand": told(9, "한빛 앞바다 지진 긴급 대책 회의(종합)", "지진이 난 뒤 한빛시는 대책 회의를 열고 학교 점검에 나섰다.", "종합", hours=1),
    "no label, another headline": told(9, "한빛 앞바다 규모 4.1 지진에 주민 놀라", WHOLE, hours=1),
    "another publisher": told(9, "한빛 앞바다서 규모 4.1 지진(1보)", FIRST, "1보", publisher=Outlet(name="별빛통신")),
    "the next day": told(9, "한빛 앞바다서 규모 4.1 지진(1보)", FIRST, "1보", hours=24),
    "no time": article(9, title="한빛 앞바다서 규모 4.1 지진(1보)", text=FIRST, labels=("1보",), published_at=None),
}  # fmt: skip


@pytest.mark.parametrize("name", UNRELATED)
def test_what_only_looks_alike_stays_apart(archive: Archive, name: str) -> None:
    keep(archive, [*CHAIN[:2], UNRELATED[name]])
    assert stories(archive)["hanbit:9"] is None


def test_two_articles_without_labels_are_no_story(archive: Archive) -> None:
    keep(archive, [told(1, "오늘의 날씨", FIRST), told(2, "오늘의 날씨", FIRST, hours=1)])
    assert set(stories(archive).values()) == {None}


EVERYTHING = [
    *CHAIN,
    told(5, "한빛 도서관 예산 통과(종합)", OTHER, "종합"),
    told(6, "한빛 도서관 예산 통과", OTHER, hours=-1),
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(EVERYTHING), size=st.integers(1, 3))
def test_the_order_of_arrival_makes_no_difference(order: list[Article], size: int) -> None:
    with open_archive() as archive:
        for start in range(0, len(order), size):
            keep(archive, order[start : start + size])
        found = stories(archive)
    assert found == {**dict.fromkeys(("hanbit:1", "hanbit:2", "hanbit:3", "hanbit:4"), "hanbit:1"), "hanbit:5": "hanbit:5", "hanbit:6": "hanbit:5"}  # fmt: skip


def test_an_article_that_was_edited_away_leaves_its_story(archive: Archive) -> None:
    keep(archive, CHAIN)
    keep(archive, [told(2, "한빛 도서관 예산 통과(1보)", OTHER, "1보", content_hash="other")])
    found = stories(archive)
    assert found.pop("hanbit:2") is None
    assert set(found.values()) == {"hanbit:1"}


def test_a_story_without_its_first_article_has_another_name(archive: Archive) -> None:
    keep(archive, CHAIN)
    delete_article(archive, "hanbit:1")
    assert stories(archive) == dict.fromkeys(("hanbit:2", "hanbit:3", "hanbit:4"), "hanbit:2")


def test_a_story_of_one_is_none(archive: Archive) -> None:
    keep(archive, CHAIN[:2])
    delete_article(archive, "hanbit:1")
    assert stories(archive) == {"hanbit:2": None}


def test_of_a_story_only_the_last_article_is_exported(archive: Archive) -> None:
    keep(archive, EVERYTHING)
    last = [Article.model_validate_json(kept.record).id for kept in read(archive, Selection(versions="last"))]
    assert last == ["hanbit:4", "hanbit:5"]
