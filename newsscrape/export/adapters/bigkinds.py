"""The columns of a BigKinds download (한국언론진흥재단's news database), for programs that read its spreadsheets.

What BigKinds computes stays empty: 사건/사고 분류, 인물, 위치, 기관, 특성추출, 분석제외 여부, and the finer classes
of 통합 분류. 뉴스 식별자 is our id, not theirs. 키워드 holds the page's own tags, not BigKinds' morphemes, and 본문 the
whole text. Lost: the hour, subtitles, portal and agency, reporters' addresses, images, the print edition, rights,
notes, removed lines, provenance and warnings.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

_KST = timezone(timedelta(hours=9))
_SECTIONS = {
    "politics": "정치",
    "economy": "경제",
    "society": "사회",
    "culture": "문화",
    "world": "국제",
    "national": "지역",
    "sports": "스포츠",
    "science_tech": "IT_과학",
}
"""The first level of 통합 분류; our other sections have none that is surely theirs."""

COLUMNS = (
    "뉴스 식별자", "일자", "언론사", "기고자", "제목", "통합 분류1", "통합 분류2", "통합 분류3",
    "사건/사고 분류1", "사건/사고 분류2", "사건/사고 분류3", "인물", "위치", "기관", "키워드",
    "특성추출(가중치순 상위 50개)", "본문", "URL", "분석제외 여부",
)  # fmt: skip
"""As the header of a download from www.bigkinds.or.kr has them (`discovery` reads the same)."""


def to_bigkinds(record: Mapping[str, Any]) -> dict[str, Any]:
    """A row by its columns; None where nothing is known."""
    published = record["published_at"]
    known = {
        "뉴스 식별자": record["id"],
        "일자": f"{datetime.fromisoformat(published).astimezone(_KST):%Y%m%d}" if published else None,
        "언론사": (record["publisher"] or {}).get("name"),
        "기고자": ", ".join(" ".join(filter(None, (a["name"], a["role"]))) for a in record["authors"]) or None,
        "제목": record["title"],
        "통합 분류1": _SECTIONS.get(record["section_code"]),
        "키워드": ",".join(record["tags"]) or None,
        "본문": record["text"],
        "URL": record["canonical_url"] or record["url"],
    }
    return {column: known.get(column) for column in COLUMNS}
