CREATE TABLE articles (
    seq BIGSERIAL NOT NULL,
    id TEXT NOT NULL,
    site TEXT NOT NULL,
    url TEXT,
    title TEXT,
    kind TEXT NOT NULL,
    section_code TEXT,
    published_at TIMESTAMP WITH TIME ZONE,
    modified_at TIMESTAMP WITH TIME ZONE,
    fetched_at TIMESTAMP WITH TIME ZONE,
    saved_at TIMESTAMP WITH TIME ZONE NOT NULL,
    gone_at TIMESTAMP WITH TIME ZONE,
    version INTEGER NOT NULL,
    change BIGINT NOT NULL,
    version_hash TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE UNIQUE INDEX articles_change ON articles (change);

CREATE INDEX articles_published ON articles (site, published_at);

CREATE INDEX articles_saved ON articles (site, saved_at);

CREATE TABLE counters (
    name TEXT NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE hosts (
    host TEXT NOT NULL,
    closed_until TIMESTAMP WITH TIME ZONE,
    reason TEXT,
    strikes INTEGER NOT NULL,
    PRIMARY KEY (host)
);

CREATE TABLE outbox (
    output TEXT NOT NULL,
    id TEXT NOT NULL,
    run TEXT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (output, id)
);

CREATE TABLE pages (
    id BIGSERIAL NOT NULL,
    site TEXT NOT NULL,
    identity TEXT NOT NULL,
    url TEXT NOT NULL,
    state TEXT NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE,
    tries INTEGER NOT NULL,
    reason TEXT,
    kind TEXT,
    wanted_by TEXT,
    listed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    fetched_at TIMESTAMP WITH TIME ZONE,
    published_at TIMESTAMP WITH TIME ZONE,
    status INTEGER,
    etag TEXT,
    last_modified TEXT,
    article TEXT,
    PRIMARY KEY (id),
    UNIQUE (site, identity)
);

CREATE INDEX pages_due ON pages (site, due_at, id);

CREATE INDEX pages_state ON pages (site, state);

CREATE TABLE quotas (
    name TEXT NOT NULL,
    day TEXT NOT NULL,
    used INTEGER NOT NULL,
    PRIMARY KEY (name, day)
);

CREATE TABLE robots (
    url TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    fetched_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (url)
);

CREATE TABLE run_sites (
    run TEXT NOT NULL,
    site TEXT NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    account JSON NOT NULL,
    PRIMARY KEY (run, site)
);

CREATE INDEX run_sites_site ON run_sites (site, started_at);

CREATE TABLE runs (
    id TEXT NOT NULL,
    owner TEXT NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    beat_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    outcome TEXT,
    PRIMARY KEY (id)
);

CREATE TABLE schema_versions (
    number INTEGER NOT NULL,
    applied_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (number)
);

CREATE TABLE sources (
    id BIGSERIAL NOT NULL,
    site TEXT NOT NULL,
    kind TEXT NOT NULL,
    url TEXT NOT NULL,
    parent TEXT,
    etag TEXT,
    last_modified TEXT,
    announced TEXT,
    read_announced TEXT,
    horizon TIMESTAMP WITH TIME ZONE,
    visited_at TIMESTAMP WITH TIME ZONE,
    next_visit TIMESTAMP WITH TIME ZONE,
    interval INTEGER NOT NULL,
    unfinished INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    problem TEXT,
    PRIMARY KEY (id),
    UNIQUE (site, url)
);

CREATE TABLE units (
    site TEXT NOT NULL,
    owner TEXT,
    beat_at TIMESTAMP WITH TIME ZONE,
    finished_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (site)
);
