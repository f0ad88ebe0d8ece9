from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from newsscrape.korean.dates import (
    KST,
    DateValue,
    find_dates,
    is_date_line,
    is_view_date,
    parse_date,
    url_date,
)

NOW = datetime(2026, 9, 26, 10, 20, 30, tzinfo=KST)


def told(value: DateValue | None) -> str | None:
    """A value as short as its precision: "2020-07-13 17:04"."""
    if value is None:
        return None
    width = {"day": 10, "hour": 13, "minute": 16, "second": 19}[value.precision]
    return value.value.strftime("%Y-%m-%d %H:%M:%S")[:width]


VISIBLE = {
    "time in brackets": ("입력 2022.04.06 (23:40)", "2022-04-06 23:40"),
    "time in square brackets": ("2013/11/01 [12:30]", "2013-11-01 12:30"),
    "afternoon": ("2021.03.05. 오후 3:35", "2021-03-05 15:35"),
    "morning": ("2021.03.05. 오전 3:35", "2021-03-05 03:35"),
    "noon": ("2021.03.05. 오후 12:05", "2021-03-05 12:05"),
    "midnight": ("2021.03.05. 오전 12:05", "2021-03-05 00:05"),
    "afternoon of 24 hours": ("2021.03.05 오후 15:35", "2021-03-05 15:35"),
    "PM behind": ("2021-03-05 3:35 PM", "2021-03-05 15:35"),
    "pm in front": ("2021-03-05 pm 3:35", "2021-03-05 15:35"),
    "bar after the label": ("입력 | 2022-09-28 08:02", "2022-09-28 08:02"),
    "Hangul bar": ("입력ㅣ2022-09-28 08:02", "2022-09-28 08:02"),
    "colon glued": ("입력:2022-09-28 08:02", "2022-09-28 08:02"),
    "label in brackets": ("[입력] 2022-09-28 08:02", "2022-09-28 08:02"),
    "blanks after dots": ("기사승인 2014. 10. 10. 11:42", "2014-10-10 11:42"),
    "approved": ("승인 2009.12.29 14:08", "2009-12-29 14:08"),
    "seconds, on the next line": ("입력 : \n 2025-06-04 02:37:08", "2025-06-04 02:37:08"),
    "label on its own line": ("입력\n2025.05.15 20:00\n수정\n2025.05.15 20:57\n4면", "2025-05-15 20:00"),
    "dot after the day": ("입력 2026.06.22. 09:31", "2026-06-22 09:31"),
    "doubled and glued": ("입력 2007-05-03 18:022007년 5월 3일 18시 02분", "2007-05-03 18:02"),
    "labels glued": ("등록 2016.10.13 18:07수정 2016.10.13 18:09", "2016-10-13 18:07"),
    "blank inside the time": ("발행 2007.07.25 20: 23", "2007-07-25 20:23"),
    "weekday": ("2021. 03.14(일) 19:29", "2021-03-14 19:29"),
    "weekday in full": ("2021년 3월 14일 일요일 19:29", "2021-03-14 19:29"),
    "glued to the byline": ("나다움기자입력 : 2021. 12. 15(수) 14:21", "2021-12-15 14:21"),
    "day only": ("등록: 2025.03.19", "2025-03-19"),
    "reporter behind": ("2018-03-12     나다움 기자", "2018-03-12"),
    "reporter in front, glued": ("ⓒ나다움 기자2024.09.25", "2024-09-25"),
    "label behind": ("2025-03-25 10:18 입력:", "2025-03-25 10:18"),
    "single digits": ("2023. 2. 2. 10:39", "2023-02-02 10:39"),
    "hour without zero": ("2025.12.27. 5:47", "2025-12-27 05:47"),
    "sent time": ("송고시간 2020-03-27 22:30", "2020-03-27 22:30"),
    "slashes": ("2026/09/07 15:34 송고", "2026-09-07 15:34"),
    "Korean units": ("2020년07월13일 17:04", "2020-07-13 17:04"),
    "Korean units with weekday": ("2020년 07월 13일 (월) 17:04:09", "2020-07-13 17:04:09"),
    "Korean clock": ("2026년6월22일 9시31분", "2026-06-22 09:31"),
    "Korean hour": ("2026년 6월 22일 오후 3시", "2026-06-22 15"),
    "dot before the time": ("2025.12.01.09:31", "2025-12-01 09:31"),
    "day glued to the time": ("2025.12.0109:31", "2025-12-01 09:31"),
    "two-digit year": ("20-07-13 17:04", "2020-07-13 17:04"),
    "two-digit year, slashes": ("22/06/24", "2022-06-24"),
    "apostrophe year": ("'22.6.24", "2022-06-24"),
    "two-digit year of the nineties": ("입력 98.10.11", "1998-10-11"),
    "English day": ("Friday, April 20, 2018", "2018-04-20"),
    "English in brackets": ("(June 28, 2021)", "2021-06-28"),
    "English clock": ("Apr. 20, 2018 3:05 PM", "2018-04-20 15:05"),
    "English, day first": ("20 April 2018 15:05", "2018-04-20 15:05"),
    "American digits": ("07-13-2020 10:00", "2020-07-13 10:00"),
    "ordinal English": ("the 13th of July, 2020", "2020-07-13"),
    "no-break blanks": ("입력\xa02020.07.13\xa017:04", "2020-07-13 17:04"),
}


@pytest.mark.parametrize(("text", "expected"), VISIBLE.values(), ids=VISIBLE)
def test_visible_form(text: str, expected: str) -> None:
    assert told(parse_date(text)) == expected


MACHINE = {
    "ISO without zone": ("2020-07-13T17:04:09", "2020-07-13 17:04:09", True),
    "blank for T": ("2020-07-13 17:04:00", "2020-07-13 17:04:00", True),
    "ISO with zone": ("2020-07-13T17:04:09+09:00", "2020-07-13 17:04:09", False),
    "Z": ("2020-03-27T22:41:06Z", "2020-03-28 07:41:06", False),
    "zero offset": ("2020-03-27T22:41+00:00", "2020-03-28 07:41", False),
    "no colon, milliseconds": ("2025-05-15T20:00:52.000+0900", "2025-05-15 20:00:52", False),
    "west of Greenwich": ("2025-05-15T20:00:52-04:00", "2025-05-16 09:00:52", False),
    "KST named": ("2025-05-15 20:00 KST", "2025-05-15 20:00", False),
    "compact seconds": ("20200713170400", "2020-07-13 17:04:00", True),
    "compact minutes": ("202007131704", "2020-07-13 17:04", True),
    "compact milliseconds": ("20200713170409123", "2020-07-13 17:04:09", True),
    "compact ISO": ("20200713T170409Z", "2020-07-14 02:04:09", False),
    "compact day": ("20200713", "2020-07-13", True),
    "labelled compact": ("입력 20200713 17:04", "2020-07-13 17:04", True),
    "epoch": ("1594627440", "2020-07-13 17:04:00", False),
    "epoch milliseconds": ("1594627440000", "2020-07-13 17:04:00", False),
    "RFC 822": ("Fri, 13 Mar 2020 10:00:00 GMT", "2020-03-13 19:00:00", False),
    "RFC 822 KST": ("Fri, 13 Mar 2020 10:00:00 +0900", "2020-03-13 10:00:00", False),
    "RFC 822, day before in KST": ("Fri, 13 Mar 2020 20:00:00 GMT", "2020-03-14 05:00:00", False),
    "Java Date": ("Mon Jul 13 17:04:00 KST 2020", "2020-07-13 17:04:00", False),
    "JavaScript Date": ("Mon Jul 13 2020 17:04:00 GMT+0900 (한국 표준시)", "2020-07-13 17:04:00", False),
    "date only as a full ISO time": ("2020-07-13T00:00:00", "2020-07-13", True),
}


@pytest.mark.parametrize(("text", "expected", "assumed"), MACHINE.values(), ids=MACHINE)
def test_machine_form(text: str, expected: str, assumed: bool) -> None:
    value = parse_date(text)
    assert (told(value), value and value.zone_assumed) == (expected, assumed)


RELATIVE = {
    "just now": ("방금 전", "2026-09-26 10:20"),
    "minutes": ("3분 전", "2026-09-26 10:17"),
    "hours": ("2시간 전", "2026-09-26 08"),
    "days": ("5일 전", "2026-09-21"),
    "yesterday": ("어제", "2026-09-25"),
    "yesterday with a clock": ("어제 오후 3:10", "2026-09-25 15:10"),
    "the day before": ("그제", "2026-09-24"),
    "today with a clock": ("오늘 9:20", "2026-09-26 09:20"),
    "labelled": ("수정 3분 전", "2026-09-26 10:17"),
    "later today": ("오늘 14:20", None),
    "a week names no day": ("지난주", None),
    "months name no day": ("3개월 전", None),
}


@pytest.mark.parametrize(("text", "expected"), RELATIVE.values(), ids=RELATIVE)
def test_relative_form(text: str, expected: str | None) -> None:
    assert told(parse_date(text, NOW)) == expected
    assert parse_date(text) is None


REFUSED = {
    "month 13": "2019.13.01",
    "30 February": "2019.02.30 10:00",
    "clock 25:70": "2019.01.01 25:70",
    "clock 10:70": "입력 2019.01.01 10:70",
    "morning at 15": "2019.01.01 오전 15:10",
    "wrong weekday": "2020년 7월 13일 (화) 17:04",
    "wrong English weekday": "Tuesday, July 13, 2020",
    "day or month first": "07-08-2020 10:00",
    "no year": "09.26 (목)",
    "no year, labelled": "입력 07-13 10:00",
    "no year, Korean": "6월 24일(금)",
    "no day": "July 2020",
    "no day, Korean": "2020년 7월",
    "year of the two digits unknown": "입력 65.10.11",
    "Dangun year": "단기 4342년 3월 1일",
    "site's last update": "UPDATE : 2019.7.22 MON 10:50",
    "site's last edit": "최종편집 2020-07-13 17:04 (월)",
    "newspaper's registration": "등록번호 한빛,아00094 (2011.09.06)",
    "newspaper's day of publication": "발행일자: 2011.09.06",
    "file photo": "[가온통신 2023.1.2 자료사진]",
    "caption": "2018.10.29/가온뉴스",
    "event": "2020년 7월 13일에 열리는 한빛시 축제",
    "period": "2020.07.13 ~ 07.15 한빛 전시관",
    "printed paper's day": "2020년 7월 13일자 12면",
    "sentence": "한빛시는 2020년 7월 13일 도서관을 열었다.",
    "version": "1.22.06.24",
    "article number": "2025032502109958074002",
    "quote time": "코스피 2020.07.13 15:30 현재",
    "nothing": "  ",
    "no date": "나다움 기자",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_refused(text: str) -> None:
    assert parse_date(text, NOW) is None
    assert find_dates(text, NOW) == ()


def test_date_after_the_fetch_is_refused() -> None:
    text = "입력 2026.09.28 10:00"
    assert parse_date(text) is not None
    assert parse_date(text, NOW) is None
    assert find_dates(text, NOW) == ()


def test_clocks_may_differ_by_an_hour() -> None:
    assert told(parse_date("2026.09.26 11:00", NOW)) == "2026-09-26 11:00"
    assert parse_date("2026.09.26 12:00", NOW) is None


def test_fetch_without_a_zone_may_be_any_places_clock() -> None:
    assert told(parse_date("2026.09.27 09:00", NOW.replace(tzinfo=None))) == "2026-09-27 09:00"


def test_fetch_times_of_any_zone_count_the_same() -> None:
    values = {parse_date("3분 전", now) for now in (NOW, NOW.astimezone(UTC), NOW.replace(tzinfo=None))}
    assert len(values) == 1


LINES = {
    "Naver 2020": (
        "기사입력 2020.07.13. 오후 5:04 최종수정 2020.07.13. 오후 5:18 기사원문 스크랩",
        [("published", "2020-07-13 17:04"), ("modified", "2020-07-13 17:18")],
    ),
    "slash between": (
        "입력 2022.04.06 (23:40) / 수정 2022.04.07 (00:31)",
        [("published", "2022-04-06 23:40"), ("modified", "2022-04-07 00:31")],
    ),
    "with byline and counters": (
        "기자명 나다움 기자   입력 2025.06.17 19:05  수정 2025.06.18 05:57 댓글 0  좋아요 1",
        [("published", "2025-06-17 19:05"), ("modified", "2025-06-18 05:57")],
    ),
    "bars": (
        "등록|2013.11.01 09:59 수정|2013.11.01 10:59",
        [("published", "2013-11-01 09:59"), ("modified", "2013-11-01 10:59")],
    ),
    "glued": (
        "등록 2016.10.13 18:07수정 2016.10.13 18:07",
        [("published", "2016-10-13 18:07"), ("modified", "2016-10-13 18:07")],
    ),
    "doubled and glued": ("입력 2007-05-03 18:022007년 5월 3일 18시 02분", [("published", "2007-05-03 18:02")]),
    "labels behind": (
        "2020.07.13 10:00 입력 2020.07.13 11:00 수정",
        [("published", "2020-07-13 10:00"), ("modified", "2020-07-13 11:00")],
    ),
    "label behind": ("2026/09/07 15:34 송고", [("published", "2026-09-07 15:34")]),
    "only the second labelled": (
        "2020.07.13 10:00 수정 2020.07.13 11:00",
        [(None, "2020-07-13 10:00"), ("modified", "2020-07-13 11:00")],
    ),
    "English": (
        "Published : Jul 13, 2020 - 10:00 Updated : Jul 13, 2020 - 11:00",
        [("published", "2020-07-13 10:00"), ("modified", "2020-07-13 11:00")],
    ),
    "unlabelled clock alone": ("2023. 2. 2. 10:39", [(None, "2023-02-02 10:39")]),
    "unlabelled day alone": ("2023.02.02", []),
    "unlabelled beside words": ("나다움 기자 2023.02.02 10:39", []),
    "edit button is no label": ("2023.02.02 10:39 수정 삭제", []),
    "a label inside a word": ("재입력 2023.02.02 10:39", []),
    "several sentences": ("한빛시는 2023년 2월 2일 10시 39분에 문을 열었다. 2023년 2월 3일 닫았다.", []),
}


@pytest.mark.parametrize(("line", "expected"), LINES.values(), ids=LINES)
def test_find_dates(line: str, expected: list[tuple[str | None, str]]) -> None:
    assert [(value.label, told(value)) for value in find_dates(line)] == expected


PUBLISHED = [
    "입력",
    "기사입력",
    "등록",
    "기사등록",
    "승인",
    "기사승인",
    "송고",
    "송고시간",
    "발행",
    "게재",
    "작성",
    "작성일",
    "배포",
    "보도일시",
    "방송",
    "방송일",
    "지면게재일",
    "최초입력",
    "출고",
    "Published",
    "Posted",
    "등록일",
    "입력일시",
]
MODIFIED = ["수정", "최종수정", "최종 수정", "업데이트", "최종편집", "수정일", "Updated", "Last modified"]


@pytest.mark.parametrize("label", PUBLISHED)
def test_published_label(label: str) -> None:
    assert [v.label for v in find_dates(f"{label} : 2020.07.13 17:04")] == ["published"]


@pytest.mark.parametrize("label", MODIFIED)
def test_modified_label(label: str) -> None:
    assert [v.label for v in find_dates(f"{label} 2020.07.13 17:04")] == ["modified"]


def test_published_wins_over_an_earlier_modified() -> None:
    value = parse_date("수정 2020.07.14 10:00 입력 2020.07.13 10:00")
    assert (told(value), value and value.label) == ("2020-07-13 10:00", "published")


def test_value_tells_its_raw_text_and_iso_form() -> None:
    value = parse_date("입력 2022.04.06 (23:40) / 수정 2022.04.07 (00:31)")
    assert value is not None
    assert value.raw == "2022.04.06 (23:40)"
    assert value.isoformat() == "2022-04-06T23:40:00+09:00"
    assert value.value.utcoffset() == timedelta(hours=9)


@pytest.mark.parametrize(
    "line",
    [
        "입력 2020.07.13 17:04 | 수정 2020.07.13 17:18",
        "기사입력 2020.07.13. 오후 5:04 최종수정 2020.07.13. 오후 5:18 기사원문 스크랩",
        "2026/09/07 15:34 송고",
        "• 승인 2009.12.29 14:08",
        "2020.07.13 17:04",
        "(2020-07-13)",
        "입력 2020.07.13 17:04 댓글 0 조회 1,234 4면",
        "입력 :",
        "수정",
        "3분 전",
        "등록 2시간 전",
    ],
)
def test_date_line(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "한빛시는 2020년 7월 13일 도서관을 열었다.",
        "2020년 7월 13일",
        "2020.07.13 ~ 2020.07.20",
        "2020.07.13 한빛시 도서관",
        "나다움 기자 입력 2020.07.13 17:04",
        "입력을 마쳤다",
        "방송",
        "어제",
        "22.6.24",
        "7월 13일",
        "13:20",
        "",
    ],
)
def test_no_date_line(line: str) -> None:
    assert not is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "09.26 (목)",
        "07 .13 (월)",
        "6월 24일 금요일",
        "2025년 06월 19일 (목)",
        "2026년 2월 1일 일요일",
        "UPDATE : 2019.7.22 MON 10:50",
        "최종편집 : 2020-07-13 17:04 (월)",
        "최종업데이트 2020.07.13 월 17:04",
    ],
)
def test_view_date(line: str) -> None:
    assert is_view_date(line)


@pytest.mark.parametrize(
    "line",
    [
        "입력 2020.07.13 17:04",
        "입력 2021.03.14 (일)",
        "2021. 03.14(일) 19:29",
        "2025년 06월 19일",
        "Updated : 2020.07.13 17:04",
        "3.14 (수학의 날)",
        "2020년 7월 13일 (월) 한빛시에서 열린다.",
    ],
)
def test_no_view_date(line: str) -> None:
    assert not is_view_date(line)


URLS = {
    "path": ("https://news.example.kr/2025/06/17/story", "2025-06-17"),
    "path of two parts": ("https://news.example.kr/2025/0617/123", "2025-06-17"),
    "path with hyphens": ("https://news.example.kr/2025-06-17-story", "2025-06-17"),
    "part of eight digits": ("https://news.example.kr/all/20070503/8437804/1", "2007-05-03"),
    "path and number": ("http://news.example.kr/html_dir/2013/06/18/2013061801741.html", "2013-06-18"),
    "daum second": ("https://v.daum.net/v/20250205152503353", "2025-02-05 15:25:03"),
    "same digits elsewhere": ("https://news.example.kr/v/20250205152503353", "2025-02-05"),
    "letters and number": ("https://www.example.kr/view/AKR20210304116200002", "2021-03-04"),
    "letters, day and serial": ("https://www.example.kr/view/NISX20250911_0003325895", "2025-09-11"),
    "18 digits": ("https://www.example.kr/news/202206252050194091", "2022-06-25"),
    "19 digits": ("https://www.example.kr/article/2025060416173972502", "2025-06-04"),
    "22 digits": ("https://www.example.kr/2025032502109958074002", "2025-03-25"),
    "serial after the day": ("https://www.example.kr/a.php?key=20141010010005413", "2014-10-10"),
    "serial of noughts": ("https://www.example.kr/news/202206250000194091", "2022-06-25"),
    "category and number": ("https://www.example.kr/_ln/0101_202103051535513259", "2021-03-05"),
    "ytn minute": ("https://www.ytn.co.kr/_ln/0101_202103051535513259", "2021-03-05 15:35"),
    "ytn without a clock": ("https://www.ytn.co.kr/_ln/0101_202103059935513259", "2021-03-05"),
    "month only": ("https://www.example.kr/2025/06/story", None),
    "impossible day": ("https://www.example.kr/2025/02/30/story", None),
    "before the web": ("https://www.example.kr/1945/08/15/story", None),
    "short serial": ("https://www.example.kr/news/20250617", "2025-06-17"),
    "eight digits inside a serial": ("https://www.example.kr/news/a20250617", None),
    "ten digits": ("https://www.example.kr/news/2025061712", None),
    "two days": ("https://www.example.kr/2025/06/17/2024010112345", None),
    "list date parameter": ("https://www.example.kr/view?idxno=141&date=202007131704", None),
    "two-digit year": ("https://www.example.kr/G0707250101", None),
    "no address": ("http://[", None),
}


@pytest.mark.parametrize(("url", "expected"), URLS.values(), ids=URLS)
def test_url_date(url: str, expected: str | None) -> None:
    assert told(url_date(url)) == expected


def test_import_is_cheap() -> None:
    code = "import sys, newsscrape.korean.dates.lines; sys.exit('dateparser' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
