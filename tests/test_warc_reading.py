"""Pages out of WARC files, as other tools write them and as they come after an accident."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsscrape.cli import app
from newsscrape.errors import WarcError
from newsscrape.warc.reading import WarcPages

PAGE = (Path(__file__).parent.parent / "fixtures" / "articles" / "ndsoft-skin-2020" / "page.html").read_bytes()
URL = "https://www.hanbit-ilbo.example/news/articleView.html?idxno=1042"


def written(path: Path, *, packed: bool = True) -> Path:
    """A WARC file with the page in each manner, a list, a picture, a missing page and a request."""
    body = gzip.compress(PAGE)
    chunks = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (100, body[:100], len(body) - 100, body[100:])
    html = ("Content-Type", "text/html; charset=utf-8")
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)

        def add(kind: str, url: str, data: bytes, status: str = "200 OK", *headers: tuple[str, str]) -> None:
            http = None if kind == "resource" else StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    url,
                    kind,
                    payload=io.BytesIO(data),
                    http_headers=http,
                    warc_content_type="text/html",
                    warc_headers_dict={"WARC-Date": "2026-03-02T01:02:03Z"},
                )
            )

        packed_headers = (html, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
        add("response", f"{URL}1", chunks, "200 OK", *packed_headers, ("X-Robots-Tag", "noai"))
        add("response", f"{URL}2", PAGE, "200")
        add("resource", f"{URL}3", PAGE)
        add("response", "https://www.hanbit-ilbo.example/a.png", b"\x89PNG", "200 OK", ("Content-Type", "image/png"))
        add("response", f"{URL}4", PAGE, "404 Not Found", html)
        add("response", f"{URL}5", PAGE, "200 OK", html)
    return path


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_pages_come_with_what_was_sent(tmp_path: Path, name: str) -> None:
    found = WarcPages(written(tmp_path / name, packed=name.endswith(".gz")))
    pages = [capture.page for capture in found]
    assert [page.url for page in pages] == [f"{URL}{n}" for n in (1, 2, 3, 5)]
    assert all(page.body == PAGE for page in pages)
    assert pages[0].fetched_at is not None and pages[0].fetched_at.isoformat() == "2026-03-02T10:02:03+09:00"
    assert pages[0].headers["x-robots-tag"] == "noai"
    assert found.passed == {"image/png": 1, "HTTP 404": 1}


def extracted(path: Path) -> Result:
    return CliRunner().invoke(app, ["extract", str(path)])


def test_articles_are_printed_and_the_rest_is_counted(tmp_path: Path) -> None:
    done = extracted(written(tmp_path / "a.warc.gz"))
    assert done.exit_code == 0
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["url"] for record in records] == [f"{URL}{n}" for n in (1, 2, 3, 5)]
    assert records[0]["rights"]["robots"] == ["noai"]
    assert "4 articles; besides 1 image/png, 1 HTTP 404" in done.stderr


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_a_file_that_was_cut_is_read_up_to_there(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / name, packed=name.endswith(".gz"))
    path.write_bytes(path.read_bytes()[:-40])
    done = extracted(path)
    assert done.exit_code == 1
    assert [json.loads(line)["url"] for line in done.stdout.splitlines()] == [f"{URL}{n}" for n in (1, 2, 3)]
    assert f"{name} ends in the middle of the record at byte" in done.stderr


def test_a_file_that_was_cut_in_the_head_of_a_record(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc.gz")
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:20])
    done = extracted(path)
    assert done.exit_code == 1 and len(done.stdout.splitlines()) == 4
    assert f"is cut or damaged behind byte {len(whole):,}" in done.stderr


def test_a_damaged_file_is_read_up_to_there(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc.gz")
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 50] = bytes(50)
    path.write_bytes(data)
    done = extracted(path)
    assert done.exit_code == 1 and "damaged" in done.stderr
    assert done.stdout.splitlines()


@pytest.mark.parametrize("data", [b"name,age\n" * 40, b"\x1f\x8b\x08nothing"], ids=["text", "packed"])
def test_what_is_no_warc_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.warc.gz").write_bytes(data)
    with pytest.raises(WarcError, match=r"a\.warc\.gz"):
        list(WarcPages(tmp_path / "a.warc.gz"))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WarcError, match="cannot be read"):
        list(WarcPages(tmp_path / "no.warc.gz"))
