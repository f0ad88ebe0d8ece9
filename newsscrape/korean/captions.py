"""Captions and credits of pictures: what is shown, and who took or supplied it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from newsscrape.korean.agencies import is_outlet
from newsscrape.korean.vocabulary import NOT_NAMES, WIRES, any_of


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption read: its text without the credit, the credit ("한빛시", "연합뉴스"), and the line as printed."""

    caption: str
    credit: str | None
    raw: str


# Credits are looked for at every letter of a line's end, and most letters begin none: lookaheads say so at once.
_LABEL_INITIALS = r"\s영사취편촬뉴오드자리이그도표일삽화디C출제Pp"
_LABEL = (
    rf"(?=[{_LABEL_INITIALS}])(?:"
    r"(?:영상|사진)?\s?(?:취재|편집|촬영)(?:기자)?|(?:영상)?디자인|뉴스그래픽|오디오|드론|자료조사|리서처"
    r"|(?:사진|이미지|영상|자료|그래픽|도표|표|일러스트|삽화|그림|화면|CG)(?:\s?(?:제공|출처|캡처|캡쳐|사진|화면|자료|디자인))?"
    r"|출처|제공|Photo|PHOTO|photo)"
)
_VALUE = r"[^\[\]()<>.!?。“”\"=]{1,40}?"
_WIRE_INITIALS = "".join(sorted({wire[0] for wire in WIRES}))
_WIRES = rf"(?=[{_WIRE_INITIALS}])(?:{any_of(WIRES)})"
_STOCKS = (
    r"게티이미지(?:뱅크|코리아)?|셔터스톡|이미지투데이|클립아트코리아|픽사베이|언스플래시|아이클릭아트|"
    r"Gettyimages(?:Bank|Korea)?|Getty Images|gettyimagesbank|Shutterstock|shutterstock|Pixabay|Unsplash"
)
_STOCK_INITIALS = "게셔이클픽언아GgSsPU"
_STOCK = rf"(?=[{_STOCK_INITIALS}])(?:{_STOCKS})"
_DATE = r"\d{4}[.\-]\s?\d{1,2}[.\-]\s?\d{1,2}\.?"
_MAIL = r"[A-Za-z0-9._\-]+@[A-Za-z0-9.\-]+\.[a-z]{2,}"
_NO_REUSE = r"[*※\s]*(?:재판매|재배포)\s?(?:및|,)?\s?DB\s?금지"
_BY_WIRE = rf"(?:(?:{_WIRES})\s?[=/·]\s?)?(?:{_WIRES})"
# Forms that only a picture's credit takes; each stands at the end of a caption or is the whole line.
_FORMS = (
    rf"[\[(<【]\s?(?:{_LABEL})(?:\s?[=:/]\s?|\s){_VALUE}(?:[.]?\s?{_NO_REUSE})?\s?[\])>】]",
    rf"[/|]?\s?(?:{_LABEL})\s?[=:/]\s?{_VALUE}(?:\s?{_MAIL})?",
    rf"(?:역주|번역|옮긴이)\s?[=:/]\s?{_VALUE}(?:\s\S{{1,30}}@\S{{2,40}})?",
    rf"[/|]\s?(?:{_LABEL})\s{_VALUE}",
    rf"[\[(<【]\s?{_VALUE}=?{_VALUE}(?:자료\s?사진|자료\s?화면|제공|캡처|캡쳐|갈무리)(?:[.\s]*{_NO_REUSE})?\s?[\])>】]",
    r"[\[(/]?\s?[ⓒ©]\s?(?:\(주\)\s?|㈜\s?)?[가-힣A-Za-z0-9][^.!?\[\]<>]{1,40}[\])]?",
    rf"(?:{_DATE})?\s?[/|]\s?(?:{_WIRES})\s?[ⓒ©]\s?News1(?:\s?[가-힣]{{2,4}}\s?기자)?",
    rf"(?:{_DATE})\s?[/|]?\s?(?:{_WIRES})",
    rf"(?:{_DATE})?\s?{_MAIL}\s?{_NO_REUSE}",
    rf"{_DATE}\s?{_MAIL}",
    rf"[\[(<【/|]?\s?(?:{_STOCK})\s?[\])>】]?",
    rf"(?:{_WIRES})\s?[=/]\s?(?:{_WIRES})",
    rf"{_BY_WIRE}\s?자료\s?사진",
    r"(?<=[.”\"])\s?(?:[가-힣A-Za-z0-9·&]{2,14}\s){1,3}?(?:제공|캡처|캡쳐|갈무리|자료\s?사진)",
    r"[*※]\s?재판매 및 DB 금지",
    r"/\s?[가-힣]{1,6}\s?DB",
)
# Forms that a reporter's signature takes as well: a credit only in a place where captions stand.
_WEAK_FORMS = (
    rf"[\[(<【]\s?{_BY_WIRE}\s?[\])>】]",
    rf"[/|]\s?(?:[가-힣]{{2,4}}\s?)?(?:{_WIRES})?{_BY_WIRE}",
    rf"(?<=[.”\"])\s?{_BY_WIRE}",
    r"/\s?[가-힣A-Za-z0-9· ]{2,16}\s(?:제공|(?:방송\s?)?화면(?:\s?(?:캡처|캡쳐))?|캡처|캡쳐|갈무리)",
    r"[<\[(/]\s?(?:[가-힣]{2,6}(?:일보|신문|경제|뉴스)?\s)?[가-힣]{2,4}\s?기자\s?[>\])]?",
)
# What a form can begin with, but for the one behind a sentence's end.
_BEGINS = rf"[\[(<【/|ⓒ©*※\dA-Za-z._\-{_LABEL_INITIALS}{_STOCK_INITIALS}{_WIRE_INITIALS}역번옮]"
_STRONG_TAIL = re.compile(
    rf"(?:^|(?<=[.\])\s”’\"'가-힣/A-Za-z]))(?:(?={_BEGINS})|(?<=[.”\"]))\s?(?:{'|'.join(_FORMS)})\s?[.]?$"
)
_WEAK_TAIL = re.compile(rf"(?:{'|'.join(_WEAK_FORMS)})\s?[.]?$")
# "[한빛=뉴시스] 강솔 기자 = 11일 ...": a picture's dateline names who took it.
_HEAD = re.compile(
    rf"[\[(【]\s?[가-힣·]{{2,12}}\s?=\s?(?P<wire>{_WIRES})\s?[\])】]\s*(?:(?P<by>[가-힣]{{2,4}}\s?(?:사진)?기자)\s?=\s*)?"
)
_ANGLES = str.maketrans("〈〉＜＞［］｜ㅣ", "<><>[]||")
_DAY_BEHIND = re.compile(r"(?<=[A-Za-z])\s?/\s?\d{4}\.\d{1,2}\.\d{1,2}\.?\s?/?$")  # "... sol@x.example/2019.05.22/"
_PLACE_LEFT = re.compile(r"(?<=[.”])\s[가-힣]{2,8}$")  # "...있다. 한빛 | AP연합뉴스": the place goes, too
_END = 100  # letters at the end of a caption within which its credit stands
_REPORTER = r"(?P<name>[가-힣]{2,4}\s?(?:사진|선임|인턴)?기자)"
# "...있다. 강솔 기자 sol@x", "...있다. /강솔 기자", "...있다. 한빛 | 강솔기자 sol@x"
_SIGNED = re.compile(
    rf"(?<=[.”\"\d])\s?(?:{_REPORTER}\s?\(?{_MAIL}\)?"
    rf"|(?:/\s?|[가-힣]{{2,8}}\s?[=|]\s?){_REPORTER.replace('name', 'placed')}(?:\s?\(?{_MAIL}\)?)?)$"
)
_COMPANY = re.compile(r"\(주\)\s?|㈜\s?")
_TITLED = re.compile(r"^([가-힣]{2,4}?)\s?((?:사진|선임|인턴)?기자)$")
_MAIL_BEHIND = re.compile(r"(?<=기자)\s*\(?[A-Za-z][\w.+-]*@\S*$")
_EDGES = re.compile(r"^[\s\[(<【/|ⓒ©:=]+|[\s\])>】/|.,*※]+$")
_INNER = re.compile(
    rf"{_MAIL}|^(?:{_LABEL})(?:\s?[=:/|ㅣ]\s?|\s|$)|{_DATE}\s?[/|]?\s?|[.]?\s?{_NO_REUSE}"
    r"|\s?(?:제공|자료\s?사진|자료\s?화면)(?:[.\s]|$)|[ⓒ©]\s?News1"
)
# Every form begins with a plain letter: such a pattern is searched many times as fast as others.
_HINT = re.compile(rf"=|/|@|ⓒ|©|:|\]|>|\)|】|\||ㅣ|기자$|제공|자료|금지|{_STOCKS}|{any_of(WIRES)}")
# What each of the strong forms holds: few signatures have it, which are asked most often.
_STRONG_HINT = re.compile(
    "취재|편집|촬영|디자인|뉴스그래픽|오디오|드론|자료|리서처|사진|이미지|영상|그래픽|도표|표|일러스트|삽화|그림|화면|CG"
    r"|출처|제공|Photo|PHOTO|photo|역주|번역|옮긴이|캡처|캡쳐|갈무리|ⓒ|©|금지|DB|"
    rf"{'|'.join(f'{digit}[0-9][0-9][0-9][.-]' for digit in range(10))}|{_STOCKS}|{any_of(WIRES)}"
)
# Several credits in a row, "촬영기자:김솔/영상편집:박별"; without colons only in a bracket,
# "[영상취재 김솔 영상편집 박별]".
_STAFF = r"(?:영상|사진)?\s?(?:취재|편집|촬영)(?:기자)?|영상디자인|그래픽|구성|CG"
_CREDITS = re.compile(
    rf"[(\[<※]?\s?(?:(?:{_LABEL})(?:[·,]\s?(?:{_LABEL}))?\s?[=:]\s?[가-힣A-Za-z·\s]{{2,20}}?(?:\s?기자)?\s?[,/·|]?\s?)+[)\]>]?"
    rf"|[(\[]\s?(?:(?:{_STAFF})\s[가-힣·\s]{{2,30}}?\s?[,/·|]?\s?)+[)\]]"
)
_LABELLED = re.compile(
    rf"(?:{_LABEL})(?:\s?[|ㅣ]\s?(?P<barred>[가-힣]{{2,4}})(?:\s?기자)?"
    rf"|\s(?P<titled>[가-힣]{{2,4}})\s?(?:사진|영상)?기자)"
)
_SUPPLIED = re.compile(r"(?:사진\s?)?(?P<name>[가-힣A-Za-z0-9·&\s]{2,20}?)\s제공")
_UNRELATED = r"[와과]\s(?:직접\s)?(?:무관|관련\s?(?:이\s)?없)"  # "기사 내용과 무관한 사진."
_SHOWS = re.compile(
    r"(?:고|어|아|여|해|서) 있(?:다|는 모습)[.]?\s?$|(?:모습|모습이다|전경|장면|조감도)[.]?\s?$"
    r"|기념\s?(?:촬영|사진)[^.]{0,12}[.]?$|"
    rf"{_UNRELATED}[^.]{{0,12}}[.]?\s?$"
)
_SHOWS_INSIDE = re.compile(
    rf"(?:고|어|아|여|해|서) 있(?:다|는)|모습|전경|장면|조감도|기념\s?(?:촬영|사진)|{_UNRELATED}"
)
_SENTENCE = re.compile(r"[다요][.](?=\s|$)")
# Whatever short stands behind the full stop of a caption names who took or gave the picture: "…있다. 강솔 기자",
# "…조감도. <가온테크>", "…있다. /한빛시". A day is nobody.
_BEHIND = re.compile(
    r"(?<=[.”\"’)])\s*(?P<name>/\s?[^\s/.][^/.]{1,18}|[<\[(][^<>\[\]().]{2,18}[>\])]|/[^/.]{2,14}/|(?<=\s)(?!\d)[^\s.“”\"()][^.“”\"()]{1,18})$"
)
# "직원 가운데", "오른쪽 무릎" are ordinary words: only an order or a bracket makes them a place in a picture.
_POSITION = re.compile(
    r"[(（][^()（）]{0,12}(?:오른쪽|왼쪽|가운데)[^()（）]{0,12}[)）]|(?:왼쪽|오른쪽)(?:부터|에서\s?(?:첫|두|세|네|다섯|여섯))"
    r"|(?:왼쪽|오른쪽)\s(?:첫|두|세|네|다섯|여섯)\s?번째|사진\s?(?:왼쪽|오른쪽|가운데|위|아래)"
)


def _value(credit: str) -> str | None:
    """Who is named in a credit as printed: "[사진=한빛시 제공]" names 한빛시; None where nobody is named."""
    inner = _EDGES.sub("", _MAIL_BEHIND.sub("", _COMPANY.sub("", credit)))
    named = _EDGES.sub("", _INNER.sub(" ", inner)).strip()
    return " ".join(named.split()) or None


class _Tail(NamedTuple):
    """Credits at the end of a line: what each of them holds, which is found soon, and their forms."""

    hint: re.Pattern[str]
    form: re.Pattern[str]


_STRONG = _Tail(_STRONG_HINT, _STRONG_TAIL)
_WEAK = _Tail(_HINT, _WEAK_TAIL)


def _split(line: str, tail: _Tail) -> tuple[str, str | None]:
    """The line without the credits at its end, and the first of them that names somebody."""
    credit = None
    while line and tail.hint.search(line) and (found := tail.form.search(line, max(0, len(line) - _END))):
        credit = _value(found.group()) or credit
        line = line[: found.start()].rstrip(" /|")
    return line, credit


def read_caption(text: str) -> Caption:
    """Splits a caption from its credit. The credit is None where none is printed.

    Ask only of text that stands as a caption: a bare "/연합뉴스" is a credit here, a signature elsewhere.

    >>> read_caption("기념촬영을 하고 있다./제공=한빛시").credit
    '한빛시'
    """
    line = " ".join(text.split())
    if line[:1] == "[" and line[-1:] == "]" and line.count("[") == 1:
        line = line[1:-1].strip()  # "[다온카드 본사 (사진=연합뉴스)]"
    form = _DAY_BEHIND.sub("", line.translate(_ANGLES))  # credits in any brackets, behind any bar
    if "기자" in form and (signed := _SIGNED.search(form)):
        name = _TITLED.sub(r"\1 \2", signed["name"] or signed["placed"])
        return Caption(line[: signed.start()].rstrip(), name, text)
    rest, credit = _split(form, _STRONG)
    caption = line[: len(rest)]  # with the brackets that it is printed with
    if credit is None:
        caption, credit = _split(caption, _WEAK)
    if credit is None and (behind := _BEHIND.search(caption)):
        caption, credit = caption[: behind.start()].rstrip(), _value(behind["name"])
    if credit is not None:
        caption = _PLACE_LEFT.sub("", caption)
    if head := _HEAD.match(caption):
        caption, credit = caption[head.end() :], head["by"] or credit or head["wire"]
    return Caption(caption, credit, text)


def is_credited(line: str) -> bool:
    """True when a credit that no signature looks like ("사진=", "ⓒ", "제공") ends the line, or is all of it."""
    plain = " ".join(line.split())
    return _split(plain, _STRONG)[0] != plain


def is_credit(line: str) -> bool:
    """True when the line is nothing but a credit: "사진=연합뉴스", "ⓒ 뉴시스", "(영상취재 : 김솔, 영상편집 : 박별)"."""
    if len(line) > 120 or line.endswith("다.") or not _HINT.search(line):
        return False
    stripped = line.strip()
    if (labelled := _LABELLED.fullmatch(stripped)) and (labelled["barred"] or labelled["titled"]) not in NOT_NAMES:
        return True
    if _CREDITS.fullmatch(stripped) or not _split(stripped, _STRONG)[0]:
        return True
    supplied = _SUPPLIED.fullmatch(stripped)
    return supplied is not None and (is_outlet(supplied["name"]) or len(supplied["name"].split()) == 1)


def looks_like_caption(line: str) -> bool:
    """True when the line is surely a picture's caption, not a sentence of the article.

    Asked for are both what captions say ("…하고 있다", "…모습") and a sign that a picture is meant: a
    credit at the end, or words for a place in it ("왼쪽에서 두 번째"). A bare agency name is no such sign, for
    a signature looks the same; beside a place in the picture it is ("강솔(왼쪽)이 상을 받았다. /연합뉴스").
    """
    placed = _POSITION.search(line) is not None
    if len(line) > 300 or not (placed or _SHOWS_INSIDE.search(line)):
        return False
    caption, _ = _split(line, _STRONG)
    if caption != line:
        return _SHOWS.search(caption) is not None
    if len(_SENTENCE.findall(caption)) > 1:
        return False
    caption, credit = _split(caption, _WEAK)
    return placed and (credit is not None or _SHOWS.search(caption) is not None)
