"""What we know of each publisher and portal: one TOML profile a site, one a CMS family, and the loader."""

from newsscrape.sites.loader import (
    find_family,
    find_layout,
    find_site,
    key_of,
    load_site,
    names,
    read_profile,
    site_keys,
)
from newsscrape.sites.profile import Profile, profile_schema
from newsscrape.sites.selector import Selector
from newsscrape.sites.site import CompiledLayout, Site
from newsscrape.sites.unprofiled import domain_of, site_for

__all__ = [
    "CompiledLayout",
    "Profile",
    "Selector",
    "Site",
    "domain_of",
    "find_family",
    "find_layout",
    "find_site",
    "key_of",
    "load_site",
    "names",
    "profile_schema",
    "read_profile",
    "site_for",
    "site_keys",
]
