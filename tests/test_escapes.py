"""Letters written for machines are written out; what an article says of them stays."""

from __future__ import annotations

import pytest

from newsscrape.korean.escapes import unescape


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("&quot;인용&quot; &amp; &middot;", '"인용" & ·'),
        ("&amp;amp;quot;인용&amp;amp;quot;", '"인용"'),
        ("&#8220;인용&#x201d; &#64;", "“인용” @"),
        ("&quot인용 &lt가&gt나", '"인용 <가>나'),
        ("amp;#39;면직amp;#39; quot;인용quot;", "'면직' \"인용\""),
        ("\\uc11c\\uc6b8\\uc2dc\\ub294 \\ub2e4\\ub9ac\\ub97c", "서울시는 다리를"),
        ("%EC%84%9C%EC%9A%B8%EC%8B%9C%EB%8A%94", "서울시는"),
        ("%BC%AD%BF%EF%BD%C3%B4%C2", "서울시는"),
        ("=?EUC-KR?B?vK2/773DtMI=?=", "서울시는"),
        ("=?UTF-8?B?7ISc7Jq47Iuc64qU?=", "서울시는"),
    ],
)
def test_written_out(text: str, plain: str) -> None:
    assert unescape(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "", "한빛시는 다리를 놓는다.", "R&D와 M&A", "https://hanbit.test/?a=1&copy=2&lt=3", "글자 \\uc11c는 무엇인가",
        "주소는 https://hanbit.test/%EC%84%9C%EC%9A%B8%EC%8B%9C%EB%8A%94 이다", "C:\\users\\unknown", "100%ABC", "=?broken?X?=?=",
        "=?no-such?B?vK2/773DtMI=?=", "&unknown; 가", "문장; 다음 문장",
    ],
)  # fmt: skip
def test_left_alone(text: str) -> None:
    assert unescape(text) == text
