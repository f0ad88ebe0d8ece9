"""Signatures glued to the last sentence, and lines that are nothing but a signature."""

from __future__ import annotations

import re

from newsscrape.korean.bylines.dateline import is_dateline_only
from newsscrape.korean.bylines.forms import english, sign_off
from newsscrape.korean.bylines.names import is_name
from newsscrape.korean.bylines.outside import is_labelled_writer
from newsscrape.korean.bylines.signature import MAX_LENGTH, read_signature
from newsscrape.korean.captions import is_credit
from newsscrape.korean.vocabulary import JOURNALIST, WIRES, any_of

TAIL = 150  # letters within which a signature behind the last sentence begins
# Every form begins with a plain letter: such patterns are searched many times as fast as others.
_HINT = re.compile(
    rf"@|=|email\s?protected|/ ?사진|{any_of([*JOURNALIST, '뉴스팀', '뉴스룸', '이슈팀', '취재단', '기자단'])}"
)
_HINT_HEADS = ("By ", "BY ", "Written by ", "Reported by ", "Words by ", "Story by ")
_HINT_ENDS = tuple("팀부단국룸봇실")
_TAIL_HINT = re.compile(rf"@|email\s?protected|사진|ⓒ|자료|제공|금지\W*$|{any_of(JOURNALIST)}")
_TAIL_HINT_ENDS = (*")]>】＞팀단룸봇", *WIRES)
_SENTENCE_ENDS = ("다.", "요.", "죠.", "까?", "다.”", "요.”", '다."', "다.’")
# "강솔 / 사진출처 한빛구단 인스타그램" (iMBC 연예, 2023): what stands before the credit can only be the writer.
CREDIT_BEHIND = re.compile(r"(?<=[가-힣)])\s?/\s?(?:사진|영상|이미지|자료)\s?(?:출처|제공|캡처|[=:])\s?[^/@.]+$")
_PLACE_BAR = re.compile(
    r"^(?P<place>[가-힣]{2,8})(?:\([가-힣]+\))?\s?[|｜ㅣ]\s?(?=[가-힣]{2,4}\s?[가-힣]{0,4}(?:기자|특파원))"
)
_PERSONNEL = re.compile(r"[▲△◇◆○□▽▼ㅇ◦]")
# Where a sentence has ended: after Hangul (or a closing quote or bracket) and a full stop, or after the
# closing quote or bracket of a whole sentence.
_END = re.compile(
    r"(?<=[가-힣A-Za-z%”’\"')\]])[.?!]+[”’\"')\]]*|(?<=[다요죠까])[”’\"']|(?<=[.?!])\s?[(\[][^()\[\]]{1,30}[)\]]"
)
_BRACKETED = re.compile(r"\s*[(\[<【＜〈][^()\[\]<>【】＜＞〈〉]{1,60}[)\]>】＞〉]\s*$")
_MARKS = r"[\s()\[\]<>【】＜＞/|=·\-☞◎]*"
_AGENCY_LINE = re.compile(
    rf"{_MARKS}(?:(?:{any_of(WIRES)})(?:\s?[=/]\s?|\s))?(?:{any_of(WIRES)}){_MARKS}|\W*(?:끝|END)\W*"
)
_COPYRIGHT = re.compile(
    r"\s*[<\[(【＜〈※\-]*\s?(?:저작권자?|Copyrights?|COPYRIGHT|ⓒ|©)[^.]{0,100}(?:금지|reserved)\W*$"
)


def is_byline(line: str) -> bool:
    """True when the whole line is a signature: names with titles, an address, a desk, a dateline.

    False for sentences, captions, credits, and for personnel and obituary lists ("▲정치부장 홍길동"). A
    broadcaster's sign-off ("KBS 뉴스 김솔입니다.") is spoken, and so a sentence of the script; with an address
    in it ("YTN 김솔[sol@ytn.co.kr]입니다.") it is a byline.
    """
    line = with_place(line)
    if line.endswith(("다.", "요.")):
        return "@" in line and len(line) < 70 and sign_off(line) is not None
    if len(line) > MAX_LENGTH or _PERSONNEL.match(line):
        return False
    if not (_HINT.search(line) or line.startswith(_HINT_HEADS) or line.endswith(_HINT_ENDS)):
        return (len(line) < 30 and _is_agency(line)) or is_labelled_writer(line)
    if is_credit(line):
        return False
    if named := CREDIT_BEHIND.search(line):
        return is_name(line[: named.start()].strip()) or is_byline(line[: named.start()].strip())
    signature = read_signature(line)
    if signature is None and line[0] in "([【<＜":
        signature = read_signature(line.strip("([【<＜)]】>＞ "), loose=True)
    if signature is not None:
        return signature.sure and len(signature.authors) <= 12
    return bool(english(line)) or sign_off(line) is not None or is_dateline_only(line)


def is_mailed_byline(line: str) -> bool:
    """True when the whole line is a reporter's signature with an address: no such line is text, wherever it stands."""
    if "@" not in line or not is_byline(line):
        return False
    signature = read_signature(line)
    return signature is not None and any(author.email for author in signature.authors)


def with_place(line: str) -> str:
    """The line with a place before a bar written as before "=": "한빛 | 강솔 기자" (스포츠동아, 스포츠서울)."""
    return _PLACE_BAR.sub(r"\g<place>=", line) if "|" in line or "｜" in line or "ㅣ" in line else line


def _is_agency(line: str) -> bool:
    return _AGENCY_LINE.fullmatch(line) is not None


def split_signature(paragraph: str) -> tuple[str, str | None]:
    """Splits what stands behind the last sentence of a paragraph off it: (rest, tail).

    `tail` is a signature, an address, an agency's name, a credit in brackets, or several of them; None
    (and the paragraph as it was) when the paragraph ends with its last sentence, when the sentence before
    has no final mark ("…기획한 사람은 신동해 기자"), or when anything in the tail is not understood.
    """
    start = max(0, len(paragraph) - TAIL)
    if paragraph.endswith(_SENTENCE_ENDS):
        return paragraph, None
    if not (paragraph.endswith(_TAIL_HINT_ENDS) or _TAIL_HINT.search(paragraph, start)):
        return paragraph, None
    if len(paragraph) <= MAX_LENGTH and is_byline(paragraph):
        return paragraph, None
    for end in _END.finditer(paragraph, start):
        tail = paragraph[end.end() :].strip()
        if not tail:
            break
        if not _quoting(paragraph[: end.end()]) and _is_tail(tail):
            return paragraph[: end.end()].rstrip(), tail
    return paragraph, None


def _quoting(text: str) -> bool:
    """True when a quotation is still open at the end of `text`."""
    return text.count("“") > text.count("”") or text.count("‘") > text.count("’") or text.count('"') % 2 == 1


def _is_tail(tail: str) -> bool:
    """True when `tail` is made of signatures, credits and agency names only."""
    while tail:
        if _is_piece(tail):
            return True
        shorter = _COPYRIGHT.sub("", tail)
        if shorter == tail:
            bracket = _BRACKETED.search(tail)
            if bracket is None or not _is_piece(bracket.group().strip()):
                return False
            shorter = tail[: bracket.start()]
        tail = shorter.strip()
    return True


def _is_piece(piece: str) -> bool:
    return _is_agency(piece) or is_credit(piece) or is_byline(piece)
