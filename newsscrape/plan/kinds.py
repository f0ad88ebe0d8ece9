"""The kinds of values in a plan: lengths of time, contacts, addresses, paths beside the plan, output files."""

from __future__ import annotations

import os
import re
import string
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from newsscrape.discovery.since import parse_span
from newsscrape.export.growing import grows_whole
from newsscrape.plan.database import check_database
from newsscrape.tomlfile import TomlFile
from newsscrape.warc.files import parse_size

OFF = "off"
PLACEHOLDERS = ("site", "day")
# It stands in the User-Agent, so only what a header may hold: ASCII without blanks.
_CONTACT = re.compile(r"https?://[!-~]+|[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+")


def _span(value: object) -> object:
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str):
        raise ValueError('is no length of time; write it in quotes with its unit: "30m", "48h" or "7d"')
    return parse_span(value)


def _span_or_off(value: object) -> object:
    return None if value == OFF or value is None else _span(value)


def _reachable(text: str) -> str:
    if not _CONTACT.fullmatch(text):
        raise ValueError(f"{text!r} is neither a mail address nor a URL (ASCII only: it stands in the User-Agent)")
    return text


def _http(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise ValueError(f"{text!r} is no address; it begins with http:// or https://")
    return text


def _folder(info: ValidationInfo) -> Path:
    """The folder that relative paths start from: that of the plan's file, which is the validators' context."""
    file = info.context
    return file.path.absolute().parent if isinstance(file, TomlFile) else Path.cwd()


def _beside(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str):
        return value
    if not value.strip():
        raise ValueError("names no file")
    return Path(os.path.normpath(_folder(info) / os.path.expanduser(value)))


def _output(text: str, info: ValidationInfo) -> str:
    try:
        found = [field for field in string.Formatter().parse(text) if field[1] is not None]
    except ValueError as error:
        raise ValueError(f"{text!r} cannot be filled in: {error}; literal braces are doubled") from error
    for _, name, form, conversion in found:
        if name not in PLACEHOLDERS or form or conversion:
            raise ValueError(f"{{{name}}} is no placeholder; there are {{site}} and {{day}} (of the fetch, in KST)")
    if not text.endswith(".jsonl") and not grows_whole(text):
        ending = os.path.splitext(text)[1]
        raise ValueError(
            f"{ending or repr(text)} files cannot be written; name outputs .jsonl, .csv or .parquet "
            "(the first two also with .gz or .zst behind)"
        )
    folder = str(_folder(info)).replace("{", "{{").replace("}", "}}")  # it is no part of the pattern
    return os.path.normpath(os.path.join(folder, os.path.expanduser(text)))


def _size(value: object) -> object:
    if isinstance(value, str):
        return parse_size(value)
    raise ValueError('is no size of a file; write it in quotes with its unit: "500MB" or "1GB"')


Span = Annotated[timedelta, BeforeValidator(_span)]
SpanOrOff = Annotated[timedelta | None, BeforeValidator(_span_or_off)]
Count = Annotated[int, Field(strict=True, ge=1)]
Delay = Annotated[float, Field(strict=True, ge=0.5, allow_inf_nan=False)]
Contact = Annotated[str, AfterValidator(_reachable)]
Address = Annotated[str, AfterValidator(_http)]
PathBeside = Annotated[Path, BeforeValidator(_beside)]
Size = Annotated[int, BeforeValidator(_size)]
Database = Annotated[str, AfterValidator(check_database)]
OutputFile = Annotated[str, AfterValidator(_output)]
