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
from newsscrape.duplicates.copies import form_moment
from newsscrape.duplicates.origin import originality
from newsscrape.duplicates.sketch import Sketch, letters_of
from newsscrape.revisions.stories import Telling, telling


@dataclass(frozen=True, slots=True)
class Traits:
    """What the index of texts has of an article (see `search.index`), its part in a story (`revisions.stories`), and by
    what its near copies are found (`clusters`).

    `folded` is its title and text, `marks` are that text's, with blanks between. The larger its `originality`, the
    likelier it is the origin of its copies.
    """

    folded: str
    marks: str
    telling: Telling
    sketch: Sketch
    originality: int


def traits_of(record: Mapping[str, Any]) -> Traits:
    """The traits of an article, from its record as JSON has it."""
    folded = fold(f"{record.get('title') or ''}\n{record.get('text') or ''}")
    told = telling(record)
    sketch = Sketch.of(letters_of(folded), form_moment(record.get("kind"), told.published_at))
    return Traits(folded, " ".join(text_marks(folded)), told, sketch, originality(record))


def traits_of_json(id_: str, record: str) -> Traits:
    """The same from the JSON itself; those of nothing where it is damaged (`newsscrape archive check` tells of it)."""
    try:
        return traits_of(orjson.loads(record))
    except orjson.JSONDecodeError:
        return traits_of({"id": id_})
