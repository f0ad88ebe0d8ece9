"""Where all that a run learns is written down, in the order that loses nothing and doubles nothing.

What became of a page and its article go into the database in one transaction, many pages at a time; then the
records go to the outputs; that they were written is noted with the next transaction. A kill between two of
these steps leaves either a page that is still due, or a record in the outbox, which the next run to the same
file writes, unless it stands there already, behind the place where the file ended when it was put into the outbox.

Outputs that are late get their records out of the outbox when the run ends.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence

from newsscrape.archive.archive import Archive
from newsscrape.archive.articles import Articles, Outbox, Standing
from newsscrape.archive.captures import Captures
from newsscrape.archive.entry import Entry
from newsscrape.archive.outputs import STREAM, Output
from newsscrape.archive.pages import Settled, settle
from newsscrape.archive.revisions import note_removed, note_returned
from newsscrape.archive.runs import Run, past_runs
from newsscrape.export.jsonl import SinkError, lines_behind

_BATCH = 100  # pages written by one transaction, where they come fast


class Writer:
    """Writes for one run. Call `flush` in time, and `close` at the end (which flushes)."""

    def __init__(self, archive: Archive, run: Run, outputs: Sequence[Output] = ()) -> None:
        self.archive = archive
        self.run = run
        self.outputs = tuple(outputs)
        self.articles = Articles(archive)
        self.captures = Captures(archive)
        self._outbox = Outbox(archive, run.id)
        self._settled: list[Settled] = []
        self._sites: set[str] = set()
        self._entries: dict[str, tuple[str, Entry]] = {}
        self._gone: list[str] = []
        self._there: list[str] = []
        self._written: dict[str, list[str]] = {}

    def make_up(self) -> int:
        """Writes what past runs left unwritten to these outputs; returns how many records.

        A late output gets it with the rest, at the end.
        """
        past = past_runs(self.archive)
        count = 0
        for target in self._outbox.targets(past):
            output = next((output for output in self.outputs if output.owns(target)), None)
            if output is None:
                continue  # a file that this run does not write to: it waits for a run that does
            self._outbox.inherit(target, past)
            if output.late:
                continue
            left = {one.record.encode(): one for one in self._outbox.waiting(target)}
            missing = dict(left)
            for line in lines_behind(target, min((one.position for one in left.values()), default=0)):
                missing.pop(line, None)
            output.write(target, [one.record for one in missing.values()])
            count += len(missing)
            self._written.setdefault(target, []).extend(one.id for one in left.values())
        self.flush()
        return count

    def standing(self, article: str) -> Standing:
        """What the archive has of an article, or is about to have."""
        pending = self._entries.get(article)
        return Standing(pending[1].version_hash, False) if pending else self.articles.standing(article)

    def settle(self, settled: Settled, site: str = "", entry: Entry | None = None) -> None:
        """Takes what became of a page, with its article where that is new or has changed."""
        self._settled.append(settled)
        self._sites.add(site)
        if entry is not None:
            self._entries[entry.id] = (site, entry)
        elif settled.article and settled.state == "gone":
            self._gone.append(settled.article)
        elif settled.article and settled.state == "done" and settled.fetched_at and settled.reason is None:
            self._there.append(settled.article)  # as it was; should it have been removed, it is back
        if len(self._settled) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Commits everything taken so far, then writes the records to the outputs.

        Raises `ArchiveError` (everything taken is kept for another try) or `SinkError` (all is committed, and
        the next run writes what the output refused).
        """
        if not (self._settled or self._written or self.captures):
            return
        with self.archive.write() as connection:
            self.archive.hold(connection, self._sites)
            now = self.archive.now()
            saved = self.articles.save(connection, list(self._entries.values()), now)
            places = [(output, *place) for output in self.outputs for place in _sorted_out(output, saved).items()]
            note_removed(connection, self._gone, now)
            note_returned(connection, self._there, now)
            settle(connection, self._settled)
            self.captures.put(connection)
            for target, ids in self._written.items():
                self._outbox.written(connection, target, ids)
            for _, target, going in places:
                if target != STREAM:
                    self._outbox.put(connection, target, [entry.id for entry in going], _length(target))
        self._settled, self._sites, self._entries, self._written = [], set(), {}, {}
        self._gone, self._there = [], []
        self.captures.forget()
        refused: list[SinkError] = []
        for output, target, going in places:
            if output.late:
                continue
            try:
                output.write(target, [entry.record for entry in going])
            except SinkError as error:  # the other outputs take theirs all the same
                refused.append(error)
            else:
                if target != STREAM:
                    self._written.setdefault(target, []).extend(entry.id for entry in going)
        if refused:
            raise refused[0]

    def close(self) -> None:
        """Writes the rest; closing twice does no harm."""
        try:
            self.flush()  # what was taken
            self.flush()  # and the note that it was written
            self._write_late()
        finally:
            for output in self.outputs:
                output.close()

    def _write_late(self) -> None:
        """Gives late outputs what waits for them. A kill in between lets the next run do so; see `export.growing`."""
        late = [output for output in self.outputs if output.late]
        for target in self._outbox.targets([self.run.id]) if late else ():
            for output in late:
                if output.owns(target):
                    output.write(target, (one.record for one in self._outbox.waiting(target)))
                    self._outbox.all_written(target)


def _length(target: str) -> int:
    """How long a file is; 0 where there is none yet."""
    try:
        return os.stat(target).st_size
    except OSError:
        return 0


def _sorted_out(output: Output, entries: Sequence[tuple[str, Entry]]) -> dict[str, list[Entry]]:
    """An output's articles by their targets."""
    places: defaultdict[str, list[Entry]] = defaultdict(list)
    for site, entry in entries:
        target = output.target(site, entry)
        if target is not None:
            places[target].append(entry)
    return places
