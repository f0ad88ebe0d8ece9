"""Versions of articles in the archive: what is kept of each change, and what befell them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from articles import MORNING, article, keep
from ledger import add_pages, page_of
from sqlalchemy import select

from newsscrape.archive import Archive
from newsscrape.archive.articles import Articles
from newsscrape.archive.entry import entry_of
from newsscrape.archive.pages import Settled
from newsscrape.archive.revisions import history, note_removed
from newsscrape.archive.runs import Run
from newsscrape.archive.selection import Selection, read
from newsscrape.archive.tables import articles
from newsscrape.archive.writer import Writer
from newsscrape.article import Article, Note


def saved(archive: Archive, hour: int, **facts: Any) -> Article:
    """A version of article 1, fetched some hours later."""
    one = article(1, fetched_at=MORNING + timedelta(hours=hour), content_hash=f"h{hour}", **facts)
    keep(archive, [one])
    return one


def told(archive: Archive, id_: str = "hanbit:1") -> list[tuple[int, str, tuple[str, ...]]]:
    found = history(archive, id_)
    assert found is not None
    return [(one.version, one.revision, one.changed) for one in found.versions]


def test_a_first_version_has_no_history(archive: Archive) -> None:
    saved(archive, 1)
    assert told(archive) == [(1, "first", ())]


def test_every_version_is_kept_with_what_changed(archive: Archive) -> None:
    saved(archive, 1, labels=("속보",), title="[속보] 다리")
    saved(archive, 2, labels=("종합",), title="다리(종합)", text="더 긴 글.")
    saved(archive, 3, labels=("종합",), title="다리(종합)", text="더 긴 글.\n또 한 줄.")
    last = saved(
        archive,
        4,
        labels=("종합",),
        title="다리(종합)",
        text="더 긴 글.",
        notes=(Note(kind="correction", text="바로잡습니다."),),
    )
    assert told(archive) == [
        (1, "first", ()),
        (2, "update", ("title", "body")),
        (3, "edit", ("body",)),
        (4, "correction", ("body", "notes")),
    ]
    found = history(archive, "hanbit:1")
    assert found is not None and found.versions[-1].record is not None
    assert json.loads(found.versions[-1].record)["fetched_at"] == last.model_dump(mode="json")["fetched_at"]


def test_who_saves_may_say_what_made_the_version(archive: Archive) -> None:
    saved(archive, 1)
    again = entry_of(article(1, text="Neu gelesen.", content_hash="h9"))
    with archive.write() as connection:
        Articles(archive).save(connection, [("hanbit", again)], MORNING, "reprocessed")
    assert told(archive) == [(1, "first", ()), (2, "reprocessed", ("body",))]


def test_versions_of_several_articles_in_one_transaction(archive: Archive) -> None:
    keep(archive, [article(number) for number in (1, 2, 3)])
    keep(archive, [article(number, title=f"고친 {number}") for number in (2, 3, 4)])
    assert [len(told(archive, f"hanbit:{number}")) for number in (1, 2, 3, 4)] == [1, 2, 2, 1]


def gone_at(archive: Archive) -> Any:
    with archive.read() as connection:
        return connection.execute(select(articles.c.gone_at).where(articles.c.id == "hanbit:1")).scalar_one()


def settle(archive: Archive, state: Any, hour: int, **facts: Any) -> None:
    """What a visit to the page of article 1 made of it."""
    writer = Writer(archive, Run(archive))
    page = page_of(archive, 1)
    at = MORNING + timedelta(hours=hour)
    writer.settle(Settled(page.id, state, article="hanbit:1", fetched_at=at, **facts), "hanbit")
    writer.close()


def test_a_removal_and_a_return_are_told(archive: Archive) -> None:
    saved(archive, 1)
    add_pages(archive, [1])
    settle(archive, "gone", 2, reason="HTTP 404")
    assert gone_at(archive) is not None
    settle(archive, "done", 3, status=200)
    assert gone_at(archive) is None
    assert [kind for _, kind, _ in told(archive)] == ["first", "removed", "returned"]


def test_a_removal_is_told_once(archive: Archive) -> None:
    saved(archive, 1)
    add_pages(archive, [1])
    settle(archive, "gone", 2, reason="HTTP 404")
    settle(archive, "gone", 3, reason="HTTP 404")
    assert [kind for _, kind, _ in told(archive)] == ["first", "removed"]


@pytest.mark.parametrize("facts", [{"reason": "HTTP 500"}, {"kind": "list", "reason": "it is a list"}])
def test_a_visit_that_failed_is_no_return(archive: Archive, facts: dict[str, Any]) -> None:
    saved(archive, 1)
    add_pages(archive, [1])
    settle(archive, "gone", 2, reason="HTTP 404")
    settle(archive, "done", 3, **facts)
    assert gone_at(archive) is not None


def test_an_article_that_returns_changed_is_told_in_order(archive: Archive) -> None:
    saved(archive, 1)
    with archive.write() as connection:
        note_removed(connection, ["hanbit:1"], MORNING)
    saved(archive, 5, text="Anders.")
    assert told(archive) == [(1, "first", ()), (1, "removed", ()), (1, "returned", ()), (2, "edit", ("body",))]
    assert gone_at(archive) is None


def test_all_revisions_come_in_the_order_in_which_they_were_saved(archive: Archive) -> None:
    keep(archive, [article(2)])
    saved(archive, 1)
    saved(archive, 2, text="Zwei.")
    keep(archive, [article(3)])
    saved(archive, 3, text="Drei.")
    found = [json.loads(one.record) for one in read(archive, Selection(versions="all"))]
    assert [(one["id"], one["text"][:4]) for one in found] == [
        ("hanbit:2", "새 다리"),
        ("hanbit:1", "새 다리"),
        ("hanbit:1", "Zwei"),
        ("hanbit:3", "새 다리"),
        ("hanbit:1", "Drei"),
    ]
    assert len({(one["id"], one["fetched_at"]) for one in found}) == 5


def test_all_revisions_go_on_from_a_change(archive: Archive) -> None:
    saved(archive, 1)
    (first,) = read(archive, Selection(versions="all"))
    saved(archive, 2, text="Zwei.")
    saved(archive, 3, text="Drei.")
    assert len(list(read(archive, Selection(versions="all"), after=first.change))) == 2


def test_an_unknown_article_has_no_history(archive: Archive) -> None:
    assert history(archive, "hanbit:7") is None
