"""Text that stands twice: machine-made summaries above the body, and paragraphs printed again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from newsscrape.boilerplate.lines import Line
from newsscrape.korean.characters import letters

_LONG = 30  # letters from which an identical neighbour is a slip of the page and not style
_PULLED = 8  # letters; a shorter quotation may well be a crosshead
_SUMMARY_LINES = 8
_SUMMARY_LETTERS = 600
_HEAD_LINES = 4
_SUMMARY = 60
_SENTENCE = re.compile(r"\S.*?[다요][.][”’\"')]?(?=\s|$)")
_ITEM = re.compile(r"[1-5][.)]\s|[①-⑤]")
_CLOSE = "닫기"


def generated_summary(lines: Sequence[Line], cuts: Mapping[int, str]) -> list[int]:
    """Lines between the heading of a summary box and the button or the notice that closes it (mk 2025, 뉴스핌).

    Numbered lines behind the heading, or items of a list, are a summary without that. `cuts` maps indexes of lines
    already taken to rule ids. Any other box that is never closed, or is too long for a summary, is left alone.
    """
    start = next((i for i, rule in sorted(cuts.items()) if rule.startswith("summary.")), None)
    if start is None:
        return []
    reach = range(start + 1, min(start + 1 + _SUMMARY_LINES, len(lines)))
    texts = [line.text for line in lines]
    noticed = cuts[start] == "summary.heading"
    closed = (i for i in reach if texts[i] == _CLOSE or (noticed and cuts.get(i) == "summary.notice"))
    end = max(closed, default=None)
    if end is None:  # a numbered summary ends with its numbers
        end = next((i for i in reach if not (_ITEM.match(texts[i]) or lines[i].kind == "list_item")), start)
    if end == start + 1 or sum(len(texts[i]) for i in range(start, end)) > _SUMMARY_LETTERS:
        return []
    return [i for i in range(start, end) if i not in cuts]


def copied_summary(texts: Sequence[str], cuts: Mapping[int, str]) -> list[int]:
    """Lines right behind a summary's notice that stand word for word further down (v.daum.net)."""
    start = next((i for i, rule in sorted(cuts.items()) if rule == "summary.notice"), None)
    if start is None:
        return []
    copied: list[int] = []
    kept = [i for i in range(start + 1, len(texts)) if i not in cuts]
    for position, i in enumerate(kept):
        mine = letters(texts[i])
        if not mine or not any(mine in letters(texts[j]) for j in kept[position + 1 :]):
            break
        copied.append(i)
    return copied


def recalled_summary(texts: Sequence[str], cuts: Mapping[int, str]) -> list[int]:
    """The first paragraph, where every sentence of it stands word for word further down (m.mk.co.kr 2022)."""
    kept = [i for i in range(len(texts)) if i not in cuts]
    first = next((i for i in kept[:_HEAD_LINES] if len(texts[i]) >= _SUMMARY), None)
    if first is None:
        return []
    sentences = _SENTENCE.findall(texts[first])
    below = "\n".join(texts[i] for i in kept if i > first)
    said_again = bool(sentences) and all(sentence in below for sentence in sentences)
    return [first] if said_again and texts[first] not in below.split("\n") else []


def pull_quotes(lines: Sequence[Line], cuts: Mapping[int, str]) -> list[int]:
    """Kept lines that are set as a quotation and stand word for word in another line: printed once more, large."""
    quotes = [i for i, line in enumerate(lines) if line.kind == "quote" and i not in cuts]
    if not quotes:
        return []
    rest = [letters(line.text) for i, line in enumerate(lines) if i not in cuts and line.kind != "quote"]
    said = {i: letters(lines[i].text) for i in quotes}
    return [i for i, mine in said.items() if len(mine) >= _PULLED and any(mine in other for other in rest)]


def repeated(texts: Sequence[str], cuts: Mapping[int, str]) -> list[int]:
    """Kept lines that say the same as the kept line before them (joynews24: the lead printed twice)."""
    kept = [i for i in range(len(texts)) if i not in cuts]
    return [later for earlier, later in pairwise(kept) if len(texts[later]) >= _LONG and texts[earlier] == texts[later]]
