"""Long rows of values, as many at a time as one statement takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
_AT_ONCE = 500


def parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in their order, a few hundred at a time."""
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))
