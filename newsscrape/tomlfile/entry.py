"""A table of a TOML file as a pydantic model: frozen, and strict about its keys."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema


class Entry(BaseModel):
    """A table of the file; keys that the schema does not know are errors, so that a typo is found."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The words below the fields, read when a schema is asked for; pydantic's own way costs every start 40 ms."""
        schema = handler(core)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, words in _words_below(cls).items():
            if name in properties:
                properties[name]["description"] = words
        return schema


def wrong(field: str, reason: str) -> PydanticCustomError:
    """What a validator of a whole table raises about one of its entries: its dotted name and the reason."""
    return PydanticCustomError("entry", "{reason}", {"reason": reason, "field": field})


def _words_below(model: type[BaseModel]) -> dict[str, str]:
    """The string that stands below each field in the source."""
    import ast
    import inspect

    (body,) = (node.body for node in ast.parse(inspect.getsource(model)).body if isinstance(node, ast.ClassDef))
    words = {}
    for field, below in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            words[ast.unparse(field.target)] = inspect.cleandoc(str(below.value.value)).replace("\n", " ")
    return words
