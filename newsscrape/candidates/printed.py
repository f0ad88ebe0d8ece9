"""What a line about the printed paper says: its day, page and edition, and the section named with them."""

from __future__ import annotations

from collections.abc import Iterator

from newsscrape.candidates.candidate import Candidate
from newsscrape.korean.dates import parse_date
from newsscrape.korean.print_edition import read_header, read_print_edition


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
        yield Candidate("publisher", house, source, line)
        if date := parse_date(day.isoformat()):
            yield Candidate("dates", date, source, line)
