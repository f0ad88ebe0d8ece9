"""Proposals: selectors that find exactly their element, address patterns, and profiles that read their page."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newsscrape.errors import PageError, ProfileError
from newsscrape.parse import Element, parse
from newsscrape.read_page import read_page
from newsscrape.sites import domain_of, read_profile
from newsscrape.workshop.addresses import guess_identity
from newsscrape.workshop.propose import key_of_domain, propose
from newsscrape.workshop.saved import SavedPage, read_one, read_saved, save_page
from newsscrape.workshop.selectors import name_of, selector_of_all
from newsscrape.workshop.write import as_expected, write_profile

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"

# --- selectors ----------------------------------------------------------------------------------------------------

PAGE = """<body><div id="wrap"><div class="box"><h1>제목</h1><p class="date on">입력 2026-11-20</p><p class="date">수정 2026-11-20</p>
<span class="css-1ab2c3">a</span><span class="View_name__Xy3Kd">b</span><em id="art_20261120">c</em><i class="cap x1">d</i><i class="cap">e</i>
<b itemprop="author">f</b><u>g</u><u>h</u></div></div></body>"""
SELECTORS = [
    pytest.param("//div[@id='wrap']", "//*[@id='wrap']", id="by-id"),
    pytest.param("//div[@class='box']", "//div[@class='box']", id="by-class"),
    pytest.param("//h1", "//div[@class='box']//h1", id="inside-the-nearest-name"),
    pytest.param("//p[1]", "//p[contains(@class, 'date')][contains(., '입력')]", id="by-label"),
    pytest.param("//p[2]", "//p[@class='date']", id="whole-class"),
    pytest.param("//b", "//*[@itemprop='author']", id="by-property"),
    pytest.param("//span[1]", "(//div[@class='box']//span)[1]", id="never-by-a-built-name"),
    pytest.param("//span[2]", "//span[contains(@class, 'View_name__')]", id="css-module-without-its-hash"),
    pytest.param("//em", "//div[@class='box']//em", id="never-by-an-articles-number"),
    pytest.param("//u[2]", "(//div[@class='box']//u)[2]", id="by-place"),
]


@pytest.mark.parametrize(("target", "expected"), SELECTORS)
def test_selector(target: str, expected: str) -> None:
    tree = parse(PAGE)
    (element,) = _select(tree, target)
    assert selector_of_all([element], tree) == expected
    assert _select(tree, expected) == [element]


def test_selector_of_several_selects_all_and_no_more() -> None:
    tree = parse(PAGE)
    both = _select(tree, "//i")
    path = selector_of_all(both, tree)
    assert path is not None
    assert _select(tree, path) == both
    assert selector_of_all([], tree) is None


def test_element_without_any_lasting_place_has_no_selector() -> None:
    tree = parse("<body>" + "<p>가</p>" * 9 + "</body>")
    assert selector_of_all(_select(tree, "//p[9]")[:1], tree) is None


def test_name_is_the_nearest_lasting_one() -> None:
    assert name_of(_select(parse(PAGE), "//em")[0]) == "box"


def _select(tree: Element, path: str) -> list[Element]:
    found = tree.xpath(path)
    assert isinstance(found, list)
    return found


# --- addresses ----------------------------------------------------------------------------------------------------

# An address -> the number in it, another address of the same kind, and its number.
ADDRESSES = [
    ("https://a.example/news/articleView.html?idxno=20431", "20431", "/news/articleView.html?page=2&idxno=7", "7"),
    ("https://a.example/article/201609260957011", "201609260957011", "/article/202312031831001", "202312031831001"),
    ("https://a.example/news/2026/11/20/N1000458", "N1000458", "/news/2025/1/2/N1000001", "N1000001"),
    ("https://a.example/News/20261120/4411.html", "4411", "/News/20251231/4400.html", "4400"),
    ("https://a.example/news/society/11250001", "11250001", "/news/economy/11250002", "11250002"),
    ("https://a.example/view/AKR20261120000100001", "AKR20261120000100001", "/view/MYH20261120000100001", "MYH20261120000100001"),
    ("https://a.example/read.php?g_serial=1801234&g_menu=10", "1801234", "/read.php?g_serial=1801235", "1801235"),
    ("https://a.example/view/NISX20240530_0002754321", "NISX20240530_0002754321", "/view/NISI20240531_0002754322", "NISI20240531_0002754322"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "number", "other", "other_number"), ADDRESSES, ids=[url[18:] for url, *_ in ADDRESSES])
def test_address_pattern(url: str, number: str, other: str, other_number: str) -> None:
    guess = guess_identity(url)
    assert guess.number == number
    for address, wanted in ((url, number), (other, other_number)):
        parts = urlsplit(address)
        found = re.search(guess.urls[0], parts.path + (f"?{parts.query}" if parts.query else ""))
        assert found is not None
        assert found["id"] == wanted


@pytest.mark.parametrize(
    "url", ["https://a.example/", "https://a.example/about/us", "https://a.example/2026/11/20/", ""]
)
def test_address_without_a_number_gives_no_pattern(url: str) -> None:
    assert guess_identity(url).urls == ()


@pytest.mark.parametrize(
    ("url", "domain", "key"),
    [
        ("https://www.hanbit.example/1", "hanbit.example", "hanbit"),
        ("https://m.hanbit-ilbo.co.kr:8080/1", "hanbit-ilbo.co.kr", "hanbit-ilbo"),
        ("https://biz.hanbit.example/1", "biz.hanbit.example", "biz"),
    ],
)
def test_domain_and_key(url: str, domain: str, key: str) -> None:
    assert (domain_of(url), key_of_domain(domain)) == (domain, key)


# --- whole proposals ----------------------------------------------------------------------------------------------

# Fixtures with a CMS of their own; what is proposed for them without any profile must read them as well as before.
OWN = ["khan-articleBody", "etnews-articleBody", "munhwa-News_content", "asiae-txt_area", "herald-articleText",
       "hankyung-articletxt", "segye-article_txt", "sbs-text_area", "yna-story-news", "edaily-news_body"]  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_proposed_profile_reads_its_page(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = read_one(ARTICLES / name)
    monkeypatch.setenv("NEWSSCRAPE_SITES", "none")
    proposal = propose(saved.page)
    assert {"body", "title", "published"} <= set(proposal.selectors)
    assert proposal.known is None
    write_profile(tmp_path, proposal, "hanbit", "한빛일보")
    before = as_expected(proposal.article)
    monkeypatch.setenv("NEWSSCRAPE_SITES", str(tmp_path))
    article = read_page(saved.page)
    after = as_expected(article)
    assert article.provenance["body"].startswith("profile:")
    for field in ("title", "published_at", "captions"):
        assert after[field] == before[field], field
    wanted = json.loads((ARTICLES / name / "expected.json").read_text(encoding="utf-8"))["text"]
    assert sum(line in after["text"] for line in wanted) >= sum(line in before["text"] for line in wanted)
    assert len(after["text"]) <= len(before["text"])
    assert [author["name"] for author in after["authors"]] == [author["name"] for author in before["authors"]]


@pytest.mark.parametrize("name", OWN)
def test_proposed_selectors_select_exactly_one_thing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSSCRAPE_SITES", "none")
    saved = read_one(ARTICLES / name)
    body = saved.page.body
    assert isinstance(body, bytes)
    tree = parse(body.decode(propose(saved.page).article.encoding.name))  # type: ignore[union-attr]
    for field in ("body", "title", "published"):
        for path in propose(saved.page).selectors.get(field, ()):
            assert len(_select(tree, path)) == 1, (field, path)


# --- saved pages --------------------------------------------------------------------------------------------------


def test_saved_page_is_read_back(tmp_path: Path) -> None:
    saved = read_one(ARTICLES / "chosun-article_2011")
    save_page(tmp_path / "one", saved.page)
    assert [one.page for one in read_saved(tmp_path)] == [saved.page]
    assert list(read_saved(tmp_path / "one")) == [SavedPage("one", saved.page)]


@pytest.mark.parametrize(
    "facts", ["url = 3 4", 'fetched_at = "2026-11-20T09:00:00+09:00"', 'url = "x"\nfile = "gone.html"']
)
def test_broken_facts_are_named(facts: str, tmp_path: Path) -> None:
    (tmp_path / "page.toml").write_text(facts, encoding="utf-8")
    (tmp_path / "page.html").write_text("<p>", encoding="utf-8")
    with pytest.raises(PageError, match=re.escape(f"{tmp_path}{os.sep}page.toml")):
        list(read_saved(tmp_path))


# --- the line of a fault --------------------------------------------------------------------------------------------

HEAD = 'key = "broken"\nname = "한빛일보"\n'
FAULTS = [
    pytest.param(HEAD + "\nnmae = 1\n", "nmae", 4, id="unknown-key"),
    pytest.param('key = "broken"\n', "name", 1, id="missing-key"),
    pytest.param(HEAD + '[[layouts]]\nname = "a"\n[[layouts]]\nname = "b"\nbody = [\n  "//p",\n  "//div[",\n]\n', "layouts.1.body.1", 9, id="in-a-list"),
    pytest.param(HEAD + '[[layouts]]\nname = "a"\n[layouts.script]\nstrat = "x"\n', "layouts.0.script.strat", 6, id="table-in-a-list"),
    pytest.param(HEAD + '[[crawl.sections]]\nname = "사회"\n', "crawl.sections.0.url", 3, id="missing-in-a-list"),
    pytest.param(HEAD + '[identity]\nurls = ["(/"]\n', "identity.urls.0", 4, id="regular-expression"),
    pytest.param(HEAD + "[identity]\nurls = ['/(?P<id>\\d+)']\ncanonical = \"http://{host}/{no}\"\n", "identity.canonical", 5, id="format-string"),
    pytest.param(HEAD + "[crawl]\nfeeds = [\n", "", None, id="toml-end"),
    pytest.param(HEAD + "[crawl\n", "", 3, id="toml"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "field", "line"), FAULTS)
def test_fault_is_named_with_its_line(text: str, field: str, line: int | None, tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        read_profile(path)
    assert (caught.value.field, caught.value.line) == (field, line)
    assert str(caught.value).startswith(f"{path}:{line}: " if line else f"{path}: ")
