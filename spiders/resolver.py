"""The DNS resolver: it keeps out of private networks, and knows some names by itself.

`NEWSSCRAPE_HOSTS` maps host suffixes to IPv4 addresses, such as `{".newsroom.test": "127.0.0.1"}`: the invented
newsroom of the demo and the tests. All other names go the usual way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self

from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer
from twisted.internet.error import DNSLookupError

from .networks import SETTING, is_private

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's own resolver, asked for names that the map does not hold; private answers are refused.

    `refused` holds the names that led into a private network: Twisted passes on no more than that they failed.
    """

    refused: ClassVar[set[str]] = set()

    hosts: Mapping[str, str]
    allows_private: bool

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Reads the map from the setting `NEWSSCRAPE_HOSTS`."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.hosts = crawler.settings.getdict("NEWSSCRAPE_HOSTS")
        resolver.allows_private = crawler.settings.getbool(SETTING)
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> defer.Deferred[Any]:
        """The address of a name, as Twisted asks for it."""
        for suffix, address in self.hosts.items():
            if name.endswith(suffix):
                return defer.succeed(address)
        found = super().getHostByName(name, timeout)
        return found if self.allows_private else found.addCallback(_public, name)


def _public(address: str, name: str) -> str:
    if is_private(address):
        GuardedResolver.refused.add(name)
        raise DNSLookupError(f"{name} is inside a private network ({address})")
    return address
