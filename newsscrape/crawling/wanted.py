"""What a caller wants: checked at once, and put as the child process reads it."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from newsscrape.discovery.addresses import address_in
from newsscrape.discovery.since import KST, Moment, moment, parse_span
from newsscrape.errors import ProfileError

CONTACT = "NEWSSCRAPE_CONTACT"
ENGINES = ("naver", "google")
SHORTEST_DELAY = 0.5
"""Seconds; as on the command line."""

logger = logging.getLogger(__name__)

Urls = Iterable[str] | str | Path | None


def wanted(
    sites: Sequence[str],
    *,
    urls: Urls,
    query: str | Sequence[str] | None,
    engine: str,
    since: Moment,
    until: Moment,
    limit: int | None,
    refresh: timedelta | str | None,
    database: str | Path | None,
    contact: str | None,
    delay: float | None,
    private_networks: bool,
    warc: str | Path | None,
    settings: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """The arguments of `newsscrape.crawl` as plain data (but `urls`): moments in ISO 8601, ages in seconds.

    Raises `ValueError` or `TypeError`, which name the argument.
    """
    now = datetime.now(KST)
    queries = [query] if isinstance(query, str) else list(query or ())
    for site in sites:
        if not isinstance(site, str):
            raise TypeError(f'sites are named one by one, crawl("yna", "hani"), not by {site!r}')
    if not (sites or urls is not None or queries):
        raise ValueError("nothing is wanted: name a site, or give urls= or query=; `newsscrape sites list` names sites")
    if engine not in ENGINES:
        raise ValueError(f"engine: {engine!r} is none; choose one of {', '.join(ENGINES)}")
    if limit is not None and limit < 1:
        raise ValueError(f"limit: {limit} is less than one article")
    if delay is not None and delay < SHORTEST_DELAY:
        raise ValueError(f"delay: {delay} s is less than {SHORTEST_DELAY} s")
    contact = contact or os.environ.get(CONTACT)
    if not contact:
        logger.warning("crawl() without contact=: with one, a site's people can reach you instead of shutting you out")
    window = {name: moment(name, given, now) for name, given in (("since", since), ("until", until))}
    return {
        "sites": list(sites),
        "queries": queries,
        "engine": engine,
        **{name: said and said.isoformat() for name, said in window.items()},
        "limit": limit,
        "refresh": seconds("refresh", refresh),
        "database": None if database is None else str(database),
        "contact": contact,
        "delay": delay,
        "private_networks": private_networks,
        "settings": dict(settings or {}),
        "warc": None if warc is None else str(warc),
    }


def seconds(name: str, given: timedelta | str | None) -> float | None:
    """A length of time in seconds: given as one, or in words."""
    if isinstance(given, str):
        try:
            given = parse_span(given)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    if given is not None and not isinstance(given, timedelta):
        raise TypeError(f"{name}: {given!r} is no length of time; give a timedelta, or words such as '48h'")
    return None if given is None else given.total_seconds()


class Given:
    """The addresses that a caller gives: themselves, or a file of them, which is opened at once.

    Raises `InputError` where a file cannot be read (also further down in it), `ValueError` for what is no address.
    """

    def __init__(self, urls: Urls) -> None:
        self.file: str | None = None
        self._urls: Iterable[str] = ()
        if isinstance(urls, str) and address_in(urls):
            self._urls = [urls]
        elif isinstance(urls, str | Path):
            from newsscrape.discovery.address_files import read_addresses

            self.file = str(urls)
            self._found = read_addresses(urls)
            self._urls = (address.url for address in self._found)
        elif urls is not None:
            self._urls = urls

    def __iter__(self) -> Iterator[str]:
        for url in self._urls:
            address = address_in(url)
            if not address:
                raise ValueError(f"urls: {url!r} is no address (http:// or https://)")
            yield address

    @property
    def notice(self) -> str | None:
        """What is to be said of rows without an address, after the last one was read."""
        if self.file is None or not self._found.skipped:
            return None
        where = self._found.first_skipped
        return f"{self.file}: {self._found.skipped:,} rows without an address (the first is row {where})"


def environment(profiles: str | Path | None) -> dict[str, str] | None:
    """The child's environment: the caller's (None), or that with a folder of profiles more.

    Raises `ProfileError` where there is no such folder.
    """
    if profiles is None:
        return None
    from newsscrape.sites.loader import ENVIRONMENT, with_folder

    if not Path(profiles).is_dir():
        raise ProfileError("is no folder of site profiles", path=str(profiles))
    return {**os.environ, ENVIRONMENT: with_folder(os.environ.get(ENVIRONMENT, ""), Path(profiles))}
