"""An article's address -> the pattern of all addresses of its kind, as far as one address can tell.

What is guessed from one address is a proposal: whoever keeps the profile compares it with a second one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

# Parameters that name an article on Korean sites, the surest first.
_NUMBERS = (
    "idxno", "arcid", "artid", "art_id", "newsid", "news_id", "article_no", "articleid", "contid", "cntn_cd", "ar_id",
    "ud", "ncd", "gno", "sno", "nid", "seq", "idx", "aid", "uid", "num", "key", "no", "id",
)  # fmt: skip
_DATE = re.compile(r"(?<=/)(?:(?:19|20)\d\d(?:/\d{1,2}){0,2}|(?:19|20)\d{6})(?=/)")
_DAY = r"\d{8}|\d{4}(?:/\d\d?){0,2}"
_SECTION = re.compile(
    r"(?<=/)(?:politics?|economy|society|national|local|world|international|global|culture|life|living|sports?|"
    r"entertainments?|enter|it|tech|science|opinion|business|industry|finance|market|realestate|health|travel)(?=/)",
    re.IGNORECASE,
)
_MARKS = {"\0": ("day", _DAY), "\1": ("section", r"[\w-]+")}  # they stand for these groups while the rest is escaped


@dataclass(frozen=True, slots=True)
class Guess:
    """The entries of `[identity]` that one address suggests; `number` is the article's number found in it."""

    urls: tuple[str, ...] = ()
    canonical: str | None = None
    keep: tuple[str, ...] = ()
    number: str | None = None


def guess_identity(url: str) -> Guess:
    """The address pattern with the article's number as its group `id`, and the canonical form."""
    parts = urlsplit(url)
    query = {name.lower(): (name, value) for name, value in parse_qsl(parts.query)}
    longest = max(query, key=lambda name: len(re.sub(r"\D", "", query[name][1])), default="")
    for wanted in (*_NUMBERS, longest):
        name, value = query.get(wanted, ("", ""))
        if re.search(r"\d", value) and (wanted in _NUMBERS or re.search(r"\d{5}", value)):
            pattern = rf"{re.escape(parts.path)}\?(?:.*&)?{name}=(?P<id>{_shape(value)})"
            canonical = f"{parts.scheme}://{{host}}{parts.path}?{name}={{id}}"
            return Guess((pattern,), canonical, (name,), value)
    return _by_path(parts.path, parts.scheme)


def _by_path(path: str, scheme: str) -> Guess:
    segments = path.rstrip("/").split("/")
    place = next((n for n in range(len(segments) - 1, 0, -1) if _is_number(segments[n])), None)
    if place is None:
        return Guess()
    stem, dot, ending = segments[place].partition(".")
    number = max(re.findall(r"[A-Za-z]*\d[A-Za-z\d]*(?:_\d+)?", stem), key=len)
    before, _, after = stem.partition(number)
    head, tail = "/".join(segments[:place]) + "/" + before, after + dot + ending
    marked = _SECTION.sub("\1", _DATE.sub("\0", head, count=1), count=1)
    pattern, canonical = re.escape(marked), marked
    for mark, (name, form) in _MARKS.items():
        pattern = pattern.replace(re.escape(mark), f"(?P<{name}>{form})")
        canonical = canonical.replace(mark, f"{{{name}}}")
    pattern = f"^{pattern}(?P<id>{_shape(number)}){re.escape(tail)}"
    return Guess((pattern,), f"{scheme}://{{host}}{canonical}{{id}}{tail}", (), number)


def _is_number(segment: str) -> bool:
    """Whether a segment of a path can be an article's number: four digits or more that are no year or day."""
    digits = re.sub(r"\D", "", segment)
    return len(digits) >= 4 and "%" not in segment and not re.fullmatch(r"(?:19|20)\d\d", segment)


def _shape(number: str) -> str:
    """The form of a number: its letters and how many digits, a little wider than the one that was seen."""
    if number.isdigit():
        return r"\d+" if len(number) < 10 else rf"\d{{{len(number)}}}"
    found = re.fullmatch(r"([A-Z]+)(\d+)", number)
    if found:
        return r"[A-Z]\d+" if len(found[1]) == 1 else rf"[A-Z]{{{len(found[1])}}}\d+"
    return r"[A-Za-z\d_-]+"
