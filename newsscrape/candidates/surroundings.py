"""What stands around the body: the lines between the headline and the text, and the first ones after it.

There Korean pages print byline, times, section, source and rights. Asked on pages of sites without a
profile, and wherever the profile's selectors fell silent.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from newsscrape.article import Author
from newsscrape.boilerplate.sentences import is_prose
from newsscrape.candidates import decks, meta, printed
from newsscrape.candidates.boxes import bar_parts
from newsscrape.candidates.candidate import Candidate
from newsscrape.candidates.reading import Reading
from newsscrape.candidates.whole import Whole
from newsscrape.korean.agencies import is_outlet, wire_of
from newsscrape.korean.bylines import credited, is_byline, parse_byline
from newsscrape.korean.bylines.tokens import MAIL
from newsscrape.korean.dates import find_dates, is_date_line, is_view_date, parse_date
from newsscrape.korean.rights import publisher_in
from newsscrape.korean.titles import same_title, section_code
from newsscrape.korean.vocabulary import ORGANISATIONS
from newsscrape.parse import Element

SOURCE = "around"
SOURCE_FOOTER = "footer"
SOURCE_WIRE = "wire"
SOURCE_LOGO = "logo"
_LONGEST_NAME = 16
_FOOTER = 50  # lines; the imprint of an internet paper takes 10 to 20 and family-site lists may follow
_MASTHEAD = re.compile(
    r"(?:제호|신문명|매체명|언론사명|사이트명)\s*명?\s*[:：]?\s*([^|:：,/()\d]{2,16}?)\s*(?=$|[|,/(]|등록|발행|대표|제호|주소|법인|인터넷|편집|청소년|주소)"
)
_RIGHTS = re.compile(r"[ⓒ©]|[Cc]opyright|COPYRIGHT|\([cC]\)\s|저작권자|저작권은 ")
_BEFORE = 40  # lines between headline and body: share bars and font sizes make up to 30 (Naver 2020)
_AFTER = 14
_INFO_BAR = 80
_TITLE_NAME = re.compile(r"(?:^|[\s_-])(?:tit|title|subject|headline)\w*(?:[\s_-]|$)|title", re.IGNORECASE)
_TITLE_LENGTHS = range(9, 120)
_BAR = re.compile(r"\s*[|ㅣ｜/]\s*|\s[·•]\s")
_TOOLS = re.compile(
    r"(?:\s*(?:이?메일 ?보내기|(?:기자 ?)?(?:페이지 ?)?구독(?:하기)?|(?:기자 ?)?프로필(?: ?보기)?|"
    r"(?:기자의? ?)?(?:다른 ?)?기사 ?(?:더 ?)?(?:보기|모음)|팔로우))+$"
)
# "도가람 2026.11.27 22:01", "문다온(daon) 등록 2026.11.24 18:07": the name without a title, beside the time.
_NAMED = re.compile(
    r"(?P<name>[가-힣]{3})(?:\s?\([A-Za-z]\w*\))?\s?[|·ㅣ]?\s?(?=(?:기사)?(?:입력|승인|등록|작성)?\s?:?\s?(?:19|20)\d\d\s?[-./년])"
)
# "강솔 기자 sol@hanbit.example 기술로 세상을 읽습니다.": a slogan behind the signature.
_SIGNED = re.compile(rf".{{2,24}}?(?:기자|특파원|위원)\s?[(\[]?{MAIL}(?=[가-힣“\s)\]])")
# "강솔 기자공개 2025-02-14 07:40:05": name and time stand in elements that touch (더벨).
_GLUED = re.compile(
    r".{2,24}?(?:기자|특파원)(?=\s?(?:(?:VIEW|조회|공유|구독|스크랩)(?:하기)?\s?[\d,]*\s?){0,2}"
    r"(?:(?:기사)?(?:입력|공개|승인|등록|송고)?\s?:?\s?(?:19|20)\d\d|\d{1,2}(?:분|시간|일) 전))"
)
# "작성자 강솔 기자 작성일 26-11-28": bulletin boards (그누보드, XE).
_LABELLED = re.compile(r"(?:작성자|글쓴이|등록자)\s*[:|]?\s*([가-힣]{2,4}(?:\s?[가-힣]{0,4}기자)?)(?=\s|$)")
# "By Kang SolPublished 2026.11.28": elements that touch.
_ENGLISH = re.compile(r"By [A-Z][\w.-]+(?: [A-Z][a-z-]+){1,2}?(?=\s?(?:Published|Updated|Posted|Posting|Edited|\d{4}))")
_SYLLABLES = 3
_BETWEEN = re.compile(r"^[\s|·•,/]+|[\s|·•,/]+$|\s*[|·•/]\s+|\s[·•/]\s")
_LONG = 160  # a longer line is text, not an info bar


def collect(
    whole: Whole, body: Sequence[Element], titles: Collection[str], fetched_at: datetime | None = None
) -> Iterator[Candidate]:
    """`dates` (a `DateValue` each) and `bylines` candidates from the lines of a page around its body's.

    `body` are the elements that the body's lines stand in; `titles` tell where the headline is, and relative times
    are read against `fetched_at`.
    """
    page = whole.near(body, titles, _AFTER)
    own = frozenset(body)
    inside = [place for place, owner in enumerate(page.owners) if owner in own]
    if not inside:
        # The text is in pictures or a video (card news): the info bar stands below the headline all the same.
        named = [at for at, line in enumerate(page.lines) if any(same_title(line.text, title) for title in titles)]
        if named:
            yield from _of_lines(
                page, range(named[-1] + 1, min(len(page.lines), named[-1] + 1 + _AFTER)), "head", fetched_at
            )
        return
    first, last = inside[0], inside[-1]
    start = max(0, first - _BEFORE)
    for place in range(first - 1, start - 1, -1):
        if any(same_title(page.lines[place].text, title) for title in titles):
            start = place + 1
            break
    for place in range(start, first):
        if decks.named(page.owners[place]) and len(page.lines[place].text) <= _INFO_BAR:
            yield Candidate("subtitles", page.lines[place].text, f"{SOURCE}:deck", page.lines[place].text)
    dated = False
    for candidate in _of_lines(page, range(start, first), "head", fetched_at):
        dated |= candidate.field == "dates"
        yield candidate
    if not dated and start and any(same_title(page.lines[start - 1].text, title) for title in titles):
        yield from _of_day(page, range(start, first), fetched_at)
    yield from _of_lines(page, range(last + 1, min(len(page.lines), last + 1 + _AFTER)), "tail", fetched_at)


def headline(whole: Whole, body: Sequence[Element]) -> Iterator[Candidate]:
    """A `title` candidate: the heading (or what its class calls a title) that stands nearest above the body.

    For pages whose <title> says only the site's name or "Document".
    """
    page = whole.reading
    own = frozenset(body)
    first = next((place for place, owner in enumerate(page.owners) if owner in own), 0)
    # A heading that opens the body element itself is nearer than any.
    start = first if page.lines and page.lines[first].kind == "heading" else first - 1
    above = range(start, max(-1, start - _BEFORE), -1)
    for place in above:
        line, owner = page.lines[place], page.owners[place]
        name = f"{owner.get('class', '')} {owner.get('id', '')}"
        if (line.kind == "heading" or _TITLE_NAME.search(name)) and len(line.text) in _TITLE_LENGTHS and line.links < 1:
            yield Candidate("title", line.text, f"{SOURCE}:headline", line.text)
            return
    for line in (page.lines[place] for place in above):  # pages of the 2000s and print views know bold type only
        if line.bold and len(line.text) in _TITLE_LENGTHS and not line.links and not is_byline(line.text):
            yield Candidate("title", line.text, f"{SOURCE}:headline", line.text)
            return


def collect_logo(whole: Whole, titles: Collection[str], url: str | None) -> Iterator[Candidate]:
    """`publisher` candidates from the links to the site's front: what sounds like a house, or ends the <title> too."""
    ends = {part for title in titles for part in meta.title_parts(title)}
    for name in whole.home_names(urlsplit(url or "").hostname):
        if len(name) <= _LONGEST_NAME and (name in ends or is_outlet(name)) and not section_code(name):
            yield Candidate("publisher", name, SOURCE_LOGO, name)


def collect_footer(whole: Whole) -> Iterator[Candidate]:
    """`publisher` and `rights` candidates from the page's last lines: "제호 : 한빛일보", the site's copyright line."""
    footer = whole.reading.lines[-_FOOTER:]
    for line in footer:
        masthead = _MASTHEAD.search(line.text)
        if masthead:
            yield Candidate("publisher", masthead[1].strip(), f"{SOURCE_FOOTER}:masthead", line.text)
    for line in footer:
        if _RIGHTS.search(line.text) and len(line.text) <= _LONG:
            name = publisher_in(line.text)
            if name:
                # A wire's line stands below its articles on other houses' pages.
                source = SOURCE_WIRE if wire_of(name) else f"{SOURCE_FOOTER}:copyright"
                yield Candidate("publisher", name, source, line.text)
            yield Candidate("rights", line.text, SOURCE_FOOTER, line.text)


def _of_lines(page: Reading, places: range, zone: str, fetched_at: datetime | None) -> Iterator[Candidate]:
    for place in places:
        text = page.lines[place].text
        if len(text) > _LONG or is_view_date(text):
            continue
        info_bar = zone == "head" and len(text) <= _INFO_BAR and not is_prose(text)
        for date in find_dates(text, fetched_at, info_bar=info_bar):
            # Behind the text only "송고 2026.09.07 15:34" counts: footers print days of registration too.
            if zone == "tail" and (date.label is None or date.precision == "day"):
                continue
            yield Candidate("dates", date, f"{SOURCE}:{zone}", date.raw)
        named = False
        for part in (text, *(bar_parts(page.owners[place]) if info_bar else ())):
            for candidate in _writers(page, place, part, zone, last=places.stop - 1):
                named = True
                yield candidate
            if named:
                break
        yield from printed.collect(text, f"{SOURCE}:{zone}")


def _writers(page: Reading, place: int, text: str, zone: str, *, last: int) -> Iterator[Candidate]:
    """`bylines` candidates of a line, or of a part of a bar, that stands at `place`; `last` is the last place asked."""
    # A label and its value often stand on two lines ("입력 :" / "2025-06-04 02:37:08", 매경 2025).
    if is_byline(text) or (zone == "head" and "기자" in text and parse_byline(text)):
        yield Candidate("bylines", text, f"{SOURCE}:{zone}", text)
    elif zone == "head" and (glued := _GLUED.match(text)) and parse_byline(glued[0]):
        yield Candidate("bylines", glued[0], f"{SOURCE}:{zone}", glued[0])
    elif zone == "head" and (writers := credited.writers(text)):
        yield Candidate("bylines", writers, f"{SOURCE}:{zone}", text)
    elif zone == "head" and credited.is_label(text) and place < last:
        yield from _of_label(page.lines[place + 1].text, zone)
    elif zone == "head" and (named := _LABELLED.search(text) or _ENGLISH.match(text)):
        yield Candidate("bylines", parse_byline(named[named.lastindex or 0], bare=True), f"{SOURCE}:{zone}", text)
    elif zone == "head" and (named := _NAMED.match(text)) and credited.is_person(named["name"]):
        yield Candidate("bylines", [Author(name=named["name"], raw=text)], f"{SOURCE}:{zone}", text)
    elif zone == "tail" and "@" in text and (signed := _SIGNED.match(text)) and is_byline(signed[0]):
        yield Candidate("bylines", signed[0], f"{SOURCE}:{zone}", signed[0])
    elif zone == "head" and "기자" in text:
        # "(한빛=뉴스1) 강솔 기자, 도가람 기자 | 2015-07-14 07:00 송고"
        for part in _BAR.split(_TOOLS.sub("", text)):
            if "기자" in part and parse_byline(part):
                yield Candidate("bylines", part, f"{SOURCE}:{zone}", part)
    elif zone == "head" and "|" in text:
        yield from _of_bar(text)


def _of_label(value: str, zone: str) -> Iterator[Candidate]:
    """The writer whom a line names below the line "작성자"."""
    if writers := parse_byline(value, bare=True):
        yield Candidate("bylines", writers, f"{SOURCE}:{zone}", value)


def _of_day(page: Reading, places: range, fetched_at: datetime | None) -> Iterator[Candidate]:
    """The day below the headline, where nothing tells the hour: alone, or beside who wrote or issued the text."""
    bars = ((page.lines[place].text, page.owners[place]) for place in places)
    for text in (part for bar, owner in bars for part in (bar, *bar_parts(owner))):
        if len(text) > _INFO_BAR or is_prose(text) or is_view_date(text) or not (day := parse_date(text, fetched_at)):
            continue
        if day.precision != "day" or text.count(day.raw) != 1:
            continue
        before, _, behind = text.partition(day.raw)
        rest = [part for part in _BETWEEN.split(f"{before} | {behind}") if part]
        if all(is_byline(part) or credited.writers(part) or part.endswith(ORGANISATIONS) for part in rest):
            yield Candidate("dates", day, f"{SOURCE}:head", day.raw)
            return


def _of_bar(text: str) -> Iterator[Candidate]:
    """Name and day of a bar that says both and gives neither a title: "임바다 | 제 1204호 | 2026.11.25" (weeklies)."""
    parts = [part.strip() for part in text.split("|")]
    names = [part for part in parts if len(part) == _SYLLABLES and credited.is_person(part)]
    days = [part for part in parts if is_date_line(part)]
    if len(names) == 1 and len(days) == 1:
        yield Candidate("bylines", [Author(name=names[0], raw=text)], f"{SOURCE}:head", text)
        if date := parse_date(days[0]):
            yield Candidate("dates", date, f"{SOURCE}:head", text)
