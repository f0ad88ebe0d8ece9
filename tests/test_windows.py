"""`since`, `until` and `limit`, alone and together, and what a later run makes up for.

Each case is a first and a second run on one database, over papers of one kind of list each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rounds import crawl_round
from test_crawl import records
from town import Town
from town.paper import KST

ARTICLES = range(1, 25)
START = datetime(2025, 3, 1, 9, 0, tzinfo=KST)
STEP = timedelta(hours=12)
LISTS = ("feeds", "sitemaps", "sections")


def at(number: int) -> datetime:
    return START + number * STEP


def span(first: int, last: int) -> set[int]:
    return set(range(first, last + 1))


@dataclass(frozen=True)
class Case:
    """Options of two runs, and the articles that the archive holds after each."""

    first: dict[str, Any]
    after_first: set[int]
    second: dict[str, Any]
    after_second: set[int]


CASES = {
    "since": Case({"since": at(18)}, span(18, 24), {"since": at(8)}, span(8, 24)),
    "since-then-all": Case({"since": at(18)}, span(18, 24), {}, span(1, 24)),
    "until": Case({"until": at(6)}, span(1, 6), {}, span(1, 24)),
    "limit": Case({"limit": 5}, span(20, 24), {"limit": 6}, span(14, 24)),
    "since-until": Case({"since": at(8), "until": at(12)}, span(8, 12), {"since": at(6)}, span(6, 24)),
    "since-limit": Case({"since": at(10), "limit": 4}, span(21, 24), {"since": at(10)}, span(10, 24)),
    "until-limit": Case({"until": at(12), "limit": 3}, span(10, 12), {}, span(1, 24)),
    "all-three": Case({"since": at(4), "until": at(12), "limit": 3}, span(10, 12), {"until": at(12)}, span(1, 12)),
}


@dataclass
class Outcome:
    """What a case's two runs left: the archive's articles, the accounts, and what was asked for."""

    articles: list[dict[str, set[int]]]
    reports: list[dict[str, dict[str, Any]]]
    asked: list[dict[str, list[str]]]


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with Town(seed=8) as town:
        for kind in LISTS:
            paper = town.add(kind, lists=[kind], feed_size=30, page_size=5)
            for number in ARTICLES:
                paper.publish(number, at=at(number))
        yield town


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


@pytest.fixture(scope="module")
def outcome(case: Case, town: Town, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder: Path = tmp_path_factory.mktemp("windows")
    keys = town.profiles(folder / "profiles")
    outcome = Outcome([], [], [])
    for options in (case.first, case.second):
        town.forget()
        outcome.reports.append(
            crawl_round(
                folder / "profiles", sites=keys, database=folder / "news.db", output=folder / "a.jsonl", **options
            )
        )
        lines = [record["id"].partition(":") for record in records(folder / "a.jsonl")]
        assert len(lines) == len(set(lines))
        outcome.articles.append({key: {int(n) for site, _, n in lines if site == key} for key in keys})
        outcome.asked.append({key: [a.path for a in town.requests(key)] for key in keys})
    return outcome


@pytest.mark.parametrize("kind", LISTS)
def test_the_first_run_takes_what_was_asked_for(outcome: Outcome, case: Case, kind: str) -> None:
    assert outcome.articles[0][kind] == case.after_first


@pytest.mark.parametrize("kind", LISTS)
def test_a_later_run_makes_up_for_the_rest(outcome: Outcome, case: Case, kind: str) -> None:
    assert outcome.articles[1][kind] == case.after_second


@pytest.mark.parametrize("kind", LISTS)
def test_what_the_archive_has_is_not_asked_again(outcome: Outcome, case: Case, kind: str) -> None:
    again = {int(path.rpartition("/")[2]) for path in outcome.asked[1][kind] if path.startswith("/view/")}
    assert not again & case.after_first


@pytest.mark.parametrize("kind", ["feeds", "sitemaps"])
def test_what_its_date_proves_to_be_outside_is_not_asked_for(outcome: Outcome, case: Case, kind: str) -> None:
    for options, asked in ((case.first, outcome.asked[0]), (case.second, outcome.asked[1])):
        numbers = {int(path.rpartition("/")[2]) for path in asked[kind] if path.startswith("/view/")}
        # A list's clock is trusted to nine hours; of one that is newer than wanted, to a day more.
        assert all(at(n) >= options["since"] - timedelta(hours=9) for n in numbers if "since" in options)
        assert all(at(n) <= options["until"] + timedelta(hours=33) for n in numbers if "until" in options)


@pytest.mark.parametrize("run", [0, 1])
@pytest.mark.parametrize("kind", LISTS)
def test_the_accounts_add_up(outcome: Outcome, kind: str, run: int) -> None:
    report = outcome.reports[run][kind]
    told = sum(report[name] for name in ("articles", "changed", "unchanged", "older", "duplicates", "waiting", "left"))
    assert report["found"] == told
    assert report["left"] >= 0
    assert report["failures"] == []
