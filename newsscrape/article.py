"""The record: one article and its parts, as frozen pydantic models (schema 1.0).

Everything that the library knows of an article stands here, with where it came from (`provenance`,
`dates`), what was taken away (`removed`) and what is doubtful (`warnings`). `None` always means that
the page does not say. Times carry an offset, KST (+09:00) unless the page proves another zone.
"""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, computed_field, model_validator

SCHEMA_VERSION = "1.0"
SCHEMA_ID = f"urn:newsscrape:schema:article:{SCHEMA_VERSION}"

BlockKind = Literal["paragraph", "heading", "quote", "list_item", "speaker", "table_row"]
AuthorKind = Literal["person", "desk", "agency", "bot"]
Precision = Literal["second", "minute", "hour", "day"]
Access = Literal["free", "partial", "paywalled"]
NoteKind = Literal["correction", "editor", "provenance", "helpline"]
Zone = Literal["top", "head", "body", "tail", "foot"]
ArticleKind = Literal[
    "article", "flash", "photo", "video", "broadcast", "interview", "editorial", "column", "personnel",
    "obituary", "market", "weather", "sports_result", "press_release", "correction", "newsletter", "other",
]  # fmt: skip
SectionCode = Literal[
    "politics", "economy", "society", "national", "world", "culture", "life", "sports", "entertainment",
    "science_tech", "opinion", "other",
]  # fmt: skip


class Part(BaseModel):
    """A frozen piece of the record; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Block(Part):
    """One block of the body, in reading order."""

    kind: BlockKind = "paragraph"
    text: str


class Author(Part):
    """Who wrote it. `role` is the word printed (기자, 특파원); `raw` the byline it was read from."""

    name: str
    role: str | None = None
    email: str | None = None
    affiliation: str | None = None
    kind: AuthorKind = "person"
    raw: str | None = None


class Dateline(Part):
    """What stands before the first sentence ("(서울=연합뉴스) 홍길동 기자 ="): the place and the agency."""

    place: str | None = None
    agency: str | None = None
    raw: str


class Outlet(Part):
    """A publisher or a portal: its Korean name, its profile's key and its domain where known."""

    name: str
    key: str | None = None
    domain: str | None = None


class DateSource(Part):
    """How a time in the record was read. `zone_assumed`: the page named no zone and KST was taken."""

    raw: str
    precision: Precision
    source: str
    zone_assumed: bool = True


class Image(Part):
    """An image of the article; `caption` is without its `credit` ("한빛시 제공")."""

    url: str | None = None
    caption: str | None = None
    credit: str | None = None


class PrintEdition(Part):
    """지면: the day, page ("A12") and edition of the printed paper."""

    date: dt.date | None = None
    page: str | None = None
    edition: str | None = None


class Rights(Part):
    """What the page says of rights. `ai_use_reserved` is True where AI use is reserved in words or markup.

    `robots` are the restrictions of its meta robots and X-Robots-Tag (noindex, noarchive, noai, ...), as a crawler
    of any name is given them.
    """

    copyright_line: str | None = None
    ai_use_reserved: bool = False
    license: str | None = None
    robots: tuple[str, ...] = ()


class Note(Part):
    """A note that belongs to the article but not to its text."""

    kind: NoteKind
    text: str


class Removed(Part):
    """The receipt of a cut: the line, the id of the rule that took it, and where it stood."""

    text: str
    rule: str
    zone: Zone


class Encoding(Part):
    """How the bytes became text: codec, what decided it, and how many letters could not be read."""

    name: str
    chosen_by: str
    replaced: int = 0


class Http(Part):
    """What the fetch said, for conditional requests later."""

    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None


class Article(Part):
    """One article. Build it with `newsscrape.extract` or `newsscrape.normalize`.

    `Article.model_validate_json(line)` reads a record back; `newsscrape.to_json` writes one.
    """

    schema_version: Literal["1.0"] = "1.0"
    id: str
    url: str | None = None
    canonical_url: str | None = None
    alt_ids: dict[str, str] = Field(default_factory=dict)
    title: str | None = None
    title_raw: str | None = None
    labels: tuple[str, ...] = ()
    subtitles: tuple[str, ...] = ()
    kind: ArticleKind = "article"
    body: tuple[Block, ...] = ()
    dateline: Dateline | None = None
    authors: tuple[Author, ...] = ()
    publisher: Outlet | None = None
    portal: Outlet | None = None
    source_agency: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    dates: dict[str, DateSource] = Field(default_factory=dict)
    section: str | None = None
    section_code: SectionCode | None = None
    tags: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    print_edition: PrintEdition | None = None
    language: str = "ko"
    access: Access = "free"
    truncated: bool = False
    rights: Rights = Field(default_factory=Rights)
    notes: tuple[Note, ...] = ()
    removed: tuple[Removed, ...] = ()
    provenance: dict[str, str] = Field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    encoding: Encoding | None = None
    fetched_at: datetime | None = None
    http: Http | None = None
    content_hash: str
    fingerprint: str
    generator: str

    @model_validator(mode="before")
    @classmethod
    def _text_is_derived(cls, data: Any) -> Any:
        """`text` stands in the JSON for its readers; it is read back from `body`."""
        if isinstance(data, dict) and "text" in data:
            return {key: value for key, value in data.items() if key != "text"}
        return data

    @computed_field  # type: ignore[prop-decorator]
    @property
    def text(self) -> str:
        """The body's texts joined by newlines."""
        return "\n".join(block.text for block in self.body)


def come_by(article: Article, way: str) -> Article:
    """The same article, whose provenance tells how its page was come by: "rendered", "alternate:...", "warc:..."."""
    return article.model_copy(update={"provenance": {**article.provenance, "page": way}})


AUDIT_FIELDS = ("removed", "provenance", "warnings", "encoding")


def to_json(article: Article, *, audit: bool = True, indent: bool = False) -> str:
    """The record as one JSON document: UTF-8 unescaped, ISO 8601 times, `null` where nothing is known.

    `audit=False` leaves out how it was read (removed lines, provenance, warnings, encoding) for
    readers who want the article alone. `indent` writes it for the eye instead of on one line.
    """
    import orjson

    data: dict[str, Any] = article.model_dump(mode="json")
    if not audit:
        data = {key: value for key, value in data.items() if key not in AUDIT_FIELDS}
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 if indent else None).decode()


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the record, as committed in `newsscrape/article.schema.json`."""
    schema = Article.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}
