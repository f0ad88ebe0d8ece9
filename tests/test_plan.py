"""The plan of a nightly crawl: read, checked, and first written by `newsscrape init`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from newsscrape.discovery.since import parse_span
from newsscrape.errors import NewsscrapeError, PlanError, ProfileError
from newsscrape.plan import Plan, check_plan, plan_text, read_plan

PROFILE = """key = "hanbit"
name = "한빛일보"
domains = ["hanbit.example"]
[crawl]
feeds = ["https://hanbit.example/rss.xml"]
sitemaps = ["https://hanbit.example/sitemap.xml"]
delay = 3.0
[[crawl.sections]]
name = "정치"
url = "https://hanbit.example/politics"
[[crawl.sections]]
name = "사회"
url = "https://hanbit.example/society"
"""
SILENT = 'key = "byeol"\nname = "별바람"\ndomains = ["byeol.example"]\n'
HANBIT = 'profiles = "profiles"\n[[sites]]\nkey = "hanbit"\n'


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with profiles of its own: one site with every kind of list, one without any."""
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "hanbit.toml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "profiles" / "byeol.toml").write_text(SILENT, encoding="utf-8")
    return tmp_path


def plan_in(folder: Path, text: str) -> Plan:
    path = folder / "newsscrape.toml"
    path.write_text(text, encoding="utf-8")
    return read_plan(path)


# --- what it says -----------------------------------------------------------------------------------------------


def test_smallest_plan_has_the_defaults(tmp_path: Path) -> None:
    plan = plan_in(tmp_path, '[[sites]]\nkey = "yna"\n')
    assert (plan.contact, plan.limit, plan.outputs) == (None, None, ())
    assert (plan.since, plan.refresh, plan.sites_at_once) == (timedelta(days=7), timedelta(hours=48), 8)
    assert plan.every.start == timedelta(hours=1)
    assert plan.database_in({}) == str(tmp_path / "newsscrape.db")


def test_paths_start_from_the_plans_folder_wherever_one_stands(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk / "elsewhere").mkdir()
    monkeypatch.chdir(desk / "elsewhere")
    text = (
        'urls = ["addresses.txt", "/srv/more.txt"]\nwarc = "pages"\nwarc_size = "20MB"\n[[outputs]]\nfile = "../{site}.jsonl"\n'
        + HANBIT.replace('profiles = "profiles"\n', "")
    )
    (desk / "newsscrape.toml").write_text('profiles = "profiles"\n' + text, encoding="utf-8")
    plan = read_plan("../newsscrape.toml")
    assert plan.urls == (desk / "addresses.txt", Path("/srv/more.txt"))
    assert plan.profiles == desk / "profiles"
    assert (plan.warc, plan.warc_size) == (desk / "pages", 20_000_000)
    assert plan.files_for("hanbit", datetime(2026, 11, 24, tzinfo=UTC)) == (desk.parent / "hanbit.jsonl",)


def test_day_of_an_output_is_koreas(tmp_path: Path) -> None:
    plan = plan_in(tmp_path, '[[outputs]]\nfile = "a/{day}/{site}.jsonl"\n[[sites]]\nkey = "yna"\n')
    late = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
    assert plan.files_for("yna", late) == (tmp_path / "a" / "2026-11-24" / "yna.jsonl",)
    assert plan.files_for(None, late) == (tmp_path / "a" / "2026-11-24" / "other.jsonl",)


def test_braces_in_the_folders_name_are_no_placeholders(tmp_path: Path) -> None:
    folder = tmp_path / "{day} {x"
    folder.mkdir()
    plan = plan_in(folder, '[[outputs]]\nfile = "{day}.jsonl"\n[[sites]]\nkey = "yna"\n')
    assert plan.files_for("yna", datetime(2026, 11, 24, tzinfo=UTC)) == (folder / "2026-11-24.jsonl",)


def test_output_takes_only_the_sites_that_it_names(tmp_path: Path) -> None:
    text = '[[outputs]]\nfile = "all.jsonl"\n[[outputs]]\nfile = "wire.jsonl"\nsites = ["yna"]\n'
    plan = plan_in(tmp_path, text + '[[sites]]\nkey = "yna"\n[[sites]]\nkey = "hani"\n')
    now = datetime(2026, 11, 24, tzinfo=UTC)
    assert [path.name for path in plan.files_for("yna", now)] == ["all.jsonl", "wire.jsonl"]
    assert [path.name for path in plan.files_for("hani", now)] == ["all.jsonl"]
    assert [path.name for path in plan.files_for(None, now)] == ["all.jsonl"]


# --- what holds for a site --------------------------------------------------------------------------------------


def test_sites_own_words_win_over_those_for_all(desk: Path) -> None:
    text = 'since = "3d"\nlimit = 9\nprofiles = "profiles"\n[[sites]]\nkey = "hanbit"\nsince = "1d"\nevery = "30m"\n'
    settings = plan_in(desk, text).site("hanbit")
    assert (settings.since, settings.limit, settings.refresh) == (timedelta(days=1), 9, timedelta(hours=48))
    assert {settings.every.least, settings.every.start, settings.every.most} == {timedelta(minutes=30)}


def test_refresh_off_for_one_site_is_not_the_same_as_unsaid(desk: Path) -> None:
    plan = plan_in(desk, HANBIT + 'refresh = "off"\n[[sites]]\nkey = "yna"\n')
    assert plan.site("hanbit").refresh is None
    assert plan.site("yna").refresh == timedelta(hours=48)
    plan = plan_in(desk, 'refresh = "off"\n' + HANBIT + 'refresh = "2h"\n[[sites]]\nkey = "yna"\n')
    assert plan.site("hanbit").refresh == timedelta(hours=2)
    assert plan.site("yna").refresh is None


@pytest.mark.parametrize(
    ("everybodys", "own", "seconds"),
    [("", "", 3.0), ("delay = 1.0\n", "", 3.0), ("delay = 5\n", "", 5.0), ("delay = 5\n", "delay = 0.5\n", 0.5)],
)
def test_profile_that_wants_more_delay_is_obeyed_unless_the_site_says_less(
    everybodys: str, own: str, seconds: float, desk: Path
) -> None:
    plan = plan_in(desk, everybodys + HANBIT + own)
    assert plan.site("hanbit").site.profile.crawl.delay == seconds


def test_site_without_lists_of_its_own_has_the_profiles(desk: Path) -> None:
    crawl = plan_in(desk, HANBIT).site("hanbit").site.profile.crawl
    assert len(crawl.feeds) == len(crawl.sitemaps) == 1
    assert len(crawl.sections) == 2


def test_named_sections_are_all_that_is_visited(desk: Path) -> None:
    crawl = plan_in(desk, HANBIT + 'sections = ["사회"]\n').site("hanbit").site.profile.crawl
    assert [section.url for section in crawl.sections] == ["https://hanbit.example/society"]
    assert (crawl.feeds, crawl.sitemaps, crawl.delay) == ((), (), 3.0)


def test_own_feed_makes_a_site_of_a_profile_without_lists(desk: Path) -> None:
    text = 'profiles = "profiles"\n[[sites]]\nkey = "byeol"\nfeeds = ["https://byeol.example/rss"]\n'
    assert plan_in(desk, text).site("byeol").site.profile.crawl.feeds == ("https://byeol.example/rss",)


def test_site_that_only_a_search_led_to_has_everybodys_settings(desk: Path) -> None:
    plan = plan_in(desk, 'since = "3d"\n[[queries]]\ntext = "한빛시 마을버스"\nengine = "naver"\n')
    assert plan.site("yna").since == timedelta(days=3)


# --- the database -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "opened"),
    [
        ("data/news.db", "{folder}/data/news.db"),
        ("/srv/news.db", "/srv/news.db"),
        ("sqlite:///data/news.db", "sqlite:///{folder}/data/news.db"),
        ("sqlite:////srv/news.db", "sqlite:////srv/news.db"),
        ("postgresql://news:$PASSWORD@db.example:5432/news", "postgresql://news:p%40ss%2F%24%25@db.example:5432/news"),
        ("postgresql://${USER_NAME}@$PLACE/news", "postgresql://sol@db.example:5432/news"),
        ("sqlite:////srv/$PASSWORD/a@b.db", "sqlite:////srv/p@ss/$%/a@b.db"),
        ("$WHOLE", "postgresql://sol:x$y@db.example/news"),
        ("a$$b.db", "{folder}/a$b.db"),
    ],
)
def test_database_is_filled_in_from_the_environment(written: str, opened: str, tmp_path: Path) -> None:
    plan = plan_in(tmp_path, f'database = "{written}"\n[[sites]]\nkey = "yna"\n')
    environment = {
        "PASSWORD": "p@ss/$%",
        "USER_NAME": "sol",
        "PLACE": "db.example:5432",
        "WHOLE": "postgresql://sol:x$y@db.example/news",
    }
    assert plan.database_in(environment) == opened.format(folder=tmp_path)


@pytest.mark.parametrize("environment", [{}, {"NEWS_PASSWORD": ""}], ids=["unset", "empty"])
def test_missing_variable_is_named_with_the_line(environment: dict[str, str], tmp_path: Path) -> None:
    plan = plan_in(tmp_path, '\ndatabase = "postgresql://news:$NEWS_PASSWORD@db/news"\n[[sites]]\nkey = "yna"\n')
    with pytest.raises(PlanError, match="NEWS_PASSWORD is not set") as caught:
        plan.database_in(environment)
    assert caught.value.line == 2


def test_variable_that_holds_no_database_is_an_error_when_it_is_filled_in(tmp_path: Path) -> None:
    plan = plan_in(tmp_path, 'database = "$WHOLE"\n[[sites]]\nkey = "yna"\n')
    with pytest.raises(PlanError, match="mysql databases are not supported"):
        plan.database_in({"WHOLE": "mysql://db/news"})


# --- what is wrong ----------------------------------------------------------------------------------------------

SITE = '[[sites]]\nkey = "yna"\n'
WRONG = [
    pytest.param("sites_at_one = 3\n" + SITE, "sites_at_one", 1, "did you mean sites_at_once?", id="unknown-key"),
    pytest.param('[[sites]]\nkey = "yna"\nlimt = 3\n', "sites.0.limt", 3, "did you mean limit?", id="unknown-key-of-a-site"),
    pytest.param('[[sites]]\nkey = "yna"\nfrom = 3\n', "sites.0.from", 3, "known here: key, every, since,", id="far-off-key"),
    pytest.param('[every]\nleast = "20m"\ndatabase = "x.db"\n' + SITE, "every.database", 3, "above the first [table]", id="key-below-a-table"),
    pytest.param("[[sites]\n", "", 1, "is no TOML", id="no-toml"),
    pytest.param("", "sites", None, "names nothing to crawl", id="empty"),
    pytest.param('\n[[sites]]\nkey = "ynaa"\n', "sites.0.key", 3, "did you mean yna", id="unknown-site"),
    pytest.param(SITE + SITE, "sites.1.key", 4, "second time", id="twice"),
    pytest.param(SITE + 'sections = ["정치"]\n', "sites.0.sections.0", 3, "names no sections", id="site-without-sections"),
    pytest.param(HANBIT + 'sections = [\n "사회",\n "정 치",\n]\n', "sites.0.sections.1", 6, "did you mean 정치?", id="unknown-section"),
    pytest.param(HANBIT.replace("hanbit", "byeol"), "sites.0.key", 3, "names nothing to crawl", id="site-without-lists"),
    pytest.param('profiles = "nowhere"\n' + SITE, "profiles", 1, "there is no folder", id="no-folder"),
    pytest.param("delay = 0.4\n" + SITE, "delay", 1, "greater than or equal to 0.5", id="too-fast"),
    pytest.param(SITE + "delay = 0.1\n", "sites.0.delay", 3, "greater than or equal to 0.5", id="too-fast-for-a-site"),
    pytest.param("delay = inf\n" + SITE, "delay", 1, "finite", id="endless-delay"),
    pytest.param("delay = true\n" + SITE, "delay", 1, "valid number", id="delay-is-no-number"),
    pytest.param("sites_at_once = 65\n" + SITE, "sites_at_once", 1, "64", id="too-many-at-once"),
    pytest.param('warc_size = "9KB"\n' + SITE, "warc_size", 1, "write 500MB or 1GB", id="small-warc-files"),
    pytest.param("warc_size = 9\n" + SITE, "warc_size", 1, "in quotes with its unit", id="warc-size-without-unit"),
    pytest.param('limit = "5"\n' + SITE, "limit", 1, "valid integer", id="limit-in-quotes"),
    pytest.param("since = 7\n" + SITE, "since", 1, "in quotes with its unit", id="time-without-unit"),
    pytest.param('since = "a week"\n' + SITE, "since", 1, "write 30m, 48h or 7d", id="time-in-words"),
    pytest.param('since = "off"\n' + SITE, "since", 1, "no length of time", id="off-where-it-cannot-be"),
    pytest.param('refresh = "0h"\n' + SITE, "refresh", 1, "no length of time", id="no-time-at-all"),
    pytest.param('[every]\nleast = "2h"\nmost = "1h"\n' + SITE, "every.least", 2, "longer than `most`", id="bounds"),
    pytest.param('[every]\nleast = "10m"\nmost = "30m"\n' + SITE, "every.start", 1, "between", id="start-out-of-bounds"),
    pytest.param('contact = "somebody"\n' + SITE, "contact", 1, "neither a mail address nor a URL", id="contact"),
    pytest.param('contact = "sol@한빛.example"\n' + SITE, "contact", 1, "ASCII", id="contact-no-header-can-hold"),
    pytest.param('database = "mysql://db/news"\n' + SITE, "database", 1, "mysql databases are not supported", id="database"),
    pytest.param('database = "sqlite://"\n' + SITE, "database", 1, "in memory", id="database-in-memory"),
    pytest.param('database = "news$.db"\n' + SITE, "database", 1, "$$", id="stray-dollar"),
    pytest.param('[[outputs]]\nfile = "a.xlsx"\n' + SITE, "outputs.0.file", 2, ".xlsx files cannot be written", id="xlsx"),
    pytest.param('[[outputs]]\nfile = "a.parquet.gz"\n' + SITE, "outputs.0.file", 2, ".gz files cannot", id="compressed"),
    pytest.param('[[outputs]]\nfile = "{month}.jsonl"\n' + SITE, "outputs.0.file", 2, "{month} is no placeholder", id="placeholder"),
    pytest.param('[[outputs]]\nfile = "{day.jsonl"\n' + SITE, "outputs.0.file", 2, "cannot be filled in", id="open-brace"),
    pytest.param('[[outputs]]\nfile = "a.jsonl"\n[[outputs]]\nfile = "x/../a.jsonl"\n' + SITE, "outputs.1.file", 4, "another output", id="one-file-twice"),
    pytest.param('[[outputs]]\nfile = "yna.jsonl"\n[[outputs]]\nfile = "{site}.jsonl"\n' + SITE, "outputs.1.file", 4, "another output", id="one-file-for-a-site"),
    pytest.param('[[outputs]]\nfile = "a.jsonl"\nsites = ["hani"]\n' + SITE, "outputs.0.sites.0", 3, "no site of this plan", id="output-of-nobody"),
    pytest.param(SITE + 'feeds = ["yna.co.kr/rss"]\n', "sites.0.feeds.0", 3, "begins with http", id="feed"),
    pytest.param('[[queries]]\ntext = "봄비"\nengine = "bing"\n', "queries.0.engine", 3, "'naver' or 'google'", id="engine"),
    pytest.param('[[queries]]\ntext = ""\nengine = "naver"\n', "queries.0.text", 2, "at least 1 character", id="empty-query"),
    pytest.param("urls = [3]\n" + SITE, "urls.0", 1, "path", id="path-is-a-number"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "field", "line", "says"), WRONG)
def test_wrong_plan_is_told_by_file_line_and_entry(
    text: str, field: str, line: int | None, says: str, desk: Path
) -> None:
    with pytest.raises(PlanError) as caught:
        plan_in(desk, text)
    assert (caught.value.field, caught.value.line) == (field, line)
    assert says in caught.value.reason
    assert str(caught.value).startswith(str(desk / "newsscrape.toml"))


def test_missing_plan_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="newsscrape init"):
        read_plan(tmp_path / "newsscrape.toml")


def test_plan_in_a_wrong_encoding_is_a_plan_error(tmp_path: Path) -> None:
    path = tmp_path / "newsscrape.toml"
    path.write_bytes('# 계획\n[[sites]]\nkey = "yna"\n'.encode("cp949"))
    with pytest.raises(PlanError, match="no UTF-8") as caught:
        read_plan(path)
    assert caught.value.line == 1


def test_broken_profile_of_a_planned_site_is_named_itself(desk: Path) -> None:
    (desk / "profiles" / "hanbit.toml").write_text(PROFILE.replace("sitemaps", "sitemap"), encoding="utf-8")
    with pytest.raises(ProfileError, match=r"hanbit\.toml:6: crawl\.sitemap: .*did you mean sitemaps"):
        plan_in(desk, HANBIT)


def test_errors_of_files_are_of_one_tree() -> None:
    assert issubclass(PlanError, NewsscrapeError)
    assert not issubclass(PlanError, ProfileError)


@pytest.mark.parametrize(("text", "span"), [("30m", timedelta(minutes=30)), (" 2 w ", timedelta(weeks=2))])
def test_length_of_time(text: str, span: timedelta) -> None:
    assert parse_span(text) == span


@pytest.mark.parametrize("text", ["", "7", "0d", "-3h", "2026-11-01", "3 months", "123456h"])
def test_no_length_of_time(text: str) -> None:
    with pytest.raises(ValueError, match="no length of time"):
        parse_span(text)


# --- the first plan ---------------------------------------------------------------------------------------------


def uncommented(text: str) -> str:
    """The text with its settings made that stand behind a #."""
    return re.sub(r"^#(?=\w+ = |\[\[)", "", text, flags=re.MULTILINE)


def unsaid(entry: BaseModel, name: str = "plan") -> list[str]:
    """The keys of a model, and of the models in it, that no file has given."""
    missing = [f"{name}.{field}" for field in type(entry).model_fields if field not in entry.model_fields_set]
    for field in entry.model_fields_set:
        value: Any = getattr(entry, field)
        for inner in value if isinstance(value, tuple) else (value,):
            missing += unsaid(inner, field) if isinstance(inner, BaseModel) else []
    return missing


def test_template_explains_every_key_and_all_its_examples_are_right(desk: Path) -> None:
    text = uncommented(plan_text(sites=["hanbit"])).replace("sections = []", 'sections = ["정치"]')
    plan = plan_in(desk, text)
    assert unsaid(plan) == []


def test_first_plan_says_what_holds_anyway(tmp_path: Path) -> None:
    """Its settings are the defaults, so that a user who deletes a line changes nothing."""
    first = check_plan(plan_text(), tmp_path / "newsscrape.toml")
    bare = check_plan('[[sites]]\nkey = "yna"\n', tmp_path / "newsscrape.toml")
    assert first.model_dump(exclude={"outputs"}) == bare.model_dump(exclude={"outputs"})


def init(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NEWSSCRAPE_")}
    return subprocess.run(
        [sys.executable, "-P", "-m", "newsscrape", "init", *words],
        capture_output=True, text=True, cwd=cwd, env={**clean, **environment}, timeout=60, check=False,
    )  # fmt: skip


def test_init_writes_a_plan_and_says_what_is_next(tmp_path: Path) -> None:
    words = ["news/night.toml", "--site", "hani", "--site", "yna", "--contact", "me@example.org"]
    done = init(*words, "--db", "postgresql://news:$NEWS_PASSWORD@db.example/news", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "newsscrape run --plan news/night.toml\n" in done.stderr
    assert "newsscrape schedule print systemd --plan news/night.toml\n" in done.stderr
    plan = read_plan(tmp_path / "news" / "night.toml")
    assert [site.key for site in plan.sites] == ["hani", "yna"]
    assert plan.contact == "me@example.org"
    assert plan.database_in({"NEWS_PASSWORD": "봄"}) == "postgresql://news:%EB%B4%84@db.example/news"


def test_init_without_words_writes_what_can_be_read(tmp_path: Path) -> None:
    done = init(cwd=tmp_path)
    assert done.returncode == 0
    assert "names no contact yet" in done.stderr
    assert read_plan(tmp_path / "newsscrape.toml").contact is None


def test_init_takes_the_contact_from_the_environment(tmp_path: Path) -> None:
    init(cwd=tmp_path, NEWSSCRAPE_CONTACT="https://desk.example")
    assert read_plan(tmp_path / "newsscrape.toml").contact == "https://desk.example"


def test_init_writes_over_a_plan_only_by_force(tmp_path: Path) -> None:
    path = tmp_path / "newsscrape.toml"
    path.write_text("mine", encoding="utf-8")
    done = init(cwd=tmp_path)
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert path.read_text(encoding="utf-8") == "mine"
    assert init("--force", cwd=tmp_path).returncode == 0
    assert read_plan(path).sites


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--site", "ynaa"], "--site: no site profile is called 'ynaa'; did you mean yna"),
        (["--contact", "nobody"], "--contact: 'nobody' is neither"),
        (["--db", "mysql://db/news"], "--db: mysql databases are not supported"),
        (["."], "is a folder; name the file: newsscrape.toml"),
    ],
)
def test_init_refuses_what_no_plan_can_hold_and_writes_nothing(words: list[str], says: str, tmp_path: Path) -> None:
    done = init(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert list(tmp_path.iterdir()) == []
