"""`newsscrape schema`: what a record looks like, for people and for validators."""

from __future__ import annotations

from newsscrape.cli.console import write_output


def schema() -> None:
    """Print the JSON Schema of the records.

    [bold]newsscrape schema > article.schema.json[/bold]
    """
    import orjson

    from newsscrape.article import json_schema

    write_output(orjson.dumps(json_schema(), option=orjson.OPT_INDENT_2).decode())
