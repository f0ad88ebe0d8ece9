"""The shape of `newsscrape.toml`; what each key means to its writer is said in `template.toml`, line by line."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from newsscrape.discovery.since import KST
from newsscrape.errors import PlanError
from newsscrape.plan.database import fill_database
from newsscrape.plan.kinds import (
    Address,
    Contact,
    Count,
    Database,
    Delay,
    OutputFile,
    PathBeside,
    Size,
    Span,
    SpanOrOff,
)
from newsscrape.plan.site import SiteSettings, narrowed
from newsscrape.sites import load_site
from newsscrape.tomlfile import Entry, TomlFile, wrong

NO_SITE = "other"  # stands for {site} where an article is of no site that has a profile
_NO_FILE = TomlFile(Path("newsscrape.toml"), "", {}, PlanError)  # of a plan made in Python


class Every(Entry):
    """How often lists are visited: from `start` on more often where they bring news, else less often."""

    least: Span = timedelta(minutes=10)
    """The shortest time between two visits."""
    most: Span = timedelta(hours=12)
    """The longest."""
    start: Span = timedelta(hours=1)
    """The time after the first visit, when nothing is known of a list."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.least > self.most:
            raise wrong("least", "is longer than `most`")
        if not self.least <= self.start <= self.most:
            raise wrong("start", "does not lie between `least` and `most`; unset it is 1h")
        return self


class Output(Entry):
    """A file that articles are appended to, as JSON lines."""

    file: OutputFile
    """Its absolute path; {site} and {day} are filled in by `Plan.files_for`."""
    sites: tuple[str, ...] = ()
    """The keys of the sites whose articles go there; none named: all."""

    def file_for(self, site: str | None, fetched_at: datetime) -> Path | None:
        """The file for an article, by the key of its site (None where it has none) and its fetch; None for none.

        `fetched_at` has a zone; the day of an output is counted in Korea.
        """
        if self.sites and site not in self.sites:
            return None
        return self.path(site or NO_SITE, fetched_at.astimezone(KST).date().isoformat())

    def path(self, site: str, day: str) -> Path:
        """The file for a site's articles of a day ("2026-11-24")."""
        return Path(self.file.format(site=site, day=day))


class SiteEntry(Entry):
    """A site to crawl, and what holds for it instead of what holds for all."""

    key: str
    """The site's key (`newsscrape sites list`)."""
    every: Span | None = None
    """A fixed time between two visits to its lists."""
    since: Span | None = None
    """As in `Plan`."""
    refresh: SpanOrOff = None
    """As in `Plan`; unset is another thing than "off"."""
    limit: Count | None = None
    """As in `Plan`."""
    delay: Delay | None = None
    """Seconds between two requests, even where the profile says more."""
    feeds: tuple[Address, ...] = ()
    """With `feeds`, `sitemaps` or `sections` only the lists named by them are visited."""
    sitemaps: tuple[Address, ...] = ()
    """Addresses of sitemaps."""
    sections: tuple[str, ...] = ()
    """Names of the profile's sections."""


class Query(Entry):
    """A news search whose finds are read."""

    text: str = Field(min_length=1)
    """What is searched for."""
    engine: Literal["naver", "google"]
    """Where."""
    limit: Count | None = None
    """How many of its finds are read in a round."""


class Plan(Entry):
    """What a round of crawling is to do. Made by `read_plan`; its paths are absolute."""

    contact: Contact | None = None
    """A mail address or URL for the User-Agent."""
    database: Database = "newsscrape.db"
    """As written, with variables; `database_in` fills them in."""
    warc: PathBeside | None = None
    """A folder in which every request and answer is kept, as WARC files."""
    warc_size: Size | None = None
    """Bytes after which such a file is followed by another; unset: a billion."""
    profiles: PathBeside | None = None
    """A folder with site profiles of the user's own."""
    delay: Delay | None = None
    """Seconds between two requests to a host; a profile that says more is obeyed."""
    sites_at_once: int = Field(default=8, strict=True, ge=1, le=64)
    """How many sites are crawled side by side."""
    since: Span = timedelta(days=7)
    """How old an article found may be at most."""
    refresh: SpanOrOff = timedelta(hours=48)
    """Up to which age articles are asked for again, for edits; None for never."""
    limit: Count | None = None
    """After how many articles a site's round ends."""
    urls: tuple[PathBeside, ...] = ()
    """Files with addresses of articles."""
    every: Every = Every()
    """How often lists are visited."""
    outputs: tuple[Output, ...] = ()
    """Files that articles are appended to."""
    sites: tuple[SiteEntry, ...] = ()
    """The sites to crawl."""
    queries: tuple[Query, ...] = ()
    """The news searches to read."""

    _file: TomlFile = PrivateAttr()

    def model_post_init(self, context: Any, /) -> None:
        """Keeps the file, for its folder and for errors that only show when the plan is used."""
        self._file = context if isinstance(context, TomlFile) else _NO_FILE

    @property
    def path(self) -> Path:
        """The plan's own file, absolute."""
        return self._file.path.absolute()

    def site(self, key: str) -> SiteSettings:
        """What holds for a site, whether the plan names it or only a search led there.

        Raises `UnknownSite` or `ProfileError`.
        """
        entry = next((entry for entry in self.sites if entry.key == key), SiteEntry(key=key))
        every = self.every
        if entry.every is not None:
            every = Every(least=entry.every, most=entry.every, start=entry.every)
        return SiteSettings(
            site=narrowed(load_site(key, self.profiles), entry, self.delay),
            every=every,
            since=entry.since or self.since,
            refresh=entry.refresh if "refresh" in entry.model_fields_set else self.refresh,
            limit=entry.limit or self.limit,
        )

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the sites that the plan names."""
        return frozenset(entry.key for entry in self.sites)

    def files_for(self, site: str | None, fetched_at: datetime) -> tuple[Path, ...]:
        """The output files of an article; see `Output.file_for`."""
        return tuple(filter(None, (output.file_for(site, fetched_at) for output in self.outputs)))

    def database_in(self, environment: Mapping[str, str]) -> str:
        """The database as the archive opens it: an absolute path, or an address with its variables filled in.

        Raises `PlanError` where a variable is missing, or where the result is no database.
        """
        try:
            return fill_database(self.database, environment, self.path.parent)
        except ValueError as error:
            raise self._file.wrong(("database",), str(error)) from error

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        if not (self.sites or self.queries or self.urls):
            raise wrong("sites", "the plan names nothing to crawl; add [[sites]] with a `key`")
        keys = [entry.key for entry in self.sites]
        for number, key in enumerate(keys):
            if key in keys[:number]:
                raise wrong(f"sites.{number}.key", f"{key!r} stands here for the second time")
        taken: dict[str, int] = {}
        for number, output in enumerate(self.outputs):
            for place, key in enumerate(output.sites):
                if key not in keys and not (self.queries or self.urls):
                    raise wrong(f"outputs.{number}.sites.{place}", f"{key!r} is no site of this plan")
            for file in _files(output, keys):
                if taken.setdefault(file, number) != number:
                    raise wrong(f"outputs.{number}.file", "another output writes this file; one can name several sites")
        return self


def _files(output: Output, keys: list[str]) -> Iterator[str]:
    """The files of an output, whatever the day."""
    for key in output.sites or (*keys, NO_SITE):
        yield os.fspath(output.path(key, "{day}"))
