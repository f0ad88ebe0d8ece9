"""One site's part of the overview: its last round, its week, its lists, its pages, its articles."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, func, select

from newsscrape.archive.runs import OpenRun
from newsscrape.archive.tables import articles, pages, run_sites, runs, sources

REASONS = 20
"""How many reasons for failed pages are told of a site, the most frequent first."""
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_ENDS = ("done", "failures", "interrupted")  # of runs; another outcome is the error that broke the run, in words

Outcome = Literal["at work", "broken off", "interrupted", "error", "failures", "done"]


@dataclass(frozen=True, slots=True)
class Counts:
    """What rounds brought of a site, added up.

    Of `found` addresses `new` articles came in, `changed` replaced older versions, and `passed` were read without
    need to keep them (unchanged, outside the wanted time, duplicates). `failed` counts pages and lists.
    """

    rounds: int = 0
    found: int = 0
    new: int = 0
    changed: int = 0
    passed: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class LastRound:
    """A site's part of the last run that took it up.

    `outcome` is "broken off" for a run that was killed, and "error" where something stopped it as a whole: `error`
    says what.
    """

    run: str
    started_at: datetime
    ended_at: datetime | None
    outcome: Outcome
    error: str | None = None
    counts: Counts = Counts()


@dataclass(frozen=True, slots=True)
class Trouble:
    """A list that could not be read: why, how often in a row, and when it was last read (None: never)."""

    kind: str
    url: str
    problem: str
    failures: int
    last_read: datetime | None
    next_visit: datetime | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why pages failed: how many were given up, how many are tried again, and the newest of them as an example."""

    reason: str
    given_up: int
    tried_again: int
    example: str


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages to be asked for, now and later (from `next_due` on), and those that failed: see `Reason`."""

    due: int
    later: int
    next_due: datetime | None
    given_up: int
    tried_again: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class SiteView:
    """The state of one site.

    `lists` counts those that the site's profile (or the plan) names, `lists_due` those whose time has come;
    `next_visit` is None where one was never visited: at once. `in_trouble` may name sitemaps besides that an index
    led to. `articles` are in the archive, `articles_day` of them came in or changed within 24 hours. `troubles`
    are what somebody should look at, in words.
    """

    key: str
    last: LastRound | None
    day: Counts
    week: Counts
    lists: int
    lists_due: int
    next_visit: datetime | None
    in_trouble: tuple[Trouble, ...]
    pages: Pages
    articles: int
    articles_day: int
    troubles: tuple[str, ...]

    @property
    def needs_a_look(self) -> bool:
        """Whether there are `troubles`."""
        return bool(self.troubles)


@dataclass(frozen=True, slots=True)
class Lists:
    """A site, and the addresses of the lists that count; None for all that the ledger knows."""

    site: str
    urls: Collection[str] | None = None

    def holds(self, url: str, parent: str | None) -> bool:
        """Whether a list is named, and not only found in an index."""
        return parent is None if self.urls is None else url in self.urls


def site_view(
    connection: Connection, wanted: Lists, held: OpenRun | None, unended: Mapping[str, OpenRun], now: datetime
) -> SiteView:
    """The state of a site; `held` is the run that has its lease, `unended` are all runs that did not end, by id."""
    site = wanted.site
    last = _last(connection, site, unended)
    if held is not None and (last is None or last.run != held.id):  # killed, or too young to have noted anything
        last = LastRound(held.id, held.started_at, None, "broken off" if held.dead else "at work")
    columns = (
        sources.c.url, sources.c.parent, sources.c.kind, sources.c.problem, sources.c.failures, sources.c.visited_at,
        sources.c.next_visit,
    )  # fmt: skip
    rows = connection.execute(select(*columns).where(sources.c.site == site).order_by(sources.c.id)).all()
    rows = [row for row in rows if wanted.holds(row.url, row.parent) or (row.parent is not None and row.failures)]
    named = [row for row in rows if wanted.holds(row.url, row.parent)]
    never = any(row.next_visit is None for row in named) or len(named) < len(wanted.urls or ())
    troubled = [row for row in rows if row.failures]
    ours, begun = run_sites.c.site == site, run_sites.c.started_at
    day = _counts(connection, ours, begun >= (last.started_at if last else now) - _DAY)
    saved = and_(articles.c.site == site, articles.c.saved_at >= now - _DAY)
    lists = max(len(named), len(wanted.urls or ()))
    return SiteView(
        key=site,
        last=last,
        day=day,
        week=_counts(connection, ours, begun >= now - _WEEK),
        lists=lists,
        lists_due=lists - sum(row.next_visit is not None and row.next_visit > now for row in named),
        next_visit=None if never else min((row.next_visit for row in named), default=None),
        in_trouble=tuple(
            Trouble(row.kind, row.url, row.problem or "", row.failures, row.visited_at, row.next_visit)
            for row in troubled
        ),
        pages=_pages(connection, site, now),
        articles=_count(connection, articles.c.site == site),
        articles_day=_count(connection, saved),
        troubles=tuple(_troubles(last, day, lists, sum(row.failures > 0 for row in named))),
    )


def _troubles(last: LastRound | None, day: Counts, lists: int, failing: int) -> list[str]:
    """What the next round may not mend by itself."""
    found = []
    if last is not None and last.outcome == "broken off":
        found.append("its last round was broken off (killed, or the machine went down)")
    if last is not None and last.outcome == "error":
        found.append(f"its last round was stopped: {last.error}")
    if lists and failing == lists:
        found.append("its only list cannot be read" if lists == 1 else f"none of its {lists} lists can be read")
    if day.found and day.failed and not (day.new or day.changed or day.passed):
        found.append(f"not one of {day.found:,} pages could be read within a day")
    return found


def _last(connection: Connection, site: str, unended: Mapping[str, OpenRun]) -> LastRound | None:
    statement = (
        select(run_sites.c.run, run_sites.c.started_at, run_sites.c.ended_at, runs.c.outcome)
        .join(runs, runs.c.id == run_sites.c.run, isouter=True)
        .where(run_sites.c.site == site)
        .order_by(run_sites.c.started_at.desc())
        .limit(1)
    )
    row = connection.execute(statement).first()
    if row is None:
        return None
    counts = _counts(connection, run_sites.c.run == row.run, run_sites.c.site == site)
    error = row.outcome if row.outcome is not None and row.outcome not in _ENDS else None
    outcome: Outcome = "failures" if counts.failed else "done"
    if error is not None:
        outcome = "error"
    elif row.outcome == "interrupted":
        outcome = "interrupted"
    elif row.outcome is None and row.ended_at is None:
        run = unended.get(row.run)
        outcome = "at work" if run is not None and not run.dead else "broken off"
    return LastRound(row.run, row.started_at, row.ended_at, outcome, error, counts)


def _number(name: str) -> ColumnElement[int]:
    number: ColumnElement[int] = func.coalesce(run_sites.c.account[name].as_integer(), 0)
    return number


_SUMS = (
    _number("found"), _number("articles"), _number("changed"),
    _number("unchanged") + _number("older") + _number("duplicates"), _number("failed"),
)  # fmt: skip


def _counts(connection: Connection, *conditions: ColumnElement[bool]) -> Counts:
    sums = select(func.count(), *(func.coalesce(func.sum(number), 0) for number in _SUMS))
    numbers: list[int] = list(connection.execute(sums.where(*conditions)).one())
    return Counts(*numbers)


def _count(connection: Connection, condition: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(articles).where(condition)).scalar_one()


def _pages(connection: Connection, site: str, now: datetime) -> Pages:
    ours = pages.c.site == site
    due = connection.execute(select(func.count()).select_from(pages).where(ours, pages.c.due_at <= now)).scalar_one()
    later = select(func.count(), func.min(pages.c.due_at)).select_from(pages).where(ours, pages.c.due_at > now)
    waiting, next_due = connection.execute(later).one()
    # Those refused or failed before, whether given up or not; a page of an article that could not be looked at
    # again is no failed page.
    failed = (ours, pages.c.state.in_(("failed", "waiting")), pages.c.tries > 0, pages.c.reason.is_not(None))
    kinds: dict[str, list[int]] = {}  # given up, tried again, number of the newest
    statement = select(pages.c.reason, pages.c.state, func.count(), func.max(pages.c.id)).where(*failed)
    for reason, state, count, newest in connection.execute(statement.group_by(pages.c.reason, pages.c.state)):
        kind = kinds.setdefault(reason, [0, 0, 0])
        kind[0 if state == "failed" else 1] += count
        kind[2] = max(kind[2], newest)
    shown = sorted(kinds.items(), key=lambda kind: (-kind[1][0] - kind[1][1], kind[0]))[:REASONS]
    chosen = select(pages.c.id, pages.c.url).where(pages.c.id.in_([kind[2] for _, kind in shown]))
    urls = {number: url for number, url in connection.execute(chosen)}
    return Pages(
        due=due,
        later=waiting,
        next_due=next_due,
        given_up=sum(kind[0] for kind in kinds.values()),
        tried_again=sum(kind[1] for kind in kinds.values()),
        reasons=tuple(Reason(reason, given_up, again, urls[newest]) for reason, (given_up, again, newest) in shown),
    )
