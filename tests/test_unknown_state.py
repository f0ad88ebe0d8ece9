"""Articles that only the state in a page's scripts holds, on sites without a profile."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pages import SENTENCES, TITLE, page

import newsscrape

URL = "https://www.hanbit-maeul.example/news/12345"
MARKUP = "".join(f"<p>{line}</p>" for line in SENTENCES)
TEXT = "\n".join(SENTENCES)
OTHER = (
    "가온시는 나루섬 다리를 다시 놓기로 했다고 밝혔다. 다리는 석 달 전에 큰비로 끊겼고, 주민들은 배로 강을 건너 왔다."
    * 9
)
ARTICLE: dict[str, Any] = {
    "title": TITLE,
    "publishedAt": "2026-11-12T09:30:00+09:00",
    "reporters": [{"name": "강솔", "email": "sol@hanbit.example"}],
    "content": MARKUP,
}


def read(script: str) -> newsscrape.Article:
    head = "<meta property='og:type' content='article'>"
    return newsscrape.extract(page(head=head, heading="", info="", body="", around=script), url=URL)


def state(article: dict[str, Any]) -> str:
    whole = {"props": {"article": article, "related": [{"title": "나루섬 다리", "content": OTHER}]}}
    return f"<script id='__NEXT_DATA__' type='application/json'>{json.dumps(whole, ensure_ascii=False)}</script>"


def test_text() -> None:
    article = read(state(ARTICLE))
    assert article.text == TEXT
    assert article.provenance["body"] == "script:state"


def test_time() -> None:
    assert str(read(state(ARTICLE)).published_at) == "2026-11-12 09:30:00+09:00"


def test_reporter() -> None:
    assert [author.name for author in read(state(ARTICLE)).authors] == ["강솔"]


@pytest.mark.parametrize(
    "content",
    [
        "\n\n".join(SENTENCES),
        MARKUP.replace("<", "&lt;").replace(">", "&gt;"),
        [{"type": "text", "data": line} for line in SENTENCES],
        list(SENTENCES),
        {"blocks": [{"kind": "p", "html": f"<p>{line}</p>"} for line in SENTENCES]},
    ],
    ids=["plain", "escaped", "blocks", "strings", "blocks of markup"],
)
def test_shape_of_the_text(content: Any) -> None:
    assert read(state({**ARTICLE, "content": content})).text == TEXT


def test_text_beside_the_object_with_the_title() -> None:
    assert read(state({"head": {"title": TITLE}, "content": MARKUP})).text == TEXT


@pytest.mark.parametrize(
    "statement",
    [
        "window.__INITIAL_STATE__ = {0};(function(){{}})()",
        "window['__RQ'] = window['__RQ'] || [];window['__RQ'].push({0})",
        "var article = JSON.parse({1});",
    ],
    ids=["object", "pushed", "string"],
)
def test_state_in_a_statement(statement: str) -> None:
    value = json.dumps({"view": ARTICLE})
    assert read(f"<script>{statement.format(value, json.dumps(value))}</script>").text == TEXT


def test_state_pushed_in_pieces() -> None:
    length = f"{len(MARKUP.encode()):x}"
    rows = f'1:"$Sreact"\n5:T{length},{MARKUP}6:{json.dumps({**ARTICLE, "content": "$5"}, ensure_ascii=False)}\n'
    pushes = "".join(
        f"<script>self.__next_f.push([1,{json.dumps(part)}])</script>" for part in (rows[:300], rows[300:])
    )
    assert read(pushes).text == TEXT


@pytest.mark.parametrize(
    "script",
    [
        state({**ARTICLE, "title": "나루섬 다리 다시 놓는다"}),
        "<script type='application/json'>{" + "broken" * 60 + "</script>",
        "<script>window.__STATE__ = {" + "broken" * 60 + "</script>",
        f"<script type='application/json'>{'[' * 3000}</script>",
    ],
    ids=["another title", "broken", "broken statement", "too deep"],
)
def test_nothing_is_guessed(script: str) -> None:
    assert read(script).text == ""


def test_time_that_only_the_state_tells_of_a_page_with_text() -> None:
    body = "".join(f"<p>{line}</p>" for line in SENTENCES)
    told = state({"title": TITLE, "deployDt": "2026.11.12 09:30", "reDeployDt": "2026.11.12 10:00"})
    article = newsscrape.extract(page(info="", body=body, around=told), url=URL)
    assert str(article.published_at).startswith("2026-11-12 09:30")


def test_many_objects_with_the_title_and_many_texts() -> None:
    many = [{"title": TITLE, "list": [OTHER[:60] + str(n)]} for n in range(5_000)]
    assert read(state({"title": TITLE, "others": many, "content": MARKUP})).text == TEXT
