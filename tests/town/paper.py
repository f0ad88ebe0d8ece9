"""A newspaper of the town: what it has published, and what a request for one of its pages gives."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Literal

from . import pages
from .faults import Mood
from .stories import SECTIONS, story

DOMAIN = ".newsroom.test"
KST = timezone(timedelta(hours=9))
FOUNDED = datetime(2025, 4, 1, 6, 0, tzinfo=KST)
SPACING = timedelta(minutes=37)  # between two articles whose time is not said
Gone = Literal[404, 410, "notice"]
Validators = Literal["both", "etag", "weak", "date", "none"]
List = Literal["feeds", "sitemaps", "sections"]


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it stands now. `revision` counts changes of its words, `touches` changes around them."""

    number: int
    section: str
    title: str
    reporter: str
    paragraphs: tuple[str, ...]
    published: datetime
    modified: datetime
    encoding: str
    revision: int = 0
    touches: int = 0
    gone: Gone | None = None
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """What a path gives: the body, its type, and when it last changed."""

    body: bytes
    content_type: str
    modified: datetime
    status: int = 200


class Paper:
    """One newspaper on one host. All methods may be called from any thread, while it is being read.

    `feed_size` articles stand in the feed, `page_size` on a page of a section list; `cp949_every` so many articles
    one page is CP949 (0: none). `validators` are what its answers carry: ETag and Last-Modified ("both"), one of
    them, a weak ETag, or none. `lists` go into its profile.
    """

    def __init__(
        self,
        key: str,
        *,
        port: int = 80,
        seed: object = 1,
        name: str | None = None,
        feed_size: int = 20,
        page_size: int = 10,
        cp949_every: int = 7,
        validators: Validators = "both",
        lists: Sequence[List] = ("feeds", "sitemaps", "sections"),
        robots: str | None = None,
    ) -> None:
        self.key = key
        self.host = key + DOMAIN
        self.name = name or f"{key} 신문"
        self.base = f"http://{self.host}:{port}"
        self.mood = Mood()
        self.feed_size, self.page_size, self.cp949_every = feed_size, page_size, cp949_every
        self.validators: Validators = validators
        self.lists = tuple(lists)
        self.robots = robots or f"User-agent: *\nAllow: /\nSitemap: {self.base}/sitemap.xml\n"
        self._seed = f"{seed}:{key}"
        self._articles: dict[int, Article] = {}
        self._changed = FOUNDED
        self._lock = threading.RLock()

    def url(self, path: str | int) -> str:
        """The address of a path, or of an article by its number."""
        return self.base + (f"/view/{path}" if isinstance(path, int) else path)

    def publish(
        self, what: int | str | None = None, *, at: datetime | None = None, section: str | None = None
    ) -> Article:
        """Publishes an article: the one with a number, one with this text (a paragraph a line), or the next one."""
        with self._lock:
            number = what if isinstance(what, int) else max(self._articles, default=0) + 1
            article = self.draft(number)
            at = at or article.published
            return self._put(
                replace(
                    article,
                    section=section or article.section,
                    paragraphs=tuple(what.splitlines()) if isinstance(what, str) else article.paragraphs,
                    published=at,
                    modified=at,
                )
            )

    def draft(self, number: int) -> Article:
        """The article with a number as it would be published; it always is the same."""
        told = story(self._seed, number)
        at = FOUNDED + number * SPACING
        return Article(
            number=number,
            section=list(SECTIONS)[number % len(SECTIONS)],
            title=told.title,
            reporter=told.reporter,
            paragraphs=told.paragraphs,
            published=at,
            modified=at,
            encoding="cp949" if self.cp949_every and number % self.cp949_every == 0 else "utf-8",
        )

    def publish_many(self, count: int) -> list[Article]:
        """Publishes the next so many articles."""
        with self._lock:
            return [self.publish() for _ in range(count)]

    def edit(
        self, number: int, text: str | None = None, *, title: str | None = None, at: datetime | None = None
    ) -> Article:
        """Changes an article's words (to this text, or one paragraph and one more) and its time of change."""
        with self._lock:
            old = self._articles[number]
            revision = old.revision + 1
            paragraphs = tuple(text.splitlines()) if text else story(self._seed, number, revision).paragraphs
            modified = at or old.modified + timedelta(hours=1)
            return self._put(
                replace(
                    old, title=title or old.title, paragraphs=paragraphs, modified=modified, revision=revision
                )
            )  # fmt: skip

    def touch(self, number: int) -> Article:
        """Changes what is around an article's words (blanks, the advert's number): the bytes, never the text."""
        with self._lock:
            old = self._articles[number]
            return self._put(replace(old, touches=old.touches + 1))

    def delete(self, number: int, how: Gone = 404, *, listed: bool = False) -> Article:
        """Takes an article away: 404, 410, or a page (200) that says so; `listed`, it still stands in the lists."""
        with self._lock:
            self._changed += timedelta(seconds=1)
            return self._put(replace(self._articles[number], gone=how, listed=listed))

    def article(self, number: int) -> Article:
        """An article as it stands now."""
        with self._lock:
            return self._articles[number]

    def articles(self) -> list[Article]:
        """The articles that stand in lists, the newest first."""
        with self._lock:
            return sorted(
                (a for a in self._articles.values() if a.listed), key=lambda a: (a.published, a.number), reverse=True
            )

    def _put(self, article: Article) -> Article:
        self._articles[article.number] = article
        self._changed = max(self._changed, article.modified)
        return article

    def page(self, path: str, query: str = "") -> Found | None:
        """What a path gives without any fault; None where there is nothing.

        `/`, `/robots.txt`, `/view/N`, `/rss.xml`, `/list/SECTION?page=N` (and `/list/all`), `/sitemap.xml` (an index
        of `/sitemap/YYYY-MM.xml`), and `/sitemap-gz.xml` (an index of the same, packed).
        """
        with self._lock:
            if path.startswith("/view/"):
                return self._article_page(path.removeprefix("/view/"))
            if path == "/robots.txt":
                return Found(self.robots.encode(), "text/plain; charset=utf-8", FOUNDED)
            made = self._list_page(path, query)
            return made and Found(*made, self._changed)

    def _article_page(self, name: str) -> Found | None:
        article = self._articles.get(int(name)) if name.isdecimal() else None
        if article is None:
            return None
        if article.gone == "notice":
            return Found(pages.removed(self).encode(), "text/html; charset=utf-8", self._changed)
        body = pages.article(self, article).encode(article.encoding)
        status = article.gone or 200
        return Found(
            body if status == 200 else b"<h1>no such page</h1>", pages.html_type(article), article.modified, status
        )

    def _list_page(self, path: str, query: str) -> tuple[bytes, str] | None:
        articles = self.articles()
        months = sorted({f"{a.published:%Y-%m}" for a in articles})
        if path == "/rss.xml":
            return pages.feed(self, articles[: self.feed_size]).encode(), "application/rss+xml"
        if path in ("/sitemap.xml", "/sitemap-gz.xml"):
            ending = ".xml.gz" if "gz" in path else ".xml"
            newest = {m: max(a.modified for a in articles if f"{a.published:%Y-%m}" == m) for m in months}
            entries = [(self.url(f"/sitemap/{m}{ending}"), newest[m]) for m in reversed(months)]
            return pages.sitemap_index(entries).encode(), "application/xml"
        month = path.removeprefix("/sitemap/").removesuffix(".gz").removesuffix(".xml")
        if path.startswith("/sitemap/") and month in months:
            entries = [(self.url(a.number), a.modified) for a in articles if f"{a.published:%Y-%m}" == month]
            body = pages.sitemap(entries).encode()
            return (
                (gzip.compress(body, mtime=0), "application/gzip")
                if path.endswith(".gz")
                else (body, "application/xml")
            )
        section = path.removeprefix("/list/")
        if path == "/" or (path.startswith("/list/") and section in ("all", *SECTIONS)):
            section = "all" if path == "/" else section
            chosen = [a for a in articles if section in ("all", a.section)]
            number = pages.page_number(query)
            return pages.section_list(
                self, section, chosen, number, self.page_size
            ).encode(), "text/html; charset=utf-8"
        return None

    def profile(self) -> str:
        """The paper's site profile (TOML), with the lists that `lists` names."""
        return pages.profile(self, self.lists)
