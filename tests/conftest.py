"""Fixtures of several files: both databases, an archive on each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import postgresql
import pytest

from newsscrape.archive import Archive, open_archive


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgresql.Server]:
    """A server; tests that need one are skipped where there is none."""
    with postgresql.server() as server:
        if server is None:
            pytest.skip(postgresql.MISSING)
        yield server
        server.close()


@pytest.fixture
def postgresql_database(postgresql_server: postgresql.Server) -> str:
    """The address of an empty schema."""
    return postgresql_server.schema()


@pytest.fixture
def own_database(postgresql_server: postgresql.Server) -> Iterator[str]:
    """The address of a database that the test may let go away."""
    address = postgresql_server.new()
    yield address
    postgresql_server.drop(address)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh database of either kind, as `open_archive` takes it."""
    if request.param == "sqlite":
        return str(tmp_path / "news.db")
    address: str = request.getfixturevalue("postgresql_database")
    return address


@pytest.fixture
def archive(database: str) -> Iterator[Archive]:
    """An open archive of either kind."""
    with open_archive(database) as archive:
        yield archive
