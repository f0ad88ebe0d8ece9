"""How fast the crawl is, beside plain Scrapy that only saves the same pages: articles a second, and their ratio.

    python -m tests.benchmarks.crawl_rate [--rounds 5] [--articles 200] [NAME=VALUE ...]

Ten papers on loopback, pages of 30-60 KB, both sides by turns, each in a process of its own. A rate is the articles
by the seconds from the first article asked for (as the server saw it) to the end of the crawl, so neither start-up
nor imports count, and pages that are still being read do. Quote the ratio: machines differ. NAME=VALUE are Scrapy
settings for the crawl's side.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .measured import run_watched
from .press import PAPERS, ROOT, Running, running_press


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl: articles a second; processor ms an article (start-up included) and peak MB, its workers' apart."""

    rate: float
    processor: float
    workers: float
    peak: float
    workers_peak: float


def bare(press: Running, folder: Path, articles: int) -> Run:
    """Plain Scrapy."""
    pages = Path(tempfile.mkdtemp(dir=folder))
    feeds = [f"http://{key}.newsroom.test:{press.port}/rss.xml" for key in PAPERS]
    return _run(press, ["bare_spider", str(pages), *feeds], articles, {}, "")


def whole(press: Running, folder: Path, articles: int, settings: list[str]) -> Run:
    """The crawl."""
    keys = press.profiles(folder / "sites", ("feeds",))
    output = Path(tempfile.mkdtemp(dir=folder)) / "articles.jsonl"
    run = _run(
        press,
        ["whole_crawl", str(output), *settings],
        articles,
        {"NEWSSCRAPE_SITES": str(folder / "sites")},
        json.dumps(keys),
    )
    written = output.read_bytes().count(b"\n")
    assert written == articles, f"{written} of {articles} articles were written"
    return run


def _run(press: Running, arguments: list[str], articles: int, environment: dict[str, str], stdin: str) -> Run:
    press.ask("/forget")
    module, *rest = arguments
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *rest]
    taken = run_watched(command, cwd=ROOT, environment={**os.environ, **environment}, stdin=stdin)
    said: dict[str, Any] = json.loads(taken.output)
    assert said["articles"] == articles, f"{said['articles']} of {articles} articles were had"
    rate = articles / (said["ended"] - press.ask("/first")["first"])
    each = 1000 / articles
    return Run(rate, taken.processor * each, taken.workers_processor * each, taken.peak, taken.workers_peak)


def main() -> None:
    """Runs both sides by turns and prints each round, then the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--articles", type=int, default=200, help="of each of the ten papers")
    parser.add_argument("settings", nargs="*", metavar="NAME=VALUE")
    chosen = parser.parse_args()
    total = chosen.articles * len(PAPERS)
    rounds: list[tuple[Run, Run]] = []
    with tempfile.TemporaryDirectory() as name, running_press(chosen.articles) as press:
        for _ in range(chosen.rounds):
            rounds.append((bare(press, Path(name), total), whole(press, Path(name), total, chosen.settings)))
            print("  ".join(map(_told, ("bare", "crawl"), rounds[-1])), flush=True)
    middle = [
        Run(*(statistics.median(getattr(run, f) for run in side) for f in Run.__slots__))
        for side in zip(*rounds, strict=True)
    ]
    ratios = [crawl.rate / plain.rate for plain, crawl in rounds]
    print("median:")
    print("  ".join(map(_told, ("bare", "crawl"), middle)))
    print(
        f"crawl / bare: {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f}), {total} articles a run"
    )


def _told(name: str, run: Run) -> str:
    workers = f" + {run.workers:.2f} ms {run.workers_peak:.0f} MB in workers" if run.workers else ""
    return f"{name} {run.rate:.0f} articles/s ({run.processor:.2f} ms an article, {run.peak:.0f} MB{workers})"


if __name__ == "__main__":
    main()
