"""What is looked for, and how texts are compared with it: folded, so that case and composition do not matter."""

from __future__ import annotations

import re
import unicodedata

from newsscrape.errors import QueryError

MOST_WORDS = 64
_WORD = re.compile(r'"([^"]*)"|“([^“”]*)”|([^\s"“”]+)')  # a quotation mark that stands alone means nothing


def fold(text: str) -> str:
    """A text for comparison: NFC, without case; letter by letter (one may become two: ß, ss).

    What no database takes is put away, as `tables.Letters` does.
    """
    text = unicodedata.normalize("NFC", text.replace("\x00", ""))
    return text.encode("utf-8", "replace").decode().casefold()


def words_of(query: str | None) -> tuple[str, ...]:
    """The words of a query, folded; what stands in quotation marks is one, with its blanks.

    Raises `QueryError` where there are more than anybody types.
    """
    found = (" ".join(fold("".join(part)).split()) for part in _WORD.findall(query or ""))
    words = tuple(dict.fromkeys(filter(None, found)))
    if len(words) > MOST_WORDS:
        raise QueryError(f"{len(words)} words are too many to look for; {MOST_WORDS} may be named")
    return words
