"""What a crawl's process says of itself at its end, as one line of JSON."""

from __future__ import annotations

import json
import resource
import time


def measured(*, articles: int) -> None:
    """Prints the end (monotonic seconds), articles, processor seconds and peak memory (MB), its ended workers' too."""
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    said = {
        "ended": time.monotonic(),
        "articles": articles,
        "processor": own.ru_utime + own.ru_stime,
        "processor_workers": workers.ru_utime + workers.ru_stime,
        "peak": own.ru_maxrss / 1024,  # Linux counts KiB
        "peak_workers": workers.ru_maxrss / 1024,
    }
    print(json.dumps(said))
