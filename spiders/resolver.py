"""A DNS resolver that knows some names by itself: the invented newsroom of the demo and the tests.

Set `TWISTED_DNS_RESOLVER` to this class and `NEWSSCRAPE_HOSTS` to a map from host suffix to IPv4
address, such as `{".newsroom.test": "127.0.0.1"}`. All other names go the usual way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase


class MappedResolver(CachingThreadedResolver):
    """Scrapy's own resolver, asked only for names that the map does not hold."""

    hosts: Mapping[str, str]

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Reads the map from the setting `NEWSSCRAPE_HOSTS`."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.hosts = crawler.settings.getdict("NEWSSCRAPE_HOSTS")
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> defer.Deferred[Any]:
        """The address of a name, as Twisted asks for it."""
        for suffix, address in self.hosts.items():
            if name.endswith(suffix):
                return defer.succeed(address)
        return super().getHostByName(name, timeout)
