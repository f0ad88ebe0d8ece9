"""`newsscrape demo`, as a new user runs it: the whole way, over real HTTP on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from typing import Any

import pytest

from newsscrape.cli.newsroom import newsroom_folder
from newsscrape.sites import read_profile


@dataclass
class Demo:
    code: int
    out: str
    err: str
    records: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    output = tmp_path_factory.mktemp("demo") / "new" / "articles.jsonl"
    output.parent.mkdir()
    output.write_text('{"id": "of the last demo"}\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "from newsscrape.cli import main; main()", "demo", "--fast", "-o", str(output)],
        capture_output=True,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "NEWSSCRAPE_SITES"},
        timeout=60,
        check=False,
    )
    lines = output.read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert len({record["id"] for record in found}) == len(found)
    return Demo(done.returncode, done.stdout, done.stderr, {record["id"]: record for record in found})


def test_exit_code(demo: Demo) -> None:
    assert demo.code == 0, demo.err


def test_data_goes_to_the_file_only(demo: Demo) -> None:
    assert demo.out == ""
    assert "of the last demo" not in demo.records


@pytest.mark.parametrize(("site", "count"), [("hanbit", 6), ("gaon", 6), ("nuri", 6), ("saebom", 7)])
def test_articles_of_each_site(demo: Demo, site: str, count: int) -> None:
    assert len([key for key in demo.records if key.startswith(f"{site}:")]) == count


@pytest.mark.parametrize(
    "words",
    [
        "read so far",
        "한빛일보 (hanbit)",
        "removed",
        "Fields filled",
        "robots.txt does not allow it",
        "the page says that the article is gone",
        "HTTP 500",
        "DataLoss",
        "the page is empty",
        "asks for 1 s between requests",
        "25 articles are in",
    ],
)
def test_what_the_reader_is_told(demo: Demo, words: str) -> None:
    assert words in demo.err


def test_no_colours_where_there_is_no_terminal(demo: Demo) -> None:
    assert "\x1b[" not in demo.err


@pytest.mark.parametrize("word", ["Warning", "Traceback"])
def test_no_noise(demo: Demo, word: str) -> None:
    assert word not in demo.err


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        ("hanbit:20417", "title", "한빛시, 도심 하천 세 곳 산책로로 잇는다"),
        ("hanbit:20417", "subtitles", ["2027년까지 7.4㎞ 구간 연결", "보행교 두 곳도 새로 놓기로"]),
        ("hanbit:20417", "published_at", "2025-04-14T09:12:00+09:00"),
        ("hanbit:20417", "modified_at", "2025-04-14T11:30:00+09:00"),
        ("hanbit:20421", "labels", ["단독"]),
        ("gaon:2025041500093", "title", "똠얌꿍 라면에 쀼루퉁한 입맛도 '펑'…미르식품 신제품 인기"),
        ("gaon:2025041500093", "published_at", "2025-04-15T14:22:00+09:00"),
        ("nuri:N1000451", "published_at", "2025-04-14T20:31:05+09:00"),
        ("nuri:N1000451", "kind", "broadcast"),
        ("saebom:321", "published_at", "2025-04-18T08:45:00+09:00"),
    ],
)
def test_fields(demo: Demo, record: str, field: str, value: Any) -> None:
    assert demo.records[record][field] == value


@pytest.mark.parametrize(
    ("record", "names"),
    [
        ("hanbit:20421", ["한가람", "문새별"]),
        ("hanbit:20431", []),
        ("gaon:2025041400101", ["조은결"]),
        ("nuri:N1000463", ["표하나"]),
        ("saebom:312", ["나봄이"]),
    ],
)
def test_authors(demo: Demo, record: str, names: list[str]) -> None:
    assert [author["name"] for author in demo.records[record]["authors"]] == names


@pytest.mark.parametrize(
    ("record", "codec"), [("hanbit:20417", "utf-8"), ("gaon:2025041500093", "cp949"), ("nuri:N1000451", "utf-8")]
)
def test_encodings(demo: Demo, record: str, codec: str) -> None:
    assert demo.records[record]["encoding"]["name"] == codec
    assert demo.records[record]["encoding"]["replaced"] == 0


@pytest.mark.parametrize("site", ["hanbit", "gaon", "nuri", "saebom"])
def test_no_furniture_is_left_in_the_text(demo: Demo, site: str) -> None:
    furniture = (
        "무단",
        "저작권자",
        "댓글",
        "기사제보",
        "구독",
        "스크랩",
        "글자크기",
        "많이 본",
        "관련기사",
        "@",
        "ⓒ",
        "©",
    )
    for key, record in demo.records.items():
        if key.startswith(f"{site}:"):
            assert [word for word in furniture if word in record["text"]] == [], key


def test_the_last_sentence_is_kept(demo: Demo) -> None:
    assert demo.records["hanbit:20417"]["text"].endswith("9월에 첫 삽을 뜰 계획이다.")


@pytest.mark.parametrize("site", ["hanbit", "gaon", "nuri", "saebom"])
def test_profiles_are_right_as_they_are_stored(site: str) -> None:
    with newsroom_folder() as folder:
        profile = read_profile(folder / "sites" / f"{site}.toml")
    assert profile.domains == (f"{site}.newsroom.test",)


def test_no_port_and_no_machine_in_the_pages() -> None:
    with newsroom_folder() as folder:
        for path in folder.rglob("*"):
            if path.is_file() and path.suffix not in (".pyc", ".py"):
                assert b"127.0.0.1" not in path.read_bytes(), path
                assert b".newsroom.test:4" not in path.read_bytes(), path


def test_every_host_says_what_is_special() -> None:
    with newsroom_folder() as folder:
        for path in folder.glob("*/host.toml"):
            assert set(tomllib.loads(path.read_text(encoding="utf-8"))) <= {"content_type", "identify_by", "paths"}
