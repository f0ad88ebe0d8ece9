"""The town in a process of its own: the same calls, with arguments and answers over a pipe.

    with TownProcess(["hanbit"], seed=7) as town:
        town["hanbit"].publish_many(1000)
        town["hanbit"].mood["/view/3"] = Fault(reset=True)
        town.requests("hanbit")

It ends with its context or with the process that started it, however that ends.
"""

from __future__ import annotations

import operator
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import IO, Any

from .faults import Fault
from .paper import Paper
from .server import Town

_ROOT = Path(__file__).parents[len(__name__.split(".")) - 1]  # from where this package has the name it has here


class TownProcess:
    """`Town` elsewhere: its methods and properties, and `town[key]` for a paper's."""

    def __init__(self, keys: Iterable[str] = (), **options: Any) -> None:
        self._start = (list(keys), options)
        self._lock = threading.Lock()

    def __enter__(self) -> TownProcess:
        self._child = subprocess.Popen(
            [sys.executable, "-m", __package__ or "town"], cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        _put(self._child.stdin, self._start)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._child.stdin is not None and self._child.stdout is not None
        self._child.stdin.close()
        self._child.wait(timeout=10)
        self._child.stdout.close()

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._child.pid

    def __getitem__(self, key: str) -> PaperElsewhere:
        return PaperElsewhere(self, key)

    def add(self, key: str, **options: Any) -> PaperElsewhere:
        """Founds a paper, as `Town.add` does."""
        self._call(None, "_add", key, **options)
        return self[key]

    def profiles(self, folder: Path | str) -> list[str]:
        """Writes the profiles, as `Town.profiles` does; a relative folder is this process's."""
        keys: list[str] = self._call(None, "profiles", os.path.abspath(folder))
        return keys

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return partial(self._call, None, name) if callable(getattr(Town, name)) else self._call(None, name)

    def _call(self, _paper: str | None, _name: str, /, *arguments: Any, **options: Any) -> Any:
        with self._lock:
            _put(self._child.stdin, (_paper, _name, arguments, options))
            value, error = pickle.load(self._child.stdout)  # type: ignore[arg-type]
        if error is not None:
            raise error
        return value


class PaperElsewhere:
    """`Paper` elsewhere: its methods and attributes, and its mood."""

    def __init__(self, town: TownProcess, key: str) -> None:
        self._call = partial(town._call, key)
        self.mood = MoodElsewhere(self._call)

    def __getattr__(self, name: str) -> Any:
        return partial(self._call, name) if callable(getattr(Paper, name, None)) else self._call(name)


class MoodElsewhere:
    """`Mood` elsewhere, as far as it is written to."""

    def __init__(self, call: Any) -> None:
        self._call = call

    def __setitem__(self, path: str, fault: Fault) -> None:
        self._call("mood.__setitem__", path, fault)

    def __delitem__(self, path: str) -> None:
        self._call("mood.__delitem__", path)

    def update(self, faults: Mapping[str, Fault]) -> None:
        """Lays several faults."""
        for path, fault in faults.items():
            self[path] = fault

    def clear(self) -> None:
        """All is well again."""
        self._call("mood.clear")


def serve(requests: IO[bytes], replies: IO[bytes]) -> None:
    """Runs a town and does what is asked until the asker's end."""
    keys, options = pickle.load(requests)
    with Town(keys, **options) as town:
        while True:
            try:
                paper, name, arguments, options = pickle.load(requests)
            except EOFError:
                return
            try:
                _put(replies, (_do(town, paper, name, arguments, options), None))
            except Exception as error:  # the asker's mistake, told there
                _put(replies, (None, error))


def _do(town: Town, paper: str | None, name: str, arguments: tuple[Any, ...], options: Mapping[str, Any]) -> Any:
    if name == "_add":
        town.add(*arguments, **options)
        return None
    found = operator.attrgetter(name)(town if paper is None else town[paper])
    return found(*arguments, **options) if callable(found) else found


def _put(pipe: IO[bytes] | None, value: object) -> None:
    assert pipe is not None
    pipe.write(pickle.dumps(value))  # first whole: a value that cannot be sent leaves no half of it in the pipe
    pipe.flush()
