"""Accuracy on the real pages with hand-made gold, which are not part of this project: skipped where they are not.

The floors are those the project set itself; the measure is the scorer that lies beside the pages.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

SCORER = Path(__file__).parents[2] / "shared" / "bench" / "run.py"
FLOORS = {"f1": 0.995, "perfect": 0.95, "title": 0.98, "published": 0.98, "publisher": 0.98, "authors": 0.97}
FLOORS_UNSEEN = {"f1": 0.97, "perfect": 0.75, "title": 0.95, "published": 0.95, "authors": 0.90}
CEILINGS = {"leak": 0.03, "lost": 0.0}
CEILINGS_UNSEEN = {"lost": 0.02}


def _score(*options: str) -> dict[str, float]:
    if not SCORER.exists():
        pytest.skip("the real pages are not here")
    pytest.importorskip("rapidfuzz", reason="the scorer needs it: pip install rapidfuzz")
    environment = {name: value for name, value in os.environ.items() if name != "NEWSSCRAPE_SITES"}
    run = subprocess.run(
        [sys.executable, str(SCORER), *options], capture_output=True, text=True, check=True, env=environment
    )
    return {name: float(figure) for name, figure in re.findall(r"(\w+) (\d\.\d+)", run.stdout)}


@pytest.fixture(scope="module")
def known() -> dict[str, float]:
    return _score()


@pytest.fixture(scope="module")
def unseen() -> dict[str, float]:
    return _score("--unseen")


@pytest.mark.parametrize("figure", FLOORS)
def test_known_site_reaches(figure: str, known: dict[str, float]) -> None:
    assert known[figure] >= FLOORS[figure]


@pytest.mark.parametrize("figure", CEILINGS)
def test_known_site_stays_within(figure: str, known: dict[str, float]) -> None:
    assert known[figure] <= CEILINGS[figure]


@pytest.mark.parametrize("figure", FLOORS_UNSEEN)
def test_unknown_site_reaches(figure: str, unseen: dict[str, float]) -> None:
    assert unseen[figure] >= FLOORS_UNSEEN[figure]


@pytest.mark.parametrize("figure", CEILINGS_UNSEEN)
def test_unknown_site_stays_within(figure: str, unseen: dict[str, float]) -> None:
    assert unseen[figure] <= CEILINGS_UNSEEN[figure]
