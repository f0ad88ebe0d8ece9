"""`newsscrape sites check`, `new` and `schema`, as their users type them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from newsscrape.cli.newsroom import Newsroom
from newsscrape.sites import Profile
from newsscrape.sites.loader import HERE

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT / "fixtures" / "articles"
YNA = ARTICLES / "yna-story-news"
NDSOFT = ARTICLES / "ndsoft-skin-2020" / "page.html"


def run(*words: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name != "NEWSSCRAPE_SITES"}
    return subprocess.run(
        [sys.executable, "-c", "from newsscrape.cli import main; main()", "sites", *words],
        capture_output=True, text=True, cwd=cwd, env={**clean, **environment}, timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture
def bent(tmp_path: Path) -> Path:
    """A folder with an index of two pages: one as it is, one whose date stands under another class."""
    page = (YNA / "page.html").read_bytes()
    (tmp_path / "sound.html").write_bytes(page)
    (tmp_path / "bent.html").write_bytes(page.replace(b"update-time", b"upd"))
    url = tomllib.loads((YNA / "page.toml").read_text(encoding="utf-8"))["url"]
    lines = [json.dumps({"file": name, "url": url}) for name in ("sound.html", "bent.html")]
    (tmp_path / "index.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


# --- check ------------------------------------------------------------------------------------------------------


def test_all_fixtures_are_read_by_their_profiles() -> None:
    done = run("check", "--json")
    assert json.loads(done.stdout)["silent"] == []
    assert done.returncode == 0


def test_check_of_one_site_shows_its_layouts_only() -> None:
    done = run("check", "yna")
    assert done.returncode == 0
    assert "yna/story-news" in done.stdout
    assert "naver/" not in done.stdout


def test_bent_page_makes_exit_code_1_and_is_named(bent: Path) -> None:
    done = run("check", "--pages", str(bent))
    assert done.returncode == 1
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("Fell silent")]
    assert line.startswith("Fell silent: yna/story-news: published found nothing on bent.html; taken from ")


def test_check_as_json_counts_who_told_each_field(bent: Path) -> None:
    found = json.loads(run("check", "--pages", str(bent), "--json").stdout)
    (layout,) = found["layouts"]
    assert (layout["site"], layout["layout"], layout["pages"]) == ("yna", "story-news", 2)
    assert layout["fields"]["body"] == {"profile": 2}
    assert layout["fields"]["published"]["profile"] == 1
    assert [silence["field"] for silence in found["silent"]] == ["published"]


def test_optional_field_is_silent_only_where_others_speak_on_every_page(tmp_path: Path) -> None:
    """A page without the section's mark is no drift; a layout whose mark is on no page, while meta tells it, is."""
    profiles, pages = tmp_path / "profiles", tmp_path / "pages"
    profiles.mkdir()
    (profiles / "hanbit.toml").write_text(
        'key = "hanbit"\nname = "한빛일보"\ndomains = ["hanbit.example"]\n[[layouts]]\nname = "a"\n'
        "body = [\"//div[@id='t']\"]\nsection = [\"//p[@class='sec']\"]\n",
        encoding="utf-8",
    )
    text = "".join(
        f"<p>한빛시는 {n}번째 마을 길을 새로 냈다고 20일 밝혔다. 길이는 모두 {n}km다.</p>" for n in range(1, 5)
    )
    for name, mark in (("one", ""), ("two", "")):
        (pages / name).mkdir(parents=True)
        (pages / name / "page.toml").write_text(f'url = "http://hanbit.example/{name}"\n', encoding="utf-8")
        (pages / name / "page.html").write_text(
            f"<html><head><title>마을 길 새로 냈다</title><meta property='article:section' content='사회'></head>"
            f"<body><h1>마을 길 새로 냈다</h1>{mark}<div id='t'>{text}</div></body></html>",
            encoding="utf-8",
        )
    words = ("check", "--sites", str(profiles), "--pages", str(pages), "--json")
    assert {s["field"] for s in json.loads(run(*words).stdout)["silent"]} == {"section"}
    page = pages / "two" / "page.html"
    page.write_text(
        page.read_text(encoding="utf-8").replace("<div id", "<p class='sec'>사회</p><div id"), encoding="utf-8"
    )
    assert json.loads(run(*words).stdout)["silent"] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["check", "ynaa"], "did you mean yna"),
        (["check", "--pages", "nowhere"], "does not exist"),
        (["check", "--live"], "name those that you mean"),
        (["check", "yna", "--pages", str(ARTICLES / "kbs-cont_newstext")], "no page of these sites"),
        (["new", str(NDSOFT)], "needs --url"),
        (["new", "nowhere.html", "--url", "http://a.example/1"], "cannot read nowhere.html"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else None,
)
def test_wrong_use_is_explained_with_exit_code_2(words: list[str], says: str, tmp_path: Path) -> None:
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr


def test_page_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "gone.html").write_text("<title>삭제된 기사입니다</title><p>삭제된 기사입니다.</p>", encoding="utf-8")
    index = {"file": "gone.html", "url": "https://www.yna.co.kr/view/AKR20261120000100001"}
    (tmp_path / "index.jsonl").write_text(json.dumps(index), encoding="utf-8")
    done = run("check", "--pages", str(tmp_path))
    assert done.returncode == 1
    assert "Not read: gone.html" in done.stdout


def test_index_with_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "index.jsonl").write_text('{"file": "a.html"}\n', encoding="utf-8")
    done = run("check", "--pages", str(tmp_path))
    assert done.returncode == 2
    assert "index.jsonl, line 1" in done.stderr


# --- own profiles -------------------------------------------------------------------------------------------------


def test_own_profile_wins_and_its_fault_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "yna.toml"
    path.write_text('key = "yna"\nname = "나의 연합"\ndomains = ["yna.co.kr"]\n', encoding="utf-8")
    for words, environment in ((("--sites", str(tmp_path)), {}), ((), {"NEWSSCRAPE_SITES": str(tmp_path)})):
        done = run("show", "yna", *words, **environment)
        assert json.loads(done.stdout)["name"] == "나의 연합"
    path.write_text(path.read_text(encoding="utf-8") + '\n[crawl]\ndelay = "slow"\n', encoding="utf-8")
    done = run("show", "yna", "--sites", str(tmp_path))
    assert done.returncode == 2
    assert f"{path}:6: crawl.delay: " in done.stderr


# --- new ----------------------------------------------------------------------------------------------------------

URL = "https://www.hanbit-ilbo.example/news/articleView.html?idxno=161200"


def new(folder: Path, source: Path, url: str, *words: str) -> dict[str, Any]:
    """The profile proposed for a page, checked against the schema that lies beside it."""
    done = run("new", str(source), "--url", url, "-o", str(folder), *words, NEWSSCRAPE_SITES="none")
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.toml")
    profile = tomllib.loads(path.read_text(encoding="utf-8"))
    schema = json.loads((folder / "profile.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(profile, schema)
    return profile


def test_page_of_a_family_needs_a_few_lines(tmp_path: Path) -> None:
    profile = new(tmp_path, NDSOFT, URL, "--key", "hanbit", "--name", "한빛일보")
    assert profile["family"] == "ndsoft"
    assert profile["domains"] == ["hanbit-ilbo.example"]
    assert set(profile) == {"key", "name", "family", "domains", "crawl"}
    assert len((tmp_path / "hanbit.toml").read_text(encoding="utf-8").splitlines()) < 16


def test_charset_is_noted(tmp_path: Path) -> None:
    text = (ARTICLES / "khan-articleBody" / "page.html").read_text(encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_bytes(text.replace("utf-8", "euc-kr").replace("UTF-8", "euc-kr").encode("cp949", "xmlcharrefreplace"))
    assert "cp949" in new(tmp_path / "out", page, "http://hanbit.example/article/1234")["notes"]


def test_fixture_skeleton_keeps_the_bytes_and_is_unchecked(tmp_path: Path) -> None:
    new(tmp_path, NDSOFT, URL)
    (fixture,) = (tmp_path / "fixtures").iterdir()
    assert fixture.name == "hanbit-ilbo-skin-2020"
    assert (fixture / "page.html").read_bytes() == NDSOFT.read_bytes()
    assert tomllib.loads((fixture / "page.toml").read_text(encoding="utf-8"))["url"] == URL
    assert "unchecked" in json.loads((fixture / "expected.json").read_text(encoding="utf-8"))


def test_profile_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "hanbit.toml"
    path.write_text("mine", encoding="utf-8")
    words = ("new", str(NDSOFT), "--url", URL, "--key", "hanbit", "-o", str(tmp_path))
    done = run(*words)
    assert (done.returncode, path.read_text(encoding="utf-8")) == (2, "mine")
    assert run(*words, "--force").returncode == 0
    assert path.read_text(encoding="utf-8") != "mine"


def test_host_that_has_a_profile_is_told(tmp_path: Path) -> None:
    url = tomllib.loads((YNA / "page.toml").read_text(encoding="utf-8"))["url"]
    assert "The host is yna's already" in run("new", str(YNA / "page.html"), "--url", url, "-o", str(tmp_path)).stderr


def test_page_that_is_no_article_gives_no_profile(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<title>로그인</title><p>로그인이 필요합니다</p>", encoding="utf-8")
    done = run("new", str(page), "--url", "http://a.example/1", "-o", str(tmp_path / "out"))
    assert done.returncode == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("robots", "path", "says"),
    [
        ("User-agent: *\nDisallow: /news/\n", "/news/2026/11/20/48213.html", "robots.txt does not allow it"),
        ("User-agent: *\nAllow: /\n", "/news/nowhere.html", "404"),
    ],
    ids=["robots", "gone"],
)
def test_address_that_cannot_be_fetched_is_explained(robots: str, path: str, says: str, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(ROOT / "fixtures" / "guide", tmp_path / "room")
    host = "www.byeolbaram.example"
    (tmp_path / "room" / host / "robots.txt").write_text(robots, encoding="utf-8")
    with Newsroom(tmp_path / "room") as newsroom:
        proxy = {"http_proxy": f"http://127.0.0.1:{newsroom.port}", "no_proxy": ""}
        done = run(
            "new", f"http://{host}{path}", "-o", str(tmp_path / "out"), "--contact", "desk@hanbit.example", **proxy
        )
    assert done.returncode == 1
    assert says in done.stderr
    assert not (tmp_path / "out").exists()
    assert all("desk@hanbit.example" in asked.headers["User-Agent"] for asked in newsroom.asked)


# --- schema -------------------------------------------------------------------------------------------------------

SCHEMA = Profile.model_json_schema()
TABLES = {"Profile": SCHEMA, **SCHEMA["$defs"]}
FIELDS = [(table, name) for table, entry in TABLES.items() for name in entry["properties"]]


@pytest.mark.parametrize(("table", "name"), FIELDS, ids=[f"{table}.{name}" for table, name in FIELDS])
def test_every_field_is_described_for_editors(table: str, name: str) -> None:
    assert len(TABLES[table]["properties"][name].get("description", "")) > 10


def test_schema_command_prints_the_committed_schema() -> None:
    assert run("schema").stdout == (HERE / "profile.schema.json").read_text(encoding="utf-8")


def test_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", sorted(HERE.glob("*/*.toml")), ids=lambda path: path.stem)
def test_profile_obeys_the_schema(path: Path) -> None:
    jsonschema.validate(tomllib.loads(path.read_text(encoding="utf-8")), SCHEMA)


def test_schema_finds_a_typo() -> None:
    with pytest.raises(jsonschema.ValidationError, match="domain'"):
        jsonschema.validate({"key": "hanbit", "name": "한빛일보", "domain": ["hanbit.example"]}, SCHEMA)
