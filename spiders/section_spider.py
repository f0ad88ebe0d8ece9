"""Reads a site's section lists, page after page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any

import lxml.etree

from newsscrape.decode import decode
from newsscrape.discovery.addresses import absolute
from newsscrape.errors import PageError
from newsscrape.parse import parse

from .article_spider import ArticleSpider

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

    from newsscrape.sites.profile import Section


class SectionSpider(ArticleSpider):
    """Asks for every section list of the site's profile and follows its paging.

    A list is followed while its pages name articles that were not met before and, with `since`, while
    not all articles of the page before were older; at most `SECTION_PAGES` pages.
    """

    name = "sections"

    async def start(self) -> AsyncIterator[Request]:
        """The requests for the first page of each list."""
        for section in self.job.site.profile.crawl.sections:
            yield self.ask_list(section.url, self.parse_list, section=section, page=1, before=[])

    def parse_list(self, response: Response, section: Section, page: int, before: list[str]) -> Iterator[Request]:
        """The requests for a list's articles, then for its next page."""
        if before and self.job.older.issuperset(before):
            return
        try:
            tree = parse(decode(response.body, {}, response.url).text, response.url)
        except PageError as error:
            self.unreadable(error, response)
            return
        new = []
        for request in self.articles((url, None) for url in _links(tree, section.links, response.url)):
            new.append(request.url)
            yield request
        if not new or section.next is None or page >= self.settings.getint("SECTION_PAGES"):
            return
        for url in _links(tree, section.next, response.url)[:1]:
            yield self.ask_list(url, self.parse_list, section=section, page=page + 1, before=new)


def _links(tree: lxml.etree._Element, xpath: str, base: str) -> list[str]:
    """The absolute addresses that an XPath names (attributes, or elements with an href), each once."""
    found: Any = tree.xpath(xpath)
    nodes = [found] if isinstance(found, str) else found  # string(//a/@href) is one string
    links = [node if isinstance(node, str) else node.get("href", "") for node in nodes]
    return list(dict.fromkeys(url for link in links if (url := absolute(link, base))))
