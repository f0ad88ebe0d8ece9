"""The resolvers: who is trusted for which field, one order a field."""

from __future__ import annotations

from datetime import datetime

import pytest

from newsscrape.candidates.candidate import Candidate, Candidates
from newsscrape.fields import authors, metadata, publisher, times, title
from newsscrape.korean.dates import find_dates
from newsscrape.sites import load_site


def said(*statements: tuple[str, str, str]) -> Candidates:
    """Candidates from (field, source, text)."""
    return Candidates(Candidate(field, text, source, text) for field, source, text in statements)


class TestTitle:
    def test_profile_before_og_before_json_ld(self) -> None:
        candidates = said(
            ("title", "jsonld", "셋째"), ("title", "meta:og:title", "둘째"), ("title", "profile:a", "첫째")
        )
        found = title.resolve(candidates)
        assert found is not None
        assert (found.value.text, found.source) == ("첫째", "profile:a")

    def test_the_site_name_is_cut_off(self) -> None:
        found = title.resolve(said(("title", "meta:og:title", "도서관 문 연다 - 한빛일보")), ["한빛일보"])
        assert found is not None
        assert found.value.text == "도서관 문 연다"

    def test_a_cut_form_gives_way_to_the_whole(self) -> None:
        whole = "한빛시, 옛 방직공장에 시민 도서관 열고 공연장도 만든다"
        found = title.resolve(
            said(("title", "meta:og:title", "한빛시, 옛 방직공장에 시민 도서관…"), ("headings", "markup:h1", whole))
        )
        assert found is not None
        assert found.value.text == whole

    def test_the_printed_form_of_the_same_letters_wins(self) -> None:
        found = title.resolve(
            said(("title", "meta:og:title", "금리 동결[2보]"), ("headings", "markup:h1", "금리 동결(2보)"))
        )
        assert found is not None
        assert found.value.text == "금리 동결(2보)"
        assert found.value.labels == ("2보",)

    def test_a_heading_within_the_title_tag(self) -> None:
        found = title.resolve(
            said(
                ("title", "title-tag", "한빛 | 시민 도서관 내년 3월 문 연다 | 하루 한 장 좋은 소식"),
                ("headings", "markup:h2", "시민 도서관 내년 3월 문 연다"),
            )
        )
        assert found is not None
        assert found.value.text == "시민 도서관 내년 3월 문 연다"

    def test_nothing_said_is_none(self) -> None:
        assert title.resolve(said(("title", "title-tag", "한빛일보")), ["한빛일보"]) is None


class TestTimes:
    def resolve(self, *statements: tuple[str, str, str], fetched: str | None = None) -> times.Times:
        return times.resolve(said(*statements), datetime.fromisoformat(fetched) if fetched else None)

    def test_shown_time_with_the_seconds_of_an_agreeing_source(self) -> None:
        found = self.resolve(
            ("published_at", "profile:a", "입력 2026.11.12 09:30"),
            ("published_at", "jsonld", "2026-11-12T09:30:41+09:00"),
        ).published
        assert found is not None
        assert found.value.isoformat() == "2026-11-12T09:30:41+09:00"

    @pytest.mark.parametrize("hour", ["00:30", "18:30"])
    def test_nine_hours_off_is_told_and_not_taken(self, hour: str) -> None:
        found = self.resolve(
            ("published_at", "profile:a", "입력 2026.11.12 09:30"),
            ("published_at", "meta:article:published_time", f"2026-11-12T{hour}:00+09:00"),
        )
        assert found.published is not None
        assert found.published.value.isoformat().startswith("2026-11-12T09:30")
        assert any("nine hours" in warning for warning in found.warnings)

    def test_a_minute_is_not_the_next_one(self) -> None:
        found = self.resolve(
            ("published_at", "profile:a", "승인 2026.11.12 09:31"),
            ("published_at", "jsonld", "2026-11-12T09:30:41+09:00"),
        ).published
        assert found is not None
        assert found.value.isoformat().startswith("2026-11-12T09:31")

    def test_change_before_publication_is_left_out(self) -> None:
        found = self.resolve(
            ("published_at", "jsonld", "2026-11-12T09:30:00+09:00"),
            ("modified_at", "jsonld", "2026-11-11T09:30:00+09:00"),
        )
        assert found.modified is None
        assert any("before that of publication" in warning for warning in found.warnings)

    def test_later_than_the_fetch_is_refused(self) -> None:
        found = self.resolve(
            ("published_at", "jsonld", "2026-11-20T09:30:00+09:00"), fetched="2026-11-12T09:30:00+09:00"
        )
        assert found.published is None

    def test_the_address_is_the_last_to_be_asked(self) -> None:
        candidates = said(("published_at", "meta:date", "2026-11-12T09:30:00+09:00"))
        candidates.extend([Candidate("published_at", find_dates("2026.11.10 00:00")[0], "url", "20261110")])
        found = times.resolve(candidates).published
        assert found is not None
        assert found.source == "meta:date"


class TestAuthors:
    @pytest.mark.parametrize("source", ["profile:a", "receipt:byline.signature", "dateline"])
    def test_what_is_shown_wins_over_metadata(self, source: str) -> None:
        found = authors.resolve(said(("bylines", source, "강솔 기자"), ("authors", "jsonld", "온라인뉴스팀")))
        assert found is not None
        assert [a.name for a in found.value] == ["강솔"]

    def test_one_person_said_twice_is_one_with_the_most_said(self) -> None:
        found = authors.resolve(
            said(("bylines", "dateline", "강솔 기자"), ("bylines", "receipt:byline", "강솔 기자 sol@hanbit.example"))
        )
        assert found is not None
        assert [(a.name, a.email) for a in found.value] == [("강솔", "sol@hanbit.example")]

    def test_metadata_where_nothing_is_shown(self) -> None:
        found = authors.resolve(said(("authors", "meta:author", "강솔,문해솔")))
        assert found is not None
        assert [a.name for a in found.value] == ["강솔", "문해솔"]

    @pytest.mark.parametrize("text", ["한빛일보", "https://www.facebook.com/hanbit", "기자", "네이버"])
    def test_metadata_that_names_nobody(self, text: str) -> None:
        found = authors.resolve(said(("authors", "meta:article:author", text)), ["한빛일보"])
        assert found is None or not [a for a in found.value if a.kind == "person"]

    def test_a_lone_address_is_the_lone_reporters(self) -> None:
        found = authors.resolve(
            said(("bylines", "dateline", "강솔 기자"), ("bylines", "receipt:byline", "sol@yna.co.kr"))
        )
        assert found is not None
        assert found.value[0].email == "sol@yna.co.kr"

    def test_a_lone_address_of_two_reporters_is_nobodys(self) -> None:
        found = authors.resolve(
            said(("bylines", "dateline", "강솔 문해솔 기자"), ("bylines", "receipt:byline", "sol@yna.co.kr"))
        )
        assert found is not None
        assert [a.email for a in found.value] == [None, None]


class TestPublisher:
    def test_the_profile_names_the_publisher_on_its_own_host(self) -> None:
        house = publisher.resolve(said(("publisher", "meta:og:site_name", "연합뉴스 뉴스")), load_site("yna"))
        assert house.publisher is not None
        assert (house.publisher.value.key, house.portal) == ("yna", None)

    def test_on_a_portal_the_newspaper_is_the_publisher(self) -> None:
        house = publisher.resolve(
            said(
                ("press", "meta:og:article:author", "한겨레 | 네이버"),
                ("publisher", "meta:og:site_name", "네이버 뉴스"),
            ),
            load_site("naver"),
        )
        assert house.publisher is not None
        assert house.portal is not None
        assert (house.publisher.value.key, house.portal.value.key) == ("hani", "naver")

    def test_a_portal_is_never_the_publisher(self) -> None:
        assert publisher.resolve(said(("publisher", "meta:og:site_name", "다음뉴스"))).publisher is None

    def test_a_sister_house_on_this_host(self) -> None:
        house = publisher.resolve(said(("publisher", "script", "OSEN")), load_site("chosun"))
        assert house.publisher is not None
        assert house.publisher.value.key == "osen"

    @pytest.mark.parametrize(
        ("printed", "name"),
        [
            ("(주)한빛일보", "한빛일보"),
            ("한빛일보 | 네이버", "한빛일보"),
            ("1등 인터넷뉴스 한빛일보", "한빛일보"),
            ("https://www.hanbit.example", None),
            ("강솔 기자", None),
            ("@hanbit", None),
        ],
    )
    def test_names_are_cleaned(self, printed: str, name: str | None) -> None:
        assert publisher.clean_name(printed) == name


class TestMetadata:
    @pytest.mark.parametrize(
        ("url", "clean"),
        [
            ("https://h.example/v?idxno=7&utm_source=x#a", "https://h.example/v?idxno=7"),
            ("https://h.example/v?aid=1&oid=2&sid1=100", "https://h.example/v?aid=1&oid=2"),
            ("https://h.example/v?key=20261112&fbclid=z", "https://h.example/v?key=20261112"),
            ("https://h.example/v", "https://h.example/v"),
        ],
    )
    def test_tracking_goes_and_what_names_the_article_stays(self, url: str, clean: str) -> None:
        assert metadata.without_tracking(url) == clean

    def test_a_section_path_keeps_its_last_step(self) -> None:
        found = metadata.section(said(("section", "meta:article:section", "뉴스 > 사회 > 사건")))
        assert found is not None
        assert found.value == "사건"

    @pytest.mark.parametrize(
        ("line", "reserved"),
        [
            ("<저작권자(c) 한빛통신, 무단 전재-재배포, AI 학습 및 활용 금지>", True),
            ("ⓒ 한빛일보, 무단 전재 및 재배포 금지", False),
        ],
    )
    def test_ai_reservation_in_words(self, line: str, reserved: bool) -> None:
        assert metadata.ai_reserved(line, [], []) is reserved

    def test_ai_reservation_in_markup(self) -> None:
        assert metadata.ai_reserved(None, ["index, noai"], [])
        assert metadata.ai_reserved(None, [], ["1"])

    @pytest.mark.parametrize(
        ("text", "code"), [("한빛시는 도서관을 연다.", "ko"), ("The city opens a library.", "en"), ("", "ko")]
    )
    def test_language_by_its_letters(self, text: str, code: str) -> None:
        assert metadata.language(Candidates(), text) == code
