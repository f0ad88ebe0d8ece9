"""What kind of page this is, when it is no article: list, search, home, error, login, removed, empty.

Told by what the page says of itself (address, title, notices), never by its size.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from newsscrape.candidates import fallback
from newsscrape.candidates.candidate import Candidates
from newsscrape.candidates.reading import Reading
from newsscrape.candidates.whole import Whole
from newsscrape.korean.bylines import is_byline
from newsscrape.korean.characters import fold
from newsscrape.korean.dates import find_dates
from newsscrape.korean.titles import same_title, section_code
from newsscrape.sites import Site

PageKind = Literal["article", "list", "search", "home", "error", "login", "removed", "empty"]

_REMOVED = re.compile(
    r"(?:삭제|종료|중단|이동)된 (?:기사|페이지|뉴스|게시물|글)|기사가 (?:삭제|존재하지)|기사를 찾을 수 없|"
    r"존재하지 않는 (?:기사|페이지|뉴스)|"
    r"(?:언론사|저작권자|기사 ?제공사|방송사)의? 요청(?:으로|에 의해|에 따라).{0,20}삭제|"
    r"서비스(?:가|되지) (?:종료|않는) 기사"
)
_ERROR = re.compile(
    r"^(?:40[0-9]|50[0-9])\b|\b(?:404|403|500|502|503)\b.{0,20}(?:error|not found|forbidden|unavailable)|"
    r"not found|forbidden|access denied|bad gateway|페이지를 찾을 수 없|요청하신 (?:페이지|주소|파일)|"
    r"잘못된 (?:접근|주소|경로|요청)|서비스 ?점검|시스템 ?(?:오류|점검)|접근이? ?(?:차단|거부|제한)|"
    r"just a moment|attention required",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"^(?:.{0,16})(?:로그인|회원 ?로그인|log ?in|sign ?in)(?:.{0,10})$", re.IGNORECASE)
_SEARCH = re.compile(r"검색 ?결과|통합 ?검색|네이버 ?(?:뉴스)?검색|: ?검색$|search results?", re.IGNORECASE)
_LIST_URL = re.compile(
    r"articleList|[?&](?:page|sc_section_code)=\d|/(?:index|main|home|list)\.(?:html?|php|asp|jsp|nhn|do)|"
    r"/(?:list|lists|section|sections|category|categories|tag|tags|ranking|main|archive|topic|issue)s?(?:[/.?]|$)",
    re.IGNORECASE,
)
_LIST_MIN = 4  # linked headlines among the lines of a list
_MANY = 12  # as many stand around an article, and more on a section's page
_HEADLINE = 14  # letters; menu entries are shorter
_NOTICE_LINES = 60
_NOTICE = 120
_SHORT = 200  # letters; an error page says less, and an article among headlines more
_SECTION_TITLE = 14
_INFO = 3  # lines
_FRONT_PAGES = ("", "index.html", "index.php", "main", "home")
_LISTS = frozenset({"최신기사", "전체기사", "최신뉴스", "많이 본 뉴스", "인기기사", "랭킹뉴스", "헤드라인"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind of a page and, when it is no article, the reason in words."""

    kind: PageKind
    reason: str = ""


def judge(
    candidates: Candidates,
    whole: Whole,
    body: Reading | None,
    *,
    title: str | None,
    source: str,
    url: str | None,
    site: Site | None,
) -> Verdict:
    """Whether the page is an article, from what it says of itself and the body that was found (if any).

    `title` is the page's title without the site's name, `source` names where the body came from, `site` is
    the profile of the page's host.
    """
    titles = [fold(str(c.value)) for c in candidates.of("title", "title-tag", "meta:og:title")]
    is_said = says_article(candidates)
    notice = _notice(titles, whole, body, is_said=is_said)
    if notice is not None:
        return notice
    parts = urlsplit(url or "")
    where = parts.path + (f"?{parts.query}" if parts.query else "")
    if parts.hostname and parts.path.strip("/") in _FRONT_PAGES and not parts.query:
        return Verdict("home", "the address is a site's front page, not an article's")
    if is_said:
        return Verdict("article")  # where no body was found, its words are in an image, a video or a table
    if any(map(_SEARCH.search, titles)) or (parts.hostname or "").startswith("search."):
        return Verdict("search", "the page shows search results; follow its links to the articles")
    if body is not None and not _is_list(body):
        known = source.startswith(("profile", "script"))
        if known or not _stands_among_headlines(whole, body, title=title, source=source, url=url, site=site):
            return Verdict("article")
    if body is not None or _LIST_URL.search(where) or _headlines(whole.reading) >= _LIST_MIN:
        return Verdict("list", "the page lists articles and is none itself; follow its links")
    if not whole.reading.lines:
        return Verdict("empty", "the page holds no text; a browser would fill it by script, a plain fetch does not")
    return Verdict("empty", "no article text was found on the page; it may need a browser or a login, or be no article")


def _stands_among_headlines(
    whole: Whole, body: Reading, *, title: str | None, source: str, url: str | None, site: Site | None
) -> bool:
    """Whether what looks like a text is the leads or the small print of a page of headlines."""
    if title is not None and len(title) <= _SECTION_TITLE and (_is_section(title) or fold(title) in _LISTS):
        return True
    if _headlines(whole.reading) < _MANY:
        return False
    if site is not None and url and site.profile.identity.urls and site.owns(url) and not site.is_article_url(url):
        return True
    return title is None or source == fallback.SOURCE or body.letters < _SHORT


def _is_section(title: str) -> bool:
    """Whether each word of a title is a section's: "사회 사건사고", but not "나루초 살린 마을 사람들"."""
    return all(map(section_code, title.split()))


def _notice(titles: list[str], whole: Whole, body: Reading | None, *, is_said: bool) -> Verdict | None:
    """Pages that say what is wrong, in their title or as about all of their text."""
    if body is not None:
        short = not is_said and body.letters < _SHORT
        gone = next((line.text for line in body.lines if short and _REMOVED.search(fold(line.text))), None)
        return Verdict("removed", f"the page says that the article is gone ({gone!r})") if gone else None
    texts = [fold(line.text) for line in whole.reading.lines[:_NOTICE_LINES] if line.links < 0.5]
    for text in [*titles, *(text for text in texts if len(text) < _NOTICE)]:
        if _REMOVED.search(text):
            return Verdict("removed", f"the page says that the article is gone ({text!r})")
        if _ERROR.search(text):
            return Verdict("error", f"the server sent an error page ({text!r})")
    if any(map(_LOGIN.match, titles)):
        return Verdict("login", "the page asks for a login; it is not circumvented")
    return None


def says_article(candidates: Candidates) -> bool:
    """Whether JSON-LD or meta tags call the page an article."""
    if candidates.of("title", "jsonld", "script") or candidates.of("published_at", "meta", "jsonld", "script"):
        return True
    return any(str(c.value).lower() == "article" for c in candidates.of("page_type"))


def is_framed(whole: Whole, title: str) -> bool:
    """Whether the page's heading says its title, and a time to the hour or a reporter's name stands right below.

    So articles look that tell no machine that they are some; lists of articles name a section there.
    """
    if len(title) <= _SECTION_TITLE and _is_section(title):
        return False
    lines = whole.reading.lines
    place = next((i for i, line in enumerate(lines) if line.kind == "heading" and same_title(line.text, title)), None)
    if place is None or _headlines(whole.reading) >= _MANY:
        return False
    below = [line.text for line in lines[place + 1 : place + 1 + _INFO]]
    return any(is_byline(text) or any(d.precision != "day" for d in find_dates(text, info_bar=True)) for text in below)


def _is_list(body: Reading) -> bool:
    """Linked headlines at least as many as unlinked lines, over and over: the leads of a list."""
    linked = sum(1 for line in body.lines if line.links > 0.8 and len(line.text) >= 8)
    return linked >= _LIST_MIN and linked * 2 >= len(body.lines) - linked


def _headlines(page: Reading) -> int:
    """How many lines are headlines that link to articles."""
    return sum(1 for line in page.lines if line.links > 0.8 and len(line.text) >= _HEADLINE)
