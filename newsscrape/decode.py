"""Bytes to text: the only room that sees bytes.

Korean pages come as UTF-8 or as CP949 (which they call euc-kr, ks_c_5601-1987 and more), and what
they claim is often wrong: eleven of fifty real pages said euc-kr and were UTF-8 (saved 2016 to 2023).
So the bytes are asked first, the label last, and no Western codec is ever tried on Korean bytes:

1. a byte order mark;
2. UTF-8 (a letter cut in two at the end is allowed, and one stray byte among 100 letters);
3. CP949, when at most one byte pair in 100 cannot be read;
4. the label of the HTTP header or of the page, for everything else (ISO-2022-KR, Johab, UTF-16);
5. whichever of UTF-8 and CP949 loses fewer letters, and a count of the lost ones.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

from newsscrape.errors import DecodeError, EmptyPage

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What is no page at all, by its first bytes.
_BINARY = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"RIFF", "a RIFF (WebP, AVI) file"),
)
# The names under which CP949 goes; euc-kr itself must open as CP949, or 똠 and 뷁 are lost (WHATWG does the same).
_CP949_NAMES = frozenset(
    [
        "euckr",
        "cp949",
        "uhc",
        "ksc5601",
        "ksc56011987",
        "ksc56011989",
        "kscsksc56011987",
        "csksc56011987",
        "ksc",
        "isoir149",
        "korean",
        "windows949",
        "xwindows949",
        "ms949",
        "xeuckr",
        "cseuckr",
        "ansi949",
    ]
)
_LABEL = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_HEAD_BYTES = 4096  # where a page's own label is looked for; HTML asks for the first 1,024
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")  # text has none of them
_REPLACED = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the account of how it was read.

    `encoding` is a Python codec name ("utf-8", "cp949"), or "str" where the caller gave text;
    `chosen_by` names the step that decided (bom, utf-8, cp949, header, meta, fewest-lost, caller);
    `replaced` counts the letters that could not be read (U+FFFD in the text).
    """

    text: str
    encoding: str
    chosen_by: str
    replaced: int = 0


def decode(body: bytes | str, headers: Mapping[str, str] | None = None, url: str | None = None) -> Decoded:
    """The text of a page or feed.

    `headers` are HTTP response headers (any case). Raises `EmptyPage` when there is nothing to read
    and `DecodeError` when the bytes are no text.
    """
    if isinstance(body, str):
        if not body or body.isspace():
            raise EmptyPage("the page is empty; fetch it again or look at it in a browser", url=url)
        return Decoded(body.removeprefix("\ufeff"), "str", "caller", _lost(body))
    if not body or body.isspace():
        raise EmptyPage("the page is empty (0 bytes to read); fetch it again or look at it in a browser", url=url)
    for magic, what in _BINARY:
        if body.startswith(magic):
            raise DecodeError(f"this is {what}, not a page; pass the bytes of the HTML itself", url=url)
    return (
        _by_bom(body) or _by_utf8(body) or _by_cp949(body) or _by_label(body, headers or {}) or _fewest_lost(body, url)
    )


def _by_bom(body: bytes) -> Decoded | None:
    for bom, name in _BOMS:
        if body.startswith(bom):
            text = body[len(bom) :].decode(name, "replace")
            return Decoded(text, name, "bom", _lost(text))
    return None


def _by_utf8(body: bytes) -> Decoded | None:
    if b"\x1b$)C" in body or b"\x00" in body[:200]:  # ISO-2022-KR and UTF-16 are made of ASCII bytes too
        return None
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return None if _mostly_not_utf8(body) else _replacing(body, "utf-8", "utf-8")
    return Decoded(text, "utf-8", "utf-8")


def _mostly_not_utf8(body: bytes) -> bool:
    """True unless UTF-8 explains nearly all non-ASCII bytes (pages that carry a few stray bytes)."""
    text = body.decode("utf-8", "replace")
    replaced = text.count(_REPLACED)
    lost = replaced - body.count(_REPLACED.encode())
    return lost * 100 > _beyond_ascii(text) - replaced


def _by_cp949(body: bytes) -> Decoded | None:
    if b"\x1b$)C" in body or b"\x00" in body[:200]:
        return None
    decoded = _replacing(body, "cp949", "cp949")
    return decoded if decoded.replaced * 100 <= _beyond_ascii(decoded.text) else None


def _by_label(body: bytes, headers: Mapping[str, str]) -> Decoded | None:
    header = next((v for k, v in headers.items() if k.lower() == "content-type"), "")
    for chosen_by, place in (("header", header.encode("ascii", "replace")), ("meta", body[:_HEAD_BYTES])):
        found = _LABEL.search(place)
        if not found:
            continue
        name = _python_codec(found[1].decode("ascii"))
        if name is None or name.startswith(("iso8859", "cp125", "ascii", "latin")):
            continue  # a server's default for pages that say nothing; Korean bytes are never Western
        try:
            decoded = _replacing(body, name, chosen_by)
        except (LookupError, UnicodeError):  # a codec of Python, but no charset: base64, hex, idna, punycode
            continue
        if decoded.replaced * 100 <= len(decoded.text):
            return decoded
    if b"\x1b$)C" in body:
        return _replacing(body, "iso2022_kr", "escape")
    return None


def _python_codec(label: str) -> str | None:
    if re.sub(r"[^a-z0-9]", "", label.lower()) in _CP949_NAMES:
        return "cp949"
    try:
        return codecs.lookup(label).name
    except LookupError:
        return None


def _fewest_lost(body: bytes, url: str | None) -> Decoded:
    best = min((_replacing(body, name, "fewest-lost") for name in ("utf-8", "cp949")), key=lambda d: d.replaced)
    controls = len(_CONTROLS.findall(best.text))
    if (controls + best.replaced) * 10 > len(best.text):
        raise DecodeError("the bytes are no text in UTF-8, CP949 or the encoding they name", url=url)
    return best


def _replacing(body: bytes, name: str, chosen_by: str) -> Decoded:
    text = body.decode(name, "replace")
    return Decoded(text, name, chosen_by, _lost(text))


def _beyond_ascii(text: str) -> int:
    """How many letters are not ASCII's, counted without looking at each in turn."""
    return len(text) - len(text.encode("ascii", "ignore"))


def _lost(text: str) -> int:
    """How many letters could not be read. Nearly always none, which is found ten times as fast as it is counted."""
    return text.count(_REPLACED) if _REPLACED in text else 0
