"""WARC 1.1 files: what servers sent, kept as the web's archives keep it.

exchange   Exchange: a request and its answer, as records
files      WarcFiles: a folder that records are appended to, whole or not at all
records    what stands in our own files, and where
reading    WarcPages: the pages in a file, of whatever tool
unpack     bodies that were sent packed
"""

from newsscrape.warc.exchange import Exchange, Original
from newsscrape.warc.files import WarcFiles

__all__ = ["Exchange", "Original", "WarcFiles"]
