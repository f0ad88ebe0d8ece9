"""Reads the pages of WARC files again, and compares what comes of them with the archive.

Files are read here, pages in processes of their own, a few ahead of what is settled; settled they are in the order of
the files. A page is read only where it can matter: its article's newest version was read from it, or nobody knows it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import orjson

from newsscrape.archive import Archive
from newsscrape.archive.articles import Articles
from newsscrape.archive.entry import Entry, entry_of
from newsscrape.archive.newest import Newest, is_newer, newest_at, newest_of, save_again, save_newer
from newsscrape.errors import NotAnArticle, PageError
from newsscrape.page import Page
from newsscrape.reading.pool import Reader, Unreadable, cores
from newsscrape.reprocessing.account import Account, Sample, Samples
from newsscrape.reprocessing.files import Earlier, captures, warc_files
from newsscrape.revisions.fields import field_differences
from newsscrape.sites import site_for
from newsscrape.warc.reading import Capture

_AT_ONCE = 32  # articles saved by one transaction
_AHEAD = 4  # pages a process that are on their way: its next one is there when it has read one

Outcome = Entry | PageError | Unreadable


class Reads(Protocol):
    """Whoever reads pages, so many at a time, as `Reader` does."""

    processes: int

    async def read(self, page: Page, way: str | None = None) -> Entry:
        """The entry of a page. Raises `PageError` or `Unreadable`."""
        ...

    async def close(self) -> None:
        """Nothing more comes."""
        ...


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted: articles of `sites` (by key; none named: all), published from `since` to `until` (with zones).

    `write` saves what differs as new versions, `add` also articles that the archive has not, and newer versions.
    `sample` articles are kept for a look.
    """

    sites: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    write: bool = False
    add: bool = False
    sample: int = 5


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page that is being read; `standing` is the newest version of its article, where it was read from this page."""

    site: str
    page: Page
    standing: Newest | None
    outcome: asyncio.Task[Outcome]


def reprocess(
    archive: Archive,
    paths: Sequence[Path],
    wish: Wish,
    progress: Callable[[Account], None] = lambda _: None,
    reader: Reads | None = None,
) -> Account:
    """Reads the pages of WARC files, and of those in folders, again; returns what came of it.

    `progress` is called after every page; `reader` reads them (else as many processes as there are cores). A file that
    is damaged is read up to there, and stands in the account's `problems`. Raises `WarcError` where there is nothing to
    read, and `ArchiveError`.
    """
    files = warc_files(paths)
    account = Account(bytes_total=sum(file.stat().st_size for file in files), sample=Samples(wish.sample))
    run = _Run(archive, wish, account, reader or Reader(processes=cores()), lambda: progress(account))
    asyncio.run(run.work(files))
    return account


class _Run:
    def __init__(
        self, archive: Archive, wish: Wish, account: Account, reader: Reads, changed: Callable[[], None]
    ) -> None:
        self.archive = archive
        self.wish = wish
        self.account = account
        self.changed = changed
        self.reader = reader
        self._again: dict[str, tuple[str, Entry]] = {}
        self._newer: dict[str, tuple[str, Entry]] = {}

    async def work(self, files: Sequence[Path]) -> None:
        earlier = Earlier(self.archive, files)
        under_way: deque[_Reading] = deque()
        try:
            for capture in captures(files, self.account, self.changed):
                self.account.pages += 1
                reading = self._begin(capture, earlier)
                if reading is not None:
                    under_way.append(reading)
                while len(under_way) >= self.reader.processes * _AHEAD:
                    await self._end(under_way.popleft())
                await asyncio.sleep(0)
                self.changed()
            while under_way:
                await self._end(under_way.popleft())
                self.changed()
            self._save()
        finally:
            for reading in under_way:
                reading.outcome.cancel()
            await self.reader.close()

    def _begin(self, capture: Capture, earlier: Earlier) -> _Reading | None:
        """Sends a page to be read, where it can matter."""
        page = capture.page
        url = page.url or ""
        standing = newest_at(self.archive, url)
        owner = site_for(url)
        site = standing.site if isinstance(standing, Newest) else owner.key if owner is not None else ""
        if not self._is_wanted(site, page.fetched_at):
            self.account.outside += 1
            return None
        own = None
        if isinstance(standing, Newest):
            if page.fetched_at is not None and page.fetched_at == standing.fetched_at:
                own = standing
            elif not is_newer(page.fetched_at, standing.fetched_at):
                self.account.sites[site].older += 1
                return None
            elif not self.wish.add:
                self.account.sites[site].newer += 1
                return None
        elif standing is not None:
            self._count(site, standing)
            return None
        whole = earlier.whole(capture)
        if whole is None:
            self.account.passed["revisits of pages elsewhere"] += 1
            return None
        return _Reading(site, whole, own, asyncio.create_task(self._read(whole, capture.way)))

    def _is_wanted(self, site: str, fetched_at: datetime | None) -> bool:
        if self.wish.sites and site not in self.wish.sites:
            return False
        # Nothing was published after it was fetched.
        return self.wish.since is None or fetched_at is None or fetched_at >= self.wish.since

    async def _read(self, page: Page, way: str) -> Outcome:
        try:
            return await self.reader.read(page, way)
        except (PageError, Unreadable) as error:
            return error

    async def _end(self, reading: _Reading) -> None:
        """Settles a page that was read."""
        outcome = await reading.outcome
        if not isinstance(outcome, Entry):
            self._no_article(reading, outcome)
        elif reading.standing is not None:
            self._compare(reading.standing, outcome)
        else:
            self._find(reading.site, outcome)

    def _no_article(self, reading: _Reading, error: PageError | Unreadable) -> None:
        if reading.standing is None:
            self.account.passed[error.kind if isinstance(error, NotAnArticle) else "unreadable"] += 1
            return
        reason = error.reason if isinstance(error, PageError) else str(error)
        broken = not isinstance(error, NotAnArticle)
        self.account.lose(reading.standing.site, reading.page.url, reason, unreadable=broken)

    def _compare(self, standing: Newest, entry: Entry) -> None:
        """Holds an article against the archive's version, which was read from the same page."""
        record = Articles(self.archive).record(standing.id)
        old = orjson.loads(record) if record is not None else None
        if old is None or _moment(old) != entry.fetched_at:  # somebody has replaced it meanwhile
            self.account.sites[standing.site].older += 1
            return
        if self._is_outside(entry):
            return
        if entry.id != standing.id:  # other rules make other ids; the archive's, which others know, stays
            self.account.renamed += 1
            entry = entry_of(entry.article.model_copy(update={"id": standing.id}))
        new = orjson.loads(entry.record)
        differences = field_differences(old, new)
        if not differences:
            self.account.sites[standing.site].same += 1
            return
        self.account.compare(Sample(standing.id, standing.site, standing.url, old, new, differences))
        if self.wish.write:
            self._again[entry.id] = (standing.site, entry)
            self._save_in_time()

    def _find(self, site: str, entry: Entry) -> None:
        """What to do with an article that no version of the archive was read from."""
        if entry.id in self._newer or entry.id in self._again:
            self._save()
        standing = newest_of(self.archive, entry.id)
        if isinstance(standing, str):
            self._count(site, standing)
            return
        if self._is_outside(entry):
            return
        account = self.account.sites[site]
        if standing is None:
            account.unknown += 1
        elif not is_newer(entry.fetched_at, standing.fetched_at):
            account.older += 1
            return
        elif entry.version_hash == standing.version_hash:
            account.same += 1
            return
        else:
            account.newer += 1
        if self.wish.write and self.wish.add:
            self._newer[entry.id] = (standing.site if standing else site, entry)
            self._save_in_time()

    def _is_outside(self, entry: Entry) -> bool:
        wish, when = self.wish, entry.published_at
        asked = wish.since is not None or wish.until is not None
        outside = asked and (
            when is None
            or (wish.since is not None and when < wish.since)
            or (wish.until is not None and when > wish.until)
        )
        self.account.outside += outside
        return outside

    def _count(self, site: str, what: str) -> None:
        account: Any = self.account.sites[site]
        setattr(account, what, getattr(account, what) + 1)

    def _save_in_time(self) -> None:
        if len(self._again) + len(self._newer) >= _AT_ONCE:
            self._save()

    def _save(self) -> None:
        again, newer = list(self._again.values()), list(self._newer.values())
        self._again, self._newer = {}, {}
        if again:
            for site in save_again(self.archive, again):
                self.account.sites[site].written += 1
        if newer:
            for site in save_newer(self.archive, newer):
                self.account.sites[site].added += 1


def _moment(record: dict[str, Any]) -> datetime | None:
    said = record.get("fetched_at")
    return datetime.fromisoformat(said) if said else None
