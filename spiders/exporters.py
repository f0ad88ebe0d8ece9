"""Exporters for Scrapy's own feeds: `scrapy crawl site -a site=yna -O yna.parquet`, with the columns of `export`."""

from __future__ import annotations

from typing import Any, BinaryIO

from scrapy.exporters import BaseItemExporter

from newsscrape.article import Article
from newsscrape.export.csv_file import FIELDS, CsvFile
from newsscrape.export.exporting import RECORD
from newsscrape.export.parquet_file import ParquetFile


class Csv(BaseItemExporter):
    """CSV of records as Scrapy's items; several names in a cell are joined, see `CsvFile`."""

    def __init__(self, file: BinaryIO, **options: Any) -> None:
        super().__init__(**options)
        self._csv = CsvFile(file, FIELDS)

    def export_item(self, item: dict[str, Any]) -> None:
        """One more record."""
        self._csv.add(item)

    def finish_exporting(self) -> None:
        """Writes the rest."""
        self._csv.close()


class Parquet(BaseItemExporter):
    """Parquet of records as Scrapy's items, with real times and lists, see `ParquetFile`."""

    def __init__(self, file: BinaryIO, **options: Any) -> None:
        super().__init__(**options)
        self._parquet = ParquetFile(file, Article, RECORD.columns)

    def export_item(self, item: dict[str, Any]) -> None:
        """One more record."""
        self._parquet.add(item)

    def finish_exporting(self) -> None:
        """Writes the rest, and the file's end."""
        self._parquet.close()
