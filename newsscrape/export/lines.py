"""A whole file of JSON lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO


def write_lines(file: BinaryIO, documents: Iterable[bytes]) -> int:
    """Writes JSON documents without raw line breaks, one a line; returns how many."""
    count = 0
    for document in documents:
        file.write(document + b"\n")
        count += 1
    return count
