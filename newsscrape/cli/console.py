"""Where the command line writes: data plain on stdout, everything for the eye on stderr."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import typer
from rich.console import Console

_PLAIN_WIDTH = 160
DONE, FAILED, WRONG_USE = 0, 1, 2
BROKEN = 70  # sysexits.h: an error of the program itself


def messages() -> Console:
    """The console for messages and tables: stderr, no colours where that is no terminal."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def table_console() -> Console:
    """Stdout for tables that are the answer itself; where it is no terminal, plain text of a fixed width."""
    plain = Console(highlight=False)
    return plain if plain.is_terminal else Console(highlight=False, width=_PLAIN_WIDTH, no_color=True)


def say(text: str) -> None:
    """One message on stderr."""
    messages().print(text, markup=False)


def stop(text: str, code: int = WRONG_USE) -> NoReturn:
    """Says what is wrong and leaves with an exit code."""
    say(f"newsscrape: {text}")
    raise typer.Exit(code)


def read_input(path: str) -> bytes:
    """The bytes of a file, or of stdin for "-". Leaves with code 2 when there is no such file."""
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        stop(f"cannot read {path}: {error.strerror}")


def write_output(text: str) -> None:
    """One line of data on stdout, in UTF-8 whatever the terminal's locale says."""
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()
