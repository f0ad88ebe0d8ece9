"""The line with which an outside writer signs a column: name, institution and post, without title of a journalist.

One such line below the text, or above it, is a signature; several are a list of people and stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from newsscrape.article import Removed, Zone
from newsscrape.boilerplate.lines import Cleaned, Line
from newsscrape.boilerplate.sentences import is_prose
from newsscrape.boilerplate.zones import CARD, CARD_LINES, INTRODUCES
from newsscrape.korean.bylines import is_name, outside_writer

RULE = "byline.outside_writer"
INTRODUCTION = "byline.introduction"
_LINE = re.compile(r"[가-힣(<\[【]")  # no bullet: those are items of lists
_MARKED = re.compile(r"[가-힣]{1,4}(?:\s[가-힣]{1,2})?\s?[/|]")  # "강솔/한빛대 교수"
_SHORT = 20  # letters of a line into which a signature was broken
_ANNOUNCED = ("같다.", "같습니다.", ":")


def outside_signature(
    pieces: Sequence[tuple[Line, Zone]], cuts: Mapping[int, str], title: str | None
) -> dict[int, str]:
    """Index -> rule id of the signature. `cuts` are the lines that rules take, `title` the article's.

    Below the text it must be the only line that is left; above it ("강솔/한빛대 교수") a slash must part name and
    post, for "강솔 한빛대 교수" may head an interview there.
    """
    left = [i for i in range(len(pieces)) if i not in cuts]
    tail = [i for i in left if pieces[i][1] == "tail"]
    body = [i for i in left if pieces[i][1] == "body"]
    alone = len(tail) == 1 and body and not pieces[body[-1]][0].text.endswith(_ANNOUNCED)
    if alone and _signs(pieces[tail[0]][0], title):
        return {tail[0]: RULE}
    head = [i for i in left if pieces[i][1] == "head" and _MARKED.match(pieces[i][0].text) and _signs(pieces[i][0])]
    return {head[0]: RULE} if len(head) == 1 and body else {}


def introductions(pieces: Sequence[tuple[Line, Zone]], cuts: Mapping[int, str]) -> dict[int, str]:
    """Index -> rule id of what stands below the heading of a reporter's card: words of introduction, headlines."""
    card = next((i for i, rule in cuts.items() if rule == CARD and pieces[i][1] in ("tail", "foot")), len(pieces))
    found: dict[int, str] = {}
    for i in range(card + 1, len(pieces)):
        text = pieces[i][0].text
        if i not in cuts and (not is_prose(text) or (i <= card + CARD_LINES and INTRODUCES.search(text))):
            found[i] = INTRODUCTION
    return found


def join_broken(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, with a signature below the text that was broken after the name in one line (한겨레 2013)."""
    last = next((i for i in range(len(lines) - 1, -1, -1) if is_prose(lines[i].text)), len(lines))
    for at in range(last + 1, len(lines) - 1):
        if not is_name(lines[at].text):
            continue
        for end in (at + 3, at + 2):
            parts = [line.text for line in lines[at:end]]
            whole = lines[at]._replace(text=" ".join(parts))
            if end <= len(lines) and all(len(part) < _SHORT for part in parts) and _signs(whole):
                return [*lines[:at], whole, *lines[end:]]
    return lines


def without_second_signature(cleaned: Cleaned) -> Cleaned:
    """The text, without the signature if it also stands glued to the first sentence (동아일보 2013)."""
    signed = next((receipt.text for receipt in cleaned.removed if receipt.rule == RULE), None)
    first = cleaned.kept[0] if cleaned.kept else None
    if signed is None or first is None or not first.text.startswith(signed) or first.text == signed:
        return cleaned
    rest = first._replace(text=first.text[len(signed) :].strip())
    again = Removed(text=signed, rule=RULE, zone="head")
    return Cleaned((rest, *cleaned.kept[1:]), (*cleaned.removed, again))


def _signs(line: Line, title: str | None = None) -> bool:
    """True for name and post with an institution, or parted by a slash; "강솔 대표" alone may be anybody.

    But not where the column is named after the writer: "강솔 시인" below "[강솔의 창] 연필을 깎는 일".
    """
    writer = outside_writer(line.text) if _LINE.match(line.text) else None
    if writer is None:
        return False
    named = title is not None and title.startswith("[") and f"{writer.name}의 " in title
    return named or writer.affiliation is not None or _MARKED.match(line.text) is not None
