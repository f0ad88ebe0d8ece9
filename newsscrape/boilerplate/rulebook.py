"""Which rule takes a line in a zone: the rules, compiled so that ordinary text meets almost none of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import get_args

from newsscrape.article import Zone
from newsscrape.boilerplate.context import Context
from newsscrape.boilerplate.forms import matching_form
from newsscrape.boilerplate.lines import Line
from newsscrape.boilerplate.predicates import PREDICATES, Predicate
from newsscrape.boilerplate.rules import Rule, load_rules
from newsscrape.boilerplate.sentences import is_sentence

Find = Callable[[Line, Zone], Rule | None]


# Rules are sorted by the length of the lines that they may take: a paragraph of 300 letters meets the few
# rules that take so long a line, not the hundred that take a label of ten.
_LENGTHS = (24, 60, 120, 240)

# The groups of a rule's pattern are there to hold alternatives. Nobody asks what they matched, and to keep account of
# hundreds of them takes as long as the matching. (Escaped letters and sets of letters are passed over.)
_OWN_GROUP = re.compile(r"(\\.|\[\^?\]?(?:\\.|[^\]\\])*\])|\((?!\?)")


def _uncaptured(found: re.Match[str]) -> str:
    return found[1] or "(?:"


class _Group:
    """The patterns of rules that take lines of one sort (sentences, others) and up to one length, in one zone.

    A rule is in one group of a zone: compiling patterns takes longer than reading many pages.
    """

    def __init__(self, rules: Sequence[tuple[int, Rule]]) -> None:
        self.rules = rules  # each with its place among all of the zone

    @cached_property
    def together(self) -> re.Pattern[str]:
        """One alternation that asks all rules in a single call; compiled when first needed.

        Behind each rule stands an empty group that tells which one it was: with a group around it, what the rule
        begins with would not be seen before it is tried.
        """
        patterns = (_OWN_GROUP.sub(_uncaptured, rule.pattern or "") for _, rule in self.rules)
        return re.compile("|".join(f"(?:{pattern})()" for pattern in patterns))

    def find(self, form: str, length: int) -> tuple[int, Rule] | None:
        """The first rule that takes a line of that length, by its form."""
        found = self.together.fullmatch(form)
        if found is None:
            return None
        place, rule = self.rules[(found.lastindex or 0) - 1]
        if length <= rule.max:
            return place, rule
        fitting = ((place, rule) for place, rule in self.rules if length <= rule.max)
        return next(((place, rule) for place, rule in fitting if re.fullmatch(rule.pattern or "", form)), None)


class _Shelf:
    """The rules that may meet one sort of line (any, or sentences), of one range of lengths, in one zone."""

    def __init__(self, groups: Sequence[_Group], tests: Sequence[tuple[Rule, Predicate]]) -> None:
        self.groups = groups
        self.tests = tests

    def find(self, line: Line, context: Context) -> Rule | None:
        """The first rule that takes the line, patterns before predicates."""
        length = len(line.text)
        if self.groups:
            form = matching_form(line.text)
            found = [taken for group in self.groups if (taken := group.find(form, length))]
            if found:
                return min(found, key=itemgetter(0))[1]
        for rule, test in self.tests:
            if length <= rule.max and test(line, context):
                return rule
        return None


def _shelves(rules: Sequence[Rule]) -> tuple[list[_Shelf], list[_Shelf]]:
    """The rules of a zone for any line, and those for sentences, each by length of line."""
    patterns = [(place, rule) for place, rule in enumerate(rules) if rule.pattern is not None]
    groups: dict[tuple[bool, int], _Group] = {}
    for sentence in (True, False):
        for size in range(len(_LENGTHS) + 1):
            members = [
                (place, rule)
                for place, rule in patterns
                if rule.sentence == sentence and bisect_left(_LENGTHS, rule.max) == size
            ]
            if members:
                groups[sentence, size] = _Group(members)
    shelves: tuple[list[_Shelf], list[_Shelf]] = ([], [])
    for shelf, sorts in zip(shelves, ((True, False), (True,)), strict=True):
        for size, least in enumerate((0, *_LENGTHS)):
            longer = [group for (sort, most), group in groups.items() if sort in sorts and most >= size]
            tests = [
                (rule, PREDICATES[rule.predicate])
                for rule in rules
                if rule.predicate is not None and rule.max > least and rule.sentence in sorts
            ]
            shelf.append(_Shelf(longer, tests))
    return shelves


class RuleBook:
    """Rules by zone. Build it with `rulebook()`."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._any: dict[Zone, list[_Shelf]] = {}
        self._sentences: dict[Zone, list[_Shelf]] = {}
        for zone in get_args(Zone):
            here = sorted((rule for rule in rules if zone in rule.zones), key=lambda rule: rule.general)
            self._any[zone], self._sentences[zone] = _shelves(here)

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
