"""Who made the article, and where it was read when that is a portal.

On a publisher's own host the profile names it. On a portal the newspaper's mark on the page does
(profile selector, og:article:author, the copyright line, the dateline's agency), never the portal.
On an unknown host: JSON-LD, og:site_name, the copyright line.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from newsscrape import sites
from newsscrape.article import Outlet
from newsscrape.candidates.candidate import Candidates
from newsscrape.fields.resolved import Resolved

_ON_PORTAL = ("profile", "lines", "receipt", "jsonld", "meta:og:article:author", "dateline")
_ELSEWHERE = (
    "lines",
    "jsonld",
    "meta:dd:publisher",
    "meta:dc.publisher",
    "receipt",
    "meta:og:site_name",
    "meta:publisher",
    "title-tag",
)
_PORTALS = frozenset(
    [
        "네이버",
        "네이버뉴스",
        "네이버스포츠",
        "네이버엔터",
        "NAVER",
        "Naver",
        "다음",
        "다음뉴스",
        "Daum",
        "DAUM",
        "카카오",
        "네이트",
        "네이트뉴스",
        "nate",
        "줌",
        "줌뉴스",
        "ZUM",
        "zum",
        "MSN",
        "구글",
        "Google",
        "YouTube",
        "페이스북",
        "Facebook",
        "트위터",
        "카카오톡",
    ]
)
_ADDRESS = re.compile(r"^(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?$", re.IGNORECASE)
_CORPORATE = re.compile(r"\(주\)|㈜|주식회사|\bInc\.?$|\bCo\.,? ?Ltd\.?$")
_DECORATION = re.compile(r"^(?:[-:|\s\[<(]+)|(?:[-:|\s\])>]+)$|\s*\|\s*(?:네이버|다음|네이트|Daum).*$")


@dataclass(frozen=True, slots=True)
class House:
    """The publisher and, when the page was read elsewhere, the portal."""

    publisher: Resolved[Outlet] | None
    portal: Resolved[Outlet] | None


def resolve(candidates: Candidates, site: sites.Site | None = None) -> House:
    """Publisher and portal; `site` is the profile of the page's host, if there is one."""
    if site is not None and site.profile.role == "publisher":
        return House(Resolved(site.outlet, "profile"), None)
    portal = Resolved(site.outlet, "profile") if site is not None and site.is_portal else None
    if portal is None:
        portal = next(
            (Resolved(_outlet(str(c.value)), c.source, c.raw) for c in candidates.of("portal")), None
        )
    order = _ON_PORTAL if portal else _ELSEWHERE
    own = {portal.value.name, *(site.names if site else ())} if portal else set()
    for field in ("publisher", "press"):
        for candidate in candidates.of(field, *order):
            name = clean_name(str(candidate.value))
            if name and name not in own and not is_portal_name(name):
                return House(Resolved(_outlet(name), candidate.source, candidate.raw), portal)
    return House(None, portal)


def clean_name(printed: str) -> str | None:
    """A publisher's name without address, company form or the portal behind a bar; None for what is no name."""
    name = _DECORATION.sub("", _CORPORATE.sub("", printed)).strip(" ,.-")
    if not name or len(name) > 30 or _ADDRESS.match(name) or name.startswith("@"):
        return None
    return name


def is_portal_name(name: str, names: Collection[str] = _PORTALS) -> bool:
    """Whether this is a portal, which publishes nothing itself."""
    return name.replace(" ", "") in names


def _outlet(name: str) -> Outlet:
    key = sites.key_of(name)
    if key is not None:
        return sites.load_site(key).outlet
    return Outlet(name=name)
