"""Pages out of WARC files, of any tool: chunks put together, bodies unpacked, everything else as it was sent.

warcio reads them: fastwarc 2.0.1 ends without a word behind the first record whose body it unpacks, and takes a record
that was cut for a whole one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from newsscrape.errors import WarcError
from newsscrape.page import Page
from newsscrape.warc.files import last_whole

_HTML = ("text/html", "application/xhtml+xml")
_OK = 200


class WarcPages:
    """The HTML pages of a file that were answered with 200, one after the other, each body in memory for its turn.

    `passed` counts what is passed over, by what it is: other answers ("HTTP 404"), other media ("image/png"), revisit
    records, whose body stands in an earlier record. Raises `WarcError` where the file cannot be read, or is no WARC; of
    one that is cut or damaged what stands before that place is read first.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.passed: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Page]:
        place = 0  # where the record begins that is being read
        try:
            with self.path.open("rb") as file:
                records = ArchiveIterator(file)
                for record in records:
                    if not record.rec_headers.get_header("WARC-Type"):
                        raise WarcError(f"{self.path} is no WARC file, or is damaged at byte {place:,}")
                    page = self._page(record)
                    record.raw_stream.read()
                    if getattr(record.raw_stream, "limit", 0):
                        raise WarcError(f"{self.path} ends in the middle of the record at byte {place:,}")
                    place = records.get_record_offset() + records.get_record_length()
                    if page is not None:
                        yield page
                if self.path.suffix == ".gz" and (end := last_whole(self.path)) < self.path.stat().st_size:
                    raise WarcError(f"{self.path} is cut or damaged behind byte {end:,}; what stands before was read")
        except ArchiveLoadFailed as error:
            raise WarcError(f"{self.path} is no WARC file, or is damaged at byte {place:,}") from error
        except OSError as error:
            raise WarcError(f"{self.path} cannot be read: {error.strerror or error}") from error

    def _page(self, record: Any) -> Page | None:
        """A record's page; None, counted, for one that has none."""
        if record.rec_type not in ("response", "resource"):
            if record.rec_type == "revisit":
                self.passed["revisits"] += 1
            return None
        http = record.http_headers
        headers = {name.lower(): value for name, value in http.headers} if http else {}
        status = int(http.get_statuscode()) if http and http.get_statuscode().isdecimal() else None
        if http and status != _OK:
            self.passed[f"HTTP {http.get_statuscode()}"] += 1
            return None
        said = headers.get("content-type") or (record.rec_headers.get_header("Content-Type") if not http else "") or ""
        medium = said.partition(";")[0].strip().lower()
        if medium and medium not in _HTML:
            self.passed[medium] += 1
            return None
        moment = record.rec_headers.get_header("WARC-Date")
        return Page(
            body=record.content_stream().read(),
            url=record.rec_headers.get_header("WARC-Target-URI"),
            headers=headers,
            fetched_at=datetime.fromisoformat(moment) if moment else None,
            status=status,
        )
