"""Reads pages in processes of their own, so that whoever brings them never waits for extraction, nor dies with it.

They are plain child processes spoken to over pipes: `multiprocessing` would run the main module of whoever
called us again. A page that kills its reader or keeps it longer than `timeout` fails alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import sys
from asyncio.subprocess import PIPE, Process

from newsscrape.archive.entry import Entry
from newsscrape.errors import PageError, ParseError
from newsscrape.messages import LENGTH, packed
from newsscrape.page import Page


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Unreadable(Exception):
    """An error of ours while a page was read: its type and text, without what else it may hold."""


_MOST = 4  # processes, where nobody says; each takes some 45 MB
_LAST_BREATH = 2.0  # seconds that a process may take to end which has closed its output


class Reader:
    """A few reading processes, started as pages come faster than those that are there read them.

    Call `close` at the end. `processes` is how many at most, else one for each core, but no more than four; `timeout`
    is in seconds a page. Raises nothing when it is made.
    """

    def __init__(self, *, processes: int | None = None, timeout: float = 60.0) -> None:
        self.processes = processes or min(_MOST, cores())
        self.timeout = timeout
        self._idle: list[Process] = []
        self._all: set[Process] = set()
        self._places = asyncio.Semaphore(self.processes)

    async def read(self, page: Page, way: str | None = None) -> Entry:
        """The entry of a page; `way` tells how a better page than its own was come by.

        Raises `PageError` for one that gives no article, `Unreadable` for an error of ours.
        """
        async with self._places:
            process = self._idle.pop() if self._idle else await self._start()
            try:
                async with asyncio.timeout(self.timeout):
                    answer = await _ask(process, page, way)
            except TimeoutError:
                await self._drop(process)
                raise ParseError(f"reading it took longer than {self.timeout:g} s", url=page.url) from None
            except (asyncio.IncompleteReadError, OSError):
                code = await self._end_of(process)
                raise ParseError(f"the process that read it ended with code {code}", url=page.url) from None
            except BaseException:  # cancelled: its answer would be taken for the next page's
                await self._drop(process)
                raise
            self._idle.append(process)
        if isinstance(answer, Entry):
            return answer
        raise Unreadable(answer) if isinstance(answer, str) else answer

    async def _start(self) -> Process:
        command = (sys.executable, "-P", "-m", "newsscrape.reading.process")  # -P: not from the folder we stand in
        # A session of its own: Ctrl-C is for the crawl, which ends its readers by closing their input.
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, start_new_session=True)
        self._all.add(process)
        return process

    async def _end_of(self, process: Process) -> int:
        """The exit code of one that speaks no more; it is killed where it lives on."""
        # Before it is killed: `kill` polls, and would take its code away from whoever waits (Python 3.11: it was 255).
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LAST_BREATH):
                await process.wait()
        return await self._drop(process)

    async def _drop(self, process: Process) -> int:
        self._all.discard(process)
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        return await process.wait()

    async def close(self) -> None:
        """Ends the processes."""
        for process in list(self._all):
            await self._drop(process)
        self._idle.clear()


async def _ask(process: Process, page: Page, way: str | None) -> Entry | PageError | str:
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(packed((page, way)))
    await process.stdin.drain()
    length = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))[0]
    answer: Entry | PageError | str = pickle.loads(await process.stdout.readexactly(length))
    return answer
