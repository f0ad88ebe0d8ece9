"""`--query` with servers that answer as Naver's documented API and Google News do, and `--urls` with files of all kinds.

Searches are asked twice in processes of their own: once with working keys, once with a day's calls used up and a
robots.txt that forbids.
"""

from __future__ import annotations

import base64
import gzip
import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rounds import crawl_round, rows
from test_crawl import MAIN, add_site, environment, records
from town import Asked, Fault, Paper, Town

from newsscrape.archive import open_archive
from newsscrape.archive.quotas import Quota
from newsscrape.cli.newsroom import Newsroom
from newsscrape.discovery import google_news, naver

KEYS = {"NAVER_CLIENT_ID": "an-open-name", "NAVER_CLIENT_SECRET": "a-secret-word"}
NOW = datetime.now(UTC)


def item(original: str | None, link: str = "https://n.news.naver.com/mnews/article/999/1") -> dict[str, str]:
    found = {"title": "정원", "link": link, "description": "정원", "pubDate": f"{NOW:%a, %d %b %Y %H:%M:%S} +0000"}
    return found if original is None else {**found, "originallink": original}


def answer(items: list[dict[str, str]], *, total: int | None = None, start: int = 1) -> bytes:
    facts = {"lastBuildDate": f"{NOW:%a}", "total": total or len(items), "start": start, "display": len(items)}
    return json.dumps({**facts, "items": items}).encode()


def error(code: str, message: str) -> bytes:
    return json.dumps({"errorCode": code, "errorMessage": message}).encode()


def turns(*bodies: bytes) -> Callable[[], bytes]:
    """One body after the other; the last one stays."""
    left = list(bodies)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def old_link(url: str) -> str:
    """A link as Google News made them until 2024: the publisher's address inside."""
    held = b"\x08\x13\x22" + bytes([len(url)]) + url.encode()
    return "https://news.google.com/rss/articles/" + base64.urlsafe_b64encode(held).decode().rstrip("=")


class Searches:
    """The search engines' papers, and what they answer to which words."""

    def __init__(self, town: Town) -> None:
        self.naver, self.google = town.add("naver"), town.add("google")
        self.base = self.naver.url("/v1/search/news.json")

    def says(self, words: str, *, start: int = 1, **fault: Any) -> None:
        target = naver.request_url(words, start, base=self.base).removeprefix(self.naver.base)
        self.naver.mood[target] = Fault(**fault)

    def googles(self, words: str, *links: str) -> None:
        target = google_news.request_url(words, base="/rss/search")
        items = "".join(f"<item><title>t</title><link>{link}</link></item>" for link in links)
        self.google.mood[target] = Fault(body=f"<rss><channel>{items}</channel></rss>".encode())


@dataclass
class Outcome:
    """What a round of searches left."""

    report: dict[str, dict[str, Any]]
    records: list[dict[str, Any]]
    asked: list[Asked]
    folder: Path

    @property
    def search(self) -> dict[str, Any]:
        return self.report["search:news"]

    def reasons(self, words: str) -> list[str]:
        return [failure["reason"] for failure in self.search["failures"] if words in failure["url"]]

    def to(self, key: str) -> list[Asked]:
        return [a for a in self.asked if a.host == f"{key}.newsroom.test"]

    def ids(self) -> set[str]:
        return {record["id"] for record in self.records}


def founded(town: Town, folder: Path) -> tuple[Searches, Paper, Paper]:
    hanbit, nowhere = town.add("hanbit"), town.add("nowhere")
    hanbit.publish_many(9)
    nowhere.publish_many(2)
    searches = Searches(town)
    town.profiles(folder / "profiles")
    for key in ("nowhere", "naver", "google"):
        (folder / "profiles" / f"{key}.toml").unlink()
    return searches, hanbit, nowhere


def ask(town: Town, folder: Path, searches: Searches, queries: list[tuple[str, str]], **options: Any) -> Outcome:
    report = crawl_round(
        folder / "profiles",
        queries=[{"text": text, "engine": engine} for engine, text in queries],
        database=folder / "news.db",
        output=folder / "a.jsonl",
        env={**KEYS, "NAVER_API_URL": searches.base},
        settings={"GOOGLE_NEWS_URL": searches.google.url("/rss/search"), "NEWSSCRAPE_PRIVATE_NETWORKS": False},
        **options,
    )
    lines = records(folder / "a.jsonl") if (folder / "a.jsonl").exists() else []
    return Outcome(report, lines, town.asked, folder)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    folder = tmp_path_factory.mktemp("searches")
    with Town(seed=2) as town:
        searches, hanbit, nowhere = founded(town, folder)
        first = [item(hanbit.url(1)), item(nowhere.url(1)), item(None), item("", link=hanbit.url(2))] * 25
        searches.says("다리", body=answer(first, total=102))
        searches.says("다리", start=101, body=answer([item(hanbit.url(3)), item(hanbit.url(1))], total=102, start=101))
        searches.says("한도", status=429, body=error("010", "Query limit exceeded (한도 초과)"))
        slow = turns(error("012", "Rate limit exceeded"), answer([item(hanbit.url(4))]))
        searches.says("빠름", status=(429, 200), body=slow)
        searches.says("열쇠", status=401, body=error("024", "Authentication failed (인증에 실패했습니다.)"))
        searches.says("금지", status=403, body=error("", "Forbidden"))
        searches.says("고장", body=b'{"items": [{"title": ')
        searches.says("이사", redirect=nowhere.url("/v1/search/news.json"))
        searches.says(
            "뒤", body=answer([item(hanbit.url(5)), item("http://127.0.0.1:9/secret"), item("ftp://x.test/1")])
        )
        token = "https://news.google.com/rss/articles/CBMi" + "Q" * 60
        searches.googles("정원", old_link(hanbit.url(6)), token, hanbit.url(7), hanbit.url(1))
        queries = [("naver", words) for words in ("다리", "한도", "빠름", "열쇠", "금지", "고장", "이사", "뒤")]
        yield ask(town, folder, searches, [*queries, ("google", "정원")])


def test_the_publishers_pages_are_crawled(outcome: Outcome) -> None:
    assert outcome.ids() == {*(f"hanbit:{n}" for n in range(1, 8)), "nowhere.newsroom.test:/view/1"}


def test_a_site_that_is_found_twice_has_one_account(outcome: Outcome) -> None:
    assert outcome.report["hanbit"]["articles"] == outcome.report["hanbit"]["found"] == 7
    assert all(site["left"] == 0 for site in outcome.report.values())


def test_no_page_is_asked_for_twice(outcome: Outcome) -> None:
    paths = [a.path for a in outcome.to("hanbit")]
    assert len(paths) == len(set(paths))


def test_all_pages_of_results_are_asked_for(outcome: Outcome) -> None:
    asked = [a.path for a in outcome.to("naver") if "start=101" in a.path]
    assert len(asked) == 1


def test_results_that_name_only_the_portal_are_counted(outcome: Outcome) -> None:
    (notice,) = outcome.search["notices"]
    assert notice.startswith("27 results name only the search engine's own page")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("한도", "25,000 calls of this key are used up"),
        ("열쇠", "compare Client ID and Client Secret"),
        ("금지", "add the search API to the application"),
        ("고장", "no answer of Naver's search API"),
        ("이사", "no answer of the search API"),
    ],
)
def test_what_went_wrong_with_a_query_is_told(outcome: Outcome, words: str, reason: str) -> None:
    (told,) = outcome.reasons(words)
    assert reason in told


def test_calls_that_came_too_fast_are_made_again(outcome: Outcome) -> None:
    assert outcome.reasons("빠름") == []
    assert "hanbit:4" in outcome.ids()


def test_a_query_that_is_refused_closes_nobodys_door(outcome: Outcome) -> None:
    assert "hanbit:5" in outcome.ids()
    assert rows(outcome.folder / "news.db", "SELECT * FROM hosts") == []


def test_a_result_inside_a_private_network_is_not_asked_for(outcome: Outcome) -> None:
    (page,) = outcome.report["127.0.0.1"]["rejected"]["private"]
    assert "private network" in page["reason"]


def test_the_keys_go_to_the_api_only(outcome: Outcome) -> None:
    for asked in outcome.asked:
        sent = asked.header("X-Naver-Client-Id"), asked.header("X-Naver-Client-Secret")
        wanted = asked.host == "naver.newsroom.test" and not asked.path.startswith("/robots.txt")
        assert sent == (tuple(KEYS.values()) if wanted else (None, None))


def test_the_keys_are_nowhere_in_what_is_left(outcome: Outcome) -> None:
    said = json.dumps(outcome.report).encode() + (outcome.folder / "a.jsonl").read_bytes()
    said += b"".join(path.read_bytes() for path in outcome.folder.glob("news.db*"))
    assert not any(key.encode() in said for key in KEYS.values())


def test_calls_are_counted_in_the_archive(outcome: Outcome) -> None:
    with open_archive(outcome.folder / "news.db") as archive:
        assert Quota(archive, "naver-search", 25_000).used(datetime.now(UTC)) == 9


def test_google_is_asked_as_robots_txt_says(outcome: Outcome) -> None:
    assert [a.path.partition("?")[0] for a in outcome.to("google")] == ["/robots.txt", "/rss/search"]


@pytest.fixture(scope="module")
def forbidden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    folder = tmp_path_factory.mktemp("forbidden")
    with Town(seed=2) as town:
        searches, hanbit, _ = founded(town, folder)
        with open_archive(folder / "news.db") as archive:
            Quota(archive, "naver-search", 25_000).use(datetime.now(UTC))
        rows(folder / "news.db", "UPDATE quotas SET used = 24999")
        searches.google.robots = "User-agent: *\nDisallow: /rss/\n"
        searches.says("다리", body=answer([item(hanbit.url(1))] * 100, total=300))
        yield ask(town, folder, searches, [("naver", "다리"), ("google", "정원")], sites=["hanbit"], limit=5)


def test_no_call_is_made_beyond_a_days_allowance(forbidden: Outcome) -> None:
    assert len([a for a in forbidden.to("naver") if "robots" not in a.path]) == 1
    assert "go on after midnight" in forbidden.reasons("Naver")[0]


def test_a_robots_txt_that_forbids_the_search_is_obeyed(forbidden: Outcome) -> None:
    assert [a.path for a in forbidden.to("google")] == ["/robots.txt"]
    assert forbidden.reasons("google") == ["robots.txt does not allow it"]


def test_a_site_that_is_crawled_anyway_takes_its_results_along(forbidden: Outcome) -> None:
    assert set(forbidden.report) == {"hanbit", "search:news"}
    assert forbidden.report["hanbit"]["articles"] == 5
    assert forbidden.report["hanbit"]["left"] >= 0


# The command line


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    """A host of nine articles."""
    add_site(tmp_path, "quiet", host="127.0.0.1", articles=9)
    (tmp_path / "ready").mkdir()
    with Newsroom(tmp_path) as newsroom:
        newsroom.write_profiles(tmp_path / "ready")
        yield newsroom


def command(folder: Path, *arguments: str, given: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*MAIN, "crawl", "--private-networks", "--db", str(folder / "news.db"), "--delay", "0.5", *arguments],
        input=given,
        capture_output=True,
        env=environment(folder / "ready") | env,
        timeout=120,
        check=False,
    )


def xlsx(path: Path, *lines: list[str]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)


def test_files_of_addresses_of_all_kinds(newsroom: Newsroom, tmp_path: Path) -> None:
    def url(number: int) -> str:
        return f"http://127.0.0.1:{newsroom.port}/view/{number}"

    files = {
        "list.txt": f"# 기사\n{url(1)}\n\n주소 없음\n{url(1)}#top\n".encode(),
        "table.csv": f"제목,URL\n정원,{url(2)}\n정원,\n".encode(),
        "table.tsv": f"링크\t제목\n{url(3)}\t정원\n".encode(),
        "lines.jsonl": (json.dumps({"url": url(4)}) + "\n").encode(),
        "packed.txt.gz": gzip.compress(url(5).encode()),
        "korean.csv": f"일자,원문링크\n20251103,{url(6)}\n".encode("cp949"),
    }
    for name, body in files.items():
        (tmp_path / name).write_bytes(body)
    xlsx(tmp_path / "book.xlsx", ["뉴스 식별자", "URL"], ["01", url(7)])
    options = [text for name in [*files, "book.xlsx"] for text in ("--urls", str(tmp_path / name))]
    done = command(tmp_path, *options, "--urls", "-", given=url(8).encode())
    assert done.returncode == 0, done.stderr.decode()
    ids = [json.loads(line)["id"] for line in done.stdout.splitlines()]
    assert sorted(ids) == [f"quiet:{n}" for n in range(1, 9)]
    said = done.stderr.decode()
    assert "list.txt: 1 rows without an address (the first is row 4)" in said.replace("\n", " ")
    assert "table.csv: 1 rows without an address (the first is row 3)" in said.replace("\n", " ")


def test_pages_of_a_host_without_a_profile(newsroom: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "ready" / "quiet.toml").unlink()
    base = f"http://127.0.0.1:{newsroom.port}/view"
    done = command(tmp_path, "--urls", "-", given=f"{base}/1\n{base}/2?utm_source=x\n{base}/2\n{base}/77\n".encode())
    assert done.returncode == 0, done.stderr.decode()
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert [first["id"], second["id"]] == ["127.0.0.1:/view/1", "127.0.0.1:/view/2"]
    assert "골목 정원 1호" in first["title"] and "빗물" in first["text"]
    assert f"removed: {base}/77 (HTTP 404)" in done.stderr.decode()


def test_addresses_of_a_site_that_is_crawled_anyway_come_along(newsroom: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "127.0.0.1" / "rss.xml").write_text("<rss><channel></channel></rss>", encoding="utf-8")
    done = command(tmp_path, "quiet", "--urls", "-", given=f"http://127.0.0.1:{newsroom.port}/view/9".encode())
    assert done.returncode == 0, done.stderr.decode()
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["quiet:9"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["--urls", "nowhere.csv"], "nowhere.csv: cannot be opened", id="no-file"),
        pytest.param(["--urls", "empty.txt"], "the file is empty", id="empty-file"),
        pytest.param(["--urls", "columns.csv"], "no column holds addresses", id="no-column"),
        pytest.param(["--query", "정원"], "set NAVER_CLIENT_ID and NAVER_CLIENT_SECRET", id="no-keys"),
        pytest.param(["--query", " ", "--engine", "google"], "a query is empty", id="no-words"),
        pytest.param(["--query", "정원", "--engine", "daum"], "daum", id="no-such-engine"),
    ],
)
def test_wrong_use_exits_2(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "columns.csv").write_text("이름,나이\n은하람,30\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)
    done = command(tmp_path, *arguments)
    assert done.returncode == 2
    assert words in " ".join(done.stderr.decode().split())
    assert newsroom.asked == []


def test_the_keys_are_not_in_the_log(newsroom: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "127.0.0.1" / "news.json").write_bytes(answer([item(f"http://127.0.0.1:{newsroom.port}/view/1")]))
    address = f"http://127.0.0.1:{newsroom.port}/news.json"
    done = command(tmp_path, "--query", "정원", "-v", "--log-json", **KEYS, NAVER_API_URL=address)
    assert done.returncode == 0, done.stderr.decode()
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["quiet:1"]
    assert any(a.headers.get("X-Naver-Client-Secret") for a in newsroom.asked)
    assert not any(key.encode() in done.stdout + done.stderr for key in KEYS.values())
