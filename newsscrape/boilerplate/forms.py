"""The form in which rules look at a line."""

from __future__ import annotations

import re

from newsscrape.korean.characters import fold

# Neither folded nor of another case: a third of all lines hold nothing else.
_ALTERED = re.compile(r"[^ -@\[-_a-~가-힣一-鿿…△▲▽▼◇◆○●□■▶▷→「」『』《》【】ⓒ㎡]")
_BULLETS = "•·*◦-"
_BULLET = re.compile(r"^[•·*◦-] ?(?=[^\s•·*◦-])")


def matching_form(text: str) -> str:
    """A line as patterns see it: folded, lower case, and without the bullet of a list ("• 공유하기")."""
    if _ALTERED.search(text) is None and "  " not in text:
        return without_bullet(text.strip())
    return without_bullet(fold(text)).lower()


def without_bullet(text: str) -> str:
    """A line without the bullet of a list."""
    return _BULLET.sub("", text, count=1) if text[:1] in _BULLETS else text
