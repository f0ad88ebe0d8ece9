"""Records in files: JSON lines that grow while a crawl runs, and whole files out of an archive.

`jsonl` appends, and survives kills line by line. An export is another thing: `exporting.export` writes one file from
beginning to end (`files`: compressed by its extension, there whole or not at all) in one of the formats (`formats`:
JSONL, CSV, Parquet), as records or as one of the `adapters` says it.
"""
