"""Who made the article, and where it was read when that is a portal.

On a publisher's own host the profile names it. On a portal the newspaper's mark on the page does
(profile selector, og:article:author, the copyright line, the dateline's agency), never the portal.
On an unknown host: JSON-LD, og:site_name, the copyright line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsscrape import sites
from newsscrape.article import Outlet
from newsscrape.candidates.candidate import Candidates
from newsscrape.fields.resolved import Resolved
from newsscrape.korean.agencies import is_outlet
from newsscrape.korean.bylines import is_name
from newsscrape.korean.characters import fold, hangul_share
from newsscrape.korean.titles import DECORATION, PORTALS, is_label
from newsscrape.korean.vocabulary import BROADCASTERS

# (field, source) in order of trust. `press` is the newspaper's name in a field meant for authors (Naver, Daum, zum).
_ON_PORTAL = (
    ("publisher", "profile"),
    ("publisher", "lines"),
    ("publisher", "receipt"),
    ("press", "meta:og:article:author"),
    ("publisher", "jsonld"),
    ("press", "meta"),
    ("publisher", "dateline"),
)
_ELSEWHERE = (
    ("publisher", "header"),
    ("publisher", "lines"),
    ("press", "meta:og:article:author"),
    ("publisher", "jsonld"),
    ("publisher", "meta:dd:publisher"),
    ("publisher", "meta:dc.publisher"),
    ("publisher", "title-tag"),
    ("publisher", "footer"),
    ("publisher", "meta:og:site_name"),
    ("publisher", "logo"),
    ("publisher", "receipt"),
    ("publisher", "around"),
    ("publisher", "meta:publisher"),
    ("publisher", "script"),
    ("publisher", "title-rest"),
    ("publisher", "wire"),
)
_LONGEST = 30
_SPELT = 6  # letters; shorter ones are initials, which are names of their own
# A web address, an account, a reporter: met in fields meant for the house's name.
_NO_HOUSE = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?$|.*@|.*기자$|since (?:19|20)\d\d", re.IGNORECASE)
_INITIALS = re.compile(r"[A-Z]{2,5} \S+$")  # a broadcaster's, "HBC 뉴스"
_COMPANIES = ("일보사", "신문사", "방송사", "통신사")
_CORPORATE = re.compile(r"\(주\)|㈜|주식회사|\bInc\.?$|\bCo\.,? ?Ltd\.?$")
_DECORATION = re.compile(r"^[-:|\s\[<(]+|[-:|\s\])>]+$")


@dataclass(frozen=True, slots=True)
class House:
    """The publisher and, when the page was read elsewhere, the portal."""

    publisher: Resolved[Outlet] | None
    portal: Resolved[Outlet] | None


def resolve(candidates: Candidates, site: sites.Site | None = None) -> House:
    """Publisher and portal; `site` is the profile of the page's host, if there is one."""
    if site is not None and site.profile.role == "publisher":
        return House(_of_another_house(candidates, site) or Resolved(site.outlet, "profile"), None)
    portal = Resolved(site.outlet, "profile") if site is not None and site.is_portal else None
    if portal is None:
        portal = next((Resolved(_outlet(str(c.value)), c.source, c.raw) for c in candidates.of("portal")), None)
    own = {portal.value.name, *(site.names if site else ())} if portal else set()
    for field, source in _ON_PORTAL if portal else _ELSEWHERE:
        for candidate in candidates.of(field, source):
            name = clean_name(str(candidate.value))
            if name and name not in own and not is_portal_name(name) and _may_be_house(name, candidate.source):
                name = _in_hangul(name, candidates)
                return House(Resolved(_outlet(name), candidate.source, candidate.raw), portal)
    return House(None, portal)


def _may_be_house(name: str, source: str) -> bool:
    """Author's names stand in fields meant for the house, too; a house we know may look like one ("조선").

    Behind "제호 :" nobody but the house is named ("나루인").
    """
    return source == "footer:masthead" or is_outlet(name) or sites.key_of(name) is not None or not is_name(name)


def _in_hangul(name: str, candidates: Candidates) -> str:
    """The house's Korean name for one spelt in Latin letters (KUKMINILBO), where a Korean page prints both."""
    if not name.isascii() or len(name) < _SPELT or not any(hangul_share(c.raw) > 0 for c in candidates.of("title")):
        return name
    others = (clean_name(str(c.value)) for c in candidates.of("publisher", "title-tag", "logo", "footer"))
    return next((other for other in others if other and hangul_share(other) > 0 and not is_portal_name(other)), name)


def _of_another_house(candidates: Candidates, site: sites.Site) -> Resolved[Outlet] | None:
    """A sister paper's article on this host (OSEN on chosun.com), where the page's own data names a house we know."""
    for candidate in candidates.of("publisher", "profile", "script", "title-tag"):
        key = sites.key_of(str(candidate.value))
        if key is not None and key != site.key:
            return Resolved(sites.load_site(key).outlet, candidate.source, candidate.raw)
    return None


def clean_name(printed: str) -> str | None:
    """A publisher's name without address, company form or the portal behind a bar; None for what is no name."""
    parts = [part.strip() for part in re.split(r"\s*[|｜]\s*", printed)]
    house = next((part for part in parts if part and not is_portal_name(part)), "")
    name = _DECORATION.sub("", _CORPORATE.sub("", house)).strip(" ,.-")
    name = _bare(name)
    if not name or len(name) > _LONGEST or _NO_HOUSE.match(name) or is_label(name):
        return None
    return name


def _bare(name: str) -> str:
    """The house without slogan words in front and "뉴스" behind: "1등 인터넷뉴스 한빛닷컴", "한빛방송 뉴스"."""
    if name.endswith(_COMPANIES) and is_outlet(name[:-1]):
        name = name[:-1]  # "한빛일보사"
    if name.endswith("뉴스") and name[:-2] in BROADCASTERS and name[:-2].isascii():
        name = name[:-2]  # "KBS뉴스"
    words = name.split()
    while len(words) > 1 and fold(words[0]).lower() in DECORATION and is_outlet(words[-1]):
        words = words[1:]
    if len(words) > 1 and words[-1].lower() in ("뉴스", "news") and (is_outlet(words[-2]) or _INITIALS.match(name)):
        words = words[:-1]
    return " ".join(words)


def is_portal_name(name: str) -> bool:
    """Whether this is a portal, which publishes nothing itself."""
    return fold(name).replace(" ", "").lower() in PORTALS


def _outlet(name: str) -> Outlet:
    key = sites.key_of(name)
    if key is not None:
        return sites.load_site(key).outlet
    return Outlet(name=name)
