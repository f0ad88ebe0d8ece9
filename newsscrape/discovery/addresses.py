"""Addresses as feeds, sitemaps, pages and people's lists print them."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

_INVISIBLE = " \t\r\n\xa0\u200b\ufeff"  # what a copied address brings along


def absolute(link: str, base: str | None) -> str:
    """The absolute http(s) address of a link on the page `base`, without fragment; "" for everything else.

    Everything else is javascript:, mailto:, and what is broken ("http://[기사]" in a feed's <link>, a
    bare "http://").
    """
    try:
        url = urljoin(base or "", link.strip()).partition("#")[0] if link else ""
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.netloc else ""
    except ValueError:
        return ""


def address_in(cell: object) -> str:
    """The http(s) address that a cell or line consists of, without fragment; "" for everything else.

    An address inside other text is not picked out, and one with a blank, a control character or a lost
    letter (U+FFFD) is none: where it ends, or what it was, would be a guess.
    """
    if not isinstance(cell, str):
        return ""
    url = absolute(cell.strip(_INVISIBLE), None).strip(_INVISIBLE)
    return url if url.isprintable() and not {" ", "\ufffd"} & set(url) else ""
