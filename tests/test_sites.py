"""Site profiles: they load, claim their addresses, find their layouts, and say what is wrong with a broken file."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
import pytest

from newsscrape.boilerplate.context import Context
from newsscrape.boilerplate.lines import Line
from newsscrape.boilerplate.rulebook import RuleBook
from newsscrape.errors import ProfileError, UnknownSite
from newsscrape.sites import Profile, Site, find_family, find_site, key_of, load_site, names, read_profile, site_keys
from newsscrape.sites.loader import HERE
from newsscrape.sites.profile import Furniture

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"
FAMILY_FILES = sorted((HERE / "families").glob("*.toml"))
FILES = [*sorted((HERE / "publishers").glob("*.toml")), *FAMILY_FILES]
KEYS = [path.stem for path in FILES]


def _fixtures(key: str, layout: str) -> list[Path]:
    return [path for path in sorted(ARTICLES.iterdir()) if f"{path.name}-".startswith(f"{key}-{layout}-")]


def _tree(folder: Path) -> lxml.html.HtmlElement:
    from newsscrape.decode import decode
    from newsscrape.parse import parse

    page = tomllib.loads((folder / "page.toml").read_text(encoding="utf-8"))
    headers = {"content-type": page["content_type"]} if "content_type" in page else {}
    return parse(decode((folder / "page.html").read_bytes(), headers, page["url"]).text)


def _says(found: object) -> bool:
    """Whether a selector's result holds anything to read."""
    members = found if isinstance(found, list) else [found]
    return any(
        "".join(member.itertext()).strip() if isinstance(member, lxml.etree._Element) else str(member).strip()
        for member in members
    )


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


# --- layouts and their fixtures -------------------------------------------------------------------------------

LAYOUTS = [(path.stem, layout) for path in FILES for layout in read_profile(path).layouts]
SEEN = [(key, layout) for key, layout in LAYOUTS if layout.seen == "real page"]
WITH_FIXTURE = [(key, layout, folder) for key, layout in LAYOUTS for folder in _fixtures(key, layout.name)]


@pytest.mark.parametrize(("key", "layout"), SEEN, ids=[f"{key}-{layout.name}" for key, layout in SEEN])
def test_layout_seen_on_a_real_page_has_a_fixture(key: str, layout: object) -> None:
    assert _fixtures(key, layout.name)  # type: ignore[attr-defined]


@pytest.mark.parametrize("folder", sorted(ARTICLES.iterdir()), ids=lambda folder: folder.name)
def test_fixture_is_read_by_the_layout_it_is_named_after(folder: Path) -> None:
    url = tomllib.loads((folder / "page.toml").read_text(encoding="utf-8"))["url"]
    tree = _tree(folder)
    site = find_site(url) or find_family(tree)
    assert site is not None
    layout = site.layout(tree)
    assert layout is not None
    family = site.profile.family
    assert any(f"{folder.name}-".startswith(f"{key}-{layout.name}-") for key in (site.key, family) if key)


@pytest.mark.parametrize(("key", "layout", "folder"), WITH_FIXTURE, ids=[folder.name for _, _, folder in WITH_FIXTURE])
def test_body_selector_finds_its_element(key: str, layout: object, folder: Path) -> None:
    paths = layout.body  # type: ignore[attr-defined]
    if not paths:
        assert layout.script is not None  # type: ignore[attr-defined]
        return
    tree = _tree(folder)
    assert any(_says(tree.xpath(path)) for path in paths)


def _fields() -> list[object]:
    fields = ("title", "subtitles", "published", "modified", "byline", "publisher", "section", "tags", "captions")
    by_layout: dict[tuple[str, str], tuple[object, list[Path]]] = {}
    for key, layout, folder in WITH_FIXTURE:
        by_layout.setdefault((key, layout.name), (layout, []))[1].append(folder)
    return [
        pytest.param(getattr(layout, field), folders, id=f"{key}-{name}/{field}")
        for (key, name), (layout, folders) in by_layout.items()
        for field in fields
        if getattr(layout, field)
    ]


@pytest.mark.parametrize(("paths", "folders"), _fields())
def test_field_selector_says_something_on_a_fixture(paths: tuple[str, ...], folders: list[Path]) -> None:
    trees = [_tree(folder) for folder in folders]
    assert any(_says(tree.xpath(path)) for tree in trees for path in paths)


# --- addresses ----------------------------------------------------------------------------------------------

ADDRESSES = [
    ("yna", "AKR20230419006200320", ["https://www.yna.co.kr/view/AKR20230419006200320?section=politics/all", "https://m.yna.co.kr/amp/view/AKR20230419006200320", "http://yna.kr/AKR20230419006200320?did=1215m"]),
    ("yna-en", "AEN20230419006200320", ["https://en.yna.co.kr/view/AEN20230419006200320", "https://m-en.yna.co.kr/view/AEN20230419006200320?section=national"]),
    ("asiatoday", "20180201000926088", ["http://www.asiatoday.co.kr/view.php?key=20180201000926088", "https://ww2.asiatoday.co.kr/kn/view.php?key=20180201000926088", "http://m.asiatoday.co.kr/kn/view.php?r=articles&key=20180201000926088"]),
    ("khan", "201609260957011", ["http://biz.khan.co.kr/khan_art_view.html?artid=201609260957011&code=920100", "http://news.khan.co.kr/kh_news/khan_art_view.html?artid=201609260957011", "https://www.khan.co.kr/article/201609260957011", "https://www.khan.co.kr/economy/industry-trade/article/201609260957011"]),
    ("businesspost", "341018", ["https://www.businesspost.co.kr/BP?command=article_view&num=341018", "https://m.businesspost.co.kr/BP?command=mobile_view&num=341018"]),
    ("chosun", "2016091700921", ["http://news.chosun.com/site/data/html_dir/2016/09/17/2016091700921.html", "http://m.chosun.com/svc/article.html?sname=news&contid=2016091700921", "http://m.chosun.com/news/article.amp.html?sname=news&contid=2016091700921"]),
    ("chosun", "PHN3NSOXKVEP3M77YKKWI3QJ6A", ["https://www.chosun.com/international/international_general/2023/04/11/PHN3NSOXKVEP3M77YKKWI3QJ6A/", "https://www.chosun.com/international/international_general/2023/04/11/PHN3NSOXKVEP3M77YKKWI3QJ6A/?outputType=amp"]),
    ("chosunbiz", "PHN3NSOXKVEP3M77YKKWI3QJ6A", ["https://biz.chosun.com/it-science/ict/2023/04/11/PHN3NSOXKVEP3M77YKKWI3QJ6A/"]),
    ("hani", "761485", ["http://www.hani.co.kr/arti/society/society_general/761485.html", "http://m.hani.co.kr/arti/society/society_general/761485.html?_fr=tw"]),
    ("hankookilbo", "A2025051516330004328", ["https://www.hankookilbo.com/News/Read/A2025051516330004328", "https://m.hankookilbo.com/News/Read/Amp/A2025051516330004328", "https://www.hankookilbo.com/news/article/A2025051516330004328"]),
    ("mbc", "6475748", ["https://imnews.imbc.com/news/2023/enter/article/6475748_36161.html", "https://imnews.imbc.com/news/2023/enter/article/6475748_36162.html"]),
    ("daejonilbo", "1412361", ["http://m.daejonilbo.com/mnews.asp?pk_no=1412361", "http://www.daejonilbo.com/news/newsitem.asp?pk_no=1412361"]),
    ("daejonilbo", "2100001", ["https://www.daejonilbo.com/news/articleView.html?idxno=2100001", "https://www.daejonilbo.com/news/articleViewAmp.html?idxno=2100001"]),
    ("mediagaon", "01100201.20130707100000221", ["http://www.mediagaon.or.kr/jsp/sch/common/popup/newsviewpopup.jsp?newsId=01100201.20130707100000221"]),
    ("mk", "10520942", ["https://m.mk.co.kr/news/politics/10520942", "https://m.mk.co.kr/amp/10520942", "https://www.mk.co.kr/news/politics/10520942", "https://www.mk.co.kr/article/10520942"]),
    ("naver", "003/0012577249", ["https://n.news.naver.com/mnews/article/003/0012577249?sid=105", "https://n.news.naver.com/article/003/0012577249", "https://n.news.naver.com/article/comment/003/0012577249", "https://news.naver.com/main/read.nhn?mode=LSD&mid=sec&oid=003&aid=0012577249&sid1=001", "https://news.naver.com/main/read.naver?aid=0012577249&oid=003"]),
    ("donga", "80317105", ["http://news.donga.com/List/3/all/20160918/80317105/1", "http://news.donga.com/amp/all/20160918/80317105/1", "https://www.donga.com/news/Society/article/all/20160918/80317105/1"]),
    ("kbs", "7646022", ["https://news.kbs.co.kr/news/view.do?ncd=7646022", "https://news.kbs.co.kr/news/pc/view/view.do?ncd=7646022&ref=A"]),
    ("sbs", "N1007161287", ["https://news.sbs.co.kr/news/endPage.do?news_id=N1007161287", "https://mnews.sbs.co.kr/news/endPage.do?newsId=N1007161287", "http://news.sbs.co.kr/section_news/news_read.jsp?news_id=N1007161287", "https://sbsnews.co.kr/article/m/N1007161287", "https://news.sbs.co.kr/amp/news.amp?news_id=N1007161287"]),
    ("tvchosun", "2023042190134", ["http://news.tvchosun.com/site/data/html_dir/2023/04/21/2023042190134.html", "http://news.tvchosun.com/mobile/svc/article.amp.html?contid=2023042190134"]),
    ("daum", "20180516222212362", ["https://news.v.daum.net/v/20180516222212362", "https://v.daum.net/v/20180516222212362?f=m", "http://v.media.daum.net/v/20180516222212362"]),
    ("yonhapnewstv", "MYH20230420008700641", ["http://www.yonhapnewstv.co.kr/news/MYH20230420008700641?srt=l"]),
    ("ytn", "202304071836587452", ["https://www.ytn.co.kr/_ln/0103_202304071836587452", "https://m.ytn.co.kr/news_view.php?key=202304071836587452&s_mcd=0103", "https://m.ytn.co.kr/news_view.amp.php?param=0103_202304071836587452"]),
    ("sporbiz", "140476", ["http://www.sporbiz.co.kr/news/articleView.html?idxno=140476", "http://m.sporbiz.co.kr/news/articleView.html?idxno=140476", "http://www.sporbiz.co.kr/news/articlePrint.html?idxno=140476"]),
    ("zum", "49918663", ["http://news.zum.com/articles/49918663?cm=facebook", "https://m.news.zum.com/articles/49918663", "https://news.zumst.com/articles/49918663"]),
    ("joongang", "25200001", ["https://www.joongang.co.kr/article/25200001", "https://www.joongang.co.kr/article/25200001#home", "http://news.joins.com/article/olink/25200001?total_id=25200001"]),
    ("kmib", "0016001234", ["http://news.kmib.co.kr/article/view.asp?arcid=0016001234&code=61121111", "https://m.kmib.co.kr/view_amp.asp?arcid=0016001234", "https://www.kmib.co.kr/article/view.asp?arcid=0016001234"]),
    ("seoul", "20211004500082", ["https://www.seoul.co.kr/news/newsView.php?id=20211004500082&wlog_tag3=naver", "https://www.seoul.co.kr/news/society/2021/10/04/20211004500082"]),
    ("segye", "20230101500123", ["https://www.segye.com/newsView/20230101500123?OutUrl=naver"]),
    ("newsis", "NISX20240530_0002754321", ["https://www.newsis.com/view/NISX20240530_0002754321", "https://mobile.newsis.com/view_amp.html?ar_id=NISX20240530_0002754321"]),
    ("nocut", "5901234", ["https://www.nocutnews.co.kr/news/5901234", "https://m.nocutnews.co.kr/news/amp/5901234"]),
    ("jtbc", "NB12123456", ["https://news.jtbc.co.kr/article/NB12123456", "https://news.jtbc.joins.com/article/article.aspx?news_id=NB12123456"]),
    ("hankyung", "2023041812345", ["https://www.hankyung.com/article/2023041812345", "https://www.hankyung.com/article/amp/2023041812345"]),
    ("sedaily", "29OPA12345", ["https://www.sedaily.com/NewsView/29OPA12345/GG01", "https://m.sedaily.com/NewsViewAmp/29OPA12345"]),
    ("edaily", "01234566635577000", ["https://www.edaily.co.kr/News/Read?newsId=01234566635577000&mediaCodeNo=257", "https://m.edaily.co.kr/News/Read?newsId=01234566635577000&mediaCodeNo=257"]),
    ("etnews", "20230419000123", ["https://www.etnews.com/20230419000123"]),
    ("zdnet", "20230419123456", ["https://zdnet.co.kr/view/?no=20230419123456"]),
    ("osen", "G1112000123", ["https://www.osen.co.kr/article/G1112000123"]),
    ("ohmynews", "A0002900123", ["https://www.ohmynews.com/NWS_Web/View/at_pg.aspx?CNTN_CD=A0002900123", "https://m.ohmynews.com/NWS_Web/Mobile/amp.aspx?CNTN_CD=A0002900123"]),
    ("aitimes", "151234", ["https://www.aitimes.com/news/articleView.html?idxno=151234", "https://www.aitimes.com/news/articleViewAmp.html?idxno=151234"]),
]  # fmt: skip
ADDRESS_CASES = [
    pytest.param(url, key, identity, id=f"{key}:{url.partition('//')[2]}")
    for key, identity, urls in ADDRESSES
    for url in urls
]


@pytest.mark.parametrize(("url", "key", "identity"), ADDRESS_CASES)
def test_address_gives_site_and_id(url: str, key: str, identity: str) -> None:
    site = find_site(url)
    assert site is not None
    assert (site.key, site.identity(url), site.is_article_url(url)) == (key, identity, True)


@pytest.mark.parametrize(
    ("key", "identity", "urls"), ADDRESSES, ids=[f"{key}-{identity}" for key, identity, _ in ADDRESSES]
)
def test_canonical_address_keeps_the_id(key: str, identity: str, urls: list[str]) -> None:
    site = load_site(key)
    for url in urls:
        canonical = site.canonical(url)
        assert canonical is not None
        assert site.identity(canonical) == identity


NO_ARTICLES = [
    "https://www.yna.co.kr/politics/all",
    "https://www.khan.co.kr/",
    "https://news.naver.com/section/100",
    "https://news.naver.com/main/home.naver",
    "https://search.naver.com/search.naver?where=news&query=a",
    "https://www.mk.co.kr/news/politics/",
    "http://www.sporbiz.co.kr/news/articleList.html?sc_section_code=S1N1",
    "http://news.chosun.com/svc/list_in/list.html?source=1&pn=1",
    "https://www.hankookilbo.com/News/Politics",
    "https://news.daum.net/society",
]


@pytest.mark.parametrize("url", NO_ARTICLES)
def test_list_address_is_no_article(url: str) -> None:
    site = find_site(url)
    assert site is None or not site.is_article_url(url)


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
