"""Text that was decoded wrongly: each accident is made here, and must be undone or reported."""

from __future__ import annotations

import pytest

from newsscrape.korean.mojibake import repair

TEXT = (
    "[한빛/가온통신]강가람 기자 = 한빛시는 옛 공장 터에 청년을 위한 공동 작업장을 짓는다고 9일 밝혔다.\n"
    "강솔 시장은 “열쇠는 사람”이라며 “서두르지 않겠다”고 말했다. 예산은 120억원이며 내년 봄에 문을 연다.\n"
)


def merged(latin: str) -> str:
    """What a fixer does that takes every byte pair or triple that is valid UTF-8 for a letter."""
    raw, out, at = latin.encode("latin-1"), "", 0
    while at < len(raw):
        for size in (3, 2):
            try:
                letter = raw[at : at + size].decode("utf-8")
            except UnicodeDecodeError:
                continue
            if len(letter) == 1 and not letter.isascii():
                out, at = out + letter, at + size
                break
        else:
            out, at = out + chr(raw[at]), at + 1
    return out


ACCIDENTS = {
    "cp949 as latin-1": TEXT.encode("cp949").decode("latin-1"),
    "cp949 as latin-1, pairs merged": merged(TEXT.encode("cp949").decode("latin-1")),
    "cp949 as latin-1, soft hyphens stripped": TEXT.encode("cp949").decode("latin-1").replace("\xad", ""),
    "utf-8 as latin-1": TEXT.encode("utf-8").decode("latin-1"),
    "escaped twice": TEXT.replace("“", "&amp;quot;").replace("”", "&amp;quot;"),
    "ampersands eaten": TEXT.replace("“", "quot;").replace("”", "quot;"),
}


@pytest.mark.parametrize("accident", ACCIDENTS)
def test_undone(accident: str) -> None:
    fixed, how, _ = repair(ACCIDENTS[accident])
    assert fixed.replace('"', "“").replace("”", "“") == TEXT.replace("”", "“")
    assert how


def test_certain_repairs_leave_no_doubt() -> None:
    assert repair(ACCIDENTS["cp949 as latin-1"])[2] is None


@pytest.mark.parametrize("accident", ["cp949 as latin-1, pairs merged", "cp949 as latin-1, soft hyphens stripped"])
def test_likely_repairs_say_so(accident: str) -> None:
    assert repair(ACCIDENTS[accident])[2]


LOST = {
    "cp949 as utf-8": TEXT.encode("cp949").decode("utf-8", "replace"),
    "utf-8 as cp1252": TEXT.encode("utf-8").decode("cp1252", "replace"),
    "utf-8 as thai": TEXT.encode("utf-8").decode("cp874", "replace"),
    "utf-8 as cp949": TEXT.encode("utf-8").decode("cp949", "replace"),
}


@pytest.mark.parametrize("accident", LOST)
def test_lost_letters_are_reported_not_invented(accident: str) -> None:
    fixed, how, doubt = repair(LOST[accident])
    assert fixed == LOST[accident]
    assert how is None
    assert doubt


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "",
        "R&D 예산은 3.5%↑",
        "Hanbit City said on Friday it would build a shared workshop.",
        "Où sont passés les élèves? Ils étaient déjà là, à côté du café, très énervés.",
        "大統領은 國會에서 施政演說을 하고 豫算案의 處理를 當付했다. 與野는 異見을 좁히지 못했다.",
        "김 씨는 “ㅋㅋ”라고 적었다. 면적은 8,200㎡다.",
    ],
    ids=["korean", "nothing", "ampersand", "english", "french", "hanja", "jamo"],
)
def test_left_alone(text: str) -> None:
    assert repair(text) == (text, None, None)


def test_decomposed_syllables_are_composed() -> None:
    import unicodedata

    assert repair(unicodedata.normalize("NFD", TEXT)) == (TEXT, None, None)
