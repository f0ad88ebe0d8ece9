"""Exports: the formats as their readers open them, whole files, and what is refused."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from articles import KST, MORNING, article, bare

from newsscrape.article import Article, json_schema, to_json
from newsscrape.errors import ExportError
from newsscrape.export.exporting import export, format_of
from newsscrape.export.files import whole_file
from newsscrape.export.jsonl import SinkError

RECORDS = [to_json(article(1)), to_json(bare()), to_json(article(2, text='"쉼표, 따옴표"\n둘째 줄\t탭'))]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_jsonl_is_the_records_and_every_line_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    assert export(RECORDS, path).count == 3
    validator = jsonschema.Draft202012Validator(json_schema())
    for line in lines(path):
        validator.validate(line)
    assert [to_json(Article.model_validate(line)) for line in lines(path)] == RECORDS


def test_fields_choose_and_order(tmp_path: Path) -> None:
    export(RECORDS, tmp_path / "a.jsonl", fields=["text", "id"])
    assert [list(line) for line in lines(tmp_path / "a.jsonl")] == [["text", "id"]] * 3
    export(RECORDS, tmp_path / "a.csv", fields=["text", "id"])
    assert list(rows((tmp_path / "a.csv").read_bytes())[0]) == ["text", "id"]


def test_gz_is_the_same_bytes_for_the_same_records(tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl.gz"
    export(RECORDS, first)
    export(RECORDS, second)
    assert first.read_bytes() == second.read_bytes()
    assert gzip.decompress(first.read_bytes()).decode().splitlines() == RECORDS


def test_zst(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    export(RECORDS, tmp_path / "a.jsonl.zst")
    with zstandard.open(tmp_path / "a.jsonl.zst", "rt", encoding="utf-8") as file:
        assert file.read().splitlines() == RECORDS


def test_csv_cells(tmp_path: Path) -> None:
    export(RECORDS, tmp_path / "a.csv")
    first, empty, quoted = rows((tmp_path / "a.csv").read_bytes())
    assert first["authors"] == "나한빛; 경제부"
    assert first["publisher"] == "한빛일보"
    assert first["tags"] == "다리; 한빛시"
    assert first["published_at"] == "2026-03-02T10:30:00+09:00"
    assert set(empty.values()) == {"", "hanbit:0", "article", "free"}
    assert quoted["text"] == '"쉼표, 따옴표"\n둘째 줄\t탭'


def test_csv_writes_structures_as_json(tmp_path: Path) -> None:
    export(RECORDS[:1], tmp_path / "a.csv", fields=["dates", "body", "truncated"])
    (row,) = rows((tmp_path / "a.csv").read_bytes())
    assert json.loads(row["dates"])["published_at"]["precision"] == "minute"
    assert json.loads(row["body"])[0]["text"] == "새 다리가 열렸다."
    assert row["truncated"] == "false"


def test_excel_gets_a_bom_and_times_as_its_cells_have_them(tmp_path: Path) -> None:
    late = article(3, published_at=datetime.fromisoformat("2026-03-02T16:00:00+00:00"))
    export([to_json(late)], tmp_path / "a.csv", excel=True)
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid,")
    (row,) = rows(data[3:])
    assert row["published_at"] == "2026-03-03 01:00:00"


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-3도", "@sum", "\t=1"])
def test_excel_is_given_no_formula(tmp_path: Path, title: str) -> None:
    record = to_json(article(title=title))
    export([record], tmp_path / "a.csv", excel=True)
    export([record], tmp_path / "b.csv")
    assert rows((tmp_path / "a.csv").read_bytes()[3:])[0]["title"] == f"'{title}"
    assert rows((tmp_path / "b.csv").read_bytes())[0]["title"] == title


def test_a_text_too_long_for_excel_is_cut_and_told(tmp_path: Path) -> None:
    record = to_json(article(text="가" * 40_000))
    written = export([record], tmp_path / "a.csv", excel=True)
    (row,) = rows((tmp_path / "a.csv").read_bytes()[3:])
    assert len(row["text"]) == 32_767 and row["text"].endswith("가…")
    assert "1 rows hold a text longer" in written.notices[0]


@pytest.fixture(scope="module")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("pyarrow")
    path = tmp_path_factory.mktemp("parquet") / "a.parquet"
    many = [to_json(article(number)) for number in range(3, 1500)]
    assert export([*RECORDS, *many], path).count == 1500
    return path


def test_parquet_holds_the_records_whole(parquet: Path) -> None:
    import pyarrow.parquet as pq

    columns = ["id", "authors", "dates", "alt_ids", "print_edition", "published_at", "rights", "text", "body"]
    table = pq.read_table(parquet)
    assert set(columns) < set(table.column_names)
    found = table.select(columns).slice(0, 2).to_pylist()
    assert [found[0]["id"], found[1]["id"]] == ["hanbit:1", "hanbit:0"]
    whole = Article.model_validate_json(RECORDS[0])
    assert found[0]["authors"] == [author.model_dump() for author in whole.authors]
    assert {pair["key"]: pair["value"] for pair in found[0]["dates"]} == {
        name: one.model_dump() for name, one in whole.dates.items()
    }
    assert {pair["key"]: pair["value"] for pair in found[0]["alt_ids"]} == whole.alt_ids
    assert whole.print_edition is not None
    assert found[0]["print_edition"] == whole.print_edition.model_dump()
    assert found[0]["published_at"] == whole.published_at
    assert found[0]["rights"] == {**whole.rights.model_dump(), "robots": []}
    assert (found[1]["published_at"], found[1]["print_edition"], found[1]["authors"]) == (None, None, [])


def test_parquet_in_duckdb(parquet: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    found = duckdb.sql(f"""
        SELECT epoch(published_at)::BIGINT, authors[1].name, len(tags), publisher.name, typeof(published_at)
        FROM '{parquet}' WHERE id = 'hanbit:1'
    """).fetchall()
    moment = int(datetime(2026, 3, 2, 10, 30, tzinfo=KST).timestamp())
    assert found == [(moment, "나한빛", 2, "한빛일보", "TIMESTAMP WITH TIME ZONE")]


def test_parquet_in_pandas(parquet: Path) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_parquet(parquet).set_index("id")
    assert frame.loc["hanbit:1", "published_at"] == datetime(2026, 3, 2, 10, 30, tzinfo=KST)
    assert str(frame["published_at"].dtype).endswith("Asia/Seoul]")
    assert [author["name"] for author in frame.loc["hanbit:1", "authors"]] == ["나한빛", "경제부"]


def test_parquet_in_polars(parquet: Path) -> None:
    polars = pytest.importorskip("polars")
    row = polars.read_parquet(parquet).row(0, named=True)
    assert row["published_at"] == datetime(2026, 3, 2, 10, 30, tzinfo=KST)
    assert row["authors"][1]["name"] == "경제부"


def test_parquet_of_nothing_has_its_columns(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    export([], tmp_path / "a.parquet", fields=["id", "published_at"])
    assert pq.read_schema(tmp_path / "a.parquet").names == ["id", "published_at"]


@pytest.mark.parametrize(
    ("name", "format_"),
    [
        ("a.jsonl", "jsonl"),
        ("A.CSV", "csv"),
        ("a.csv.gz", "csv"),
        ("a.b.jsonl.zst", "jsonl"),
        ("a.parquet", "parquet"),
        ("-", "jsonl"),
    ],
)
def test_a_name_tells_the_format(name: str, format_: str) -> None:
    assert format_of(name) == format_


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("a.txt", {}, "the name tells no format"),
        ("a.gz", {}, "the name tells no format"),
        ("a.parquet.gz", {}, "compressed inside"),
        ("a.jsonl", {"excel": True}, "for CSV"),
        ("a.jsonl", {"fields": ["id", "titel"]}, "no field titel"),
        ("a.jsonl", {"fields": ["id", "id"]}, "named twice"),
        ("a.jsonl", {"layout": "newsml"}, "no layout is called 'newsml'"),
        ("a.csv", {"layout": "zyte"}, "zyte cannot be written as csv"),
        ("a.parquet", {"layout": "bigkinds"}, "goes into jsonl and csv"),
        ("a.jsonl", {"layout": "zyte", "fields": ["url"]}, "written whole"),
    ],
)
def test_what_does_not_fit_is_refused_before_anything_is_read(
    tmp_path: Path, name: str, options: dict[str, Any], said: str
) -> None:
    asked = iter(RECORDS)
    with pytest.raises(ExportError, match=said):
        export(asked, tmp_path / name, **options)
    assert len(list(asked)) == 3 and not list(tmp_path.iterdir())


def broken() -> Iterator[str]:
    yield RECORDS[0]
    raise RuntimeError("the archive went away")


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.csv", "a.parquet"])
def test_an_export_that_breaks_off_leaves_what_was_there(tmp_path: Path, name: str) -> None:
    if name.endswith(("zst", "parquet")):
        pytest.importorskip("zstandard" if name.endswith("zst") else "pyarrow")
    (tmp_path / name).write_text("last night's")
    with pytest.raises(RuntimeError, match="went away"):
        export(broken(), tmp_path / name)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {name: "last night's"}


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.csv", "a.parquet"])
def test_a_full_disk_is_told_and_leaves_no_part(tmp_path: Path, name: str) -> None:
    if name == "a.parquet":
        pytest.importorskip("pyarrow")
    noise = [to_json(article(number, text=os.urandom(30_000).hex())) for number in range(20)]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(SinkError, match=r"cannot be written: .*too large"):
            export(noise, tmp_path / name)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list(tmp_path.iterdir())


def test_no_such_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(SinkError, match="No such file or directory"):
        export(RECORDS, tmp_path / "no" / "a.jsonl")


def test_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").mkdir()
    with pytest.raises(SinkError, match="it is a folder; name a file"):
        export(RECORDS, tmp_path / "a.jsonl")


def test_a_link_goes_on_pointing_at_its_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "a.jsonl").symlink_to(tmp_path / "real" / "b.jsonl")
    export(RECORDS, tmp_path / "a.jsonl")
    assert (tmp_path / "a.jsonl").is_symlink()
    assert len(lines(tmp_path / "real" / "b.jsonl")) == 3


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "a.jsonl"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True)
    export(RECORDS, pipe)
    assert reader.communicate()[0].splitlines() == RECORDS
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_file_is_as_readable_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("")
    with whole_file(tmp_path / "whole") as file:
        file.write(b"")
    assert (tmp_path / "whole").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_file_closed_to_others_stays_so(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").touch(mode=0o600)
    export(RECORDS, tmp_path / "a.jsonl")
    assert stat.S_IMODE((tmp_path / "a.jsonl").stat().st_mode) == 0o600


PARQUET_TO_A_PIPE = """
import sys
from newsscrape.export.exporting import export
export([line.rstrip("\\n") for line in open(sys.argv[1], encoding="utf-8")], "-", format="parquet")
"""


def test_parquet_goes_through_a_pipe(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    export(RECORDS, tmp_path / "a.jsonl")
    command = [sys.executable, "-c", PARQUET_TO_A_PIPE, str(tmp_path / "a.jsonl")]
    done = subprocess.run(command, capture_output=True, check=True)
    assert pq.read_table(io.BytesIO(done.stdout)).column("published_at").to_pylist()[0] == MORNING.replace(hour=10)
