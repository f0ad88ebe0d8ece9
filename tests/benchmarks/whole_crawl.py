"""The crawl under measure: `newsscrape.spiders.runner.run` over the same papers, as fast as it goes, with its ledger.

    python -m tests.benchmarks.whole_crawl OUTPUT [NAME=VALUE ...] < list of site keys (JSON)

Its manners stay (one request at a time to a host, robots.txt); only the delays, which are waiting, are off.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from newsscrape.cli.newsroom import crawl_settings
from newsscrape.spiders.runner import run

UNDELAYED: dict[str, Any] = {**crawl_settings(), "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False}

if __name__ == "__main__":
    more = dict(argument.split("=", 1) for argument in sys.argv[2:])
    output = Path(sys.argv[1])
    report = run(json.load(sys.stdin), database=output.with_suffix(".db"), output=output, settings=UNDELAYED | more)
    for site in report.sites.values():
        for failure in site.failures:
            print(failure.url, failure.reason, file=sys.stderr)
    print(json.dumps({"articles": sum(site.articles for site in report.sites.values()), "ended": time.monotonic()}))
