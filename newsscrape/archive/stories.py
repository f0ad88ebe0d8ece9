"""The stories of wires in the archive (see `revisions.stories`): found as articles arrive.

A story is whoever is linked, directly or over others, and is called by the smallest id among its articles, so it is the
same whatever the order of arrival.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Connection, and_, bindparam, func, or_, select, update

from newsscrape.archive.archive import Archive
from newsscrape.archive.tables import articles
from newsscrape.revisions.stories import SPAN, Telling, is_retold, may_be_proved, same_headline, telling, words_of

if TYPE_CHECKING:
    from newsscrape.archive.derived import Saved
    from newsscrape.archive.traits import Traits

COLUMNS = ("headline", "stage")
"""The columns of `articles` by which stories are looked for."""
_REPEATED = (
    select(articles.c.headline)
    .where(articles.c.headline.in_(bindparam("headlines", expanding=True)))
    .group_by(articles.c.headline)
    .having(func.count() > 1)
)


def columns(traits: Traits) -> dict[str, Any]:
    """What the row of an article says in them."""
    return {"headline": traits.telling.headline, "stage": traits.telling.stage}


def place(archive: Archive, connection: Connection, rows: Sequence[Saved]) -> None:
    """Finds the stories that articles belong to. One of `derived.WAYS`."""
    told = {one: one.headline for one in (row.traits.telling for row in rows) if one.published_at is not None}
    headlines = list({headline for headline in told.values() if headline})
    repeated = set(connection.execute(_REPEATED, {"headlines": headlines}).scalars()) if headlines else set()
    for one, headline in told.items():
        if one.stage is not None or headline in repeated:
            _join(connection, one.id)


def forget(archive: Archive, connection: Connection, seqs: Sequence[int]) -> None:
    """Takes articles out of their stories; what is left of these finds itself anew. One of `derived.WAYS_BACK`."""
    ours = select(articles.c.story).where(articles.c.seq.in_(seqs), articles.c.story.is_not(None)).distinct()
    stories = list(connection.execute(ours).scalars())
    if not stories:
        return
    rest = articles.c.story.in_(stories) & articles.c.seq.not_in(seqs)
    members = list(connection.execute(select(articles.c.id).where(rest)).scalars())
    nobody = {"story": None, "headline": None, "stage": None}
    connection.execute(update(articles).where(articles.c.story.in_(stories)).values(story=None))
    connection.execute(update(articles).where(articles.c.seq.in_(seqs)).values(**nobody))
    for member in members:
        _join(connection, member)


def clear(connection: Connection) -> None:
    """Forgets all stories; they are to be derived anew."""
    connection.execute(update(articles).where(articles.c.story.is_not(None)).values(story=None))


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
