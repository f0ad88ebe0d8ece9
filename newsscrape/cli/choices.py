"""Options that take some words only."""

from __future__ import annotations

from newsscrape.cli.console import stop


def known(option: str, values: list[str] | None, names: str) -> tuple[str, ...]:
    """The values of an option, all of which must be among the `names` of `newsscrape.article`; leaves with code 2."""
    from typing import get_args

    from newsscrape import article

    choices = get_args(getattr(article, names))
    for value in values or ():
        if value not in choices:
            stop(f"{option} {value!r} is unknown; there are {', '.join(choices)}")
    return tuple(values or ())
