"""Pages that are asked for by their addresses: from a file or a search into the ledger, each under its site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from newsscrape.sites import Site, site_for

from .job import Job, Wish
from .round import Round

_BATCH = 1000


def want(
    round_: Round, addresses: Iterable[str], wish: Callable[[Site], Wish], jobs: Mapping[str, Job] | None = None
) -> dict[str, Job]:
    """Takes addresses into the ledger; returns a job for every site that has one of them, by its key.

    `wish` tells what is wanted of a site. `jobs` are those that the round has already; they take their sites'
    addresses along, and are among what is returned. A site without a profile gets one by its domain: its pages are
    read by what they say of themselves. Raises whatever the reading of `addresses` does, with everything before it
    taken.
    """
    jobs = dict(jobs or {})
    rest = iter(addresses)
    while batch := list(islice(rest, _BATCH)):
        for site, urls in _by_site(batch):
            if site.key not in jobs:
                jobs[site.key] = Job.of(site, round_, wish(site), by_address=True)
            jobs[site.key].want(urls)
    return jobs


def _by_site(addresses: Iterable[str]) -> Iterator[tuple[Site, list[str]]]:
    sites: dict[str, Site] = {}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for url in addresses:
        site = site_for(url)
        if site is not None:
            sites.setdefault(site.key, site)
            found[site.key].append(url)
    return ((sites[key], urls) for key, urls in found.items())
