"""Rows of CSV, TSV, XLSX and JSONL files, one after the other; no file is held in memory.

XLSX is the exception that the format makes: its texts lie in one list (`sharedStrings.xml`), which is
read before the first row. A list of millions belongs into CSV or JSONL.
"""

from __future__ import annotations

import csv
import gzip
import json
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO, Any

from .addresses import address_in
from .input_files import InputFile

Row = tuple[int, Sequence[object]]

_SAMPLE = 100  # rows that are looked at before the columns are named
_EXCEL_ROWS = 1_048_576  # Excel's own limit; a file that claims more is made up
_DELIMITERS = (",", ";", "|")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns' names (none where it has no header), its first rows and all of its rows.

    A row is its number (from 1, the header counted as a spreadsheet does) and its cells; rows may be
    shorter or longer than the header.
    """

    columns: tuple[str, ...]
    sample: Sequence[Row]
    rows: Iterator[Row]


def read_csv(source: InputFile, lines: Iterator[str], delimiter: str) -> Table:
    """A table out of delimited text; quoted cells may hold line breaks.

    Raises `InputError` where quotation marks do not pair: the rows between them would be lost unseen.
    """
    return _with_header(_csv_rows(source, lines, delimiter))


def delimiter_of(line: str, names: frozenset[str]) -> str:
    """The delimiter of a table whose first row this is; a tab where there is only one column.

    A semicolon or a bar may stand in an address, so it is one only in a header; the mark that splits off
    one of `names` (folded, see `fold_name`) goes first.
    """
    if "\t" in line:
        return "\t"
    split = {mark: next(csv.reader(line.strip().splitlines(True), delimiter=mark), []) for mark in _DELIMITERS}
    if "://" in line:
        return "," if len(split[","]) > 1 else "\t"
    named = (mark for mark, cells in split.items() if len(cells) > 1 and any(fold_name(c) in names for c in cells))
    best = next(named, None) or max(_DELIMITERS, key=lambda mark: len(split[mark]))
    return best if len(split[best]) > 1 else "\t"


def fold_name(name: object) -> str:
    """A column's name for comparison: lower case, without blanks, underscores and hyphens."""
    text = str(name or "").casefold()
    return "".join(letter for letter in text if not letter.isspace() and letter not in "_-\ufeff")


def read_json_lines(source: InputFile) -> Table:
    """A table out of JSON objects, one a line; the columns are the keys of the first objects.

    Raises `InputError` at the first line that is no JSON object.
    """
    records = _json_records(source)
    sample = list(islice(records, _SAMPLE))
    columns = tuple(dict.fromkeys(key for _, record in sample for key in record))
    rows = ((line, [record.get(key) for key in columns]) for line, record in chain(sample, records))
    return _sampled(columns, rows)


def read_xlsx(source: InputFile) -> Table:
    """A table out of the first worksheet of a workbook; formulas give the value that was saved.

    Raises `InputError` where the workbook cannot be read, where openpyxl (`newsscrape[xlsx]`) is missing,
    and for standard input, which cannot be read from its end as ZIP archives are.
    """
    try:
        import openpyxl  # noqa: F401
    except ImportError as error:
        raise source.error('XLSX needs openpyxl: pip install "newsscrape[xlsx]", or save it as CSV') from error
    if source.path is None:
        raise source.error("a workbook cannot be read from a pipe; give the file's name, or CSV")
    return _with_header(_xlsx_rows(source))


def is_blank(cells: Sequence[object]) -> bool:
    """Whether a row holds nothing."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def _with_header(rows: Iterator[Row]) -> Table:
    """Takes the first row that is not blank as the header, unless it holds an address."""
    first = next((row for row in rows if not is_blank(row[1])), None)
    if first is None:
        return _sampled((), rows)
    if any(address_in(cell) for cell in first[1]):
        return _sampled((), chain((first,), rows))
    return _sampled(tuple("" if cell is None else str(cell).strip() for cell in first[1]), rows)


def _sampled(columns: tuple[str, ...], rows: Iterator[Row]) -> Table:
    sample = list(islice(rows, _SAMPLE))
    return Table(columns, sample, chain(sample, rows))


def _csv_rows(source: InputFile, lines: Iterator[str], delimiter: str) -> Iterator[Row]:
    # Strict, or everything after a mark without its partner is one cell. Tables with tabs are often
    # written without any quoting ('"새 다리" 놓는다' opens a cell); there the swallowed tabs tell.
    reader = csv.reader(lines, delimiter=delimiter, strict=delimiter != "\t")
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise source.error(f"quotation marks do not pair ({error}); save the table anew", number + 1) from error
        number += 1
        if delimiter == "\t" and any("\t" in cell and "\n" in cell for cell in cells):
            raise source.error("a quotation mark is not closed; save the table anew", number)
        yield number, cells


def _json_records(source: InputFile) -> Iterator[tuple[int, dict[str, object]]]:
    for number, line in enumerate(source.lines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise source.error(f"this line is no JSON ({error}); mend it or take it out", number) from error
        if not isinstance(record, dict):
            raise source.error("this line is no JSON object; JSONL has one object a line", number)
        yield number, record


def _xlsx_rows(source: InputFile) -> Iterator[Row]:
    import openpyxl

    assert source.path is not None
    opener: Any = gzip.open if source.packed else open
    # openpyxl says what is wrong with a workbook by whatever its XML and ZIP readers raise.
    try:
        with opener(source.path, "rb") as file:
            sheet = _first_sheet(openpyxl, file)
            yield from enumerate(sheet.iter_rows(max_row=_EXCEL_ROWS, values_only=True), 1)
    except Exception as error:
        raise source.error(f"the workbook cannot be read ({_in_words(error)}); save it anew as XLSX or CSV") from error


def _first_sheet(openpyxl: Any, file: IO[bytes]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles that it does not know
        sheet = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False).worksheets[0]
    sheet.reset_dimensions()  # BigKinds writes <dimension ref="A1"/>: one cell, whatever the sheet holds
    return sheet


def _in_words(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
