"""Reads a plan and checks what it names: the sites, their sections, the folder of profiles."""

from __future__ import annotations

import difflib
from pathlib import Path

from newsscrape.errors import PlanError, UnknownSite
from newsscrape.plan.model import Plan
from newsscrape.sites import load_site
from newsscrape.tomlfile import TomlFile


def read_plan(path: str | Path) -> Plan:
    """The plan in a file.

    Raises `PlanError`, which names the file, the line and the entry, and `ProfileError` where the profile of a
    site that it names is wrong.
    """
    path = Path(path)
    if not path.exists():
        raise PlanError("there is no such file; `newsscrape init` writes one", path=str(path))
    return _checked(TomlFile.read(path, PlanError))


def check_plan(text: str, path: str | Path) -> Plan:
    """The plan in a text that is going to stand at a path. Raises as `read_plan` does."""
    return _checked(TomlFile.of(text, Path(path), PlanError))


def _checked(file: TomlFile) -> Plan:
    plan = file.model(Plan, file)
    if plan.profiles is not None and not plan.profiles.is_dir():
        raise file.wrong(("profiles",), f"there is no folder {plan.profiles}")
    for number, entry in enumerate(plan.sites):
        where = ("sites", number)
        try:
            crawl = load_site(entry.key, plan.profiles).profile.crawl
        except UnknownSite as error:
            raise file.wrong((*where, "key"), str(error)) from error
        named = [section.name for section in crawl.sections]
        for place, name in enumerate(entry.sections):
            if name not in named:
                raise file.wrong((*where, "sections", place), _unknown_section(entry.key, name, named))
        if not (crawl.feeds or crawl.sitemaps or named or entry.feeds or entry.sitemaps):
            reason = f"the profile of {entry.key} names nothing to crawl; name `feeds` or `sitemaps` here"
            raise file.wrong((*where, "key"), reason)
    return plan


def _unknown_section(key: str, name: str, named: list[str]) -> str:
    if not named:
        return f"the profile of {key} names no sections; choose among its feeds (`newsscrape sites show {key}`)"
    near = difflib.get_close_matches(name, named, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(named)}"
    return f"{key} has no section {name!r}; {hint}"
