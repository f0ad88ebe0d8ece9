"""Files that people write by hand (TOML), checked against a model; what is wrong is told by file, line and entry."""

from newsscrape.tomlfile.entry import Entry, wrong
from newsscrape.tomlfile.file import TomlFile, read_text

__all__ = ["Entry", "TomlFile", "read_text", "wrong"]
