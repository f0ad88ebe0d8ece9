"""The process that reads pages: a `Page` (and how it was come by) in, an `Entry` or what is to be said out.

It is started by `pool` as `python -m newsscrape.reading.process`, runs until its input ends, and speaks messages
(see `newsscrape.messages`) over its standard streams. It knows no Scrapy and no database.
"""

from __future__ import annotations

import os
import pickle
import sys
from typing import BinaryIO

from newsscrape.archive.entry import Entry, entry_of
from newsscrape.article import come_by
from newsscrape.crawl_report import FIELDS
from newsscrape.errors import PageError
from newsscrape.messages import LENGTH, packed
from newsscrape.page import Page
from newsscrape.read_page import read_page


def read(page: Page, way: str | None = None) -> Entry | PageError | str:
    """The entry of a page, the page's error, or an error of ours in words (its type and text).

    `way` tells how a better page than its own was come by.
    """
    try:
        article = read_page(page)
        if way is not None:
            article = come_by(article, way)
        return entry_of(article, FIELDS)
    except PageError as error:
        return error
    except Exception as error:  # a bug of ours: it must not end the crawl
        return f"{type(error).__name__}: {error}"


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Reads pages until the input ends."""
    while len(head := source.read(LENGTH.size)) == LENGTH.size:
        body = source.read(LENGTH.unpack(head)[0])
        target.write(packed(read(*pickle.loads(body))))
        target.flush()


if __name__ == "__main__":
    answers, sys.stdout = sys.stdout.buffer, sys.stderr  # nobody's print may fall among the answers
    try:
        serve(sys.stdin.buffer, answers)
    except BrokenPipeError:
        os._exit(1)  # the crawl was killed while this page was read; an orderly exit would complain of the pipe
