"""Records as others say them, held against the libraries that read them where these are at hand."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from articles import KST, article, bare
from itemadapter import ItemAdapter

from newsscrape.article import Author, Image, to_json
from newsscrape.discovery.address_files import read_addresses
from newsscrape.export.adapters.bigkinds import to_bigkinds
from newsscrape.export.adapters.datasets import Row, to_row
from newsscrape.export.adapters.schema_org import to_schema_org
from newsscrape.export.adapters.zyte import to_zyte
from newsscrape.export.exporting import export


def record(**facts: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_json(article(**facts)))
    return found


EMPTY: dict[str, Any] = json.loads(to_json(bare()))


def test_zyte_common_items_reads_the_item_and_knows_every_field() -> None:
    items = pytest.importorskip("zyte_common_items")
    data = to_zyte(record())
    assert data is not None
    item = items.Article.from_dict(data)
    adapter = type("Adapter", (ItemAdapter,), {"ADAPTER_CLASSES": [items.ZyteItemAdapter]})
    said = {**data, "metadata": {**data["metadata"], "probability": 1.0}}  # their own default
    assert adapter(item).asdict() == said
    assert not item._unknown_fields_dict and not item.metadata._unknown_fields_dict
    assert item.headline == '[단독] "새 다리" 놓는다, 1'
    assert item.authors[0].nameRaw == "나한빛 기자"
    assert (item.datePublished, item.datePublishedRaw) == ("2026-03-02T10:30:00+09:00", "2026.03.02 10:30")
    assert item.mainImage == item.images[0]
    assert item.breadcrumbs[0].name == "지역경제"


def test_zyte_takes_the_time_of_change_where_no_other_is_known() -> None:
    item = to_zyte(record(published_at=None))
    assert item is not None and item["datePublished"] == item["dateModified"] == "2026-03-02T10:35:00+09:00"


def test_zyte_wants_an_address(tmp_path: Path) -> None:
    assert to_zyte(EMPTY) is None
    written = export([to_json(bare()), to_json(article())], tmp_path / "a.jsonl", layout="zyte")
    assert (written.count, written.notices) == (1, ("1 records without an address are left out",))


def test_schema_org() -> None:
    item = to_schema_org(record())
    assert (item["@context"], item["@type"]) == ("https://schema.org", "NewsArticle")
    assert item["author"] == [
        {"@type": "Person", "name": "나한빛", "jobTitle": "기자", "email": "na@hanbit-ilbo.example"},
        {"@type": "Organization", "name": "경제부"},
    ]
    assert item["publisher"] == {
        "@type": "NewsMediaOrganization", "name": "한빛일보", "url": "https://hanbit-ilbo.example/"
    }  # fmt: skip
    assert item["image"][0]["creditText"] == "한빛시 제공"
    assert (item["printPage"], item["articleBody"]) == ("A12", "새 다리가 열렸다.\n주민들이 건넜다.")
    assert "isAccessibleForFree" not in item


def test_what_is_not_known_is_not_said_in_schema_org() -> None:
    assert set(to_schema_org(EMPTY)) == {"@context", "@type", "identifier", "inLanguage"}
    nameless = record(images=(Image(caption="다리"),), authors=(Author(name="나한빛", affiliation="한빛연구소"),))
    assert to_schema_org(nameless)["image"] == [{"@type": "ImageObject", "caption": "다리"}]
    assert to_schema_org(nameless)["author"][0]["affiliation"]["name"] == "한빛연구소"


def test_opinion_and_walls_in_schema_org() -> None:
    item = to_schema_org(record(kind="editorial", access="paywalled"))
    assert (item["@type"], item["isAccessibleForFree"]) == ("OpinionNewsArticle", False)


def test_a_page_with_our_json_ld_reads_back_as_the_same_article() -> None:
    from newsscrape import extract

    item = to_schema_org(record(title="새 다리 놓는다"))
    body = "".join(f"<p>{line}</p>" for line in item["articleBody"].split("\n"))
    page = f"""<html><head><title>새 다리 놓는다</title><script type="application/ld+json">{json.dumps(item)}</script>
        </head><body><article><h1>새 다리 놓는다</h1>{body}</article></body></html>"""
    found = extract(page.encode(), url=item["url"])
    assert found.title == "새 다리 놓는다"
    assert found.published_at == datetime(2026, 3, 2, 10, 30, tzinfo=KST)
    assert [author.name for author in found.authors][:1] == ["나한빛"]


def test_bigkinds_columns() -> None:
    row = to_bigkinds(record())
    assert (row["일자"], row["언론사"], row["기고자"]) == ("20260302", "한빛일보", "나한빛 기자, 경제부")
    assert (row["통합 분류1"], row["통합 분류2"], row["인물"]) == ("경제", None, None)
    assert {value for value in to_bigkinds(EMPTY).values() if value} == {"hanbit:0"}


def test_the_day_in_bigkinds_is_that_of_korea() -> None:
    late = datetime.fromisoformat("2026-03-02T16:00:00+00:00")
    assert to_bigkinds(record(published_at=late))["일자"] == "20260303"


def test_a_bigkinds_table_is_read_by_our_own_reader(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    export([to_json(article(1)), to_json(article(2))], path, layout="bigkinds", excel=True)
    found = list(read_addresses(path))
    assert [one.url for one in found] == [f"https://www.hanbit-ilbo.example/view/{number}" for number in (1, 2)]
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["본문"] == "새 다리가 열렸다.\n주민들이 건넜다."


def test_every_row_for_datasets_has_every_column() -> None:
    for one in (to_row(record()), to_row(EMPTY)):
        assert list(one) == list(Row.model_fields)
        Row.model_validate(one)


def test_parquet_for_datasets_has_types_with_features_only(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    export([to_json(article()), to_json(bare())], tmp_path / "a.parquet", layout="datasets")
    kinds = {field.name: str(field.type) for field in pq.read_schema(tmp_path / "a.parquet")}
    assert set(kinds.values()) == {"string", "bool", "list<element: string>", "timestamp[us, tz=Asia/Seoul]"}
    assert kinds["published_at"] == "timestamp[us, tz=Asia/Seoul]"


def test_datasets_loads_it(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    for name in ("a.parquet", "a.jsonl"):
        export([to_json(bare()), to_json(article())], tmp_path / name, layout="datasets")
        kind = {"a.parquet": "parquet", "a.jsonl": "json"}[name]
        found = datasets.load_dataset(kind, data_files=str(tmp_path / name), split="train", cache_dir=str(tmp_path))
        assert found[1]["authors"] == ["나한빛", "경제부"]
        assert found[0]["title"] is None
