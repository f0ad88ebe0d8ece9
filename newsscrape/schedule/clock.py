"""Something to be done again and again, each time at the moment that the last time named.

APScheduler does the waiting, and is known in this file only. It wakes at a moment of the wall clock; one that
passed while the machine slept is made up for, however late; nothing begins while the last time is still at work,
for the next one is named at its end; and the work is done in a thread, so that the main one hears signals. That is
why nothing here sleeps in a loop of its own.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Clock:
    """Calls `look` now, and then again at each moment that it returns (with a zone; a past one: at once).

    At Ctrl-C or a plain kill `stop` is called, in the main thread, and `look` waited for; at every further one
    `stop` is called again.
    """

    def __init__(self, look: Callable[[], datetime], stop: Callable[[], None]) -> None:
        self._look = look
        self._stop = stop
        self._idle = threading.Event()
        self._idle.set()
        self._error: BaseException | None = None

    def run(self) -> None:
        """Goes on until it is stopped by a signal; only in the main thread.

        Raises `ImportError` where APScheduler is not installed, and what `look` raises.
        """
        from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED
        from apscheduler.executors.pool import ThreadPoolExecutor
        from apscheduler.schedulers.blocking import BlockingScheduler

        logging.getLogger("apscheduler").addHandler(logging.NullHandler())  # what it has to say is raised below
        scheduler = BlockingScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"misfire_grace_time": None},  # however late
        )

        def arm(moment: datetime) -> None:
            # Each time a job of its own: APScheduler 3.11 removes one after its last moment by its id, and would
            # remove its successor of the same id where the work was done before it came to that.
            scheduler.add_job(self._once, "date", run_date=moment)

        def after(event: Any) -> None:
            if event.exception is None:
                arm(event.retval)
            else:
                self._error = event.exception
                scheduler.shutdown(wait=False)

        scheduler.add_listener(after, EVENT_JOB_EXECUTED | EVENT_JOB_ERROR)
        arm(datetime.now(UTC))
        # Raised in the main thread wherever it is: setting an event from a handler can lock up with waiting for it.
        before = {number: signal.signal(number, signal.default_int_handler) for number in _SIGNALS}
        try:
            self._until_stopped(scheduler.start)
        finally:
            for number in _SIGNALS:
                signal.signal(number, signal.SIG_IGN)
            if scheduler.running:
                # Without waiting, which is done already: it would hold a lock that the work's last step asks for.
                scheduler.shutdown(wait=False)
            for number, handler in before.items():
                signal.signal(number, handler)
        if self._error is not None:
            raise self._error

    def _until_stopped(self, go_on: Callable[[], None]) -> None:
        step = go_on
        while True:
            try:
                step()
                return
            except KeyboardInterrupt:
                step = self._wind_up

    def _wind_up(self) -> None:
        self._stop()
        self._idle.wait()

    def _once(self) -> datetime:
        self._idle.clear()
        try:
            return self._look()
        finally:
            self._idle.set()
