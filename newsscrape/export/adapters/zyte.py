"""An `Article` of zyte-common-items, as JSON that `zyte_common_items.Article.from_dict` reads.

Lost: how the body is divided (headings, quotes), labels as a field (they stand in the headline), portal and agency,
reporters' roles (they stand in `nameRaw` as printed), captions and credits, the print edition, rights and access,
notes, removed lines, provenance and warnings. The publisher has no place there. Kept by convention: the first subtitle
is `description` where there is one, and the section the only breadcrumb. As zyte-common-items asks, `datePublished`
is the date of change where none of publication is known. A record without an address is left out: theirs need one.

Written against zyte-common-items 0.31.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def to_zyte(record: Mapping[str, Any]) -> dict[str, Any] | None:
    """The item as a dict without empty fields; None where the record has no address."""
    url = record["url"] or record["canonical_url"]
    if not url:
        return None
    published = "published_at" if record["published_at"] else "modified_at"
    images = [{"url": image["url"]} for image in record["images"] if image["url"]]
    item = {
        "url": url,
        "canonicalUrl": record["canonical_url"],
        "headline": record["title"],
        "description": next(iter(record["subtitles"]), None),
        "datePublished": record[published],
        "datePublishedRaw": _raw(record, published),
        "dateModified": record["modified_at"],
        "dateModifiedRaw": _raw(record, "modified_at"),
        "authors": [_author(author) for author in record["authors"]],
        "breadcrumbs": [{"name": record["section"]}] if record["section"] else None,
        "inLanguage": record["language"],
        "mainImage": images[0] if images else None,
        "images": images,
        "articleBody": record["text"],
        "metadata": {"dateDownloaded": record["fetched_at"]} if record["fetched_at"] else None,
    }
    return {name: value for name, value in item.items() if value}


def _raw(record: Mapping[str, Any], field: str) -> str | None:
    raw: str | None = record["dates"].get(field, {}).get("raw")
    return raw


def _author(author: Mapping[str, Any]) -> dict[str, Any]:
    known = {"name": author["name"], "nameRaw": author["raw"], "email": author["email"]}
    return {name: value for name, value in known.items() if value}
