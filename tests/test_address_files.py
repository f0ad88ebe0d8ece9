"""Files of addresses: every kind that people keep, exports of BigKinds, and files that are none."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsscrape.discovery.address_files import Address, read_addresses
from newsscrape.errors import InputError, NewsscrapeError

BIGKINDS = [
    *("뉴스 식별자", "일자", "언론사", "기고자", "제목", "통합 분류1", "통합 분류2", "통합 분류3"),
    *("사건/사고 분류1", "사건/사고 분류2", "사건/사고 분류3", "인물", "위치", "기관", "키워드"),
    *("특성추출(가중치순 상위 50개)", "본문", "URL", "분석제외 여부"),
]


def bigkinds_row(number: int, url: str | None, day: object = "20251103") -> list[object]:
    row: list[object] = [None] * len(BIGKINDS)
    row[0], row[1], row[2], row[3] = f"09900001.2025110300000{number}", day, "한빛일보", "강솔 기자"
    row[4], row[16], row[17] = (
        f'"새 다리" {number}호, 똠방각하',
        f"한빛시가 {number}번째 다리를 놓는다.\n길이는, 짧다.",
        url,
    )
    return row


ROWS = [
    BIGKINDS,
    bigkinds_row(1, None),
    bigkinds_row(2, "http://www.hanbit.test/news/1#top"),
    bigkinds_row(3, "https://nuri.test/a?x=1&y=2", day=20251104),
    bigkinds_row(4, ""),
]
FOUND = [
    Address("http://www.hanbit.test/news/1", 3, "20251103"),
    Address("https://nuri.test/a?x=1&y=2", 4, "20251104"),
]


def as_csv(rows: list[list[object]], encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_wrong_dimension(body: bytes) -> bytes:
    """As BigKinds writes its workbooks: a dimension of one cell, and no styles."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                start, _, rest = part.partition(b'<dimension ref="')
                part = start + b'<dimension ref="A1"' + rest[rest.index(b'"') + 1 :]
            new.writestr(name, part)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write(name: str, body: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(body)
        return path

    return write


EXPORTS = {
    "NewsResult.xlsx": as_xlsx(ROWS),
    "dimension.xlsx": with_wrong_dimension(as_xlsx(ROWS)),
    "name-says-nothing": as_xlsx(ROWS),
    "packed.xlsx.gz": gzip.compress(as_xlsx(ROWS)),
    "utf8.csv": as_csv(ROWS),
    "cp949.csv": as_csv(ROWS, "cp949"),
    "cp949.csv.gz": gzip.compress(as_csv(ROWS, "cp949")),
    "no-suffix": as_csv(ROWS),
    "tabs.tsv": as_csv(ROWS, "utf-8", "\t"),
    "excel-unicode-text.txt": as_csv(ROWS, "utf-16", "\t"),
    "semicolons.csv": as_csv(ROWS, "utf-8", ";"),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_bigkinds_exports_work_as_they_are(name: str, file: Callable[[str, bytes], Path]) -> None:
    assert list(read_addresses(file(name, EXPORTS[name]))) == FOUND


@pytest.mark.parametrize("name", ["NewsResult.xlsx", "cp949.csv"])
def test_rows_without_address_are_counted(name: str, file: Callable[[str, bytes], Path]) -> None:
    found = read_addresses(file(name, EXPORTS[name]))
    list(found)
    assert (found.skipped, found.first_skipped) == (2, 2)


LIST = "# 한빛시 기사\nhttp://h.test/1\n\n  https://h.test/2#photo  \r\nwww.h.test/3\nhttp://h.test/4 # 다시\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_plain_lists(encoding: str, pack: Callable[[bytes], bytes], file: Callable[[str, bytes], Path]) -> None:
    found = read_addresses(file("list.txt", pack(LIST.encode(encoding))))
    assert [(a.url, a.line) for a in found] == [("http://h.test/1", 2), ("https://h.test/2", 4), ("http://h.test/4", 6)]
    assert (found.skipped, found.first_skipped) == (1, 5)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("h.test/1", id="no-scheme"),
        pytest.param("http://", id="no-host"),
        pytest.param("ftp://h.test/1", id="ftp"),
        pytest.param("javascript:void(0)", id="script"),
        pytest.param("http://[기사]", id="brackets"),
        pytest.param("http://h.test/1 http://h.test/2", id="two"),
        pytest.param("기사 http://h.test/1", id="inside-text"),
        pytest.param("http://h.test/\x07", id="control-character"),
        pytest.param("http://h.test/\ufffd", id="lost-letter"),
    ],
)
def test_what_is_no_address_is_skipped(line: str, file: Callable[[str, bytes], Path]) -> None:
    found = read_addresses(file("list.txt", f"http://h.test/first\n{line}\n".encode()))
    assert [a.url for a in found] == ["http://h.test/first"]
    assert (found.skipped, found.first_skipped) == (1, 2)


@pytest.mark.parametrize(
    ("name", "body", "found"),
    [
        pytest.param("a.csv", "제목,원문링크\n가,http://h.test/1\n", [("http://h.test/1", 2)], id="named-column"),
        pytest.param("a.csv", "Title, URL \n가,http://h.test/1\n", [("http://h.test/1", 2)], id="case-and-blanks"),
        pytest.param("a.csv", "기사_URL\nhttp://h.test/1,2\n", [("http://h.test/1,2", 2)], id="one-column-with-commas"),
        pytest.param("a.txt", "url\nhttp://h.test/1\n", [("http://h.test/1", 2)], id="list-with-a-header"),
        pytest.param(
            "naver.csv",
            "title,link,originallink\n가,http://n.test/1,http://h.test/1\n",
            [("http://h.test/1", 2)],
            id="publisher-before-portal",
        ),
        pytest.param("a.csv", "제목,어디\n가,http://h.test/1\n", [("http://h.test/1", 2)], id="unknown-name"),
        pytest.param("a.csv", "주소,어디\n솔길 3,http://h.test/1\n", [("http://h.test/1", 2)], id="a-street's-address"),
        pytest.param("a.csv", "가,http://h.test/1\n나,http://h.test/2\n", [("http://h.test/1", 1), ("http://h.test/2", 2)], id="no-header"),
        pytest.param("a.csv", "\n\n제목,url\n\n가,http://h.test/1\n", [("http://h.test/1", 5)], id="blank-rows"),
        pytest.param("a.csv", "제목,url\n가\n나,http://h.test/1,더\n", [("http://h.test/1", 3)], id="short-and-long-rows"),
        pytest.param("a.csv", '"제\n목",url\n"가,\n나",http://h.test/1\n', [("http://h.test/1", 2)], id="quoted-line-breaks"),
        pytest.param("a.csv", "제목|url\n가|http://h.test/1\n", [("http://h.test/1", 2)], id="bars"),
        pytest.param("a.csv", "http://h.test/1;a=2|3\n", [("http://h.test/1;a=2|3", 1)], id="marks-in-the-address"),
        pytest.param("a.csv", "제목,url\r가,http://h.test/1\r", [("http://h.test/1", 2)], id="old-mac"),
        pytest.param("a.txt", "http://h.test/1\t가\n", [("http://h.test/1", 1)], id="pasted-from-a-spreadsheet"),
        pytest.param("a.txt", "# url, 제목\nhttp://h.test/1,2\n", [("http://h.test/1,2", 2)], id="comment-is-no-header"),
        pytest.param("a.txt", "http://h.test/1,link\n", [("http://h.test/1,link", 1)], id="address-is-no-header"),
        pytest.param("a.tsv", 'url\t제목\nhttp://h.test/1\t"새 다리" 놓는다\n', [("http://h.test/1", 2)], id="tabs-unquoted"),
        pytest.param("a.csv", "제목,url\n", [], id="header-only"),
        pytest.param("a.txt", "# 아직 없음\n", [], id="comments-only"),
    ],
)  # fmt: skip
def test_tables_and_lists(
    name: str, body: str, found: list[tuple[str, int]], file: Callable[[str, bytes], Path]
) -> None:
    assert [(a.url, a.line) for a in read_addresses(file(name, body.encode()))] == found


RECORDS = [
    {"id": "h:1", "url": "http://h.test/1", "published_at": "2025-11-03T09:00:00+09:00", "title": "새 다리"},
    {"id": "h:2", "url": None, "canonical_url": None, "title": "주소 없음"},
    {"id": "h:3", "url": "http://h.test/3", "title": "\ud800"},
]


@pytest.mark.parametrize("name", ["records.jsonl", "records.jsonl.gz", "records"])
def test_json_lines(name: str, file: Callable[[str, bytes], Path]) -> None:
    body = b"\xef\xbb\xbf" + "\n\n".join(map(json.dumps, RECORDS)).encode()
    found = read_addresses(file(name, gzip.compress(body) if name.endswith("gz") else body))
    assert list(found) == [
        Address("http://h.test/1", 1, "2025-11-03T09:00:00+09:00"),
        Address("http://h.test/3", 5, None),
    ]
    assert (found.skipped, found.first_skipped) == (1, 3)


@pytest.mark.parametrize("body", [LIST.encode(), gzip.compress(LIST.encode())], ids=["plain", "gzip"])
def test_standard_input_as_a_list(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body)))
    assert [a.line for a in read_addresses("-")] == [2, 4, 6]


def test_standard_input_as_json_lines_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"link": "http://h.test/1"}\n')))
    assert [a.url for a in read_addresses("-")] == ["http://h.test/1"]
    assert not sys.stdin.buffer.closed


def test_standard_input_as_a_workbook_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(as_xlsx(ROWS))))
    with pytest.raises(InputError, match=r"standard input: .*pipe"):
        read_addresses("-")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (20251103, "20251103"),
        (20251103.0, "20251103"),
        (datetime(2025, 11, 3, 9, 30), "2025-11-03T09:30:00"),
        (" ", None),
        (None, None),
    ],
)
def test_dates_in_workbooks_are_text(cell: object, text: str | None, file: Callable[[str, bytes], Path]) -> None:
    path = file("a.xlsx", as_xlsx([["일자", "URL"], [cell, "http://h.test/1"]]))
    assert [a.published for a in read_addresses(path)] == [text]


def test_gaps_in_a_workbook_keep_the_row_numbers(file: Callable[[str, bytes], Path]) -> None:
    book = openpyxl.Workbook()
    book.active["C4"], book.active["C9"] = "URL", "http://h.test/1"
    out = io.BytesIO()
    book.save(out)
    assert list(read_addresses(file("a.xlsx", out.getvalue()))) == [Address("http://h.test/1", 9)]


def test_a_workbook_without_styles_is_read_in_silence(file: Callable[[str, bytes], Path]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        list(read_addresses(file("a.xlsx", with_wrong_dimension(as_xlsx(ROWS)))))


OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
EMPTY_ZIP = io.BytesIO()
with zipfile.ZipFile(EMPTY_ZIP, "w") as archive:
    archive.writestr("news.txt", "http://h.test/1")


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        pytest.param("a.txt", b"", "empty", id="empty"),
        pytest.param("a.txt.gz", gzip.compress(b" \n"), "empty", id="empty-gzip"),
        pytest.param("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(64), "no text", id="image"),
        pytest.param("a.txt", bytes(range(256)) * 40, "no text", id="binary"),
        pytest.param("a.gz", b"\x1f\x8b\x08nonsense", "cannot be read", id="no-gzip"),
        pytest.param("a.xls", OLD_WORKBOOK, "old or locked", id="old-workbook"),
        pytest.param("a.xlsx", EMPTY_ZIP.getvalue(), "workbook cannot be read", id="zip-that-is-no-workbook"),
        pytest.param("a.xlsx", as_xlsx(ROWS)[:2000], "workbook cannot be read", id="torn-workbook"),
        pytest.param("a.json", b'[\n{"url": "http://h.test/1"}]', "JSONL", id="json-array"),
        pytest.param("a.jsonl", b'{"url": "http://h.test/1"}\n{"url": ', ":2: this line is no JSON", id="torn-json"),
        pytest.param("a.jsonl", b'{"url": "http://h.test/1"}\n"http://h.test/2"', ":2: .*no JSON object", id="no-object"),
        pytest.param("a.jsonl", b'{"a": ' + b"[" * 100_000, "no JSON", id="deep-json"),
        pytest.param("a.jsonl", b'{"name": "x", "size": 3}', "columns are: name, size", id="json-without-address"),
        pytest.param("a.csv", "제목,일자\n가,20251103\n".encode(), "columns are: 제목, 일자", id="table-without-address"),
        pytest.param("a.csv", b",,\n,,\n", "no column holds addresses", id="blank-table"),
        pytest.param("a.txt", b"hanbit\nnuri\n", "none of its 2 rows holds an address", id="list-without-addresses"),
        pytest.param("a.csv", b'url,title\nhttp://h.test/1,"open\nhttp://h.test/2,b\n', ":2: quotation marks", id="open-quote"),
        pytest.param("a.tsv", b'url\ttitle\nhttp://h.test/1\t"open\nhttp://h.test/2\tb\n', ":2: a quotation mark", id="open-quote-tabs"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_so(name: str, body: bytes, said: str, file: Callable[[str, bytes], Path]) -> None:
    with pytest.raises(InputError, match=said) as caught:
        list(read_addresses(file(name, body)))
    assert caught.value.path.endswith(name)


def test_a_directory_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="directory"):
        read_addresses(tmp_path)


@pytest.mark.parametrize("name", ["nowhere.csv", "zero\0byte"])
def test_a_missing_file_says_so(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        read_addresses(tmp_path / name)


def test_a_torn_archive_gives_what_it_holds_and_then_says_so(file: Callable[[str, bytes], Path]) -> None:
    body = gzip.compress("".join(f"http://h.test/{n * 7919 % 100_003}\n" for n in range(5000)).encode())
    found = read_addresses(file("a.txt.gz", body[: len(body) // 2]))
    read = []
    with pytest.raises(InputError, match="get the file again") as caught:
        read.extend(address.url for address in found)
    assert 1000 < len(read) < 5000
    assert caught.value.line == len(read) + 1 or caught.value.line == len(read) + 2


def test_a_line_without_end_is_no_list(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    with gzip.open(path, "wb") as out:
        for _ in range(20):
            out.write(b"x" * 1024 * 1024)
    with pytest.raises(InputError, match=":1: the line does not end"):
        list(read_addresses(path))


def test_a_missing_library_names_the_extra(file: Callable[[str, bytes], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(InputError, match=r"newsscrape\[xlsx\]"):
        read_addresses(file("a.xlsx", EXPORTS["NewsResult.xlsx"]))


@pytest.mark.parametrize(
    ("name", "head", "row"),
    [
        ("a.txt", "", "http://h.test/{0:0>3000}\n"),
        ("a.csv", "제목,일자,URL\n", '"새 다리, {1}",20251103,http://h.test/{0}\n'),
        ("a.jsonl", "", '{{"title": "새 다리 {1}", "url": "http://h.test/{0}"}}\n'),
    ],
    ids=["list", "table", "records"],
)
def test_a_long_file_is_not_held_in_memory(name: str, head: str, row: str, tmp_path: Path) -> None:
    count = 5_000
    path = tmp_path / name
    with path.open("w", encoding="utf-8") as out:
        out.write(head)
        out.writelines(row.format(n, "솔" * 1000) for n in range(count))
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_addresses(path)) == count
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2_500_000 < path.stat().st_size


NAMES = st.sampled_from(["a.txt", "a.csv", "a.tsv", "a.jsonl", "a.xlsx", "a.csv.gz"])
TEXTS = st.text(alphabet='\n\r\t,;|"{}[]:#\ufeff가http://a.b url주소', max_size=200).map(str.encode)
quiet = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quiet
@given(name=NAMES, body=st.binary(max_size=400) | TEXTS | TEXTS.map(gzip.compress))
def test_no_bytes_crash_the_reader(name: str, body: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    try:
        found = list(read_addresses(path))
    except NewsscrapeError:
        return
    assert all(address.url.startswith(("http://", "https://")) and address.line >= 1 for address in found)


@quiet
@given(st.sampled_from(["NewsResult.xlsx", "packed.xlsx.gz", "cp949.csv.gz"]), st.data())
def test_no_damage_to_a_file_crashes_the_reader(name: str, data: st.DataObject) -> None:
    import tempfile

    body = bytearray(EXPORTS[name])
    for place in data.draw(st.lists(st.integers(0, len(body) - 1), max_size=8)):
        body[place] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(body)
        try:
            list(read_addresses(path))
        except NewsscrapeError:
            return
