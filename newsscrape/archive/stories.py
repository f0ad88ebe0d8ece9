"""The stories of wires in the archive (see `revisions.stories`): found as articles arrive.

A story is whoever is linked, directly or over others, and is called by the smallest id among its articles, so it is the
same whatever the order of arrival.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, and_, bindparam, func, or_, select, update

from newsscrape.archive.archive import Archive
from newsscrape.archive.entry import Saved
from newsscrape.archive.tables import articles
from newsscrape.revisions.stories import SPAN, Telling, is_retold, may_be_proved, same_headline, telling, words_of

_SET = (
    update(articles)
    .where(articles.c.seq == bindparam("number"))
    .values(headline=bindparam("key"), stage=bindparam("step"))
)


def place(archive: Archive, connection: Connection, rows: Sequence[Saved]) -> None:
    """Finds the stories that articles belong to. One of `derived.WAYS`."""
    told = {row.seq: telling(orjson.loads(row.record)) for row in rows}
    if not told:
        return
    forget(archive, connection, rows)  # of another version another thing may be true
    steps = [{"number": number, "key": one.headline, "step": one.stage} for number, one in told.items()]
    connection.execute(_SET, steps)
    keys = {one.headline for one in told.values() if one.headline}
    twice = select(articles.c.headline).where(articles.c.headline.in_(keys)).group_by(articles.c.headline)
    repeated = set(connection.execute(twice.having(func.count() > 1)).scalars())
    for one in told.values():
        if one.published_at is not None and (one.stage is not None or one.headline in repeated):
            _join(connection, one.id)


def forget(archive: Archive, connection: Connection, rows: Sequence[Saved]) -> None:
    """Takes articles out of their stories; what is left of these finds itself anew. One of `derived.WAYS_BACK`."""
    ids = [row.id for row in rows]
    ours = select(articles.c.story).where(articles.c.id.in_(ids), articles.c.story.is_not(None)).distinct()
    stories = list(connection.execute(ours).scalars())
    if not stories:
        return
    members = list(connection.execute(select(articles.c.id).where(articles.c.story.in_(stories))).scalars())
    nobody = {"story": None, "headline": None, "stage": None}
    connection.execute(update(articles).where(articles.c.story.in_(stories)).values(story=None))
    connection.execute(update(articles).where(articles.c.id.in_(ids)).values(**nobody))
    for member in members:
        if member not in ids:
            _join(connection, member)


def members(connection: Connection, story: str) -> list[str]:
    """The ids of a story's articles, the last one last: it takes the place of the others."""
    order = (articles.c.published_at, func.coalesce(articles.c.stage, -1), articles.c.id)  # as `Telling.order`
    return list(connection.execute(select(articles.c.id).where(articles.c.story == story).order_by(*order)).scalars())


def _join(connection: Connection, article: str) -> None:
    """Links an article with whoever tells its story, and makes one of the stories that this brings together."""
    row = connection.execute(select(articles.c.site, articles.c.record).where(articles.c.id == article)).one()
    record = orjson.loads(row.record)
    ours = telling(record)
    if ours.published_at is None:
        return
    alike = [articles.c.headline == ours.headline]
    if ours.stage is not None:
        alike.append(and_(articles.c.site == row.site, articles.c.stage.is_not(None)))
    near = articles.c.published_at.between(ours.published_at - SPAN, ours.published_at + SPAN)
    others = select(articles.c.id, articles.c.title, articles.c.stage, articles.c.published_at)
    linked = [article]
    for id_, title, stage, published_at in connection.execute(
        others.where(near, or_(*alike), articles.c.id != article)
    ).all():
        # By what the row says of it: only where its text could prove something is the record read.
        maybe = Telling(id_, ours.publisher, words_of(title), stage, published_at)
        if (same_headline(ours, maybe) or may_be_proved(ours, maybe)) and _is_told(connection, record, ours, id_):
            linked.append(id_)
    if len(linked) > 1:
        named = select(articles.c.story).where(articles.c.id.in_(linked), articles.c.story.is_not(None)).distinct()
        stories = list(connection.execute(named).scalars())
        whole = or_(articles.c.story.in_(stories), articles.c.id.in_(linked))
        connection.execute(update(articles).where(whole).values(story=min(*linked, *stories)))


def _is_told(connection: Connection, record: dict[str, Any], ours: Telling, other: str) -> bool:
    """Whether another article tells the story of this one."""
    theirs = orjson.loads(connection.execute(select(articles.c.record).where(articles.c.id == other)).scalar_one())
    they = telling(theirs)
    if same_headline(ours, they):
        return True
    earlier, later = (record, theirs) if ours.order < they.order else (theirs, record)
    return may_be_proved(ours, they) and is_retold(earlier["text"], later["text"])
