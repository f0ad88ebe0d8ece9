"""Characters of Korean news text: the canonical form that goes into records, and the folded form for matching.

Two layers. `tidy` is what a careful typesetter would do and changes no meaning: NFC (never NFKC,
which turns ㎡ into m2 and the jamo of "ㄷ씨" into others), invisible characters out, odd blanks to
plain ones. `fold` goes further, for comparing and for rules only, and never reaches a record.
"""

from __future__ import annotations

import re
import unicodedata

# U+3164 and its kin are Hangul fillers: invisible, met in spam and in empty name fields.
_VARIANTS = range(0xE0100, 0xE01F0)  # which form of an ideograph is meant
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x200B, 0x200C, 0x2060, 0xFEFF, 0x200E, 0x200F, 0x3164, 0x115F, 0x1160, 0xFFA0, 0xFFFC, 0xFFFE, 0xFFFF]
    + list(range(0x202A, 0x202F))
    + list(range(0x2066, 0x206A))
    + list(_VARIANTS)
    + [c for c in range(0x20) if c not in (0x09, 0x0A, 0x0B, 0x0C, 0x0D)]
    + [c for c in range(0x7F, 0xA0) if c != 0x85]
)
# Half-width jamo (U+FFA1...) are the others in a narrow print.
_NARROW = {
    code: int(unicodedata.decomposition(chr(code)).split()[1], 16)
    for code in range(0xFFA1, 0xFFDD)
    if unicodedata.decomposition(chr(code))
}
# An encoder of EUC-KR writes a syllable that KS X 1001 lacks as a filler and three jamo: "ㅤㄸㅗㅁ" is 똠.
_COMPOSED = re.compile("\u3164([ㄱ-ㅎ])([ㅏ-ㅣ])([ㄱ-ㅎ\u3164])")
_LEADS, _TAILS = (
    "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ",
    "\u3164ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ",
)
_NEWLINES = dict.fromkeys([0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029], "\n")
_BLANKS = dict.fromkeys([0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_TIDY = {**_INVISIBLE, **_NARROW, **_NEWLINES, **_BLANKS}
# What str.split() does not take for a blank by itself; most lines hold none of it.
# Apart from the variants: a set that goes beyond U+FFFF is no table to `re`, and searched ten times as long.
_ODD = re.compile("[" + "".join(re.escape(chr(c)) for c in (*_INVISIBLE, *_NARROW) if c not in _VARIANTS) + "]")
_VARIANT = re.compile(f"[{chr(_VARIANTS[0])}-{chr(_VARIANTS[-1])}]")
# Letters of Korean news that are canonical in any company, and no odd blanks: nine lines in ten hold nothing else.
_UNUSUAL = re.compile("[^ -~가-힣一-鿿“”‘’·ㆍ…△▲▼▽◇◆○●□■▶▷→〈〉《》「」『』【】ⓒ©㎡–—]")

_FOLD: dict[str, str] = {
    **dict.fromkeys("“”„‟″〃＂", '"'),
    **dict.fromkeys("‘’‚‛′＇`´", "'"),
    **dict.fromkeys("·ㆍ‧・･∙⋅ᆞ", "·"),
    **dict.fromkeys("–—―‐‑−－ㅡ", "-"),
    **dict.fromkeys("〜∼～", "~"),
    "＜": "<", "＞": ">", "〈": "<", "〉": ">", "［": "[", "］": "]", "（": "(", "）": ")", "：": ":",
    "，": ",", "．": ".", "％": "%", "＝": "=", "／": "/", "＠": "@", "｜": "|", "ㅣ": "|", "©": "ⓒ",
    **dict.fromkeys("\ufe0e\ufe0f\u200d", ""),
    **{chr(0xFF10 + i): str(i) for i in range(10)},
}  # fmt: skip
_FOLDABLE = re.compile("[" + "".join(re.escape(odd) for odd, plain in _FOLD.items() if odd != plain) + "]")
_LETTER = re.compile(r"[0-9A-Za-z가-힣一-鿿]+")
_HANGUL = re.compile(r"[가-힣]+")


def tidy(text: str) -> str:
    """One line of text in its canonical form: NFC, nothing invisible, single blanks, no line break."""
    if _UNUSUAL.search(text) is None:
        return " ".join(text.split()) if "  " in text else text.strip()
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if _ODD.search(text) or _VARIANT.search(text):
        text = _recomposed(text).translate(_TIDY)
    return _single_blanks(text)


def tidy_lines(text: str) -> list[str]:
    """The lines of a text in canonical form; empty lines stay as empty strings."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("_x000D_", "\n")
    text = _recomposed(text).translate(_TIDY)
    return [" ".join(line.split()) for line in text.split("\n")]


def _recomposed(text: str) -> str:
    return _COMPOSED.sub(_syllable, text) if "\u3164" in text else text


def _syllable(found: re.Match[str]) -> str:
    lead, vowel, tail = _LEADS.find(found[1]), ord(found[2]) - ord("ㅏ"), _TAILS.find(found[3])
    return found[0] if lead < 0 or tail < 0 else chr(ord("가") + (lead * 21 + vowel) * 28 + tail)


def fold(text: str) -> str:
    """The text with look-alikes unified (quotes, dots, dashes, full-width forms), for matching only."""
    return _single_blanks(_FOLDABLE.sub(_unified, text))


def _unified(found: re.Match[str]) -> str:
    return _FOLD[found[0]]


def _single_blanks(text: str) -> str:
    """The text with one plain blank where there are several, or odd ones, and none at its ends."""
    if text.isprintable() and "  " not in text:  # only printable blank there is: the plain one
        return text.strip()
    return " ".join(text.split())


def letters(text: str) -> str:
    """Letters and digits alone, for comparing texts whose spacing and punctuation differ."""
    # Without its blanks a text is a few long runs of letters, no longer hundreds of words.
    return "".join(_LETTER.findall("".join(unicodedata.normalize("NFC", text).split())))


def hangul_share(text: str) -> float:
    """Share (0 to 1) of Hangul syllables among the letters of a text; 0 for none."""
    found = sum(map(len, _LETTER.findall(text)))
    return sum(map(len, _HANGUL.findall(text))) / found if found else 0.0
