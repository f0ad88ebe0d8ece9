"""What tells equal and similar texts: the digest of the letters, and the near-duplicate signature."""

from __future__ import annotations

from newsscrape.identity import content_hash, fingerprint
from newsscrape.korean.characters import letters

_SUBJECTS = [
    "도서관",
    "수영장",
    "시립병원",
    "어린이집",
    "체육관",
    "박물관",
    "정류장",
    "전통시장",
    "소방서",
    "하수처리장",
    "공영주차장",
    "자전거길",
]
TEXT = letters(
    " ".join(
        f"한빛시는 {subject}의 새 건물을 {floors}층으로 짓는다고 밝혔다. 공사비 {floors * 37}억 원의 절반은 나라에서 대고 "
        f"{subject}의 이용자 {floors * 910}명이 낸 의견을 설계에 담았다."
        for floors, subject in enumerate(_SUBJECTS, 2)
    )
)
STRANGER = letters(
    " ".join(
        f"가온은행의 {month}월 대출 이자는 {month * 3 % 7}퍼센트로 내렸다. 다온증권의 연구원은 {month + 40}세 이상의 예금자에게 유리하다고 "
        f"풀이했고 금리를 {month}번 더 낮추리라고 내다봤다."
        for month in range(1, 13)
    )
)


def _shared(one: str, other: str) -> float:
    """The part of the smaller signature that the other one holds, too."""
    first, second = ({text[at : at + 8] for at in range(0, len(text), 8)} for text in (one, other))
    return len(first & second) / min(len(first), len(second))


def test_signature_is_sixteen_numbers() -> None:
    assert len(fingerprint(TEXT)) == 16 * 8


def test_signature_of_an_edited_text_is_nearly_the_same() -> None:
    edited = TEXT.replace("절반", "일부", 2)
    assert edited != TEXT
    assert _shared(fingerprint(TEXT), fingerprint(edited)) >= 0.7


def test_signature_of_a_cut_text_shares_a_part() -> None:
    assert _shared(fingerprint(TEXT), fingerprint(TEXT[: len(TEXT) * 2 // 3])) >= 0.4


def test_signature_of_another_text_shares_nothing() -> None:
    assert _shared(fingerprint(TEXT), fingerprint(STRANGER)) == 0


def test_signature_of_no_text_is_empty() -> None:
    assert fingerprint("") == ""


def test_digest_is_of_the_letters_alone() -> None:
    printed = content_hash("“새 다리” 놓는다", letters("한빛시가 다리를 놓는다."))
    assert printed == content_hash("'새다리' 놓는다", letters("한빛시가 다리를  놓는다"))
    assert printed != content_hash("새 다리 놓는다", letters("한빛시가 다리를 놓았다."))
