"""How large an archive is, and what takes the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError

from newsscrape.archive.archive import Archive
from newsscrape.archive.tables import articles, captures, metadata, revisions, schema_versions

# A table's pages, with those of its indexes; what belongs to a virtual table (full text) counts under its name.
_SQLITE_BYTES = """
SELECT coalesce(master.tbl_name, dbstat.name), sum(dbstat.pgsize)
FROM dbstat LEFT JOIN sqlite_master AS master ON master.name = dbstat.name GROUP BY 1
"""
_POSTGRESQL_BYTES = """
SELECT relname, pg_total_relation_size(oid) FROM pg_class
WHERE relkind IN ('r', 'm') AND relnamespace = current_schema()::regnamespace
"""


@dataclass(frozen=True, slots=True)
class TableSize:
    """A table: its rows, and the bytes of table and indexes together (None where they were not asked for)."""

    name: str
    rows: int
    size: int | None


@dataclass(frozen=True, slots=True)
class SiteCount:
    """What the archive has of a site; `first` and `last` are times of publication in UTC."""

    site: str
    articles: int
    gone: int
    edited: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Stats:
    """An archive's sizes. `size` is the whole database in bytes; `captures` are records in `warc_files` WARC files."""

    database: str
    schema: int
    size: int
    articles: int
    older_versions: int
    captures: int
    warc_files: int
    tables: tuple[TableSize, ...]
    sites: tuple[SiteCount, ...]


def stats(archive: Archive, *, by_table: bool = True) -> Stats:
    """Counts what is in an archive.

    `by_table` asks for the bytes of each table, too: PostgreSQL keeps them, SQLite reads its whole file for them.
    Raises `ArchiveError`.
    """
    with archive.read() as connection:
        sizes = _bytes(connection) if by_table else {}
        tables = [
            TableSize(name, _count(connection, f"SELECT count(*) FROM {name}"), sizes.pop(name, None))
            for name in metadata.tables
        ]
        tables += [TableSize(name, 0, size) for name, size in sizes.items() if not name.startswith("sqlite_")]
        return Stats(
            database=archive.name,
            schema=connection.execute(select(func.max(schema_versions.c.number))).scalar_one(),
            size=archive.size(),
            articles=next(table.rows for table in tables if table.name == articles.name),
            older_versions=connection.execute(
                select(func.count()).select_from(revisions).where(revisions.c.record.is_not(None))
            ).scalar_one(),
            captures=next(table.rows for table in tables if table.name == captures.name),
            warc_files=connection.execute(select(func.count(captures.c.file.distinct()))).scalar_one(),
            tables=tuple(sorted(tables, key=lambda table: (-(table.size or 0), -table.rows, table.name))),
            sites=tuple(_sites(connection)),
        )


def _sites(connection: Connection) -> list[SiteCount]:
    counts = (
        articles.c.site, func.count(), func.count(articles.c.gone_at),
        func.count().filter(articles.c.version > 1), func.min(articles.c.published_at),
        func.max(articles.c.published_at),
    )  # fmt: skip
    rows = connection.execute(select(*counts).group_by(articles.c.site).order_by(func.count().desc(), articles.c.site))
    return [SiteCount(*row) for row in rows]


def _bytes(connection: Connection) -> dict[str, int]:
    statement = _POSTGRESQL_BYTES if connection.dialect.name == "postgresql" else _SQLITE_BYTES
    try:
        return {name: int(size) for name, size in connection.execute(text(statement))}
    except DBAPIError:  # an SQLite that was built without dbstat
        return {}


def _count(connection: Connection, statement: str) -> int:
    return int(connection.execute(text(statement)).scalar_one())
