"""Keeps the rounds of a plan going: when the next one is, what became of the last one, and what all this says."""

from __future__ import annotations

import json
import os
import sys
from collections import deque
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newsscrape.archive import open_archive
from newsscrape.archive.due import last_finished, last_run, next_visits
from newsscrape.cli.console import DONE, FAILED
from newsscrape.discovery.since import KST
from newsscrape.errors import ArchiveError, EntryError, PlanError, SiteError
from newsscrape.plan import check_plan, read_plan
from newsscrape.schedule import Round
from newsscrape.schedule.child import Child
from newsscrape.sites.loader import forget
from newsscrape.tomlfile.file import read_text

SEARCHES = "searches"  # stands for the plan's queries and files of addresses, which have no lists of their own
_LONGEST = timedelta(hours=1)  # between two tries of a round that breaks
_LAST_WORDS = 20  # lines of a broken round that are told


class Log:
    """Lines on stderr: with Korea's time before each, or JSON."""

    def __init__(self, *, json_lines: bool) -> None:
        self.json_lines = json_lines

    def tell(self, event: str, text: str, **facts: Any) -> None:
        """One line: `text` for people, or the event with its facts for machines."""
        now = datetime.now(KST)
        line = f"{now:%Y-%m-%d %H:%M:%S} {text}"
        if self.json_lines:
            data = {"at": now.isoformat(timespec="seconds"), "event": event, "text": text, **facts}
            line = json.dumps(data, ensure_ascii=False)
        print(line, file=sys.stderr, flush=True)


class Keeper:
    """Knows when the next round of a plan is, and does it.

    `look` are the seconds between two looks at plan and database, and the pause after a round. Raises, as `read_plan`
    and `Plan.database_in` do, where the plan is wrong to begin with.
    """

    def __init__(self, path: Path, log: Log, *, look: float, private: bool) -> None:
        self.path = path
        self.log = log
        self.pause = timedelta(seconds=look)
        self.private = private
        self.plan = read_plan(path)
        self.text = read_text(path, PlanError)
        self.plan.database_in(os.environ)
        self._child = Child()
        self._wrong: str | None = None
        self._failures = 0
        self._broken: tuple[
            str, ...
        ] = ()  # the sites of a round that broke off: their lists may be read, not their pages
        self._not_before = datetime.now(UTC)
        self._told: tuple[datetime, tuple[str, ...]] | None = None
        if self.plan.contact is None:
            self.log.tell("contact", f"{path} names no contact; with one, a site's people can reach you")

    def stop(self) -> None:
        """Asks the round at work to end, and begins no other."""
        self.log.tell("stopping", "stopping, as soon as the round at work has ended")
        self._child.ask_to_end()

    def look(self) -> datetime:
        """Does a round if one is due; returns when to look again."""
        now = datetime.now(UTC)
        if self._child.ending:
            return now + _LONGEST
        self._read()
        if now < self._not_before:
            return min(self._not_before, now + self.pause)
        try:
            moments = self._moments(now)
            due = tuple(key for key, moment in moments.items() if moment <= now)
            if due:
                self._round(due)
                moments = self._moments(datetime.now(UTC))
        except ArchiveError as error:
            self._failed(str(error))
            moments = {}
        if not self._child.ending:
            self._tell_next(moments)
        now = datetime.now(UTC)
        soonest = max(min(moments.values(), default=now), self._not_before)
        return min(soonest, now + self.pause)

    def _read(self) -> None:
        """The plan as it stands now; a broken one is told of once, and the last good one goes on."""
        forget()
        try:
            text = read_text(self.path, PlanError)
            plan = check_plan(text, self.path)
            plan.database_in(os.environ)
        except (EntryError, SiteError) as error:
            if str(error) != self._wrong:
                self._wrong = str(error)
                self.log.tell("plan-wrong", f"{error}; the plan as it was goes on", reason=str(error))
            return
        if self._wrong is not None or text != self.text:
            self.log.tell("plan-read", f"{self.path} was read again")
        self.plan, self.text, self._wrong = plan, text, None

    def _moments(self, now: datetime) -> dict[str, datetime]:
        """When each site of the plan is due; after a round with it a site is left in peace for its shortest time.

        A site that was never visited is due `now`.
        """
        plan = self.plan
        sites = {entry.key: plan.site(entry.key) for entry in plan.sites}
        with open_archive(plan.database_in(os.environ)) as archive:
            visits = next_visits(archive, {key: site.lists for key, site in sites.items()})
            finished = last_finished(archive, list(sites))
            last = last_run(archive) if plan.queries or plan.urls else None
        moments = {}
        for key, site in sites.items():
            moments[key] = visits[key] or now
            if key in finished:
                moments[key] = max(moments[key], finished[key] + site.every.least)
        if plan.queries or plan.urls:
            moments[SEARCHES] = now if last is None else last + plan.every.start
        return moments | {key: now for key in self._broken if key in moments}

    def _round(self, due: tuple[str, ...]) -> None:
        self.log.tell("round", f"a round begins: {_named(due)}", sites=list(due))
        command = [*Round(self.plan, Path(sys.executable), self.pause).command, "--stdin", "--log-json"]
        if self.private:
            command.append("--private-networks")
        report: dict[str, Any] = {}
        words: deque[str] = deque(maxlen=_LAST_WORDS)

        def hear(line: str) -> None:
            said = _json(line)
            if said is None:
                words.append(line)
            elif self.log.json_lines:
                print(line, file=sys.stderr, flush=True)
            if said is not None and said.get("event") == "report":
                report.update(said)

        code = self._child.run(command, self.text, hear)
        now = datetime.now(UTC)
        self._told = None
        if code is None or self._child.ending:
            return
        if code in (DONE, FAILED) and report and not (report["error"] or report["interrupted"]):
            self._failures, self._broken, self._not_before = 0, (), now + self.pause
            self.log.tell("round-done", f"the round is done: {_in_words(report)}", code=code)
            return
        self._broken = due
        for line in words:
            self.log.tell("said", f"  {line}")
        self._failed(report.get("error") or ("it was stopped" if report.get("interrupted") else _ending(code)), code)

    def _failed(self, reason: str, code: int | None = None) -> None:
        self._failures += 1
        pause = min(self.pause * 2 ** min(self._failures - 1, 16), max(_LONGEST, self.pause))
        self._not_before = datetime.now(UTC) + pause
        again = self._not_before.astimezone(KST)
        text = f"the round broke off: {reason}; tried again at {again:%H:%M:%S}"
        self.log.tell("round-broken", text, reason=reason, code=code, failures=self._failures)

    def _tell_next(self, moments: dict[str, datetime]) -> None:
        """Says once when the next round is, and for which sites."""
        if not moments:
            return
        first = max(min(moments.values()), self._not_before)
        sites = tuple(key for key, moment in moments.items() if moment <= first)
        if self._told is not None and self._told[1] == sites and abs(self._told[0] - first) < self.pause:
            return
        self._told = (first, sites)
        at = first.astimezone(KST)
        text = f"the next round is at {at:%m-%d %H:%M:%S}: {_named(sites)}"
        self.log.tell("next", text, moment=at.isoformat(timespec="seconds"), sites=list(sites))


def _json(line: str) -> dict[str, Any] | None:
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _named(sites: tuple[str, ...]) -> str:
    return ", ".join(sites[:10]) + (f" and {len(sites) - 10} more" if len(sites) > 10 else "")


def _in_words(report: dict[str, Any]) -> str:
    parts = []
    for site in report["sites"]:
        counts = ((site["articles"], "new"), (site["changed"], "changed"), (site["failed"], "failed"))
        told = ", ".join(f"{count:,} {word}" for count, word in counts if count)
        if told:
            parts.append(f"{site['key']} {told}")
    return "; ".join(parts) or "nothing new"


def _ending(code: int) -> str:
    return f"it was killed by signal {-code}" if code < 0 else f"exit code {code}"
