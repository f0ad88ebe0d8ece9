"""A PostgreSQL server for tests, and an empty schema on it for each of them.

`NEWSSCRAPE_TEST_POSTGRESQL` names a server where databases may be created ("postgresql://user@host/postgres").
Without it a private server is started from Debian's binaries, on a socket in a folder of its own.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

VARIABLE = "NEWSSCRAPE_TEST_POSTGRESQL"
MISSING = f"no PostgreSQL: install Debian's postgresql package, or name a server in {VARIABLE}"
_DEBIAN = Path("/usr/lib/postgresql")
_FOR_ROOT = ("postgres", "nobody")  # the server refuses to run as root


class Server:
    """A server where databases may be created; `url` names it and its database for administration."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self._common: str | None = None

    def schema(self) -> str:
        """The address of a new, empty schema in a database for all tests: much sooner there than a database."""
        self._common = self._common or self.new()
        name = _invented()
        with self._connection(self._common) as connection:
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        url = make_url(self._common).update_query_dict({"options": f"-csearch_path={name}"})
        return url.render_as_string(hide_password=False)

    def new(self) -> str:
        """The address of a new, empty database."""
        name = _invented()
        self._do("CREATE DATABASE {}", name)
        return self.url.set(database=name).render_as_string(hide_password=False)

    def close(self) -> None:
        """Removes the database of all tests."""
        if self._common is not None:
            self.drop(self._common)

    def drop(self, address: str) -> None:
        """Removes a database, whoever is still connected to it."""
        self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", _name(address))

    def shut(self, address: str) -> None:
        """Lets a database go away: its connections end, and it takes no new ones."""
        self._do("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false", _name(address))
        with self._connection() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [_name(address)]
            )

    def open(self, address: str) -> None:
        """Lets a database be there again."""
        self._do("ALTER DATABASE {} WITH ALLOW_CONNECTIONS true", _name(address))

    def _do(self, statement: LiteralString, name: str) -> None:
        with self._connection() as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))

    def _connection(self, address: str | None = None) -> psycopg.Connection[Any]:
        url = make_url(address) if address else self.url
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        return psycopg.connect(address, autocommit=True)


def _invented() -> str:
    return f"newsscrape_{uuid.uuid4().hex[:12]}"


def _name(address: str) -> str:
    return make_url(address).database or ""


@contextlib.contextmanager
def server() -> Iterator[Server | None]:
    """The server that the environment names, or a private one; None where neither is to be had."""
    if named := os.environ.get(VARIABLE):
        url = make_url(named)
        yield Server(url.set(database=url.database or "postgres"))
        return
    binaries = _binaries()
    if binaries is None:
        yield None
        return
    with _private(binaries) as url:
        yield Server(url)


def _binaries() -> Path | None:
    versions = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextlib.contextmanager
def _private(binaries: Path) -> Iterator[URL]:
    folder = Path(tempfile.mkdtemp(prefix="newsscrape-pg-"))
    user: dict[str, Any] = {}
    if os.geteuid() == 0:
        known = {entry.pw_name: entry for entry in pwd.getpwall()}
        other = next(known[name] for name in _FOR_ROOT if name in known)
        os.chown(folder, other.pw_uid, other.pw_gid)
        user = {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}

    def run(*command: str) -> None:
        # The log takes the output: the server would keep a pipe open.
        with (folder.parent / f"{folder.name}.out").open("ab") as log:
            subprocess.run(command, check=True, cwd=folder, stdout=log, stderr=log, timeout=60, **user)

    data = str(folder / "data")
    ctl = (str(binaries / "pg_ctl"), "-D", data, "-w", "-t", "30")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    try:
        run(str(binaries / "initdb"), "-D", data, "-U", "newsscrape", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        run(*ctl, "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield URL.create("postgresql", "newsscrape", database="postgres", query={"host": str(folder)})
        finally:
            run(*ctl, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        (folder.parent / f"{folder.name}.out").unlink(missing_ok=True)
