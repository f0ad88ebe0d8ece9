"""The stages of a wire's story: 속보, 1보, 2보, 종합, 종합2보 are one story, each time told more fully."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files

_STAGES: dict[str, int] = tomllib.loads((files("newsscrape.korean") / "labels.toml").read_text(encoding="utf-8"))[
    "stages"
]
_FLASH = _STAGES["속보"]
_NUMBERED = re.compile(r"(?P<whole>종합)?(?P<number>\d{1,2})보")  # 2보, 종합2보
_NUMBERED_FLASH = re.compile(r"속보\d{1,2}")


def stage(labels: Iterable[str]) -> int | None:
    """How far the story is that these labels of a headline tell of; None where none of them is a stage.

    Stages are numbers that only compare: the larger takes the place of the smaller.
    """
    found = [number for number in map(_stage, labels) if number is not None]
    return max(found, default=None)


def _stage(label: str) -> int | None:
    if label in _STAGES:
        return _STAGES[label]
    if match := _NUMBERED.fullmatch(label):
        return int(match["number"]) + (_STAGES["종합"] if match["whole"] else 0)
    return _FLASH if _NUMBERED_FLASH.fullmatch(label) else None
