"""Decks (부제): bold lines, or lines in a box that is called so, between the headline and the first paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsscrape.boilerplate.sentences import is_prose
from newsscrape.candidates.candidate import Candidate
from newsscrape.candidates.reading import Reading
from newsscrape.korean.bylines import is_byline, split_dateline
from newsscrape.korean.dates import is_date_line
from newsscrape.korean.kinds import is_speaker
from newsscrape.parse import Element

SOURCE = "markup:deck"
_MOST = 6
_LENGTHS = range(5, 100)
# Class and id words of deck boxes (매일경제 mid_title, 네이버 media_end_summary, 한국일보 sub-tit).
_NAME = re.compile(
    r"(?:sub|mid)[_-]?(?:tit|title|head)|(?:^|[\s_-])(?:summary|summury|deck|precis|subject_sub|sub_text)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_CAPTION_MARKS = tuple("▲△▼▽◀▶◁▷↑")
_LONGEST_BOX = 300  # letters; a larger box is no deck's, whatever its name
_BRACKETED = ("[", "(", "<", "【", "※")  # a series' name, a label, a note


def named(owner: Element) -> bool:
    """Whether an element is called a deck by its class or id."""
    return _NAME.search(f"{owner.get('class', '')} {owner.get('id', '')}") is not None


def _in_deck(owner: Element) -> bool:
    """Whether an element stands in a box that is called a deck (뉴시스: paragraphs in "summury")."""
    box = owner.getparent()
    return box is not None and named(box) and sum(len(str(text)) for text in box.itertext()) <= _LONGEST_BOX


def collect(body: Reading) -> Iterator[Candidate]:
    """`subtitles` candidates from the lines that stand before the first paragraph of a body."""
    found: list[str] = []
    plain: list[str] = []
    for line, owner in zip(body.lines, body.owners, strict=True):
        text = line.text
        if is_prose(text) or is_speaker(text):
            if split_dateline(text)[0] is not None:
                found = (
                    plain  # "[서울=뉴스핌] 강솔 기자 = ...": what stands in front of a dateline is a deck, bold or not
                )
            break
        if len(text) not in _LENGTHS or text.startswith(_BRACKETED) or is_byline(text) or is_date_line(text):
            continue
        dateline, writers, _ = split_dateline(text)
        if dateline is None and not writers:
            if "기자" not in text and not text.startswith(_CAPTION_MARKS):
                plain.append(text)
            if text.startswith("- ") or line.bold or line.kind == "heading" or named(owner) or _in_deck(owner):
                found.append(text.removeprefix("- "))
    else:
        return  # no paragraph follows: these lines are the text itself
    if len(found) <= _MOST:
        for text in found:
            yield Candidate("subtitles", text, SOURCE, text)
