"""Writers from outside the newsroom, by name, institution and post: "홍길동 한빛대 경제학과 교수", "홍길동/변호사"."""

from __future__ import annotations

import re

from newsscrape.article import Author
from newsscrape.korean.agencies import is_outlet
from newsscrape.korean.bylines.names import is_name
from newsscrape.korean.vocabulary import AUTHOR_LABELS, CONTRIBUTOR, FIRST_NAMES, ORGANISATIONS, POSTS, any_of

_LONGEST = 50
_WORD = "[가-힣A-Za-z0-9·&]"
_LABEL = re.compile(rf"(?:{any_of(AUTHOR_LABELS)})\s?[/=:|.]\s?")
_SPACED_LABEL = re.compile(r"글\s(?=[가-힣]{2,4}\s?[(/])")  # "글 홍길동(소설가)"
_WRITER = re.compile(
    rf"(?P<name>(?:{any_of(FIRST_NAMES)})\s[가-힣]{{1,6}}|[가-힣]{{2,4}}|[가-힣]\s[가-힣]{{1,2}}(?=\s?[/|]))(?P<mark>\s?[/(,·|]\s?|\s)"
    rf"(?P<where>(?:{_WORD}+\s){{0,5}}?{_WORD}*?)(?P<apart>\s?)(?P<role>{any_of(CONTRIBUTOR)})"
    r"(?:·(?P<field>[가-힣]{2,8}))?\)?"
)
# "홍길동·한빛시 나루동", "홍길동(한빛시 나루동)": readers sign with the place where they live.
_READER = re.compile(
    r"(?P<name>[가-힣]{2,4})\s?[·/(,]\s?(?P<home>(?:[가-힣]{2,5}(?:시|도|군|구)\s)[가-힣0-9]{1,6}(?:시|군|구|읍|면|동|로|길))\)?"
)
# "연세의료원장" is the head of 연세의료원: the syllables before 장 belong to the institution too.
_HEADS = ("원장", "회장", "소장", "관장", "청장", "센터장")
_FOREIGN = re.compile(rf"(?:{any_of(FIRST_NAMES)})\s[가-힣]+")
_POLITICAL = ("당", "국회", "대통령실", "청와대")
# "노동팀장" heads a team: what stands before 팀장 is the team, no institution.
_UNITS = ("팀장", "부장", "본부장")
_PARTICLES = ("은", "는", "을", "를", "의", "에서", "에게", "으로", "된", "던")
_MARKS = " •■▶※*/|-[](){}<>【】"


def outside_writer(text: str) -> Author | None:
    """The outside writer whom the whole line names with post and institution; None for any other line.

    What stands between name and post must be an institution's name, or follow a mark ("홍길동/한빛 대표"). A label
    may stand in front ("정리/홍길동 한빛연구소 연구위원"). Who holds a post of public life is none without the one
    or the other ("홍길동 위원장"), and a politician only behind a mark: such lines stand in the news itself.
    """
    if reader := _READER.fullmatch(text.strip(_MARKS)):
        return Author(name=reader["name"], affiliation=reader["home"], raw=text) if is_name(reader["name"]) else None
    stripped, labels = _LABEL.subn("", text.strip(_MARKS), count=1)
    stripped = _SPACED_LABEL.sub("", stripped, count=1)
    if len(stripped) > _LONGEST or not (found := _WRITER.fullmatch(stripped)):
        return None
    name, where, role = found["name"], found["where"].strip(), found["role"]
    if not _FOREIGN.fullmatch(name):
        name = name.replace(" ", "")
        if not is_name(name):
            return None
    if where and not found["apart"] and role in _HEADS:
        where += role[:-1]
    elif not found["apart"] and role in _UNITS and " " in where:
        where, _, unit = where.rpartition(" ")
        role = unit + role
    words = where.split()
    marked = bool(labels) or not found["mark"].isspace()
    if not marked and found["role"] in POSTS and (not words or words[0].endswith(_POLITICAL)):
        return None
    known = any(word.endswith(ORGANISATIONS) or is_outlet(word) for word in words)
    if words and found["mark"].isspace() and not known:
        return None
    if any(word.endswith(_PARTICLES) and len(word) > 2 for word in words):
        return None
    return Author(name=name, role=role, affiliation=where or None, raw=text)


def is_labelled_writer(text: str) -> bool:
    """True for an outside writer behind a label: "정리/홍길동 한빛연구소 연구위원"."""
    return _LABEL.match(text) is not None and outside_writer(text) is not None
