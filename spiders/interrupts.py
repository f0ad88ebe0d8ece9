"""What ends a crawl before its end, and in order: Ctrl-C, a plain kill, a caller who lets go."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator
from typing import cast


@contextlib.contextmanager
def interrupts(loop: asyncio.AbstractEventLoop, interrupt: Callable[[], None], lifeline: int | None) -> Iterator[None]:
    """Ctrl-C, a plain kill and the end of the lifeline end the round in order.

    Where signals cannot be had (a thread), nothing changes about them.
    """
    caught = []
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(ValueError, RuntimeError, NotImplementedError):
            loop.add_signal_handler(number, interrupt)
            caught.append(number)

    def let_go() -> None:
        loop.remove_reader(cast(int, lifeline))  # an end can be read again and again
        interrupt()

    if lifeline is not None:
        loop.add_reader(lifeline, let_go)
    try:
        yield
    finally:
        for number in caught:
            if not loop.is_closed():
                loop.remove_signal_handler(number)
