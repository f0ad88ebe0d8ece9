"""Every fixture page, one test a field: the failing name says which layout lost what."""

from __future__ import annotations

import json
import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import newsscrape
from newsscrape.article import Article

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"
FOLDERS = sorted(path for path in ARTICLES.iterdir() if path.is_dir())


def _expected(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return data


@cache
def _article(folder: Path) -> Article:
    page = tomllib.loads((folder / "page.toml").read_text(encoding="utf-8"))
    headers = {"content-type": page["content_type"]} if "content_type" in page else None
    return newsscrape.extract(
        (folder / "page.html").read_bytes(),
        url=page["url"],
        headers=headers,
        fetched_at=datetime.fromisoformat(page["fetched_at"]),
    )


def _seen(article: Article, field: str) -> Any:
    """A field of the record in the form in which `expected.json` writes it."""
    match field:
        case "text":
            return [block.text for block in article.body]
        case "subtitles" | "tags" | "labels":
            return list(getattr(article, field))
        case "authors":
            return [author.model_dump(include={"name", "role", "email"}) for author in article.authors]
        case "captions":
            captioned = [image for image in article.images if image.caption or image.credit]
            return [{"caption": image.caption or None, "credit": image.credit} for image in captioned]
        case "publisher" | "portal":
            outlet = getattr(article, field)
            return outlet.name if outlet else None
        case "published_at" | "modified_at":
            moment = getattr(article, field)
            if moment is None:
                return None
            # A page that prints a day and no hour is expected as a day.
            return moment.date().isoformat() if article.dates[field].precision == "day" else moment.isoformat()
        case "print_edition":
            return article.print_edition.model_dump(mode="json") if article.print_edition else None
        case _:
            return getattr(article, field)


CASES = [pytest.param(folder, field, id=f"{folder.name}/{field}") for folder in FOLDERS for field in _expected(folder)]


@pytest.mark.parametrize(("folder", "field"), CASES)
def test_field(folder: Path, field: str) -> None:
    assert _seen(_article(folder), field) == _expected(folder)[field]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_record_survives_json(folder: Path) -> None:
    article = _article(folder)
    assert Article.model_validate_json(newsscrape.to_json(article)) == article


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_letter_is_lost_in_decoding(folder: Path) -> None:
    article = _article(folder)
    assert article.encoding is not None
    assert article.encoding.replaced == 0
