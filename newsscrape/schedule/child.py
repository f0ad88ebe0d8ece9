"""One round in a process of its own: a reactor starts only once in a process, and a crash stays there."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence
from typing import IO

_PATIENCE = 3  # requests to end before it is killed


class Child:
    """Runs commands one after the other; any thread may ask it to end."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._asked = 0

    @property
    def ending(self) -> bool:
        """Whether it was asked to end; then nothing is begun any more."""
        return self._asked > 0

    def run(self, command: Sequence[str], text: str, hear: Callable[[str], None]) -> int | None:
        """Gives `text` to a command, hands every line of its stderr on, and returns its exit code.

        As in `subprocess` a negative one is the signal that killed it. None where it was not begun. Raises `OSError`.
        """
        with self._lock:
            if self.ending:
                return None
            # A session of its own: a terminal's Ctrl-C goes to everything in the foreground, and the second one that
            # a round gets cuts off what is on its way.
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace",
                start_new_session=True,
            )  # fmt: skip
        process = self._process
        assert process.stdin is not None and process.stderr is not None
        with contextlib.suppress(BrokenPipeError):  # it ended at once; its exit code tells
            process.stdin.write(text)
            process.stdin.close()
        listener = threading.Thread(target=_listen, args=(process.stderr, hear), daemon=True)
        listener.start()
        code = process.wait()
        # Of a round that was killed its readers of pages (and a browser) are left, and they hold its stderr open.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        listener.join()
        return code

    def ask_to_end(self) -> None:
        """Asks as Ctrl-C does: first for an end in order, then for one at once; the third time it is killed."""
        with self._lock:
            self._asked += 1
            if self._process is not None:
                self._process.send_signal(signal.SIGKILL if self._asked >= _PATIENCE else signal.SIGINT)


def _listen(stream: IO[str], hear: Callable[[str], None]) -> None:
    with stream:
        for line in stream:
            hear(line.rstrip("\n"))
