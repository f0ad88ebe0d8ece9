"""Drift: a site has changed its pages, and a selector of its profile finds nothing any more.

The other sources still speak and the record comes out right; that they had to is told as a warning (found by
`find_drift`), and a crawl counts it by site and field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WARNING = re.compile(
    r"profile (?P<profile>[\w-]+)(?:/(?P<layout>\S+))?: (?:no layout fits|(?P<field>\w+) found nothing); "
    r"taken from (?P<source>.+)"
)


@dataclass(frozen=True, slots=True)
class Drift:
    """A field that the profile's selector did not find and `source` told instead.

    `field` is the selector's name ("published"), or "layout" where none of the profile's layouts fits.
    """

    profile: str
    layout: str | None
    field: str
    source: str

    def __str__(self) -> str:
        if self.layout is None:
            return f"profile {self.profile}: no layout fits; taken from {self.source}"
        return f"profile {self.profile}/{self.layout}: {self.field} found nothing; taken from {self.source}"


def read_drift(warning: str) -> Drift | None:
    """The drift that a record's warning tells of; None for warnings of other kinds."""
    found = _WARNING.fullmatch(warning)
    if found is None:
        return None
    return Drift(found["profile"], found["layout"], found["field"] or "layout", found["source"])
