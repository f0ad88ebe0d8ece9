"""Pages in WARC files read again, and what of it gets into an archive, on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from articles import MORNING
from sqlalchemy import insert, select
from warcs import ILBO, PAGE, Kept, write_warc

from newsscrape.archive import Archive
from newsscrape.archive.articles import Articles
from newsscrape.archive.care.removal import Old, delete_article, prune
from newsscrape.archive.entry import Entry, entry_of
from newsscrape.archive.revisions import history, note_removed
from newsscrape.archive.tables import articles, captures, pages
from newsscrape.article import Article, Author
from newsscrape.errors import WarcError
from newsscrape.page import Page
from newsscrape.read_page import read_page
from newsscrape.reading import process
from newsscrape.reading.pool import Unreadable
from newsscrape.reprocessing.account import Account
from newsscrape.reprocessing.again import Wish, reprocess
from newsscrape.revisions.fields import FIELDS, field_differences

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SITE = "hanbit-ilbo.example"
LIST = b"<html><body><ul>" + b"<li><a href='/view/1'>x</a></li>" * 90 + b"</ul></body></html>"


def url(number: int) -> str:
    return f"{ILBO}{number}"


def name(number: int) -> str:
    return f"{SITE}:{number}"


def read(number: int, moment: datetime = NOON, body: bytes = PAGE, **facts: Any) -> Article:
    """The article as a crawl has read it; `facts` are what older rules made of it."""
    return read_page(Page(body, url(number), {"content-type": "text/html"}, moment, 200)).model_copy(update=facts)


def keep(archive: Archive, *found: Article) -> None:
    with archive.write() as connection:
        Articles(archive).save(connection, [(SITE, entry_of(one)) for one in found], MORNING)


class Here:
    """Reads pages as the reading processes do, without their start, which would be most of a test's time."""

    processes = 2

    async def read(self, page: Page, way: str | None = None) -> Entry:
        answer = process.read(page, way)
        if isinstance(answer, Entry):
            return answer
        raise Unreadable(answer) if isinstance(answer, str) else answer

    async def close(self) -> None:
        pass


def again(archive: Archive, files: Path | Sequence[Path], **wish: Any) -> Account:
    return reprocess(archive, [files] if isinstance(files, Path) else files, Wish(**wish), reader=Here())


def record(archive: Archive, number: int) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(Articles(archive).record(name(number)) or "null")
    return found


def kinds(archive: Archive, number: int) -> list[str]:
    found = history(archive, name(number))
    return [version.revision for version in found.versions] if found else []


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    """The pages of articles 1 and 2, of a list and a picture."""
    kept = [Kept(url(1), moment=NOON), Kept(url(2), moment=NOON), Kept("https://www.hanbit-ilbo.example/list", LIST)]
    picture = Kept("https://www.hanbit-ilbo.example/a.png", b"\x89PNG", headers=(("Content-Type", "image/png"),))
    return write_warc(tmp_path / "warc" / "a.warc.gz", [*kept, picture])


def test_fields_that_are_compared_are_all_but_the_account() -> None:
    account = {
        "schema_version", "id", "url", "title_raw", "dates", "removed", "provenance", "warnings", "encoding",
        "fetched_at", "http", "content_hash", "fingerprint", "generator",
    }  # fmt: skip
    assert set(FIELDS) | account == set(Article.model_fields)


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ({"tags": []}, {"tags": ["다리"]}, {"tags": "gained"}),
        ({"section": "경제"}, {"section": None}, {"section": "lost"}),
        ({"title": "가"}, {"title": "나"}, {"title": "different"}),
        ({}, {"rights": {"copyright_line": None, "ai_use_reserved": False, "robots": []}}, {}),
        ({"dateline": {"place": "한빛", "raw": "(한빛)"}}, {"dateline": {"place": "한빛", "raw": "(한빛=)"}}, {}),
        ({"removed": [{"text": "공유"}]}, {"removed": []}, {}),
    ],
    ids=["gained", "lost", "different", "empty-parts", "printed-form", "account"],
)
def test_field_differences(old: dict[str, Any], new: dict[str, Any], difference: dict[str, str]) -> None:
    assert field_differences(old, new) == difference


def test_fields_are_counted_by_site_and_nothing_is_written(archive: Archive, warc: Path) -> None:
    keep(archive, read(1, authors=(), tags=("없던 말",), title="다른 제목"), read(2))
    account = again(archive, warc)
    site = account.sites[SITE]
    assert (site.same, site.changed) == (1, 1)
    found = {field: dict(counts) for field, counts in site.fields.items()}
    assert found["authors"] == {"gained": 1} and found["title"] == {"different": 1}
    assert found["tags"] in ({"lost": 1}, {"different": 1})
    assert account.passed == {"list": 1, "image/png": 1}
    assert kinds(archive, 1) == ["first"]


def test_what_differs_is_written_as_a_new_version(archive: Archive, warc: Path) -> None:
    keep(archive, read(1, authors=()))
    account = again(archive, warc, write=True)
    assert account.sites[SITE].written == 1
    assert kinds(archive, 1) == ["first", "reprocessed"]
    assert record(archive, 1)["authors"]


def test_a_new_version_tells_when_its_page_was_fetched_and_out_of_which_file_it_came(
    archive: Archive, warc: Path
) -> None:
    keep(archive, read(1, authors=()))
    again(archive, warc, write=True)
    assert datetime.fromisoformat(record(archive, 1)["fetched_at"]) == NOON
    assert record(archive, 1)["provenance"]["page"] == "warc:a.warc.gz"


def test_the_second_time_nothing_changes(archive: Archive, warc: Path) -> None:
    keep(archive, read(1, authors=()))
    again(archive, warc, write=True, add=True)
    account = again(archive, warc, write=True, add=True)
    assert (account.total("same"), account.total("changed"), account.total("added")) == (2, 0, 0)
    assert kinds(archive, 1) == ["first", "reprocessed"] and kinds(archive, 2) == ["first"]


def test_an_older_page_never_replaces_a_newer_one(archive: Archive, warc: Path) -> None:
    keep(archive, read(1, NOON + HOUR, authors=(Author(name="나한빛"),)))
    account = again(archive, warc, write=True, add=True)
    assert account.sites[SITE].older == 1
    assert kinds(archive, 1) == ["first"]


def test_a_newer_page_is_taken_when_it_is_asked_for(archive: Archive, tmp_path: Path) -> None:
    keep(archive, read(1))
    edited = PAGE.replace("3만9000원".encode(), "4만원".encode())
    file = write_warc(tmp_path / "b.warc.gz", [Kept(url(1), edited, NOON + HOUR)])
    assert again(archive, file, write=True).sites[SITE].newer == 1
    assert kinds(archive, 1) == ["first"]
    again(archive, file, write=True, add=True)
    assert kinds(archive, 1) == ["first", "edit"]
    assert again(archive, file, write=True, add=True).sites[SITE].same == 1


def test_articles_that_the_archive_has_not_are_added_when_that_is_asked_for(archive: Archive, warc: Path) -> None:
    assert again(archive, warc, write=True).sites[SITE].unknown == 2
    assert kinds(archive, 1) == []
    assert again(archive, warc, write=True, add=True).sites[SITE].added == 2
    assert kinds(archive, 1) == ["first"]
    with archive.read() as connection:
        assert set(connection.execute(select(articles.c.site)).scalars()) == {SITE}


def test_two_pages_of_one_new_article_are_two_versions_whatever_their_order(archive: Archive, tmp_path: Path) -> None:
    edited = PAGE.replace("3만9000원".encode(), "4만원".encode())
    old, new = Kept(url(1), moment=NOON), Kept(url(1), edited, NOON + HOUR)
    again(archive, write_warc(tmp_path / "a.warc.gz", [old, new]), write=True, add=True)
    assert kinds(archive, 1) == ["first", "edit"]
    other = [Kept(one.url.replace("idxno=1", "idxno=2"), one.body, one.moment) for one in (new, old)]
    again(archive, write_warc(tmp_path / "b.warc.gz", other), write=True, add=True)
    assert kinds(archive, 2) == ["first"] and "4만원" in record(archive, 2)["text"]


def test_what_was_deleted_on_request_stays_away(archive: Archive, warc: Path) -> None:
    keep(archive, read(1))
    delete_article(archive, name(1))
    account = again(archive, warc, write=True, add=True)
    assert account.sites[SITE].deleted == 1
    assert kinds(archive, 1) == []


def test_what_was_pruned_stays_away(archive: Archive, warc: Path) -> None:
    keep(archive, read(1))
    with archive.write() as connection:
        page = {"site": SITE, "identity": "1", "url": url(1), "state": "done", "tries": 0, "listed_at": NOON}
        connection.execute(insert(pages).values(**page, article=name(1)))
    assert sum(prune(archive, Old(before=NOON + 9999 * HOUR))) == 1
    assert again(archive, warc, write=True, add=True).sites[SITE].pruned == 1
    assert kinds(archive, 1) == []


def test_what_its_publisher_has_removed_is_not_back(archive: Archive, warc: Path) -> None:
    keep(archive, read(1, authors=()))
    with archive.write() as connection:
        note_removed(connection, [name(1)], NOON + HOUR)
    again(archive, warc, write=True)
    with archive.read() as connection:
        assert connection.execute(select(articles.c.gone_at)).scalar_one() is not None
    assert "returned" not in kinds(archive, 1)


def test_a_page_that_gives_no_article_any_more_is_named_and_the_archive_keeps_its_article(
    archive: Archive, tmp_path: Path
) -> None:
    keep(archive, read(1))
    account = again(archive, write_warc(tmp_path / "a.warc.gz", [Kept(url(1), LIST, NOON)]), write=True)
    assert account.sites[SITE].lost == 1 and account.lost[0][0] == url(1)
    assert kinds(archive, 1) == ["first"]
    assert account.ok


def test_a_page_of_the_archive_that_cannot_be_read_is_a_failure(archive: Archive, tmp_path: Path) -> None:
    keep(archive, read(1))
    account = again(archive, write_warc(tmp_path / "a.warc.gz", [Kept(url(1), b"\x89PNG\r\n\x1a\n" * 9, NOON)]))
    assert account.sites[SITE].unreadable == 1
    assert not account.ok


@pytest.mark.parametrize(
    ("wish", "changed", "outside"),
    [
        ({"sites": frozenset({SITE})}, 1, 0),
        ({"sites": frozenset({"yna"})}, 0, 3),
        ({"since": NOON + HOUR}, 0, 3),
        ({"until": datetime(2000, 1, 1, tzinfo=UTC)}, 0, 2),
    ],
    ids=["site", "other-site", "since", "until"],
)
def test_only_what_is_asked_for(archive: Archive, warc: Path, wish: dict[str, Any], changed: int, outside: int) -> None:
    keep(archive, read(1, authors=()))
    account = again(archive, warc, **wish)
    assert account.total("changed") == changed
    assert account.outside == outside


def test_an_article_that_would_get_another_id_keeps_its_own(archive: Archive, warc: Path) -> None:
    keep(archive, read(1, id="old:1", authors=()))
    account = again(archive, warc, write=True)
    assert account.renamed == 1
    found = history(archive, "old:1")
    assert found is not None and [version.revision for version in found.versions] == ["first", "reprocessed"]
    assert kinds(archive, 1) == []


def test_a_sample_shows_what_is_unlike_first(archive: Archive, tmp_path: Path) -> None:
    file = write_warc(tmp_path / "a.warc.gz", [Kept(url(n), moment=NOON) for n in range(1, 6)])
    keep(archive, *(read(n, authors=()) for n in range(1, 5)), read(5, title="다른 제목"))
    chosen = again(archive, file, sample=2).sample.chosen()
    assert [list(one.fields) for one in chosen] == [["authors"], ["title"]]
    assert chosen[0].old["authors"] == [] and chosen[0].new["authors"]


def test_a_body_that_stands_in_an_earlier_record_is_found_by_the_archives_notes(
    archive: Archive, tmp_path: Path
) -> None:
    keep(archive, read(1, NOON + HOUR, authors=()))
    earlier = write_warc(tmp_path / "warc" / "a.warc.gz", [Kept(url(9), moment=NOON)])
    revisit = Kept(
        url(1), b"", NOON + HOUR, "revisit",
        fields=(
            ("WARC-Payload-Digest", "sha1:OLD"),
            ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"),
        ),
    )  # fmt: skip
    write_warc(tmp_path / "warc" / "b.warc.gz", [revisit])
    assert again(archive, tmp_path / "warc").passed["revisits of pages elsewhere"] == 1
    with archive.write() as connection:
        row = {
            "url": url(9),
            "digest": "sha1:OLD",
            "record_id": "<urn:uuid:1>",
            "captured_at": NOON,
            "status": 200,
            "revisit": 0,
        }
        connection.execute(insert(captures).values(**row, file=earlier.name, place=0))
    assert again(archive, tmp_path / "warc").sites[SITE].changed == 1


def test_nothing_to_read_is_told(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(WarcError, match="there is no file or folder"):
        again(archive, tmp_path / "no")
    (tmp_path / "a.wacz").touch()
    with pytest.raises(WarcError, match="unpack it"):
        again(archive, tmp_path / "a.wacz")
    (tmp_path / "empty").mkdir()
    with pytest.raises(WarcError, match="holds no WARC files"):
        again(archive, tmp_path / "empty")


def test_the_same_file_named_twice_is_read_once(archive: Archive, warc: Path) -> None:
    assert again(archive, [warc, warc.parent]).pages == 3
