"""Reads a TOML file as a model; an error names file, line and entry, and for a wrong key the nearest right one."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from newsscrape.errors import EntryError
from newsscrape.tomlfile.lines import line_in, line_of

Model = TypeVar("Model", bound=BaseModel)
_OF_VALIDATORS = "Value error, "  # what pydantic puts before the words of a validator of ours


def read_text(path: Path, error: type[EntryError]) -> str:
    """The text of a file. Raises `error` where it cannot be read or its bytes are no UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as failure:
        raise error(f"cannot be read ({failure.strerror})", path=str(path)) from failure
    except UnicodeDecodeError as failure:
        line = failure.object[: failure.start].count(b"\n") + 1
        reason = f"is no TOML: its bytes are no UTF-8 ({failure.reason})"
        raise error(reason, path=str(path), line=line) from failure


@dataclass(frozen=True)
class TomlFile:
    """A TOML file that was read: its text, what is in it, and the error to raise where that is wrong."""

    path: Path
    text: str
    data: Mapping[str, Any]
    error: type[EntryError]

    @classmethod
    def read(cls, path: Path, error: type[EntryError]) -> TomlFile:
        """The file at a path. Raises `error` where it cannot be read or is no TOML in UTF-8."""
        return cls.of(read_text(path, error), path, error)

    @classmethod
    def of(cls, text: str, path: Path, error: type[EntryError]) -> TomlFile:
        """A text that stands, or is going to stand, at a path. Raises `error` where it is no TOML."""
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as failure:
            raise error(f"is no TOML: {failure}", path=str(path), line=line_in(str(failure))) from failure
        return cls(path, text, data, error)

    def model(self, model: type[Model], context: object = None) -> Model:
        """What is in the file as a model, whose validators are given `context`. Raises `error` for the first fault."""
        try:
            return model.model_validate(self.data, context=context)
        except ValidationError as failure:
            first = failure.errors()[0]
            told = str(first.get("ctx", {}).get("field", "")).split(".")
            where = (*first["loc"], *(int(part) if part.isdigit() else part for part in told if part))
            reason = first["msg"].removeprefix(_OF_VALIDATORS)
            if first["type"] == "extra_forbidden":
                reason = _unknown_key(model, where)
            raise self.wrong(where, reason) from failure

    def wrong(self, where: Sequence[str | int], reason: str) -> EntryError:
        """The error about one entry: ("sites", 0, "key") is the `key` of the first [[sites]]."""
        field = ".".join(map(str, where))
        return self.error(reason, path=str(self.path), field=field, line=line_of(self.text, self.data, where))


def _unknown_key(model: type[BaseModel], where: Sequence[str | int]) -> str:
    key, known = str(where[-1]), tuple(_table(model, where[:-1]).model_fields)
    if near := difflib.get_close_matches(key, known, n=1):
        return f"there is no such key; did you mean {near[0]}?"
    if key in model.model_fields:
        return "there is no such key in this table; it belongs above the first [table] of the file"
    return f"there is no such key; known here: {', '.join(known)}"


def _table(model: type[BaseModel], where: Sequence[str | int]) -> type[BaseModel]:
    """The model of the table at a path inside a model: of ("sites", 0) that of one site."""
    for step in where:
        if isinstance(step, str):
            model = _model_in(model.model_fields[step].annotation) or model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation holds: `tuple[Section, ...]`, `Script | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)
