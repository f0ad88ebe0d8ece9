"""How much work a page makes, counted in calls, not in time: twice the lines are twice the work, and no more."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from types import FrameType

import pytest

import newsscrape
from newsscrape.boilerplate.context import Context
from newsscrape.boilerplate.lines import Line
from newsscrape.boilerplate.rulebook import RuleBook
from newsscrape.boilerplate.rules import load_rules

SENTENCES = (
    "한빛시는 {n}번 마을버스를 내년 봄부터 강 건너까지 늘린다고 밝혔다.",
    "주민 {n}명은 “기다린 만큼 반갑다”며 시청 앞에 모였다.",
    "시의회는 예산 {n}억 원을 나누어 쓰기로 뜻을 모았다.",
)
MENU = '<li><a href="/news/articleView.html?idxno={n}">다른 마을의 {n}번째 소식</a></li>'


def page(paragraphs: int, links: int, boxes: int) -> str:
    """A page of a site without a profile: so many paragraphs, links beside them, and boxes around them."""
    text = "".join(f"<p>{SENTENCES[n % 3].format(n=n)}</p>" for n in range(paragraphs))
    menu = "".join(MENU.format(n=n) for n in range(links))
    return (
        "<html><head><title>마을버스가 강을 건넌다 - 한빛일보</title>"
        '<meta property="og:title" content="마을버스가 강을 건넌다"><meta property="og:type" content="article">'
        f"</head><body><ul>{menu}</ul>{'<div>' * boxes}<h1>마을버스가 강을 건넌다</h1>"
        f"<span>입력 2026.03.02 10:20</span><div id='article-body'>{text}"
        f"<p>강솔 기자 sol@hanbit.example</p></div>{'</div>' * boxes}</body></html>"
    )


def calls(work: Callable[[], object]) -> int:
    """How many Python functions are called, and how many of C, in some work."""
    count = 0

    def one_more(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(one_more)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    ("small", "large"),
    [
        pytest.param((200, 20, 2), (800, 20, 2), id="paragraphs"),
        pytest.param((20, 200, 2), (20, 800, 2), id="links"),
        pytest.param((20, 20, 20), (20, 20, 80), id="boxes"),
    ],
)
def test_work_grows_with_the_page(small: tuple[int, int, int], large: tuple[int, int, int]) -> None:
    url = "https://www.hanbit-ilbo.example/news/articleView.html?idxno=1042"
    newsscrape.extract(page(*small), url=url)  # what is made once, at the first page
    few, many = (calls(lambda size=size: newsscrape.extract(page(*size), url=url)) for size in (small, large))
    assert many < 4.4 * few


@pytest.mark.parametrize("lines", [200])
def test_work_grows_with_a_copied_text(lines: int) -> None:
    short, long = ("\n".join(SENTENCES[n % 3].format(n=n) for n in range(count)) for count in (lines, 4 * lines))
    newsscrape.normalize(short)
    few, many = (calls(lambda text=text: newsscrape.normalize(text)) for text in (short, long))
    assert many < 4.4 * few


def test_rules_are_compiled_once_for_a_zone() -> None:
    """Lines of all lengths and sorts share what was compiled: a process reads its first page soon."""
    rules = load_rules()
    patterns = [rule.pattern for rule in rules if rule.pattern and "tail" in rule.zones]
    lines = [Line(f"{'도서관 ' * size}{end}") for size in (1, 10, 20, 40, 80) for end in ("문을 열었다.", "새 단장")]
    book = RuleBook(rules)
    re.purge()
    once = calls(lambda: [re.compile(pattern) for pattern in patterns])
    re.purge()
    asked = calls(lambda: [book.find(line, "tail", Context()) for line in lines])
    assert asked < 2 * once
