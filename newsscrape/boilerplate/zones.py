"""Where an article's text begins and ends among the lines of a page's body element."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsscrape.article import Zone
from newsscrape.boilerplate.lines import Line
from newsscrape.boilerplate.rulebook import Find
from newsscrape.boilerplate.rules import Rule
from newsscrape.boilerplate.sentences import is_full_sentence, is_prose

CARD = "subscribe.reporter_card"
CARD_LETTERS = 20  # of its heading; longer lines need not be asked for it
CARD_LINES = 4  # name, name and title, words of introduction, a button
INTRODUCES = re.compile(r"니다[.!]?$")
RUN_ENDERS = frozenset(["byline", "notes"])  # classes that no list of headlines goes on behind


def find_zones(lines: Sequence[Line], find: Find) -> list[Zone]:
    """A zone for each line: `head` up to the first sentence of the text, `tail` after the last, `body` between.

    Without any sentence (lists of appointments, tables) only what head and tail rules take at the two
    ends is head and tail.
    """
    count = len(lines)
    start = next((i for i, line in enumerate(lines) if is_prose(line.text) and not find(line, "head")), None)
    if start is None:
        start = next((i for i, line in enumerate(lines) if not find(line, "head")), count)
        end = count
        while end > start and (rule := find(lines[end - 1], "tail")) and not rule.company:
            end -= 1
    else:
        end = _last_sentence(lines, start, find) + 1
    return ["head" if i < start else "body" if i < end else "tail" for i in range(count)]


def _last_sentence(lines: Sequence[Line], first: int, find: Find) -> int:
    """Index of the last sentence of the text. Headlines in lists are none, whatever their ending."""
    last = len(lines) - 1
    last = _card(lines, first, find) or last
    end = last + 1
    while last > first and (not is_full_sentence(lines[last].text) or find(lines[last], "tail")):
        last -= 1
    running: Rule | None = None  # behind the last full sentence short ones count, but not inside a list
    for i in range(last + 1, end):
        if rule := find(lines[i], "tail"):
            running = next_run(running, rule)
        elif running is None and is_prose(lines[i].text):
            last = i
    return last


def _card(lines: Sequence[Line], first: int, find: Find) -> int | None:
    """Index of the heading of the reporter's card, where nothing but an introduction is told below it."""
    short = (i for i in range(first, len(lines)) if len(lines[i].text) <= CARD_LETTERS)
    card = next((i for i in short if (rule := find(lines[i], "tail")) is not None and rule.id == CARD), None)
    if card is None:
        return None
    below = [i for i in range(card + 1, len(lines)) if is_full_sentence(lines[i].text)]
    introduces = all(i <= card + CARD_LINES and INTRODUCES.search(lines[i].text) for i in below)
    return card if introduces else None


def next_run(running: Rule | None, rule: Rule) -> Rule | None:
    """Which list goes on behind a line that `rule` took, when `running` went on before it."""
    if rule.takes != "line" or rule.ends:
        return rule
    ended = rule.family in RUN_ENDERS and running is not None and running.family != rule.family
    if ended and running is not None and running.takes == "run" and not running.ends:
        return None
    return running
