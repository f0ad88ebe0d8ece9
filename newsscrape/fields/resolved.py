"""What a resolver returns: the value that won, and who said it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Resolved(Generic[T]):
    """A field's value with the source that won and the text that it was read from."""

    value: T
    source: str
    raw: str = ""
