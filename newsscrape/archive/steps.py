"""The steps from one version of the schema to the next, each as the SQL of its time (see `migrations`)."""

from __future__ import annotations

from sqlalchemy import Connection, text

_VERSION_2 = """
ALTER TABLE articles ADD COLUMN revision {letters} NOT NULL DEFAULT 'first';
ALTER TABLE articles ADD COLUMN changed {letters};
ALTER TABLE articles ADD COLUMN headline {letters};
ALTER TABLE articles ADD COLUMN stage INTEGER;
ALTER TABLE articles ADD COLUMN story {letters};
ALTER TABLE articles ADD COLUMN derived INTEGER NOT NULL DEFAULT 0;
CREATE INDEX pages_article ON pages (article);
CREATE INDEX pages_left ON pages (url) WHERE state IN ('pruned', 'deleted');
DROP INDEX articles_published;
CREATE INDEX articles_published ON articles (site, published_at, version, gone_at);
CREATE INDEX articles_url ON articles (url);
CREATE INDEX articles_day ON articles (published_at);
CREATE INDEX articles_headline ON articles (headline);
CREATE INDEX articles_stage ON articles (site, published_at) WHERE stage IS NOT NULL;
CREATE INDEX articles_story ON articles (story);
CREATE INDEX articles_underived ON articles (seq) WHERE derived = 0;
CREATE TABLE revisions (
    id {serial}, article {letters} NOT NULL, version INTEGER NOT NULL, revision {letters} NOT NULL, changed {letters},
    title {letters}, published_at {moment}, modified_at {moment}, fetched_at {moment}, saved_at {moment} NOT NULL,
    change BIGINT, version_hash {letters}, content_hash {letters}, record {letters}
);
CREATE INDEX revisions_article ON revisions (article, id);
CREATE TABLE texts (article BIGINT NOT NULL PRIMARY KEY, facts {letters} NOT NULL, text {letters} NOT NULL);
{marks};
CREATE TABLE sketches (
    article BIGINT NOT NULL PRIMARY KEY, text BIGINT NOT NULL, hashes {bytes} NOT NULL, originality INTEGER NOT NULL,
    cluster BIGINT
);
CREATE INDEX sketches_text ON sketches (text);
CREATE INDEX sketches_cluster ON sketches (cluster) WHERE cluster IS NOT NULL;
CREATE TABLE shingles (hash BIGINT NOT NULL, article BIGINT NOT NULL, PRIMARY KEY (hash, article)){without_rowid};
CREATE TABLE captures (
    id {serial}, url {letters} NOT NULL, digest {letters} NOT NULL, record_id {letters} NOT NULL,
    captured_at {moment} NOT NULL, status INTEGER NOT NULL, file {letters} NOT NULL, place BIGINT NOT NULL,
    revisit INTEGER NOT NULL
);
CREATE INDEX captures_url ON captures (url);
CREATE INDEX captures_digest ON captures (digest);
CREATE TABLE deletions (article {letters} NOT NULL PRIMARY KEY, deleted_at {moment} NOT NULL, reason {letters})
"""
_MARKS_SQLITE = """
CREATE VIRTUAL TABLE marks USING fts5 (letters, content='', detail=none, columnsize=0, tokenize=ascii)
"""
_MARKS_POSTGRESQL = """
CREATE TABLE marks (article BIGINT NOT NULL PRIMARY KEY, letters TEXT NOT NULL);
CREATE INDEX marks_letters ON marks USING gin (string_to_array(letters, ' '))
"""


def to_version_2(connection: Connection) -> None:
    """Revisions, stories, the index of texts, near copies, what WARC files hold, deletions.

    What is derived from the texts of the articles that are there is made up for when the archive is opened.
    """
    _run(connection, _VERSION_2)


def _run(connection: Connection, script: str) -> None:
    """Statements, in the words of the database."""
    sqlite = connection.dialect.name == "sqlite"
    words = {
        "serial": "INTEGER NOT NULL PRIMARY KEY" if sqlite else "BIGSERIAL PRIMARY KEY",
        "moment": "VARCHAR(32)" if sqlite else "TIMESTAMP WITH TIME ZONE",
        "letters": "TEXT",
        "bytes": "BLOB" if sqlite else "BYTEA",
        "without_rowid": " WITHOUT ROWID" if sqlite else "",
        "marks": _MARKS_SQLITE if sqlite else _MARKS_POSTGRESQL,
    }
    for statement in script.format(**words).split(";"):
        connection.execute(text(statement))
