"""Site profiles: they load, claim their addresses, find their layouts, and say what is wrong with a broken file."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newsscrape.boilerplate.context import Context
from newsscrape.boilerplate.lines import Line
from newsscrape.boilerplate.rulebook import RuleBook
from newsscrape.errors import ProfileError, UnknownSite
from newsscrape.sites import Profile, Site, find_site, key_of, load_site, names, read_profile, site_keys
from newsscrape.sites.loader import HERE
from newsscrape.sites.profile import Furniture

FAMILY_FILES = sorted((HERE / "families").glob("*.toml"))
FILES = [*sorted((HERE / "publishers").glob("*.toml")), *FAMILY_FILES]
KEYS = [path.stem for path in FILES]


# --- every file ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=KEYS)
def test_profile_loads_and_compiles(path: Path) -> None:
    profile = read_profile(path)
    family = read_profile(HERE / "families" / f"{profile.family}.toml") if profile.family else None
    site = Site(profile, family)
    assert site.layouts
    assert all(site.identity is not None for _ in site.layouts)
    assert profile.role == "family" or profile.domains


@pytest.mark.parametrize("path", FILES, ids=KEYS)
def test_first_line_names_the_schema(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("#:schema ../profile.schema.json\n")


def test_schema_is_current() -> None:
    committed = json.loads((HERE / "profile.schema.json").read_text(encoding="utf-8"))
    assert committed == Profile.model_json_schema()


def test_no_domain_is_claimed_twice() -> None:
    claimed: dict[str, str] = {}
    for path in FILES:
        for domain in read_profile(path).domains:
            assert domain not in claimed, f"{domain}: {claimed[domain]} and {path.stem}"
            claimed[domain] = path.stem


def test_no_printed_name_is_claimed_twice() -> None:
    claimed: dict[str, str] = {}
    for path in FILES:
        profile = read_profile(path)
        for name in {profile.name, profile.name_en, *profile.also} - {None}:
            assert name not in claimed, f"{name}: {claimed[name]} and {path.stem}"
            claimed[name] = path.stem


@pytest.mark.parametrize("path", FILES, ids=KEYS)
def test_feeds_and_sitemaps_are_addresses(path: Path) -> None:
    crawl = read_profile(path).crawl
    for url in (*crawl.feeds, *crawl.sitemaps, *(section.url for section in crawl.sections)):
        parts = urlsplit(url)
        assert parts.scheme in ("http", "https"), url
        assert parts.hostname and "." in parts.hostname, url


@pytest.mark.parametrize("path", FILES, ids=KEYS)
def test_layout_names_are_unique(path: Path) -> None:
    layouts = [layout.name for layout in read_profile(path).layouts]
    assert len(layouts) == len(set(layouts))


FURNITURE = [
    pytest.param(path, rule, line, id=f"{rule.id}:{line[:20]}")
    for path in FILES
    for rule in read_profile(path).furniture
    for line in (*rule.drops, *rule.keeps)
]


@pytest.mark.parametrize(("path", "rule", "line"), FURNITURE)
def test_furniture_rule_takes_and_spares(path: Path, rule: Furniture, line: str) -> None:
    own = Site(read_profile(path)).rules
    for zone in rule.zones:
        found = RuleBook(own).find(Line(line), zone, Context())
        assert (found.id if found else None) == (rule.id if line in rule.drops else None)


@pytest.mark.parametrize("path", FILES, ids=KEYS)
def test_furniture_shows_what_it_removes(path: Path) -> None:
    assert all(rule.drops for rule in read_profile(path).furniture)


def test_family_furniture_counts_on_its_sites() -> None:
    assert "ndsoft-script-end" in {rule.id for rule in load_site("sporbiz").rules}


# --- finding sites --------------------------------------------------------------------------------------------

HOSTS = [
    ("https://www.khan.co.kr/x", "khan"),
    ("https://KHAN.CO.KR/x", "khan"),
    ("https://news.khan.co.kr:8080/x", "khan"),
    ("https://user@www.khan.co.kr/x", "khan"),
    ("khan.co.kr", "khan"),
    ("https://biz.chosun.com/x", "chosunbiz"),
    ("https://www.chosun.com/x", "chosun"),
    ("https://en.yna.co.kr/x", "yna-en"),
    ("https://m.yna.co.kr/x", "yna"),
    ("https://v.daum.net/x", "daum"),
    ("https://khan.co.kr.example.org/x", None),
    ("https://notkhan.co.kr/x", None),
    ("https://한빛일보.한국/x", None),
    ("https://xn--989a.xn--3e0b707e/x", None),
    ("file:///tmp/page.html", None),
    ("", None),
]


@pytest.mark.parametrize(("url", "key"), HOSTS, ids=[url or "empty" for url, _ in HOSTS])
def test_find_site(url: str, key: str | None) -> None:
    site = find_site(url)
    assert (site.key if site else None) == key


def test_international_host_is_found_in_both_spellings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hanbit.toml").write_text(
        'key = "hanbit"\nname = "한빛일보"\ndomains = ["한빛일보.한국", "xn--bj0b81iy8iq6h.xn--3e0b707e"]\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("NEWSSCRAPE_SITES", str(tmp_path))
    for url in ("https://www.한빛일보.한국/1", "https://www.xn--bj0b81iy8iq6h.xn--3e0b707e/1"):
        site = find_site(url)
        assert site is not None and site.key == "hanbit"


def test_names_lead_to_keys() -> None:
    assert names()["경향신문"] == "khan"
    assert key_of("네이버 뉴스") == "naver"
    assert key_of("한경닷컴") == "hankyung"
    assert key_of("한빛일보") is None


def test_unknown_key_names_near_ones() -> None:
    with pytest.raises(UnknownSite, match="khan"):
        load_site("khann")


# --- the environment ------------------------------------------------------------------------------------------


def test_none_switches_all_profiles_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSSCRAPE_SITES", "none")
    assert site_keys() == ()
    assert find_site("https://www.khan.co.kr/article/201609260957011") is None
    assert names() == {}


def test_own_folder_adds_and_overrides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "khan.toml").write_text(
        'key = "khan"\nname = "나의 경향"\ndomains = ["khan.co.kr"]\n', encoding="utf-8"
    )
    (tmp_path / "hanbit.toml").write_text(
        'key = "hanbit"\nname = "한빛일보"\ndomains = ["hanbit.example"]\n', encoding="utf-8"
    )
    monkeypatch.setenv("NEWSSCRAPE_SITES", str(tmp_path))
    assert load_site("khan").profile.name == "나의 경향"
    site = find_site("https://news.hanbit.example/1")
    assert site is not None and site.key == "hanbit"
    assert load_site("hani").profile.name == "한겨레"


def test_edited_profile_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    path = tmp_path / "hanbit.toml"
    path.write_text('key = "hanbit"\nname = "한빛일보"\ndomains = ["hanbit.example"]\n', encoding="utf-8")
    monkeypatch.setenv("NEWSSCRAPE_SITES", str(tmp_path))
    assert load_site("hanbit").profile.name == "한빛일보"
    path.write_text('key = "hanbit"\nname = "새 한빛일보"\ndomains = ["hanbit.example"]\n', encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert load_site("hanbit").profile.name == "새 한빛일보"


def test_missing_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSSCRAPE_SITES", str(tmp_path / "nowhere"))
    with pytest.raises(ProfileError, match="nowhere"):
        site_keys()


# --- broken files ---------------------------------------------------------------------------------------------

BROKEN = [
    pytest.param('key = "broken"\nname = "한빛일보"\nnmae = "typo"\n', "nmae", id="unknown-key"),
    pytest.param('key = "broken"\n', "name", id="no-name"),
    pytest.param('key = "Broken!"\nname = "한빛일보"\n', "key", id="bad-key"),
    pytest.param('key = "other"\nname = "한빛일보"\n', "key", id="key-is-not-the-file-name"),
    pytest.param('key = "broken"\nname = "한빛일보"\nrole = "blog"\n', "role", id="unknown-role"),
    pytest.param('key = "broken"\nname = "한빛일보"\n[[layouts]]\nname = "a"\nbody = ["//div["]\n', "layouts.0.body.0", id="no-xpath"),
    pytest.param('key = "broken"\nname = "한빛일보"\n[[layouts]]\nname = "a"\nwhen = "//p[@"\n', "layouts.0.when", id="no-xpath-in-when"),
    pytest.param('key = "broken"\nname = "한빛일보"\n[crawl]\ndelay = "slow"\n', "crawl.delay", id="delay-is-no-number"),
    pytest.param('key = "broken\n', "", id="no-toml"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "field"), BROKEN)
def test_broken_profile_names_file_and_field(text: str, field: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        read_profile(path)
    assert caught.value.path == str(path)
    assert caught.value.field == field
    assert "broken.toml" in str(caught.value)


def test_profile_in_a_wrong_encoding_is_a_profile_error(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_bytes('key = "broken"\nname = "한빛일보"\n'.encode("cp949"))
    with pytest.raises(ProfileError, match=r"broken\.toml"):
        read_profile(path)


def test_missing_family_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hanbit.toml").write_text('key = "hanbit"\nname = "한빛일보"\nfamily = "nobody"\n', encoding="utf-8")
    monkeypatch.setenv("NEWSSCRAPE_SITES", str(tmp_path))
    with pytest.raises(ProfileError, match="nobody") as caught:
        load_site("hanbit")
    assert caught.value.field == "family"
