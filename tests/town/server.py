"""The town: newspapers on loopback, told apart by their Host header, served over real HTTP/1.1 with keep-alive.

    with Town(["hanbit", "nuri"]) as town:
        town["hanbit"].publish_many(5)
        town["nuri"].mood["/rss.xml"] = Fault(status=(503, 200), retry_after=1)
        keys = town.profiles(folder)        # then crawl, under newsscrape.cli.newsroom.crawl_settings()
        town.requests("hanbit", "/view/")   # what was asked, when, and what it got

The server lives in a thread of its own; everything here may be called from any thread while it serves.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .answers import answer
from .paper import Paper
from .wire import Wire

LOOPBACK = "127.0.0.1"


@dataclass(slots=True)
class Asked:
    """One request: when it came (monotonic seconds), for what, and what it got.

    `status` is None where the connection is reset instead, `ended` None while the answer is on its way;
    `sent` are the bytes of the body that left.
    """

    at: float
    host: str
    path: str
    headers: Mapping[str, str]
    status: int | None = None
    ended: float | None = None
    sent: int = 0

    def header(self, name: str) -> str | None:
        """A header that came with it, by its name in any letter case."""
        return self.headers.get(name.lower())


class Town:
    """The newspapers and their server; a context manager. The port is chosen by the system, and known at once."""

    def __init__(self, keys: Iterable[str] = (), *, seed: object = 1, **options: Any) -> None:
        self._listener = socket.create_server((LOOPBACK, 0), backlog=512)
        self._cellar = socket.create_server((LOOPBACK, 0))
        self.seed = seed
        self._papers: dict[str, Paper] = {}
        self._lock = threading.Lock()
        self._asked: list[Asked] = []
        self._open: Counter[str] = Counter()
        self._most: Counter[str] = Counter()
        self._intruders: list[str] = []
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="town", daemon=True)
        for key in keys:
            self.add(key, **options)

    @property
    def port(self) -> int:
        """The port of all papers."""
        return int(self._listener.getsockname()[1])

    def add(self, key: str, **options: Any) -> Paper:
        """Founds a paper on KEY.newsroom.test; the options are those of `Paper`."""
        paper = Paper(key, port=self.port, seed=self.seed, **options)
        self._papers[paper.host] = paper
        return paper

    def __getitem__(self, key: str) -> Paper:
        return next(paper for paper in self.papers() if key in (paper.key, paper.host))

    def papers(self) -> list[Paper]:
        """All papers, in the order of their founding."""
        return list(self._papers.values())

    def profiles(self, folder: Path | str) -> list[str]:
        """Writes every paper's site profile into a folder (made if need be), for NEWSSCRAPE_SITES; returns the keys."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for paper in self.papers():
            (folder / f"{paper.key}.toml").write_text(paper.profile(), encoding="utf-8")
        return [paper.key for paper in self.papers()]

    @property
    def private_urls(self) -> tuple[str, ...]:
        """Addresses that no page of the world may lead a crawler to. All but the last are listened at: see `intruders`.

        [::1] is where this very port is, for those machines that have it; the last one is what clouds call metadata.
        """
        port = self._cellar.getsockname()[1]
        hosts = (LOOPBACK, "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0.0.0.0")
        return (*(f"http://{host}:{port}/secret" for host in hosts), "http://169.254.169.254/latest/meta-data/")

    @property
    def intruders(self) -> list[str]:
        """The first line of every request that came in at a private address."""
        with self._lock:
            return list(self._intruders)

    @property
    def asked(self) -> list[Asked]:
        """Every request so far, in the order of arrival, as it stands now."""
        with self._lock:
            return [replace(asked) for asked in self._asked]

    def requests(self, key: str | None = None, path: str = "", *, status: int | None = None) -> list[Asked]:
        """The requests to a paper (or host), with a path that starts so, and that got this status."""
        host = None if key is None else key if "." in key else self[key].host
        return [
            a
            for a in self.asked
            if host in (None, a.host) and a.path.startswith(path) and status in (None, a.status)
        ]  # fmt: skip

    def concurrent(self, key: str) -> int:
        """The most requests to a paper (or host) that were ever open at the same time."""
        with self._lock:
            return self._most[key if "." in key else self[key].host]

    def forget(self) -> None:
        """Empties the logs (`asked`, `concurrent`, `intruders`), as between two nights."""
        with self._lock:
            self._asked.clear()
            self._most.clear()
            self._intruders.clear()

    def __enter__(self) -> Town:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        servers = [
            self._loop.run_until_complete(asyncio.start_server(self._connection, sock=self._listener)),
            self._loop.run_until_complete(asyncio.start_server(self._intrusion, sock=self._cellar)),
        ]
        with contextlib.suppress(OSError):  # machines without IPv6
            port = self._cellar.getsockname()[1]
            servers.append(self._loop.run_until_complete(asyncio.start_server(self._intrusion, "::1", port)))
        self._loop.call_soon(self._ready.set)
        self._loop.run_forever()
        for server in servers:
            server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.close()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire = Wire(reader, writer)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while not wire.closed:
                await self._request(wire, await wire.head())
        wire.close()

    async def _request(self, wire: Wire, head: str) -> None:
        first, *lines = head.rstrip().split("\r\n")
        method, target, _ = first.split(" ", 2)
        if target.startswith("http://"):  # as a proxy is asked, and a server must understand (RFC 9112, 3.2.2)
            target = "/" + target.split("/", 3)[3]
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        asked = Asked(time.monotonic(), headers.get("host", "").partition(":")[0].lower(), target, headers)
        with self._lock:
            self._asked.append(asked)
            self._open[asked.host] += 1
            self._most[asked.host] = max(self._most[asked.host], self._open[asked.host])
        try:
            made = answer(self._papers.get(asked.host), method, target, headers)
            asked.status = None if made.fault.reset else made.status
            keep = headers.get("connection", "").lower() != "close"
            await wire.send(made, head_only=method == "HEAD", keep=keep)
        finally:
            with self._lock:
                asked.ended, asked.sent = time.monotonic(), wire.sent
                self._open[asked.host] -= 1

    async def _intrusion(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.readline()
        with self._lock:
            self._intruders.append(first.decode("latin-1").strip())
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret")
        writer.close()
