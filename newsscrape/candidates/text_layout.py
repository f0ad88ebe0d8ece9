"""The parts of a text dump: what stands above the title, the title, its decks, the captions, the rest.

A dump is what is left when somebody copies a page from a browser: no tag says what a line is. It is
told by place and neighbours: the title is the first line that no rule of furniture takes, or the one
that is printed twice; decks stand right below it; captions carry a credit or stand doubled.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from newsscrape.boilerplate.context import Context
from newsscrape.boilerplate.lines import Line
from newsscrape.boilerplate.rulebook import Find, rulebook
from newsscrape.boilerplate.sentences import is_full_sentence, is_prose
from newsscrape.boilerplate.tails import split_tails
from newsscrape.korean.agencies import is_outlet
from newsscrape.korean.bylines import is_byline, is_name, split_dateline
from newsscrape.korean.captions import is_credited, looks_like_caption, read_caption
from newsscrape.korean.characters import fold
from newsscrape.korean.kinds import is_heading, is_speaker
from newsscrape.korean.print_edition import is_print_edition
from newsscrape.korean.rights import publisher_in
from newsscrape.korean.titles import read_title, same_title, section_code

_ISSUE = re.compile(r"(?:live )?(?:이슈|issue) \S.{1,25}", re.IGNORECASE)  # zum and 한국일보: a label above the title
_CRUMBS = re.compile(r"^(?:홈|home)\s*[>›]?\s*", re.IGNORECASE)
_WORD = re.compile(r"[가-힣A-Za-z·/&]{2,12}")
_CREDITED = re.compile(r".{6,}[.] [가-힣]{2,4} ?(?:사진)?기자")
_DECK_MIN, _DECK_MAX, _DECKS = 5, 90, 6
_TITLE_MIN = 4
_LABEL = 6
_RIGHTS = re.compile(r"[ⓒ©]|저작권자|[Cc]opyright")
_HOUSE_MAX, _HOUSE_MAX_LATIN = 12, 30
_SHARED = re.compile(r"\[(?P<house>[^\[\]=]{2,12})\]\s(?P<headline>\S.{7,90})")
_BULLET = re.compile(r"^[•·*◦-] ?")


@dataclass(frozen=True, slots=True)
class Layout:
    """A dump in parts. `above` stands over the title, `rest` under it; decks and captions also stand in `rest`."""

    above: tuple[Line, ...]
    title: Line | None
    rest: tuple[Line, ...]
    decks: tuple[str, ...]
    captions: tuple[str, ...]


def lay_out(lines: Sequence[Line], names: Collection[str]) -> Layout:
    """Finds title, decks and captions. `names` are printed names of publishers and portals, never titles."""
    find = rulebook().asked_in(Context(names=frozenset(names)))
    start = _text_start(lines, find)
    place = _title_place(lines, start, find)
    if place is None:
        rest = tuple(lines)
        return Layout((), None, rest, (), _captions(rest, start, find))
    title = lines[place]
    rest = tuple(part for line in lines[place + 1 :] for part in _split_deck(_without_title(line, title)))
    head = start + len(rest) - len(lines)  # lines between title and text
    captions = _captions(rest, head, find)
    decks = _decks(rest[: max(0, head)], title, captions, find)
    return Layout(tuple(lines[:place]), title, rest, decks, captions)


def house_names(lines: Sequence[Line]) -> frozenset[str]:
    """Names of papers and agencies that stand alone on a line, also those that no profile knows (스포티비뉴스).

    What sounds like no paper ("한빛소식") is one where a copyright line names it.
    """
    find = rulebook().asked_in(Context())
    owned = {name for line in lines if _RIGHTS.search(line.text) and (name := publisher_in(line.text))}
    alone = {line.text for line in lines}
    return frozenset(name for name in owned if name in alone) | frozenset(
        line.text
        for line in lines
        if len(line.text) <= (_HOUSE_MAX_LATIN if line.text.isascii() else _HOUSE_MAX)
        and is_outlet(line.text)
        and all(find(line, zone) is None for zone in ("top", "head", "tail"))
    )


def section_of(text: str) -> str | None:
    """The section that a line above the title names: "스포츠", "홈산업산업일반" (a glued path); None for others."""
    path = _CRUMBS.sub("", fold(text))
    if not _WORD.fullmatch(path):
        return None
    if section_code(path):
        return path
    glued = path != fold(text) or _is_section_with_name(path)
    return next((path[:n] for n in range(2, len(path) - 1) if section_code(path[:n])), None) if glued else None


def _text_start(lines: Sequence[Line], find: Find) -> int:
    """Index of the first line that is surely text. A question may be a title, so a full stop is asked for."""
    for test in (is_full_sentence, is_prose):
        for i, line in enumerate(lines):
            if test(line.text) and find(line, "top") is None and find(line, "head") is None:
                return i
    return len(lines)


def _title_place(lines: Sequence[Line], start: int, find: Find) -> int | None:
    """Index of the title among the lines above the text; the one nearer to the text when it stands twice."""
    open_places = [i for i in range(start) if _may_be_title(lines[i], find)]
    if not open_places:
        return None
    for place in open_places:
        twins = [i for i in open_places if i > place and same_title(lines[place].text, lines[i].text)]
        if twins and not _is_doubled_caption(lines, place, twins[0], open_places):
            return twins[-1]
    # A lone short word above a longer line is a menu's ("하드웨어").
    return next((i for i in open_places if " " in lines[i].text or len(lines[i].text) > _LABEL), open_places[0])


def _is_doubled_caption(lines: Sequence[Line], first: int, second: int, places: Sequence[int]) -> bool:
    """Twins side by side below another line that may be the title: alt text and caption of an image."""
    return second == first + 1 and first != places[0]


def _may_be_title(line: Line, find: Find) -> bool:
    text = line.text
    if shared_by(text):
        return True
    return (
        len(text) >= _TITLE_MIN
        and (not is_speaker(text) or _is_labelled(text))
        and not _ISSUE.fullmatch(text)
        and section_of(text) is None
        and not is_print_edition(text)
        and find(line, "top") is None
        and not looks_like_caption(text)
        and split_dateline(text)[0] is None
        and not split_dateline(text)[1]
        and not _BULLET.match(text)
    )


def shared_by(text: str) -> tuple[str, str] | None:
    """House and headline of a line that a messenger's share button makes ("[한빛일보] 도서관 연다"), else None."""
    found = _SHARED.fullmatch(text)
    if found is None or not is_outlet(found["house"]) or is_prose(text) or "기자" in text or "=" in text:
        return None
    return found["house"], found["headline"]


def _is_labelled(text: str) -> bool:
    """Whether a bracket that may name a speaker is a headline's label: "[인터뷰] “말을 모았다” 소설가 하람"."""
    return ":" not in text and "/" not in text and bool(read_title(text).labels)


def glued_author(text: str) -> str | None:
    """The reporter in "사회강가람": section and name glued (imbc). Only of three syllables: "정치부장" names nobody."""
    name = text[-3:]
    return name if len(text) <= 8 and section_code(text[:-3]) and is_name(name) else None


def _is_section_with_name(text: str) -> bool:
    """ "사회강가람": section and reporter glued (imbc); no title."""
    return len(text) <= 8 and any(section_code(text[:n]) and is_name(text[n:]) for n in range(2, len(text) - 1))


def _without_title(line: Line, title: Line) -> Line:
    """Alt texts print the title before the caption (아시아경제)."""
    if line.text.startswith(title.text) and len(line.text) > len(title.text) + 10:
        return line._replace(text=line.text[len(title.text) :].strip())
    return line


def _split_deck(line: Line) -> tuple[Line, ...]:
    """ "[한빛경제 강솔 기자] [국내 연구진, 국제 학술지 발표]" (머니투데이) is a byline and a deck."""
    if not (line.text.startswith("[") and line.text.endswith("]")):
        return (line,)
    _, writers, deck = split_dateline(line.text)
    if not writers or not deck.startswith("["):
        return (line,)
    byline = line.text[: len(line.text) - len(deck)].strip()
    return line._replace(text=byline), line._replace(text=deck, gap=False)


def _captions(rest: Sequence[Line], start: int, find: Find) -> tuple[str, ...]:
    """Lines that are captions; `start` is the number of lines above the text."""
    found = [
        line.text
        for i, line in enumerate(rest)
        if looks_like_caption(line.text)
        or (not is_prose(line.text) and _is_caption(line, rest[i + 1 : i + 2], i < start, find))
    ]
    return tuple(dict.fromkeys(found))


def _is_caption(line: Line, following: Sequence[Line], above: bool, find: Find) -> bool:
    """A line that is no sentence, with a credit; above a zoom notice; or, `above` the text, doubled or signed."""
    read = read_caption(line.text)
    if read.caption and is_credited(line.text) and not is_prose(read.caption):
        return not is_byline(line.text) and find(line, "tail") is None
    if not following or find(line, "head") is not None:
        return False
    notice = find(following[0], "body")
    if notice is not None and notice.id == "images.enlarge":
        return True
    return above and (following[0].text == line.text or _CREDITED.fullmatch(line.text) is not None)


def _decks(head: Sequence[Line], title: Line, captions: Collection[str], find: Find) -> tuple[str, ...]:
    """Short lines between title and text, up to the first caption or mark of another thing."""
    decks: list[str] = []
    for line in head:
        text = line.text
        if find(line, "head") is not None or same_title(text, title.text):
            continue
        if " " not in text and section_code(text):
            continue
        if text in captions or is_speaker(text) or is_print_edition(text) or is_heading(text) or _BULLET.match(text):
            if decks or text in captions:
                break
            continue
        dateline, writers, _ = split_dateline(text)
        if dateline or writers or not _DECK_MIN <= len(text) <= _DECK_MAX or _holds_sentence(text):
            break
        if text[0] in "<(※■◆◇▲▶○●□" or (text[0] == "[" and text[-1] != "]"):
            break
        decks.append(text)
    return tuple(decks) if len(decks) <= _DECKS else ()


def _holds_sentence(text: str) -> bool:
    """Whether a line is a sentence, or one with something short behind it ("... 이어진다. 문의 031-000-0000")."""
    return is_prose(split_tails(text)[0]) or "다. " in text
