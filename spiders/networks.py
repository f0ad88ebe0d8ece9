"""Networks that a crawler of public news has no business in: private, loopback, link-local and reserved addresses.

A page, a redirect or a sitemap can name any address; without this check it could make the crawler ask the
router, a cloud's metadata service or a database next door. Names are checked when they are resolved, with the
very address that is then connected to, so that a name which changes its mind in between (DNS rebinding) gains
nothing. Behind a proxy it is the proxy that resolves names, and only addresses written as numbers are refused.
"""

from __future__ import annotations

import ipaddress

SETTING = "NEWSSCRAPE_PRIVATE_NETWORKS"
"""The Scrapy setting that allows them: the demo, the tests, and an intranet of one's own."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")  # of old; ::1 and :: are among it


def is_private(host: str) -> bool:
    """Whether a host is written as an address that no public site has. False for names (except localhost)."""
    host = host.strip("[]").rstrip(".").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    address = _address(host)
    if address is None:
        return False
    address = _carried(address) or address
    return not address.is_global or address.is_multicast or getattr(address, "is_site_local", False)


def _carried(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one leads to: mapped, compatible (::/96), by 6to4, by NAT64 (RFC 6052)."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64 or address in _COMPATIBLE:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that a host is written as, in any of the forms that connect: 127.1, 0x7f000001, 2130706433."""
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    parts = host.split(".")
    if len(parts) > 4 or not all(parts):
        return None
    try:
        numbers = [int(part, 0) if not part.startswith("0") or part[1:2] in "xX" else int(part, 8) for part in parts]
    except ValueError:
        return None
    value = 0
    for number in numbers[:-1]:
        value = value * 256 + number
    value = value * 256 ** (5 - len(parts)) + numbers[-1]
    return ipaddress.IPv4Address(value) if 0 <= value < 2**32 else None
