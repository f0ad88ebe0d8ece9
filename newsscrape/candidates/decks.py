"""Decks (부제): bold lines, or lines in a box that is called so, between the headline and the first paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsscrape.boilerplate.sentences import is_prose
from newsscrape.candidates.candidate import Candidate
from newsscrape.candidates.lines import Reading
from newsscrape.korean.bylines import is_byline, split_dateline
from newsscrape.korean.dates import is_date_line
from newsscrape.korean.kinds import is_speaker
from newsscrape.parse import Element

SOURCE = "markup:deck"
_MOST = 6
_LENGTHS = range(5, 100)
# Class and id words of deck boxes (매일경제 mid_title, 네이버 media_end_summary, 한국일보 sub-tit).
_NAME = re.compile(
    r"(?:sub|mid)[_-]?(?:tit|title|head)|(?:^|[\s_-])(?:summary|deck|subject_sub|sub_text)(?:[\s_-]|$)", re.IGNORECASE
)
_BRACKETED = ("[", "(", "<", "【", "※")  # a series' name, a label, a note


def named(owner: Element) -> bool:
    """Whether an element is called a deck by its class or id."""
    return _NAME.search(f"{owner.get('class', '')} {owner.get('id', '')}") is not None


def collect(body: Reading) -> Iterator[Candidate]:
    """`subtitles` candidates from the lines that stand before the first paragraph of a body."""
    found: list[str] = []
    for line, owner in zip(body.lines, body.owners, strict=True):
        text = line.text
        if is_prose(text) or is_speaker(text):
            break
        if not (line.bold or named(owner) or line.kind == "heading"):
            continue
        if len(text) not in _LENGTHS or text.startswith(_BRACKETED) or is_byline(text) or is_date_line(text):
            continue
        dateline, writers, _ = split_dateline(text)
        if dateline is None and not writers:
            found.append(text)
    else:
        return  # no paragraph follows: these lines are the text itself
    if len(found) <= _MOST:
        for text in found:
            yield Candidate("subtitles", text, SOURCE, text)
