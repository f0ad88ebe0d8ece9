"""A small newsroom on loopback: invented publishers, served as they would serve themselves.

A folder holds one folder a host (`hanbit.newsroom.test/`), with its files as they go over the wire:
bytes in the host's own encoding. `host.toml` in it says what a real server would do::

    content_type = "text/html; charset=euc-kr"   # of pages; "" sends none
    identify_by = ["idxno", "page"]              # query parameters that pick a file:
                                                 #   /news/articleView.html?idxno=7 -> news/articleView-7.html
    [paths."/news/articleView.html?idxno=9"]     # what is special there, any of:
    status = [500, 200]                          #   one answer after the other; the last one stays
    redirect = "/login.html"
    stall = 30                                   #   seconds before the answer
    cut = 900                                    #   bytes after which the connection breaks
    headers = { Retry-After = "2" }
    file = "error.html"

`{port}` in a text file becomes the server's port; `*.gz` is packed from the file without that ending.
Every answer carries an ETag, and If-None-Match is answered with 304.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import threading
import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

DOMAIN = ".newsroom.test"
LOOPBACK = "127.0.0.1"
_TYPES = {
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".rdf": "application/rdf+xml",
    ".txt": "text/plain",
    ".gz": "application/gzip",
    ".json": "application/json",
    ".css": "text/css",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that came in: when (monotonic seconds), at which host, for what, with which headers."""

    at: float
    host: str
    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Host:
    """One host: its folder and what its `host.toml` says."""

    folder: Path
    content_type: str = "text/html; charset=utf-8"
    identify_by: tuple[str, ...] = ()
    paths: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Host:
        """Reads a host's folder; without `host.toml` it is an ordinary UTF-8 site."""
        path = folder / "host.toml"
        data = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        data["identify_by"] = tuple(data.get("identify_by", ()))
        return cls(folder, **data)

    def page(self, target: str) -> str:
        """The target without the query parameters that pick nothing (tracking, section codes)."""
        parts = urlsplit(target)
        query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if name in self.identify_by])
        return f"{parts.path}?{query}" if query else parts.path

    def file(self, page: str) -> Path | None:
        """The file for a page, or None."""
        parts = urlsplit(page)
        name = parts.path.lstrip("/") or "index.html"
        for _, value in parse_qsl(parts.query):
            path = Path(name)
            name = str(path.with_name(f"{path.stem}-{value}{path.suffix or '.html'}"))
        for candidate in (name, f"{name}.html", name.removesuffix(".gz")):
            path = (self.folder / candidate).resolve()
            if path.is_file() and path.is_relative_to(self.folder.resolve()) and path.name != "host.toml":
                return path
        return None


class Newsroom:
    """The server. Use it as a context manager; `asked` lists what was requested, in order."""

    def __init__(self, folder: Path) -> None:
        folders = (path for path in sorted(folder.iterdir()) if path.is_dir() and "." in path.name)
        self.hosts = {path.name: Host.read(path) for path in folders}
        self.folder = folder
        self.asked: list[Asked] = []
        self._answered: dict[tuple[str, str], int] = {}
        self._lock = threading.Lock()
        self._stopping = threading.Event()

    @cached_property
    def _server(self) -> ThreadingHTTPServer:
        newsroom = self

        class Handler(_Handler):
            room = newsroom

        return _Server((LOOPBACK, 0), Handler)

    @property
    def port(self) -> int:
        """The port on loopback, chosen by the system."""
        return int(self._server.server_address[1])

    def __enter__(self) -> Newsroom:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def write_profiles(self, folder: Path) -> list[str]:
        """Writes the newsroom's site profiles into a folder, with the port filled in; returns their keys."""
        keys = []
        for path in sorted((self.folder / "sites").glob("*.toml")):
            (folder / path.name).write_bytes(self.filled(path.read_bytes()))
            keys.append(path.stem)
        return keys

    def filled(self, text: bytes) -> bytes:
        """Text with `{port}` filled in; the braces are ASCII in every encoding served here."""
        return text.replace(b"{port}", str(self.port).encode())

    def turn(self, host: str, target: str) -> int:
        """How many times this was asked for before."""
        with self._lock:
            count = self._answered.get((host, target), 0)
            self._answered[host, target] = count + 1
            return count

    def pause(self, seconds: float) -> None:
        """Waits, but not beyond the server's end."""
        self._stopping.wait(seconds)


class _Server(ThreadingHTTPServer):
    """One thread a connection, and room for all hosts' first callers at once."""

    daemon_threads = True
    request_queue_size = 128


class _Handler(BaseHTTPRequestHandler):
    """Answers for all hosts of a newsroom."""

    room: Newsroom
    protocol_version = "HTTP/1.1"
    server_version = "newsroom"

    def do_GET(self) -> None:
        """Answers a GET as the host's folder says."""
        name = (self.headers.get("Host") or "").partition(":")[0].lower()
        self.room.asked.append(Asked(time.monotonic(), name, self.path, dict(self.headers.items())))
        with contextlib.suppress(ConnectionError):  # the asker did not wait
            self._answer(name)

    def _answer(self, name: str) -> None:
        host = self.room.hosts.get(name)
        if host is None:
            return self._send(404, b"no such host", {})
        page = host.page(self.path)
        special = dict(host.paths.get(page, {}))
        self.room.pause(special.get("stall", 0))
        headers = {str(key): str(value) for key, value in special.get("headers", {}).items()}
        if "redirect" in special:
            return self._send(302, b"", {**headers, "Location": special["redirect"]})
        turns = special.get("status", [200])
        turns = turns if isinstance(turns, list) else [turns]
        status = turns[min(self.room.turn(name, page), len(turns) - 1)]
        path = host.folder / special["file"] if "file" in special else host.file(page)
        if path is None:
            return self._send(404 if status == 200 else status, b"<h1>404</h1>", headers)
        body = self.room.filled(path.read_bytes())
        if page.endswith(".gz"):
            body = gzip.compress(body, mtime=0)
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == etag:
            return self._send(304, b"", {"ETag": etag})
        kind = _TYPES.get(Path(page.partition("?")[0]).suffix, host.content_type)
        headers = {"ETag": etag, **({"Content-Type": kind} if kind else {}), **headers}
        return self._send(status, body, headers, cut=special.get("cut"))

    def _send(self, status: int, body: bytes, headers: Mapping[str, str], cut: int | None = None) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body if cut is None else body[:cut])
        if cut is not None:
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: standard error belongs to the crawl's progress."""


def crawl_settings() -> dict[str, Any]:
    """Scrapy settings under which the newsroom's names lead to loopback, and no proxy stands between."""
    return {
        "TWISTED_DNS_RESOLVER": "newsscrape.spiders.resolver.GuardedResolver",  # for a Scrapy without our settings
        "NEWSSCRAPE_HOSTS": {DOMAIN: LOOPBACK},
        "NEWSSCRAPE_PRIVATE_NETWORKS": True,
        "HTTPPROXY_ENABLED": False,
    }


@contextlib.contextmanager
def newsroom_folder() -> Iterator[Path]:
    """The newsroom's pages: of the clone that this file lies in, else of the installed package."""
    clone = Path(__file__).parents[2] / "fixtures" / "newsroom"
    if clone.is_dir():
        yield clone
    else:
        with resources.as_file(resources.files("newsscrape.newsroom_pages")) as folder:
            yield folder
