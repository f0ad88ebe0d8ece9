"""Where records go besides the archive: one stream, one file, or files named by site and day.

JSON lines are appended to as the crawl goes on. Files of other formats are written anew to take more (see
`export.growing`), so they are `late`: they get their records at the end of the run, out of the archive.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from newsscrape.archive.entry import Entry
from newsscrape.export.growing import grow
from newsscrape.export.jsonl import JsonLines, Sink

_OPEN_FILES = 32
STREAM = ""
"""The target of what goes to a stream: nobody can look up afterwards what has arrived there."""


class Output(Protocol):
    """Anything that takes records. A target is a file's full path, or `STREAM`."""

    late: bool
    """Whether it gets a run's records together, when the run ends."""

    def target(self, site: str, entry: Entry) -> str | None:
        """Where a site's article goes; None where this output does not want it."""

    def owns(self, target: str) -> bool:
        """Whether a target that an earlier run wrote to is one of this output's."""

    def write(self, target: str, records: Iterable[str]) -> None:
        """Writes records to a target. Raises `SinkError`."""

    def close(self) -> None:
        """Ends the writing."""


class SinkOutput:
    """One sink, for all sites or for some: a file, standard output, or a caller's own. Closing leaves the sink open."""

    late = False

    def __init__(self, sink: Sink, sites: Sequence[str] | None = None) -> None:
        self.sink = sink
        self.sites = frozenset(sites) if sites is not None else None
        self._target = str(Path(sink.path).resolve()) if isinstance(sink, JsonLines) else STREAM

    def target(self, site: str, entry: Entry) -> str | None:
        """The sink, for the sites that it is for."""
        return self._target if self.sites is None or site in self.sites else None

    def owns(self, target: str) -> bool:
        """Whether the sink is that file."""
        return target == self._target != STREAM

    def write(self, target: str, records: Iterable[str]) -> None:
        """Writes records."""
        self.sink.write_all(list(records))

    def close(self) -> None:
        """Nothing: the sink is its opener's."""


class NamedFiles:
    """Files whose names hold `{site}` and `{day}`, opened when something is to be written.

    `name` gives a file's path for a site and an article, `template` the form of the full path.
    """

    late = False

    def __init__(self, template: str, name: Callable[[str, Entry], Path | None]) -> None:
        self.name = name
        form = re.escape(template).replace(r"\{site\}", "[^/]+").replace(r"\{day\}", r"\d{4}-\d\d-\d\d")
        self._form = re.compile(form)
        self._files: dict[str, JsonLines] = {}

    def target(self, site: str, entry: Entry) -> str | None:
        """The file for an article."""
        path = self.name(site, entry)
        return str(path) if path is not None else None

    def owns(self, target: str) -> bool:
        """Whether a path is of this form."""
        return self._form.fullmatch(target) is not None

    def write(self, target: str, records: Iterable[str]) -> None:
        """Appends records to a file."""
        if target not in self._files:
            if len(self._files) >= _OPEN_FILES:
                self._files.pop(next(iter(self._files))).close()
            self._files[target] = JsonLines(target)
        self._files[target].write_all(list(records))

    def close(self) -> None:
        """Closes the files."""
        while self._files:
            self._files.popitem()[1].close()


class GrowingFiles(NamedFiles):
    """The same for packed JSON lines, CSV and Parquet."""

    late = True

    def write(self, target: str, records: Iterable[str]) -> None:
        """Lets a file grow by the records that it has not."""
        grow(Path(target), records)


class GrowingFile:
    """One file of such a format, for all articles."""

    late = True

    def __init__(self, path: Path) -> None:
        self._target = os.path.realpath(path)

    def target(self, site: str, entry: Entry) -> str | None:
        """The file."""
        return self._target

    def owns(self, target: str) -> bool:
        """Whether this is the file."""
        return target == self._target

    def write(self, target: str, records: Iterable[str]) -> None:
        """Lets the file grow by the records that it has not."""
        grow(Path(target), records)

    def close(self) -> None:
        """Nothing: it is closed whenever it has grown."""
