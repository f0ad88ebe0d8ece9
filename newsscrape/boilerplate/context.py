"""What the cleaner knows of a page besides its lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from newsscrape.korean.characters import fold, letters


@dataclass(frozen=True)
class Context:
    """What is known of the article before its body is cleaned.

    `title` (None where unknown), `subtitles` and `captions` as the page's markup gave them: their repetition
    inside the body is furniture. `names` are the printed names of publisher and portal.
    """

    title: str | None = None
    subtitles: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    names: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def folded_names(self) -> frozenset[str]:
        """The names as rules compare them: folded, lower case."""
        return frozenset(map(_fold_name, self.names))

    @cached_property
    def deck_letters(self) -> frozenset[str]:
        """Letters of every subtitle."""
        return frozenset(filter(None, map(letters, self.subtitles)))

    @cached_property
    def caption_letters(self) -> frozenset[str]:
        """Letters of every caption."""
        return frozenset(filter(None, map(letters, self.captions)))

    @cached_property
    def caption_initials(self) -> frozenset[str]:
        """What captions begin with, and the nothing that is left of a line of marks."""
        return frozenset(["", *(caption[0] for caption in self.caption_letters)])


@lru_cache(maxsize=4096)
def _fold_name(name: str) -> str:
    return fold(name).lower()
