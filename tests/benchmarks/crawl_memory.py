"""How much memory a long crawl takes, and whether it grows: resident memory every so many articles, and the slope.

    python -m tests.benchmarks.crawl_memory [--articles 50000] [--every 1000] [NAME=VALUE ...]

Ten papers on loopback with small pages, named by sitemaps, which are asked for one after the other: so what waits to
be asked for does not grow with the crawl, and what is left to see is what the crawl itself keeps of each article.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from newsscrape.crawl_report import Report

from .press import PAPERS, ROOT, running_press

_PAGE = os.sysconf("SC_PAGE_SIZE")


def resident(pid: int | str = "self") -> float:
    """A process's resident memory in MB (Linux: /proc/PID/statm, second field)."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 2**20


def workers() -> float:
    """The resident memory of this process's children together, in MB."""
    children = [pid for path in Path("/proc/self/task").glob("*/children") for pid in path.read_text().split()]
    return sum(map(resident, children))


def crawl(output: str, every: int, settings: list[str]) -> None:
    """The crawl's process: prints articles, its memory and its workers' every so many articles."""
    from newsscrape.spiders.runner import run

    from .whole_crawl import UNDELAYED

    told = 0

    def tell(report: Report) -> None:
        nonlocal told
        articles = sum(site.articles for site in report.sites.values())
        if articles >= told + every:
            told = articles - articles % every
            print(json.dumps([articles, resident(), workers()]), flush=True)

    more = dict(setting.split("=", 1) for setting in settings)
    report = run(json.load(sys.stdin), output=output, settings=UNDELAYED | more, progress=tell)
    failures = [failure for site in report.sites.values() for failure in site.failures]
    assert not failures, failures[:3]


def main() -> None:
    """Starts the crawl, prints its memory as it goes, and the slope of the second half (least squares)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=50_000, help="in all, over ten papers")
    parser.add_argument("--every", type=int, default=1000)
    parser.add_argument("--output", help=argparse.SUPPRESS)
    parser.add_argument("settings", nargs="*", metavar="NAME=VALUE")
    chosen = parser.parse_args()
    if chosen.output:
        return crawl(chosen.output, chosen.every, chosen.settings)
    points: list[tuple[int, float, float]] = []
    with tempfile.TemporaryDirectory() as name, running_press(chosen.articles // len(PAPERS), small=True) as press:
        keys = press.profiles(Path(name) / "sites", ("sitemaps",))
        command = [sys.executable, "-m", "tests.benchmarks.crawl_memory", "--output", f"{name}/articles.jsonl"]
        with subprocess.Popen(
            [*command, "--every", str(chosen.every), *chosen.settings],
            cwd=ROOT,
            env={**os.environ, "NEWSSCRAPE_SITES": f"{name}/sites"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as child:
            assert child.stdin is not None and child.stdout is not None
            child.stdin.write(json.dumps(keys))
            child.stdin.close()
            for line in child.stdout:
                articles, own, others = json.loads(line)
                points.append((articles, own, others))
                print(f"{articles:7,} articles  {own:6.1f} MB  workers {others:6.1f} MB", flush=True)
    assert child.returncode == 0, child.returncode
    half = points[len(points) // 2 :]
    if len(half) < 2:
        return
    for who, column in (("crawl", 1), ("workers", 2)):
        slope = statistics.linear_regression([p[0] for p in half], [p[column] for p in half]).slope
        print(f"{who}: {slope * 1024 * 1000:+.0f} KB for 1,000 articles over the second half")


if __name__ == "__main__":
    main()
