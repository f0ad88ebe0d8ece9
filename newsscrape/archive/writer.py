"""Where all that a run learns is written down, in the order that loses nothing and doubles nothing.

What became of a page and its article go into the database in one transaction, many pages at a time; then the
records go to the outputs; that they were written is noted with the next transaction. A kill between two of
these steps leaves either a page that is still due, or a record in the outbox, which the next run to the same
file writes, unless the file's last lines show that it stands there already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from newsscrape.archive.archive import Archive
from newsscrape.archive.articles import Articles, Outbox
from newsscrape.archive.entry import Entry
from newsscrape.archive.pages import Settled, settle
from newsscrape.archive.runs import Run, dead_runs
from newsscrape.export.jsonl import JsonLines, Sink, last_lines

_BATCH = 32  # pages written by one transaction, where they come fast
_SLACK = 200  # lines that may stand in a file behind those of a run that was killed


@dataclass(slots=True)
class Output:
    """A sink and which sites' articles go there (None: all). A file has an outbox in the ledger."""

    sink: Sink
    sites: frozenset[str] | None = None
    outbox: Outbox | None = None
    written: list[str] = field(default_factory=list)

    @classmethod
    def to(cls, archive: Archive, sink: Sink, sites: Sequence[str] | None = None) -> Output:
        """An output to a sink; what is written to a file is kept account of under the file's full path."""
        chosen = frozenset(sites) if sites is not None else None
        outbox = Outbox(archive, str(Path(sink.path).resolve())) if isinstance(sink, JsonLines) else None
        return cls(sink, chosen, outbox)

    def takes(self, site: str) -> bool:
        """Whether a site's articles go there."""
        return self.sites is None or site in self.sites


class Writer:
    """Writes for one run. Call `flush` in time, and `close` at the end (which flushes)."""

    def __init__(self, archive: Archive, run: Run, outputs: Sequence[Output] = ()) -> None:
        self.archive = archive
        self.run = run
        self.outputs = tuple(outputs)
        self.articles = Articles(archive)
        self._settled: list[Settled] = []
        self._entries: dict[str, tuple[str, Entry]] = {}
        self._gone: list[str] = []

    def make_up(self) -> int:
        """Writes what dead runs left unwritten to these outputs; returns how many records."""
        dead = dead_runs(self.archive)
        count = 0
        for output in self.outputs:
            if output.outbox is None or not isinstance(output.sink, JsonLines):
                continue
            left = output.outbox.inherit(dead, self.run.id)
            there = set(last_lines(output.sink.path, len(left) + _SLACK)) if left else set()
            missing = [record for _, record in left if record.encode() not in there]
            output.sink.write_all(missing)
            count += len(missing)
            output.written += [article for article, _ in left]
        self.flush()
        return count

    def version(self, article: str) -> str | None:
        """The `version_hash` of an article that the archive has, or is about to have."""
        pending = self._entries.get(article)
        return pending[1].version_hash if pending else self.articles.version(article)

    def settle(self, settled: Settled, site: str = "", entry: Entry | None = None) -> None:
        """Takes what became of a page, with its article where that is new or has changed."""
        self._settled.append(settled)
        if entry is not None:
            self._entries[entry.id] = (site, entry)
        elif settled.state == "gone" and settled.article:
            self._gone.append(settled.article)
        if len(self._settled) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Commits everything taken so far, then writes the records to the outputs.

        Raises `ArchiveError` (everything taken is kept for another try) or `SinkError` (all is committed, and
        the next run writes what the output refused).
        """
        if not (self._settled or any(output.written for output in self.outputs)):
            return
        entries = list(self._entries.values())
        with self.archive.write() as connection:
            now = self.archive.now()
            self.articles.save(connection, entries, now)
            self.articles.gone(connection, self._gone, now)
            settle(connection, self._settled)
            for output in self.outputs:
                if output.outbox is not None:
                    output.outbox.written(connection, output.written)
                    output.outbox.put(connection, [e.id for site, e in entries if output.takes(site)], self.run.id)
        self._settled, self._entries, self._gone = [], {}, []
        for output in self.outputs:
            output.written = []
        for output in self.outputs:
            mine = [entry for site, entry in entries if output.takes(site)]
            output.sink.write_all([entry.record for entry in mine])
            output.written = [entry.id for entry in mine]

    def close(self) -> None:
        """Writes the rest; closing twice does no harm."""
        self.flush()  # what was taken
        self.flush()  # and the note that it was written
