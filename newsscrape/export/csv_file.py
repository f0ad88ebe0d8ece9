"""CSV: RFC 4180, UTF-8, a header; and the same as a Korean Excel opens it by a double click."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, BinaryIO

import orjson

FIELDS = (
    "id", "url", "title", "subtitles", "labels", "kind", "authors", "publisher", "portal", "source_agency",
    "published_at", "modified_at", "section", "section_code", "tags", "text", "access", "fetched_at",
)  # fmt: skip
"""The fields of a record that are columns where nothing else is asked for: those that a cell can hold."""

_TIMES = frozenset(("published_at", "modified_at", "fetched_at"))
_KST = timezone(timedelta(hours=9))
# Excel's specifications: "Total number of characters that a cell can contain: 32,767"; "1,048,576 rows". It puts what
# is longer into the rows below.
_EXCEL_CELL, _EXCEL_ROWS = 32_767, 1_048_576
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # OWASP, "CSV Injection": a cell that begins so is computed
_PENDING = 1 << 16  # letters held before they are written


@dataclass(frozen=True, slots=True)
class Written:
    """How many records a file got, and what is to be said about it, a sentence each."""

    count: int
    notices: tuple[str, ...] = ()


class CsvFile:
    """A CSV file being written: a header, and a row for each mapping. Close it in the end.

    A cell holds a text as it is; of people and publishers their names; of several, all with "; " between; "" for None;
    and anything else as JSON. `excel` puts a BOM before everything (without it Excel reads UTF-8 as CP949), writes
    times as its cells have them (2026-03-02 10:30:00, in KST, without the offset), puts an apostrophe before a cell
    that it would compute as a formula, and cuts a cell at the 32,767 letters that it takes.
    """

    def __init__(self, file: BinaryIO, columns: Sequence[str], *, excel: bool = False) -> None:
        self.columns = tuple(columns)
        self.count = 0
        self._file, self._excel, self._cut = file, excel, 0
        self._lines = io.StringIO()
        self._writer = csv.writer(self._lines)
        if excel:
            file.write(codecs.BOM_UTF8)
        self._writer.writerow(columns)

    def add(self, row: Mapping[str, Any]) -> None:
        """One more row."""
        self.count += 1
        cells = [_cell(row.get(column)) for column in self.columns]
        if self._excel:
            self._cut += any(len(cell) > _EXCEL_CELL for cell in cells)
            cells = [_for_excel(cell, column) for cell, column in zip(cells, self.columns, strict=True)]
        self.add_cells(cells)

    def add_cells(self, cells: Sequence[str]) -> None:
        """A row that is written as it is."""
        self._writer.writerow(cells)
        if self._lines.tell() > _PENDING:
            self._hand_over()

    def close(self) -> Written:
        """Writes the rest; returns how many rows there are, and what is to be said of them."""
        self._hand_over()
        notices = []
        if self._cut:
            notices.append(
                f"{self._cut:,} rows hold a text longer than an Excel cell ({_EXCEL_CELL:,} letters); it is cut"
            )
        if self._excel and self.count >= _EXCEL_ROWS:
            notices.append(f"Excel shows the first {_EXCEL_ROWS - 1:,} of {self.count:,} rows")
        return Written(self.count, tuple(notices))

    def _hand_over(self) -> None:
        self._file.write(self._lines.getvalue().encode())
        self._lines.seek(0)
        self._lines.truncate()


def write_csv(
    file: BinaryIO, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *, excel: bool = False
) -> Written:
    """Writes rows (see `CsvFile`), and tells how many."""
    lines = CsvFile(file, columns, excel=excel)
    for row in rows:
        lines.add(row)
    return lines.close()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping) and isinstance(value.get("name"), str):
        return str(value["name"])
    if isinstance(value, Sequence) and all(isinstance(one, str) or "name" in one for one in value):
        return "; ".join(map(_cell, value))
    return orjson.dumps(value).decode()


def _for_excel(cell: str, column: str) -> str:
    if column in _TIMES and cell:
        return f"{datetime.fromisoformat(cell).astimezone(_KST):%Y-%m-%d %H:%M:%S}"
    if cell.startswith(_FORMULA):
        cell = "'" + cell
    return cell if len(cell) <= _EXCEL_CELL else cell[: _EXCEL_CELL - 1] + "…"
