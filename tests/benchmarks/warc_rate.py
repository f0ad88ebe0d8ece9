"""What keeping WARC files costs a crawl: articles a second with and without, and their ratio.

    python -m tests.benchmarks.warc_rate [--rounds 5] [--articles 200]

As `crawl_rate`: ten papers on loopback, both kinds of crawls by turns. A crawl that is polite waits most of the time;
here nothing waits, so that the ratio is the worst there is.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from .crawl_rate import Run, _told, whole
from .press import PAPERS, running_press


def main() -> None:
    """Runs both by turns and prints the ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--articles", type=int, default=200, help="of each of the ten papers")
    chosen = parser.parse_args()
    total = chosen.articles * len(PAPERS)
    rounds: list[tuple[Run, Run]] = []
    with tempfile.TemporaryDirectory() as name, running_press(chosen.articles) as press:
        for number in range(chosen.rounds):
            plain = whole(press, Path(name), total, [])
            kept = whole(press, Path(name), total, [f"NEWSSCRAPE_WARC={name}/{number}"])
            rounds.append((plain, kept))
            print("  ".join(map(_told, ("without", "with"), rounds[-1])), flush=True)
    ratios = [kept.rate / plain.rate for plain, kept in rounds]
    more = statistics.median(kept.processor - plain.processor for plain, kept in rounds)
    print(
        f"with / without: {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f}), {more:+.2f} ms a page"
    )


if __name__ == "__main__":
    main()
