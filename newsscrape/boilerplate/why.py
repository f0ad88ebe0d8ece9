"""Why a line goes or stays, in words; for people who write rules, and for those who wonder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args

from newsscrape.article import Zone
from newsscrape.boilerplate.context import Context
from newsscrape.boilerplate.forms import matching_form
from newsscrape.boilerplate.lines import Line
from newsscrape.boilerplate.predicates import PREDICATES
from newsscrape.boilerplate.rulebook import rulebook
from newsscrape.boilerplate.rules import Rule, load_rules
from newsscrape.boilerplate.sentences import is_sentence
from newsscrape.boilerplate.tails import split_inside, split_tails
from newsscrape.korean.bylines import split_dateline
from newsscrape.korean.captions import looks_like_caption

ZONES: tuple[Zone, ...] = get_args(Zone)


@dataclass(frozen=True, slots=True)
class Why:
    """What `why_line` found: the rule that takes the line (or None) and, in words, what was in the way."""

    rule: Rule | None
    reason: str


def why_line(text: str, zone: Zone, context: Context | None = None) -> Why:
    """Explains what becomes of one line in one zone.

    Near misses are named: a rule that takes the line in another zone, or would if it were shorter or did not end
    like a sentence. So is what goes from a line that stays: tails glued to it, and its dateline.
    """
    context = context or Context()
    line = Line(text)
    if rule := rulebook().find(line, zone, context):
        alone = " (in company of surer furniture)" if rule.company and zone == "tail" else ""
        return Why(rule, f"{rule.id} takes it{alone}: {rule.why}")
    if rule := next((rule for other in ZONES if (rule := rulebook().find(line, other, context))), None):
        return Why(None, f"{rule.id} would take it, but {_obstacle(rule, text, zone)}")
    if parts := _cut_off(text, zone, context):
        return Why(None, parts)
    form = matching_form(text)
    for rule in load_rules():
        if rule.pattern is not None:
            hit = re.fullmatch(rule.pattern, form) is not None
        else:
            hit = PREDICATES[rule.predicate or ""](line, context)
        if hit:
            return Why(None, f"{rule.id} would take it, but {_obstacle(rule, text, zone)}")
    ending = "it ends like a sentence and " if is_sentence(text) else ""
    picture = "; beside a picture it is the caption" if looks_like_caption(text) else ""
    return Why(None, f"{ending}no rule matches the whole line{picture}")


def _cut_off(text: str, zone: Zone, context: Context) -> str | None:
    """What goes from a line that stays; None where nothing does."""
    pieces = [piece for part in split_inside(text) for piece in split_tails(part)]
    if len(pieces) > 1:
        where: Zone = zone if zone in ("top", "foot") else "tail"
        rules = [(piece, rulebook().find(Line(piece), where, context)) for piece in pieces]
        goes = [f"{piece!r} ({rule.id})" for piece, rule in rules if rule]
        if goes:
            return f"it is cut into {len(pieces)} pieces; from the end of a text this goes: {', '.join(goes)}"
    dateline, writers, rest = split_dateline(text)
    if rest != text and (dateline or writers):
        head = text[: len(text) - len(rest)].strip()
        return f"it stays without {head!r}, which the record has as dateline and authors"
    return None


def _obstacle(rule: Rule, text: str, zone: Zone) -> str:
    if zone not in rule.zones:
        return f"it fires in {', '.join(name for name in ZONES if name in rule.zones)}, not in {zone}"
    if len(text) > rule.max:
        return f"the line is longer than {rule.max} characters"
    return "the line ends like a sentence"
