"""Bytes to text: every label that lies, every cut, and nothing turned into a Western alphabet."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from newsscrape.decode import decode
from newsscrape.errors import DecodeError, EmptyPage

WORDS = "똠방각하 펲시콜라를 마신 뷁씨가 한빛시 새 도서관을 찾았다. 믜뎅 홥색 햏자 쀍."
PAGE = '<html><head><meta charset="{label}"><title>{words}</title></head><body><p>{words}</p></body></html>'


def page(label: str, words: str = WORDS) -> str:
    return PAGE.format(label=label, words=words)


@pytest.mark.parametrize(
    "label", ["euc-kr", "ks_c_5601-1987", "korean", "x-windows-949", "windows-949", "utf-8", "latin1"]
)
def test_cp949_bytes_keep_every_letter_whatever_they_are_called(label: str) -> None:
    decoded = decode(page(label).encode("cp949"), {"Content-Type": f"text/html; charset={label}"})
    assert decoded.text == page(label)
    assert (decoded.encoding, decoded.replaced) == ("cp949", 0)


@pytest.mark.parametrize("label", ["euc-kr", "iso-8859-1", "utf-8", "ks_c_5601-1987"])
def test_utf8_bytes_are_utf8_whatever_they_are_called(label: str) -> None:
    decoded = decode(page(label).encode(), {"content-type": f"text/html; charset={label}"})
    assert decoded.text == page(label)
    assert decoded.encoding == "utf-8"


@pytest.mark.parametrize("label", ["csksc56011987", "iso-ir-149", "x-euc-kr", "MS949"])
def test_odd_names_of_cp949_are_known(label: str) -> None:
    # Half of the pairs are broken, so that the bytes alone do not convince and the label is asked.
    body = page(label).encode("cp949") + b"\x80\xff" * 8
    decoded = decode(body, {"Content-Type": f"text/html; charset={label}"})
    assert decoded.encoding == "cp949"
    assert WORDS in decoded.text
    assert decoded.replaced > 0


@pytest.mark.parametrize(
    ("bom", "codec"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_byte_order_mark_decides(bom: bytes, codec: str) -> None:
    decoded = decode(bom + page("euc-kr").encode(codec))
    assert decoded.text == page("euc-kr")
    assert decoded.chosen_by == "bom"


def test_iso_2022_kr_is_read_by_its_escape() -> None:
    text = "<p>한빛시는 새 도서관을 연다.</p>"
    assert decode(text.encode("iso2022_kr")).text == text


def test_johab_is_read_by_its_label() -> None:
    text = page("johab", "한빛시는 새 도서관을 연다. " * 5)
    decoded = decode(text.encode("johab"), {"Content-Type": "text/html; charset=johab"})
    assert decoded.text == text


@pytest.mark.parametrize("cut", [1, 2])
def test_utf8_cut_inside_the_last_letter_is_still_utf8(cut: int) -> None:
    decoded = decode("한빛시는 새 도서관을 연다".encode()[:-cut])
    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith("한빛시는 새 도서관을 연")


def test_cp949_cut_inside_the_last_letter_loses_only_that() -> None:
    decoded = decode((WORDS * 3).encode("cp949")[:-2])
    assert decoded.encoding == "cp949"
    assert decoded.text.startswith(WORDS * 2)


def test_a_few_stray_bytes_do_not_turn_utf8_into_cp949() -> None:
    body = page("utf-8", WORDS * 30).encode() + b"<p>\xb1\xe2\xc0\xda</p>"
    decoded = decode(body)
    assert decoded.encoding == "utf-8"
    assert WORDS in decoded.text
    assert decoded.replaced > 0


def test_ascii_only_is_utf8() -> None:
    assert decode(b"<p>The Hanbit Post</p>").encoding == "utf-8"


def test_text_is_taken_as_it_is() -> None:
    decoded = decode("\ufeff<p>한빛</p>")
    assert (decoded.text, decoded.encoding, decoded.chosen_by) == ("<p>한빛</p>", "str", "caller")


@pytest.mark.parametrize("body", [b"", b"  \r\n\t ", "", " \n"])
def test_nothing_is_an_empty_page(body: bytes | str) -> None:
    with pytest.raises(EmptyPage, match="empty") as caught:
        decode(body, url="https://hanbit.example/1")
    assert caught.value.url == "https://hanbit.example/1"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x1f\x8b\x08\x00....", "gzip"),
        (b"\xff\xd8\xff\xe0..", "JPEG"),
    ],
)
def test_what_is_no_page_is_named(body: bytes, named: str) -> None:
    with pytest.raises(DecodeError, match=named):
        decode(body)


def test_noise_is_refused() -> None:
    import random

    with pytest.raises(DecodeError, match="no text"):
        decode(random.Random(7).randbytes(5000))


@pytest.mark.parametrize("label", ["base64", "hex", "rot13", "idna", "punycode", "undefined"])
def test_a_label_that_is_no_charset_is_passed_over(label: str) -> None:
    body = f"<meta charset={label}>".encode() + "한빛시가 새 다리를 놓는다 ".encode() * 20 + bytes(range(0x80, 0x90))
    assert "한빛시가" in decode(body).text


CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real pages are not on this machine")
def test_real_pages_lose_no_letter() -> None:
    import tarfile

    bodies = {path.name: path.read_bytes() for folder in ("pages", "other") for path in (CORPUS / folder).iterdir()}
    with tarfile.open(CORPUS / "kinds.tar.gz") as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is not None:
                bodies[member.name] = file.read()
    lost = {name: decoded.replaced for name, body in bodies.items() if (decoded := decode(body)).replaced}
    assert len(bodies) > 200
    assert not lost
