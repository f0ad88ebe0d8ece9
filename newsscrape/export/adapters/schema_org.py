"""schema.org NewsArticle, as JSON-LD.

Lost: how the body is divided, the portal, printed forms of times, reporters' raw bylines and affiliations other than
a name, notes, removed lines, provenance and warnings. A personal mail address is kept, as `email`. Editorials and
columns are OpinionNewsArticle, all others NewsArticle. `isAccessibleForFree` is given only where the page says that it
is behind a wall, or in part: "free" is what a record says where nothing was seen.

Types and properties as of https://schema.org/NewsArticle (November 2026).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_OPINION = ("editorial", "column")


def to_schema_org(record: Mapping[str, Any]) -> dict[str, Any]:
    """The article as a dict without empty properties."""
    paper = record["print_edition"] or {}
    rights = record["rights"]
    item = {
        "@context": "https://schema.org",
        "@type": "OpinionNewsArticle" if record["kind"] in _OPINION else "NewsArticle",
        "identifier": record["id"],
        "url": record["canonical_url"] or record["url"],
        "headline": record["title"],
        "alternativeHeadline": record["subtitles"],
        "articleBody": record["text"],
        "articleSection": record["section"],
        "keywords": record["tags"],
        "dateline": (record["dateline"] or {}).get("raw"),
        "datePublished": record["published_at"],
        "dateModified": record["modified_at"],
        "inLanguage": record["language"],
        "author": [_author(author) for author in record["authors"]],
        "publisher": _organization(record["publisher"]),
        "sourceOrganization": {"@type": "NewsMediaOrganization", "name": record["source_agency"]}
        if record["source_agency"]
        else None,
        "image": [_image(image) for image in record["images"]],
        "printPage": paper.get("page"),
        "printEdition": paper.get("edition"),
        "copyrightNotice": rights["copyright_line"],
        "license": rights["license"],
    }
    item = {name: value for name, value in item.items() if value}
    if record["access"] != "free":
        item["isAccessibleForFree"] = False
    return item


def _author(author: Mapping[str, Any]) -> dict[str, Any]:
    # The type Organization stands for desks and agencies, and for programs, for which schema.org has no better one.
    known = {
        "@type": "Person" if author["kind"] == "person" else "Organization",
        "name": author["name"],
        "jobTitle": author["role"] if author["kind"] == "person" else None,
        "email": author["email"],
        "affiliation": {"@type": "Organization", "name": author["affiliation"]}
        if author["affiliation"] and author["kind"] == "person"
        else None,
    }
    return {name: value for name, value in known.items() if value}


def _organization(outlet: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if outlet is None:
        return None
    site = {"url": f"https://{outlet['domain']}/"} if outlet["domain"] else {}
    return {"@type": "NewsMediaOrganization", "name": outlet["name"], **site}


def _image(image: Mapping[str, Any]) -> dict[str, Any]:
    known = {"url": image["url"], "caption": image["caption"], "creditText": image["credit"]}
    return {"@type": "ImageObject"} | {name: value for name, value in known.items() if value}
