"""The house: imports go down only, heavy libraries are known in one room, and the import stays light."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "newsscrape"

# The floors of the house, lowest first. A module imports from its own floor or from lower ones.
FLOORS = [
    {"errors", "messages", "article", "page", "drift", "korean", "tomlfile"},
    {"decode", "parse", "tree_index", "boilerplate", "sites"},
    {"candidates"},
    {"fields", "find_drift"},
    {"identity", "record", "revisions", "classify_page", "read_page", "read_text", "crawl_report"},
    {"discovery", "export", "workshop", "plan", "schedule", "warc", "duplicates"},
    {"archive"},
    {"reading"},
    {"reprocessing"},
    {"spiders"},
    {"crawling"},
    {"cli", "__main__"},
]
# A heavy library -> the only room that may know it.
HEAVY = {
    "scrapy": {"spiders"},
    "twisted": {"spiders"},
    "scrapy_playwright": {"spiders"},
    "playwright": {"spiders"},
    "sqlalchemy": {"archive"},
    "psycopg": {"archive"},
    "trafilatura": {"candidates"},
    "dateparser": {"korean"},
    "openpyxl": {"discovery"},
    "pyarrow": {"export"},
    "zstandard": {"export"},
    "warcio": {"warc"},
    "apscheduler": {"schedule"},
    "typer": {"cli"},
    "rich": {"cli"},
}


def _room(path: Path) -> str:
    if path.is_relative_to(ROOT / "spiders"):
        return "spiders"
    parts = path.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


def _imports(path: Path) -> list[tuple[str, bool]]:
    """Every imported module's dotted name, and whether a user of the module triggers it (not only type checkers)."""
    found = []
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, id(node) not in typing_only) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.module, id(node) not in typing_only))
            found += [(f"{node.module}.{alias.name}", id(node) not in typing_only) for alias in node.names]
    return found


SOURCES = sorted(p for folder in (PACKAGE, ROOT / "spiders") for p in folder.rglob("*.py"))
FLOOR_OF = {room: number for number, floor in enumerate(FLOORS) for room in floor}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_down_only(path: Path) -> None:
    room = _room(path)
    if room == "__init__":
        return  # the public names; they are imported when they are first used
    assert room in FLOOR_OF, f"{room} has no floor; give it one in FLOORS"
    for name, _ in _imports(path):
        parts = name.split(".")
        if parts[0] == "newsscrape" and len(parts) > 1 and parts[1] in FLOOR_OF:
            assert FLOOR_OF[parts[1]] <= FLOOR_OF[room], f"{path.name} ({room}) imports {name}, which stands above it"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_heavy_libraries_are_known_in_one_room(path: Path) -> None:
    room = _room(path)
    for name, _ in _imports(path):
        allowed = HEAVY.get(name.split(".")[0])
        assert allowed is None or room in allowed, f"{room} must not know {name}"


def test_nothing_below_the_command_line_imports_spiders() -> None:
    for path in SOURCES:
        if _room(path) in ("spiders", "cli"):
            continue
        assert not [name for name, _ in _imports(path) if name.startswith("newsscrape.spiders")], path


def test_import_is_light() -> None:
    code = "import sys, newsscrape; print([m for m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    loaded = set(ast.literal_eval(out))
    assert not loaded & {"scrapy", "trafilatura", "dateparser", "pydantic", "lxml", "twisted", "pyarrow", "openpyxl"}


def test_public_names_are_all_there() -> None:
    import newsscrape

    for name in newsscrape.__all__:
        assert getattr(newsscrape, name) is not None
    assert set(newsscrape.__all__) <= set(dir(newsscrape))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = newsscrape.nothing


def test_committed_schema_is_current() -> None:
    from newsscrape.article import json_schema

    committed = json.loads((PACKAGE / "article.schema.json").read_text(encoding="utf-8"))
    assert committed == json_schema(), "run `make schema` and say in the changelog what changed"
