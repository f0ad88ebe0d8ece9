"""Bodies and fields that only a script holds: Arc's `Fusion.globalContent`, `contentHtml`, `__NEXT_DATA__` and kin.

A profile's `[layouts.script]` names where the JSON value begins and the path to each field, so a new
such site is data, not code. The HTML found there is parsed by the same room as any page.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from newsscrape.candidates.candidate import Candidate
from newsscrape.candidates.lines import read_lines
from newsscrape.candidates.reading import Reading
from newsscrape.parse import Element, elements, parse, strings
from newsscrape.sites.profile import Script

SOURCE = "script"
_SCRIPTS = elements("//script[not(@src)]")
_BREAK = re.compile(r"<br\s*/?>|\n")
_STEP = re.compile(r"(?P<name>[^.\[\]]+)(?P<list>\[(?:(?P<key>[\w@-]+)=(?P<value>[^\]]*))?\])?(?:\.|$)")
# path in a Script -> the candidate's field
_FIELDS = {
    "title": "title",
    "subtitles": "subtitles",
    "published": "published_at",
    "modified": "modified_at",
    "authors": "authors",
    "section": "section",
    "tags": "tags",
    "publisher": "publisher",
}


def collect(tree: Element, script: Script) -> Iterator[Candidate]:
    """Candidates for every field that the script's paths reach, the body among them (a `Reading`)."""
    value = _value(tree, script)
    if value is None:
        return
    for name, field in _FIELDS.items():
        said = (_strings(_follow(value, path)) for path in (getattr(script, name) or "").split(" | ") if path)
        for text in next(filter(None, said), ()):
            for line in _BREAK.split(text):  # decks stand in one string, a break between them
                plain = _plain(line)
                if plain:
                    yield Candidate(field, plain, SOURCE, plain)
    pieces = _strings(_follow(value, script.body) if script.body else [value])
    if pieces:
        # A piece without markup of its own is a paragraph.
        markup = "".join(piece if "<p" in piece or "<div" in piece else f"<p>{piece}</p>" for piece in pieces)
        reading = content_of(markup)
        if reading.lines:
            yield Candidate("body", reading, SOURCE)


def content_of(markup: str) -> Reading:
    """The lines of a piece of HTML that stands in a string."""
    tree = parse(f"<body>{markup}</body>")
    body = tree.find("body")
    return read_lines(tree if body is None else body)


def _value(tree: Element, script: Script) -> Any:
    """The JSON value that the script names, or None."""
    if script.element:
        found = _whole(script.element)(tree)
        return next((value for text in found if (value := _json_at(text, 0)) is not None), None)
    for element in _SCRIPTS(tree):
        text = element.text or ""
        if script.start and script.start in text:
            value = _json_at(text, text.index(script.start) + len(script.start))
        elif script.key and script.key in text:
            value = _string_value(text, script.key)
        else:
            continue
        if value is not None:
            return value
    return None


@lru_cache(maxsize=64)
def _whole(path: str) -> Callable[[Element], list[str]]:
    return strings(f"({path})/text()")


def _json_at(text: str, position: int) -> Any:
    start = re.compile(r"[\s=(:]*").match(text, position)
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, start.end() if start else position)[0]
    except (ValueError, RecursionError):
        return None


def _string_value(text: str, key: str) -> str | None:
    """The longest string under a key, in a JSON text or in a JSON text inside a JSON string (Next.js pushes)."""
    found: list[str] = []
    for match in re.finditer(rf'"{re.escape(key)}"\s*:\s*(?=")', text):
        value = _json_at(text, match.end())
        if isinstance(value, str):
            found.append(value)
    for match in re.finditer(rf'\\"{re.escape(key)}\\"\s*:\s*\\"((?:[^\\]|\\\\.|\\[^"])*?)\\"', text):
        try:
            found.append(json.loads('"' + json.loads(f'"{match[1]}"', strict=False) + '"', strict=False))
        except ValueError:
            continue
    return max(found, key=len, default=None)


def _follow(value: Any, path: str) -> list[Any]:
    """All values that a dotted path reaches; see `Script` for its form."""
    reached = [value]
    for step in _STEP.finditer(path):
        reached = [member[step["name"]] for member in reached if isinstance(member, dict) and step["name"] in member]
        if step["list"]:
            reached = [part for member in reached if isinstance(member, list) for part in member]
            if step["key"]:
                reached = [
                    part for part in reached if isinstance(part, dict) and str(part.get(step["key"])) == step["value"]
                ]
    return reached


def _strings(values: list[Any]) -> list[str]:
    flat = [part for value in values for part in (value if isinstance(value, list) else [value])]
    return [part for part in flat if isinstance(part, str) and part.strip()]


def _plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())
