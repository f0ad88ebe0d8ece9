"""One round: what the sites that are crawled together share. Archive, writer, reader, window of time, manners."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from newsscrape.archive import Archive, open_archive
from newsscrape.archive.hosts import Hosts
from newsscrape.archive.outputs import Output
from newsscrape.archive.runs import HEARTBEAT, Run
from newsscrape.archive.writer import Writer
from newsscrape.crawl_report import Report, site_as_dict
from newsscrape.errors import NewsscrapeError
from newsscrape.reading.pool import Reader
from newsscrape.warc import WarcFiles

from .job import Job

_FLUSH = 0.5  # seconds that a record may wait for others before all of them are committed and written


def _nothing() -> None:
    """Nobody watches."""


def _never() -> bool:
    """Nobody needs a pause."""
    return False


@dataclass(slots=True)
class Round:
    """One round of crawling.

    `changed` is called after every step; while `pausing` says so, no page is asked for. `jobs` are the sites that
    are, or were, at work; `warc` keeps what went over the wire.
    """

    archive: Archive
    run: Run
    writer: Writer
    reader: Reader
    report: Report = field(default_factory=Report)
    changed: Callable[[], None] = _nothing
    pausing: Callable[[], bool] = _never
    jobs: dict[str, Job] = field(default_factory=dict)
    warc: WarcFiles | None = None

    @classmethod
    def begin(cls, archive: Archive | None = None, outputs: Sequence[Output] = ()) -> Round:
        """A round in an archive (None: one that is gone with the process)."""
        archive = archive or open_archive()
        run = Run(archive)
        return cls(archive, run, Writer(archive, run, outputs), Reader())

    @property
    def hosts(self) -> Hosts:
        """What the ledger knows of hosts."""
        return Hosts(self.archive)

    def now(self) -> datetime:
        """This moment, by the archive's clock."""
        return self.archive.now()

    async def live(self) -> None:
        """Until cancelled: writes in time what was read, and keeps the leases alive."""
        beat = time.monotonic()
        while True:
            await asyncio.sleep(_FLUSH)
            self.attempt(self.writer.flush)
            if time.monotonic() - beat >= HEARTBEAT.total_seconds():
                beat = time.monotonic()
                self.attempt(self._beat)

    def attempt(self, step: Callable[[], object]) -> None:
        """Does a step that needs the database or an output; where it fails, everything stops in order."""
        try:
            step()
        except NewsscrapeError as error:
            self.break_off(error)

    def break_off(self, error: NewsscrapeError) -> None:
        """Ends everything in order because of an error that concerns all sites: the database, an output."""
        self.report.error = self.report.error or str(error)
        self.stop()

    def _beat(self) -> None:
        running = [key for key, job in self.jobs.items() if not job.over]
        for key in self.run.beat(running):
            self.jobs[key].report.notice(f"{key}: its lease went to another run; left to it")
            self.jobs[key].stopped = True
        for key in running:
            job = self.jobs[key]
            self.run.note(key, site_as_dict(job.report), job.started_at, ended=False)

    def stop(self, *, interrupted: bool = False) -> None:
        """Ends all jobs after the pages that are on their way."""
        for job in self.jobs.values():
            job.stopped = True
        self.report.interrupted = self.report.interrupted or interrupted

    async def end(self) -> None:
        """Writes the rest and says goodbye to the ledger; what failed stands in the report."""
        await self.reader.close()
        self.attempt(self.writer.close)
        if self.warc is not None:
            self.attempt(self.warc.close)
        report = self.report
        outcome = report.error or ("interrupted" if report.interrupted else "done" if report.ok else "failures")
        with contextlib.suppress(NewsscrapeError):  # the database is gone: the first error has been told
            self.run.end(outcome)
