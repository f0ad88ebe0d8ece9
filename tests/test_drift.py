"""Drift: a page bent by one class name still gives its record, says so, and the crawl counts it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import newsscrape
from newsscrape.article import Article
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
    pytest.param("ndsoft-skin-2020", {"article-view-header": "avh"}, "title", id="ndsoft-title"),
    pytest.param("ndsoft-skin-2020", {"infomation": "facts"}, "published", id="ndsoft-published"),
    pytest.param("donga-article_txt-2016", {'class="title_foot"': 'class="tf"'}, "published", id="donga-published"),
    pytest.param("yna-story-news", {"update-time": "ut"}, "published", id="yna-published"),
    pytest.param("yna-story-news", {'="story-news article"': '="sn story-news-2"'}, "body", id="yna-body"),
    pytest.param("sbs-text_area", {'class="text_area"': 'class="ta"'}, "layout", id="sbs-no-layout"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "bends", "field"), BENT)
def test_bent_page_gives_its_record_and_a_warning(name: str, bends: dict[str, str], field: str) -> None:
    sound, bent = _read(name, bends)
    assert not _drift(sound)
    assert field in [drift.field for drift in _drift(bent)]
    assert bent.title == sound.title
    assert bent.published_at == sound.published_at
    assert bent.text == sound.text
