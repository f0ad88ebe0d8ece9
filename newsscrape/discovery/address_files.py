"""Files of addresses: plain lists, CSV, TSV, XLSX and JSONL, also gzipped, also from standard input.

Made for lists that people keep and for exports of BigKinds (빅카인즈, the Korea Press Foundation's news
archive), whose tables work as they are downloaded. What a file is, it shows by its first bytes; only
CSV and TSV are also known by their names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from .addresses import address_in
from .input_files import InputFile, open_input
from .tables import Table, delimiter_of, fold_name, is_blank, read_csv, read_json_lines, read_xlsx

# Columns that hold an article's address, the publisher's own before the portal's, and where each is seen.
# Names are folded as by `fold_name`. A table without any of them is read by what its columns hold.
_ADDRESS_COLUMNS = (
    "originallink",  # Naver's search API
    "원문링크",  # tables of Korean researchers; the next four as well
    "원문url",
    "기사url",
    "기사링크",
    "기사주소",
    "articleurl",
    "url",  # BigKinds, GDELT, records of this project
    "sourceurl",  # GDELT's events
    "documentidentifier",  # GDELT's knowledge graph
    "loc",  # sitemaps
    "link",  # feeds, Naver's search API (there the portal's page)
    "링크",
    "주소",
)
# Columns that hold the day or time of publication.
_DATE_COLUMNS = (
    "일자",  # BigKinds
    "publishedat",  # records of this project
    "pubdate",  # feeds, Naver's search API
    "publicationdate",  # news sitemaps
    "published",
    "date",
    "날짜",  # tables of Korean researchers; the next four as well
    "작성일",
    "발행일",
    "보도일",
    "입력일",
)
_NAMES = frozenset(_ADDRESS_COLUMNS)
_TABLE_SUFFIXES = (".csv", ".tsv", ".tab")
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"  # .xls, and workbooks behind a password
_BLANKS = b"\xef\xbb\xbf \t\r\n"
_SHOWN = 30  # columns named in an error
_HEADER_LINES = 50


@dataclass(frozen=True, slots=True)
class Address:
    """One address of a file.

    `url` is absolute http(s) without fragment, `line` its row (from 1, as a spreadsheet counts: the
    header is row 1; in a list, its line), `published` the raw date cell ("20251103") or None.
    """

    url: str
    line: int
    published: str | None = None


class Addresses(Iterator[Address]):
    """The addresses of a file, read as they are asked for.

    `skipped` counts the rows so far that hold no address (BigKinds has many: papers that give none), and
    `first_skipped` is the first of them, or None. Blank rows and comments are no rows.
    """

    def __init__(self, path: str | Path) -> None:
        self.skipped = 0
        self.first_skipped: int | None = None
        found = self._read(path)
        first = next(found, None)  # so that a wrong file is told at once
        self._found: Iterator[Address] = found if first is None else chain((first,), found)

    def __next__(self) -> Address:
        return next(self._found)

    def _read(self, path: str | Path) -> Iterator[Address]:
        with open_input(path) as source:
            found = False
            for line, cell, published in _cells(source):
                if url := address_in(cell):
                    found = True
                    yield Address(url, line, _text(published))
                    continue
                self.skipped += 1
                self.first_skipped = self.first_skipped or line
            if self.skipped and not found:
                raise source.error(f"none of its {self.skipped:,} rows holds an address (http://...)")


def read_addresses(path: str | Path) -> Addresses:
    """The addresses of a file, or of standard input for "-".

    Reads plain lists (one address a line, `#` for comments), CSV and TSV (UTF-8, UTF-16 or CP949), JSONL
    and XLSX (with `newsscrape[xlsx]`; not from standard input). In tables the column is found by its name
    (url, link, 원문링크, ...), else by what it holds. Raises `InputError` where the file or its column
    cannot be found or no row holds an address, and later, while reading, where the file is broken further down.
    """
    return Addresses(path)


def _cells(source: InputFile) -> Iterator[tuple[int, object, object]]:
    """Row, cell with the address, and cell with the date (or None), of any kind of file."""
    start = source.head.lstrip(_BLANKS)
    if source.head.startswith(_ZIP):
        return _columns(source, read_xlsx(source))
    if source.head.startswith(_OLE):
        raise source.error("this is an old or locked workbook; save it as XLSX without password, or as CSV")
    if start.startswith(b"{"):
        return _columns(source, read_json_lines(source))
    if start.startswith(b"[") and start[1:].lstrip(_BLANKS).startswith(b"{"):
        raise source.error("this is one JSON array; give JSONL, one object a line (jq -c '.[]')")
    lines = source.lines()
    first, lines = _first_row(lines, source.name)
    if _is_table(source.name, first):
        return _columns(source, read_csv(source, lines, delimiter_of(first, _NAMES)))
    return ((number, line, None) for number, line in enumerate(lines, 1) if _is_entry(line))


def _first_row(lines: Iterator[str], name: str) -> tuple[str, Iterator[str]]:
    """The first row that is not blank, and all lines; a table's header may hold quoted line breaks."""
    read, first = [], ""
    for line in lines:
        read.append(line)
        first = first + line if first.strip() else line
        if first.strip() and not (_named_table(name) and first.count('"') % 2 and len(read) < _HEADER_LINES):
            break
    return first, chain(read, lines)


def _is_entry(line: str) -> bool:
    text = line.strip()
    return bool(text) and not text.startswith("#")


def _named_table(name: str) -> bool:
    return name.lower().removesuffix(".gz").endswith(_TABLE_SUFFIXES)


def _is_table(name: str, first: str) -> bool:
    """Whether a file is a table: by its name, by a tab (in no address), or by a known name in its first line."""
    if _named_table(name):
        return True
    if first.startswith("#") or ("://" in first and "\t" not in first.strip()):
        return False
    cells = first.split(delimiter_of(first, _NAMES))
    return "\t" in first.strip() or any(fold_name(cell.strip().strip('"')) in _NAMES for cell in cells)


def _columns(source: InputFile, table: Table) -> Iterator[tuple[int, object, object]]:
    where = _address_column(table)
    if where is None:
        names = ", ".join(" ".join(name.split())[:40] or "(unnamed)" for name in table.columns[:_SHOWN]) or "(none)"
        raise source.error(f'no column holds addresses; name it "url" (the columns are: {names})')
    folded = [fold_name(name) for name in table.columns]
    when = next((folded.index(name) for name in _DATE_COLUMNS if name in folded), None)
    return (
        (line, _at(cells, where), None if when is None else _at(cells, when))
        for line, cells in table.rows
        if not is_blank(cells)
    )


def _address_column(table: Table) -> int | None:
    """The first named column that holds an address, else the column with most, else the first named one.

    A named column without addresses comes last: "주소" may be a street's, and the first hundred cells of
    BigKinds' URL may be empty.
    """
    folded = [fold_name(name) for name in table.columns]
    named = [folded.index(name) for name in _ADDRESS_COLUMNS if name in folded]
    counts: dict[int, int] = {}
    for _, cells in table.sample:
        for place, cell in enumerate(cells):
            if address_in(cell):
                counts[place] = counts.get(place, 0) + 1
    by_name = next((place for place in named if place in counts), None)
    if by_name is not None:
        return by_name
    if counts:
        return max(sorted(counts), key=lambda place: counts[place])
    return named[0] if named else None


def _at(cells: object, place: int) -> object:
    return cells[place] if isinstance(cells, list | tuple) and place < len(cells) else None


def _text(cell: object) -> str | None:
    """A date cell as text: spreadsheets give numbers (20251103.0) and dates as well."""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return (str(cell).strip() or None) if isinstance(cell, str | int) else None
