"""Layouts of site profiles: each has a fixture page, and its selectors find something there."""

from __future__ import annotations

import tomllib
from pathlib import Path

import lxml.etree
import lxml.html
import pytest

from newsscrape import extract
from newsscrape.decode import decode
from newsscrape.parse import parse
from newsscrape.sites import find_family, find_site, read_profile
from newsscrape.sites.loader import HERE
from newsscrape.sites.profile import Layout

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"
FILES = [*sorted((HERE / "publishers").glob("*.toml")), *sorted((HERE / "families").glob("*.toml"))]


def _fixtures(key: str, layout: str) -> list[Path]:
    return [path for path in sorted(ARTICLES.iterdir()) if f"{path.name}-".startswith(f"{key}-{layout}-")]


def _tree(folder: Path) -> lxml.html.HtmlElement:
    page = tomllib.loads((folder / "page.toml").read_text(encoding="utf-8"))
    headers = {"content-type": page["content_type"]} if "content_type" in page else {}
    return parse(decode((folder / "page.html").read_bytes(), headers, page["url"]).text)


def _says(found: object) -> bool:
    """Whether a selector's result holds anything to read."""
    members = found if isinstance(found, list) else [found]
    return any(
        "".join(member.itertext()).strip() if isinstance(member, lxml.etree._Element) else str(member).strip()
        for member in members
    )


LAYOUTS = [(path.stem, layout) for path in FILES for layout in read_profile(path).layouts]
WITH_FIXTURE = [(key, layout, folder) for key, layout in LAYOUTS for folder in _fixtures(key, layout.name)]


@pytest.mark.parametrize(("key", "layout"), LAYOUTS, ids=[f"{key}-{layout.name}" for key, layout in LAYOUTS])
def test_every_layout_has_a_fixture(key: str, layout: Layout) -> None:
    assert _fixtures(key, layout.name)


@pytest.mark.parametrize("folder", sorted(ARTICLES.iterdir()), ids=lambda folder: folder.name)
def test_fixture_is_read_by_the_layout_it_is_named_after(folder: Path) -> None:
    url = tomllib.loads((folder / "page.toml").read_text(encoding="utf-8"))["url"]
    tree = _tree(folder)
    site = find_site(url) or find_family(tree)
    assert site is not None
    layout = site.layout(tree)
    assert layout is not None
    family = site.profile.family
    assert any(f"{folder.name}-".startswith(f"{key}-{layout.name}-") for key in (site.key, family) if key)


@pytest.mark.parametrize(("key", "layout", "folder"), WITH_FIXTURE, ids=[folder.name for _, _, folder in WITH_FIXTURE])
def test_body_selector_finds_its_element(key: str, layout: Layout, folder: Path) -> None:
    paths = layout.body
    if not paths:
        assert layout.script is not None
        return
    tree = _tree(folder)
    assert any(_says(tree.xpath(path)) for path in paths)


def _fields() -> list[object]:
    fields = (
        "title",
        "subtitles",
        "published",
        "modified",
        "byline",
        "publisher",
        "section",
        "tags",
        "captions",
        "print_edition",
    )
    by_layout: dict[tuple[str, str], tuple[Layout, list[Path]]] = {}
    for key, layout, folder in WITH_FIXTURE:
        by_layout.setdefault((key, layout.name), (layout, []))[1].append(folder)
    return [
        pytest.param(getattr(layout, field), folders, id=f"{key}-{name}/{field}")
        for (key, name), (layout, folders) in by_layout.items()
        for field in fields
        if getattr(layout, field)
    ]


@pytest.mark.parametrize(("paths", "folders"), _fields())
def test_field_selector_says_something_on_a_fixture(paths: tuple[str, ...], folders: list[Path]) -> None:
    trees = [_tree(folder) for folder in folders]
    assert any(_says(tree.xpath(path)) for tree in trees for path in paths)


def _named_by(address: str) -> str:
    """A page that the YTN fixture's text stands in, with an address of its own in its head."""
    page = (ARTICLES / "ytn-CmAdContent" / "page.html").read_text(encoding="utf-8")
    page = page.replace('<link rel="canonical" href="/_ln/0115_202305111532107701">', "")
    return page.replace("https://www.ytn.co.kr/_ln/0115_202305111532107701", address)


@pytest.mark.parametrize("url", [None, "/_ln/0115_202305111532107701"], ids=["no address", "a path alone"])
def test_page_without_an_address_is_of_the_site_that_its_head_names(url: str | None) -> None:
    article = extract(_named_by("https://www.ytn.co.kr/_ln/0115_202305111532107701"), url=url)
    assert article.provenance["body"] == "profile:CmAdContent"
    assert article.publisher is not None
    assert article.publisher.key == "ytn"
    assert article.url == url
    assert article.canonical_url == "https://www.ytn.co.kr/_ln/0115_202305111532107701"
    assert article.id == "ytn:202305111532107701"


def test_address_counts_more_than_what_the_head_names() -> None:
    page = _named_by("https://www.ytn.co.kr/_ln/0115_202305111532107701")
    assert not extract(page, url="https://copies.example/1").provenance["body"].startswith("profile:CmAdContent")


def test_site_named_in_the_head_must_look_like_it() -> None:
    article = extract(_named_by("https://www.yna.co.kr/view/AKR20230511153200001"))
    assert not article.provenance["body"].startswith("profile:")
