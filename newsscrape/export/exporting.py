"""An export: records in, one file out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import orjson
from pydantic import BaseModel

from newsscrape.article import Article
from newsscrape.errors import ExportError
from newsscrape.export import csv_file
from newsscrape.export.adapters import bigkinds, datasets, schema_org, zyte
from newsscrape.export.csv_file import Written, write_csv
from newsscrape.export.files import STDOUT, whole_file
from newsscrape.export.lines import write_lines
from newsscrape.export.parquet_file import write_parquet

Format = Literal["jsonl", "csv", "parquet"]
Row = Mapping[str, Any]
_PACKED = (".gz", ".zst")


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to say a record: the mapping, its columns, and what Parquet needs, the types of them.

    Without `columns` it is nested, and for JSONL only.
    """

    convert: Callable[[Row], dict[str, Any] | None] | None = None
    columns: tuple[str, ...] = ()
    model: type[BaseModel] | None = None

    @property
    def formats(self) -> tuple[Format, ...]:
        """The formats that can hold it."""
        if self.model:
            return get_args(Format)
        return ("jsonl", "csv") if self.columns else ("jsonl",)


RECORD = Layout(columns=(*Article.model_fields, *Article.model_computed_fields), model=Article)

LAYOUTS: dict[str, Layout] = {
    "newsscrape": RECORD,
    "zyte": Layout(zyte.to_zyte),
    "schema-org": Layout(schema_org.to_schema_org),
    "bigkinds": Layout(bigkinds.to_bigkinds, bigkinds.COLUMNS),
    "datasets": Layout(datasets.to_row, tuple(datasets.Row.model_fields), datasets.Row),
}
"""Every way to say a record, by its name on the command line."""


def export(
    records: Iterable[str],
    target: str | Path,
    *,
    format: Format | None = None,
    layout: str = "newsscrape",
    fields: Sequence[str] = (),
    excel: bool = False,
) -> Written:
    """Writes records (JSON documents, as `to_json` and the archive have them) to a file, in their order.

    `target` is a path or "-" (standard output); ".gz" and ".zst" compress (see `files.whole_file`). `format` is told by
    the path's extension where it is None. `layout` is a key of `LAYOUTS`. `fields` are the columns wanted, in their
    order: keys of the record, or of the layout; none are all, but for CSV of records `csv_file.FIELDS`. `excel` writes
    CSV for Excel (see `csv_file.write_csv`).

    A thousand records at most are in memory at a time. Returns how many were written, and what is to be said of them.
    Raises `ExportError` for what cannot be combined, before anything is read or written, and `SinkError` where the file
    cannot be written.
    """
    chosen = format or format_of(target)
    way = _way(layout, chosen)
    columns = tuple(fields) or (csv_file.FIELDS if way is RECORD and chosen == "csv" else way.columns)
    if excel and chosen != "csv":
        raise ExportError(f"--excel is for CSV, not for {chosen}")
    if chosen == "parquet" and Path(target).suffix.lower() in _PACKED:
        raise ExportError(f"{target}: Parquet is compressed inside; name the file .parquet")
    _check_fields(layout, way, fields)
    left_out = 0

    def rows() -> Iterator[Row]:
        nonlocal left_out
        for record in records:
            row: dict[str, Any] | None = orjson.loads(record)
            if way.convert is not None and row is not None:
                row = way.convert(row)
            if row is None:
                left_out += 1
            else:
                yield {name: row[name] for name in fields} if fields else row

    with whole_file(target) as file:
        if chosen == "jsonl" and way is RECORD and not fields:
            written = Written(write_lines(file, (record.encode() for record in records)))  # as they are
        elif chosen == "csv":
            written = write_csv(file, columns, rows(), excel=excel)
        elif chosen == "parquet" and way.model is not None:
            written = Written(write_parquet(file, way.model, columns, rows()))
        else:
            written = Written(write_lines(file, map(orjson.dumps, rows())))
    if left_out:
        written = Written(written.count, (*written.notices, f"{left_out:,} records without an address are left out"))
    return written


def format_of(target: str | Path) -> Format:
    """The format that a path's extension names (".jsonl", ".csv", ".parquet", the first two also packed).

    JSONL for standard output. Raises `ExportError` for other names.
    """
    if str(target) == STDOUT:
        return "jsonl"
    path = Path(target)
    name = Path(path.stem) if path.suffix.lower() in _PACKED else path
    for known in get_args(Format):
        if name.suffix.lower() == f".{known}":
            return known  # type: ignore[no-any-return]
    raise ExportError(f"{target}: the name tells no format; end it in .jsonl, .csv or .parquet, or give --format")


def _way(layout: str, chosen: Format) -> Layout:
    way = LAYOUTS.get(layout)
    if way is None:
        raise ExportError(f"no layout is called {layout!r}; there are {', '.join(LAYOUTS)}")
    if chosen not in way.formats:
        raise ExportError(f"{layout} cannot be written as {chosen}; it goes into {' and '.join(way.formats)}")
    return way


def _check_fields(layout: str, way: Layout, fields: Sequence[str]) -> None:
    if fields and not way.columns:
        raise ExportError(f"{layout} is written whole; --fields chooses from records, bigkinds and datasets")
    unknown = [name for name in fields if name not in way.columns]
    if unknown:
        raise ExportError(f"{layout} has no field {', '.join(unknown)}; it has {', '.join(way.columns)}")
    if len(set(fields)) < len(fields):
        raise ExportError(f"a field is named twice in {', '.join(fields)}")
