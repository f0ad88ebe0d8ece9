"""The crawl over real HTTP on loopback: a newsroom of troubles, and what becomes of each.

All troubles are crawled once, side by side, by a process of its own (a reactor starts only once).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from newsscrape.cli.newsroom import Newsroom, crawl_settings

CHILD = """
import json, sys, warnings
from datetime import datetime
from scrapy.exceptions import ScrapyDeprecationWarning
warnings.simplefilter("error", ScrapyDeprecationWarning)
from newsscrape.spiders.runner import run
options = json.load(sys.stdin)
if "since" in options:
    options["since"] = datetime.fromisoformat(options["since"])
print(json.dumps(run(options.pop("sites"), **options).as_dict()))
"""
DELAY = 0.2
SLACK = 0.15  # of the clock between the crawler's send and the server's receipt
QUICK = {
    **crawl_settings(),
    "DOWNLOAD_DELAY": DELAY,
    "AUTOTHROTTLE_START_DELAY": DELAY,
    "DOWNLOAD_TIMEOUT": 1,
    "RETRY_TIMES": 1,
    "RETRY_AFTER_DEFAULT": 0.3,
}
PARAGRAPHS = (
    "한빛시는 {n}번째 골목 정원을 시민에게 열었다고 밝혔다.",
    "정원에는 주민이 고른 나무 {n}0그루와 긴 의자 네 개가 놓였다. 물은 빗물을 모아 준다.",
    "정원지기 은하람 씨는 “{n}년 만에 골목에서 새소리를 듣는다”고 말했다.",
)


def page(n: int) -> str:
    text = "\n".join(f"<p>{line.format(n=n)}</p>" for line in PARAGRAPHS)
    return f"""<!doctype html><html lang="ko"><head><title>골목 정원 {n}호 열려</title>
<meta property="og:type" content="article"><meta property="og:title" content="골목 정원 {n}호 열려">
<meta property="article:published_time" content="2025-04-{n:02}T09:00:00+09:00"></head>
<body><article><h1>골목 정원 {n}호 열려</h1><div class="text">{text}</div></article></body></html>"""


def rss(host: str, numbers: list[int]) -> str:
    items = "".join(
        f"<item><link>http://{host}:{{port}}/view/{n}</link><pubDate>2025-04-{n:02} 09:00:00</pubDate></item>"
        for n in numbers
    )
    return f"<rss><channel>{items}</channel></rss>"


def profile(key: str, host: str, feeds: tuple[str, ...] = ("rss.xml",)) -> str:
    addresses = [f"http://{host}:{{port}}/{feed}" for feed in feeds]
    return f"""key = "{key}"
name = "{key} 신문"
domains = ["{host}"]
[identity]
urls = ['/view/(?P<id>\\d+)']
[crawl]
feeds = {json.dumps(addresses)}
[[layouts]]
name = "only"
body = ["//article/div[@class='text']"]
"""


def add_site(
    folder: Path, key: str, *, host: str = "", articles: int = 3, toml: str = "", **files: str | bytes
) -> None:
    """A host that serves /view/1.. and a feed of them; `files` (x__y for x.y) replace or add files."""
    host = host or f"{key}.newsroom.test"
    root = folder / host
    numbers = list(range(1, articles + 1))
    contents: dict[str, str | bytes] = {f"view/{n}.html": page(n) for n in numbers}
    contents |= {"rss.xml": rss(host, numbers), "robots.txt": "User-agent: *\nAllow: /\n", "host.toml": toml}
    contents |= {name.replace("__", ".").replace("view_", "view/"): body for name, body in files.items()}
    for name, body in contents.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body.encode() if isinstance(body, str) else body)
    (folder / "sites").mkdir(exist_ok=True)
    (folder / "sites" / f"{key}.toml").write_text(profile(key, host), encoding="utf-8")


def environment(profiles: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return {**clean, "NEWSSCRAPE_SITES": str(profiles)}


def crawl(profiles: Path, sites: list[str], output: Path, **options: Any) -> dict[str, Any]:
    options = {"sites": sites, "output": str(output), "settings": QUICK, **options}
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=json.dumps(options),
        capture_output=True,
        text=True,
        env=environment(profiles),
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


TROUBLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "atom": {
        "rss__xml": '<feed xmlns="http://www.w3.org/2005/Atom">'
        + "".join(f'<entry><link href="/view/{n}"/></entry>' for n in (1, 2, 3))
        + "</feed>"
    },
    "slow": {"robots__txt": "User-agent: *\nCrawl-delay: 0.6\n"},
    "norobots": {"toml": '[paths."/robots.txt"]\nstatus = 404\nfile = "rss.xml"\n'},
    "robots503": {"toml": '[paths."/robots.txt"]\nstatus = 503\n'},
    "disallow": {"robots__txt": "User-agent: newsscrape\nDisallow: /view/2\n"},
    "forbidden": {"toml": '[paths."/view/2"]\nstatus = 403\n'},
    "captcha": {"view_2__html": '<html><form id="captcha"><p>자동입력 방지</p></form></html>'},
    "gone": {"toml": '[paths."/view/1"]\nstatus = 404\n[paths."/view/2"]\nstatus = 410\n'},
    "later": {"toml": '[paths."/view/2"]\nstatus = [429, 200]\nheaders = { Retry-After = "1" }\n'},
    "never": {"toml": '[paths."/view/2"]\nstatus = 429\n[paths."/view/3"]\nstatus = 429\n'},
    "nextweek": {"toml": '[paths."/view/2"]\nstatus = 503\nheaders = { Retry-After = "604800" }\n'},
    "shaky": {"toml": '[paths."/view/2"]\nstatus = [500, 200]\n'},
    "down": {"toml": '[paths."/view/2"]\nstatus = 500\n'},
    "stall": {"toml": '[paths."/view/2"]\nstall = 20\n'},
    "loop": {"toml": '[paths."/view/2"]\nredirect = "/b"\n[paths."/b"]\nredirect = "/view/2?again"\n'},
    "chain": {"toml": "".join(f'[paths."/view/2{"x" * n}"]\nredirect = "/view/2{"x" * (n + 1)}"\n' for n in range(9))},
    "offsite": {"toml": '[paths."/view/2"]\nredirect = "http://elsewhere.newsroom.test/view/9"\n'},
    "twice": {"toml": '[paths."/view/2"]\nredirect = "/view/1"\n'},
    "cut": {"toml": '[paths."/view/2"]\ncut = 200\n'},
    "nofeed": {"rss__xml": "<html><body>점검 중</body></html>"},
    "badlinks": {
        "rss__xml": "<rss><channel><item><link>http://[기사]/view/1</link></item>"
        "<item><link>javascript:void(0)</link></item><item><link>/view/2</link></item></channel></rss>"
    },
    "image": {"view_2__html": b"\x89PNG\r\n\x1a\n" + b"\0" * 50},
    "cp949": {"view_2__html": page(2).replace("정원", "똠방각하 정원").encode("cp949")},
}


@dataclass
class Outcome:
    """What the crawl of all troubles left: the report and records by site, and what the server was asked."""

    report: dict[str, dict[str, Any]]
    records: list[dict[str, Any]]
    newsroom: Newsroom

    def asked(self, site: str, path: str = "") -> list[float]:
        host = f"{site}.newsroom.test"
        return [a.at for a in self.newsroom.asked if a.host == host and a.path.startswith(path)]

    def articles(self, site: str) -> set[str]:
        return {r["id"].rpartition(":")[2] for r in self.records if r["id"].startswith(f"{site}:")}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    folder = tmp_path_factory.mktemp("troubles")
    for key, trouble in TROUBLES.items():
        add_site(folder, key, **trouble)
    profiles, output = folder / "ready", folder / "articles.jsonl"
    profiles.mkdir()
    with Newsroom(folder) as newsroom:
        newsroom.write_profiles(profiles)
        report = crawl(profiles, list(TROUBLES), output)
        yield Outcome({site["key"]: site for site in report["sites"]}, records(output), newsroom)


@pytest.mark.parametrize(
    ("site", "articles"),
    [
        ("plain", {"1", "2", "3"}),
        ("atom", {"1", "2", "3"}),
        ("slow", {"1", "2", "3"}),
        ("norobots", {"1", "2", "3"}),
        ("robots503", set()),
        ("disallow", {"1", "3"}),
        ("forbidden", {"1"}),
        ("captcha", {"1"}),
        ("gone", {"3"}),
        ("later", {"1", "2", "3"}),
        ("never", {"1"}),
        ("nextweek", {"1"}),
        ("shaky", {"1", "2", "3"}),
        ("down", {"1", "3"}),
        ("stall", {"1", "3"}),
        ("loop", {"1", "3"}),
        ("chain", {"1", "3"}),
        ("offsite", {"1", "3"}),
        ("twice", {"1", "3"}),
        ("cut", {"1", "3"}),
        ("nofeed", set()),
        ("badlinks", {"2"}),
        ("image", {"1", "3"}),
        ("cp949", {"1", "2", "3"}),
    ],
)
def test_articles(outcome: Outcome, site: str, articles: set[str]) -> None:
    assert outcome.articles(site) == articles
    assert outcome.report[site]["articles"] == len(articles)


@pytest.mark.parametrize(
    ("site", "reason"),
    [
        ("robots503", "robots.txt answered 503"),
        ("forbidden", "HTTP 403"),
        ("captcha", "it asks for a captcha"),
        ("never", "HTTP 429"),
        ("nextweek", "HTTP 503"),
        ("down", "HTTP 500"),
        ("stall", "Timeout"),
        ("loop", "in a circle"),
        ("chain", "max redirections"),
        ("cut", "DataLoss"),
        ("nofeed", "no feed: its root element is <html>"),
        ("image", "PNG"),
    ],
)
def test_failures_are_named(outcome: Outcome, site: str, reason: str) -> None:
    (failure,) = outcome.report[site]["failures"]
    assert reason in failure["reason"]
    assert f"{site}.newsroom.test" in failure["url"]


@pytest.mark.parametrize(
    "site",
    [
        "plain",
        "atom",
        "slow",
        "norobots",
        "disallow",
        "gone",
        "later",
        "shaky",
        "offsite",
        "twice",
        "badlinks",
        "cp949",
    ],
)
def test_no_failures(outcome: Outcome, site: str) -> None:
    assert outcome.report[site]["failures"] == []


@pytest.mark.parametrize(
    ("site", "kind", "count"), [("disallow", "robots", 1), ("gone", "removed", 2), ("offsite", "offsite", 1)]
)
def test_rejections_are_named(outcome: Outcome, site: str, kind: str, count: int) -> None:
    rejected = outcome.report[site]["rejected"]
    assert {name: len(pages) for name, pages in rejected.items()} == {kind: count}


@pytest.mark.parametrize(("site", "third"), [("forbidden", 0), ("captcha", 0), ("never", 0), ("nextweek", 0)], ids=str)
def test_a_host_that_refuses_is_left_alone(outcome: Outcome, site: str, third: int) -> None:
    assert len(outcome.asked(site, "/view/3")) == third
    assert outcome.report[site]["waiting"] == 1
    assert any("left alone" in notice for notice in outcome.report[site]["notices"])


@pytest.mark.parametrize(("site", "path"), [("robots503", "/rss"), ("disallow", "/view/2")])
def test_what_robots_txt_forbids_is_never_asked(outcome: Outcome, site: str, path: str) -> None:
    assert outcome.asked(site, "/robots.txt")
    assert outcome.asked(site, path) == []


def test_another_host_is_never_asked(outcome: Outcome) -> None:
    assert outcome.asked("elsewhere") == []


@pytest.mark.parametrize("site", TROUBLES)
def test_requests_to_a_host_keep_their_distance(outcome: Outcome, site: str) -> None:
    times = outcome.asked(site)
    assert times[-1] - times[0] >= DELAY * (len(times) - 1) - SLACK


def test_crawl_delay_is_the_floor(outcome: Outcome) -> None:
    times = outcome.asked("slow")
    assert len(times) == 5
    assert times[-1] - times[1] >= 0.6 * 3 - SLACK


def test_retry_after_holds_back_the_host(outcome: Outcome) -> None:
    refused = outcome.asked("later", "/view/2")[0]
    following = min(at for at in outcome.asked("later") if at > refused)
    assert following - refused >= 1 - SLACK


@pytest.mark.parametrize(
    ("site", "times"),
    [("down", 2), ("stall", 2), ("cut", 2), ("never", 2), ("nextweek", 1), ("forbidden", 1), ("gone", 1)],
)
def test_how_often_it_is_tried(outcome: Outcome, site: str, times: int) -> None:
    assert len(outcome.asked(site, "/view/2")) == times


def test_a_redirect_to_a_known_article_is_a_duplicate(outcome: Outcome) -> None:
    assert outcome.report["twice"]["duplicates"] == 1


def test_every_address_is_accounted_for(outcome: Outcome) -> None:
    for site in outcome.report.values():
        pages = {failure["url"] for failure in site["failures"] if "/view/" in failure["url"] or "/b" in failure["url"]}
        rejected = sum(map(len, site["rejected"].values()))
        told = sum(site[name] for name in ("articles", "older", "unchanged", "duplicates", "waiting", "left"))
        assert site["found"] == told + rejected + len(pages), site["key"]


def test_cp949_bytes_under_a_utf8_header(outcome: Outcome) -> None:
    (record,) = [r for r in outcome.records if r["id"] == "cp949:2"]
    assert "똠방각하 정원" in record["text"]
    assert record["encoding"]["name"] == "cp949"


@pytest.mark.parametrize(
    ("header", "value"), [("User-Agent", "newsscrape/"), ("Accept-Language", "ko"), ("Cookie", None), ("Referer", None)]
)
def test_what_the_crawler_says_of_itself(outcome: Outcome, header: str, value: str | None) -> None:
    for asked in outcome.newsroom.asked:
        sent = asked.headers.get(header)
        assert sent is None if value is None else sent is not None and sent.startswith(value)


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[tuple[Newsroom, Path]]:
    """A newsroom of one site without trouble, and the folder of its profile."""
    add_site(tmp_path, "quiet", host="127.0.0.1", articles=6)
    profiles = tmp_path / "ready"
    profiles.mkdir()
    with Newsroom(tmp_path) as newsroom:
        newsroom.write_profiles(profiles)
        yield newsroom, profiles


def test_limit_counts_articles_written(quiet: tuple[Newsroom, Path], tmp_path: Path) -> None:
    newsroom, profiles = quiet
    report = crawl(profiles, ["quiet"], tmp_path / "a.jsonl", limit=2)
    assert [r["id"] for r in records(tmp_path / "a.jsonl")] == ["quiet:1", "quiet:2"]  # the feed's order
    assert report["sites"][0]["left"] == 4
    assert len([a for a in newsroom.asked if "/view/" in a.path]) == 2


def test_since_skips_older_entries_unread(quiet: tuple[Newsroom, Path], tmp_path: Path) -> None:
    newsroom, profiles = quiet
    report = crawl(profiles, ["quiet"], tmp_path / "a.jsonl", since="2025-04-04T12:00:00+09:00")
    assert {r["id"] for r in records(tmp_path / "a.jsonl")} == {"quiet:5", "quiet:6"}
    assert report["sites"][0]["older"] == 4
    # the fourth is only three hours older than wanted: the feed's clock is not trusted that far
    assert sorted(a.path for a in newsroom.asked if "/view/" in a.path) == ["/view/4", "/view/5", "/view/6"]


def test_what_one_list_calls_too_old_is_not_asked_for_because_another_names_it(tmp_path: Path) -> None:
    undated = '<feed xmlns="http://www.w3.org/2005/Atom">'
    undated += "".join(f'<entry><link href="/view/{n}"/></entry>' for n in (3, 2, 1)) + "</feed>"
    add_site(tmp_path, "twofold", atom__xml=undated)
    path = tmp_path / "sites" / "twofold.toml"
    path.write_text(profile("twofold", "twofold.newsroom.test", ("rss.xml", "atom.xml")), encoding="utf-8")
    profiles = tmp_path / "ready"
    profiles.mkdir()
    with Newsroom(tmp_path) as newsroom:
        newsroom.write_profiles(profiles)
        report = crawl(profiles, ["twofold"], tmp_path / "a.jsonl", since="2025-04-03T00:00:00+09:00")["sites"][0]
        assert [a.path for a in newsroom.asked if "/view/" in a.path] == ["/view/3"]
    assert (report["found"], report["articles"], report["older"]) == (3, 1, 2)


def test_what_has_not_changed_is_not_sent_again(quiet: tuple[Newsroom, Path], tmp_path: Path) -> None:
    newsroom, profiles = quiet
    database = str(tmp_path / "news.db")
    crawl(profiles, ["quiet"], tmp_path / "a.jsonl", database=database)
    newsroom.asked.clear()
    report = crawl(profiles, ["quiet"], tmp_path / "a.jsonl", database=database)
    assert [a.path for a in newsroom.asked] == ["/rss.xml"]  # robots.txt is kept a day
    assert newsroom.asked[0].headers["If-None-Match"]
    assert report["articles"] == 0
    assert len(records(tmp_path / "a.jsonl")) == 6


MAIN = [sys.executable, "-c", "from newsscrape.cli import main; main()"]
CRAWL = [*MAIN, "crawl", "--db", "none", "--private-networks"]


def command(profiles: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*CRAWL, *arguments],
        capture_output=True,
        env=environment(profiles),
        timeout=60,
        check=False,
    )


def test_command_writes_data_to_stdout_only(quiet: tuple[Newsroom, Path]) -> None:
    done = command(quiet[1], "quiet", "--limit", "2", "--delay", "0.5", "--contact", "desk@newsroom.test")
    assert done.returncode == 0, done.stderr.decode()
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["quiet:1", "quiet:2"]
    assert "quiet 신문" in done.stderr.decode()
    assert b"\x1b[" not in done.stderr  # no colours: this is no terminal
    assert all("desk@newsroom.test" in a.headers["User-Agent"] for a in quiet[0].asked)


def test_nobody_reads_standard_output_any_more(quiet: tuple[Newsroom, Path]) -> None:
    child = subprocess.Popen(
        [*CRAWL, "quiet", "--delay", "0.5"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(quiet[1]),
    )
    assert child.stdout is not None and child.stderr is not None
    child.stdout.readline()
    child.stdout.close()
    err = child.stderr.read().decode()
    child.stderr.close()
    assert child.wait(timeout=20) == 1
    assert "standard output cannot be written" in err
    assert "Traceback" not in err
    assert len([a for a in quiet[0].asked if "/view/" in a.path]) < 6  # a record waits a moment for others


def test_command_exits_1_after_a_failure(quiet: tuple[Newsroom, Path], tmp_path: Path) -> None:
    (tmp_path / "127.0.0.1" / "rss.xml").write_text("<html>점검</html>", encoding="utf-8")
    done = command(quiet[1], "quiet", "-o", str(tmp_path / "a.jsonl"), "--delay", "0.5")
    assert done.returncode == 1
    assert "no feed" in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["quite"], "did you mean quiet", id="unknown-site"),
        pytest.param(["quiet", "--since", "recently"], "--since: 'recently' is no moment", id="since"),
        pytest.param(["quiet", "--refresh", "2026-11-01"], "is no length of time; write 30m, 48h or 7d", id="refresh"),
        pytest.param(["quiet", "--limit", "0"], "limit", id="limit"),
        pytest.param([], "SITE", id="no-site"),
    ],
)
def test_wrong_use_exits_2(quiet: tuple[Newsroom, Path], arguments: list[str], words: str) -> None:
    done = command(quiet[1], *arguments)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert quiet[0].asked == []


def test_ctrl_c_ends_in_order(quiet: tuple[Newsroom, Path], tmp_path: Path) -> None:
    output = tmp_path / "a.jsonl"
    child = subprocess.Popen(
        [*CRAWL, "quiet", "--delay", "0.5", "-o", str(output)],
        stderr=subprocess.PIPE,
        env=environment(quiet[1]),
    )
    patience = time.monotonic() + 20
    while not (output.exists() and output.read_bytes()) and time.monotonic() < patience:
        time.sleep(0.02)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=20)
    assert child.returncode == 1
    assert "stopped before its end" in err.decode()
    assert 1 <= len(records(output)) < 6


LIST = """<html><body><ul>{links}</ul><a class="next" href="/list{next}.html">다음</a></body></html>"""


@pytest.mark.parametrize(
    ("options", "lists", "articles"),
    [
        pytest.param({}, 4, 6, id="until-nothing-new"),
        pytest.param({"limit": 1}, 1, 1, id="until-the-limit"),
        pytest.param({"since": "2025-04-05T00:00:00+09:00"}, 3, 2, id="until-all-are-older"),
        pytest.param({"settings": {**QUICK, "SECTION_PAGES": 2}}, 2, 4, id="until-enough-pages"),
    ],
)
def test_how_far_a_list_is_followed(tmp_path: Path, options: dict[str, Any], lists: int, articles: int) -> None:
    pages = {
        f"list{n}__html": LIST.format(
            links="".join(f'<li><a href="/view/{a}">기사</a></li>' for a in (8 - 2 * n, 7 - 2 * n)), next=n + 1
        )
        for n in (1, 2, 3)
    }
    pages["list4__html"] = pages["list3__html"].replace("/list4", "/list5")
    add_site(tmp_path, "lists", articles=6, **pages)
    path = tmp_path / "sites" / "lists.toml"
    section = """[[crawl.sections]]
name = "전체"
url = "http://lists.newsroom.test:{port}/list1.html"
links = "//li/a/@href"
next = "//a[@class='next']/@href"
"""
    text = path.read_text(encoding="utf-8").partition("feeds =")[0] + section
    path.write_text(text + '[[layouts]]\nname = "only"\nbody = ["//article/div"]\n', encoding="utf-8")
    profiles = tmp_path / "ready"
    profiles.mkdir()
    with Newsroom(tmp_path) as newsroom:
        newsroom.write_profiles(profiles)
        report = crawl(profiles, ["lists"], tmp_path / "a.jsonl", **options)
        assert len([a for a in newsroom.asked if "/list" in a.path]) == lists
    assert report["articles"] == articles


@pytest.mark.parametrize("lines", [0, 1, 7, 15])
def test_a_killed_crawl_leaves_whole_lines(tmp_path: Path, lines: int) -> None:
    add_site(tmp_path, "long", articles=20)
    profiles, output = tmp_path / "ready", tmp_path / "a.jsonl"
    profiles.mkdir()
    with Newsroom(tmp_path) as newsroom:
        newsroom.write_profiles(profiles)
        options = {"sites": ["long"], "output": str(output), "settings": {**QUICK, "DOWNLOAD_DELAY": 0.01}}
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment(profiles)
        )
        assert child.stdin is not None
        child.stdin.write(json.dumps(options).encode())
        child.stdin.close()
        patience = time.monotonic() + 20
        while not (output.exists() and output.read_bytes().count(b"\n") >= lines) and time.monotonic() < patience:
            time.sleep(0.005)
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    content = output.read_bytes()
    assert content.count(b"\n") >= lines
    assert content == b"" or content.endswith(b"\n")
    ids = [json.loads(line)["id"] for line in content.splitlines()]
    assert ids == [f"long:{n}" for n in range(1, len(ids) + 1)]
