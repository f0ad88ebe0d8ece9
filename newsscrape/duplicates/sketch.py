"""A text's sketch: some numbers of which a copy has several, and a stranger's text none.

The text is cut into its runs of nine letters (shingles; blanks and marks, which papers change first, do not count),
each is given a number by a hash, and the smallest ones are the sketch: MinHash in its first form, one hash and its
bottom values. Where two texts share enough of them (see `Sketch.is_near`), they are worth a comparison.

The first choice was LSH with 32 bands of four MinHash values of five-letter shingles. A band is shared with the fourth
power of what two texts have in common of both: of those that share half 87 % are found, a third 33 %. Pieces that
papers cut are among these. Of the bottom values a piece that was cut to a third has a third, with runs of nine letters
strangers have none, and there are 32 to keep and to look up, not 128 in 32 bands.

Measured (`python -m tests.benchmarks.near_copies --curves`): of 3,200 made copies with one to four edits five were told
by their texts, but not found by their sketches; of other hands' articles on the same topic a fifth to a quarter is
found, and then compared. In 188 real articles, half of them on one ministry, 36 pairs of strangers in 10,000 share a
number, and less than one shares two.

The numbers are kept in archives: whoever changes them makes every archive's anew (`newsscrape archive reindex`).
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime

SHARED = 2
"""So many hashes two texts share that are worth a closer look."""

_SHARED_PART = 0.12  # of the shorter text's
_SHINGLE = 9  # letters
_SIZE = 32
_LARGEST = 2**32
_LEAST = 24  # letters; what is shorter is nobody's copy
_LEAST_DIFFERENT = 12  # shingles: "정원 정원 정원" says nothing, however often
_NO_LETTERS = re.compile(r"[\W_]+")
_WIDTH = 2  # bytes of a letter in UTF-16 (of rare ones it takes two)


def letters_of(folded: str) -> str:
    """The letters and digits of an article's text in a row, from title and text as the archive's index folds them.

    The title, which is the first line, is not among it: a copy has a headline of its own.
    """
    return _NO_LETTERS.sub("", "".join(folded.partition("\n")[2].split()))


@dataclass(frozen=True, slots=True)
class Sketch:
    """A text's sketch. `hashes` are in ascending order, and none where the text is too short to be anything's copy.

    `text` is one number for all texts with the same letters (and the same moment, see `copies.form_moment`).
    """

    text: int
    hashes: tuple[int, ...]

    @classmethod
    def of(cls, row: str, moment: datetime | None = None) -> Sketch:
        """The sketch of letters in a row."""
        said = f"{row}\n{moment.timestamp() if moment else ''}".encode("utf-8", "replace")
        text = int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "big", signed=True)
        return cls(text, _hashes(row))

    @classmethod
    def unpacked(cls, text: int, packed: bytes) -> Sketch:
        """A sketch as it was kept: `text`, and `packed`."""
        return cls(text, struct.unpack(f">{len(packed) // 4}I", packed))

    def is_near(self, other: Sketch, shared: int) -> bool:
        """Whether two texts whose sketches share so many hashes are worth a comparison.

        Weighed are the parts of both sketches that would hold the same hashes, were the texts the same: that of the
        shorter text, whose smallest hashes are larger, reaches farther.
        """
        if shared < SHARED:
            return False
        end = min(self._end, other._end)
        return shared >= _SHARED_PART * min(bisect_right(one.hashes, end) for one in (self, other))

    @property
    def _end(self) -> int:
        """Up to where it holds all hashes of its text."""
        return self.hashes[-1] if len(self.hashes) == _SIZE else _LARGEST

    @property
    def packed(self) -> bytes:
        """The hashes in a row, four bytes each."""
        return struct.pack(f">{len(self.hashes)}I", *self.hashes)


def _hashes(row: str) -> tuple[int, ...]:
    if len(row) < _LEAST:
        return ()
    data, length = row.encode("utf-16-le", "replace"), _SHINGLE * _WIDTH
    crc = zlib.crc32
    found = {crc(data[at : at + length]) for at in range(0, len(data) - length + 1, _WIDTH)}
    if len(found) < _LEAST_DIFFERENT:
        return ()
    # Hashes are spread evenly: the smallest ones are most often among those below twice their share, which are few.
    end = 2 * _SIZE * _LARGEST // len(found)
    few = [value for value in found if value < end]
    return tuple(sorted(few if len(few) >= _SIZE else found)[:_SIZE])
