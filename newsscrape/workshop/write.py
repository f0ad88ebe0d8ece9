"""A proposal -> the profile's TOML and a fixture: page, facts, and what the record holds, to be checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from newsscrape.article import Article
from newsscrape.sites.profile import profile_schema
from newsscrape.workshop.propose import Proposal
from newsscrape.workshop.saved import save_page

SCHEMA = "profile.schema.json"
EXPECTED = "expected.json"
# A key that no record has: the fixture's test fails by this name until somebody has read the values.
UNCHECKED = {"unchecked": "read by `newsscrape sites new`: compare every value with the page, then delete this line"}
_FEED_OF_FAMILY = {"ndsoft": "/rss/allArticle.xml"}


def profile_toml(proposal: Proposal, key: str, name: str, *, schema: str = f"./{SCHEMA}") -> str:
    """The profile as TOML; comments stand only where a human must decide. `schema` is the `#:schema` line's path."""
    lines = [f"#:schema {schema}", f"key = {_quoted(key)}", f"name = {_quoted(name)}"]
    if proposal.family:
        lines.append(f"family = {_quoted(proposal.family)}")
    lines.append(f"domains = [{_quoted(proposal.domain)}]  # its old and other hosts, too")
    encoding = proposal.article.encoding
    if encoding and encoding.name not in ("utf-8", "given"):
        lines.append(f"notes = {_quoted(f'Bytes are {encoding.name}.')}")
    identity = proposal.identity
    if identity.urls:
        lines += ["", "# Guessed from one address: compare it with those of a few other articles.", "[identity]"]
        lines.append(f"urls = [{_literal(identity.urls[0])}]")
        if identity.canonical:
            lines.append(f"canonical = {_quoted(identity.canonical)}")
        if identity.keep:
            lines.append(f"keep = {_list(identity.keep)}")
    elif not proposal.family:
        lines += ["", "# The address does not show which part is the article's number.", "# [identity]", "# urls = []"]
    lines += ["", "[crawl]", *_crawl(proposal)]
    if proposal.has_twin:
        lines += ["", "# For pages that come without text:", "# [fetch]"]
        lines.append("""# alternate = "//link[@rel='amphtml']/@href\"""")
    if not proposal.family:
        lines += ["", *_layout(proposal)]
    return "\n".join(lines) + "\n"


def _crawl(proposal: Proposal) -> list[str]:
    if proposal.feeds:
        return [f"feeds = {_list(proposal.feeds)}"]
    usual = _FEED_OF_FAMILY.get(proposal.family or "")
    if usual:
        base = (proposal.page.url or "").split("/", 3)[:3]
        return ["# The usual place of this family; open it once.", f"feeds = [{_quoted('/'.join(base) + usual)}]"]
    return ["# The page names no feed: look for RSS, a sitemap (robots.txt names it) or list pages.", "feeds = []"]


def _layout(proposal: Proposal) -> list[str]:
    lines = ["[[layouts]]", f"name = {_quoted(proposal.layout)}"]
    order = ("body", "drop", *(name for name in proposal.selectors if name not in ("body", "drop")))
    lines += [f"{name} = {_list(proposal.selectors[name])}" for name in order if name in proposal.selectors]
    for name in proposal.missing:
        if name == "byline" and proposal.signed:
            continue  # read in the text, as everywhere
        lines.append(f"# {name}: no element of the page holds it alone; other sources tell it or it is not there")
    return [*lines, 'seen = "real page"']


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _literal(pattern: str) -> str:
    return f"'{pattern}'" if "'" not in pattern else _quoted(pattern)


def _list(texts: tuple[str, ...]) -> str:
    inline = "[" + ", ".join(map(_quoted, texts)) + "]"
    return inline if len(inline) < 100 else "[\n" + "".join(f"    {_quoted(text)},\n" for text in texts) + "]"


def as_expected(article: Article) -> dict[str, Any]:
    """A record in the form of a fixture's `expected.json`: what a reader of the page can check."""

    def moment(name: str) -> str | None:
        value = getattr(article, name)
        if value is None:
            return None
        return value.date().isoformat() if article.dates[name].precision == "day" else str(value.isoformat())

    return {
        "kind": article.kind,
        "title": article.title,
        "subtitles": list(article.subtitles),
        "authors": [author.model_dump(include={"name", "role", "email"}) for author in article.authors],
        "published_at": moment("published_at"),
        "modified_at": moment("modified_at"),
        "publisher": article.publisher.name if article.publisher else None,
        "portal": article.portal.name if article.portal else None,
        "section": article.section,
        "text": [block.text for block in article.body],
        "captions": [
            {"caption": image.caption or None, "credit": image.credit}
            for image in article.images
            if image.caption or image.credit
        ],
    }


def write_profile(folder: Path, proposal: Proposal, key: str, name: str) -> Path:
    """Writes KEY.toml into a folder, with the schema beside it unless it lies above, as in the project itself."""
    folder.mkdir(parents=True, exist_ok=True)
    above = (folder.parent / SCHEMA).is_file()
    if not above:
        (folder / SCHEMA).write_text(profile_schema() + "\n", encoding="utf-8")
    path = folder / f"{key}.toml"
    schema_line = f"../{SCHEMA}" if above else f"./{SCHEMA}"
    path.write_text(profile_toml(proposal, key, name, schema=schema_line), encoding="utf-8")
    return path


def write_fixture(folder: Path, proposal: Proposal, key: str) -> Path:
    """Writes the folder KEY-LAYOUT: the page's bytes, its facts and what was read of it, marked as unchecked."""
    place = folder / f"{key}-{proposal.layout}"
    save_page(place, proposal.page)
    expected = {**UNCHECKED, **as_expected(proposal.article)}
    (place / EXPECTED).write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return place
