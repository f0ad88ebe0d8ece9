"""Text that was broken into lines of one width, as feeds for terminals do: 76 to 80 columns, a Hangul letter being two.

The breaks stand inside words ("전했⏎다."), and an indent or an empty line begins a paragraph (brokers' feeds, with
"(끝)" below the text).
"""

from __future__ import annotations

import unicodedata

_NARROWEST, _WIDEST = 68, 84  # columns
_ENOUGH = 4  # full lines; three may be chance
_INDENTS = ("  ", "\t", "\u3000")  # one blank in front is the one between two words
_SHARE = 0.5  # of the lines that are no headings


def unwrap(text: str) -> str:
    """The text with its broken lines joined; unchanged where its lines were not broken at one width.

    A blank at the end of a line is kept; elsewhere the parts of a word are joined without one.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    widths = [_columns(line) for line in lines]
    full = max(widths, default=0) - 1
    broken = [width >= full for width in widths]
    long = sum(width > full / 2 for width in widths)
    if not _NARROWEST <= full <= _WIDEST or sum(broken) < max(_ENOUGH, _SHARE * long):
        return text
    joined: list[str] = []
    goes_on = False
    for line, cut in zip(lines, broken, strict=True):
        if goes_on and line.strip() and not line.startswith(_INDENTS):
            joined[-1] += line
        else:
            joined.append(line)
        goes_on = cut
    return "\n".join(joined)


def _columns(line: str) -> int:
    """How many columns a line takes in a Korean fixed-width font, where ambiguous letters (“, ·) are wide."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in line)
