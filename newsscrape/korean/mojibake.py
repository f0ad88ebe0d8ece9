"""Stub."""

from __future__ import annotations


def repair(text: str) -> tuple[str, str | None, str | None]:
    """To be written."""
    return text, None, None
