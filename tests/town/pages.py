"""The pages of a paper as text: articles with all that stands around them, feeds, sitemaps, section lists, its profile."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from .stories import SECTIONS

if TYPE_CHECKING:
    from .paper import Article, Paper

_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def html_type(article: Article) -> str:
    """The Content-Type of an article's page, under the label that Korean servers use."""
    return f"text/html; charset={_label(article)}"


def _label(article: Article) -> str:
    return "euc-kr" if article.encoding == "cp949" else article.encoding


def article(paper: Paper, article: Article) -> str:
    """The page of an article. Touches change the blanks and the advert's number, and nothing that is read."""
    blanks = "\n" + " " * (article.touches % 5)
    title, url = html.escape(article.title), paper.url(article.number)
    text = blanks.join(f"<p>{blanks}{html.escape(line, quote=False)}</p>" for line in article.paragraphs)
    changed = f" <span class='changed'>수정 {article.modified:%Y.%m.%d %H:%M}</span>" if article.revision else ""
    return f"""<!doctype html>
<html lang="ko"><head><meta charset="{_label(article)}"><title>{title} - {paper.name}</title>
<link rel="canonical" href="{url}">
<meta property="og:type" content="article"><meta property="og:title" content="{title}">
<meta property="og:site_name" content="{paper.name}"><meta property="og:url" content="{url}">
<meta property="article:section" content="{SECTIONS[article.section]}">
<meta property="article:published_time" content="{article.published.isoformat()}">
<meta property="article:modified_time" content="{article.modified.isoformat()}"></head>
<body><header><a href="/">{paper.name}</a><nav>{_menu()}</nav></header>
<aside class="ad" data-count="{article.touches}"></aside>{blanks}
<article><h1>{title}</h1>
<div class="info"><span class="byline">{article.reporter} 기자</span> <span class="published">입력 {article.published:%Y.%m.%d %H:%M}</span>{changed}</div>
<ul class="share"><li><button>페이스북</button></li><li><button>카카오톡</button></li><li><button>글자 크기</button></li></ul>
<div class="text">{text}</div></article>
<section class="related"><h2>많이 본 뉴스</h2><ul>{_neighbours(paper, article.number)}</ul></section>
<footer><p>제호 : {paper.name} | 등록번호 {paper.key},아00001</p><p>Copyright ⓒ {paper.name}. All rights reserved.</p></footer>
</body></html>
"""


def _menu() -> str:
    return " ".join(f'<a href="/list/{section}">{name}</a>' for section, name in SECTIONS.items())


def _neighbours(paper: Paper, number: int) -> str:
    return "".join(f'<li><a href="/view/{n}">{n}번째 이야기</a></li>' for n in (number - 1, number + 1) if n > 0)


def removed(paper: Paper) -> str:
    """The page that says, with status 200, that an article is gone."""
    return f"""<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{paper.name}</title></head>
<body><h1><a href="/">{paper.name}</a></h1><p>삭제된 기사입니다.</p><p><a href="/">홈으로 가기</a></p></body></html>"""


def feed(paper: Paper, articles: Iterable[Article]) -> str:
    """An RSS 2.0 feed."""
    items = "\n".join(
        f"<item><title>{html.escape(a.title)}</title><link>{paper.url(a.number)}</link>"
        f"<pubDate>{format_datetime(a.published)}</pubDate>"
        f"<description>{html.escape(a.paragraphs[0])}</description></item>"
        for a in articles
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>{paper.name}</title><link>{paper.base}/</link>
{items}
</channel></rss>
"""


def sitemap_index(entries: Iterable[tuple[str, datetime | None]]) -> str:
    """An index of sitemaps, by address and time of change; made of anything, foreign and its own address too."""
    return _map("sitemapindex", "sitemap", entries)


def sitemap(entries: Iterable[tuple[str, datetime | None]]) -> str:
    """A sitemap of pages, by address and time of change."""
    return _map("urlset", "url", entries)


def _map(root: str, entry: str, entries: Iterable[tuple[str, datetime | None]]) -> str:
    lines = "\n".join(
        f"<{entry}><loc>{html.escape(url)}</loc>{f'<lastmod>{at.isoformat()}</lastmod>' if at else ''}</{entry}>"
        for url, at in entries
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_MAP}">\n{lines}\n</{root}>\n'


def page_number(query: str) -> int:
    """The page that `?page=N` asks for; the first one where it asks for none."""
    said = parse_qs(query).get("page", ["1"])[0]
    return max(1, int(said)) if said.isdecimal() else 1


def section_list(paper: Paper, section: str, articles: Sequence[Article], number: int, size: int) -> str:
    """A page of a section's list, with the link to the next one while there is one."""
    shown = articles[(number - 1) * size : number * size]
    items = "\n".join(
        f'<li><a href="/view/{a.number}">{html.escape(a.title)}</a> <span>{a.published:%Y.%m.%d}</span></li>'
        for a in shown
    )
    more = f'<a class="next" href="/list/{section}?page={number + 1}">다음</a>' if len(articles) > number * size else ""
    title = SECTIONS.get(section, "전체")
    return f"""<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{title} 기사목록 - {paper.name}</title></head>
<body><h1>{title}</h1><nav>{_menu()}</nav><ul class="list">
{items}
</ul>{more}</body></html>"""


def profile(paper: Paper, lists: Iterable[str]) -> str:
    """The site profile, in the terms of newsscrape.sites.profile; strings as JSON, which TOML reads the same."""
    lists = tuple(lists)
    crawl = ["[crawl]"]
    if "feeds" in lists:
        crawl.append(f"feeds = {json.dumps([paper.url('/rss.xml')])}")
    if "sitemaps" in lists:
        crawl.append(f"sitemaps = {json.dumps([paper.url('/sitemap.xml')])}")
    if "sections" in lists:
        crawl += [
            "[[crawl.sections]]",
            'name = "전체"',
            f"url = {json.dumps(paper.url('/list/all'))}",
            """links = "//ul[@class='list']//a/@href" """.strip(),
            """next = "//a[@class='next']/@href" """.strip(),
        ]
    return f"""key = "{paper.key}"
name = "{paper.name}"
domains = ["{paper.host}"]
[identity]
urls = ['/view/(?P<id>\\d+)']
{chr(10).join(crawl)}
[[layouts]]
name = "only"
body = ["//article/div[@class='text']"]
byline = ["//span[@class='byline']"]
"""
