"""Text that was decoded wrongly once: what happened to it, and its repair where that is certain.

Korean dumps come as CP949 bytes read as Latin-1 ("±âÀÚ" for 기자), the same with byte pairs that some
fixer took for UTF-8 ("Ȱµ¿" for 활동), UTF-8 read as a Western, Thai or Korean code page, and text
escaped twice. Run this before anything strips characters: U+00AD and U+00A0 are halves of letters here.

Where letters are lost ("�"), nothing brings them back: the text is returned as it is, with a doubt.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress

from newsscrape.korean.escapes import unescape
from newsscrape.korean.mojibake_bytes import COMMON, read_bytes

_HANGUL = re.compile(r"[가-힣\u1100-\u1112]")
_HANJA = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u20ac\u2122]")
_THAI = re.compile(r"[\u0e01-\u0e5b]")
_LOST = "\ufffd"
_WORD = re.compile(r"[^\W\d_]")
_MERGED = "bytes had been merged before; the text is their likeliest reading, single rare letters may be wrong"
_RESTORED = "the second bytes of {} letters had been stripped; the text is the likeliest reading without them"
_SUSPICIOUS = 0.3  # share of foreign letters from which a text that should be Korean is looked at
_KOREAN = 0.4
_FAMILIAR = 0.5  # share of syllables that are everyday ones; wrong decodings make rare syllables
_ENOUGH = 12  # foreign letters; a French quotation of a few words is no mojibake


def repair(text: str) -> tuple[str, str | None, str | None]:
    """The text repaired, what was done ("cp949 read as latin-1", None for nothing), and a doubt in words or None.

    Ordinary Korean text comes back as it is, in NFC. A text beyond repair comes back unchanged, with a doubt.
    """
    unescaped = unescape(text)
    fixed, how, doubt = _redecode(unescaped)
    if doubt and not how:
        return text, None, doubt
    if unescaped != text:
        how = f"{how}, escapes" if how else "escapes"
    # Not before: NFC turns U+0374, two merged bytes of a letter, into another character.
    return unicodedata.normalize("NFC", fixed), how, doubt


def _redecode(text: str) -> tuple[str, str | None, str | None]:
    words = len(_WORD.findall(text)) or 1
    lost = text.count(_LOST)
    latin, thai = len(_LATIN.findall(text)), len(_THAI.findall(text))
    hangul, hanja = len(_HANGUL.findall(text)), len(_HANJA.findall(text))
    if latin >= _ENOUGH and latin > _SUSPICIOUS * words and hangul < words / 10 + latin / 4:
        return _from_western(text)
    if thai >= _ENOUGH and thai > _SUSPICIOUS * words:
        return _from_utf8(text, "cp874", "utf-8 read as cp874")
    if hanja >= _ENOUGH and hanja > (hangul + hanja) / 10 and not _is_korean(text):
        return _from_utf8(text, "cp949", "utf-8 read as cp949")
    if lost > words / 10:
        return text, None, f"{lost} letters were lost when the text was decoded; only the source has them"
    return text, None, None


def _from_western(text: str) -> tuple[str, str | None, str | None]:
    fixed, how, doubt = _from_utf8(text, "cp1252", "utf-8 read as a Western code page")
    if how:
        return fixed, how, doubt
    with suppress(UnicodeError):
        fixed = _as_bytes(text).decode("cp949")
        if _is_korean(fixed):
            return fixed, "cp949 read as latin-1", None
    fixed, restored = read_bytes(text)
    if _is_korean(fixed) and _LOST not in fixed:
        return fixed, "cp949 read as latin-1", (_RESTORED if restored else _MERGED).format(restored)
    return text, None, doubt or "the text was decoded wrongly, and cannot be restored"


def _from_utf8(text: str, codec: str, how: str) -> tuple[str, str | None, str | None]:
    """Undoes a wrong decoding of UTF-8; a doubt instead where it is plainly that and letters are lost."""
    raw = bytearray()
    for character in text:
        try:
            raw += character.encode(codec)
        except UnicodeEncodeError:
            # Bytes that the code page does not define pass through as controls in most decoders.
            raw += bytes([ord(character)]) if 0x80 <= ord(character) < 0x100 else b"\xff"
    try:
        fixed = raw.decode("utf-8")
    except UnicodeDecodeError:
        kept = raw.decode("utf-8", "ignore")
        if len(_HANGUL.findall(kept)) > len(text) / 20:
            return text, None, f"the text is {how}, and bytes of it are lost; it cannot be restored"
        return text, None, None
    return (fixed, how, None) if _is_korean(fixed) else (text, None, None)


def _as_bytes(text: str) -> bytes:
    """The bytes of a text that was read as Latin-1 or CP1252. Raises UnicodeEncodeError for any other."""
    return b"".join(c.encode("latin-1" if ord(c) < 0x100 else "cp1252") for c in text)


def _is_korean(text: str) -> bool:
    """Hangul enough, and everyday syllables."""
    syllables = _HANGUL.findall(text)
    words = len(_WORD.findall(text)) or 1
    familiar = sum(1 for syllable in syllables if syllable in COMMON)
    return len(syllables) > _KOREAN * words and familiar > _FAMILIAR * len(syllables)
