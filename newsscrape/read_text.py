"""normalize(): a plain text dump of a page to a record. The same rooms as for a page, in the same order.

A dump is what somebody copied from a browser: every line the reader saw, with no markup to tell them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from newsscrape import sites
from newsscrape.article import Article, Encoding, Removed, Zone
from newsscrape.boilerplate.cleaner import clean
from newsscrape.boilerplate.context import Context
from newsscrape.boilerplate.forms import without_bullet
from newsscrape.boilerplate.lines import Cleaned, Line
from newsscrape.boilerplate.sentences import is_prose, is_sentence
from newsscrape.candidates import text_lines
from newsscrape.candidates import url as url_source
from newsscrape.candidates.candidate import Candidates
from newsscrape.candidates.text_layout import Layout, house_names, lay_out
from newsscrape.errors import EmptyPage, NotAnArticle
from newsscrape.fields import title as title_field
from newsscrape.korean.bylines import is_byline, is_name, split_dateline
from newsscrape.korean.characters import tidy_lines
from newsscrape.korean.dates import is_date_line
from newsscrape.korean.mojibake import repair
from newsscrape.korean.wraps import unwrap
from newsscrape.record import Evidence, build_article

BODY_SOURCE = "lines"
_VIEWED = "the date in the page's header ({}) is the day of viewing, not of publication"
_SEARCH = re.compile(r"검색어 저장 (?:기능|끄기)|검색 ?결과 ?(?:총 ?)?[\d,]+ ?건|최근 ?검색어")
_GONE = re.compile(
    r"(?:삭제|종료)된 (?:기사|페이지)|기사를 찾을 수 없|존재하지 않는 (?:기사|페이지)|요청(?:으로|에 의해) 삭제"
)
_NAMES_MATE = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|다른 ?기사 ?보기")
_LIST_IMAGE = "기사사진"
_LEAD = 45  # a teaser below a headline is longer than that and often cut inside a word
_GONE_WITHIN = 300
_BARS, _BAR = 2, 120


def normalize(plain_text: str, url: str | None = None, fetched_at: datetime | None = None) -> Article:
    """The record of an article from a plain text dump of its page.

    `plain_text` is the dump, furniture and all; `url` the page's address, if known (it tells the site and
    may hold the day); `fetched_at` the moment at which the page was read, with a zone. Text that was decoded
    wrongly once is repaired where that is certain, and a warning says so.

    Raises `EmptyPage` for a text without a line, and `NotAnArticle` for lists, search results and notices
    that an article is gone.
    """
    text, how, doubt = repair(plain_text)
    lines = list(_lines(unwrap(text)))
    if not lines:
        raise EmptyPage("the text holds no line", url=url)
    site = sites.find_site(url) if url else None
    names = {**dict.fromkeys(map(str.lower, house_names(lines)), ""), **sites.names()}
    layout = lay_out(lines, names)
    _refuse(lines, url)
    cleaned = _clean(layout, frozenset(names))
    candidates = Candidates(text_lines.collect(layout, cleaned, names))
    if url:
        candidates.extend(url_source.collect(url))
    warnings = [_VIEWED.format(r.text) for r in cleaned.removed if r.rule == "view_date.header"][:1]
    return build_article(
        Evidence(
            candidates=candidates,
            cleaned=cleaned,
            title=title_field.resolve(candidates, site.names if site else ()),
            body_source=BODY_SOURCE,
            site=site,
            url=url,
            fetched_at=fetched_at,
            encoding=Encoding(name="text", chosen_by=how) if how else None,
            warnings=[*warnings, *([doubt] if doubt else [])],
        )
    )


def _lines(dump: str) -> Iterator[Line]:
    """The lines of the dump; a name and the e-mail (or "다른기사 보기") on the next line are one line."""
    gap, name = True, ""
    for text in (part for line in tidy_lines(dump) for part in _parts(line)):
        if not text:
            gap = True
            continue
        if name:
            mate = _NAMES_MATE.fullmatch(text) is not None
            yield Line(f"{name} {text}" if mate else name, gap=gap)
            name = ""
            if mate:
                continue
        if is_name(text):
            name = text
        else:
            yield Line(text, gap=gap)
            gap = False
    if name:
        yield Line(name, gap=gap)


def _parts(line: str) -> list[str]:
    """The parts of a bar that names house, section, day and reporter: "한빛일보 | 경제 | 2026-11-12 | 강솔 기자"."""
    if line.count(" | ") < _BARS or len(line) > _BAR:
        return [line]
    parts = [part.strip() for part in line.split(" | ")]
    return parts if any(map(is_date_line, parts)) and any(map(is_byline, parts)) else [line]


def _clean(layout: Layout, names: frozenset[str]) -> Cleaned:
    """The text of the article; what stands above the title goes whole."""
    context = Context(
        title=layout.title.text if layout.title else None,
        subtitles=layout.decks,
        captions=layout.captions,
        names=names,
    )
    zones: list[Zone] = ["top"] * len(layout.above)
    above = clean(layout.above, context=context, zones=zones)
    frame = [Removed(text=line.text, rule="frame.above_title", zone="top") for line in above.kept]
    below = clean(layout.rest, context=context)
    bar = _info_bar(layout.rest, below)
    frame += [Removed(text=line.text, rule=rule, zone="head") for line, rule in bar.items()]
    kept = tuple(line for line in below.kept if line not in bar)
    return Cleaned(kept, (*above.removed, *frame, *below.removed))


def _info_bar(lines: Sequence[Line], cleaned: Cleaned) -> dict[Line, str]:
    """Lines of the bar under the title that no rule takes alone -> rule id: names between bullets of furniture."""
    bar: dict[Line, str] = {}
    cut = {receipt.text for receipt in cleaned.removed if receipt.zone == "head"}
    for one, other in pairwise(lines):
        if _has_bullet(one) and _has_bullet(other):
            for line, neighbour in ((one, other), (other, one)):
                if neighbour.text in cut and line in cleaned.kept and not is_prose(line.text):
                    bar[line] = text_lines.INFO_BAR
        elif other.text in cut and is_name(one.text) and is_date_line(other.text) and one in cleaned.kept:
            bar[one] = text_lines.INFO_BAR  # v.daum.net: the name alone, the time below it
    return bar


def _has_bullet(line: Line) -> bool:
    return without_bullet(line.text) != line.text


def _refuse(lines: Sequence[Line], url: str | None) -> None:
    """Raises NotAnArticle for what says of itself that it is none."""
    texts = [line.text for line in lines]
    if sum(map(len, texts)) < _GONE_WITHIN and any(map(_GONE.search, texts)):
        raise NotAnArticle("the page says that the article is gone", kind="removed", url=url)
    if sum(1 for text in texts if len(text) < 40 and _SEARCH.search(text)) > 1:
        raise NotAnArticle("the text shows search results; read their pages", kind="search", url=url)
    if _is_list(texts):
        raise NotAnArticle("the text lists several articles; read their pages", kind="list", url=url)


def _is_list(texts: Sequence[str]) -> bool:
    """Teasers and nothing else: each paragraph begins with a byline, or each is a lead below its headline."""
    prose = [text for text in texts if len(text) >= _LEAD]
    if len(prose) >= 2 and len(prose) == len(texts) and all(split_dateline(text)[1] for text in prose):
        return True
    pairs = [
        (head, lead)
        for head, lead in pairwise(texts)
        if len(lead) >= _LEAD and len(head) < _LEAD and not is_prose(head)
    ]
    cut = any(not is_sentence(lead) for _, lead in pairs)
    return len(pairs) >= 2 and cut and texts.count(_LIST_IMAGE) >= 2
