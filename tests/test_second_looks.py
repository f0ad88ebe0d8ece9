"""Pages that are looked at again: announced too early, asked for by name, forbidden once, edited outside the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rounds import crawl_round, pass_time, rows
from test_crawl import add_site

from newsscrape.cli.newsroom import Newsroom

HOUR = timedelta(hours=1)


@dataclass
class Desk:
    """A newsroom of one paper, its ledger, and rounds of crawling it."""

    folder: Path
    newsroom: Newsroom

    @property
    def database(self) -> Path:
        return self.folder / "news.db"

    def round(self, **options: Any) -> dict[str, Any]:
        self.newsroom.asked.clear()
        return crawl_round(self.folder / "ready", database=self.database, **{"sites": ["desk"], **options})["desk"]

    def state(self, number: int) -> str:
        ((state,),) = rows(self.database, "SELECT state FROM pages WHERE identity = ?", str(number))
        return str(state)

    def page(self, number: int) -> Path:
        return self.folder / "desk.newsroom.test" / "view" / f"{number}.html"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    add_site(tmp_path, "desk")
    (tmp_path / "ready").mkdir()
    with Newsroom(tmp_path) as newsroom:
        newsroom.write_profiles(tmp_path / "ready")
        yield Desk(tmp_path, newsroom)


def test_an_article_announced_before_it_is_published_is_read_at_the_second_look(desk: Desk) -> None:
    page = desk.page(2).read_bytes()
    desk.page(2).unlink()
    assert desk.round()["articles"] == 2
    assert desk.state(2) == "waiting"
    desk.page(2).write_bytes(page)
    assert desk.round()["articles"] == 0  # its time has not come
    pass_time(desk.database, HOUR)
    assert desk.round()["articles"] == 1


def test_a_page_that_is_not_there_at_the_second_look_is_gone_but_can_be_asked_for_by_name(desk: Desk) -> None:
    page = desk.page(2).read_bytes()
    desk.page(2).unlink()
    desk.round()
    pass_time(desk.database, HOUR)
    desk.round()
    assert desk.state(2) == "gone"
    desk.page(2).write_bytes(page)
    assert desk.round()["articles"] == 0
    address = f"http://desk.newsroom.test:{desk.newsroom.port}/view/2"
    assert desk.round(sites=[], addresses=[address])["articles"] == 1


def test_what_robots_txt_forbade_is_asked_again_after_a_week(desk: Desk) -> None:
    robots = desk.folder / "desk.newsroom.test" / "robots.txt"
    robots.write_text("User-agent: *\nDisallow: /view/2\n", encoding="utf-8")
    assert desk.round()["articles"] == 2
    robots.write_text("User-agent: *\nAllow: /\n", encoding="utf-8")
    pass_time(desk.database, 24 * HOUR)
    assert desk.round()["articles"] == 0
    pass_time(desk.database, 7 * 24 * HOUR)
    assert desk.round()["articles"] == 1


def test_an_edit_of_an_article_older_than_since_is_a_change(desk: Desk) -> None:
    desk.round()
    text = desk.page(1).read_text(encoding="utf-8")
    desk.page(1).write_text(text.replace("긴 의자 네 개", "긴 의자 다섯 개"), encoding="utf-8")
    years = 20 * 365 * 24
    report = desk.round(refresh=years, since="2026-01-01T00:00:00+09:00")  # they are of April 2025
    assert (report["changed"], report["older"]) == (1, 0)
    assert rows(desk.database, "SELECT version FROM articles WHERE id = 'desk:1'") == [(2,)]
    assert desk.state(1) == "done"
