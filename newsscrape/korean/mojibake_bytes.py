"""Reads the CP949 bytes behind a text that was taken for Latin-1, also where bytes are merged or lost.

A character of such a text may stand for one byte, or, where a fixer merged a pair that happened to be
valid UTF-8, for the bytes of its UTF-8 form. Which reading is right is decided for a whole text by the
likeliest sequence (Viterbi), scored by how ordinary the syllables are that come out.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

# The everyday syllables of news prose, the most frequent first, written down from knowledge of the language.
_RANKED = (
    "이다는의에을가고를한하도은지서로사그기자대인리아해일어수나시있었정들부만것보상여라과주전오안장제적년면성공구조원국개발"
    "선동경신진중화위무니세소재연관경용실유방문교학간회거비미생계통동우명단속내결말했할된됐되며데게으스였습요까죠쳤밝혔졌"
    "행합당등모민분불설식심업역영예외운월음의입작저직차천체초출치타터투트특판평품필합항현형호확후던라려력련로류름릴망매맞물"
    "받반변별병복본북빠산살색생석술쓰약양억언없열온와완왔우울원육율읽임잡져존종좋죄줄질집짜째찾책처철청축충친크큰토표풍프"
    "하학함해허험협혼활황효희히힘더때또래럼럽렇레력면못바밖배백버번벌법벽볼봉붙브빌빛뿐새센셀손송쇄숙순술슨승십써씨악알암"
    "앞애야얘얼엄엔여열옆옮왜웃워웠웨위으은읍응익인일잃잔잘잠쟁절점접젊정좌죽준즈즉증지진짓짝쪽참창채첫총최추춘취층카커켜"
    "코쿠킬타탁탈태택터테토톤통퇴티파패퍼편포폭표푸하할핵향혀혈혜홍환획훈휴흐흥걸검겠격견결겪경곳곧과광괴국군굴권귀규균극근"
    "금급긍길김깊까깨꺼꼭꾸끝끼난날남낮낸너널네녀념노논농높놀놓누눈뉴느늘능님닌달담답더덕던덤도독돈돌동두둘드득디땅떠떨떻뜨"
    "냈났렸랐였겠같않싫싶린릴봤봐갔줬켰셨슬픔냉멘랭뒤뛰쉽쉬옥욕윤릉뿌탕투펼폐찰침칭콘콜큼팀팔펴풀핀홀훨흔희흡"
    "란람랑랜량러런렸록론료루룹르른를림마막많맡머먹멀메명목몰몸무묻미믿및밀박밤방벤봄빠빨뽑늦곡객갖갔갈각감강같건견답려"
)
COMMON = frozenset(_RANKED)
_EVERYDAY = frozenset(_RANKED[:130])
_SYMBOLS = frozenset("“”‘’·…ⓒ△▲▶■◆○㎡㎞℃％※")
_SOFT_HYPHEN = 0xAD
_IMPOSSIBLE = -30.0
_RESTORED = -1.0  # the price of assuming that a stripper ate a soft hyphen

_State = tuple[float, int, "_Read | None"]  # score, letters restored, what was read so far


class _Read(NamedTuple):
    """A letter and what was read before it; ways share their beginnings."""

    before: _Read | None
    letter: str


def read_bytes(text: str) -> tuple[str, int]:
    """The likeliest CP949 reading of `text`, and how many letters needed a lost byte put back.

    Where nothing fits, U+FFFD stands.
    """
    # What did not happen to the text need not be undone: without any merged pair beyond Latin-1 none was
    # merged, and where a soft hyphen is left none was stripped.
    merged = any(not _one_byte(character) for character in text)
    stripped = chr(_SOFT_HYPHEN) not in text
    states: dict[int, _State] = {0: (0.0, 0, None)}  # pending lead byte (0: none) -> best way there
    for character in text:
        step: dict[int, _State] = {}
        for reading in _readings(character, merged):
            ways = states
            for byte in reading:
                ways = _feed(ways, byte, stripped)
            for pending, state in ways.items():
                if pending not in step or state[0] > step[pending][0]:
                    step[pending] = state
        states = step
    best = max((_settle(pending, state) for pending, state in states.items()), key=lambda state: state[0])
    return _spell(best[2]), best[1]


def _feed(states: dict[int, _State], byte: int, stripped: bool) -> dict[int, _State]:
    """One more byte, on every way so far."""
    after: dict[int, _State] = {}

    def offer(pending: int, state: _State) -> None:
        if pending not in after or state[0] > after[pending][0]:
            after[pending] = state

    for lead, (score, restored, out) in states.items():
        if not lead:
            if byte < 0x80:
                offer(0, (score - 3.0, restored, _Read(out, chr(byte))))
            elif 0x81 <= byte <= 0xFE:
                offer(byte, (score, restored, out))
            else:
                offer(0, (score + _IMPOSSIBLE, restored, _Read(out, " ")))
            continue
        letter = _letter(lead, byte)
        if letter:
            offer(0, (score + _likelihood(letter), restored, _Read(out, letter)))
        hidden = _letter(lead, _SOFT_HYPHEN) if stripped else ""
        if hidden:
            cost = score + _likelihood(hidden) + _RESTORED
            begun: dict[int, _State] = {0: (cost, restored + 1, _Read(out, hidden))}
            for pending, state in _feed(begun, byte, stripped).items():
                offer(pending, state)
        if not letter and not hidden:
            lost: dict[int, _State] = {0: (score + _IMPOSSIBLE, restored, _Read(out, "\ufffd"))}
            for pending, state in _feed(lost, byte, stripped).items():
                offer(pending, state)
    return after


def _settle(pending: int, state: _State) -> _State:
    """The end of the text: a lead byte that waits for its second one lost it."""
    if not pending:
        return state
    score, restored, out = state
    hidden = _letter(pending, _SOFT_HYPHEN)
    if hidden:
        return score + _likelihood(hidden) + _RESTORED, restored + 1, _Read(out, hidden)
    return score + _IMPOSSIBLE, restored, _Read(out, "\ufffd")


def _readings(character: str, merged: bool) -> tuple[bytes, ...]:
    """The bytes that a character may stand for; those of its UTF-8 form only in a text with `merged` pairs."""
    one = _one_byte(character)
    if one and (ord(character) < 0x80 or not merged):
        return (one,)
    pair = character.encode("utf-8", "replace")
    # Fixers also take a blank inside a pair for U+00A0.
    pairs = (pair, pair.replace(b"\xa0", b" ")) if b"\xa0" in pair else (pair,)
    return (one, *pairs) if one else pairs


def _one_byte(character: str) -> bytes:
    """The byte of a Latin-1 or CP1252 character; empty for others."""
    if ord(character) < 0x100:
        return bytes([ord(character)])
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return b""


@lru_cache(maxsize=65536)
def _letter(lead: int, trail: int) -> str:
    try:
        letter = bytes([lead, trail]).decode("cp949")
    except UnicodeDecodeError:
        return ""
    return letter if len(letter) == 1 else ""


@lru_cache(maxsize=16384)
def _likelihood(letter: str) -> float:
    if letter in _EVERYDAY:
        return -3.0
    if letter in COMMON:
        return -4.5
    if "가" <= letter <= "힣":
        try:
            letter.encode("euc_kr").decode("euc_kr")
        except UnicodeError:
            return -14.0
        return -8.0 if len(letter.encode("euc_kr")) == 2 else -14.0
    return -6.0 if letter in _SYMBOLS else -11.0


def _spell(out: _Read | None) -> str:
    letters: list[str] = []
    while out is not None:
        letters.append(out.letter)
        out = out.before
    return "".join(reversed(letters))
