"""What a crawl's process took, seen from outside while it runs: processor time and memory, its workers' apart."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_LOOK = 0.1  # seconds between two looks


@dataclass(slots=True)
class Taken:
    """Processor seconds and peak resident memory (MB) of a process and of its children, each with its own peak."""

    output: str = ""
    processor: float = 0.0
    peak: float = 0.0
    workers_processor: float = 0.0
    workers_peak: float = 0.0
    _seen: dict[int, tuple[float, float]] = field(default_factory=dict)


def run_watched(command: Sequence[str], *, cwd: Path, environment: dict[str, str], stdin: str) -> Taken:
    """Runs a command to its end and returns its standard output with what it took; raises `CalledProcessError`.

    Linux only (/proc). What a process takes in its last tenth of a second is not seen.
    """
    taken = Taken()
    with subprocess.Popen(
        command, cwd=cwd, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin is not None and child.stdout is not None
        child.stdin.write(stdin)
        child.stdin.close()
        while child.poll() is None:
            for pid in (child.pid, *_children(child.pid)):
                before, now = taken._seen.get(pid, (0.0, 0.0)), _look(pid) or (0.0, 0.0)
                taken._seen[pid] = (max(before[0], now[0]), max(before[1], now[1]))  # the dead have no memory
            time.sleep(_LOOK)
        taken.output = child.stdout.read()
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command, taken.output)
    for pid, (processor, peak) in taken._seen.items():
        if pid == child.pid:
            taken.processor, taken.peak = processor, peak
        else:
            taken.workers_processor += processor
            taken.workers_peak += peak
    return taken


def _children(pid: int) -> list[int]:
    try:
        return [
            int(found) for path in Path(f"/proc/{pid}/task").glob("*/children") for found in path.read_text().split()
        ]
    except OSError:  # it ended meanwhile
        return []


def _look(pid: int) -> tuple[float, float] | None:
    """Processor seconds (proc(5), stat, utime and stime) and peak resident MB (status, VmHWM); None when it is gone."""
    try:
        numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    peak = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)
    return (int(numbers[11]) + int(numbers[12])) / _TICKS, peak / 1024
