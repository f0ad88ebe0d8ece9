"""The process that crawls for `newsscrape.crawl`: what is wanted in, articles and the account out.

It is started as `python -P -m newsscrape.spiders.child`. On standard input it reads one line of JSON (see `work`, and
the `caller`'s process id), then addresses, one a line, then an empty line; the next word, or the input's end, is the
wish that the crawl ends. On standard output it sends messages (see `newsscrape.messages`): ("begun", None) when nothing
stands in the way and nothing has been asked for yet, ("article", its JSON) for each, and at the end ("report", a
`Report`) or ("error", a `NewsscrapeError`). Whatever else is printed goes to standard error.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO

from newsscrape.crawl_report import Report
from newsscrape.errors import CrawlError, NewsscrapeError
from newsscrape.export.jsonl import SinkError
from newsscrape.messages import packed

_AHEAD = 32  # articles that wait for a slow caller before the crawl pauses
_PATIENCE = 20.0  # seconds that an orderly end may take when the caller is dead


class Stream:
    """A sink whose other end is the caller.

    A thread writes: the pipe of a caller who takes time must not hold up the heartbeat of leases.
    """

    def __init__(self, descriptor: int) -> None:
        self._pipe = os.fdopen(descriptor, "wb")
        self._waiting: SimpleQueue[bytes | None] = SimpleQueue()
        self._gone = False
        self._thread = Thread(target=self._send_all, daemon=True)
        self._thread.start()

    def full(self) -> bool:
        """Whether the caller should read first."""
        return self._waiting.qsize() >= _AHEAD

    def send(self, kind: str, content: object) -> None:
        """Sends a message, after those before it."""
        self._waiting.put(packed((kind, content)))

    def write(self, document: str) -> None:
        """Sends an article. Raises `SinkError` when the caller has gone."""
        self.write_all([document])

    def write_all(self, documents: Sequence[str]) -> None:
        """Sends articles. Raises `SinkError` when the caller has gone."""
        if self._gone:
            raise SinkError("nobody takes the articles any more")
        for document in documents:
            self.send("article", document)

    def close(self) -> None:
        """Waits until the caller has taken everything, or has gone."""
        self._waiting.put(None)
        self._thread.join()

    def _send_all(self) -> None:
        while (message := self._waiting.get()) is not None:
            if self._gone:
                continue
            try:
                self._pipe.write(message)
                self._pipe.flush()
            except OSError:
                self._gone = True


def work(wanted: dict[str, Any], addresses: Iterator[str], stream: Stream, lifeline: int) -> Report:
    """Crawls what is wanted: the arguments of `newsscrape.crawl`, with moments in ISO 8601 and ages in seconds."""
    from .runner import run
    from .search_spider import Query
    from .settings import kept, manners

    begun = False

    def progress(_: Report) -> None:
        nonlocal begun
        if not begun:
            begun = True
            stream.send("begun", None)

    return run(
        wanted["sites"],
        addresses=addresses,
        queries=[Query(text, wanted["engine"]) for text in wanted["queries"]],
        database=wanted["database"],
        since=_moment(wanted["since"]),
        until=_moment(wanted["until"]),
        limit=wanted["limit"],
        refresh=None if wanted["refresh"] is None else timedelta(seconds=wanted["refresh"]),
        output=stream,
        settings={
            **manners(wanted["contact"], wanted["delay"], wanted["private_networks"]),
            **kept(wanted["warc"], None),
            **wanted["settings"],
        },
        progress=progress,
        pausing=stream.full,
        lifeline=lifeline,
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _addresses(source: BinaryIO) -> Iterator[str]:
    while (line := source.readline()) != b"\n":
        if not line:
            raise CrawlError("the caller ended before all addresses were given")
        yield line.decode().rstrip("\n")


def _follow(caller: int) -> None:
    """Ends this process with its caller, though others that the caller forked may hold our pipes open."""
    while os.getppid() == caller:
        time.sleep(1.0)
    os.kill(os.getpid(), signal.SIGTERM)  # in order
    time.sleep(_PATIENCE)
    os._exit(1)


def main() -> None:
    """Does the work of this process."""
    stream = Stream(os.dup(sys.stdout.fileno()))
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nobody's print may fall among the messages, nor a library's
    logging.getLogger().addHandler(logging.NullHandler())  # what matters of the log stands in the report
    source = sys.stdin.buffer
    try:
        wanted = json.loads(source.readline())
        Thread(target=_follow, args=(wanted["caller"],), daemon=True).start()
        report = work(wanted, _addresses(source), stream, source.fileno())
    except NewsscrapeError as error:
        stream.send("error", error)
    except Exception as error:  # a fault of ours, or of a setting's value: it is told where the caller sees it
        traceback.print_exc()
        stream.send("error", CrawlError(f"the crawl broke off: {type(error).__name__}: {error}"))
    else:
        stream.send("report", report)
    stream.close()


if __name__ == "__main__":
    main()
