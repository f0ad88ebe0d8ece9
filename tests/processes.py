"""Who descends from a process, out of /proc: to see that nobody is left behind."""

from __future__ import annotations

import os
import time
from pathlib import Path

PATIENCE = 30.0  # seconds; only a failure waits so long


def family(pid: int | None = None) -> set[int]:
    """The living descendants of a process (ours, where none is named)."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (state := _state(int(folder.name))):
            parents[int(folder.name)] = state
    found, before = {pid or os.getpid()}, 0
    while len(found) > before:
        before = len(found)
        found |= {child for child, parent in parents.items() if parent in found}
    return found - {pid or os.getpid()}


def all_gone(pids: set[int]) -> bool:
    """Whether these processes are gone, or go while we wait."""
    patience = time.monotonic() + PATIENCE
    while any(map(_state, pids)) and time.monotonic() < patience:
        time.sleep(0.05)
    return not any(map(_state, pids))


def _state(pid: int) -> int | None:
    """The parent of a living process; None for one that is gone, or dead and not yet buried."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return None
    return None if state in "ZX" else int(parent)
