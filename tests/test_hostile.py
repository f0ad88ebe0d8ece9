"""A town where everything goes wrong, crawled once: what is told of each trouble, and that it harms no other paper.

The guard of private networks is on, as it is for everybody; only the town's names lead to loopback by the setting
NEWSSCRAPE_HOSTS, which the guard believes.
"""

from __future__ import annotations

import gzip
import random
import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rounds import crawl_round, rows
from test_crawl import records
from town import Asked, Fault, Paper, Town, chain, faults, loop, pages

SETTINGS = {
    "NEWSSCRAPE_PRIVATE_NETWORKS": False,
    "DOWNLOAD_TIMEOUT": 2,
    "DOWNLOAD_MAXSIZE": 1_000_000,
    "DOWNLOAD_WARNSIZE": 0,
    "SITEMAPS_PER_ROUND": 10,
}
MACHINE = socket.gethostname()  # a name that leads into a private network, without a name server


@dataclass(frozen=True)
class Trouble:
    """What is wrong at a paper of three articles, and what must come of it.

    `articles` are those in the archive; `failures` are patterns that the failures' reasons match, in order, and
    `rejected` counts by kind. `never` are beginnings of paths that must not be asked for.
    """

    mood: dict[str, Fault] = field(default_factory=dict)
    articles: str = "13"
    failures: tuple[str, ...] = ()
    rejected: dict[str, int] = field(default_factory=dict)
    lists: str = "feeds"
    never: tuple[str, ...] = ()
    prepare: Callable[[Town, Paper], None] = lambda town, paper: None


def second(**fault: Any) -> dict[str, Fault]:
    return {"/view/2": Fault(**fault)}


def rss(*urls: str) -> Callable[[Town, Paper], None]:
    """A feed of these addresses; {own} is the paper, {secret} and {machine} are places in private networks."""

    def prepare(town: Town, paper: Paper) -> None:
        port = re.search(r":(\d+)/", town.private_urls[0])
        assert port
        names = {
            "own": paper.base,
            "secret": town.private_urls[0],
            "machine": f"{MACHINE}:{port[1]}",
            "host": paper.host,
        }
        items = "".join(f"<item><link><![CDATA[{url.format(**names)}]]></link></item>" for url in urls)
        paper.mood["/rss.xml"] = Fault(body=f"<rss><channel>{items}</channel></rss>".encode())

    return prepare


def leads_to_secrets(path: str, number: int) -> Callable[[Town, Paper], None]:
    def prepare(town: Town, paper: Paper) -> None:
        paper.mood[path] = Fault(redirect=town.private_urls[number])

    return prepare


def leads_elsewhere(town: Town, paper: Paper) -> None:
    paper.mood["/view/2"] = Fault(redirect=town["elsewhere"].url(1))


def leads_to_this_machine(town: Town, paper: Paper) -> None:
    port = re.search(r":(\d+)/", town.private_urls[0])
    assert port
    paper.mood["/rss.xml"] = Fault(redirect=f"http://{MACHINE}:{port[1]}/secret")


def sitemaps(*entries: str) -> Callable[[Town, Paper], None]:
    """An index of these sitemaps, and of the paper's own."""

    def prepare(town: Town, paper: Paper) -> None:
        urls = [
            entry.format(own=paper.base, secret=town.private_urls[0])
            for entry in (*entries, "{own}/sitemap/2025-04.xml")
        ]
        paper.mood["/sitemap.xml"] = Fault(body=pages.sitemap_index((url, None) for url in urls).encode())

    return prepare


def bottomless(town: Town, paper: Paper) -> None:
    """Every index names one more."""
    for number in range(30):
        path = f"/deep/{number}.xml" if number else "/sitemap.xml"
        urls = [paper.url(f"/deep/{number + 1}.xml"), paper.url("/sitemap/2025-04.xml")]
        paper.mood[path] = Fault(body=pages.sitemap_index((url, None) for url in urls).encode())


def robots(text: str) -> Callable[[Town, Paper], None]:
    def prepare(town: Town, paper: Paper) -> None:
        paper.robots = text

    return prepare


def robots_elsewhere(town: Town, paper: Paper) -> None:
    paper.mood["/robots.txt"] = Fault(redirect="/rules.txt", redirect_status=301)
    paper.mood["/rules.txt"] = Fault(body=b"User-agent: *\nDisallow: /view/2\n")


def robots_in_a_private_network(town: Town, paper: Paper) -> None:
    paper.mood["/robots.txt"] = Fault(redirect=town.private_urls[0].replace("secret", "robots.txt"))


def titles(*texts: str) -> Callable[[Town, Paper], None]:
    def prepare(town: Town, paper: Paper) -> None:
        for number, text in enumerate(texts, 1):
            paper.edit(number, title=text)

    return prepare


def refresh(target: str, seconds: int = 0) -> Callable[[Town, Paper], None]:
    def prepare(town: Town, paper: Paper) -> None:
        url = target.format(own=paper.base, secret=town.private_urls[0])
        body = f'<html><head><meta http-equiv="refresh" content="{seconds};url={url}"></head><body>잠시만</body></html>'
        paper.mood["/view/2"] = Fault(body=body.encode())

    return prepare


NESTED = b"<html><body>" + b"<div>" * 30_000 + "깊은 글".encode() + b"</div>" * 30_000
NOISE = random.Random(4).randbytes(4000)
TROUBLES: dict[str, Trouble] = {
    "calm": Trouble(articles="123"),
    # bodies
    "bomb": Trouble(second(bomb=60 << 20), failures=("larger than|exceeded|Cancel|maxsize|max size",)),
    "bombfeed": Trouble({"/rss.xml": Fault(bomb=60 << 20)}, "", failures=("larger than|exceeded|max size",)),
    "bombmap": Trouble(
        {"/bomb.xml.gz": Fault(body=faults.packed(150 << 20, b"<urlset>", b" "))},
        "123", ("unpacks to more than",), lists="sitemaps", prepare=sitemaps("{own}/bomb.xml.gz"),
    ),
    "endless": Trouble(second(endless=True), failures=("larger than|exceeded|max size",)),
    "drip": Trouble(second(drip=0.5), failures=("Timeout|longer than",)),
    "stall": Trouble(second(stall=20), failures=("Timeout|longer than",)),
    "halfway": Trouble(second(stall_in_body=20), failures=("Timeout|longer than",)),
    "longer": Trouble(second(wrong_length=500), failures=("DataLoss",)),
    "reset": Trouble(second(reset=True), failures=("Lost|lost|Reset|reset",)),
    "nogzip": Trouble(second(headers={"Content-Encoding": "gzip"}), failures=("gzip|no text|holds|BadGzip|header",)),
    "empty": Trouble(second(body=b""), failures=("nothing was sent|empty",)),
    "noise": Trouble(second(body=NOISE), failures=("no text|bytes|decod|text",)),
    "nested": Trouble(second(body=NESTED), rejected={"empty": 1}),
    "nocontent": Trouble(second(status=204), failures=("204|nothing|empty",)),
    "teapot": Trouble(second(status=418), failures=("HTTP 418",)),
    "status999": Trouble(second(status=999), failures=("HTTP 999",)),
    "latin": Trouble({"*": faults.LATIN}, "123"),
    "maintenance": Trouble(second(change=faults.html_instead), rejected={"error": 1}),
    # redirects
    "loop": Trouble(loop("/view/2"), failures=("circle",)),
    "chain": Trouble(chain("/view/2", 9, "/view/9"), failures=("max redirections",)),
    "tosecret": Trouble(rejected={"private": 1}, prepare=leads_to_secrets("/view/2", 0)),
    "tolocalhost": Trouble(rejected={"private": 1}, prepare=leads_to_secrets("/view/2", 1)),
    "tosix": Trouble(rejected={"private": 1}, prepare=leads_to_secrets("/view/2", 2)),
    "tomapped": Trouble(rejected={"private": 1}, prepare=leads_to_secrets("/view/2", 3)),
    "tonumber": Trouble(rejected={"private": 1}, prepare=leads_to_secrets("/view/2", 4)),
    "tozero": Trouble(rejected={"private": 1}, prepare=leads_to_secrets("/view/2", 5)),
    "tometadata": Trouble(rejected={"private": 1}, prepare=leads_to_secrets("/view/2", 6)),
    "tofile": Trouble(second(redirect="file:///etc/passwd"), failures=("HTTP 302",)),
    "todata": Trouble(second(redirect="data:text/html,hello"), failures=("HTTP 302",)),
    "tobroken": Trouble(second(redirect="http://[broken/"), failures=("ValueError|Invalid",)),
    "tonothing": Trouble(second(redirect=""), failures=("circle|HTTP 302",)),
    "toforeign": Trouble(rejected={"offsite": 1}, prepare=leads_elsewhere),
    "refreshed": Trouble(rejected={"private": 1}, prepare=refresh("{secret}")),
    "refreshing": Trouble(failures=("circle",), prepare=refresh("{own}/view/2")),
    # feeds
    "feedsecret": Trouble({}, "", ("inside a private network",), prepare=leads_to_secrets("/rss.xml", 0)),
    "feedmachine": Trouble({}, "", ("inside a private network",), prepare=leads_to_this_machine),
    "feedstrange": Trouble(
        articles="1",
        prepare=rss(
            "{secret}", "http://{machine}/secret", "file:///etc/passwd", "ftp://{host}/view/2", "data:text/html,x",
            "http://elsewhere.newsroom.test/view/3", "javascript:alert(1)", "//127.0.0.1/view/2", "{own}/view/1",
            "http://{host}@127.0.0.1/view/2", "http://127.0.0.1#@{host}/view/2", "gopher://{host}/view/3",
        ),
    ),
    "feedodd": Trouble(
        articles="12",
        rejected={"address": 2, "removed": 1},
        prepare=rss(
            "{own}/view/1?q=한글 빈칸<>\"'\\^`{{|}}", "{own}/view/2?%ff%00%zz", "{own}/view/3/", "http://{host}:99999/view/4",
            "{own}/view/5" + "x" * 5000,
        ),
    ),
    "feedcut": Trouble({"/rss.xml": Fault(change=faults.cut_in_half)}, "3"),
    "feedhtml": Trouble({"/rss.xml": Fault(change=faults.html_instead)}, "", ("no feed",)),
    "feedentity": Trouble({"/rss.xml": Fault(change=faults.undeclared_entity)}, "123"),
    "feedcp949": Trouble({"/rss.xml": Fault(change=faults.cp949_under_utf8)}, "123"),
    # sitemaps
    "mapself": Trouble({}, "123", lists="sitemaps", prepare=sitemaps("{own}/sitemap.xml", "{own}/sitemap.xml")),
    "mapdeep": Trouble({}, "123", lists="sitemaps", prepare=bottomless, never=("/deep/11",)),
    "mapodd": Trouble(
        {}, "123", ("cannot be asked for",), lists="sitemaps",
        prepare=sitemaps("{own}0/sitemap.xml", "http://[::1/sitemap.xml"),
    ),
    "mapforeign": Trouble(
        {}, "123", lists="sitemaps",
        prepare=sitemaps("{secret}", "http://elsewhere.newsroom.test/sitemap.xml", "file:///etc/passwd"),
    ),
    # robots.txt
    "robotshuge": Trouble(
        {}, "12", rejected={"robots": 1}, never=("/view/3",),
        prepare=robots("User-agent: *\nDisallow: /view/3\n" + f"# {'x' * 98}\n" * 6000 + "Disallow: /view/1\n"),
    ),
    "robotsendless": Trouble({"/robots.txt": Fault(endless=True)}, "", ("robots.txt cannot be fetched",), never=("/rss", "/view")),
    "robotsbinary": Trouble({"/robots.txt": Fault(body=NOISE)}, "123"),
    "robotshtml": Trouble({"/robots.txt": Fault(change=faults.html_instead)}, "123"),
    "robots403": Trouble({"/robots.txt": Fault(status=403)}, "123"),
    "robots429": Trouble({"/robots.txt": Fault(status=429)}, "", ("robots.txt answered 429",), never=("/rss", "/view")),
    "robots500": Trouble({"/robots.txt": Fault(status=500)}, "", ("robots.txt answered 500",), never=("/rss", "/view")),
    "robotsreset": Trouble({"/robots.txt": Fault(reset=True)}, "", ("robots.txt cannot",), never=("/rss", "/view")),
    "robotsstall": Trouble({"/robots.txt": Fault(stall=20)}, "", ("robots.txt cannot",), never=("/rss", "/view")),
    "robotsloop": Trouble(loop("/robots.txt"), "", ("max redirections",), never=("/rss", "/view")),
    "robotsmoved": Trouble({}, "13", rejected={"robots": 1}, never=("/view/2",), prepare=robots_elsewhere),
    "robotssecret": Trouble({}, "", ("inside a private network",), never=("/rss",), prepare=robots_in_a_private_network),
    "robotsnan": Trouble({}, "123", prepare=robots("User-agent: *\nCrawl-delay: nan\n")),
    "robotsinf": Trouble({}, "123", prepare=robots("User-agent: *\nCrawl-delay: inf\n")),
    "robotsyear": Trouble({}, "", ("Crawl-delay",), never=("/view",), prepare=robots("User-agent: *\nCrawl-delay: 31536000\n")),
    # what hosts ask for
    "captcha": Trouble({"/view/2": faults.CAPTCHA}, "3", ("it asks for a captcha",), never=("/view/1",)),
    "later": Trouble(second(status=(429, 200), retry_after=timedelta(seconds=2)), "123"),
    "word": Trouble(second(status=(429, 200), retry_after="soon"), "123"),
    "minus": Trouble(second(status=(429, 200), retry_after="-5"), "123"),
    "aeons": Trouble(second(status=429, retry_after="9" * 40), "3", ("HTTP 429",), never=("/view/1",)),
    "year9999": Trouble(second(status=503, retry_after="Fri, 31 Dec 9999 23:59:59 GMT"), "3", ("HTTP 503",), never=("/view/1",)),
    "noindex": Trouble({"*": Fault(headers={"X-Robots-Tag": "noindex, noarchive"})}, "123"),
    "cookies": Trouble({"*": Fault(headers={"Set-Cookie": "id=1; Path=/"})}, "123"),
    # words
    "titles": Trouble(
        articles="123",
        prepare=titles("<script>alert(1)</script>\x1b[31m빨강", "\u202e거꾸로 \x00 \ufeff 쓴 제목", "긴 제목 " * 4000),
    ),
}  # fmt: skip


@dataclass
class Outcome:
    """What the crawl of all troubles left."""

    report: dict[str, dict[str, Any]]
    records: list[dict[str, Any]]
    asked: list[Asked]
    most: dict[str, int]
    intruders: list[str]
    database: Path

    def paths(self, key: str) -> list[str]:
        return [a.path for a in self.asked if a.host == f"{key}.newsroom.test"]

    def articles(self, key: str) -> str:
        return "".join(sorted(r["id"].partition(":")[2] for r in self.records if r["id"].startswith(f"{key}:")))


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    folder = tmp_path_factory.mktemp("hostile")
    with Town(seed=6) as town:
        town.add("elsewhere").publish_many(3)
        for key, trouble in TROUBLES.items():
            paper = town.add(key, lists=[trouble.lists], cp949_every=0)
            paper.publish_many(3)
            paper.mood.update(trouble.mood)
            trouble.prepare(town, paper)
        town.profiles(folder / "profiles")
        report = crawl_round(
            folder / "profiles",
            sites=list(TROUBLES),
            database=folder / "news.db",
            output=folder / "a.jsonl",
            settings=SETTINGS,
        )
        most = {key: town.concurrent(key) for key in TROUBLES}
        yield Outcome(report, records(folder / "a.jsonl"), town.asked, most, town.intruders, folder / "news.db")


@pytest.mark.parametrize("key", TROUBLES)
def test_articles(outcome: Outcome, key: str) -> None:
    assert outcome.articles(key) == TROUBLES[key].articles
    assert outcome.report[key]["articles"] == len(TROUBLES[key].articles)


@pytest.mark.parametrize("key", TROUBLES)
def test_failures_are_named(outcome: Outcome, key: str) -> None:
    reasons = [failure["reason"] for failure in outcome.report[key]["failures"]]
    assert len(reasons) == len(TROUBLES[key].failures), reasons
    for reason, pattern in zip(reasons, TROUBLES[key].failures, strict=True):
        assert re.search(pattern, reason), reason
        assert "Traceback" not in reason and "\n" not in reason


@pytest.mark.parametrize("key", TROUBLES)
def test_rejections_are_named(outcome: Outcome, key: str) -> None:
    rejected = outcome.report[key]["rejected"]
    assert {kind: len(found) for kind, found in rejected.items()} == TROUBLES[key].rejected


@pytest.mark.parametrize("key", [key for key, trouble in TROUBLES.items() if trouble.never])
def test_what_is_not_to_be_asked_for_is_not(outcome: Outcome, key: str) -> None:
    assert outcome.paths(key)
    assert [path for path in outcome.paths(key) if path.startswith(TROUBLES[key].never)] == []


@pytest.mark.parametrize("key", TROUBLES)
def test_one_request_at_a_time(outcome: Outcome, key: str) -> None:
    assert outcome.most[key] == 1


def test_nobody_was_in_a_private_network(outcome: Outcome) -> None:
    assert outcome.intruders == []


def test_another_publisher_was_never_asked(outcome: Outcome) -> None:
    assert outcome.paths("elsewhere") == []


@pytest.mark.parametrize("key", TROUBLES)
def test_every_page_is_accounted_for_in_the_ledger(outcome: Outcome, key: str) -> None:
    found = rows(outcome.database, "SELECT state, kind, due_at, article FROM pages WHERE site = ?", key)
    for state, kind, due, article in found:
        assert (state == "done") == (article is not None)
        asked_again = state == "waiting" or (state, kind) == ("rejected", "robots")  # a robots.txt may change its mind
        assert asked_again == (due is not None)


@pytest.mark.parametrize("key", TROUBLES)
def test_no_article_comes_twice(outcome: Outcome, key: str) -> None:
    assert len(set(outcome.articles(key))) == len(outcome.articles(key))


def test_no_cookie_is_kept(outcome: Outcome) -> None:
    assert all(asked.header("Cookie") is None for asked in outcome.asked)


def test_a_title_is_text(outcome: Outcome) -> None:
    said = {r["id"]: r["title"] for r in outcome.records if r["id"].startswith("titles:")}
    assert not any(re.search(r"[\x00-\x08\x0b-\x1f\x7f]", title) for title in said.values())


def test_a_wrong_charset_costs_no_letter(outcome: Outcome) -> None:
    for record in outcome.records:
        if record["id"].startswith("latin:"):
            assert re.search("[가-힣]", record["title"]) and "\ufffd" not in record["text"]


def test_a_list_that_goes_down_for_ever_says_that_it_was_cut(outcome: Outcome) -> None:
    assert any("more than 10 sitemaps" in notice for notice in outcome.report["mapdeep"]["notices"])


def test_a_retry_after_as_a_date_is_kept(outcome: Outcome) -> None:
    times = [a.at for a in outcome.asked if a.host == "later.newsroom.test"]
    (refused,) = [a.at for a in outcome.asked if a.host == "later.newsroom.test" and a.status == 429]
    assert min(at for at in times if at > refused) - refused >= 1  # an HTTP date has no parts of a second


def test_a_very_long_sitemap_is_taken_in_its_order(tmp_path: Path) -> None:
    with Town(["long"], seed=6, lists=["sitemaps"]) as town:
        paper = town["long"]
        paper.publish_many(12)
        numbers = [*range(12, 0, -1), *range(13, 12_002)]
        entries = ((paper.url(number), None) for number in numbers)
        paper.mood["/sitemap.xml"] = Fault(body=gzip.compress(pages.sitemap(entries).encode()))
        profiles, database = tmp_path / "profiles", tmp_path / "news.db"
        keys = town.profiles(profiles)
        found = []
        for _ in range(2):  # what the first run found first, and what the second finds in its backlog
            town.forget()
            report = crawl_round(profiles, sites=keys, database=database, limit=3)["long"]
            found.append([a.path for a in town.asked if a.path.startswith("/view/")])
    assert report["failures"] == []
    assert found == [["/view/12", "/view/11", "/view/10"], ["/view/9", "/view/8", "/view/7"]]
    assert rows(database, "SELECT count(*) FROM pages") == [(12_001,)]
