"""A signature as tokens: names, titles, desks, outlets, places, labels, addresses and marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from newsscrape.korean.agencies import is_outlet, passed_on
from newsscrape.korean.bylines.names import is_desk, is_name
from newsscrape.korean.vocabulary import (
    AUTHOR_LABELS,
    COMPOUND_SURNAMES,
    CREDIT_LABELS,
    DESK_STEMS,
    FIELDS,
    JOURNALIST,
    MAILBOXES,
    PICTURE,
    PLACES,
    PROFESSIONS,
    QUALIFIERS,
    SHARED,
    SURNAMES,
    any_of,
)

Kind = Literal[
    "name", "role", "picture", "desk", "outlet", "place", "section", "qualifier", "author_label",
    "credit_label", "mail", "ignore", "equals", "slash", "comma", "mark", "word",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a signature. `glued` is a title that was printed on the end of a name ("홍길동기자")."""

    kind: Kind
    text: str
    glued: str | None = None


MAIL = (
    r"[A-Za-z0-9][A-Za-z0-9._+\-]*\s?@\s?[A-Za-z0-9][A-Za-z0-9\-]*(?:\.[A-Za-z0-9\-]+)*"
    r"\.(?:[a-z]{2,7}(?![a-z])|[A-Z]{2,7}(?![A-Za-z]))"
)
CUT_MAIL = r"[A-Za-z0-9][A-Za-z0-9._+\-]*@[A-Za-z0-9]*\.?|\[email\s?protected\]"
_PIECE = re.compile(
    rf"(?P<mail>{MAIL})|(?P<cut>{CUT_MAIL})|(?P<equals>[=:])|(?P<slash>/)|(?P<comma>[,、])"
    r"|(?P<mark>[·•|;&+\-~()\[\]【】〔〕<>{}])"
    r"|(?P<word>[가-힣]+|[一-鿿]+|[A-Za-z0-9]+)|(?P<blank>\s+)|(?P<other>.)",
    re.DOTALL,
)
# One word of a signature may mix scripts ("뉴스1", "경남CBS", "IP노믹스"), but an address glued to a title
# ("홍길동 기자hong@x.com") is a token of its own: addresses are looked for first.
_WORD = re.compile(r"[가-힣一-鿿A-Za-z0-9]+(?:[&.'’\-](?=[A-Za-z0-9])(?<=[A-Za-z][&.'’\-])[A-Za-z0-9]+)*")
_GLUED_MAIL = re.compile(rf"(?P<before>[가-힣]+)(?:{MAIL}|{CUT_MAIL})")
_TITLES = any_of([*JOURNALIST, *SHARED])
_PLAIN_ROLE = re.compile(
    rf"(?:(?:{any_of(FIELDS)})*(?:전문|선임|담당|책임))?(?:{any_of(QUALIFIERS)})*(?:{_TITLES})"
    rf"|(?:{any_of(FIELDS)})(?:기자|작가|평론가|칼럼니스트|에디터|크리에이터)"
)
_DESK_HEAD = re.compile(r"(?P<desk>[가-힣]{2,6}?[0-9]?(?:부|팀|국|실))(?P<role>장|차장|부장|기자|선임기자)")
# "뉴욕특파원"
_PLACE_POST = re.compile(r"(?P<place>[가-힣]{2,8})(?P<role>특파원|통신원|주재기자|주재)")
_IGNORED = frozenset(
    [
        "단독", "속보", "종합", "전국종합", "현장", "르포", "칼럼", "기고", "공감언론", "글로벌", "외", "명", "씨",
        "이메일", "메일", "E", "email", "Email", "EMAIL", "mail", "E-mail", "e-mail", "E-Mail", "E-MAIL",
        "By", "by", "BY",
    ]
)  # fmt: skip
_STRANGE = 3  # so many words in a row: two may be a foreigner's name
_PUNCTUATION: dict[str | None, Kind] = {"equals": "equals", "slash": "slash", "comma": "comma", "mark": "mark"}


def is_mailbox(address: str) -> bool:
    """True when the address is a desk's, not a person's: "news@…", "jebo@…"."""
    local = address.partition("@")[0].lower().rstrip("0123456789")
    return local in MAILBOXES or "jebo" in local


@lru_cache(maxsize=4096)
def classify(word: str) -> Token:
    """What one word of a signature is. Words that a signature has no place for are of kind "word"."""
    if word in PICTURE:
        return Token("picture", word)
    if _PLAIN_ROLE.fullmatch(word):
        return Token("role", word)
    if word in CREDIT_LABELS:
        return Token("credit_label", word)
    if word in AUTHOR_LABELS:
        return Token("author_label", word)
    if word in _IGNORED:
        return Token("ignore", word)
    if word in PLACES:
        return Token("place", word)
    if word in DESK_STEMS or word in FIELDS:
        return Token("section", word)
    if word in QUALIFIERS:
        return Token("qualifier", word)
    if is_desk(word):
        return Token("desk", word)
    if wire := passed_on(word):
        return Token("outlet", wire)
    if is_outlet(word):
        return Token("outlet", word)
    if is_name(word):
        return Token("name", word)
    return _split(word)


def _split(word: str) -> Token:
    """A name with its title glued to it, a post with its place ("뉴욕특파원"), a desk's head ("정치부장")."""
    if (post := _PLACE_POST.fullmatch(word)) and post["place"] in PLACES:
        return Token("role", post["role"])
    for picture in PICTURE:
        if word.endswith(picture) and is_name(word[: -len(picture)]):
            return Token("name", word[: -len(picture)], picture)
    if (head := _DESK_HEAD.fullmatch(word)) and is_desk(head["desk"]):
        return Token("role", word)
    for length in (3, 2, 4):
        name, role = word[:length], word[length:]
        if role and is_name(name, long=True) and _PLAIN_ROLE.fullmatch(role):
            return Token("name", name, role)
    return Token("word", word)


def tokens(text: str) -> list[Token] | None:
    """The tokens of a signature, in order; None where it can be none.

    That is where it holds a mark that no signature has ("?", "▲", "…"), or words in a row that are neither names nor
    anything else that one is made of, as every sentence does: it is not read to its end. `text` is folded (see
    `korean.characters.fold`).
    """
    found: list[Token] = []
    position, end = 0, len(text)
    strange = 0  # unknown words in a row; a credit may name anybody
    credited = False
    while position < end:
        piece = _PIECE.match(text, position)
        assert piece is not None  # the last branch takes any character
        kind, value = piece.lastgroup, piece.group()
        if kind == "word":
            word = _WORD.match(text, position)
            value = word.group() if word else value
            # An address may be glued behind: leave its letters to it.
            if (glued := _GLUED_MAIL.match(text, position)) and glued.end("before") < position + len(value):
                value = glued["before"]
            token = classify(value)
            found.append(token)
            credited = credited or token.kind == "credit_label"
            if token.kind != "word" or len(value) == 1 or value in COMPOUND_SURNAMES:
                strange = 0
            elif (strange := strange + 1) == _STRANGE and not credited:
                return None
        elif kind == "mail":
            found.append(Token("mail", re.sub(r"\s", "", value)))
        elif kind == "cut":
            found.append(Token("mail", ""))
        elif kind in _PUNCTUATION:
            found.append(Token(_PUNCTUATION[kind], value))
        elif kind == "other" and value not in ".'\"*":
            return None
        if kind not in ("word", "blank"):
            strange = 0
        position += len(value)
    return _join_posts(_join_single_syllables(found))


def _join_single_syllables(found: list[Token]) -> list[Token]:
    """ "김 구 기자", "남궁 솔 기자": a surname and a given name, set apart, are one name."""
    for at in range(len(found) - 2):
        first, second, third = found[at : at + 3]
        single = first.kind == second.kind == "word" and first.text in SURNAMES and len(second.text) == 1
        double = first.text in COMPOUND_SURNAMES and second.kind in ("name", "word") and len(second.text) <= 2
        if third.kind == "role" and (single or double) and not second.glued:
            name = Token("name", first.text + second.text)
            return [*found[:at], name, *_join_single_syllables(found[at + 2 :])]
    return found


def _join_posts(found: list[Token]) -> list[Token]:
    """ "이도윤 기자·의사": the profession behind a title belongs to it."""
    for at in range(len(found) - 2):
        title, dot, other = found[at : at + 3]
        printed = title.glued or (title.text if title.kind == "role" else None)
        if printed and dot.text == "·" and other.text in PROFESSIONS:
            role = f"{printed}·{other.text}"
            joined = Token("name", title.text, role) if title.glued else Token("role", role)
            return [*found[:at], joined, *_join_posts(found[at + 3 :])]
    return found
