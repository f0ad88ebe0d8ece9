"""Drift: a page bent by one class name still gives its record, says so, and the crawl counts it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import newsscrape
from newsscrape.article import Article
from newsscrape.crawl_report import SiteReport
from newsscrape.drift import Drift, read_drift

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"


def _read(name: str, bends: dict[str, str]) -> tuple[Article, Article]:
    """The fixture's record as it is, and the one of its page with some names changed."""
    folder = ARTICLES / name
    url = tomllib.loads((folder / "page.toml").read_text(encoding="utf-8"))["url"]
    body = (folder / "page.html").read_bytes()
    bent = body
    for old, new in bends.items():
        assert old.encode() in bent, f"{name} holds no {old}"
        bent = bent.replace(old.encode(), new.encode())
    return newsscrape.extract(body, url=url), newsscrape.extract(bent, url=url)


def _drift(article: Article) -> list[Drift]:
    return [drift for drift in map(read_drift, article.warnings) if drift]


BENT = [
    pytest.param("yna-story-news", {"update-time": "upd"}, "published", id="yna-published"),
    pytest.param("yna-story-news", {"story-news": "story-nu"}, "body", id="yna-body"),
    pytest.param("ndsoft-skin-2020", {"article-view-header": "avh"}, "title", id="ndsoft-title"),
    pytest.param("ndsoft-skin-2020", {"infomation": "facts"}, "published", id="ndsoft-published"),
    pytest.param("ndsoft-skin-2020", {"article-view-content-div": "avcd"}, "body", id="ndsoft-body"),
    pytest.param("donga-article_txt-2016", {"title_foot": "tf"}, "published", id="donga-published"),
    pytest.param("donga-article_txt-2016", {"article_txt": "txt_of_it"}, "body", id="donga-body"),
    pytest.param("sbs-text_area", {"text_area": "area_of_text"}, "body", id="sbs-body"),
    pytest.param("kbs-cont_newstext", {"cont_newstext": "nt"}, "body", id="kbs-body"),
    pytest.param("naver-articleBodyContents-2020", {"sponsor": "spn", "t11": "t12"}, "published", id="naver-published"),
    pytest.param("yonhapnewstv-articleBody", {"articleBody": "ab2"}, "body", id="yonhapnewstv-body"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "bends", "field"), BENT)
def test_bent_page_gives_its_record_and_a_warning(name: str, bends: dict[str, str], field: str) -> None:
    sound, bent = _read(name, bends)
    assert not _drift(sound)
    assert field in [drift.field for drift in _drift(bent)]
    assert bent.title == sound.title
    assert bent.published_at == sound.published_at
    assert bent.text == sound.text


def test_every_fixture_is_read_by_its_own_profile_without_drift() -> None:
    drifting = {}
    for folder in sorted(ARTICLES.iterdir()):
        url = tomllib.loads((folder / "page.toml").read_text(encoding="utf-8"))["url"]
        article = newsscrape.extract((folder / "page.html").read_bytes(), url=url)
        if found := _drift(article):
            drifting[folder.name] = found
    assert drifting == {}


@pytest.mark.parametrize(
    "drift",
    [
        Drift("yna", "story-news", "published", "jsonld"),
        Drift("yna", None, "layout", "markup"),
        Drift("naver", "dic_area", "title", "meta:og:title"),
    ],
    ids=str,
)
def test_warning_is_read_back(drift: Drift) -> None:
    assert read_drift(str(drift)) == drift


@pytest.mark.parametrize("warning", ["the page does not say when it was published", "profile yna: something else"])
def test_other_warnings_are_no_drift(warning: str) -> None:
    assert read_drift(warning) is None


def test_missing_caption_and_subtitle_are_no_drift() -> None:
    _, bent = _read("yna-story-news", {"figcaption": "div", "tit-sub": "ts"})
    assert not _drift(bent)


def test_crawl_counts_drift_by_layout_and_field() -> None:
    report = SiteReport("yna", "연합뉴스")
    sound, bent = _read("yna-story-news", {"update-time": "upd"})
    for article in (sound, bent, bent):
        report.count(lines_removed=0, filled=(), warnings=article.warnings)
    assert report.drift == {"story-news/published": 2}


def test_page_of_no_layout_at_all_is_told() -> None:
    """A site that was built anew: none of the profile's names is left on the page."""
    folder = ARTICLES / "sbs-text_area"
    url = tomllib.loads((folder / "page.toml").read_text(encoding="utf-8"))["url"]
    page = (folder / "page.html").read_text(encoding="utf-8")
    anew = re.sub(r' (?:class|id)="[^"]*"', "", page)
    article = newsscrape.extract(anew.encode(), url=url)
    assert [drift.field for drift in _drift(article)] == ["layout"]
    assert article.title == newsscrape.extract(page.encode(), url=url).title
