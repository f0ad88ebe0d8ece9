"""A week of nightly rounds over papers that publish, edit, touch and delete, on one database.

Days pass by changing rows: everything in the ledger happened a day earlier. The papers' dates stay, so a night's
`refresh` grows with the distance from the last one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rounds import DAY, crawl_round, pass_time, rows
from test_crawl import records
from town import Asked, Fault, Paper, Town

NIGHTS = 7
PLAIN = ("daily", "tags", "weak", "dates", "bare")  # with all validators, one of them, or none
NOW = datetime.now(UTC).replace(microsecond=0)
OLD = NOW - 70 * DAY  # another month's sitemap


def morning(night: int) -> datetime:
    """The hour before a night's round."""
    return NOW - (NIGHTS - 1 - night) * DAY - timedelta(hours=1)


@dataclass
class Night:
    """What a night's round reported and asked for, and what the day before it had brought."""

    report: dict[str, dict[str, Any]]
    asked: list[Asked]
    new: set[int]
    changed: set[int] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    young: set[int] = field(default_factory=set)
    lines: int = 0

    def paths(self, key: str, start: str = "") -> list[str]:
        host = f"{key}.newsroom.test"
        return [a.path for a in self.asked if a.host == host and a.path.startswith(start)]

    def requests(self, key: str, start: str = "") -> list[Asked]:
        return [a for a in self.asked if a.host == f"{key}.newsroom.test" and a.path.startswith(start)]


@dataclass
class Week:
    """Seven nights and, after the first and the last, a second round in the same night."""

    nights: list[Night]
    again: dict[int, Night]
    database: Path
    output: Path
    closed: list[float]  # hours for which the host of "busy" is closed after each night
    most: Counter[str]

    def page(self, key: str, number: int) -> tuple[str, int, str | None]:
        (row,) = rows(
            self.database, "SELECT state, tries, due_at FROM pages WHERE site = ? AND identity = ?", key, str(number)
        )
        return tuple(row)  # type: ignore[return-value]


def publish(paper: Paper, night: int, count: int) -> set[int]:
    at = morning(night)
    return {paper.publish(at=at - n * timedelta(minutes=7)).number for n in range(count)}


def the_day_before(papers: list[Paper], night: int) -> Night:
    """What happens at the plain papers on the day before a night, the same at all of them."""
    day = Night({}, [], set())
    for paper in papers:
        # A silent day, and one with more news than a feed of 20 holds.
        day.new = publish(paper, night, {0: 12, 3: 35, 5: 0}.get(night, 4))
        if night in (1, 2, 4):
            young = sorted(n for n in (a.number for a in paper.articles()) if n not in day.new)[-4:]
            day.changed, day.touched, day.gone = {young[0]}, {young[1]}, {young[2]}
            paper.edit(young[0], at=morning(night) - DAY + timedelta(minutes=50))
            paper.touch(young[1])
            paper.delete(young[2], 410 if night == 2 else 404)
        # Articles of the last two days are asked again, if the archive has them.
        since = morning(night) - 2 * DAY + timedelta(minutes=59)
        day.young = {a.number for a in map(paper.article, all_numbers(paper)) if a.published >= since} - day.new
    return day


def all_numbers(paper: Paper) -> list[int]:
    return [n for n in range(1, 200) if paper.page(f"/view/{n}") is not None]


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Week]:
    folder = tmp_path_factory.mktemp("week")
    database, output = folder / "news.db", folder / "news.jsonl"
    kinds = {"daily": "both", "tags": "etag", "weak": "weak", "dates": "date", "bare": "none"}
    with Town(seed=5) as town:
        papers = [town.add(key, validators=kind) for key, kind in kinds.items()]
        for paper in papers:
            for n in range(3):
                paper.publish(at=OLD + n * DAY)
        for key in ("shaky", "guarded", "busy", "refused", "forgetful", "recovering", "returning"):
            publish(town.add(key, lists=["feeds"]), 0, 3)
        town["shaky"].mood["/view/2"] = Fault(status=500)
        town["guarded"].mood["/view/2"] = Fault(status=403)
        town["busy"].mood["*"] = Fault(status=429)
        town["busy"].mood["/robots.txt"] = Fault()
        town["refused"].mood["/view/*"] = Fault(status=429)
        town["forgetful"].robots = "User-agent: *\nDisallow: /view/3\n"
        town["recovering"].mood["/robots.txt"] = Fault(status=503)
        town["returning"].mood["/rss.xml"] = Fault(status=403)
        profiles = folder / "profiles"
        keys = town.profiles(profiles)
        most: Counter[str] = Counter()
        nights, again, closed = [], {}, []

        def go(day: Night, **options: Any) -> Night:
            town.forget()
            day.report = crawl_round(profiles, sites=keys, database=database, output=output, **options)
            day.asked = town.asked
            day.lines = len(records(output))
            for key in keys:
                most[key] = max(most[key], town.concurrent(key))
            return day

        for night in range(NIGHTS):
            if night:
                pass_time(database, DAY)
            day = the_day_before(papers, night)
            if night:
                publish(town["guarded"], night, 1)
                publish(town["refused"], night, 1)
                publish(town["forgetful"], night, 1)
            if night == 1:
                town["recovering"].mood.clear()
                town["returning"].mood.clear()
                town["forgetful"].mood["/robots.txt"] = Fault(status=500)
            if night == 2:
                town["forgetful"].mood["/robots.txt"] = Fault(reset=True)
            if night == 3:  # the copy is a month old by now
                rows(
                    database,
                    "UPDATE robots SET fetched_at = ? WHERE url LIKE '%forgetful%'",
                    (NOW - 31 * DAY).isoformat(),
                )
            if night == 4:
                del town["forgetful"].mood["/robots.txt"]
            nights.append(go(day, refresh=48 + 24 * (NIGHTS - 1 - night)))
            found = rows(database, "SELECT closed_until FROM hosts WHERE host = 'busy.newsroom.test'")
            until = datetime.fromisoformat(found[0][0])
            closed.append((until - datetime.now(UTC)).total_seconds() / 3600)
            if night in (0, NIGHTS - 1):
                again[night] = go(Night({}, [], set()))
        yield Week(nights, again, database, output, closed, most)


# What is new, what has changed


@pytest.mark.parametrize("night", range(NIGHTS))
@pytest.mark.parametrize("key", PLAIN)
def test_exactly_the_new_articles_are_new(week: Week, key: str, night: int) -> None:
    day = week.nights[night]
    assert day.report[key]["articles"] == len(day.new) + (3 if night == 0 else 0)
    assert day.new <= {int(path.rpartition("/")[2]) for path in day.paths(key, "/view/")}


@pytest.mark.parametrize("night", range(NIGHTS))
@pytest.mark.parametrize("key", PLAIN)
def test_young_articles_are_asked_again_and_others_are_not(week: Week, key: str, night: int) -> None:
    day = week.nights[night]
    asked = {int(path.rpartition("/")[2]) for path in day.paths(key, "/view/")}
    gone = set().union(*(earlier.gone for earlier in week.nights[:night]))
    first = {1, 2, 3} if night == 0 else set()
    assert asked == day.new | first | (day.young - gone)


@pytest.mark.parametrize("night", range(NIGHTS))
@pytest.mark.parametrize("key", PLAIN)
def test_an_edit_is_a_change_and_a_touch_is_none(week: Week, key: str, night: int) -> None:
    day = week.nights[night]
    gone = set().union(*(earlier.gone for earlier in week.nights[: night + 1]))
    assert day.report[key]["changed"] == len(day.changed)
    assert day.report[key]["unchanged"] == len(day.young - day.changed - gone)


@pytest.mark.parametrize("key", PLAIN)
def test_an_edited_article_has_a_second_version(week: Week, key: str) -> None:
    edited = set().union(*(day.changed for day in week.nights))
    for number in edited:
        ((version, record),) = rows(
            week.database, "SELECT version, record FROM articles WHERE id = ?", f"{key}:{number}"
        )
        assert version == 2
        assert json.loads(record)["modified_at"] > json.loads(record)["published_at"]


@pytest.mark.parametrize("night", [1, 2, 4])
@pytest.mark.parametrize("key", PLAIN)
def test_a_deleted_article_is_gone_and_kept(week: Week, key: str, night: int) -> None:
    day = week.nights[night]
    (number,) = day.gone
    assert [page["reason"] for page in day.report[key]["rejected"]["removed"]] == [
        "HTTP 410" if night == 2 else "HTTP 404"
    ]
    assert week.page(key, number)[0] == "gone"
    ((gone_at, record),) = rows(week.database, "SELECT gone_at, record FROM articles WHERE id = ?", f"{key}:{number}")
    assert gone_at is not None and json.loads(record)["text"]
    later = [path for other in week.nights[night + 1 :] for path in other.paths(key, "/view/")]
    assert f"/view/{number}" not in later


@pytest.mark.parametrize("night", range(NIGHTS))
@pytest.mark.parametrize("key", PLAIN)
def test_nothing_is_asked_twice_in_a_night(week: Week, key: str, night: int) -> None:
    assert [path for path, count in Counter(week.nights[night].paths(key)).items() if count > 1] == []


def test_every_article_and_every_change_is_one_line(week: Week) -> None:
    written = Counter(record["id"] for record in records(week.output))
    for key in PLAIN:
        edited = {f"{key}:{n}" for day in week.nights for n in day.changed}
        mine = {article: count for article, count in written.items() if article.startswith(f"{key}:")}
        assert {article for article, count in mine.items() if count != 1} == edited
        ((kept,),) = rows(week.database, "SELECT count(*) FROM articles WHERE site = ?", key)
        assert len(mine) == kept == 3 + 12 + 4 * 4 + 35


@pytest.mark.parametrize("key", [*PLAIN, "shaky", "guarded", "busy", "refused"])
def test_one_request_at_a_time(week: Week, key: str) -> None:
    assert week.most[key] == 1


@pytest.mark.parametrize("night", range(NIGHTS))
@pytest.mark.parametrize("key", PLAIN)
def test_the_plain_papers_have_no_failures(week: Week, key: str, night: int) -> None:
    assert week.nights[night].report[key]["failures"] == []
    assert week.nights[night].report[key]["left"] == 0


# What is asked with conditions, or not at all


@pytest.mark.parametrize(
    ("key", "sent", "not_sent"),
    [
        ("daily", ["If-None-Match", "If-Modified-Since"], []),
        ("tags", ["If-None-Match"], ["If-Modified-Since"]),
        ("weak", ["If-None-Match"], ["If-Modified-Since"]),
        ("dates", ["If-Modified-Since"], ["If-None-Match"]),
        ("bare", [], ["If-None-Match", "If-Modified-Since"]),
    ],
)
@pytest.mark.parametrize("start", ["/view/", "/rss.xml", "/sitemap.xml", "/list/all"])
def test_known_pages_and_lists_are_asked_by_their_validators(
    week: Week, key: str, sent: list[str], not_sent: list[str], start: str
) -> None:
    day = week.nights[2]
    known = [a for a in day.requests(key, start) if a.path not in {f"/view/{n}" for n in day.new} and "?" not in a.path]
    assert known
    for asked in known:
        assert all(asked.header(name) for name in sent)
        assert not any(asked.header(name) for name in not_sent)


@pytest.mark.parametrize("key", ["daily", "tags", "weak", "dates"])
def test_on_a_silent_day_everything_is_304(week: Week, key: str) -> None:
    day = week.nights[5]
    statuses = Counter(a.status for a in day.requests(key) if a.path != "/robots.txt" and "/sitemap/" not in a.path)
    assert set(statuses) == {304}
    assert statuses[304] > 3


@pytest.mark.parametrize("key", PLAIN)
def test_a_sitemap_whose_lastmod_stays_is_not_fetched_again(week: Week, key: str) -> None:
    old = f"/sitemap/{OLD:%Y-%m}.xml"
    assert [len(day.paths(key, old)) for day in week.nights] == [1, 0, 0, 0, 0, 0, 0]
    assert week.nights[5].paths(key, "/sitemap/") == []
    assert len(week.nights[4].paths(key, "/sitemap/")) >= 1


@pytest.mark.parametrize("key", PLAIN)
def test_a_section_list_is_followed_as_far_as_there_is_news(week: Week, key: str) -> None:
    # Ten a page; the walk reads one page without news and stops there. On the fourth day 35 are new.
    assert [len(day.paths(key, "/list/")) for day in week.nights[1:]] == [2, 2, 5, 2, 1, 2]


@pytest.mark.parametrize("night", [0, NIGHTS - 1])
@pytest.mark.parametrize("key", PLAIN)
def test_a_second_round_in_a_night_asks_for_lists_only(week: Week, key: str, night: int) -> None:
    again = week.again[night]
    assert again.paths(key, "/view/") == []
    assert again.paths(key, "/robots.txt") == []
    assert set(again.paths(key)) <= {"/rss.xml", "/sitemap.xml", "/list/all"}
    assert again.report[key]["articles"] == again.report[key]["unchanged"] == 0
    assert again.lines == week.nights[night].lines


@pytest.mark.parametrize("night", range(NIGHTS))
def test_robots_txt_is_asked_once_a_day(week: Week, night: int) -> None:
    assert week.nights[night].paths("daily", "/robots.txt") == ["/robots.txt"]


# Pages and hosts in trouble, day after day


def test_a_failing_page_is_tried_when_it_is_due_and_given_up(week: Week) -> None:
    # Twice each time (Scrapy's own retry): at once, after an hour, six, a day, three days, and never again.
    assert [len(day.paths("shaky", "/view/2")) for day in week.nights] == [2, 2, 2, 2, 0, 0, 2]
    assert week.page("shaky", 2) == ("failed", 5, None)
    assert week.again[NIGHTS - 1].paths("shaky", "/view/2") == []


def test_a_failing_page_is_told_whenever_it_was_tried(week: Week) -> None:
    told = [[failure["reason"] for failure in day.report["shaky"]["failures"]] for day in week.nights]
    assert told == [["HTTP 500"]] * 4 + [[], [], ["HTTP 500"]]


def test_a_page_in_trouble_is_not_tried_before_its_time(week: Week) -> None:
    assert week.again[0].paths("shaky") == ["/rss.xml"]


def test_a_page_that_answers_403_every_day_is_given_up(week: Week) -> None:
    assert [len(day.paths("guarded", "/view/2")) for day in week.nights] == [1, 1, 1, 0, 0, 0, 0]
    assert week.page("guarded", 2)[:2] == ("failed", 3)


def test_a_page_that_answers_403_costs_no_other_article(week: Week) -> None:
    ((count,),) = rows(week.database, "SELECT count(*) FROM articles WHERE site = 'guarded'")
    assert count == 3 + (NIGHTS - 1) - 1


def test_a_closed_host_stays_closed_in_the_next_run(week: Week) -> None:
    assert week.again[0].paths("guarded") == []
    (failure,) = week.again[0].report["guarded"]["failures"]
    assert "answered 403 and is left alone" in failure["reason"]
    assert any(
        re.search(r"left alone until .* \(KST\)$", notice) for notice in week.again[0].report["guarded"]["notices"]
    )


def test_a_closed_host_is_asked_again_on_the_next_day(week: Week) -> None:
    assert "/rss.xml" in week.nights[1].paths("guarded")
    assert week.nights[1].report["returning"]["articles"] == 3
    assert rows(week.database, "SELECT * FROM hosts WHERE host = 'returning.newsroom.test'") == []


def test_the_pauses_of_a_host_that_never_stops_answering_429_grow(week: Week) -> None:
    assert [round(hours, 1) for hours in week.closed[:5]] == [0.2, 1.0, 4.0, 16.0, 64.0]
    assert [bool(day.paths("busy")) for day in week.nights] == [True] * 5 + [False, False]


def test_the_pauses_grow_where_only_articles_are_refused(week: Week) -> None:
    ((strikes,),) = rows(week.database, "SELECT strikes FROM hosts WHERE host = 'refused.newsroom.test'")
    assert strikes >= 5


# robots.txt


def test_an_old_robots_txt_holds_while_a_new_one_cannot_be_had(week: Week) -> None:
    for night in (1, 2):
        day = week.nights[night]
        assert day.report["forgetful"]["articles"] == 1
        assert "/view/3" not in day.paths("forgetful")
        assert any("robots.txt" in notice and "holds" in notice for notice in day.report["forgetful"]["notices"])


def test_a_robots_txt_of_a_month_ago_holds_no_more(week: Week) -> None:
    day = week.nights[3]
    assert set(day.paths("forgetful")) == {"/robots.txt"}
    assert "robots.txt cannot be fetched" in day.report["forgetful"]["failures"][0]["reason"]


def test_what_was_missed_without_robots_txt_is_made_up_for(week: Week) -> None:
    assert week.nights[4].report["forgetful"]["articles"] == 2


def test_without_robots_txt_nothing_is_asked_until_it_answers(week: Week) -> None:
    assert set(week.nights[0].paths("recovering")) == {"/robots.txt"}
    assert week.nights[0].report["recovering"]["articles"] == 0
    assert week.nights[1].report["recovering"]["articles"] == 3
