"""What papers do to a text that they print: one function an edit, each takes paragraphs and returns others."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from .topics import PHRASES, Topic, Writer

Edit = Callable[[Writer, Topic, list[str]], list[str]]
_SENTENCE = re.compile(r"(?<=다\.) ")


def spacing(writer: Writer, topic: Topic, paragraphs: list[str]) -> list[str]:
    """Blanks go, others come, and paragraphs are broken elsewhere."""
    return [_noisy(writer.chance, paragraph) for paragraph in paragraphs]


def _noisy(chance: random.Random, paragraph: str) -> str:
    row = [letter for letter in paragraph if letter != " " or chance.random() > 0.15]
    return "".join(letter + (" " if chance.random() < 0.04 else "") for letter in row)


def cut_below(writer: Writer, topic: Topic, paragraphs: list[str]) -> list[str]:
    """Cut from below, to a third at least."""
    return paragraphs[: max(2, round(len(paragraphs) * writer.chance.uniform(0.34, 0.9)))]


def cut_to_half(writer: Writer, topic: Topic, paragraphs: list[str]) -> list[str]:
    """Its first half."""
    return paragraphs[: max(2, (len(paragraphs) + 1) // 2)]


def other_lede(writer: Writer, topic: Topic, paragraphs: list[str]) -> list[str]:
    """The first paragraph in other words."""
    return [writer.sentence(topic), *paragraphs[1:]]


def added_lede(writer: Writer, topic: Topic, paragraphs: list[str]) -> list[str]:
    """A paragraph of the paper's own before all others."""
    return [" ".join(writer.sentence(topic) for _ in range(writer.chance.randint(1, 2))), *paragraphs]


def captions(writer: Writer, topic: Topic, paragraphs: list[str]) -> list[str]:
    """Captions and headings between paragraphs, taken for text."""
    edited = list(paragraphs)
    for _ in range(writer.chance.randint(1, 4)):
        line = f"{writer.one('captions')} {writer.plain(topic, writer.chance.randint(4, 9))}"
        edited.insert(writer.chance.randint(1, len(edited)), line)
    return edited


def other_words(writer: Writer, topic: Topic, paragraphs: list[str]) -> list[str]:
    """Five to twenty of a hundred words are others."""
    return _replaced(writer, paragraphs, writer.chance.uniform(0.05, 0.2))


def many_other_words(writer: Writer, topic: Topic, paragraphs: list[str]) -> list[str]:
    """A quarter of the words are others."""
    return _replaced(writer, paragraphs, 0.25)


def _replaced(writer: Writer, paragraphs: list[str], share: float) -> list[str]:
    def word(old: str) -> str:
        if writer.chance.random() > share:
            return old
        known = PHRASES["same"].get(old.rstrip("."))
        return writer.chance.choice(known) if known else writer.words(1)[0] + writer.one("particles")

    return [" ".join(map(word, paragraph.split(" "))) for paragraph in paragraphs]


def dropped(writer: Writer, topic: Topic, paragraphs: list[str]) -> list[str]:
    """Up to a third of the paragraphs are left out, anywhere but at the beginning."""
    going = set(writer.chance.sample(range(1, len(paragraphs)), len(paragraphs) // 3)) if len(paragraphs) > 3 else ()
    return [paragraph for at, paragraph in enumerate(paragraphs) if at not in going]


def dropped_sentences(writer: Writer, topic: Topic, paragraphs: list[str]) -> list[str]:
    """Every fifth sentence is left out."""
    kept = [sentence for paragraph in paragraphs for sentence in _SENTENCE.split(paragraph)]
    kept = [sentence for sentence in kept if writer.chance.random() > 0.2] or kept
    return kept


def joined(writer: Writer, topic: Topic, paragraphs: list[str]) -> list[str]:
    """Sentences are joined ("했다. 또" becomes "했고") or split, paragraphs put together."""
    text = " ".join(paragraphs)
    text = re.sub(r"했다\. ", lambda match: "했으며 " if writer.chance.random() < 0.5 else match[0], text)
    text = re.sub(r"(?<=[가-힣]{2}[은는]) ", lambda match: ". " if writer.chance.random() < 0.03 else match[0], text)
    return _SENTENCE.split(text)


def moved(writer: Writer, topic: Topic, paragraphs: list[str]) -> list[str]:
    """A paragraph or two stand elsewhere."""
    edited = list(paragraphs)
    for _ in range(2):
        edited.insert(writer.chance.randrange(len(edited)), edited.pop(writer.chance.randrange(len(edited))))
    return edited


def house_style(writer: Writer, topic: Topic, paragraphs: list[str]) -> list[str]:
    """Percent signs, titles, quotation marks and endings as the house writes them."""
    forms = [
        ("%", "％"),
        ('"', "“"),
        ("억원", "억 원"),
        (" 대표", " 씨"),
        ("라고 말했다", "고 했다"),
        ("지난해", "작년"),
        (",", ""),
    ]
    forms = writer.chance.sample(forms, 5)
    text = "\n".join(paragraphs)
    for old, new in forms:
        text = text.replace(old, new)
    return text.split("\n")


def furniture(writer: Writer, topic: Topic, paragraphs: list[str]) -> list[str]:
    """A reporter's line, a notice and what else is left of the page."""
    lines = writer.chance.sample(PHRASES["reporters"], 3)
    return [*lines[:1], *paragraphs, *lines[1:]]


def misread(writer: Writer, topic: Topic, paragraphs: list[str]) -> list[str]:
    """One in a hundred letters is another."""
    return ["".join(c if writer.chance.random() > 0.01 else "튟" for c in paragraph) for paragraph in paragraphs]


EDITS: tuple[Edit, ...] = (
    spacing, cut_below, cut_to_half, other_lede, added_lede, captions, other_words, many_other_words, dropped,
    dropped_sentences, joined, moved, house_style, furniture, misread,
)  # fmt: skip


def several(writer: Writer, topic: Topic, paragraphs: list[str], count: int) -> tuple[list[str], str]:
    """A few edits one after the other (a text is cut once at most), and their names."""
    chosen = writer.chance.sample(EDITS, count)
    cuts = [edit for edit in chosen if edit in (cut_below, cut_to_half)]
    chosen = [edit for edit in chosen if edit not in cuts[1:]]
    for edit in chosen:
        paragraphs = edit(writer, topic, paragraphs)
    return paragraphs, "+".join(edit.__name__ for edit in chosen)
