"""Who speaks in a broadcast's script: "연합뉴스 이준삼입니다." signs off, "강솔 기자가 보도합니다." announces.

Such lines are text and stay in the body; here they only say who the reporter is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsscrape.boilerplate.lines import Line
from newsscrape.candidates.candidate import Candidate
from newsscrape.korean.bylines.forms import announced, sign_off

SOURCE = "spoken"
_LONGEST = 60


def collect(lines: Iterable[Line]) -> Iterator[Candidate]:
    """`bylines` candidates from the sign-offs among the lines, else from the announcements."""
    short = [line.text for line in lines if len(line.text) <= _LONGEST and line.text.rstrip(".").endswith("니다")]
    for reader in (sign_off, announced):
        said = [(text, author) for text in short if (author := reader(text)) is not None]
        for text, author in said:
            yield Candidate("bylines", [author], SOURCE, text)
        if said:
            return
