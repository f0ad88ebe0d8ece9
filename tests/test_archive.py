"""The database of the archive: opening, upgrading, moments, odd letters."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from ledger import NOON, add_pages, address, entry, outcome, start
from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError, StatementError

from newsscrape.archive import Archive, open_archive
from newsscrape.archive.articles import Articles
from newsscrape.archive.hosts import Hosts
from newsscrape.archive.migrations import STEPS, upgrade
from newsscrape.archive.pages import Pages
from newsscrape.archive.sources import Rhythm, Sources
from newsscrape.errors import ArchiveError

NEWEST = len(STEPS) + 1


def writing(archive: Archive) -> Engine:
    return archive.engine.execution_options(newsscrape_writes=True)


def add_column(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE hosts ADD COLUMN note VARCHAR"))


def fill_column(connection: Connection) -> None:
    connection.execute(text("UPDATE hosts SET note = 'was ' || reason"))


def note(archive: Archive) -> str | None:
    with archive.read() as connection:
        found: str | None = connection.execute(text("SELECT note FROM hosts")).scalar()
        return found


def columns(archive: Archive) -> set[str]:
    return {column["name"] for column in inspect(archive.engine).get_columns("hosts")}


def versions(archive: Archive) -> list[int]:
    with archive.read() as connection:
        return list(connection.execute(text("SELECT number FROM schema_versions ORDER BY number")).scalars())


def close_a_host(archive: Archive) -> None:
    Hosts(archive).close("a.test", NOON, timedelta(hours=1), "403")


def test_a_new_database_has_the_newest_version(archive: Archive) -> None:
    assert versions(archive) == [NEWEST]


def test_an_old_database_is_upgraded_with_what_is_in_it(archive: Archive) -> None:
    close_a_host(archive)
    upgrade(writing(archive), archive.name, steps=[*STEPS, add_column, fill_column])
    assert note(archive) == "was 403"
    assert versions(archive) == [NEWEST, NEWEST + 1, NEWEST + 2]


def test_an_upgraded_database_is_not_upgraded_again(archive: Archive) -> None:
    upgrade(writing(archive), archive.name, steps=[*STEPS, add_column])
    upgrade(writing(archive), archive.name, steps=[*STEPS, add_column])
    assert versions(archive) == [NEWEST, NEWEST + 1]


def test_a_step_that_fails_leaves_the_database_as_it_was_before_that_step(archive: Archive) -> None:
    def half(connection: Connection) -> None:
        connection.execute(text("ALTER TABLE hosts ADD COLUMN other VARCHAR"))
        connection.execute(text("UPDATE nothing SET other = 1"))

    close_a_host(archive)
    with pytest.raises(SQLAlchemyError, match="nothing"):
        upgrade(writing(archive), archive.name, steps=[*STEPS, add_column, half])
    assert versions(archive) == [NEWEST, NEWEST + 1]
    assert "note" in columns(archive) and "other" not in columns(archive)
    upgrade(writing(archive), archive.name, steps=[*STEPS, add_column, fill_column])
    assert note(archive) == "was 403"


UPGRADE = """
import sys, time
from sqlalchemy import text
from newsscrape.archive import open_archive
from newsscrape.archive.migrations import STEPS, upgrade

def step(connection):
    connection.execute(text("INSERT INTO hosts (host, strikes) VALUES ('a.test', 0)"))  # a second time would fail
    time.sleep(0.3)

archive = open_archive(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
upgrade(archive.engine.execution_options(newsscrape_writes=True), "it", steps=[*STEPS, step])
"""


def test_two_processes_upgrade_at_once(archive: Archive, database: str) -> None:
    children = [start(UPGRADE, database) for _ in range(2)]
    for child in children:
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        outcome(child)
    assert versions(archive) == [NEWEST, NEWEST + 1]


OPEN = """
import sys
from newsscrape.archive import open_archive
open_archive()  # all that is to be imported is
print("ready", flush=True)
sys.stdin.readline()
for database in sys.argv[1:]:
    open_archive(database).close()
"""


def test_several_processes_open_a_new_database_at_once(database: str, tmp_path: Path) -> None:
    many = [database, *(str(tmp_path / f"{n}.db") for n in range(10))]
    children = [start(OPEN, *many) for _ in range(4)]
    for child in children:
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        outcome(child)
    for one in many:
        with open_archive(one) as archive:
            assert versions(archive) == [NEWEST]


def test_a_newer_database_is_refused(database: str) -> None:
    with open_archive(database) as archive, archive.write() as connection:
        connection.execute(text("INSERT INTO schema_versions VALUES (99, :now)"), {"now": NOON.isoformat()})
    with pytest.raises(ArchiveError, match=r"newer newsscrape.*upgrade"):
        open_archive(database)


def test_a_database_with_tables_of_these_names_is_refused(database: str) -> None:
    sqlite = "://" not in database
    url = f"sqlite:///{database}" if sqlite else database.replace("postgresql", "postgresql+psycopg", 1)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE pages (title VARCHAR)"))
        connection.execute(text("INSERT INTO pages VALUES ('mine')"))
    with pytest.raises(ArchiveError, match=r"no archive of newsscrape.*pages"):
        open_archive(database)
    assert inspect(engine).get_table_names() == ["pages"]
    engine.dispose()


def test_another_programs_sqlite_file_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE moz_places (url TEXT)")
        connection.execute("INSERT INTO moz_places VALUES ('http://a.test/')")
    connection.close()
    before = hashlib.sha256(path.read_bytes()).digest()
    with pytest.raises(ArchiveError, match=r"places\.sqlite is no archive of newsscrape.*moz_places"):
        open_archive(path)
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert [file.name for file in tmp_path.iterdir()] == ["places.sqlite"]


@pytest.mark.parametrize("content", [b"id,url\n1,http://a.test/\n", b'{"id": "a"}\n', b"\0" * 4096])
def test_a_file_that_is_no_database_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match="is no SQLite file; nothing was changed"):
        open_archive(path)
    assert path.read_bytes() == content


def test_an_empty_file_becomes_an_archive(tmp_path: Path) -> None:
    (tmp_path / "news.db").touch()
    with open_archive(tmp_path / "news.db") as archive:
        assert versions(archive) == [NEWEST]


@pytest.mark.parametrize(
    ("database", "words"),
    [
        ("mysql://user:secret@host/base", "mysql databases are not supported"),
        ("nonsense://", "nonsense databases are not supported"),
        ("://", "no database address"),
        ("postgresql://user:secret@localhost:notaport/base", "no database address"),
    ],
)
def test_an_address_of_something_else_is_refused(database: str, words: str) -> None:
    with pytest.raises(ArchiveError, match=words) as error:
        open_archive(database)
    assert "secret" not in str(error.value)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="is a folder"):
        open_archive(tmp_path)


def test_nobody_listens_at_the_servers_address() -> None:
    with pytest.raises(ArchiveError, match="cannot be opened") as error:
        open_archive("postgresql://user:secret@127.0.0.1:1/base")
    assert "secret" not in str(error.value)
    assert "\n" not in str(error.value)


def test_a_database_that_the_server_does_not_have(postgresql_database: str) -> None:
    with pytest.raises(ArchiveError, match="does not exist"):
        open_archive(postgresql_database.replace("newsscrape_", "other_"))


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 2, 12, 0, tzinfo=timezone(timedelta(hours=9))),
        datetime(2026, 3, 2, 3, 0, 0, 1, tzinfo=UTC),
        datetime(1945, 8, 15, tzinfo=timezone(timedelta(hours=9))),
        datetime(9999, 1, 1, tzinfo=UTC),
    ],
    ids=str,
)
def test_moments_come_back_as_the_same_moment_in_utc(archive: Archive, moment: datetime) -> None:
    with archive.write() as connection:
        Articles(archive).save(connection, [("hanbit", entry(1))], moment)
    with archive.read() as connection:
        from newsscrape.archive.tables import articles

        (back,) = connection.execute(articles.select().with_only_columns(articles.c.saved_at)).scalars()
    assert back == moment
    assert back.tzinfo is UTC


def test_moments_are_in_the_order_of_time_whatever_their_zone(archive: Archive) -> None:
    kst = timezone(timedelta(hours=9))
    add_pages(archive, [1], now=datetime(2026, 3, 2, 9, 30, tzinfo=kst))  # 00:30 UTC
    pages = Pages(archive, "hanbit")
    assert pages.due(datetime(2026, 3, 2, 0, 29, 59, tzinfo=UTC)) == 0
    assert pages.due(datetime(2026, 3, 2, 0, 30, tzinfo=UTC)) == 1


def test_a_moment_without_a_zone_is_refused(archive: Archive) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        add_pages(archive, [1], now=datetime(2026, 3, 2))


ODD = {
    "nul": "정원\x00이 열렸다",
    "half-a-pair": "정원\ud83d이 열렸다",
    "quotes": "'; DROP TABLE pages; --",
    "percent": "100% 할인 %s %(x)s :name",
    "emoji": "🌱정원",
    "long": "가" * 100_000,
    "controls": "\x01\x1f\x7f\u200b\ufeff\u2028",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_letters_in_a_title(archive: Archive, odd: str) -> None:
    with archive.write() as connection:
        Articles(archive).save(connection, [("hanbit", entry(1, title=odd))], NOON)
    assert Articles(archive).standing("hanbit:1").version == "v1"


@pytest.mark.parametrize("odd", [odd for name, odd in ODD.items() if name != "long"])
def test_odd_letters_in_what_a_server_said(archive: Archive, odd: str) -> None:
    sources = Sources(archive, "hanbit", Rhythm())
    with archive.write() as connection:
        sources.declare(connection, "feed", [address(1)])
    source = sources.find(address(1))
    assert source is not None
    with archive.write() as connection:
        sources.visited(connection, source, NOON, new=0, etag=odd, last_modified=odd)
        sources.failed(connection, source, NOON, odd)
        Pages(archive, "hanbit").add(connection, {odd: f"http://a.test/{odd}"}, NOON)
    back = sources.find(address(1))
    assert back is not None and back.etag


def test_what_is_written_in_a_transaction_that_breaks_off_is_not_there(archive: Archive) -> None:
    with pytest.raises(RuntimeError), archive.write() as connection:
        Articles(archive).save(connection, [("hanbit", entry(1))], NOON)
        raise RuntimeError
    assert Articles(archive).standing("hanbit:1").version is None


def test_the_databases_clock_is_the_clock(archive: Archive) -> None:
    assert abs(archive.now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert archive.now() <= archive.now()


def test_closing_twice_does_no_harm(archive: Archive) -> None:
    archive.close()
    archive.close()
