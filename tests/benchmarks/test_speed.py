"""How fast pages are read, beside bare lxml parsing and trafilatura on the same pages in the same run.

`make bench` runs these; `make test` leaves them out. Quote ratios, not milliseconds: machines differ.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
import trafilatura

import newsscrape
from newsscrape.decode import decode

ROOT = Path(__file__).parent.parent.parent
FIXTURES = sorted((ROOT / "fixtures" / "articles").iterdir())
Page = tuple[str, str]  # address, text

Benchmark = Callable[..., object]


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    """The made pages of fixtures/, decoded."""
    found = []
    for folder in FIXTURES:
        about = tomllib.loads((folder / "page.toml").read_text(encoding="utf-8"))
        found.append((about["url"], decode((folder / "page.html").read_bytes()).text))
    return found


@pytest.mark.benchmark(group="page")
def test_lxml_parse(benchmark: Benchmark, pages: list[Page]) -> None:
    parser = lxml.html.HTMLParser(encoding="utf-8")
    benchmark(lambda: [lxml.html.document_fromstring(text.encode(), parser=parser) for _, text in pages])


@pytest.mark.benchmark(group="page")
def test_extract_known_sites(benchmark: Benchmark, pages: list[Page]) -> None:
    benchmark(lambda: [newsscrape.extract(text, url=url) for url, text in pages])


@pytest.mark.benchmark(group="page")
def test_extract_unknown_sites(benchmark: Benchmark, pages: list[Page], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSSCRAPE_SITES", "none")
    benchmark(lambda: [newsscrape.classify(text, url=url) for url, text in pages])


@pytest.mark.benchmark(group="page")
def test_trafilatura(benchmark: Benchmark, pages: list[Page]) -> None:
    benchmark(lambda: [trafilatura.bare_extraction(text, url=url, with_metadata=True) for url, text in pages])


@pytest.mark.benchmark(group="line")
@pytest.mark.parametrize(
    "line", ["입력 2026.11.12 09:30 수정 2026.11.12 10:02", "2026-11-12T09:30:00+09:00"], ids=["printed", "iso"]
)
def test_parse_date(benchmark: Benchmark, line: str) -> None:
    benchmark(newsscrape.parse_date, line)


@pytest.mark.benchmark(group="line")
def test_parse_byline(benchmark: Benchmark) -> None:
    benchmark(newsscrape.parse_byline, "(한빛=연합뉴스) 강솔 문해솔 기자 = ")
