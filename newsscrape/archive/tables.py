"""The tables, as the newest version of the schema has them (see `migrations` for how a file gets there).

Moments are UTC: ISO 8601 text that sorts as time on SQLite, `timestamptz` on PostgreSQL.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    DDL,
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData()
_Serial = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER PRIMARY KEY counts by itself in SQLite


class Moment(TypeDecorator[datetime]):
    """A moment with a zone; comes back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Text on SQLite, which has no type for moments."""
        return dialect.type_descriptor(String(32) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Into the database, in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.isoformat(timespec="microseconds") if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Out of the database."""
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(UTC)


class Letters(TypeDecorator[str]):
    """Text as pages and servers send it. What no database takes is put away: NUL, and halves of surrogate pairs."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Into the database; a half of a pair becomes a question mark."""
        return None if value is None else value.replace("\x00", "").encode("utf-8", "replace").decode()


schema_versions = Table(
    "schema_versions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("applied_at", Moment, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("id", _Serial, primary_key=True),
    Column("site", Letters, nullable=False),
    Column("kind", Letters, nullable=False),  # feed, sitemap, section
    Column("url", Letters, nullable=False),
    Column("parent", Letters),  # of a sitemap: the index that names it
    Column("etag", Letters),
    Column("last_modified", Letters),
    Column("announced", Letters),  # of a sitemap: the lastmod that its index gives it
    Column("read_announced", Letters),  # and the one that it had when it was last read
    Column("horizon", Moment),  # the `since` of the last visit: what was older is not in `pages`
    Column("visited_at", Moment),
    Column("next_visit", Moment),
    Column("interval", Integer, nullable=False),  # seconds between visits, as the list's own rhythm has set it
    Column("unfinished", Integer, nullable=False),  # pages walked of a list whose walk was broken off; 0: walked
    Column("failures", Integer, nullable=False),  # in a row
    Column("problem", Letters),  # of the last visit, in words
    UniqueConstraint("site", "url"),
)

LEFT = "state IN ('pruned', 'deleted')"
"""What is true of a page whose article has left the archive; in these words an index knows it."""

pages = Table(
    "pages",
    metadata,
    Column("id", _Serial, primary_key=True),
    Column("site", Letters, nullable=False),
    Column("identity", Letters, nullable=False),  # the article's number in the address, else the bare address
    Column("url", Letters, nullable=False),
    Column("state", Letters, nullable=False),  # see `pages.State`
    Column("due_at", Moment),  # when it may be asked for (again); null: never
    Column("tries", Integer, nullable=False),  # failures in a row
    Column("reason", Letters),  # why it is in this state, in words
    Column("kind", Letters),  # of a rejected page: list, login, robots, ...
    Column("wanted_by", Letters),  # the run that asks for it by its address
    Column("listed_at", Moment, nullable=False),
    Column("fetched_at", Moment),
    Column("published_at", Moment),
    Column("status", Integer),
    Column("etag", Letters),
    Column("last_modified", Letters),
    Column("article", Letters),
    UniqueConstraint("site", "identity"),
    Index("pages_due", "site", "due_at", "id"),
    Index("pages_state", "site", "state"),
    Index("pages_article", "article"),
    Index("pages_left", "url", sqlite_where=text(LEFT), postgresql_where=text(LEFT)),
    sqlite_autoincrement=True,  # ids never come again, so "newer than" can be asked of them
)

articles = Table(
    "articles",
    metadata,
    Column("seq", _Serial, primary_key=True),  # the order of arrival
    Column("id", Letters, nullable=False, unique=True),
    Column("site", Letters, nullable=False),
    Column("url", Letters),
    Column("title", Letters),
    Column("kind", Letters, nullable=False),
    Column("section_code", Letters),
    Column("published_at", Moment),
    Column("modified_at", Moment),
    Column("fetched_at", Moment),
    Column("saved_at", Moment, nullable=False),
    Column("gone_at", Moment),  # when the publisher was found to have removed it
    Column("version", Integer, nullable=False),  # 1, and one more with every change
    Column("revision", Letters, nullable=False, server_default="first"),  # what made this version (see `revisions`)
    Column("changed", Letters),  # the parts that differ from the version before, joined by commas
    Column("headline", Letters),  # a key of publisher and headline; with the stage it tells stories (see `stories`)
    Column("stage", Integer),
    Column("story", Letters),  # of a wire's chain (1보, 종합, 종합2보): the article that names it
    Column("derived", Integer, nullable=False, server_default="0"),  # 1: search entry, copies, story are up to date
    # The number of its last save, in the order of commits (see `changes`).
    Column("change", BigInteger, nullable=False),
    Column("version_hash", Letters, nullable=False),  # of what a reader would call a change (see `entry`)
    Column("content_hash", Letters, nullable=False),
    Column("record", Letters, nullable=False),
    # With what `archive stats` counts: it need not read the rows, which are long.
    Index("articles_published", "site", "published_at", "version", "gone_at"),
    Index("articles_day", "published_at"),
    Index("articles_url", "url"),
    Index("articles_change", "change", unique=True),
    Index("articles_saved", "site", "saved_at"),
    Index("articles_headline", "headline"),
    Index(
        "articles_stage",
        "site",
        "published_at",
        sqlite_where=text("stage IS NOT NULL"),
        postgresql_where=text("stage IS NOT NULL"),
    ),
    Index("articles_story", "story"),
    Index("articles_underived", "seq", sqlite_where=text("derived = 0"), postgresql_where=text("derived = 0")),
    sqlite_autoincrement=True,
)

revisions = Table(
    "revisions",  # what `articles` held before, and removals; the newest version stands in `articles` alone
    metadata,
    Column("id", _Serial, primary_key=True),
    Column("article", Letters, nullable=False),
    Column("version", Integer, nullable=False),
    Column("revision", Letters, nullable=False),
    Column("changed", Letters),
    Column("title", Letters),
    Column("published_at", Moment),
    Column("modified_at", Moment),
    Column("fetched_at", Moment),
    Column("saved_at", Moment, nullable=False),
    Column("change", BigInteger),
    Column("version_hash", Letters),
    Column("content_hash", Letters),
    Column("record", Letters),  # null for a removal, which has no text of its own
    Index("revisions_article", "article", "id"),
)

texts = Table(
    "texts",  # what search looks through (see `search.index`)
    metadata,
    Column("article", BigInteger, primary_key=True, autoincrement=False),  # its `seq`
    Column("facts", Letters, nullable=False),  # the marks of its site, kind, section and month
    Column("text", Letters, nullable=False),  # title and text, folded
)
# The index over them is made of what each database brings along.
for _dialect, _statement in (
    (
        "sqlite",
        "CREATE VIRTUAL TABLE marks USING fts5 (letters, content='', detail=none, columnsize=0, tokenize=ascii)",
    ),
    ("postgresql", "CREATE TABLE marks (article BIGINT NOT NULL PRIMARY KEY, letters TEXT NOT NULL)"),
    ("postgresql", "CREATE INDEX marks_letters ON marks USING gin (string_to_array(letters, ' '))"),
):
    event.listen(texts, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]

sketches = Table(
    "sketches",  # what tells near copies (see `clusters`), of articles whose text is long enough to have one
    metadata,
    Column("article", BigInteger, primary_key=True, autoincrement=False),  # its `seq`
    Column("text", BigInteger, nullable=False),  # one number for all texts with the same letters
    Column("hashes", LargeBinary, nullable=False),
    Column("originality", Integer, nullable=False),  # the larger, the likelier the origin of its copies
    Column("cluster", BigInteger),  # the smallest `seq` of its near copies; null: it has none
    Index("sketches_text", "text"),
    Index(
        "sketches_cluster",
        "cluster",
        sqlite_where=text("cluster IS NOT NULL"),
        postgresql_where=text("cluster IS NOT NULL"),
    ),
)

shingles = Table(
    "shingles",  # the hashes of sketches, of the first article with each text
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("article", BigInteger, primary_key=True, autoincrement=False),  # its `seq`
    sqlite_with_rowid=False,
)

captures = Table(
    "captures",  # what stands in WARC files: the reference of revisit records, and the note of where a page lies
    metadata,
    Column("id", _Serial, primary_key=True),
    Column("url", Letters, nullable=False),
    Column("digest", Letters, nullable=False),  # of the payload, as WARC writes it ("sha1:...")
    Column("record_id", Letters, nullable=False),
    Column("captured_at", Moment, nullable=False),
    Column("status", Integer, nullable=False),  # of the answer
    Column("file", Letters, nullable=False),  # its name, without the folder
    Column("place", BigInteger, nullable=False),  # where its record begins in it, in bytes
    Column("revisit", Integer, nullable=False),  # 1: a record that only refers to an earlier one
    Index("captures_url", "url"),
    Index("captures_digest", "digest"),
)

deletions = Table(
    "deletions",  # articles taken out on request, and never taken in again
    metadata,
    Column("article", Letters, primary_key=True),
    Column("deleted_at", Moment, nullable=False),
    Column("reason", Letters),
)

counters = Table(
    "counters",
    metadata,
    Column("name", Letters, primary_key=True),
    Column("value", BigInteger, nullable=False),  # the last number given out
)

outbox = Table(
    "outbox",
    metadata,
    Column("output", Letters, primary_key=True),
    Column("id", Letters, primary_key=True),  # of the article that this output still waits for
    Column("run", Letters, nullable=False),  # the run that is to write it
    Column("position", BigInteger, nullable=False),  # the file's length before: if the line is there, it is behind that
)

hosts = Table(
    "hosts",
    metadata,
    Column("host", Letters, primary_key=True),
    Column("closed_until", Moment),
    Column("reason", Letters),
    Column("strikes", Integer, nullable=False),  # how often in a row it had to be left alone
)

robots = Table(
    "robots",
    metadata,
    Column("url", Letters, primary_key=True),
    Column("status", Integer, nullable=False),
    Column("body", Letters, nullable=False),
    Column("fetched_at", Moment, nullable=False),
)

units = Table(
    "units",
    metadata,
    Column("site", Letters, primary_key=True),
    Column("owner", Letters),
    Column("beat_at", Moment),
    Column("finished_at", Moment),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Letters, primary_key=True),
    Column("owner", Letters, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("beat_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("outcome", Letters),  # done, failures, interrupted, or the error in words
)

run_sites = Table(
    "run_sites",
    metadata,
    Column("run", Letters, primary_key=True),
    Column("site", Letters, primary_key=True),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("account", JSON, nullable=False),  # see `crawl_report.site_as_dict`
    Index("run_sites_site", "site", "started_at"),
)

quotas = Table(
    "quotas",
    metadata,
    Column("name", Letters, primary_key=True),
    Column("day", Letters, primary_key=True),
    Column("used", Integer, nullable=False),
)
