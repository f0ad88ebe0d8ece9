"""Bylines, datelines and signatures of Korean news: who wrote it, where, for which agency.

Everything here is strict: a signature is read word by word, and one word that does not belong to it makes
it no signature. So a sentence is never taken for a byline, and a name is never guessed.
"""

from __future__ import annotations

import re

from newsscrape.article import Author, Dateline
from newsscrape.korean.agencies import wire_of
from newsscrape.korean.bylines.dateline import is_dateline_only, own_dateline, split_dateline
from newsscrape.korean.bylines.forms import announced, english, sign_off
from newsscrape.korean.bylines.names import is_desk, is_name
from newsscrape.korean.bylines.outside import outside_writer
from newsscrape.korean.bylines.signature import read_signature
from newsscrape.korean.bylines.tail import CREDIT_BEHIND, is_byline, is_mailed_byline, split_signature, with_place
from newsscrape.korean.characters import tidy

__all__ = [
    "is_byline", "is_dateline_only", "is_desk", "is_mailed_byline", "is_name", "outside_writer", "own_dateline",
    "parse_byline", "signed_dateline", "split_dateline", "split_signature", "wire_of",
]  # fmt: skip

# A broadcaster's last words, in one line with the sentence before: "... 그쳤습니다. MBC뉴스 홍길동입니다."
_LAST_SENTENCE = re.compile(r"(?<=[.?!]\s)[^.?!]{4,50}습니다\.?$|(?<=[.?!]\s)[^.?!]{4,50}입니다\.?$")
# What stands behind a signature on its line: copyright, advertisements, links ("홍길동 기자 id@x.com ⓒ 한빛일보").
_FURNITURE = re.compile(
    r"(?<=\S)\s?,?\s?(?:[<\[(【＜〈]?\s?(?:저작권자|Copyrights?|ⓒ|©)|무단\s?(?:전재|복제|배포)|[※▶☞▷◀])"
)


def signed_dateline(line: str) -> Dateline | None:
    """Place and outlet in a signature that names a place ("한빛=홍길동 기자"); None for any other line."""
    signature = read_signature(tidy(line))
    if signature is None or signature.place is None or not signature.authors:
        return None
    return Dateline(place=signature.place, agency=signature.outlet, raw=line)


def parse_byline(text: str, *, bare: bool = False) -> list[Author]:
    """The authors that a byline names, in the order printed.

    `text` is one line ("글/신가람기자 a@k.com · 사진/강물기자"), a paragraph with a signature glued to its last
    sentence, or one that begins with a dateline. Photographers and other credits are no authors. `bare` is
    for text from a place made for names (author metadata, JSON-LD): there a name needs no title.

    Never raises; [] when the text is no byline or names nobody (an address alone names nobody).
    An address is an author's only when it is whole and no desk's mailbox.

    >>> [author.name for author in parse_byline("유지솔·조솔 기자")]
    ['유지솔', '조솔']
    """
    line = with_place(tidy(text))
    if not line:
        return []
    if named := CREDIT_BEHIND.search(line):
        return parse_byline(line[: named.start()], bare=True)
    if bare and not line.lower().startswith("by ") and (authors := english(f"By {line}")):
        return authors
    enclosed = line[0] in "([【<＜"
    if enclosed and line.endswith(("=", "＝")) and (authors := split_dateline(line)[1]):
        return authors
    signature = read_signature(line, bare=bare)
    if signature is None and enclosed:
        signature = read_signature(line.strip("([【<＜)]】>＞ "), loose=True, bare=bare)
    if signature is not None:
        return list(signature.authors)
    if author := sign_off(line) or announced(line):
        return [author]
    if authors := english(line):
        return authors
    if author := outside_writer(line):
        return [author]
    _, authors, rest = split_dateline(line)
    if authors:
        return authors
    _, tail = split_signature(rest)
    if tail:
        return parse_byline(tail)
    if spoken := _LAST_SENTENCE.search(line):
        author = sign_off(spoken[0])
        return [author] if author else []
    behind = _FURNITURE.search(line)
    return parse_byline(line[: behind.start()], bare=bare) if behind else []
