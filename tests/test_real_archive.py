"""Real pages of a paper archive, which are not part of this project: skipped where they are not.

Each page's header line says house, day, page, edition and section: the record must repeat them, with the page's
address, without it, and from the bare text of the page. No signature and no copyright line may be left in a body.
"""

from __future__ import annotations

import html
import re
import tarfile
from functools import cache
from pathlib import Path

import pytest

import newsscrape
from newsscrape.article import Article
from newsscrape.korean.bylines import is_byline, split_signature

ARCHIVE = Path(__file__).parents[2] / "shared" / "corpus" / "kinds.tar.gz"
ADDRESS = "http://www.mediagaon.or.kr/jsp/search/popup/newsPopup.jsp?newsId="
HEADER = re.compile(r"\[([^\]]+)\] (\d{4}-\d\d-\d\d) (\w+)면(?:&nbsp;|\s)+(\w+)판(?:&nbsp;|\s)+(.*?)&nbsp;")
FURNITURE = re.compile(r"[\w.-]+@[\w.]+|무단 ?전재|저작권자 ?ⓒ|^(?:ⓒ|Copyright)", re.MULTILINE)
ZEROS = re.compile(r"^([A-Z]*)0+(?=\d)")
WAYS = ("address", "page alone", "text")


@cache
def _pages() -> dict[str, bytes]:
    if not ARCHIVE.exists():
        return {}
    with tarfile.open(ARCHIVE) as archive:
        files = ((member.name, archive.extractfile(member)) for member in archive)
        return {Path(name).stem: file.read() for name, file in files if file is not None}


PAGES = sorted(_pages())
pytestmark = pytest.mark.skipif(not PAGES, reason="the pages of the archive are not here")


def _dump(page: str) -> str:
    """The text of the page as a reader would copy it."""
    view = page[page.index('<div class="news_view">') : page.index('<div class="cls">')]
    view = re.sub(r"<br\s*/?>|</(?:p|h3|span)>", "\n", re.sub(r"<!--.*?-->", "", view, flags=re.DOTALL))
    return html.unescape(re.sub(r"</?(?:p|h3|span|div)\b[^>]*>", "", view))


@cache
def _article(name: str, way: str) -> Article:
    body = _pages()[name]
    if way == "text":
        return newsscrape.normalize(_dump(body.decode("cp949")))
    return newsscrape.extract(body, url=ADDRESS + name if way == "address" else None)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", PAGES)
def test_header_is_read(name: str, way: str) -> None:
    header = HEADER.search(_pages()[name].decode("cp949"))
    assert header is not None
    house, day, page, edition, section = header.groups()
    article = _article(name, way)
    printed = article.print_edition
    assert article.publisher is not None
    assert printed is not None
    assert article.published_at is not None
    assert (article.publisher.name, str(printed.date), printed.page, printed.edition, article.section) == (
        house, day, ZEROS.sub(r"\1", page), ZEROS.sub(r"\1", edition), section,
    )  # fmt: skip
    assert str(article.published_at.date()) == day


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", PAGES)
def test_body_holds_no_furniture(name: str, way: str) -> None:
    lines = _article(name, way).text.split("\n")
    assert [line for line in lines if FURNITURE.search(line)] == []
    assert not is_byline(lines[0])
    assert not is_byline(lines[-1])
    assert split_signature(lines[-1])[1] is None
