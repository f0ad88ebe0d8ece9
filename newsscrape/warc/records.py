"""What a file holds, record by record, as its writer notes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from newsscrape.errors import WarcError
from newsscrape.warc.exchange import Original

_ANSWERS = ("response", "revisit", "conversion")


@dataclass(frozen=True, slots=True)
class Written:
    """A record that was written: `file` is its file's name, `place` where it begins, `status` the answer's.

    `revisit`: it holds no body that another record could refer to; its digest is then that of the record that does.
    """

    record: Original
    status: int
    file: str
    place: int
    revisit: bool


def written(path: Path, place: int) -> Iterator[Written]:
    """The answers in one of our own files from a byte on, where a record begins. Raises `WarcError`."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        with path.open("rb") as file:
            file.seek(place)
            records = ArchiveIterator(file)
            for record in records:
                if record.rec_type in _ANSWERS:
                    revisit = record.rec_type != "response" or not record.raw_stream.read(1)
                    yield Written(_original(record), _status(record), path.name, records.get_record_offset(), revisit)
    except (ArchiveLoadFailed, OSError, ValueError) as error:
        raise WarcError(f"{path} is no file of ours, or is damaged: {error}") from error


def _original(record: Any) -> Original:
    said = record.rec_headers.get_header
    moment = datetime.fromisoformat(said("WARC-Date"))
    return Original(said("WARC-Target-URI"), said("WARC-Payload-Digest"), said("WARC-Record-ID"), moment)


def _status(record: Any) -> int:
    return int(record.http_headers.get_statuscode()) if record.http_headers else 200
