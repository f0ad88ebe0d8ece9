"""A made article page of a site that no profile knows, to bend for one test at a time."""

from __future__ import annotations

TITLE = "한빛시, 옛 방직공장에 시민 도서관 연다"
SENTENCES = (
    "한빛시는 문을 닫은 방직공장을 고쳐 내년 3월 시민 도서관을 연다고 12일 밝혔다.",
    "도서관은 지상 3층, 연면적 4,200㎡ 규모로 열람실과 공연장, 어린이 놀이방을 갖춘다.",
    "윤슬 한빛시 문화국장은 “기계를 돌리던 자리에서 아이들이 책을 읽게 될 것”이라고 말했다.",
    "공사비 86억 원은 국비와 시비로 반씩 댄다.",
)
BODY = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
MENU = "".join(f'<li><a href="/list/{n}">{name}</a></li>' for n, name in enumerate(["정치", "경제", "사회", "문화"]))
INFO = "<div class='info'><span>강솔 기자</span> <span>입력 2026.11.12 09:30</span></div>"
FOOTER = "<footer><p>제호 : 한빛마을신문 | 등록번호 한빛,아00001</p><p>Copyright ⓒ 한빛마을신문. All rights reserved.</p></footer>"


def page(
    *,
    head: str = "",
    title: str = TITLE,
    heading: str = f"<h1>{TITLE}</h1>",
    info: str = INFO,
    body: str = BODY,
    around: str = "",
    footer: str = FOOTER,
) -> str:
    """An article page; every part can be changed or left out."""
    return (
        f"<html><head><title>{title}</title>{head}</head><body><header><ul>{MENU}</ul></header>"
        f"{heading}{info}<div class='text'>{body}</div>{around}{footer}</body></html>"
    )
