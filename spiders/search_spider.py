"""Asks news searches (Naver's Search API, Google News) for addresses; the articles are crawled at their publishers'."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from scrapy import Request
from scrapy.spidermiddlewares.httperror import HttpError

from newsscrape.archive.quotas import Quota
from newsscrape.discovery import google_news, naver
from newsscrape.discovery.search_entry import SearchEntry
from newsscrape.discovery.since import KST, certainly_newer, certainly_older
from newsscrape.errors import CrawlError, PageError
from newsscrape.sites import Profile, Site

from .job import Job, Wish
from .problems import problem_of
from .robots import API
from .site_spider import SiteSpider

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from .round import Round

Engine = Literal["naver", "google"]

ID, SECRET, API_ADDRESS = "NAVER_CLIENT_ID", "NAVER_CLIENT_SECRET", "NAVER_API_URL"
"""Names in the environment: the keys of Naver's search, and its address where it is not the Developers Center's."""
_CALLS_A_DAY = 25_000  # https://developers.naver.com/docs/serviceapi/search/news/news.md


@dataclass(frozen=True, slots=True)
class Query:
    """Words to search for, and where. Of the results, at most `limit` are taken."""

    text: str
    engine: Engine = "naver"
    limit: int | None = None


def check(queries: tuple[Query, ...]) -> None:
    """Raises `CrawlError` where a search cannot be asked: an empty query, or no keys in the environment."""
    for query in queries:
        if not query.text.strip():
            raise CrawlError("a query is empty; write what to search for")
        if query.engine == "naver" and not (os.environ.get(ID) and os.environ.get(SECRET)):
            raise CrawlError(f"Naver's search needs keys: set {ID} and {SECRET} in the environment")


class SearchSpider(SiteSpider):
    """Asks the searches of a round; `found` are the publishers' addresses, in the order of the results."""

    name = "search"

    def __init__(self, site: str, job: Job, queries: tuple[Query, ...], **kwargs: Any) -> None:
        super().__init__(site, job, **kwargs)
        self.queries = queries
        self.found: dict[str, None] = {}
        self.quota = Quota(job.round.archive, "naver-search", _CALLS_A_DAY)
        self._on_portal = 0

    async def start(self) -> AsyncIterator[Request]:
        """The first request of each query."""
        for query in self.queries:
            request = self._ask(query, start=1, taken=0)
            if request is not None:
                yield request

    def _ask(self, query: Query, *, start: int, taken: int) -> Request | None:
        if query.engine == "google":
            return self._request(self._google_address(query), query, taken)
        if not self.quota.use(self.job.round.now()):
            self.job.report.fail(
                "Naver's search", f"today's {_CALLS_A_DAY:,} calls are used up; go on after midnight KST"
            )
            return None
        base = os.environ.get(API_ADDRESS) or naver.DEVELOPERS_CENTER
        request = self._request(naver.request_url(query.text, start, base=base), query, taken)
        request.headers.update(naver.headers(os.environ[ID], os.environ[SECRET], base=base))
        request.meta.update({API: True, "dont_redirect": True})  # the keys are for nobody else
        return request

    def _request(self, url: str, query: Query, taken: int) -> Request:
        facts = {"query": query, "taken": taken}
        return Request(url, callback=self.parse_results, errback=self.search_failed, cb_kwargs=facts, dont_filter=True)

    def _google_address(self, query: Query) -> str:
        since, until = self.job.wish.since, self.job.wish.until
        base = self.settings.get("GOOGLE_NEWS_URL") or google_news.SEARCH
        if since is None:
            return google_news.request_url(query.text, base=base)
        last = until.astimezone(KST).date() if until is not None else None
        return google_news.request_url(query.text, since=since.astimezone(KST).date(), until=last, base=base)

    def parse_results(self, response: Response, query: Query, taken: int) -> Iterator[Request]:
        """Takes the addresses of a page of results; yields the request for the next page."""
        following: int | None = None
        try:
            if query.engine == "naver":
                results = naver.read_results(response.body, url=response.url)
                entries, following = results.entries, results.next_start
            else:
                entries = tuple(google_news.read_results(response.body, url=response.url))
        except PageError as error:
            self.job.report.fail(_named(query), error.reason)
            return
        for entry in entries:
            if query.limit is not None and taken >= query.limit:
                return
            taken += self._keep(entry)
        # Naver gives the newest first: when the last one is too old, so is all that follows.
        if following is not None and entries and not certainly_older(entries[-1].published, self.job.wish.since):
            request = self._ask(query, start=following, taken=taken)
            if request is not None:
                yield request

    def _keep(self, entry: SearchEntry) -> bool:
        wish = self.job.wish
        if certainly_older(entry.published, wish.since) or certainly_newer(entry.published, wish.until):
            return False
        if entry.on_portal:
            self._on_portal += 1
            return False
        self.found[entry.url] = None
        return True

    def search_failed(self, failure: Failure) -> None:
        """Accounts for a page of results that did not come."""
        query: Query = failure.request.cb_kwargs["query"]  # type: ignore[attr-defined]
        error = failure.value
        if query.engine == "naver" and isinstance(error, HttpError):
            reason = naver.read_error(error.response.status, error.response.body)
        else:
            reason = problem_of(error).reason
        self.job.report.fail(_named(query), reason)

    def closed(self, reason: str) -> None:
        """Says what could not be used."""
        super().closed(reason)
        if self._on_portal:
            self.job.report.notice(
                f"{self._on_portal} results name only the search engine's own page, not the publisher's; left out"
            )


def search_job(round_: Round, wish: Wish) -> Job:
    """The job of a round's searches: its site are the engines' hosts."""
    domains = ("openapi.naver.com", "ntruss.com", "news.google.com")
    site = Site(Profile.model_construct(key="search:news", name="news searches", domains=domains))
    return Job.of(site, round_, wish)


def _named(query: Query) -> str:
    return f"{query.engine}: {query.text}"
