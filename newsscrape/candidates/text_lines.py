"""What the lines of a text dump say of themselves: title, decks, captions, publisher, portal, section, tags.

Times and signatures need no reader here: they stand in lines that the cleaner takes, and the receipts
speak for them (`candidates.receipts`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import resources

from newsscrape.article import Author, Removed
from newsscrape.boilerplate.forms import without_bullet
from newsscrape.boilerplate.lines import Cleaned
from newsscrape.candidates.candidate import Candidate
from newsscrape.candidates.text_layout import Layout, glued_author, section_of, shared_by
from newsscrape.korean.agencies import is_outlet, wire_of
from newsscrape.korean.bylines import is_name, parse_byline
from newsscrape.korean.characters import fold
from newsscrape.korean.rights import known_house, publisher_in

SOURCE = "lines"
INFO_BAR = "frame.info_bar"  # rule id of receipts for lines of the bar below the title
_AGENCY_RULES = ("images.agency_alone", "publisher.alone")
_NAVER_SECTION = re.compile(r"이 기사는 언론사에서 (.{1,24}?) ?섹션으로 분류")
_SIGN_OFF = re.compile(r".{4,30}입니다\.?")
_LISTED_TAGS = re.compile(r"(?:관련 ?)?(?:키워드|태그|tags?|keywords?) ?[:|] ?(.+)", re.IGNORECASE)
_SNAPSHOT = re.compile(r"기사는 모바일 앱 모이\(moi\) ?에서 작성")
_TAKER = re.compile(r"[ⓒ©] ?([가-힣]{2,4})")
_SUPPLIED = re.compile(r"내용은 (\S{2,14}) 언론사에서 제공")
# Lines that name their house in a sentence of their own ("네이버에서 한빛TV를 구독하세요").
_NAMING = ("tipoff.", "subscribe.", "promotion.", "related.go_to_publisher")


def collect(layout: Layout, cleaned: Cleaned, names: Mapping[str, str]) -> Iterator[Candidate]:
    """Candidates of a dump. `names` maps the names of known houses and portals, in lower case, to their keys."""
    receipts = cleaned.removed
    if layout.title is not None:
        shared, headline = shared_by(layout.title.text) or (None, layout.title.text)
        yield Candidate("title", headline, SOURCE, headline)
        if shared is not None:
            yield Candidate("publisher", shared, f"{SOURCE}:shared", layout.title.text)
    for deck in layout.decks:
        yield Candidate("subtitles", deck, SOURCE, deck)
    for caption in layout.captions:
        yield Candidate("captions", caption, SOURCE, caption)
    yield from _labels(layout)
    for line in layout.above:
        if name := glued_author(line.text):
            yield Candidate("bylines", [Author(name=name, raw=line.text)], f"{SOURCE}:bar", line.text)
    for receipt in receipts:
        yield from _from_receipt(receipt)
    yield from _snapshot_writer(receipts)
    for line in cleaned.kept[-1:]:
        # A spoken sign-off ("HTV 강가람입니다.") is text, and names the reporter.
        if _SIGN_OFF.fullmatch(line.text) and (authors := parse_byline(line.text)):
            yield Candidate("bylines", authors, f"{SOURCE}:sign-off", line.text)
    yield from _publishers(receipts, names)
    above = {line.text for line in layout.above if is_outlet(line.text)}
    if len(above) == 1:  # several are a menu of sister papers
        house = above.pop()
        yield Candidate("publisher", house, f"{SOURCE}:above", house)
    portal = portal_of(receipt.text for receipt in receipts)
    if portal is not None:
        yield Candidate("portal", portal[0], f"{SOURCE}:mark", portal[1])


def portal_of(texts: Iterable[str]) -> tuple[str, str] | None:
    """The portal that one of the lines gives away, and that line; None where none does (`portal_marks.toml`)."""
    marks = _portal_marks()
    for text in texts:
        form = fold(text)
        for name, mark in marks:
            if mark.search(form):
                return name, text
    return None


def _labels(layout: Layout) -> Iterator[Candidate]:
    sections = [(line.text, section_of(line.text)) for line in layout.above]
    said = [(text, section) for text, section in sections if section]
    if len(said) == 1:  # several are a menu
        yield Candidate("section", said[0][1], SOURCE, said[0][0])


def _from_receipt(receipt: Removed) -> Iterator[Candidate]:
    text = receipt.text
    form = fold(text)
    if receipt.rule == INFO_BAR:
        yield Candidate("bylines", parse_byline(without_bullet(text), bare=True), f"{SOURCE}:bar", text)
    if receipt.zone == "tail" and receipt.rule in _AGENCY_RULES and wire_of(text):
        yield Candidate("source_agency", wire_of(text), SOURCE, text)
    if found := _NAVER_SECTION.search(form):
        yield Candidate("section", found[1].split(",")[0].strip(), SOURCE, text)
    if found := _LISTED_TAGS.fullmatch(form):
        for tag in re.split(r"\s*[|,]\s*", found[1]):
            yield Candidate("tags", tag, SOURCE, text)
    if found := _SUPPLIED.search(form):
        yield Candidate("source_agency", found[1], SOURCE, text)


def _snapshot_writer(receipts: Sequence[Removed]) -> Iterator[Candidate]:
    """Who took the picture of a piece written in 모이 (오마이뉴스): its readers send picture and text together."""
    if any(_SNAPSHOT.search(receipt.text) for receipt in receipts):
        takers = [(r.text, named[1]) for r in receipts if (named := _TAKER.fullmatch(r.text)) and is_name(named[1])]
        if len(takers) == 1:
            yield Candidate("bylines", [Author(name=takers[0][1], raw=takers[0][0])], f"{SOURCE}:picture", takers[0][0])


def _publishers(receipts: Sequence[Removed], names: Mapping[str, str]) -> Iterator[Candidate]:
    """In order of trust: the name alone under the title, the copyright line, a line of the house's own promises."""
    for receipt in receipts:
        if receipt.text.lower() in names and receipt.zone == "head":
            yield Candidate("publisher", receipt.text, f"{SOURCE}:alone", receipt.text)
    for receipt in receipts:
        if receipt.rule.startswith("copyright.") and (name := publisher_in(receipt.text, names)):
            yield Candidate("publisher", name, f"{SOURCE}:copyright", receipt.text)
    for receipt in receipts:
        if receipt.rule.startswith(_NAMING) and (name := known_house(fold(receipt.text), names)):
            yield Candidate("publisher", name, f"{SOURCE}:promise", receipt.text)


@lru_cache(maxsize=1)
def _portal_marks() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = resources.files("newsscrape.candidates").joinpath("portal_marks.toml").read_text("utf-8")
    return tuple(
        (portal["name"], re.compile(mark)) for portal in tomllib.loads(text)["portal"] for mark in portal["marks"]
    )
