"""Pages out of WARC files, of any tool: chunks put together, bodies unpacked, everything else as it was sent.

warcio reads them: fastwarc 2.0.1 ends without a word behind the first record whose body it unpacks, and takes a record
that was cut for a whole one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed

from newsscrape.discovery.since import KST
from newsscrape.errors import WarcError
from newsscrape.page import Page, by_name
from newsscrape.warc.exchange import ARTICLE
from newsscrape.warc.files import OPEN, last_whole
from newsscrape.warc.unpack import LARGEST, TooLarge, UnknownPacking, unpack

ENDINGS = (".warc", ".warc.gz")
_HTML = ("text/html", "application/xhtml+xml")
_OK = 200
_TYPES = ("response", "resource", "revisit", "conversion")
_PIECE = 1 << 20
_SAME_BYTES = "identical-payload-digest"


@dataclass(frozen=True, slots=True)
class Capture:
    """A page as a record of a WARC file holds it.

    `way` tells how it was come by, for the record's provenance. `earlier` is set where the body is that of an earlier
    record, whose digest it is ("sha1:..."), and the page's is empty. `end` is where the next record begins, in bytes.
    """

    page: Page
    way: str
    earlier: str | None
    end: int


class WarcPages:
    """The HTML pages of a file that were answered with 200, one after the other, each body in memory for its turn.

    `passed` counts what is passed over, by what it is: other answers ("HTTP 404"), other media ("image/png"), what
    had not changed. Raises `WarcError` where the file cannot be read, or is no WARC; of one that is cut or damaged what
    stands before that place is read first. One that is being written is read up to its last whole record.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.passed: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Capture]:
        place = 0  # where the record begins that is being read
        try:
            with self.path.open("rb") as file:
                records = ArchiveIterator(file)
                for record in records:
                    if not record.rec_headers.get_header("WARC-Type"):
                        raise WarcError(f"{self.path} is no WARC file, or is damaged at byte {place:,}")
                    found = self._capture(record)
                    _drain(record.raw_stream)
                    if getattr(record.raw_stream, "limit", 0):
                        raise self._cut(f"ends in the middle of the record at byte {place:,}")
                    place = records.get_record_offset() + records.get_record_length()
                    if found is not None:
                        yield Capture(*found, place)
                if self.path.suffix != ".warc" and (end := last_whole(self.path)) < self.path.stat().st_size:
                    raise self._cut(f"is cut or damaged behind byte {end:,}")
        except ArchiveLoadFailed as error:
            raise WarcError(f"{self.path} is no WARC file, or is damaged at byte {place:,}") from error
        except OSError as error:
            raise WarcError(f"{self.path} cannot be read: {error.strerror or error}") from error
        except _StillWritten:
            return

    def _cut(self, words: str) -> Exception:
        if self.path.suffix == OPEN:
            return _StillWritten()
        return WarcError(f"{self.path} {words}; what stands before was read")

    def _capture(self, record: Any) -> tuple[Page, str, str | None] | None:
        """A record's page, how it was come by, and the digest of the record that has its body; None for no page."""
        said = record.rec_headers.get_header
        target = said("WARC-Target-URI") or ""
        if record.rec_type not in _TYPES or not target.startswith(("http://", "https://")):
            return None
        earlier = None
        if record.rec_type == "revisit":
            if not (said("WARC-Profile") or "").endswith(_SAME_BYTES):
                self.passed["unchanged"] += 1
                return None
            earlier = said("WARC-Payload-Digest") or ""
        http = record.http_headers
        headers = by_name(http.headers if http else [("Content-Type", said("Content-Type") or "")])
        if (kind := _other(record, headers)) is not None:
            self.passed[kind] += 1
            return None
        try:
            body = b"" if earlier is not None else _body(record, headers)
        except TooLarge:
            self.passed["too large"] += 1
            return None
        except UnknownPacking as error:
            self.passed[f"packed as {error}"] += 1
            return None
        article = said(ARTICLE)
        if article:  # as a crawl reads it: what else the headers say is not said of the article's own page
            headers = {"content-type": headers["content-type"]} if "content-type" in headers else {}
        page = Page(
            body=body,
            url=article or target,
            headers=headers,
            fetched_at=_moment(said("WARC-Date") or ""),
            status=int(http.get_statuscode()) if http else None,
        )
        return page, _way(self.path, record.rec_type, target, article), earlier


class _StillWritten(Exception):
    """The end of a file that a crawl is writing."""


def page_at(path: Path, place: int) -> Page | None:
    """The page whose record begins at a byte of a file; None where none does. Raises `WarcError`."""
    pages = WarcPages(path)
    try:
        with path.open("rb") as file:
            file.seek(place)
            for record in ArchiveIterator(file):
                found = pages._capture(record)
                return found[0] if found and found[2] is None else None
    except (ArchiveLoadFailed, OSError) as error:
        raise WarcError(f"{path} has no record at byte {place:,}") from error
    return None


def _moment(said: str) -> datetime | None:
    """A moment in Korea's time, as crawls have it; None where it is none."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(KST)


def _other(record: Any, headers: dict[str, str]) -> str | None:
    """What an answer is that is no whole HTML page, nor an article's data; None for one that is."""
    http = record.http_headers
    status = http.get_statuscode() if http else str(_OK)
    if status != str(_OK):
        return f"HTTP {status}"
    if record.rec_headers.get_header("WARC-Truncated"):
        return "cut by their tool"
    medium = headers.get("content-type", "").partition(";")[0].strip().lower()
    is_page = not medium or medium in _HTML or record.rec_headers.get_header(ARTICLE)
    return None if is_page else medium


def _body(record: Any, headers: dict[str, str]) -> bytes:
    stream = record.raw_stream
    if headers.get("transfer-encoding", "").strip().lower() == "chunked":
        stream = ChunkedDataReader(stream)
    body: bytes = stream.read(LARGEST + 1)
    return unpack(body, headers.get("content-encoding", ""))


def _drain(stream: Any) -> None:
    """Reads what is left of a record, piece by piece: it may be a film."""
    while stream.read(_PIECE):
        pass


def _way(path: Path, kind: str, target: str, article: str | None) -> str:
    if article is None:
        return f"warc:{path.name.removesuffix(OPEN)}"
    return "rendered" if kind == "conversion" else f"alternate:{target}"
