"""Which rule takes a line in a zone: the rules, compiled so that ordinary text meets almost none of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import get_args

from newsscrape.article import Zone
from newsscrape.boilerplate.context import Context
from newsscrape.boilerplate.forms import matching_form
from newsscrape.boilerplate.lines import Line
from newsscrape.boilerplate.predicates import PREDICATES, Predicate
from newsscrape.boilerplate.rules import Rule, load_rules
from newsscrape.boilerplate.sentences import is_sentence

Find = Callable[[Line, Zone], Rule | None]


# Rules are shelved by the length of the lines that they may take: a paragraph of 300 letters meets the few
# rules that take so long a line, not the hundred that take a label of ten.
_LENGTHS = (24, 60, 120, 240)

# The groups of a rule's pattern are there to hold alternatives. Nobody asks what they matched, and to keep account of
# hundreds of them takes as long as the matching. (Escaped letters and sets of letters are passed over.)
_OWN_GROUP = re.compile(r"(\\.|\[\^?\]?(?:\\.|[^\]\\])*\])|\((?!\?)")


def _uncaptured(found: re.Match[str]) -> str:
    return found[1] or "(?:"


class _Patterns:
    """The rules that may meet one sort of line (any, or sentences), of one range of lengths, in one zone."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = [rule for rule in rules if rule.pattern is not None]
        self.tests: list[tuple[Rule, Predicate]] = [
            (rule, PREDICATES[rule.predicate]) for rule in rules if rule.predicate is not None
        ]

    @cached_property
    def together(self) -> re.Pattern[str]:
        """One alternation that asks all rules in a single call; compiled when first needed.

        Behind each rule stands an empty group that tells which one it was: with a group around it, what the rule
        begins with would not be seen before it is tried.
        """
        return re.compile("|".join(f"(?:{_OWN_GROUP.sub(_uncaptured, rule.pattern or '')})()" for rule in self.rules))

    def find(self, line: Line, context: Context) -> Rule | None:
        """The first rule that takes the line."""
        length = len(line.text)
        if self.rules:
            form = matching_form(line.text)
            found = self.together.fullmatch(form)
            if found:
                rule = self.rules[(found.lastindex or 0) - 1]
                if length <= rule.max:
                    return rule
                for rule in self.rules:
                    if length <= rule.max and re.fullmatch(rule.pattern or "", form):
                        return rule
        for rule, test in self.tests:
            if length <= rule.max and test(line, context):
                return rule
        return None


def _shelf(rules: Sequence[Rule]) -> list[_Patterns]:
    """The rules for one sort of line in one zone, by length of line."""
    shortest = (0, *_LENGTHS)  # a bucket's lines are longer than this, so rules for shorter ones are left out
    return [_Patterns([rule for rule in rules if rule.max > least]) for least in shortest]


class RuleBook:
    """Rules by zone. Build it with `rulebook()`."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._any: dict[Zone, list[_Patterns]] = {}
        self._sentences: dict[Zone, list[_Patterns]] = {}
        for zone in get_args(Zone):
            here = [rule for rule in rules if zone in rule.zones]
            here.sort(key=lambda rule: rule.general)
            self._any[zone] = _shelf(here)
            self._sentences[zone] = _shelf([rule for rule in here if rule.sentence])

    def find(self, line: Line, zone: Zone, context: Context) -> Rule | None:
        """The first rule that takes the line there, or None. Sentences only meet rules made for sentences."""
        shelves = self._sentences if is_sentence(line.text) else self._any
        return shelves[zone][bisect_left(_LENGTHS, len(line.text))].find(line, context)

    def asked_in(self, context: Context) -> Find:
        """`find` for one page: each line is looked at once for a zone."""
        answers: dict[tuple[str, float, Zone], Rule | None] = {}

        def find(line: Line, zone: Zone) -> Rule | None:
            key = (line.text, line.links, zone)
            if key not in answers:
                answers[key] = self.find(line, zone, context)
            return answers[key]

        return find


@lru_cache(maxsize=64)
def rulebook(extra: tuple[Rule, ...] = ()) -> RuleBook:
    """The library's rules, after the `extra` ones of a site; compiled once for each set of extras."""
    return RuleBook((*extra, *load_rules()))
