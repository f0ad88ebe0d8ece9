"""Whether two texts are near copies, exactly.

Both are taken as their runs of five letters. Articles on one topic by different hands share names, figures and every
word of what was said there: as much, all in all, as a piece that was cut and had a quarter of its words replaced shares
with its original. But it lies in a few places; what copies share lies all over. So the shorter text is cut into pieces
of forty letters, and in a copy most of them are found in the longer text.

Three more things keep apart what is no copy:

- A round-up holds every piece that it is made of. But papers cut from below: where much of the longer text is not in
  the shorter one, its beginning must be.
- A form that is filled in day by day says nearly the same: most figures of a copy are the original's.
- Tomorrow's forecast is no copy of today's, whatever its figures: weather, markets and the like within a day only.

The thresholds stand where `python -m tests.benchmarks.near_copies --curves` shows room on both sides. Of 3,200 made
copies all were told that one or two edits had changed (a cut, another lede, a quarter of the words ...), 99.0 % with
three edits, 96.9 % with four; of 1,600 other hands' articles on the same topic none was taken for a copy, though half
of them held most of a notice that all had been sent. `_PIECES_FOUND` for one: .5 is reached by .996 of copies with
three edits, .55 by .993, .6 by .993; .45 by .001 of other hands' articles, .5 by none. In clusters (without `--curves`;
copies lead to each other, too) recall was .986 and .979, precision 1 and .997, for the seeds 3 and 4 and 200 topics.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise

_SHINGLE = 5  # letters
_WIDTH = 2  # bytes of a letter in UTF-16 (of rare ones it takes two)
_PIECE = 40  # letters
_FOUND = 0.3  # of a piece's shingles
_PIECES_FOUND = 0.55  # of a copy's pieces
_LEAST_SHARED = 0.3  # of the shorter text's shingles; of short ones more must be the same:
_SHORT = ((60, 0.75), (150, 0.5))  # up to so many letters, so much
_SAME = 0.5  # of the shingles of both: beyond any doubt
_WHOLE = 0.5  # of the longer text's pieces: where less is found, the shorter one was cut, and
_HEAD, _HEAD_FOUND = 3, 0.2  # must hold this much of its first third,
_LEDE = 4  # pieces; of its own, before what both have
_NOTE = 0.12  # of the longer one's length: a note beside an article
_FIGURES, _FIGURES_SHARED = 4, 0.5
_FIGURE = re.compile(r"\d{2,}")

_OF_A_FORM = frozenset({"weather", "market", "personnel", "obituary", "sports_result", "correction"})
_FORM_SHARED = 0.7
_OF_ONE_DAY = timedelta(hours=18)  # tomorrow's forecast comes 24 hours after today's; see `revisions.stories.SPAN`


def form_moment(kind: str | None, published_at: datetime | None) -> datetime | None:
    """The time of an article whose kind is made from a form day by day; None for every other one."""
    return published_at if kind in _OF_A_FORM else None


class Compared:
    """A text ready to be compared: its letters in a row (see `sketch.letters_of`), and its `form_moment`."""

    def __init__(self, row: str, moment: datetime | None = None) -> None:
        self.row = row
        self.moment = moment

    @cached_property
    def shingles(self) -> frozenset[bytes]:
        """All its runs of five letters."""
        return _shingles(self.row)

    @cached_property
    def figures(self) -> frozenset[str]:
        """Its numbers of two digits or more."""
        return frozenset(_FIGURE.findall(self.row))

    def found_in(self, other: Compared) -> list[bool]:
        """Of each of its pieces, from the beginning on, whether it is found in another text."""
        count = max(1, round(len(self.row) / _PIECE))
        bounds = [len(self.row) * at // count for at in range(count + 1)]
        pieces = (_shingles(self.row[start:end]) for start, end in pairwise(bounds))
        return [len(piece & other.shingles) >= max(1, _FOUND * len(piece)) for piece in pieces]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two texts share of their shingles: of both together (Jaccard), and of the shorter one's; 0 to 1."""

    jaccard: float
    of_shorter: float


def likeness(one: Compared, other: Compared) -> Likeness:
    """How much two texts share; nothing where one is empty."""
    shared = len(one.shingles & other.shingles)
    if not shared:
        return Likeness(0.0, 0.0)
    sizes = len(one.shingles), len(other.shingles)
    return Likeness(shared / (sum(sizes) - shared), shared / min(sizes))


def are_copies(one: Compared, other: Compared) -> bool:
    """Whether one text is a near copy of the other, whichever came first."""
    if one.moment and other.moment and abs(one.moment - other.moment) > _OF_ONE_DAY:
        return False
    small, large = sorted((one, other), key=lambda text: (len(text.row), text.row))
    if len(small.row) < _NOTE * len(large.row):
        return False
    like = likeness(small, large)
    if like.of_shorter < _least_shared(small, large) or not _tell_the_same(small, large):
        return False
    if like.jaccard >= _SAME:
        return True
    of_small = small.found_in(large)
    if _share(of_small) < _PIECES_FOUND:
        return False
    of_large = large.found_in(small)
    return _share(of_large) >= _WHOLE or _begins(of_small, of_large)


def _least_shared(small: Compared, large: Compared) -> float:
    if small.moment or large.moment:
        return _FORM_SHARED
    return next((share for length, share in _SHORT if len(small.row) < length), _LEAST_SHARED)


def _tell_the_same(small: Compared, large: Compared) -> bool:
    """Whether the figures of one are the other's, where there are any to speak of."""
    figures = small.figures
    return len(figures) < _FIGURES or len(figures & large.figures) >= _FIGURES_SHARED * len(figures)


def _begins(of_small: list[bool], of_large: list[bool]) -> bool:
    """Whether the shorter text is the longer one's beginning; each may have a lede of its own.

    Both are pieces that are found. Of the second article in a round-up the first piece is found, but late in it.
    """
    head = of_large[: max(1, len(of_large) // _HEAD)]
    return _share(head) >= _HEAD_FOUND and of_large.index(True) <= of_small.index(True) + _LEDE


def _share(found: list[bool]) -> float:
    return sum(found) / len(found)


def _shingles(row: str) -> frozenset[bytes]:
    data = row.encode("utf-16-le", "replace")  # a third sooner than pieces of the string
    length = _SHINGLE * _WIDTH
    return frozenset([data[at : at + length] for at in range(0, len(data) - length + 1, _WIDTH)])
