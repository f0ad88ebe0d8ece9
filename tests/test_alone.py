"""The spider under Scrapy's own command line, as users with a Scrapy project start it."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsscrape.article import Article
from newsscrape.cli.newsroom import crawl_settings
from tests.processes import PATIENCE, all_gone, family
from tests.town import Fault, Paper, Town

SETTINGS = {**crawl_settings(), "DOWNLOAD_DELAY": 0.05, "AUTOTHROTTLE_ENABLED": False, "RETRY_TIMES": 0}


@pytest.fixture
def town() -> Iterator[Town]:
    with Town(["hanbit"], lists=["feeds"]) as town:
        town["hanbit"].publish_many(4)
        yield town


@pytest.fixture
def paper(town: Town) -> Paper:
    return town["hanbit"]


@pytest.fixture
def project(town: Town, tmp_path: Path) -> Path:
    """A Scrapy project: our settings, a few of its own, the town's profiles."""
    town.profiles(tmp_path / "sites")
    own = "".join(f"{name} = {value!r}\n" for name, value in SETTINGS.items())
    (tmp_path / "desk.py").write_text(f"from newsscrape.spiders.settings import *\n{own}", encoding="utf-8")
    return tmp_path


def scrapy(project: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "NEWSSCRAPE_SITES": str(project / "sites"),
        "SCRAPY_SETTINGS_MODULE": "desk",
        "PYTHONPATH": str(project),
    }
    command = [sys.executable, "-m", "scrapy", "crawl", "site", *arguments]
    return subprocess.Popen(command, cwd=project, env=environment, stderr=subprocess.PIPE, text=True)


def test_articles_come_out_by_feeds(paper: Paper, project: Path) -> None:
    paper.mood["/view/4"] = Fault(stall=11)  # longer than a heartbeat: whoever has no lease would be stopped by it
    paper.mood["/view/2"] = Fault(status=500)
    done = scrapy(project, "-a", "site=hanbit", "-O", "articles.jsonl")
    _, err = done.communicate()
    assert done.returncode == 0, err
    lines = (project / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["hanbit:4", "hanbit:3", "hanbit:1"]
    assert all(Article.model_validate_json(line).text for line in lines)
    assert "\\u" not in lines[0]
    assert err.strip() == f"{paper.url(2)}: HTTP 500"
    assert all_gone(family())


@pytest.mark.parametrize("name", ["articles.csv", "articles.parquet"])
def test_feeds_of_other_formats_have_the_columns_of_exports(name: str, project: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    _, err = (done := scrapy(project, "-a", "site=hanbit", "-O", name)).communicate()
    assert done.returncode == 0, err
    path = project / name
    if name.endswith(".csv"):
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    else:
        rows = pq.read_table(path).to_pylist()
    assert sorted(row["id"] for row in rows) == [f"hanbit:{number}" for number in (1, 2, 3, 4)]
    publishers = [row["publisher"] if name.endswith(".csv") else row["publisher"]["name"] for row in rows]
    assert len(set(publishers)) == 1 and publishers[0]


def test_ctrl_c_ends_it_and_who_reads_for_it(town: Town, paper: Paper, project: Path) -> None:
    paper.mood["/view/2"] = Fault(stall=2)
    child = scrapy(project, "-a", "site=hanbit", "-O", "articles.jsonl")
    patience = time.monotonic() + PATIENCE
    while not town.requests("hanbit", "/view/2") and time.monotonic() < patience:
        time.sleep(0.05)
    running = family()
    child.send_signal(signal.SIGINT)
    child.communicate()
    assert len(running) >= 2
    assert all_gone(running)
    assert len((project / "articles.jsonl").read_text(encoding="utf-8").splitlines()) >= 2


@pytest.mark.parametrize(
    ("site", "words"), [("hanbi", "did you mean hanbit"), ("silent", "names no feeds, sitemaps or sections")]
)
def test_a_site_that_cannot_be_crawled(project: Path, site: str, words: str) -> None:
    silent = 'key = "silent"\nname = "고요신문"\ndomains = ["silent.newsroom.test"]\n'
    (project / "sites" / "silent.toml").write_text(silent, encoding="utf-8")
    child = scrapy(project, "-a", f"site={site}")
    _, err = child.communicate()
    assert child.returncode == 1
    assert words in err
