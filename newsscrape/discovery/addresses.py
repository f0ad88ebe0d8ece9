"""Addresses as feeds, sitemaps and pages print them."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def absolute(link: str, base: str | None) -> str:
    """The absolute http(s) address of a link on the page `base`, without fragment; "" for everything else.

    Everything else is javascript:, mailto:, and what is broken ("http://[기사]" in a feed's <link>).
    """
    try:
        url = urljoin(base or "", link.strip()).partition("#")[0] if link else ""
        return url if urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""
