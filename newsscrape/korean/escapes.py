"""Letters written as something else for machines: entities, "\\uc11c", "%EC%84%9C", "=?EUC-KR?B?...?="."""

from __future__ import annotations

import html
import re
from contextlib import suppress
from email.errors import HeaderParseError
from email.header import decode_header
from urllib.parse import unquote

_ROUNDS = 3
_NAMES = "amp|quot|apos|lt|gt|nbsp|middot|hellip|copy|reg|bull|[lr][sd]quo|[nm]dash"
# The semicolon may be missing ("&quot인용"); in addresses ("?a=1&copy=2") it never was there.
_ENTITY = re.compile(rf"&(?:(?:{_NAMES}|#\d{{2,6}}|#x[0-9a-fA-F]{{2,5}});|(?:amp|quot|lt|gt|nbsp)(?![A-Za-z0-9;=]))")
# The ampersand was eaten: "quot;인용quot;", "amp;#39;".
_BROKEN = re.compile(r"(?<![&A-Za-z0-9])(?:amp;)*(#39|quot|apos|nbsp|lt|gt|middot|hellip|[lr][sd]quo);")
_CODES = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}){3,}")
_MAIL_WORD = re.compile(r"=\?[\w-]+\?[BbQq]\?[^?\s]+\?=(?:\s+=\?[\w-]+\?[BbQq]\?[^?\s]+\?=)*")
_HANGUL = re.compile("[가-힣]")
_ENOUGH = 4  # letters of Hangul that come out; fewer may be an article about escapes


def unescape(text: str) -> str:
    """The text with its letters written out; unchanged where nothing was escaped.

    Entities are read up to three times over. The other forms are read where the text holds no Hangul of its own:
    in an article they are an address's, or its subject.
    """
    text = entities(text)
    if ";" in text:
        text = _BROKEN.sub(lambda found: html.unescape(f"&{found[1]};"), text)
    if _HANGUL.search(text):
        return text
    for form, read in ((_CODES, _from_codes), (_PERCENT, _from_percent), (_MAIL_WORD, _from_mail)):
        if form.search(text) and len(_HANGUL.findall(plain := form.sub(read, text))) >= _ENOUGH:
            return plain
    return text


def entities(text: str) -> str:
    """The text with its entities read, up to three times over."""
    for _ in range(_ROUNDS):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return text


def _from_codes(found: re.Match[str]) -> str:
    units = b"".join(int(code, 16).to_bytes(2, "big") for code in found[0].split("\\u")[1:])
    return units.decode("utf-16-be", "replace")


def _from_percent(found: re.Match[str]) -> str:
    for codec in ("utf-8", "cp949"):
        with suppress(UnicodeDecodeError):
            return unquote(found[0], encoding=codec, errors="strict")
    return found[0]


def _from_mail(found: re.Match[str]) -> str:
    with suppress(HeaderParseError, UnicodeError, LookupError):
        parts = decode_header(found[0])
        return "".join(
            part.decode("cp949" if (codec or "").lower() in ("euc-kr", "ks_c_5601-1987") else codec or "ascii")
            if isinstance(part, bytes)
            else part
            for part, codec in parts
        )
    return found[0]
