"""Dates with their labels, and what a line of a page is: a date line, a view date, or text.

Labels stand before the date ("입력 2020.07.13 17:04", "등록|2013.11.01 09:59") or, on some sites,
behind it ("2026/09/07 15:34 송고", 연합뉴스). Dates that belong to something else (the registration
of the newspaper, a file photo, an event) are never given out as the article's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from newsscrape.korean.dates import fallback, forms, machine, relative
from newsscrape.korean.dates.forms import Hit
from newsscrape.korean.dates.value import DateValue, Label, latest

_WHEN = r"(?:일시|시간|시각|일)?"
_MODIFIED = (
    rf"(?:(?:최종|마지막|기사)\s?)?(?:수정|업데이트|갱신){_WHEN}|최종\s?(?:편집|입력){_WHEN}"
    r"|last\s(?:modified|updated)|updated?|modified"
)
# 등록일자 and 발행일자 are left out: they are the newspaper's, in the footer.
_PUBLISHED = (
    rf"(?:(?:최초|기사|뉴스)\s?)?(?:입력|등록|승인|송고|발행|게재|게시|작성|배포|보도|방송|출고|공개){_WHEN}"
    r"|지면\s?게재일|(?:입력|작성|게시)일자|(?:published|posted)(?:\son)?"
)
# "홍길동 기자입력 : 2021. 12. 15(수)" (CTN 2021): glued to a byline, but to no other word.
_LABEL = (
    rf"(?:(?<![가-힣a-z])|(?<=기자)|(?<=특파원))"
    rf"(?:(?P<modified>{_MODIFIED})|(?P<published>{_PUBLISHED}))(?![가-힣a-z])"
)
_GAP = r"[\s:：|ㅣ│·>\])]*[\[(]?\s?"
_LABEL_BEFORE = re.compile(rf"{_LABEL}{_GAP}$", re.IGNORECASE)
_LABEL_BEHIND = re.compile(rf"[\s)\]]*{_LABEL}(?=\s*(?:$|[|ㅣ│·,)\]/:\d]))", re.IGNORECASE)
_LABEL_ANYWHERE = re.compile(_LABEL, re.IGNORECASE)
_LABELLED_RELATIVE = re.compile(
    rf"(?:(?P<before>{_LABEL.replace('?P<modified>', '').replace('?P<published>', '')}){_GAP})?"
    rf"(?P<when>{relative.RELATIVE})"
    rf"(?:\s?(?P<behind>{_LABEL.replace('?P<modified>', '').replace('?P<published>', '')}))?",
    re.IGNORECASE,
)
_IS_MODIFIED = re.compile(_MODIFIED, re.IGNORECASE)

# Words that make a date somebody else's: the newspaper's registration, a photo from the files, a quotation.
_NOT_THE_ARTICLE = re.compile(
    r"등록번호|등록일자|발행일자|등록연월일|발행인|편집인|창간|제호|청소년\s?보호|사업자|자료\s?사진|엠바고"
    r"|게재된\s(?:글|기사|칼럼)|\d\s?현재"
    # An event, a person, a comment, a copyright line: their dates, whatever label follows.
    r"|(?:(?:공연|전시|모집|유효|이용)\s?(?:일시|일자|일정|기간|일)|(?:상영|개봉|개막|행사|접수|마감|시행|출시)(?:일시|기간|일)?)"
    r"\s*[:：]?\s*(?=['’]?\d)"
    r"|(?:출생|사망|별세|생년월일|답글|댓글)\s*[:：]?\s*(?=\d{4})|\d\s?(?:답글|댓글쓰기)|(?i:copyright)|ⓒ\s?\d"
)
# What follows an event's date or a caption's: "2020년 7월 13일에", "2018.10.29/뉴스1".
_NOT_AFTER = re.compile(
    r"에|부터|까지|의|은|는|이|가|을|를|로|생|현지|\(현지|\s?[~∼]|/\s?[가-힣]|\s/\s?(?:뉴스1|뉴시스|연합)"
)
_SENTENCE_END = re.compile(r"[가-힣][.?!][\"'”’)]*\s*$|다[\"'”’)]*\s*$")

_SEPARATORS = re.compile(r"[\s•∙:：|ㅣ│·,./()\[\]<>–—-]+")
# What stands on the same bar as the dates: "기사원문 스크랩" (Naver 2020), counters, the printed page.
_BAR_WORDS = re.compile(r"기사\s?원문|스크랩|(?:댓글|좋아요|조회수?|추천)\s?[\d,]*|[A-Z]?\d{1,2}면|오전|오후")
_LABEL_LINE = re.compile(
    r"(?:(?:최초|최종|기사)?\s?(?:입력|수정)(?:일시|시간)?|업데이트|송고시간|등록(?=\s*[:：|])|등록$)(?:\s*[:：|ㅣ])?",
)

_WEEKDAY = r"\(?\s?[월화수목금토일](?:요일)?\s?\)?"
_VIEW_DAY = re.compile(rf"\d{{1,2}}\s?[./월-]\s?\d{{1,2}}\s?[.일]?\s*{_WEEKDAY}")
_SITE_UPDATE = re.compile(r"(?:UPDATED?|최종\s?(?:업데이트|편집)|편집)\s*[:：|]?\s*(?=\d)", re.IGNORECASE)

_LONGEST_REST = 40
_LONGEST_TEXT = 400


def parse_date(text: str, fetched_at: datetime | None = None) -> DateValue | None:
    """The one date of a short text, with or without a label in front; None where it holds none.

    `text` is what a page prints ("입력 2022.04.06 (23:40)") or a machine wrote ("20200713170400",
    "2020-07-13T17:04:00+0900"). Of several dates the one labelled as published counts, else the first.
    `fetched_at` is the moment at which the page was read (naive = KST): relative forms ("3시간 전") need it, and
    a date later than it is refused (with an hour of grace; a day, where it names no zone). A date that cannot
    be (2019.13.01, 25:70, a wrong weekday), a day without a year and the date of something else give None;
    nothing is made up.
    """
    text = text.strip()
    if hit := forms.iso(text):
        value = DateValue(hit.when, hit.precision, text, None, hit.zone_assumed) if hit.when is not None else None
        return value if value and _possible(value, fetched_at) else None
    if not text or len(text) > _LONGEST_TEXT or _site_update(text):
        return None
    hits = forms.scan(text)
    if not hits:
        other = _without_form(text, fetched_at)
        return other if other and _possible(other, fetched_at) else None
    if _NOT_THE_ARTICLE.search(text):
        return None
    found = [value for value in _labelled(text, hits) if _possible(value, fetched_at)]
    for value in found:
        if value.label == "published":
            return value
    if not found or not (found[0].label or _stands_alone(text, hits)):
        return None
    return found[0]


def find_dates(text: str, fetched_at: datetime | None = None, *, info_bar: bool = False) -> tuple[DateValue, ...]:
    """Every labelled date of a line, in order; or the date with a clock that is all the line holds.

    `info_bar` says that the line stands between headline and text: there a date with a clock counts beside
    other words ("강솔 기자 2023. 11. 1. 07:01", "경제 | 2019.04.02 10:22").
    A date printed twice ("2007-05-03 18:022007년 5월 3일 18시 02분", 동아 2007) counts once. `fetched_at`
    is as in `parse_date`. A line without an article date gives an empty tuple.
    """
    hits = forms.scan(text)
    if not hits:
        value = _relative(text.strip(), fetched_at)
        return (value,) if value and (value.label or value.precision != "day") else ()
    if _NOT_THE_ARTICLE.search(text) or _site_update(text):
        return ()
    alone = not _rest(text, hits)
    found: list[DateValue] = []
    for value, hit in zip(_labelled(text, hits), _real(hits), strict=True):
        twice = any(value.value == other.value and value.label in (None, other.label) for other in found)
        if (value.label or ((alone or info_bar) and hit.clock)) and not twice and _possible(value, fetched_at):
            found.append(value)
    return tuple(found)


def is_date_line(line: str) -> bool:
    """Whether the whole line is the date part of an info bar: labels, dates, counters, separators.

    True for "입력 2020.07.13 17:04 | 수정 2020.07.13 17:18" and for a lone "입력 :"; False for any
    sentence, and for an unlabelled "2020년 7월 13일" or "2020.07.13 ~ 07.15", which articles use as
    headings and facts.
    """
    line = line.strip()
    if not line or len(line) > _LONGEST_TEXT:
        return False
    hits = forms.scan(line)
    if not hits:
        if _LABEL_LINE.fullmatch(line):
            return True
        count = _LABELLED_RELATIVE.fullmatch(line)
        return count is not None and count["when"] not in relative.BARE_DAYS
    if _rest(line, hits) or len(_real(hits)) != len(hits):
        return False
    if _LABEL_ANYWHERE.search(line):
        return True
    if any(hit.bare_year and not hit.clock for hit in hits):
        return False
    return len({hit.when.date() for hit in hits if hit.when}) == 1 and (
        not hits[0].worded or any(hit.clock for hit in hits)
    )


def is_view_date(line: str) -> bool:
    """Whether the line is the day on which the page was looked at, or the site last changed.

    "09.26 (목)" (zum), "2025년 06월 19일 (목)" and "UPDATE : 2019.7.22 MON 10:50" (ND Soft headers).
    It says nothing of the article's date.
    """
    line = line.strip()
    if not line or len(line) > 40:
        return False
    if _VIEW_DAY.fullmatch(line) or _site_update(line):
        return True
    hits = forms.scan(line)
    if len(hits) != 1 or hits[0].when is None or not hits[0].weekday or hits[0].clock:
        return False
    return not _rest(line, hits) and not _LABEL_ANYWHERE.search(line)


def _site_update(text: str) -> bool:
    """A site's own last change: the label with a weekday, which articles' own lines do not print."""
    match = _SITE_UPDATE.match(text)
    if match is None:
        return False
    hits = forms.scan(text)
    return len(hits) == 1 and hits[0].weekday and not _rest(text, hits)


def _real(hits: list[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.when is not None]


def _labelled(text: str, hits: list[Hit]) -> list[DateValue]:
    """The possible dates of `hits`, with the labels before them, or behind them if the line has it so."""
    labels = list(_labels_before(text, hits))
    if labels[0] is None and (behind := list(_labels_behind(text, hits)))[-1] is not None:
        labels = behind
    values = []
    for hit, label in zip(hits, labels, strict=True):
        if hit.when is not None:
            raw = text[hit.start : hit.end].strip()
            values.append(DateValue(hit.when, hit.precision, raw, label, hit.zone_assumed))
    return values


def _labels_before(text: str, hits: list[Hit]) -> Iterator[Label | None]:
    last = 0
    for hit in hits:
        yield _label(_LABEL_BEFORE.search(text, max(last - 1, 0), hit.start))
        last = hit.end


def _labels_behind(text: str, hits: list[Hit]) -> Iterator[Label | None]:
    for hit in hits:
        yield _label(_LABEL_BEHIND.match(text, hit.end))


def _label(match: re.Match[str] | None) -> Label | None:
    if match is None:
        return None
    return "modified" if match["modified"] else "published"


def _rest(text: str, hits: list[Hit]) -> str:
    """What the line holds apart from dates, labels, the words of an info bar and separators."""
    parts, last = [], 0
    for hit in hits:
        parts.append(text[last : hit.start])
        last = hit.end
    rest = " ".join((*parts, text[last:]))
    if not rest.strip():
        return ""
    return _SEPARATORS.sub("", _BAR_WORDS.sub("", _LABEL_ANYWHERE.sub("", rest)))


def _stands_alone(text: str, hits: list[Hit]) -> bool:
    """Whether an unlabelled date is what the text is there to tell: no sentence, no event, no caption."""
    rest = _rest(text, hits)
    if not rest:
        return True
    first = hits[0]
    if first.bare_year and not first.clock:
        return False
    return not (len(rest) > _LONGEST_REST or _NOT_AFTER.match(text, first.end) or _SENTENCE_END.search(text))


def _possible(value: DateValue, fetched_at: datetime | None) -> bool:
    return fetched_at is None or value.value <= latest(fetched_at)


def _relative(text: str, fetched_at: datetime | None) -> DateValue | None:
    if fetched_at is None or not (match := _LABELLED_RELATIVE.fullmatch(text)):
        return None
    value = relative.read(match["when"], fetched_at)
    printed = match["before"] or match["behind"]
    if value is None or not printed:
        return value
    return replace(value, label="modified" if _IS_MODIFIED.fullmatch(printed) else "published")


def _without_form(text: str, fetched_at: datetime | None) -> DateValue | None:
    """The date of a text in which `forms` finds none: machine forms, relative ones, then dateparser."""
    if value := _relative(text, fetched_at):
        return value
    label = _LABEL_ANYWHERE.match(text)
    body = text[label.end() :].lstrip(" :|[(") if label else text
    value = machine.read(body) or fallback.read(body)
    return replace(value, label=_label(label)) if value else None
