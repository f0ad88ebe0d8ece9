"""Sites that nobody has written a profile for: they go by their domain."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newsscrape.sites.loader import find_site
from newsscrape.sites.profile import Profile
from newsscrape.sites.site import Site

_HOST_PREFIX = re.compile(r"^(?:www|m|mobile|amp|news)\d?\.")


def domain_of(url: str) -> str:
    """The host of an address without www, m or news in front: what a profile calls the site's domain."""
    return _HOST_PREFIX.sub("", (urlsplit(url).hostname or "").lower())


def site_for(url: str) -> Site | None:
    """The site that an address belongs to, made up from its domain where no profile claims it; None without a host."""
    if not urlsplit(url).hostname:
        return None
    site = find_site(url)
    if site is not None:
        return site
    domain = domain_of(url)
    # A domain is no key of a profile, which has no dots: the two can never be taken for each other.
    return Site(Profile.model_construct(key=domain, name=domain, domains=(domain,)))
