"""What is found in an archive, the newest first: a page of it, without reading all that there is.

A rare word is looked up in the index, and the articles found are put into order. For a frequent one that would be
hundreds of thousands: the months are gone through instead, from the last on; of a month in which the word is frequent
the articles are read from its end until there are enough, of another those that the index names. So it does not matter
where in time a word is frequent. What the index names is always held against the text itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, select

from newsscrape.archive.archive import Archive
from newsscrape.archive.search.index import Choice, lead, look_up
from newsscrape.archive.search.marks import any_of, month_mark, word_marks
from newsscrape.archive.selection import Selection, conditions
from newsscrape.archive.tables import articles, texts

_FEW = 2000  # articles that are read and sorted at once


def newest(archive: Archive, connection: Connection, selection: Selection, count: int) -> list[int]:
    """The `seq` of the newest `count` articles of a selection, by their time of publication.

    Of the same time the last that arrived comes first, and at the end those without a time.
    """
    exact = conditions(selection)
    choices = _choices(selection)
    if not choices:
        return _in_time(connection, exact, count)
    lead(archive, connection)
    few = look_up(archive, connection, choices, _FEW)
    if few is not None:
        return _in_time(connection, [*exact, articles.c.seq.in_(few)], count)
    found: list[int] = []
    for mark, month in _months(connection, selection):
        few = look_up(archive, connection, [*choices, [mark]], _FEW)
        inside = month if few is None else articles.c.seq.in_(few)
        if few != []:
            found += _last(connection, [*exact, inside], count - len(found))
        if len(found) >= count:
            break
    return found


def _choices(selection: Selection) -> list[Choice]:
    """The marks that an article of a selection has; none where its words have none, for then time leads."""
    marks = word_marks(selection.words)
    if not marks and not (selection.kinds or selection.sections):
        return []  # the articles of a site, and all articles, have an index by time
    others = (("site", selection.sites), ("kind", selection.kinds), ("section", selection.sections))
    return [*([mark] for mark in marks), *(any_of(name, values) for name, values in others if values)]


def _months(connection: Connection, selection: Selection) -> Iterator[tuple[str, ColumnElement[bool]]]:
    """The months that a selection may have something in, from the last to the first, then the time that is none.

    Each with its mark, and as a condition.
    """
    time = articles.c.published_at
    inside = [time >= selection.since] if selection.since else []
    inside += [time <= selection.until] if selection.until else []
    first = connection.execute(select(func.min(time)).where(*inside)).scalar()
    last = connection.execute(select(func.max(time)).where(*inside)).scalar()
    if first is not None and last is not None:
        month = _month(last)
        while month >= _month(first):
            yield month_mark(month), and_(time >= month, time < _month(month + timedelta(days=31)))
            month = _month(month - timedelta(days=1))
    if not inside:
        yield month_mark(None), time.is_(None)


def _month(moment: datetime) -> datetime:
    return datetime(moment.year, moment.month, 1, tzinfo=UTC)


def _in_time(connection: Connection, wanted: Sequence[ColumnElement[bool]], count: int) -> list[int]:
    """The newest, first those with a time, then the others."""
    dated, undated = articles.c.published_at.is_not(None), articles.c.published_at.is_(None)
    found = _last(connection, [*wanted, dated], count)
    return found if len(found) >= count else found + _last(connection, [*wanted, undated], count - len(found))


def _last(connection: Connection, wanted: Sequence[ColumnElement[bool]], count: int) -> list[int]:
    """The newest where all have a time, or none (PostgreSQL's index has nulls first: both in one would be sorted)."""
    found = select(articles.c.seq).join(texts, texts.c.article == articles.c.seq).where(*wanted)
    order = (articles.c.published_at.desc(), articles.c.seq.desc())
    return list(connection.execute(found.order_by(*order).limit(count)).scalars())
