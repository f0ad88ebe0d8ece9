"""Writers whom the bar below a headline names by what they did, without a reporter's title.

"글·사진 강솔", "에디터 강솔", "by 강솔", "작성자" and the name on the next line: magazines, blogs and newsletters.
"""

from __future__ import annotations

import re

from newsscrape.article import Author
from newsscrape.korean.bylines.names import is_name
from newsscrape.korean.bylines.outside import outside_writer
from newsscrape.korean.bylines.signature import read_signature

_LABEL = (
    r"(?:글쓴이|작성자|작성(?=\s?[:：])|등록자|기자명|필자|에디터|"
    r"(?i:(?:words|written|text|story|reported) by|editor|writer|by))"
)
_LABEL_LINE = re.compile(r"(?:글쓴이|작성자|등록자|기자명|필자|에디터|(?i:editor|writer))\s?[:：]?")
_NAMED = re.compile(
    rf"(?:^|[\s\d][·•|/—-]\s?){_LABEL}\s?[.:：_|]?\s?(?P<name>[가-힣]{{2,4}})(?=$|[\d|·•,]|\s(?:[\d|·•—]|[A-Z][a-z]{{2}}\s\d))"
)
_SURE = re.compile(r"사진|영상|그림|삽화|일러스트|\d{4}|[A-Za-z]|글쓴이|작성자|등록자|기자명|\(")
_STARTS = ("글 ", "글·", "글_", "글=", "글/")
_LONGEST = 40
_DONE = r"(?:사진|영상|그림|삽화|일러스트)"
# "글 강솔", "글·사진 강솔", "글 강솔 사진 도가람": names of three syllables, for a sentence may begin with 글, too.
_WROTE = re.compile(
    rf"글(?:\s?[·/,&]\s?{_DONE})*(?:\s?[:=_./]\s?|\s)(?P<name>[가-힣]{{2,4}})"
    rf"(?:\s?[|·/,]?\s?{_DONE}\s?[:=_]?\s?[가-힣]{{2,4}}){{0,2}}(?=\s*$|\s*[\d|])"
)


def writers(text: str) -> list[Author]:
    """The writer whom a line between headline and text names behind what he did; [] for any other line."""
    if found := _NAMED.search(text) or _WROTE.match(text):
        return [Author(name=found["name"], raw=text)] if is_person(found["name"]) else []
    if not text.startswith(_STARTS) or len(text) > _LONGEST:
        return []
    if signature := read_signature(text):
        return list(signature.authors)
    return [writer] if (writer := outside_writer(text)) else []


def signs(text: str) -> bool:
    """Whether a line inside a text is surely its signature: "글·사진 강솔", but not "글 이야기", a heading."""
    return _SURE.search(text) is not None and bool(writers(text))


def is_label(text: str) -> bool:
    """Whether a line is the label of the writer who stands on the next one."""
    return _LABEL_LINE.fullmatch(text) is not None


def is_person(word: str) -> bool:
    """Whether a word without a title is a name: what ends like a place or a part of a newsroom is none ("서울시")."""
    return is_name(word) and word[-1] not in "시도군구읍면동부팀국실판권계"
