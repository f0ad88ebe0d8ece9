"""Takes the furniture out of the lines of an article, with a receipt for every cut.

Zone first, pattern second: where the text begins and ends is found before a rule may fire, so a promise
to subscribe between two paragraphs stays, and the same line after the last one goes. What is doubtful stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsscrape.article import Removed, Zone
from newsscrape.boilerplate.context import Context
from newsscrape.boilerplate.lines import Cleaned, Line
from newsscrape.boilerplate.repeats import copied_summary, generated_summary, pull_quotes, recalled_summary, repeated
from newsscrape.boilerplate.rulebook import Find, rulebook
from newsscrape.boilerplate.rules import Rule
from newsscrape.boilerplate.sentences import is_full_sentence, is_prose, is_sentence
from newsscrape.boilerplate.signers import introductions, join_broken, outside_signature, without_second_signature
from newsscrape.boilerplate.tails import split_inside, split_tails
from newsscrape.boilerplate.zones import find_zones, next_run
from newsscrape.korean.captions import looks_like_caption

_LINK_LIST = 0.6
_HEADLINE = "title.again"
_CAPTION_RULES = ("images.known_caption", "images.signed_caption")
_MARKS = ("▶", "▷", "☞", "-", "·", "•", "ㆍ", "→")
_IN_FRONT = 3
_QUOTED_LINES = 12  # a quotation that is not closed within so many lines was a slip of the pen

_Piece = tuple[Line, Zone]


def clean(
    lines: Sequence[Line],
    *,
    context: Context,
    zones: Sequence[Zone] | None = None,
    extra: Sequence[Rule] = (),
) -> Cleaned:
    """The lines that are the article's text, and a receipt (text, rule id, zone) for every other.

    Without `zones` the lines are those of a page's body element and their zones (head, body, tail) are
    found here; with it there is one zone a line (text dumps know more: top, foot). `extra` are rules of
    a site, asked first. Every letter that came in is kept or receipted; cleaning twice changes nothing.
    """
    find = rulebook(tuple(extra)).asked_in(context)
    pieces = _unglue(join_broken(lines) if zones is None else lines, zones, find)
    cuts = _sweep(pieces, find)
    cuts |= _above_headline(pieces, cuts)
    cuts |= _said_twice([line for line, _ in pieces], cuts)
    cuts |= outside_signature(pieces, cuts, context.title)
    cuts |= introductions(pieces, cuts)
    if len(cuts) == len(pieces):  # a photo with its caption is the whole article
        cuts = {i: rule for i, rule in cuts.items() if rule not in _CAPTION_RULES}
    kept = tuple(line for i, (line, _) in enumerate(pieces) if i not in cuts)
    removed = tuple(Removed(text=pieces[i][0].text, rule=rule, zone=pieces[i][1]) for i, rule in sorted(cuts.items()))
    if zones is None and any(receipt.zone == "body" for receipt in removed):
        # What was cut inside may have been what the text seemed to begin or end with (summaries).
        rest = clean(kept, context=context, extra=extra)
        return without_second_signature(Cleaned(rest.kept, removed + rest.removed))
    return without_second_signature(Cleaned(kept, removed))


def _above_headline(pieces: Sequence[_Piece], cuts: Mapping[int, str]) -> dict[int, str]:
    """Index -> rule id of what stands above a headline that the body element holds: sections, labels, links."""
    headline = next((i for i, rule in cuts.items() if rule == _HEADLINE and pieces[i][1] == "head"), 0)
    return {i: "title.above" for i in range(headline) if i not in cuts and pieces[i][1] == "head"}


def _said_twice(lines: Sequence[Line], cuts: Mapping[int, str]) -> dict[int, str]:
    """Index -> rule id of lines that repeat the text or sum it up; `cuts` are the lines that rules take."""
    texts = [line.text for line in lines]
    found = dict.fromkeys(generated_summary(lines, cuts), "summary.generated")
    found |= dict.fromkeys(copied_summary(texts, {**cuts, **found}), "summary.copied")
    found |= dict.fromkeys(recalled_summary(texts, {**cuts, **found}), "summary.copied")
    found |= dict.fromkeys(pull_quotes(lines, {**cuts, **found}), "repeats.pull_quote")
    return found | dict.fromkeys(repeated(texts, {**cuts, **found}), "repeats.paragraph")


def _unglue(lines: Sequence[Line], zones: Sequence[Zone] | None, find: Find) -> list[_Piece]:
    """Lines with their zones; tails glued to the last sentence, or behind it, become lines of their own."""
    lines, zones = _unglue_inside(lines, zones)
    parts = _captions_whole([split_tails(line.text) for line in lines], lines)
    heads = [line if len(p) == 1 else line._replace(text=p[0]) for line, p in zip(lines, parts, strict=True)]
    where = list(zones) if zones is not None else find_zones(heads, find)
    last = next((i for i in range(len(heads) - 1, -1, -1) if where[i] == "body" and is_prose(heads[i].text)), 0)
    pieces: list[_Piece] = []
    for i, (line, zone) in enumerate(zip(lines, where, strict=True)):
        if len(parts[i]) == 1:
            pieces.append((line, zone))
            continue
        tails = [line._replace(text=text, gap=False) for text in parts[i][1:]]
        if i >= last and zone != "top" and all(find(tail, "tail") for tail in tails):
            pieces.append((heads[i], zone))
            pieces.extend((tail, "foot" if zone == "foot" else "tail") for tail in tails)
        elif zone == "body" and all(_signs_off(find(tail, "body")) for tail in tails):
            pieces.append((heads[i], zone))
            pieces.extend((tail, zone) for tail in tails)
        else:
            pieces.append((line, zone))
    return pieces


def _unglue_inside(lines: Sequence[Line], zones: Sequence[Zone] | None) -> tuple[Sequence[Line], Sequence[Zone] | None]:
    """Lines cut around signatures that stand between two pieces of text; each part keeps its line's zone."""
    if not any("@" in line.text for line in lines):
        return lines, zones
    parts = [split_inside(line.text) for line in lines]
    split = [
        line if len(part) == 1 else line._replace(text=text, gap=line.gap and not n)
        for line, part in zip(lines, parts, strict=True)
        for n, text in enumerate(part)
    ]
    if zones is None:
        return split, None
    return split, [zone for zone, part in zip(zones, parts, strict=True) for _ in part]


def _captions_whole(parts: list[list[str]], lines: Sequence[Line]) -> list[list[str]]:
    """The parts, with a caption in front of text in one piece: who signs it took the picture."""
    if max(map(len, parts), default=1) == 1:
        return parts
    last = next((i for i in range(len(parts) - 1, -1, -1) if is_prose(parts[i][0])), 0)
    return [
        [line.text] if len(part) > 1 and i < last and looks_like_caption(part[0]) else part
        for i, (part, line) in enumerate(zip(parts, lines, strict=True))
    ]


def _signs_off(rule: Rule | None) -> bool:
    """True for a rule of what signs a piece, or leads away from it; other tails between paragraphs (credits) stay."""
    return rule is not None and (rule.family in ("byline", "copyright") or rule.id == "related.page_pointer")


def _sweep(pieces: Sequence[_Piece], find: Find) -> dict[int, str]:
    """Index of every piece that a rule takes -> id of the rule."""
    cuts: dict[int, str] = {}
    unsure: set[int] = set()
    # A quotation does not run on past a signature: a mark that closes it in the tail may be cut, and is not asked.
    quoted = _in_quotation([line.text if zone == "body" else "" for line, zone in pieces])
    running: Rule | None = None
    for i, (line, zone) in enumerate(pieces):
        if i in quoted and zone == "body":
            running = None
        elif rule := find(line, zone):
            cuts[i] = rule.id
            running = next_run(running, rule)
            if rule.company and zone == "tail":
                unsure.add(i)
        elif running is not None and _goes_on(line, zone, running):
            cuts[i] = running.id
        else:
            running = None
    for i in _without_company(pieces, cuts, unsure):
        del cuts[i]
    return cuts


def _without_company(pieces: Sequence[_Piece], cuts: Mapping[int, str], unsure: set[int]) -> list[int]:
    """Those of the `unsure` cuts in the tail that no surer furniture stands by."""
    if not unsure:
        return []
    tail = [i for i, (_, zone) in enumerate(pieces) if zone == "tail"]
    sure = next((i for i in tail if i in cuts and i not in unsure), len(pieces))
    alone = [i for i in tail if i in unsure and i < sure]
    in_front = sure < len(pieces) and not cuts[sure].startswith("byline.")
    if in_front and len(alone) <= _IN_FRONT and alone == list(range(sure - len(alone), sure)):
        return []
    return alone


def _goes_on(line: Line, zone: Zone, running: Rule) -> bool:
    """True where a line still belongs to the list that `running` began."""
    if zone in ("tail", "foot"):
        return not is_full_sentence(line.text)
    if running.takes == "line" or is_full_sentence(line.text):
        return False
    if running.takes == "run" and not line.gap and line.text.startswith(_MARKS[:3]) and line.text[-1] != ".":
        return True  # "▶ 관련기사", a break, "▶ 다리 끊겼다": a headline, though it ends like a sentence
    if line.links < _LINK_LIST and is_sentence(line.text):
        return False
    return line.links >= _LINK_LIST or (running.takes == "run" and line.text.startswith(_MARKS))


def _in_quotation(texts: Sequence[str]) -> set[int]:
    """Indexes of lines that are a quotation, or stand inside one of several lines (opened before, closed later)."""
    inside = {i for i, text in enumerate(texts) if text.startswith("“") and text.endswith("”")}
    opened: int | None = None
    for i, text in enumerate(texts):
        balance = text.count("“") - text.count("”")
        if opened is None and balance > 0:
            opened = i
        elif opened is not None and balance < 0:
            if i - opened <= _QUOTED_LINES:
                inside.update(range(opened + 1, i + 1))
            opened = None
    return inside
