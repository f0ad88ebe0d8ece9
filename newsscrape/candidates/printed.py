"""What a line about the printed paper says: its day, page and edition, and the section named with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsscrape.candidates.candidate import Candidate
from newsscrape.korean.dates import parse_date
from newsscrape.korean.print_edition import read_header, read_print_edition

HEADER = "header"
"""Source of what an archive's header says of the house and of the page; it names the paper, not its web edition."""


def archived(lines: Iterable[str]) -> Iterator[Candidate]:
    """What an archive's header among a page's lines says: day and page, and above all that the page is an article."""
    for line in lines:
        if line.startswith("[") and read_header(line):
            yield Candidate("page_type", "article", HEADER, line)
            yield from collect(line, "around:head")
            return


def collect(line: str, source: str) -> Iterator[Candidate]:
    """`print_edition` and `section` candidates from a line such as "2013-07-08 27면 05판 사회"; none from any other.

    The header of an archive says `publisher` and `dates` as well.
    """
    edition, section = read_print_edition(line)
    if edition is not None:
        yield Candidate("print_edition", edition, source, line)
    if section is not None:
        yield Candidate("section", section, source, line)
    if header := read_header(line):
        house, day = header
        yield Candidate("publisher", house, HEADER, line)
        if date := parse_date(day.isoformat()):
            yield Candidate("dates", date, source, line)
