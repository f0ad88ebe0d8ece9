"""Parquet with real times, lists and nested parts; its columns are read off a pydantic model.

pyarrow is known here only, and comes with `newsscrape[parquet]`. A dict is a list of structs with `key` and `value`: of
Parquet's maps Hugging Face's datasets (5.2, 2026) knows nothing. Times are instants that show as Seoul's clock.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, Self, Union, get_args, get_origin

from pydantic import BaseModel

from newsscrape.export.files import Counted
from newsscrape.export.jsonl import SinkError

if TYPE_CHECKING:
    import pyarrow as pa

_ROW_GROUP = 1000  # rows in memory; about ten megabytes of articles. 40,000 took the same 280 MB as 10,000

Convert = Callable[[Any], Any]


class ParquetFile:
    """A Parquet file being written: rows, each the JSON form of a `model`, with these of its fields as columns.

    A thousand rows wait in memory at a time. Use it as a context manager, or call `close`: without its end a file says
    nothing. Raises `SinkError` where pyarrow is missing.
    """

    def __init__(self, file: BinaryIO, model: type[BaseModel], fields: Sequence[str]) -> None:
        pa, pq = _pyarrow()
        columns = {name: _column(annotation) for name, annotation in _annotations(model).items() if name in fields}
        self._columns = {name: columns[name] for name in fields}
        self.schema = pa.schema([(name, kind) for name, (kind, _) in self._columns.items()])
        self.count = 0
        self._waiting: list[Mapping[str, Any]] = []
        self._writer = pq.ParquetWriter(Counted(file), self.schema, compression="zstd")

    def add(self, row: Mapping[str, Any]) -> None:
        """One more row."""
        self._waiting.append(row)
        self.count += 1
        if len(self._waiting) >= _ROW_GROUP:
            self._hand_over()

    def add_table(self, table: pa.Table) -> None:
        """Rows of another file with the same schema, before any other row."""
        self._writer.write_table(table)

    def close(self) -> None:
        """Writes the rest, and the file's end."""
        if self._waiting:
            self._hand_over()
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self._writer.close()

    def _hand_over(self) -> None:
        import pyarrow as pa

        rows, self._waiting = self._waiting, []
        arrays = [
            pa.array([convert(row[name]) for row in rows], kind) for name, (kind, convert) in self._columns.items()
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self.schema))


def write_parquet(
    file: BinaryIO, model: type[BaseModel], fields: Sequence[str], rows: Iterable[Mapping[str, Any]]
) -> int:
    """Writes rows (see `ParquetFile`); returns how many. Raises `SinkError` where pyarrow is missing."""
    with ParquetFile(file, model, fields) as parquet:
        for row in rows:
            parquet.add(row)
    return parquet.count


def parquet_tables(path: Path) -> Iterator[pa.Table]:
    """What is in a Parquet file, some rows at a time, at least one table. Raises `ValueError` where it is none."""
    pa, pq = _pyarrow()
    with pq.ParquetFile(path) as file:
        yield file.schema_arrow.empty_table()
        for batch in file.iter_batches(_ROW_GROUP):
            yield pa.Table.from_batches([batch])


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise SinkError('Parquet needs pyarrow: pip install "newsscrape[parquet]"') from error
    return pa, pq


def _annotations(model: type[BaseModel]) -> dict[str, Any]:
    fields = {name: field.annotation for name, field in model.model_fields.items()}
    return fields | {name: field.return_type for name, field in model.model_computed_fields.items()}


def _column(annotation: Any) -> tuple[pa.DataType, Convert]:
    """The type of a column, and what makes its values of those that JSON has."""
    import pyarrow as pa

    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        (one,) = (part for part in inner if part is not type(None))
        kind, convert = _column(one)
        return kind, lambda value: None if value is None else convert(value)
    if origin is Literal or annotation is str:
        return pa.string(), _as_it_is
    if origin is tuple:
        kind, convert = _column(inner[0])
        return pa.list_(kind), lambda values: [convert(value) for value in values]
    if origin is dict:
        kind, convert = _column(inner[1])
        pair = pa.struct([("key", pa.string()), ("value", kind)])
        return pa.list_(pair), lambda values: [{"key": key, "value": convert(one)} for key, one in values.items()]
    if annotation is datetime:
        return pa.timestamp("us", tz="Asia/Seoul"), datetime.fromisoformat
    if annotation is date:
        return pa.date32(), date.fromisoformat
    if annotation is bool:
        return pa.bool_(), _as_it_is
    if annotation is int:
        return pa.int64(), _as_it_is
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        parts = {name: _column(part) for name, part in _annotations(annotation).items()}
        kind = pa.struct([(name, kind) for name, (kind, _) in parts.items()])
        return kind, lambda value: {name: convert(value[name]) for name, (_, convert) in parts.items()}
    raise TypeError(f"no Parquet type is known for {annotation}")


def _as_it_is(value: Any) -> Any:
    return value
