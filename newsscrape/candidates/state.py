"""The article in the state that a page's scripts hold, for pages filled by a script and known to no profile.

Next.js (`__NEXT_DATA__`, `self.__next_f.push`), Nuxt and Redux (`window.__INITIAL_STATE__ = {...}`) send the data of
a page beside its empty frame. Which object is the article is not guessed: it, or one around it, says the title that
the page's head says. Its text is the string, or the row of blocks, with the most sentences. Keys: `state_keys.toml`.
"""

from __future__ import annotations

import html
import json
import re
import tomllib
from collections.abc import Collection, Iterator
from functools import lru_cache
from heapq import nlargest
from importlib import resources
from itertools import islice
from typing import Any

from newsscrape.candidates import markup
from newsscrape.candidates.candidate import Candidate
from newsscrape.candidates.reading import Reading
from newsscrape.candidates.script import content_of
from newsscrape.candidates.whole import Whole
from newsscrape.korean.characters import tidy
from newsscrape.korean.titles import same_title

SOURCE = "script:state"
_ASSIGNED = re.compile(
    r"""(?:window|self|globalThis)?[.\w$\[\]"']{3,60}\s*=\s*(?:JSON\.parse\(\s*(?=["'])|(?=[{\[]))|\.push\(\s*(?=\{)"""
)
_PUSHED = re.compile(r"self\.__next_f\.push\(\s*(?=\[)")
_ROW = re.compile(rb"\n*([0-9a-f]{1,8}):(?:T([0-9a-f]{1,8}),|(?:I|HL|E)?(?=[\[{\"ntf$:]))")
_MARKUP = re.compile(r"<(?:p|br|div|span|figure|h[2-6])\b[^>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>")
_ESCAPED = re.compile(r"&lt;(?:p|br|div)\b")
_DEEPEST = 24
_LEAST = 200  # letters of a script that could hold an article
_TITLE = range(4, 200)
_MOST = 8  # objects with the title, and texts in one, that are looked at: a page may be made to keep its reader busy
_UP = 2  # objects around the one that says the title


def collect(page: Whole, titles: Collection[str]) -> Iterator[Candidate]:
    """The `body` (a `Reading`) and what else the article's object says; nothing where none says one of the titles."""
    for document in _documents(page):
        for path in islice(_named(document, titles, (), 0), _MOST):
            for thing in reversed(path[-1 - _UP :]):
                reading = _body(thing)
                if reading is not None:
                    yield Candidate("body", reading, SOURCE)
                    yield from _fields(path[-1], thing)
                    return


def collect_fields(page: Whole, titles: Collection[str]) -> Iterator[Candidate]:
    """What the first object that says one of the titles, and a time, says besides the text (한국일보 2026)."""
    times = _keys()["published_at"]
    for document in _documents(page):
        for path in _named(document, titles, (), 0):
            if any(_plain(key) in times for key in path[-1]):
                yield from _fields(path[-1], path[-1])
                return


def _documents(page: Whole) -> Iterator[Any]:
    """The JSON values of the page's scripts."""
    pushed: list[str] = []
    for script in page.index.of("script"):
        text = script.text or ""
        kind = script.get("type") or ""
        if found := _PUSHED.match(text.lstrip()):
            value = _json(text.lstrip(), found.end())
            pushed += [part for part in value[1:] if isinstance(part, str)] if isinstance(value, list) else []
        elif len(text) < _LEAST or "ld+json" in kind:
            continue
        elif "json" in kind:
            yield _json(text, 0)
        elif found := _ASSIGNED.search(text, 0, _LEAST):
            yield _json(text, found.end())
    if pushed:
        yield from _rows("".join(pushed))


def _rows(text: str) -> Iterator[Any]:
    """The rows of a Next.js stream, "5:{...}"; a long string stands in a row of its own and is referred to ("$5").

    A row ends with its line; a string's row ("5:T2f,...") tells its length in bytes, and the next begins behind it.
    """
    stream, position = text.encode(), 0
    rows: dict[str, str] = {}
    while position < len(stream):
        row, line = _ROW.match(stream, position), stream.find(b"\n", position + 1)
        end = line if line >= 0 else len(stream)
        if row is not None:
            end = row.end() + int(row[2], 16) if row[2] else end
            rows[f"${row[1].decode()}"] = stream[row.end() : end].decode("utf-8", "replace")
        position = end
    for value in rows.values():
        if value[:1] in ("{", "["):
            yield _with_references(_json(value, 0), rows, 0)


def _with_references(value: Any, rows: dict[str, str], depth: int) -> Any:
    if depth > _DEEPEST:
        return value
    if isinstance(value, dict):
        return {key: _with_references(part, rows, depth + 1) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_references(part, rows, depth + 1) for part in value]
    return rows.get(value, value) if isinstance(value, str) and value[:1] == "$" else value


def _json(text: str, position: int) -> Any:
    """The JSON value that begins there; of one in a string (JSON.parse("...")) that one. None for what is none."""
    try:
        value = json.JSONDecoder(strict=False).raw_decode(text.strip() if position == 0 else text, position)[0]
        return json.loads(value, strict=False) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return None


def _named(value: Any, titles: Collection[str], path: tuple[Any, ...], depth: int) -> Iterator[tuple[Any, ...]]:
    """The objects that say one of the titles, each with the objects around it, outermost first."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        path = (*path, value)
        if any(_says(text, titles) for text in value.values()):
            yield path
    if isinstance(value, dict):
        parts = list(value.items())
    else:
        parts = [("", part) for part in value] if isinstance(value, list) else []
    for key, part in parts:
        if isinstance(part, (dict, list)) and _plain(key) not in _keys()["others"]:
            yield from _named(part, titles, path, depth + 1)


def _says(value: Any, titles: Collection[str]) -> bool:
    if not isinstance(value, str) or len(value) not in _TITLE:
        return False
    said = tidy(value)
    return any(same_title(said, title) for title in titles)


def _body(value: Any) -> Reading | None:
    """The text in an object: of all its strings and rows of blocks the one with the most sentences."""
    longest = nlargest(_MOST, _texts(value, 0), key=lambda pieces: sum(map(len, pieces)))
    readings = [reading for text in longest if markup.is_convincing((reading := _read(text)).lines)]
    return max(readings, key=lambda reading: reading.letters, default=None)


def _texts(value: Any, depth: int) -> Iterator[list[str]]:
    """What may be a text: a long string, or the strings under one key of a row of objects."""
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        if len(value) >= _LEAST // 4:
            yield [value]
    elif isinstance(value, list):
        keys = dict.fromkeys(key for part in value if isinstance(part, dict) for key in part)
        for key in keys:
            row = [part[key] for part in value if isinstance(part, dict) and isinstance(part.get(key), str)]
            if len(row) > 1 and "caption" not in _plain(key):
                yield row
        strings = [part for part in value if isinstance(part, str)]
        if len(strings) > 1:
            yield strings
        for part in value:
            yield from _texts(part, depth + 1)
    elif isinstance(value, dict):
        for key, part in value.items():
            if _plain(key) not in _keys()["others"]:
                yield from _texts(part, depth + 1)


def _read(pieces: list[str]) -> Reading:
    """The lines of pieces of markup, or of plain text with a line for each paragraph."""
    whole: list[str] = []
    for piece in pieces:
        text = html.unescape(piece) if _ESCAPED.search(piece) else piece
        if _MARKUP.search(text):
            whole.append(text)
        else:
            whole += [f"<p>{html.escape(line, quote=False)}</p>" for line in text.splitlines() if line.strip()]
    return content_of("".join(whole))


def _fields(article: dict[str, Any], around: dict[str, Any]) -> Iterator[Candidate]:
    """Times, names and decks that the article's object says, or the one around it that holds the text."""
    keys = _keys()
    for thing in (article, around) if around is not article else (article,):
        for field in ("published_at", "modified_at", "authors", "subtitles"):
            for key, value in thing.items():
                if _plain(key) in keys[field]:
                    for text in (line for said in _strings(value) for line in _BREAK.split(said) if line.strip()):
                        yield Candidate(field, text, SOURCE, text)


def _strings(value: Any) -> list[str]:
    """The strings of a value that may be one, an object with a name, or a list of them."""
    if isinstance(value, list):
        return [text for part in value for text in _strings(part)]
    if isinstance(value, dict):
        return [text for key, part in value.items() if _plain(key) in _keys()["name"] for text in _strings(part)]
    return [value.strip()] if isinstance(value, str) and value.strip() else []


def _plain(key: Any) -> str:
    return key.replace("_", "").replace("-", "").lower() if isinstance(key, str) else ""


@lru_cache(maxsize=1)
def _keys() -> dict[str, frozenset[str]]:
    text = resources.files("newsscrape.candidates").joinpath("state_keys.toml").read_text("utf-8")
    return {field: frozenset(keys) for field, keys in tomllib.loads(text).items()}
