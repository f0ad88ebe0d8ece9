"""Tests of a line that are more than a pattern; rules name them (`predicate = "byline"`).

Each takes the line and the context, and says whether the line is that and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from newsscrape.boilerplate.context import Context
from newsscrape.boilerplate.forms import without_bullet
from newsscrape.boilerplate.lines import Line
from newsscrape.boilerplate.sentences import is_full_sentence, is_prose
from newsscrape.korean.agencies import wire_of
from newsscrape.korean.bylines import is_byline, is_mailed_byline, split_signature
from newsscrape.korean.bylines.credited import signs
from newsscrape.korean.captions import is_credit, looks_like_caption, read_caption
from newsscrape.korean.characters import fold, letters
from newsscrape.korean.dates import is_date_line, is_view_date
from newsscrape.korean.print_edition import is_print_edition
from newsscrape.korean.titles import same_title

Predicate = Callable[[Line, Context], bool]

_AGENCY_LINE = re.compile(r"[(\[<]?(?:[가-힣]{2,6}[=/])?([가-힣A-Za-z0-9]{2,8})(?: (?:제공|자료))?[)\]>]?")
_LINK_MARK = ("▶", "☞", "▷", "→", "■", "◆", "▣", "[관련기사]", "[관련 기사]")
_LINKED = 0.9
_HEADLINE = 14  # letters; what is linked in a text (a law, a house) is shorter
_HEADLINES_MARK = re.compile(r"…|\.\.|[?!]|[“‘\"'][^”’\"']{3,}[”’\"']|[↑↓]|[가-힣], [가-힣]|\[[가-힣]{2,6}\]")
_BEGINNING = 8  # letters and marks of a line, of which one is a letter
_CREDITED = 120  # letters of a caption with its credit
_DIGIT = re.compile(r"[0-9０-９]")


def byline(line: Line, context: Context) -> bool:
    """A reporter's or desk's signature."""
    return is_byline(without_bullet(line.text))


def mailed_byline(line: Line, context: Context) -> bool:
    """A reporter's signature with an address."""
    return is_mailed_byline(without_bullet(line.text))


def signed_caption(line: Line, context: Context) -> bool:
    """A caption with its photographer's signature behind it."""
    if "기자" not in line.text[-60:]:
        return False
    caption, signature = split_signature(line.text)
    return bool(signature) and looks_like_caption(caption)


def date_line(line: Line, context: Context) -> bool:
    """Labels and times, nothing else."""
    return _DIGIT.search(line.text) is not None and is_date_line(without_bullet(line.text))


def print_edition(line: Line, context: Context) -> bool:
    """Where the article stood in the printed paper."""
    return is_print_edition(without_bullet(line.text))


def view_date(line: Line, context: Context) -> bool:
    """The day on which the page was looked at."""
    return _DIGIT.search(line.text) is not None and is_view_date(line.text)


def credit(line: Line, context: Context) -> bool:
    """The credit of an image."""
    return is_credit(line.text)


def agency_alone(line: Line, context: Context) -> bool:
    """The name of a news agency, bare or as "(서울=연합뉴스)"."""
    found = _AGENCY_LINE.fullmatch(line.text)
    return found is not None and wire_of(found[1]) == found[1]


def publisher_alone(line: Line, context: Context) -> bool:
    """A name of the publisher or portal."""
    return len(line.text) <= 24 and fold(line.text).lower() in context.folded_names


def repeats_title(line: Line, context: Context) -> bool:
    """The title once more, perhaps without the series in brackets in front."""
    title = context.title or ""
    if not title:
        return False
    return same_title(line.text, title) or (title[0] == "[" and same_title(line.text, title.partition("]")[2].strip()))


def credited_writer(line: Line, _: Context) -> bool:
    """A writer named by what he did, without a title: "글·사진 강솔"."""
    return not is_prose(line.text) and signs(line.text)


def known_deck(line: Line, context: Context) -> bool:
    """A subtitle that the markup gave already."""
    return bool(context.deck_letters) and letters(line.text) in context.deck_letters


def known_caption(line: Line, context: Context) -> bool:
    """A caption that the markup gave already, here perhaps with its credit."""
    if not context.caption_letters or letters(line.text[:_BEGINNING])[:1] not in context.caption_initials:
        return False
    if letters(line.text) in context.caption_letters:
        return True
    read = read_caption(line.text) if len(line.text) <= _CREDITED and not line.text.endswith("다.") else None
    return read is not None and read.credit is not None and letters(read.caption) in context.caption_letters


def marked_link(line: Line, context: Context) -> bool:
    """A marked headline ("▶ ...") that is a link from end to end."""
    return line.links >= _LINKED and line.text.startswith(_LINK_MARK)


def linked(line: Line, context: Context) -> bool:
    """A headline that is a link from end to end; addresses are not meant."""
    if line.links < _LINKED or "://" in line.text or "www." in line.text:
        return False
    return not is_full_sentence(line.text)


def linked_headline(line: Line, context: Context) -> bool:
    """A headline of another article: a link from end to end, with the punctuation of headlines."""
    if line.links < _LINKED or line.kind != "paragraph" or len(line.text) < _HEADLINE:
        return False
    return _HEADLINES_MARK.search(line.text) is not None and linked(line, context)


PREDICATES: Mapping[str, Predicate] = MappingProxyType(
    {
        test.__name__: test
        for test in (
            byline, mailed_byline, date_line, print_edition, view_date, credit, signed_caption, agency_alone,
            publisher_alone, credited_writer, repeats_title, known_deck, known_caption, marked_link, linked,
            linked_headline,
        )
    }
)  # fmt: skip
