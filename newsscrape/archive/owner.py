"""Who holds a lease: a name for this process that another one can check, and whether its bearer is certainly dead."""

from __future__ import annotations

import functools
import os
import socket
from pathlib import Path

_PROC = Path("/proc")


@functools.cache
def this_process() -> str:
    """This process's name: machine, process id and the moment when it began, as the kernel counts it."""
    return f"{_machine()}:{os.getpid()}:{_began(os.getpid())}"


def is_dead(owner: str) -> bool:
    """Whether the process of that name is certainly gone. False for every process of another machine."""
    machine, pid, began = owner.rsplit(":", 2)
    if machine != _machine() or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return _began(int(pid)) != began  # the number belongs to another process by now


def process_in_words(owner: str) -> str:
    """A process's name, or that of a lease's holder (RUN@PROCESS), as a message tells it."""
    machine, pid, _ = owner.rpartition("@")[2].rsplit(":", 2)
    return f"process {pid} on {machine.partition('/')[0]}"


def _machine() -> str:
    """The host's name, and its process numbers' space: containers may share the one, not the other."""
    try:
        space = os.readlink(_PROC / "self" / "ns" / "pid")
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
    except OSError:  # no Linux
        return socket.gethostname()
    return f"{socket.gethostname()}/{boot[:8]}/{space.strip('pid:[]')}"


def _began(pid: int) -> str:
    """The start of a process in clock ticks since boot: field 22 of /proc/PID/stat (man proc); "" where unknown.

    A process that ended but was not yet waited for (a zombie) is over, too.
    """
    try:
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "over" if fields[0] in "ZX" else fields[19]
