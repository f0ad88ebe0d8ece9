"""A server that is faster than any crawler: ten papers on one port, for the benchmarks of crawls.

    python -m tests.benchmarks.press --articles 200          # full pages of 30-60 KB, made before the first request
    python -m tests.benchmarks.press --articles 5000 --small # pages of 4 KB, made from their number when asked for

Prints its port, and ends with its standard input. Each paper lists all its articles in /rss.xml, and in sitemaps of
`SITEMAP` articles under /sitemap.xml. GET /first and /forget on the host `press` tell when the first article was
asked for (CLOCK_MONOTONIC, which all processes share), and start anew.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.town import Paper, pages

from .furniture import full_page

PAPERS = tuple(f"press{n}" for n in range(10))
SITEMAP = 250  # articles
ROOT = Path(__file__).parents[2]


class Press:
    """The answers, by host and path."""

    def __init__(self, port: int, articles: int, *, small: bool) -> None:
        self.papers = {p.host: p for p in (Paper(key, port=port, feed_size=articles) for key in PAPERS)}
        self.articles = articles
        self.small = small
        self.first: float | None = None
        self.asked = 0
        self._made: dict[tuple[str, str], bytes] = {}
        for host in self.papers:
            for path in ("/rss.xml", *(f"/view/{n}" for n in range(1, articles + 1) if not small)):
                self._made[host, path] = self._make(host, path)

    def answer(self, host: str, path: str) -> bytes:
        """A whole answer, headers and all."""
        if path.startswith("/view/"):
            self.asked += 1
            self.first = self.first or time.monotonic()
        return self._made.get((host, path)) or self._make(host, path)

    def _make(self, host: str, path: str) -> bytes:
        if host == "press":
            return self._control(path)
        paper, number = self.papers.get(host), path.rpartition("/")[2].partition(".")[0]
        if paper is None:
            return _http(404, "text/plain", b"")
        if path.startswith("/view/"):
            draft = paper.draft(int(number))
            kind = pages.html_type(draft)
            body = pages.article(paper, draft).encode(draft.encoding) if self.small else full_page(paper, draft)
            return _http(200, kind, body)
        if path == "/rss.xml":
            newest = range(self.articles, 0, -1)
            return _http(200, "application/rss+xml", pages.feed(paper, map(paper.draft, newest)).encode())
        if path == "/sitemap.xml":
            entries = [(paper.url(f"/sitemap/{n}.xml"), None) for n in range(-(-self.articles // SITEMAP))]
            return _http(200, "application/xml", pages.sitemap_index(entries).encode())
        if path.startswith("/sitemap/"):
            start = int(number) * SITEMAP
            entries = [(paper.url(n + 1), None) for n in range(start, min(start + SITEMAP, self.articles))]
            return _http(200, "application/xml", pages.sitemap(entries).encode())
        found = paper.page(path)
        return _http(200, found.content_type, found.body) if found else _http(404, "text/plain", b"")

    def _control(self, path: str) -> bytes:
        said = {"first": self.first, "articles": self.asked}
        if path == "/forget":
            self.first, self.asked = None, 0
        return _http(200, "application/json", json.dumps(said).encode())


def _http(status: int, kind: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status} OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return f'{head}ETag: "{hash(body) & 0xFFFFFFFF:08x}"\r\n\r\n'.encode() + body


class Connection(asyncio.Protocol):
    """A kept connection; requests have no body."""

    def __init__(self, press: Press) -> None:
        self.press = press
        self.received = b""

    def connection_made(self, transport: Any) -> None:
        """Remembers where to write."""
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answers every request that is complete."""
        self.received += data
        while (end := self.received.find(b"\r\n\r\n")) >= 0:
            head, self.received = self.received[:end].decode("latin-1"), self.received[end + 4 :]
            first, *lines = head.split("\r\n")
            host = next((line[5:].strip() for line in lines if line[:5].lower() == "host:"), "")
            self.transport.write(self.press.answer(host.partition(":")[0], first.split(" ")[1]))


async def _serve(articles: int, small: bool) -> None:
    loop = asyncio.get_running_loop()
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    port = listener.getsockname()[1]
    press = Press(port, articles, small=small)
    await loop.create_server(lambda: Connection(press), sock=listener)
    print(port, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


class Running:
    """A press that runs: its port, and what it counted."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, path: str) -> dict[str, Any]:
        """What /first or /forget say."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Host": "press"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request) as answer:
            said: dict[str, Any] = json.load(answer)
        return said

    def profiles(self, folder: Path, lists: tuple[str, ...]) -> list[str]:
        """Writes the papers' site profiles into a folder; returns their keys."""
        folder.mkdir(exist_ok=True)
        for key in PAPERS:
            paper = Paper(key, port=self.port, lists=lists)  # type: ignore[arg-type]
            (folder / f"{key}.toml").write_text(paper.profile(), encoding="utf-8")
        return list(PAPERS)


@contextmanager
def running_press(articles: int, *, small: bool = False) -> Iterator[Running]:
    """A press in a process of its own; it runs while the context does."""
    command = [sys.executable, "-m", "tests.benchmarks.press", "--articles", str(articles)]
    command += ["--small"] if small else []
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None and child.stdout is not None
        yield Running(int(child.stdout.readline()))
        child.stdin.close()


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--articles", type=int, default=200)
    options.add_argument("--small", action="store_true")
    chosen = options.parse_args()
    asyncio.run(_serve(chosen.articles, chosen.small))
