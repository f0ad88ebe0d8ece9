"""What stands around the text of a Korean news page: 30-60 KB of menus, share bars, lists, adverts, scripts and footer."""

from __future__ import annotations

import html
import json
import random

from tests.town import Article, Paper, pages
from tests.town.stories import SECTIONS, story

_MENU = ("전체", "속보", "기획", "인터뷰", "현장", "사진", "영상", "연재", "칼럼", "사설", "독자 투고", "지면 보기")
_SHARES = (
    "페이스북",
    "엑스",
    "카카오톡",
    "밴드",
    "네이버 블로그",
    "주소 복사",
    "글자 크게",
    "글자 작게",
    "인쇄",
    "스크랩",
)
_LISTS = ("많이 본 뉴스", "관련 기사", "주요 뉴스", "포토 뉴스", "이 시각 추천", "오피니언")
_STYLE = "\n".join(
    f".news-view-{n} .item-{n}{{display:block;margin:{n}px 0;padding:0 {n}px;color:#{n:03x}}}" for n in range(60)
)
_SCRIPT = "\n".join(
    f"window.__slot{n}=window.__slot{n}||[];__slot{n}.push({{id:'ad-{n}',size:[300,{n}],lazy:!0}});" for n in range(40)
)


def full_page(paper: Paper, article: Article) -> bytes:
    """An article's page as large as a publisher's, in its own encoding; the same for the same number."""
    pick = random.Random(f"{paper.key}:{article.number}")
    text = pages.article(paper, article)
    head = f"<style>{_STYLE}</style><script type='application/ld+json'>{_json_ld(paper, article)}</script>"
    above = f"{_menu()}{_shares()}<div class='banner' id='ad-top'></div>"
    below = _shares() + "".join(_list(pick, name) for name in _LISTS)
    below += f"<script>{_SCRIPT}</script>"
    text = text.replace("</head>", f"{head}</head>", 1).replace("<article>", f"{above}<article>", 1)
    return text.replace("<footer>", f"{below}<footer>{_small_print(paper)}", 1).encode(article.encoding)


def _json_ld(paper: Paper, article: Article) -> str:
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": article.published.isoformat(),
        "dateModified": article.modified.isoformat(),
        "author": [{"@type": "Person", "name": article.reporter}],
        "publisher": {"@type": "Organization", "name": paper.name},
        "mainEntityOfPage": paper.url(article.number),
    }
    return json.dumps(said, ensure_ascii=False)


def _menu() -> str:
    menus = "".join(
        f"<li class='menu-{key}'><a href='/list/{key}'>{name}</a><ul class='sub-menu'>"
        + "".join(f"<li><a class='sub' href='/list/{key}?sub={n}'>{sub}</a></li>" for n, sub in enumerate(_MENU))
        + "</ul></li>"
        for key, name in SECTIONS.items()
    )
    return f"<nav id='gnb' class='navigation'><ul>{menus}</ul></nav><nav class='all'><ul>{menus}</ul></nav>"


def _shares() -> str:
    return "<ul class='sns-list'>" + "".join(
        f"<li class='sns-{n}'><button type='button' data-share='{n}'><span class='icon'></span>{name}</button></li>"
        for n, name in enumerate(_SHARES)
    ) + "</ul>"  # fmt: skip


def _list(pick: random.Random, name: str) -> str:
    items = "".join(
        f"<li class='item'><a href='/view/{n}'><img src='/thumbnails/{n // 100}/{n}_120x80.jpg' width='120' height='80' "
        f"alt=''><strong class='tit'>{html.escape(_headline(n))}</strong></a><span class='date'>04.{n % 28 + 1:02}</span></li>"
        for n in (pick.randint(1, 300) for _ in range(pick.randint(6, 24)))
    )
    return f"<section class='side'><h3>{name}</h3><ul class='news-list'>{items}</ul></section>"


_headlines: dict[int, str] = {}


def _headline(number: int) -> str:
    if number not in _headlines:
        _headlines[number] = story("side", number).title
    return _headlines[number]


def _small_print(paper: Paper) -> str:
    lines = (
        "회사 소개",
        "광고 문의",
        "이용 약관",
        "개인정보 처리방침",
        "청소년 보호정책",
        "고충 처리",
        "기사 제보",
        "찾아오시는 길",
    )
    links = "".join(f"<li><a href='/company/{n}'>{line}</a></li>" for n, line in enumerate(lines))
    return f"<ul class='company'>{links}</ul><address>{paper.name} 한빛시 새별로 1 대표전화 000-000-0000</address>"
