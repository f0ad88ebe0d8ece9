"""Archives of older schemas: what is in them is there after the upgrade, and the schema is a new archive's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ledger import NOON
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from newsscrape.archive import Archive, open_archive
from newsscrape.archive.selection import read
from newsscrape.archive.tables import metadata

SCHEMAS = Path(__file__).parent / "schemas"
RECORD = '{"id": "hanbit:1", "title": "골목 정원", "text": "골목에 정원이 열렸다."}'
ARTICLE = """
INSERT INTO articles (id, site, title, kind, saved_at, version, change, version_hash, content_hash, record)
VALUES ('hanbit:1', 'hanbit', '골목 정원', 'article', :now, 1, 1, 'v1', 'c1', :record)
"""


def old(database: str, version: int) -> Engine:
    """A database as that version of the schema had it, with one article."""
    sqlite = "://" not in database
    engine = create_engine(f"sqlite:///{database}" if sqlite else database.replace("://", "+psycopg://", 1))
    script = (SCHEMAS / f"version_{version}.{engine.dialect.name}.sql").read_text()
    with engine.begin() as connection:
        for statement in filter(str.strip, script.split(";")):
            connection.execute(text(statement))
        fill(connection, version)
    return engine


def fill(connection: Connection, version: int) -> None:
    now = NOON.isoformat(timespec="microseconds")
    connection.execute(text("INSERT INTO schema_versions VALUES (:number, :now)"), {"number": version, "now": now})
    connection.execute(text("INSERT INTO counters VALUES ('articles', 1)"))
    connection.execute(text(ARTICLE), {"now": now, "record": RECORD})


def shape(archive: Archive) -> dict[str, Any]:
    """Tables with their columns and indexes."""
    inspector = inspect(archive.engine)
    return {
        table: (
            {(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)},
            inspector.get_pk_constraint(table)["constrained_columns"],
            {(i["name"], tuple(i["column_names"]), bool(i["unique"])) for i in inspector.get_indexes(table)},
        )
        for table in metadata.tables
    }


@pytest.mark.parametrize("version", [1])
def test_an_upgraded_archive_has_the_schema_of_a_new_one(
    database: str, version: int, archive: Archive, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    other = str(tmp_path / "old.db") if "://" not in database else request.getfixturevalue("postgresql_server").schema()
    old(other, version).dispose()
    with open_archive(other) as upgraded:
        assert shape(upgraded) == shape(archive)


@pytest.mark.parametrize("version", [1])
def test_what_was_in_an_old_archive_is_in_the_upgraded_one(database: str, version: int) -> None:
    old(database, version).dispose()
    with open_archive(database) as archive:
        assert [kept.record for kept in read(archive)] == [RECORD]


@pytest.mark.parametrize("version", [1])
def test_what_is_derived_from_texts_is_made_up_for(database: str, version: int) -> None:
    old(database, version).dispose()
    with open_archive(database) as archive, archive.read() as connection:
        assert connection.execute(text("SELECT derived FROM articles")).scalars().all() == [1]
