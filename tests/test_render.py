"""Pages that a plain fetch does not fill: their twins, their data, and a real browser, on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from test_crawl import QUICK, crawl, page, records, rss
from warcio.archiveiterator import ArchiveIterator

from newsscrape.archive import open_archive
from newsscrape.cli.newsroom import Newsroom
from newsscrape.errors import ProfileError
from newsscrape.parse import parse
from newsscrape.reprocessing.account import Account
from newsscrape.reprocessing.again import Wish, reprocess
from newsscrape.sites import load_site, read_profile
from newsscrape.warc.reading import Capture, WarcPages

BROWSER = "from newsscrape.spiders.browser import why_not; print(why_not() or '')"
NO_BROWSER = subprocess.run([sys.executable, "-c", BROWSER], capture_output=True, text=True, check=True).stdout.strip()
needs_browser = pytest.mark.skipif(bool(NO_BROWSER), reason=NO_BROWSER or "a browser is here")

SHELL = """<!doctype html><html lang="ko"><head><title>새별신문</title>{head}</head>
<body><header><a href="/">새별신문</a></header><div id="app"></div>{scripts}</body></html>"""
# What a shell's script does: asks for the article's data and builds the page.
SCRIPT = """
const number = location.pathname.split('/').pop();
fetch('/data/' + number + '.json').then(answer => answer.json()).then(article => {
  document.title = article.title + ' - 새별신문';
  const lines = article.lines.map(line => '<p>' + line + '</p>').join('');
  document.getElementById('app').innerHTML = '<article><h1>' + article.title + '</h1><p class="when">입력 '
    + article.when + '</p><p class="who">' + article.who + '</p><div class="text">' + lines + '</div></article>';
  fetch('/private/' + number + '.json');
  new Image().src = '/pictures/' + number + '.png';
});
fetch('http://counter.newsroom.test:{port}/hit.json');
"""
SENTENCES = (
    "한빛시는 {n}번째 마을 우물을 다시 열었다고 밝혔다.",
    "우물은 서른 해 전에 메워졌던 것을 주민이 돈을 모아 다시 판 것이다. 깊이는 {n}2m다.",
    "우물지기 도가람 씨는 “물맛이 그대로”라고 말했다.",
)


def data(n: int) -> dict[str, Any]:
    return {
        "title": f"마을 우물 {n}호 다시 열려",
        "when": f"2025-04-{n:02} 09:30",
        "who": "강솔 기자 sol@saebyeol.example.com",
        "lines": [line.format(n=n) for line in SENTENCES],
    }


PROFILE = """key = "{key}"
name = "{key} 신문"
domains = ["{host}"]
[identity]
urls = ['/(?:view|amp)/(?P<id>\\d+)']
[crawl]
feeds = ["http://{host}:{{port}}/rss.xml"]
{fetch}
[[layouts]]
name = "news"
body = ["//article/div[@class='text']"]
title = ["//article/h1"]
published = ["//p[@class='when']"]
byline = ["//p[@class='who']"]
[[layouts]]
name = "data"
when = "//script[@id='document']"
[layouts.script]
element = "//script[@id='document']"
title = "title"
published = "when"
authors = "who"
body = "lines"
"""
FETCH = {
    "none": "",
    "twin": "[fetch]\nalternate = \"//link[@rel='amphtml']/@href\"",
    "json": '[fetch]\nalternate = "http://{host}/data/{{id}}.json"',
    "hidden": '[fetch]\nalternate = "http://{host}/private/{{id}}.json"',
    "astray": '[fetch]\nalternate = "http://elsewhere.newsroom.test:{{port}}/data/{{id}}.json"',
    "lost": '[fetch]\nalternate = "http://{host}/gone/{{id}}.json"',
    "browser": "[fetch]\nrender = true",
    "both": '[fetch]\nalternate = "http://{host}/gone/{{id}}.json"\nrender = true',
}


def add_site(folder: Path, key: str) -> None:
    """A site whose third article is plain and whose others are shells that a script fills."""
    host = f"{key}.newsroom.test"
    files = {
        "rss.xml": rss(host, [1, 2, 3]),
        "robots.txt": "User-agent: *\nDisallow: /private/\n",
        "app.js": SCRIPT,
        "view/3.html": page(3).replace("<article>", "<article><p class='who'>윤슬 기자</p>"),
    }
    for n in (1, 2):
        twin = f'<link rel="amphtml" href="/amp/{n}">'
        files[f"view/{n}.html"] = SHELL.format(head=twin, scripts='<script src="/app.js"></script>')
        files[f"amp/{n}.html"] = page(n)
        files[f"data/{n}.json"] = files[f"private/{n}.json"] = json.dumps(data(n), ensure_ascii=False)
    for name, text in files.items():
        path = folder / host / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "sites").mkdir(exist_ok=True)
    # A format string takes the page's own host with its port.
    fetch = FETCH[key].replace("http://{host}/", "http://{{host}}/").format(host=host)
    (folder / "sites" / f"{key}.toml").write_text(PROFILE.format(key=key, host=host, fetch=fetch), encoding="utf-8")


@dataclass
class Outcome:
    sites: dict[str, dict[str, Any]]
    records: dict[str, dict[str, Any]]
    asked: dict[str, list[str]]
    agents: set[str]
    folder: Path


def run(folder: Path, sites: list[str], **settings: Any) -> Outcome:
    for key in sites:
        add_site(folder, key)
    (folder / "counter.newsroom.test").mkdir()
    with Newsroom(folder) as newsroom:
        profiles = folder / "profiles"
        profiles.mkdir()
        newsroom.write_profiles(profiles)
        output = folder / "articles.jsonl"
        settings = {**QUICK, "DOWNLOAD_TIMEOUT": 20, **settings}
        report = crawl(profiles, sites, output, settings=settings, database=str(folder / "news.db"))
        asked: dict[str, list[str]] = {}
        for one in newsroom.asked:
            asked.setdefault(one.host.partition(".")[0], []).append(one.path)
        agents = {
            value for one in newsroom.asked for name, value in one.headers.items() if name.lower() == "user-agent"
        }
    found = {record["id"]: record for record in records(output)}
    return Outcome({site["key"]: site for site in report["sites"]}, found, asked, agents, folder)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("plain")
    sites = ["none", "twin", "json", "hidden", "astray", "lost"]
    return run(folder, sites, NEWSSCRAPE_WARC=str(folder / "warc"))


@pytest.mark.parametrize(
    ("key", "articles"), [("none", 1), ("twin", 3), ("json", 3), ("hidden", 1), ("astray", 1), ("lost", 1)]
)
def test_articles_by_the_way_that_the_profile_names(plain: Outcome, key: str, articles: int) -> None:
    assert plain.sites[key]["articles"] == articles, plain.sites[key]


def test_without_another_way_the_shell_is_reported_as_empty(plain: Outcome) -> None:
    assert len(plain.sites["none"]["rejected"]["empty"]) == 2


def test_twin_has_the_articles_own_address(plain: Outcome) -> None:
    record = plain.records["twin:1"]
    assert record["url"].endswith("/view/1")
    assert record["provenance"]["page"].endswith("/amp/1")
    assert "골목 정원" in record["text"]


def test_data_is_read_by_the_profiles_paths(plain: Outcome) -> None:
    record = plain.records["json:2"]
    assert record["title"] == "마을 우물 2호 다시 열려"
    assert record["published_at"] == "2025-04-02T09:30:00+09:00"
    assert [author["name"] for author in record["authors"]] == ["강솔"]
    assert record["text"].splitlines() == [line.format(n=2) for line in SENTENCES]


def test_alternates_are_counted_and_asked_once(plain: Outcome) -> None:
    assert plain.sites["twin"]["alternates"] == 2
    assert plain.asked["twin"].count("/amp/1") == 1
    assert "/amp/3" not in plain.asked["twin"]


def test_robots_txt_holds_for_alternates_too(plain: Outcome) -> None:
    assert not [path for path in plain.asked["hidden"] if path.startswith("/private/")]
    assert len(plain.sites["hidden"]["rejected"]["robots"]) == 2
    assert len(plain.sites["hidden"]["rejected"]["empty"]) == 2


def test_an_alternate_on_another_host_is_not_asked(plain: Outcome) -> None:
    assert "elsewhere" not in plain.asked
    assert len(plain.sites["astray"]["rejected"]["refused"]) == 2


def test_an_alternate_that_is_not_there_is_a_failure_and_the_page_is_empty(plain: Outcome) -> None:
    assert [failure["reason"] for failure in plain.sites["lost"]["failures"]] == ["HTTP 404", "HTTP 404"]


@pytest.mark.parametrize("key", ["twin", "json"])
def test_a_twin_in_a_warc_file_is_the_articles(plain: Outcome, key: str) -> None:
    (kept,) = captures(plain, f"{key}:1")
    assert kept.way == plain.records[f"{key}:1"]["provenance"]["page"]


def captures(outcome: Outcome, article: str) -> list[Capture]:
    """The pages in the WARC files that an article was read from."""
    record = outcome.records[article]
    pages = [capture for file in (outcome.folder / "warc").iterdir() for capture in WarcPages(file)]
    moment = datetime.fromisoformat(record["fetched_at"])
    return [capture for capture in pages if capture.page.url == record["url"] and capture.page.fetched_at == moment]


def test_twins_and_data_are_read_again_as_the_articles_they_were(
    plain: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = read_again(plain, monkeypatch)
    assert {key: account.sites[key].same for key in ("twin", "json")} == {"twin": 3, "json": 3}
    assert (account.total("changed"), account.total("lost")) == (0, 0)


def read_again(outcome: Outcome, monkeypatch: pytest.MonkeyPatch) -> Account:
    """The account of reading the pages in the WARC files again, by the same rules."""
    monkeypatch.setenv("NEWSSCRAPE_SITES", str(outcome.folder / "profiles"))
    with open_archive(outcome.folder / "news.db") as archive:
        return reprocess(archive, [outcome.folder / "warc"], Wish())


# --- a browser ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return run(
        folder := tmp_path_factory.mktemp("rendered"),
        ["browser", "both"],
        USER_AGENT="newsscrape/test (+desk@example.org)",
        NEWSSCRAPE_WARC=str(folder / "warc"),
    )


@needs_browser
@pytest.mark.parametrize("key", ["browser", "both"])
def test_rendered_pages_give_their_articles(rendered: Outcome, key: str) -> None:
    assert rendered.sites[key]["articles"] == 3, rendered.sites[key]
    record = rendered.records[f"{key}:1"]
    assert record["title"] == "마을 우물 1호 다시 열려"
    assert record["published_at"] == "2025-04-01T09:30:00+09:00"
    assert [author["email"] for author in record["authors"]] == ["sol@saebyeol.example.com"]
    assert record["text"].splitlines() == [line.format(n=1) for line in SENTENCES]
    assert record["provenance"]["page"] == "rendered"


@needs_browser
def test_a_rendered_page_is_kept_as_a_conversion_of_what_was_sent(rendered: Outcome) -> None:
    (kept,) = captures(rendered, "browser:1")
    assert kept.way == "rendered"
    assert SENTENCES[0].format(n=1).encode() in kept.page.body
    types, refers = {}, []
    for file in (rendered.folder / "warc").iterdir():
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream):
                said = record.rec_headers
                types[said["WARC-Record-ID"]] = record.rec_type
                if record.rec_type == "conversion":
                    refers.append(said["WARC-Refers-To"])
    assert refers and {types[original] for original in refers} == {"response"}


@needs_browser
def test_a_rendered_page_is_read_again_as_the_article_it_was(
    rendered: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = read_again(rendered, monkeypatch)
    assert account.sites["browser"].same == 3
    assert (account.total("changed"), account.total("lost")) == (0, 0)


@needs_browser
def test_only_pages_without_text_are_rendered_and_the_cost_is_told(rendered: Outcome) -> None:
    cost = rendered.sites["browser"]["rendered"]
    assert cost["pages"] == 2
    assert 0 < cost["seconds"] < 60
    assert cost["requests"] == 4  # a script and its data, for each of the two
    assert rendered.asked["browser"].count("/view/3") == 1


@needs_browser
def test_the_browser_asks_only_for_what_it_may(rendered: Outcome) -> None:
    assert "counter" not in rendered.asked
    for path in rendered.asked["browser"]:
        assert not path.startswith(("/private/", "/pictures/"))


@needs_browser
def test_the_browser_goes_under_the_crawlers_name(rendered: Outcome) -> None:
    assert rendered.agents == {"newsscrape/test (+desk@example.org)"}


def test_without_a_browser_the_report_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSSCRAPE_BROWSER", str(tmp_path / "no-browser"))
    outcome = run(tmp_path, ["browser"])
    assert outcome.sites["browser"]["articles"] == 1
    (notice,) = outcome.sites["browser"]["notices"]
    assert "chromium" in notice or "newsscrape[browser]" in notice


# --- the profile's table --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fetch", "address"),
    [
        ('alternate = "https://api.hanbit.example/{id}.json"', "https://api.hanbit.example/77.json"),
        ('alternate = "https://{host}/amp/{id}"', "https://www.hanbit.example/amp/77"),
        ("alternate = \"//link[@rel='amphtml']/@href\"", "https://www.hanbit.example/m/77"),
        ("alternate = \"string(//link[@rel='amphtml']/@href)\"", "https://www.hanbit.example/m/77"),
        ("alternate = \"//link[@rel='nothing']/@href\"", None),
        ("render = true", None),
    ],
    ids=["format", "host", "xpath", "string", "nothing-there", "none"],
)
def test_alternate_address(fetch: str, address: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hanbit.toml").write_text(
        f"""key = "hanbit"\nname = "한빛일보"\ndomains = ["hanbit.example"]\n[identity]\nurls = ['/(?P<id>\\d+)']
[fetch]\n{fetch}\n""",
        encoding="utf-8",
    )
    monkeypatch.setenv("NEWSSCRAPE_SITES", str(tmp_path))
    tree = parse('<html><head><link rel="amphtml" href="/m/77"></head></html>')
    assert load_site("hanbit").alternate("https://www.hanbit.example/77", tree) == address


@pytest.mark.parametrize(
    ("fetch", "field"),
    [
        ('alternate = "https://{host}/amp/{number}"', "fetch.alternate"),
        ('alternate = "//link["', "fetch.alternate"),
        ('alternate = "https://{host"', "fetch.alternate"),
    ],
    ids=["no-such-group", "no-xpath", "no-format-string"],
)
def test_wrong_alternate_is_named(fetch: str, field: str, tmp_path: Path) -> None:
    path = tmp_path / "hanbit.toml"
    path.write_text(
        f"""key = "hanbit"\nname = "한빛일보"\n[identity]\nurls = ['/(?P<id>\\d+)']\n[fetch]\n{fetch}\n""",
        encoding="utf-8",
    )
    with pytest.raises(ProfileError) as caught:
        read_profile(path)
    assert (caught.value.field, caught.value.line) == (field, 6)
