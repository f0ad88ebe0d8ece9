"""Search in the archive, on both databases: what is found, in which order, and that the index follows every write."""

from __future__ import annotations

import dataclasses
import unicodedata
from datetime import datetime, timedelta

import pytest
from articles import KST, MORNING, article, bare, keep
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from newsscrape import QueryError, search
from newsscrape.archive import Archive, open_archive
from newsscrape.archive.care.backup import backup
from newsscrape.archive.care.removal import delete_article
from newsscrape.archive.care.soundness import check, derive_anew
from newsscrape.archive.care.vacuum import vacuum
from newsscrape.archive.search import newest as room
from newsscrape.archive.search.marks import text_marks, word_marks
from newsscrape.archive.search.searching import find
from newsscrape.archive.search.words import fold, words_of
from newsscrape.archive.selection import Selection, read
from newsscrape.article import Article
from newsscrape.errors import ArchiveError, NoArchive


def found(archive: Archive, query: str, limit: int = 20, **chosen: object) -> list[int]:
    """The numbers of the articles found."""
    selection = dataclasses.replace(Selection(query=query), **chosen)  # type: ignore[arg-type]
    return [int(one.id.partition(":")[2]) for one in find(archive, selection, limit)]


def exported(archive: Archive, query: str) -> list[int]:
    """The same by an export, in the order of arrival."""
    kept = read(archive, Selection(query=query))
    return [int(Article.model_validate_json(one.record).id.partition(":")[2]) for one in kept]


# Words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("실리콘밸리 협약", ("실리콘밸리", "협약")),
        ('"새 다리" 개통', ("새 다리", "개통")),
        ("“새  다리”", ("새 다리",)),
        ('개통"새 다리"', ("개통", "새 다리")),
        ('"새 다리', ("새", "다리")),
        ('다리"', ("다리",)),
        ("다리 다리 다리", ("다리",)),
        ("KTX Café", ("ktx", "café")),
        (unicodedata.normalize("NFD", "협약"), ("협약",)),
        ("다\x00리 \ud800", ("다리", "?")),
        ("10% a_b *", ("10%", "a_b", "*")),
        ("", ()),
        ("  \n ", ()),
        ('""', ()),
        ('" "', ()),
    ],
)
def test_words_of_a_query(query: str, words: tuple[str, ...]) -> None:
    assert words_of(query) == words


def test_more_words_than_anybody_types_are_refused() -> None:
    with pytest.raises(QueryError, match="65 words"):
        words_of(" ".join(map(str, range(65))))


@given(st.text(), st.integers(0, 50), st.integers(1, 10))
def test_every_text_has_the_marks_of_the_words_in_it(said: str, start: int, length: int) -> None:
    folded = fold(said)
    assert set(word_marks([folded[start : start + length]])) <= text_marks(folded)


def test_common_letters_are_no_marks_by_themselves() -> None:
    assert word_marks(["이"]) == []
    assert word_marks(["이다"]) == ["이다"]
    assert word_marks(["鬱"]) == ["鬱"]


# What is found

TEXTS = {
    1: "한빛시가 실리콘밸리와 협약을 맺었다.",
    2: "협약이 끝났다.\n실리콘 가격이 올랐다.",
    3: "KTX-청룡이 100% 찼다. Straße, CAFÉ.",
    4: "美 국무부가 🚀 발사를 알렸다. 금리 5.25% a_b",
    5: "새 다리가 열렸다. 새다리도 열렸다.",
}


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("협약", [2, 1]),
        ("실리콘밸리 협약", [1]),
        ("실리콘 협약", [2, 1]),
        ("실리 콘밸", [1]),
        ("협약이", [2]),
        ('"협약을 맺었다"', [1]),
        ('"맺었다 협약을"', []),
        ('"협약이 끝났다. 실리콘"', []),  # over two lines of the text
        ('"새 다리"', [5]),
        ("새다리", [5]),
        ("둘째 협약", [2]),  # one in the title, one in the text
        ('"둘째 소식 협약이"', []),
        ("ktx", [3]),
        ("Ktx-청룡", [3]),
        ("청룡이100", []),
        ("café", [3]),
        (unicodedata.normalize("NFD", "CAFÉ"), [3]),
        (unicodedata.normalize("NFD", "협약"), [2, 1]),
        ("STRASSE", [3]),
        ("straße", [3]),
        ("100%", [3]),
        ("10_%", []),
        ("a_b", [4]),
        ("%", [4, 3]),
        ("美", [4]),
        ("🚀", [4]),
        ("🚀 美 국무부", [4]),
        ("뷁", []),
        ("열", [5]),
        ("다", [5, 4, 3, 2, 1]),
        ("소식 " * 50, [5, 4, 3, 2, 1]),
        ("협" * 5000, []),
        ("*", []),
        ("협*", []),
        ("NOT OR AND", []),
        ("'; DROP TABLE texts; --", []),
        (":marks @> ? %s", []),
    ],
)
def test_a_query_finds(archive: Archive, query: str, numbers: list[int]) -> None:
    titles = {1: "첫 소식", 2: "둘째 소식"}
    keep(archive, [article(n, text=said, title=titles.get(n, "소식")) for n, said in TEXTS.items()])
    assert found(archive, query) == numbers
    assert exported(archive, query) == numbers[::-1]


@pytest.mark.parametrize("query", ["", "   ", '""', '"'])
def test_nothing_to_look_for_is_refused(archive: Archive, query: str) -> None:
    with pytest.raises(QueryError, match="nothing to look for"):
        find(archive, Selection(query=query))


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        ({"sites": ("other",)}, [9]),
        ({"sites": ("hanbit", "other")}, [9, 3, 2, 1]),
        ({"kinds": ("column",)}, [2]),
        ({"kinds": ("column", "editorial")}, [2]),
        ({"sections": ("sports",)}, [3]),
        ({"sections": ("sports", "economy"), "sites": ("hanbit",)}, [3, 2, 1]),
        ({"since": MORNING + timedelta(hours=2)}, [9, 3, 2]),
        ({"until": MORNING + timedelta(hours=2)}, [2, 1]),
        ({"since": MORNING + timedelta(hours=2), "until": MORNING + timedelta(hours=3)}, [3, 2]),
        ({"since": MORNING + timedelta(days=9)}, []),
        ({"limit": 2}, [9, 3]),
    ],
    ids=str,
)
@pytest.mark.parametrize("query", ["다리", "다"])  # by the index, and without it
def test_a_choice_beside_words(archive: Archive, query: str, chosen: dict[str, object], numbers: list[int]) -> None:
    keep(archive, [article(1), article(2, kind="column"), article(3, section_code="sports")])
    keep(archive, [article(9)], site="other")
    assert found(archive, query, **chosen) == numbers  # type: ignore[arg-type]


# The order


@pytest.mark.parametrize("few", [1, 3, 10, 2000])
@pytest.mark.parametrize("query", ["다리", "다", "다리 건넜다"])
def test_the_newest_come_first_however_many_there_are(
    archive: Archive, query: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`few` decides by which way they are found; the answer is the same."""
    monkeypatch.setattr(room, "_FEW", few)
    months = [datetime(2025, 11, 30, 23, tzinfo=KST), datetime(2026, 3, 1, 4, tzinfo=KST), MORNING]
    times = dict(enumerate([months[n % 3] + timedelta(days=n // 6) for n in range(40)]))
    keep(archive, [article(n, published_at=time) for n, time in reversed(times.items())])
    keep(archive, [article(n, published_at=None) for n in (41, 40)])
    order = [*sorted(times, key=lambda n: (times[n], -n), reverse=True), 40, 41]  # of one time, the last that came
    assert found(archive, query, limit=50) == order
    for limit in (1, 7, 41):
        assert found(archive, query, limit=limit) == order[:limit]
    window = {"since": times[5], "until": times[28]}
    assert found(archive, query, limit=50, **window) == [
        n for n in order if n in times and times[5] <= times[n] <= times[28]
    ]


# The index follows what is written


def test_an_edited_articles_old_words_are_found_no_more(archive: Archive) -> None:
    keep(archive, [article(1, text="낡은 낱말"), article(2)])
    keep(archive, [article(1, text="새로운 문장", kind="column")])
    assert found(archive, "낱말") == exported(archive, "낱말") == []
    assert found(archive, "문장", kinds=("column",)) == exported(archive, "문장") == [1]
    assert found(archive, "문장", kinds=("article",)) == []


def test_an_article_saved_twice_in_one_transaction_is_found_once(archive: Archive) -> None:
    keep(archive, [article(1), article(1, text="고친 다리")])
    assert found(archive, "고친") == found(archive, "다리") == [1]


def test_a_deleted_article_is_not_found(archive: Archive) -> None:
    keep(archive, [article(1), article(2)])
    delete_article(archive, "hanbit:1")
    assert found(archive, "다리") == exported(archive, "다리") == [2]
    assert not [fault.what for fault in check(archive)]
    keep(archive, [article(3)])
    assert found(archive, "다리") == [3, 2]


def test_a_save_that_is_taken_back_leaves_the_index_as_it_was(archive: Archive) -> None:
    keep(archive, [article(1)])
    with pytest.raises(ArchiveError), archive.write() as connection:
        from newsscrape.archive.articles import Articles
        from newsscrape.archive.entry import entry_of

        Articles(archive).save(connection, [("hanbit", entry_of(article(1, text="다른 글")))], MORNING)
        connection.execute(text("INSERT INTO nothing VALUES (1)"))
    assert found(archive, "다른") == []
    assert found(archive, "건넜다") == [1]


def test_the_index_made_anew_and_packed_finds_the_same(archive: Archive) -> None:
    keep(archive, [article(n) for n in range(1, 6)])
    derive_anew(archive)
    assert found(archive, "건넜다") == [5, 4, 3, 2, 1]
    vacuum(archive)
    assert found(archive, "건넜다") == [5, 4, 3, 2, 1]


def test_a_backup_finds_the_same(archive: Archive, tmp_path) -> None:
    keep(archive, [article(1), article(2, text="다른 글")])
    backup(archive, tmp_path / "copy.db")
    with open_archive(tmp_path / "copy.db", read_only=True) as copy:
        assert found(copy, "건넜다") == [1]


def test_an_article_of_which_nothing_is_known_is_no_trouble(archive: Archive) -> None:
    keep(archive, [bare()])
    assert found(archive, "다리") == []


# As a plain scan finds it

LETTERS = "가나다라 \n.ab-%鬱🚀ßÉ"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(LETTERS, max_size=40), min_size=6, max_size=25),
    queries=st.lists(st.text(LETTERS + '"', min_size=1, max_size=8), min_size=4, max_size=15),
)
def test_search_finds_what_a_plain_scan_finds(archive: Archive, texts: list[str], queries: list[str]) -> None:
    with archive.read() as connection:
        known = list(connection.execute(text("SELECT id FROM articles")).scalars())
    keep(archive, [article(number, text=said) for number, said in enumerate(texts)])
    for known_id in known:  # of an earlier example, and not in this one
        if int(known_id.partition(":")[2]) >= len(texts):
            keep(archive, [article(int(known_id.partition(":")[2]), title=None, text="")])
    for query in queries:
        words = words_of(query)
        if not words:
            continue
        plain = {
            number
            for number, said in enumerate(texts)
            if all(word in fold(f"{article(number).title}\n{said}") for word in words)
        }
        assert set(found(archive, query, limit=100)) == set(exported(archive, query)) == plain, query


# From a notebook


def test_a_script_searches(archive: Archive, database: str) -> None:
    keep(archive, [article(1), article(2, text="다른 글")])
    (one,) = search("건넜다 주민", database=database)
    assert (one.id, one.publisher, one.published_at) == ("hanbit:1", "한빛일보", MORNING + timedelta(hours=1))
    assert one.article.text == "새 다리가 열렸다.\n주민들이 건넜다."
    assert one.snippet.marked() == "새 다리가 열렸다. «주민»들이 «건넜다»."
    assert one.title.marked() == '[단독] "새 다리" 놓는다, 1'


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ({"since": MORNING + timedelta(hours=2)}, 1),
        ({"since": datetime(2026, 3, 2, 11, 0)}, 1),  # Korea's time
        ({"until": "2026-03-02T10:59"}, 1),
        ({"since": timedelta(seconds=1)}, 0),
        ({"sites": "hanbit", "kinds": "article", "sections": "economy"}, 2),
        ({"sites": ["other"]}, 0),
        ({"limit": 1}, 1),
    ],
    ids=str,
)
def test_a_script_chooses(archive: Archive, database: str, chosen: dict[str, object], count: int) -> None:
    keep(archive, [article(1), article(2)])
    assert len(search("다리", database=database, **chosen)) == count  # type: ignore[arg-type]


def test_a_script_is_told_what_is_wrong(tmp_path) -> None:
    with pytest.raises(NoArchive):
        search("다리", database=tmp_path / "none.db")
    with pytest.raises(ValueError, match="since"):
        search("다리", since="neulich")
