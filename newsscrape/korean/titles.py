"""Titles: the site's decoration off, the labels read, two printings of one title recognised.

Sections, portals and the words of decoration stand in `sections.toml`, labels in `labels.toml`.
"""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from newsscrape.korean.agencies import is_outlet
from newsscrape.korean.characters import fold, letters, tidy

if TYPE_CHECKING:
    from newsscrape.article import ArticleKind, SectionCode

_HERE = files("newsscrape.korean")
_sections = tomllib.loads((_HERE / "sections.toml").read_text(encoding="utf-8"))
_labels = tomllib.loads((_HERE / "labels.toml").read_text(encoding="utf-8"))


def _plain(word: str) -> str:
    """A word for look-up: folded, lower case, no blanks."""
    return fold(word).replace(" ", "").lower()


SECTIONS: dict[str, SectionCode] = {
    _plain(name): code for code, names in _sections["sections"].items() for name in names
}
PORTALS = frozenset(_plain(word) for word in _sections["decoration"]["portals"])
DECORATION = frozenset(_plain(word) for word in _sections["decoration"]["words"])
KIND_OF_LABEL: dict[str, ArticleKind] = {
    _plain(label): kind for kind, labels in _labels["kinds"].items() for label in labels
}
LABELS = frozenset(_plain(label) for label in _labels["plain"]) | frozenset(KIND_OF_LABEL)
KIND_OF_ENDING: dict[str, ArticleKind] = {
    _plain(ending): kind for kind, endings in _labels["endings"].items() for ending in endings
}
_ENDINGS = tuple(KIND_OF_ENDING)
_LETTER = "뉴스레터"  # "[뉴스레터 사이길]" (경향신문): with its name behind
# 종합2보, 2보, 속보2: the wire's chain of versions (연합뉴스).
_VERSION = re.compile(r"종합\d{0,2}보?|\d{1,2}보|속보\d{1,2}")

_TAG = re.compile(r"</?(?:b|strong|em|i|u|br|font|span|mark)\b[^>]*>", re.IGNORECASE)
_OPEN, _CLOSE = r"[\[【<〈《〔［＜「『(]", r"[\]】>〉》〕］＞」』)]"
_HEAD_LABEL = re.compile(rf"\s*[◆■●▲★▶]?\s*{_OPEN}\s*([^\[\]【】<>〈〉()]{{1,20}}?)\s*{_CLOSE}\s*")
_MARKED_LABEL = re.compile(r"\s*[◆■●▶]\s?(단독|속보|긴급|특종)(?=[\s:,…])[\s:]*")
_PARTS = re.compile(r"\s?[/·,]\s?")
_TAIL_LABEL = re.compile(rf"\s*[(\[（［<]\s*([^\[\]()（）<>]{{1,10}})\s*[)\]）］>](?:\s*{_CLOSE})?\s*$")

# Separators of decoration. A hyphen needs blanks, but for "제목-정치ㅣ한빛일보" (한국일보 2026).
_SEPARATOR = re.compile(r"\s*(?::{2,}|[|｜ㅣ│])\s*|\s[-–—:<>·]\s|:\s|-(?=[^\s-]{1,12}\s?[ㅣ|｜])")
_HEAD_SEPARATOR = re.compile(r"\s*(?::{2,}|[|｜ㅣ│])\s*|\s[-–—:>]\s|:\s?")
# "제목 < 군정소식 < 기사본문 - 한빛신문": the CMS ND Soft names the part, whatever the paper.
_ND_SOFT = re.compile(r"(?:\s<\s[^<>]{1,20}){1,3}\s<\s기사본문\s-\s[^<>]{1,30}$")
# "한빛저널 모바일 사이트, 제목": the same CMS before 2018, on every page.
_ND_MOBILE = re.compile(r"^\S{2,16}(?:\s\S{1,10})? 모바일 ?사이트, (?=\S)")
_EDGES = " :|｜ㅣ│-–—<>"
_LONGEST_DECORATION = 40
_ELLIPSIS = re.compile(r"\s*(?:…|‥|\.{2,3})\s*$")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as read. `text` is without the site's decoration, `raw` as it was given.

    `labels` repeats, without brackets and blanks, the labels that `text` carries: "단독", "종합2보".
    """

    text: str
    labels: tuple[str, ...]
    raw: str


def read_title(raw: str, site_names: Collection[str] = ()) -> Title:
    """The title in `raw`, which may be a <title>, a meta value or a heading.

    `site_names` are the names of the page's publisher and portal; decoration is cut off only where it
    says one of them, a portal or the CMS's own word, sections only beside such a name. Entities are
    unescaped (up to three layers), search marks (<b>) removed. A title of nothing else gives "".
    """
    text = _TAG.sub("", _unescape(raw)) if "&" in raw or "<" in raw else raw
    text = tidy(text)
    text = _without_decoration(text, _sites(frozenset(site_names)))
    return Title(text, tuple(dict.fromkeys(_read_labels(text))), raw)


@lru_cache(maxsize=256)
def _sites(names: frozenset[str]) -> frozenset[str]:
    return frozenset(filter(None, map(_plain, names))) | PORTALS


def same_title(a: str, b: str) -> bool:
    """Whether two printings are one title: quotes, dots, blanks, brackets and labels do not count."""
    if abs(len(a) - len(b)) > _LONGEST_DECORATION:
        return False
    key = letters(without_labels(a))
    return bool(key) and key == letters(without_labels(b))


def is_cut(title: str) -> bool:
    """Whether a title ends with an ellipsis, its own or that of a shortened form."""
    return _ELLIPSIS.search(title) is not None


def is_cut_form(short: str, long: str) -> bool:
    """Whether `short` is `long` cut off with "…" or "..." (og:title, search APIs)."""
    if not _ELLIPSIS.search(short):
        return False
    stem, whole = letters(without_labels(short)), letters(without_labels(long))
    return len(stem) >= 6 and len(whole) > len(stem) and whole.startswith(stem)


def without_labels(title: str) -> str:
    """The title without the labels at its head and end, for comparing."""
    while end := _head_labels(title)[1]:
        title = title[end:]
    while (match := _TAIL_LABEL.search(title)) and is_label(match[1]):
        title = title[: match.start()]
    return title


def is_label(word: str) -> bool:
    """Whether a word that stands in brackets is a label and not a part of the headline."""
    word = _plain(word)
    return word in LABELS or bool(_VERSION.fullmatch(word)) or word.endswith(_ENDINGS) or word.startswith(_LETTER)


def kind_of_label(label: str) -> ArticleKind | None:
    """The kind of article that a label makes; None where it says nothing of it (단독, 종합2보)."""
    label = _plain(label)
    if kind := KIND_OF_LABEL.get(label):
        return kind
    if label.startswith(_LETTER):
        return "newsletter"
    return next((kind for ending, kind in KIND_OF_ENDING.items() if label.endswith(ending)), None)


def section_code(printed: str | None) -> SectionCode | None:
    """The section of the record for a section as a site prints it; None where it is not known.

    Of a path ("사회 > 사건사고") the first known part counts, of several words ("연예 포토") likewise.
    """
    if not printed:
        return None
    for part in (printed, *re.split(r"[>|/:·,&_\-<]", fold(printed)), *printed.split()):
        name = _plain(part)
        for form in (name, name.removesuffix("일반"), name.removesuffix("뉴스"), name.removesuffix("종합")):
            if code := SECTIONS.get(form):
                return code
    return None


def _unescape(text: str) -> str:
    for _ in range(3):
        plain = html.unescape(text)
        if plain == text:
            break
        text = plain
    return text


def _without_decoration(text: str, sites: Collection[str]) -> str:
    text = _ND_MOBILE.sub("", _ND_SOFT.sub("", text))
    if _is_site(text, sites):
        return ""
    cut = _cut_tail(text, sites)
    if cut != text:
        # "[사회][단독] 제목 | YTN": a section in front, on a line that the site has dressed anyway.
        match = re.match(r"\[([^\]]{1,8})\]\s*", cut)
        if match and _plain(match[1]) in SECTIONS and not is_label(match[1]):
            cut = cut[match.end() :]
    return _cut_head(cut, sites)


def _cut_tail(text: str, sites: Collection[str]) -> str:
    """Cuts from the right: names of the site, and sections that stand directly before them or behind."""
    text = text.rstrip(_EDGES) if text.endswith((":", "|", "ㅣ")) else text
    end = certain = len(text)
    named = False
    separators = list(_SEPARATOR.finditer(text))
    for before, separator in zip([*separators[-2:-1], *[None] * len(separators)], reversed(separators), strict=False):
        part = text[separator.end() : end]
        if len(part) > _LONGEST_DECORATION:
            break
        if _is_site(part, sites) or (before and _is_printed_section(text[before.end() : separator.start()])):
            named = True  # sections are printed beside nothing but a site's name: "제목 > 경제 | 한빛뉴스넷"
        elif not _is_section(part):
            continue  # perhaps the part begins further left: "정치 > 정부ㆍ지자체"
        end = separator.start()
        if named:
            certain = end
    return text[:certain].rstrip() if certain else text


def _cut_head(text: str, sites: Collection[str]) -> str:
    bracket = re.match(rf"{_OPEN}([^\[\]()<>]{{1,20}}){_CLOSE}\s*(?=\S)", text)
    if bracket and _is_site(bracket[1], sites):
        return text[bracket.end() :]
    separator = _HEAD_SEPARATOR.search(text, 0, _LONGEST_DECORATION)
    if separator and separator.end() < len(text) and _is_site(text[: separator.start()], sites):
        rest = text[separator.end() :]
        return text if is_outlet(rest.split()[0]) else rest  # "한빛TV - 한빛일보 공동 조사" names two houses
    return text


def _is_site(part: str, sites: Collection[str]) -> bool:
    """A name of the site, perhaps with words of decoration: "1등 인터넷뉴스 한빛닷컴", "한빛일보 모바일"."""
    plain = _plain(part.strip(_EDGES))
    if plain in sites:
        return True
    names = [name for name in sites if name in plain]  # most parts hold none, and need not be read word by word
    if not names:
        return False
    words = [_plain(word) for word in part.split()]
    named = [word in names for word in words]
    if any(named):
        return all(known or word in DECORATION or word in SECTIONS for word, known in zip(words, named, strict=True))
    return any(plain.replace(name, "", 1) in DECORATION for name in names)


def _is_printed_section(part: str) -> bool:
    return _plain(part.strip(_EDGES)) in SECTIONS


def _is_section(part: str) -> bool:
    """A section, a path that begins with one ("정치 > 정부ㆍ지자체"), or a word such as 뉴스."""
    first = _plain(part.split(" > ", 1)[0].strip(_EDGES))
    return first in DECORATION or first in SECTIONS or first.removesuffix("일반") in SECTIONS


def _read_labels(title: str) -> Iterator[str]:
    labels, end = _head_labels(title)
    while end:
        yield from labels
        title = title[end:]
        labels, end = _head_labels(title)
    tail: list[str] = []
    while (match := _TAIL_LABEL.search(title)) and is_label(match[1]):
        tail.insert(0, match[1].replace(" ", ""))
        title = title[: match.start()]
    yield from tail


def _head_labels(title: str) -> tuple[list[str], int]:
    """The labels at the title's head and where the title goes on; ([], 0) where there is none.

    One bracket may hold two ("[단독·영상]"), or say with a kind of opinion who wrote it and when ("[기고/강솔]").
    """
    match = _MARKED_LABEL.match(title) or _HEAD_LABEL.match(title)
    if match is None:
        return [], 0
    first, *others = parts = _PARTS.split(match[1].strip())
    if is_label(match[1]):
        parts = [match[1]]
    elif others and "/" in match[1] and kind_of_label(first) in ("editorial", "column"):
        parts = [first]
    elif not (others and all(map(is_label, parts))):
        return [], 0
    return [part.replace(" ", "") for part in parts], match.end()
