"""A crawl that runs in a child process, as an iterator over its articles."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import weakref
from collections.abc import Mapping
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Lock, Thread, Timer
from types import TracebackType
from typing import Any, Self

from newsscrape.article import Article
from newsscrape.crawl_report import Report
from newsscrape.crawling.wanted import Given, environment
from newsscrape.errors import CrawlError
from newsscrape.messages import Inbox

CHILD = "newsscrape.spiders.child"
_PATIENCE = 30.0  # seconds; an orderly end takes five, and what its browsers and database need


class Crawl:
    """A crawl that runs: an iterator over its articles, as they come, and a context manager.

    It ends with its last article, with `close`, with the `with` block, when nobody holds it any more (a `for` loop
    that is left), or with the caller's process, however that ends. Iterate in one thread at a time; any may close it.
    """

    report: Report | None = None
    """What came of it, once it has ended; None before, and where its process was killed."""

    def __init__(self, process: Popen[bytes], *, database: str | None, notice: str | None) -> None:
        assert process.stdout is not None
        self._process = process
        self._inbox = Inbox(process.stdout.fileno())
        self._database = database
        self._notice = notice
        self._reading = Lock()
        self._closing = False
        self._over = False
        self._caller = os.getpid()
        self._let_go = weakref.finalize(self, _let_go, process, self._caller)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Article:
        """The next article; waits for it. Raises `CrawlError` when the crawl ended as a whole before its end."""
        try:
            with self._reading:
                if self._over or self._closing:
                    raise StopIteration
                kind, content = self._take()
        except EOFError:
            if self._closing:
                raise StopIteration from None
            raise self._killed() from None
        except KeyboardInterrupt:
            self.close()
            raise
        if kind == "article":
            return Article.model_validate_json(content)
        if kind == "error":
            raise content
        if kind == "report" and not self._closing:
            self._complain()
        raise StopIteration

    def begin(self) -> None:
        """Waits until nothing stands in the crawl's way; raises what does."""
        try:
            kind, content = self._take()
        except EOFError:
            raise self._killed() from None
        if kind == "error":
            raise content

    def _take(self) -> tuple[str, Any]:
        """The next message; after the last one the child has ended. Raises `EOFError` where it ended before."""
        try:
            kind, content = self._inbox.take()
        except EOFError:
            self._end()
            raise
        if kind == "report":
            self.report = content
            if self._notice:
                content.notices.append(self._notice)
        if kind in ("report", "error"):
            self._end()
        return kind, content

    def _end(self) -> None:
        self._over = True
        self._process.wait()
        self._let_go()

    def _complain(self) -> None:
        """Raises `CrawlError` where the report says that the crawl broke off."""
        assert self.report is not None
        if self.report.error:
            raise CrawlError(self.report.error)
        if self.report.interrupted:
            raise CrawlError(f"the crawl was stopped from outside before its end; {self._how_to_go_on}")

    def _killed(self) -> CrawlError:
        code = self._process.wait()
        how = f"was killed ({signal.Signals(-code).name})" if code < 0 else f"ended with code {code} without a word"
        return CrawlError(f"the process of the crawl {how}; {self._how_to_go_on}")

    @property
    def _how_to_go_on(self) -> str:
        if self._database:
            return f"what it had read is in {self._database}, and the same call goes on from there"
        return "call again; with a database= the next call goes on where this one ended"

    def stop(self) -> None:
        """Asks the crawl to end, and does not wait: `report` comes with `close`."""
        self._closing = True
        _hang_up(self._process, self._caller)

    def close(self) -> None:
        """Ends the crawl in order, which takes a few seconds at most; closing twice does no harm.

        What is on its way is dropped here; with a database it stands there.
        """
        self.stop()
        killer = Timer(_PATIENCE, self._process.kill)
        killer.daemon = True
        killer.start()
        try:
            with self._reading, contextlib.suppress(EOFError):
                while not self._over:
                    self._take()
        except BaseException:  # Ctrl-C again: at once
            self._process.kill()
            raise
        finally:
            killer.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def start(wanted: Mapping[str, Any], given: Given, *, profiles: str | Path | None = None) -> Crawl:
    """Starts the child process and waits until it has begun; raises what `newsscrape.crawl` does."""
    order = json.dumps({**wanted, "caller": os.getpid()}).encode() + b"\n"
    process = Popen(
        # -P: the modules of the folder we stand in are none of the child's business.
        [sys.executable, "-P", "-m", CHILD],
        stdin=PIPE,
        stdout=PIPE,
        env=environment(profiles),
        start_new_session=True,  # Ctrl-C is the caller's; the child is ended by closing its input
    )
    assert process.stdin is not None
    try:
        with contextlib.suppress(BrokenPipeError):  # it has something to say
            process.stdin.write(order)
            for url in given:
                process.stdin.write(f"{url}\n".encode())
            process.stdin.write(b"\n")
            process.stdin.flush()
        crawl = Crawl(process, database=wanted["database"], notice=given.notice)
        crawl.begin()
    except BaseException:  # the caller's addresses raised an error, or Ctrl-C; nothing was asked for yet
        process.kill()
        _let_go(process, os.getpid())
        raise
    return crawl


def _hang_up(process: Popen[bytes], caller: int) -> None:
    """Tells the child to end, in a word and by closing its input: processes that the caller forked hold that, too.

    In one of those nothing is said: the crawl is not theirs to end.
    """
    assert process.stdin is not None
    with contextlib.suppress(OSError, ValueError):  # it has ended, or was told before
        if os.getpid() == caller:
            process.stdin.write(b"end\n")
        process.stdin.close()


def _let_go(process: Popen[bytes], caller: int) -> None:
    """Leaves the child to its end: nobody will read what it sends."""
    assert process.stdout is not None
    _hang_up(process, caller)
    process.stdout.close()
    if os.getpid() == caller and process.poll() is None:
        with contextlib.suppress(RuntimeError):  # the interpreter is ending, and the system takes care of it
            Thread(target=process.wait, daemon=True).start()
