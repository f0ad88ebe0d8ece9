"""What an error means for an address, and what a visit makes of its page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from newsscrape.archive.pages import KnownPage, Settled
from newsscrape.spiders import outcomes
from newsscrape.spiders.middlewares import retry_after
from newsscrape.spiders.problems import Refused, problem_of

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
URL = "http://hanbit.newsroom.test/view/1"


def page(**facts: Any) -> KnownPage:
    known: dict[str, Any] = {
        "id": 7, "url": URL, "identity": "1", "state": "waiting", "tries": 0, "etag": None, "last_modified": None,
        "article": None, "published_at": None,
    }  # fmt: skip
    return KnownPage(**{**known, **facts})


KEPT = page(state="done", etag='"a"', last_modified="Mon", article="hanbit:1", published_at=NOW - timedelta(days=1))


def http(status: int) -> HttpError:
    return HttpError(Response(URL, status=status, request=Request(URL)))


@pytest.mark.parametrize(
    ("error", "kind", "reason"),
    [
        (http(404), "removed", "HTTP 404"),
        (http(410), "removed", "HTTP 410"),
        (http(401), "refused", "HTTP 401"),
        (http(403), "refused", "HTTP 403"),
        (http(407), "refused", "HTTP 407"),
        (http(429), "refused", "HTTP 429"),
        (http(451), "refused", "HTTP 451"),
        (http(302), "failed", "HTTP 302"),
        (http(500), "failed", "HTTP 500"),
        (http(999), "failed", "HTTP 999"),
        (IgnoreRequest("Forbidden by robots.txt"), "robots", "robots.txt does not allow it"),
        (IgnoreRequest("max redirections reached"), "failed", "IgnoreRequest: max redirections reached"),
        (Refused("leads to x.test", kind="offsite", url="http://x.test/"), "offsite", "leads to x.test"),
        (ValueError(), "failed", "ValueError"),
        (OSError("two\n lines"), "failed", "OSError: two lines"),
        (None, "failed", "NoneType: None"),
    ],
)
def test_what_an_error_means(error: BaseException | None, kind: str, reason: str) -> None:
    problem = problem_of(error)
    assert (problem.kind, problem.reason) == (kind, reason)


def test_a_status_is_kept() -> None:
    assert problem_of(http(451)).status == 451
    assert problem_of(ValueError()).status is None


def states(settled: Settled) -> tuple[str, int, timedelta | None]:
    return settled.state, settled.tries, settled.due_at and settled.due_at - NOW


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


@pytest.mark.parametrize(
    ("tries", "state", "pause"),
    [
        (0, "waiting", hours(1)),
        (1, "waiting", hours(6)),
        (2, "waiting", hours(24)),
        (3, "waiting", hours(72)),
        (4, "failed", None),
        (9, "failed", None),
    ],
)
def test_a_failed_page_is_tried_again_later_and_given_up(tries: int, state: str, pause: timedelta | None) -> None:
    settled = outcomes.failed(page(tries=tries), "HTTP 500", NOW, 500)
    assert states(settled) == (state, tries + 1, pause)
    assert (settled.reason, settled.status) == ("HTTP 500", 500)


@pytest.mark.parametrize(("tries", "state"), [(0, "waiting"), (1, "waiting"), (2, "failed"), (3, "failed")])
def test_a_page_that_is_refused_is_given_up_after_three_days(tries: int, state: str) -> None:
    settled = outcomes.refused(page(tries=tries), "HTTP 403", NOW + hours(24), 403)
    assert states(settled) == (state, tries + 1, hours(24) if state == "waiting" else None)


@pytest.mark.parametrize(
    ("settled", "state"),
    [
        (outcomes.unchanged(KEPT, NOW), "done"),
        (outcomes.failed(KEPT, "HTTP 500", NOW), "done"),
        (outcomes.refused(KEPT, "HTTP 403", NOW), "done"),
        (outcomes.rejected(KEPT, "list", "a list", NOW), "done"),
        (outcomes.left_alone(KEPT, NOW), "done"),
        (outcomes.gone(KEPT, "HTTP 404", NOW), "gone"),
    ],
)
def test_a_page_whose_article_is_kept_keeps_it(settled: Settled, state: str) -> None:
    assert states(settled)[::2] == (state, None)
    kept = (settled.article, settled.etag, settled.last_modified, settled.published_at)
    assert kept == (KEPT.article, KEPT.etag, KEPT.last_modified, KEPT.published_at)


def test_a_page_that_is_no_article_is_never_due_again() -> None:
    settled = outcomes.rejected(page(), "list", "a list", NOW)
    assert states(settled) == ("rejected", 0, None)
    assert settled.kind == "list"


def test_a_page_that_was_not_asked_for_has_not_failed() -> None:
    assert states(outcomes.left_alone(page(tries=2), NOW + hours(1))) == ("waiting", 2, hours(1))


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("120", 120),
        (" 0 ", 0),
        ("Mon, 02 Mar 2026 03:02:00 GMT", 120),
        ("Mon, 02 Mar 2026 02:00:00 GMT", 0),
        ("Mon, 02 Mar 2026 12:02:00 +0900", 120),
        ("Mon, 02 Mar 2026 03:02:00 -0000", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 30 * 86400),
        ("9" * 400, 30 * 86400),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("Mon, 99 Foo 2026 25:61:00 GMT", None),
    ],
)
def test_retry_after(header: str | None, seconds: float | None) -> None:
    headers = {} if header is None else {"Retry-After": header}
    assert retry_after(Response(URL, headers=headers), NOW) == seconds
