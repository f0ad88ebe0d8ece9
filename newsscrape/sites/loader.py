"""Finds and loads site profiles: built-in ones beside this file, the user's own from `NEWSSCRAPE_SITES`.

A profile is read and compiled when its host is first asked for. To know which file a host belongs to,
the files' `domains` lines are scanned once, which is far cheaper than reading 100 TOML files.

`NEWSSCRAPE_SITES` is `none` (no sites at all, CMS families only: to see how an unknown site fares) or one or more
folders (separated as in PATH) whose profiles are added and win over the built-in ones.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from newsscrape.errors import ProfileError, UnknownSite
from newsscrape.page import names_host
from newsscrape.parse import Element
from newsscrape.sites.profile import Profile
from newsscrape.sites.site import CompiledLayout, Site
from newsscrape.tomlfile import TomlFile, read_text
from newsscrape.tree_index import TreeIndex

HERE = Path(__file__).parent
ENVIRONMENT = "NEWSSCRAPE_SITES"
_DOMAINS = re.compile(r"^domains\s*=\s*\[(.*?)\]", re.MULTILINE | re.DOTALL)
_NAMES = re.compile(r"^(?:name|name_en|also)\s*=\s*(.+?)$", re.MULTILINE)
_STRING = re.compile(r"\"([^\"]*)\"|'([^']*)'")


@dataclass(frozen=True)
class Library:
    """All profiles that can be used: their files by key, keys by domain and by printed name."""

    files: Mapping[str, Path]
    domains: Mapping[str, str]
    printed: Mapping[str, str]
    families: Mapping[str, Path]


def find_site(url: str) -> Site | None:
    """The site whose host an address is on, or None when no profile claims it.

    Raises `ProfileError` when the site's profile cannot be read.
    """
    host = (urlsplit(url).hostname or "").lower() if "//" in url else url.lower()
    domains = _library().domains
    while host:
        key = domains.get(host)
        if key is not None:
            return load_site(key)
        host = host.partition(".")[2]
    return None


def load_site(key: str, folder: Path | None = None) -> Site:
    """The site with this key; profiles in `folder` win over all others.

    Raises `UnknownSite` (with near names) or `ProfileError`.
    """
    library = _library(folder)
    path = library.files.get(key)
    if path is None:
        raise UnknownSite(key, known=tuple(library.files))
    return _site(path, _stamp(path))


def find_family(tree: Element, index: TreeIndex | None = None) -> Site | None:
    """The CMS family that a page shows the marks of, for hosts without a profile of their own.

    `index` is the page's, where there is one already.
    """
    index = index or TreeIndex(tree)
    for path in _library().families.values():
        site = _site(path, _stamp(path))
        if site.layout(tree, index) is not None:
            return site
    return None


def find_layout(
    url: str | None, tree: Element, index: TreeIndex | None = None
) -> tuple[Site | None, CompiledLayout | None]:
    """The site of a page, by its address, and the layout that fits; where none of its own does, a family's.

    The site is the family where no profile names the host. A page that comes without an address, or with a path alone,
    is the site's whose address it gives as its own, if it looks like it: copies elsewhere name the first one, too.
    `index` is the page's, where there is one already.
    """
    index = index or TreeIndex(tree)
    site = find_site(url) if url else None
    if site is not None:
        index.gather(site.tags)
    layout = site.layout(tree, index) if site else None
    if site is None and not names_host(url):
        named = find_site(_own_address(index))
        layout = named.layout(tree, index) if named else None
        site = named if layout else None
    if layout is None:
        family = find_family(tree, index)
        layout = family.layout(tree, index) if family else None
        site = site or family
    if layout is not None:
        index.gather(layout.tags)
    return site, layout


def _own_address(index: TreeIndex) -> str:
    """The address that a page gives as its own; empty where it gives none."""
    metas = (meta.get("content") for meta in index.of("meta") if meta.get("property") == "og:url")
    return next((address.strip() for address in (*index.canonical(), *metas) if address and "//" in address), "")


def site_keys() -> tuple[str, ...]:
    """The keys of all sites, sorted."""
    return tuple(sorted(_library().files))


def names() -> Mapping[str, str]:
    """Every printed name of every site (lower case, no blanks) with its key: {"연합뉴스": "yna", ...}."""
    return _library().printed


def key_of(name: str) -> str | None:
    """The key of the site that is called so; blanks and letter case do not count."""
    return _library().printed.get(_as_name(name))


def read_profile(path: Path) -> Profile:
    """Reads and checks one profile file. Raises `ProfileError`, which names the file, the line and the field."""
    file = TomlFile.read(path, ProfileError)
    profile = file.model(Profile)
    if profile.key != path.stem:
        raise file.wrong(("key",), f"is {profile.key!r}, but the file is called {path.name}")
    return profile


def with_folder(environment: str, folder: Path) -> str:
    """The value of `NEWSSCRAPE_SITES` that names one folder more: the last one named wins."""
    named = [part for part in environment.split(os.pathsep) if part not in ("", "none")]
    return os.pathsep.join([*named, str(folder)])


def forget() -> None:
    """Forgets which profiles there are, so that ones written since are found: for processes that stay."""
    _scan.cache_clear()


def _library(folder: Path | None = None) -> Library:
    environment = os.environ.get(ENVIRONMENT, "")
    return _scan(with_folder(environment, folder) if folder else environment)


@lru_cache(maxsize=8)
def _scan(environment: str) -> Library:
    families = {path.stem: path for path in sorted((HERE / "families").glob("*.toml"))}
    if environment == "none":
        return Library({}, {}, {}, families)
    folders = [HERE / "publishers", *(Path(part) for part in environment.split(os.pathsep) if part)]
    files: dict[str, Path] = {}
    for folder in folders:
        if not folder.is_dir():
            raise ProfileError(f"{ENVIRONMENT} names a folder that is not there", path=str(folder))
        files.update((path.stem, path) for path in sorted(folder.glob("*.toml")))
    domains: dict[str, str] = {}
    printed: dict[str, str] = {}
    for key, path in files.items():
        text = read_text(path, ProfileError)
        claimed = _DOMAINS.search(text)
        domains.update((domain, key) for domain in _strings(claimed[1] if claimed else ""))
        head = text.partition("\n[")[0]
        printed.update((_as_name(name), key) for line in _NAMES.findall(head) for name in _strings(line))
    return Library(files, domains, printed, families)


def _as_name(printed: str) -> str:
    return printed.replace(" ", "").lower()


def _strings(text: str) -> list[str]:
    return [double or single for double, single in _STRING.findall(text)]


def _stamp(path: Path) -> int:
    return path.stat().st_mtime_ns


@lru_cache(maxsize=512)
def _site(path: Path, stamp: int) -> Site:  # `stamp` makes an edited profile a new entry
    profile = read_profile(path)
    family = None
    if profile.family:
        family_path = _library().families.get(profile.family)
        if family_path is None:
            file = TomlFile.read(path, ProfileError)
            raise file.wrong(("family",), f"no family is called {profile.family!r}")
        family = read_profile(family_path)
    return Site(profile, family)
