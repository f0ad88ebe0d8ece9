"""An article's traits: what the archive looks articles up by, as far as the article alone says it.

Whoever reads pages makes them beside the record, since it has more time than who writes them down; for articles of
which they were never made, the archive makes them of the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from newsscrape.archive.search.marks import text_marks
from newsscrape.archive.search.words import fold
from newsscrape.revisions.stories import Telling, telling


@dataclass(frozen=True, slots=True)
class Traits:
    """What the index of texts has of an article (see `search.index`), and its part in a story (`revisions.stories`).

    `folded` is its title and text, `marks` are that text's, with blanks between.
    """

    folded: str
    marks: str
    telling: Telling


def traits_of(record: Mapping[str, Any]) -> Traits:
    """The traits of an article, from its record as JSON has it."""
    folded = fold(f"{record.get('title') or ''}\n{record.get('text') or ''}")
    return Traits(folded, " ".join(text_marks(folded)), telling(record))


def traits_of_json(id_: str, record: str) -> Traits:
    """The same from the JSON itself; those of nothing where it is damaged (`newsscrape archive check` tells of it)."""
    try:
        return traits_of(orjson.loads(record))
    except orjson.JSONDecodeError:
        return traits_of({"id": id_})
