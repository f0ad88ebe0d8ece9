"""What holds for one site: its entry in the plan over what holds for all, and both over its profile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from newsscrape.sites import Site
from newsscrape.sites.profile import Crawl

if TYPE_CHECKING:
    from newsscrape.plan.model import Every, SiteEntry


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """How one site is crawled in a round.

    `site` is the site with the lists and the delay that the plan wants. Its lists are visited in the bounds of
    `every`; an article found may be `since` old at most, and up to the age of `refresh` it is asked for again
    (None: never); `limit` articles end the site's round (None: nothing does).
    """

    site: Site
    every: Every
    since: timedelta
    refresh: timedelta | None
    limit: int | None

    @property
    def lists(self) -> tuple[str, ...]:
        """The addresses of the lists that are visited."""
        crawl = self.site.profile.crawl
        return tuple(dict.fromkeys((*crawl.feeds, *crawl.sitemaps, *(section.url for section in crawl.sections))))


def narrowed(site: Site, entry: SiteEntry, delay: float | None) -> Site:
    """The site with the lists that its entry names (all of the profile's where it names none) and its delay.

    `delay` is the plan's, in seconds, for all sites: a profile that wants more is obeyed, unless the entry says less.
    """
    crawl = site.profile.crawl
    seconds = entry.delay or (max(delay, crawl.delay or 0) if delay else crawl.delay)
    chosen = crawl.model_copy(update={"delay": seconds})
    if entry.feeds or entry.sitemaps or entry.sections:
        sections = tuple(section for section in crawl.sections if section.name in entry.sections)
        chosen = Crawl(feeds=entry.feeds, sitemaps=entry.sitemaps, sections=sections, delay=seconds)
    if chosen == crawl:
        return site
    return Site(site.profile.model_copy(update={"crawl": chosen}), site.family)
