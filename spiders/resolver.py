"""The DNS resolver: it keeps out of private networks, and knows some names by itself.

`NEWSSCRAPE_HOSTS` maps host suffixes to IPv4 addresses, such as `{".newsroom.test": "127.0.0.1"}`: the invented
newsroom of the demo and the tests. All other names go the usual way. A proxy may stand in a private network, as most
do: whoever set it in the environment wants it to be asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self
from urllib.parse import urlsplit
from urllib.request import getproxies

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
    proxies: frozenset[str | None]
    allows_private: bool

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Reads the map from the setting `NEWSSCRAPE_HOSTS`."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.hosts = crawler.settings.getdict("NEWSSCRAPE_HOSTS")
        used = getproxies().values() if crawler.settings.getbool("HTTPPROXY_ENABLED") else ()
        resolver.proxies = frozenset(urlsplit(url if "//" in url else f"//{url}").hostname for url in used)
        resolver.allows_private = crawler.settings.getbool(SETTING)
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> defer.Deferred[Any]:
        """The address of a name, as Twisted asks for it."""
        for suffix, address in self.hosts.items():
            if name.endswith(suffix):
                return defer.succeed(address)
        found = super().getHostByName(name, timeout)
        return found if self.allows_private or name.lower() in self.proxies else found.addCallback(_public, name)


def _public(address: str, name: str) -> str:
    if is_private(address):
        GuardedResolver.refused.add(name)
        raise DNSLookupError(f"{name} is inside a private network ({address})")
    return address
