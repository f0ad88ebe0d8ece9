"""What is said when the archive's database fails: no permission, a full disk, garbage, a server that goes away."""

from __future__ import annotations

import os
import resource
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import postgresql
import pytest
from ledger import NOON, add_pages, entry, outcome, start

from newsscrape.archive import open_archive
from newsscrape.archive.articles import Articles
from newsscrape.archive.pages import Pages
from newsscrape.errors import ArchiveError

READ_ONLY = """
import os, sys
from newsscrape.archive import open_archive
from newsscrape.errors import ArchiveError
open_archive()  # all that is to be imported is
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    open_archive(sys.argv[1])
except ArchiveError as error:
    print(error)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other users may look into, which pytest's are not."""
    folder = Path(tempfile.mkdtemp(prefix="newsscrape-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_file_that_may_not_be_written(folder: Path) -> None:
    open_archive(folder / "news.db").close()
    (folder / "news.db").chmod(0o444)
    folder.chmod(0o555)
    said = outcome(start(READ_ONLY, str(folder / "news.db")))
    assert said.startswith(f"{folder}/news.db cannot be opened: ")
    assert "readonly" in said or "unable to open" in said


def test_a_file_that_may_not_be_read(folder: Path) -> None:
    open_archive(folder / "news.db").close()
    (folder / "news.db").chmod(0)
    said = outcome(start(READ_ONLY, str(folder / "news.db")))
    assert said == f"{folder}/news.db cannot be opened: Permission denied\n"


FULL = """
import sys
from ledger import NOON, entry
from newsscrape.archive import open_archive
from newsscrape.archive.articles import Articles
from newsscrape.errors import ArchiveError
archive = open_archive(sys.argv[1])
saved = 0
try:
    for number in range(10_000):
        with archive.write() as connection:
            Articles(archive).save(connection, [("hanbit", entry(number))], NOON)
        saved += 1
except ArchiveError as error:
    print(saved, error)
"""


def test_a_full_disk_is_told_and_what_was_committed_stays(tmp_path: Path) -> None:
    path = tmp_path / "news.db"

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))

    said = outcome(start(FULL, str(path), preexec_fn=limit))
    saved, _, words = said.partition(" ")
    assert words.startswith(f"{path}: ") and "run again to go on" in words
    assert "disk" in words
    assert int(saved) > 0
    with open_archive(path) as archive:
        kept = [Articles(archive).standing(f"hanbit:{number}").version for number in range(int(saved))]
    assert set(kept) == {"v1"}


def spoiled(path: Path, change: Callable[[bytearray], None]) -> None:
    content = bytearray(path.read_bytes())
    change(content)
    path.write_bytes(content)


def test_a_file_whose_pages_are_garbage(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with open_archive(path) as archive:
        add_pages(archive, range(2000))

    def garbage(content: bytearray) -> None:
        content[4096:] = os.urandom(len(content) - 4096)

    spoiled(path, garbage)
    with pytest.raises(ArchiveError, match=r"malformed|not a database"), open_archive(path) as archive:
        add_pages(archive, range(2000, 3000))


def test_a_file_that_was_cut(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with open_archive(path) as archive:
        add_pages(archive, range(2000))
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    with pytest.raises(ArchiveError, match=r"malformed|disk I/O"), open_archive(path) as archive:
        Pages(archive, "hanbit").backlog(1 << 40, NOON, 5000)
        add_pages(archive, range(2000, 3000))


def test_a_header_that_is_garbage(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    open_archive(path).close()
    spoiled(path, lambda content: content.__setitem__(slice(16, 100), os.urandom(84)))
    with pytest.raises(ArchiveError, match="cannot be opened"):
        open_archive(path)


def test_a_server_that_goes_away_is_told(postgresql_server: postgresql.Server, own_database: str) -> None:
    with open_archive(own_database) as archive:
        with (
            pytest.raises(ArchiveError, match=r"terminat.*what was committed is safe, run again to go on"),
            archive.write() as connection,
        ):
            Articles(archive).save(connection, [("hanbit", entry(1))], NOON)
            postgresql_server.shut(own_database)
            Articles(archive).save(connection, [("hanbit", entry(2))], NOON)
        with pytest.raises(ArchiveError, match="not currently accepting connections"):
            add_pages(archive, [1])
        postgresql_server.open(own_database)
        assert add_pages(archive, [1]) == 1
        assert Articles(archive).standing("hanbit:1").version is None


def test_a_server_that_was_restarted_between_two_statements_is_found_again(
    postgresql_server: postgresql.Server, own_database: str
) -> None:
    with open_archive(own_database) as archive:
        add_pages(archive, [1])
        postgresql_server.shut(own_database)
        postgresql_server.open(own_database)
        assert add_pages(archive, [1, 2]) == 1
