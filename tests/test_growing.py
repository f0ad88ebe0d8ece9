"""Files that grow from run to run: packed JSON lines, CSV, Parquet."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from articles import article, bare
from ledger import outcome, start

from newsscrape.article import to_json
from newsscrape.export.files import unpacked
from newsscrape.export.growing import grow, grows_whole, make_ready
from newsscrape.export.jsonl import SinkError

FORMATS = ("a.jsonl.gz", "a.jsonl.zst", "a.csv", "a.csv.gz", "a.parquet")


def records(*numbers: int) -> list[str]:
    return [to_json(article(number)) for number in numbers]


def ids(path: Path) -> list[str]:
    """The ids in a file, in its order, read by others' tools."""
    if path.suffix == ".parquet":
        pq = pytest.importorskip("pyarrow.parquet")
        found: list[str] = pq.read_table(path)["id"].to_pylist()
        return found
    with unpacked(path) as data:
        text = data.read().decode()
    if ".csv" in path.name:
        return [row["id"] for row in csv.DictReader(text.splitlines(keepends=True))]
    return [json.loads(line)["id"] for line in text.splitlines()]


@pytest.fixture(params=FORMATS)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file of each format, not there yet."""
    return tmp_path / request.param


def test_a_file_grows(path: Path) -> None:
    assert grow(path, records(1, 2)) == 2
    assert grow(path, records(3)) == 1
    assert ids(path) == ["hanbit:1", "hanbit:2", "hanbit:3"]
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_what_is_there_already_does_not_come_twice(path: Path) -> None:
    grow(path, records(1, 2))
    assert grow(path, records(2, 3)) == 1
    assert ids(path) == ["hanbit:1", "hanbit:2", "hanbit:3"]


def test_another_version_of_an_article_comes_besides(path: Path) -> None:
    grow(path, records(1))
    later = article(1, fetched_at=article(2).published_at, title="고친 제목")
    assert grow(path, [to_json(later)]) == 1
    assert ids(path) == ["hanbit:1", "hanbit:1"]


def test_articles_that_say_nothing_grow_too(path: Path) -> None:
    assert grow(path, [to_json(bare())]) == 1
    assert grow(path, records(1)) == 1
    assert ids(path) == ["hanbit:0", "hanbit:1"]


def test_texts_with_line_breaks_and_quotes_survive(path: Path) -> None:
    odd = article(1, title='그는 "가자"\n, 했다', text='첫 줄,\n"둘째"')
    grow(path, [to_json(odd)])
    before = path.read_bytes()
    grow(path, records(2))
    grow(path, [])
    assert ids(path) == ["hanbit:1", "hanbit:2"]
    if path.name == "a.csv":
        assert path.read_bytes().startswith(before)


def test_a_file_that_is_ready_is_not_changed(path: Path) -> None:
    make_ready(path)
    assert not path.exists()
    grow(path, records(1))
    before = path.read_bytes()
    make_ready(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("step", [make_ready, lambda path: grow(path, records(2))])
def test_another_programs_file_is_refused_untouched(path: Path, step: Any) -> None:
    path.write_bytes(b"name,age\nKim,7\n")
    with pytest.raises(SinkError, match=rf"{path.name}: .*nothing in it was changed"):
        step(path)
    assert path.read_bytes() == b"name,age\nKim,7\n"
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst", "a.csv.gz", "a.parquet"])
def test_a_file_that_was_cut_is_refused_untouched(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    grow(path, records(*range(50)))
    cut = path.read_bytes()[:-20]
    path.write_bytes(cut)
    with pytest.raises(SinkError, match="nothing in it was changed"):
        grow(path, records(60))
    assert path.read_bytes() == cut


def test_a_cut_line_is_named_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(f'{records(1)[0]}\n{{"id": \n'.encode()))
    with pytest.raises(SinkError, match="line 2 is no record"):
        grow(path, records(2))


def test_a_cut_row_is_named_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    grow(path, records(1))
    with path.open("a") as file:
        file.write("hanbit:2,http")
    with pytest.raises(SinkError, match=r"line \d+ has 2 cells instead of"):
        grow(path, records(3))


def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    path.symlink_to(tmp_path / f"real-{path.name}")
    grow(path, records(1))
    grow(path, records(2))
    assert path.is_symlink() and len(ids(path)) == 2


@pytest.mark.parametrize(
    ("name", "whole"),
    [("a.csv", True), ("A.PARQUET", True), ("a.jsonl.gz", True), ("a.jsonl", False), ("-", False), ("a.json", False)],
)
def test_the_name_tells_how_a_file_grows(name: str, whole: bool) -> None:
    assert grows_whole(name) == whole


GROW = """
import sys
sys.path.insert(0, ".")
from pathlib import Path
from articles import article
from newsscrape.article import to_json
from newsscrape.export.growing import grow
for number in range(int(sys.argv[2]), int(sys.argv[2]) + 10):
    grow(Path(sys.argv[1]), [to_json(article(number))])
"""


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.parquet"])
def test_two_processes_let_one_file_grow(name: str, tmp_path: Path) -> None:
    children = [start(GROW, str(tmp_path / name), str(first)) for first in (100, 200)]
    for child in children:
        outcome(child)
    assert sorted(ids(tmp_path / name)) == sorted(f"hanbit:{n}" for n in (*range(100, 110), *range(200, 210)))
