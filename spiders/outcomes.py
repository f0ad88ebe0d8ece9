"""What a visit makes of a page: its next state, and when it is to be asked for again. No I/O, no clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from newsscrape.archive.entry import Entry
from newsscrape.archive.pages import KnownPage, Settled, State

# After a failure: an hour (a deploy, a full queue), the next round, then days. Then it is given up.
PAUSES = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 72))
_RULES_HOLD = timedelta(days=7)  # how long a robots.txt is taken to forbid what it forbade
_NOT_FOUND = 404
_REFUSALS = 3  # a page that is refused on so many days is given up, or it would close its host every day


def stored(page: KnownPage, entry: Entry, fetched_at: datetime) -> Settled:
    """Its article is in the archive."""
    return Settled(
        page.id, "done", status=200, etag=entry.etag, last_modified=entry.last_modified, article=entry.id,
        fetched_at=fetched_at, published_at=entry.published_at,
    )  # fmt: skip


def unchanged(page: KnownPage, fetched_at: datetime) -> Settled:
    """The server says that it has not changed (304)."""
    return _keeping(page, "done", status=304, fetched_at=fetched_at)


def outside(page: KnownPage, entry: Entry, fetched_at: datetime, reason: str) -> Settled:
    """An article that is older or newer than the run wants."""
    return Settled(page.id, "outside", reason=reason, fetched_at=fetched_at, published_at=entry.published_at)


def rejected(page: KnownPage, kind: str, reason: str, now: datetime) -> Settled:
    """No article. One that the archive holds stays there; what robots.txt forbids is looked at again after a while."""
    if page.article:
        return _keeping(page, "done", kind=kind, reason=reason, fetched_at=now)
    due = now + _RULES_HOLD if kind == "robots" else None
    return _keeping(page, "rejected", kind=kind, reason=reason, fetched_at=now, due_at=due)


def gone(page: KnownPage, reason: str, now: datetime, status: int | None = None) -> Settled:
    """The publisher has removed it.

    One that was never there (404 at the first visit) may be announced before it is published: it gets a second.
    """
    if page.article is None and status == _NOT_FOUND and page.tries == 0:
        return _keeping(page, "waiting", reason=reason, status=status, tries=1, due_at=now + PAUSES[0])
    return _keeping(page, "gone", kind="removed", reason=reason, status=status, fetched_at=now)


def deleted(page: KnownPage, now: datetime) -> Settled:
    """Its article was deleted from the archive on request; nobody asks for it again."""
    return Settled(page.id, "deleted", reason="deleted", fetched_at=now)


def failed(page: KnownPage, reason: str, now: datetime, status: int | None = None) -> Settled:
    """Something went wrong: it is tried again later, and after the last of `PAUSES` given up."""
    if page.article:  # an article that could not be looked at again; the next refresh has its turn
        return _keeping(page, "done", reason=reason, status=status, tries=page.tries + 1)
    if page.tries >= len(PAUSES):
        return _keeping(page, "failed", reason=reason, status=status, tries=page.tries + 1)
    due = now + PAUSES[page.tries]
    return _keeping(page, "waiting", reason=reason, status=status, tries=page.tries + 1, due_at=due)


def refused(page: KnownPage, reason: str, until: datetime, status: int | None = None) -> Settled:
    """The host does not want us now: its pages wait until it is asked again."""
    if page.article:
        return _keeping(page, "done", reason=reason, status=status)
    state: State = "waiting" if page.tries + 1 < _REFUSALS else "failed"
    due = until if state == "waiting" else None
    return _keeping(page, state, reason=reason, status=status, tries=page.tries + 1, due_at=due)


def left_alone(page: KnownPage, until: datetime) -> Settled:
    """It was not asked for at all: its host is left alone until then."""
    return _keeping(page, page.state, tries=page.tries, due_at=None if page.article else until)


def _keeping(
    page: KnownPage,
    state: State,
    *,
    due_at: datetime | None = None,
    tries: int = 0,
    reason: str | None = None,
    kind: str | None = None,
    status: int | None = None,
    fetched_at: datetime | None = None,
) -> Settled:
    """A state with everything else as it was."""
    return Settled(
        page.id, state, due_at, tries, reason, kind, status, etag=page.etag, last_modified=page.last_modified,
        article=page.article, fetched_at=fetched_at, published_at=page.published_at,
    )  # fmt: skip
