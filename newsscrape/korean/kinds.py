"""Kinds of articles, and the marks in a body that tell a speaker or a heading from a paragraph.

Conservative: an article is an "article" unless a label, a section or the form of its text is clear.
Labels and what they mean stand in `labels.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from newsscrape.korean.titles import kind_of_label, section_code

if TYPE_CHECKING:
    from newsscrape.article import ArticleKind

_BROADCAST_WORD = (
    r"(?:[가-힣]{2,4}\s?)?(?:앵커|아나운서)(?:\s?(?:멘트|코멘트))?|기자(?:\s?(?:멘트|리포트))?|리포터|캐스터"
    r"|리포트|녹취|인터뷰|싱크|현장음|VCR|PD|스탠딩|클로징|오프닝|자막"
)
# The mark alone, as televisions print it: [앵커], <기자>, ◀ 리포트 ▶, 【 앵커멘트 】, ▶ 인터뷰 : 나다움 / 시민.
_BROADCAST = re.compile(
    rf"(?:\[\s?(?:{_BROADCAST_WORD})\s?\]|[<〈]\s?(?:{_BROADCAST_WORD})\s?[>〉]|◀\s?(?:{_BROADCAST_WORD})\s?▶"
    rf"|【\s?(?:{_BROADCAST_WORD})\s?】|▶\s?(?:인터뷰|녹취|스탠딩|싱크)\s?(?:\([^()]{{1,10}}\)\s?)?:"
    r"|(?:앵커|기자|리포터)\s?[:>](?=\s|$))"
)
# "[나다움 기자]" is a byline, "[기자]" the reporter who speaks.
_ANCHOR = re.compile(r"[\[<〈◀【]\s?(?:(?:[가-힣]{2,4}\s?)?앵커|기자|리포트)")
# [나다움/한빛시민 : ...] (SBS), [나다움 / 한빛시민]
_INTERVIEWEE = re.compile(r"\[[가-힣○]{2,5}\s?/\s?[^\[\]:]{1,30}(?:\s?:\s|\]$)")
# ◇ 나다움> , ▷나다움: , ◎ 진행자 > , ☏ 나다움 >: the turns of a talk; "◇ 장소: 한빛시청" is a fact in a list.
_FACTS = (
    "일시|장소|주최|주관|후원|문의|대상|접수|기간|시간|요금|입장료|관람료|참가비|비용|전화|주소|출연|방송|진행|제작|홈페이지"
    r"|카카오톡|이메일|메일|제보|제보\s안내|기사|기사\s원문|원문|출처|유튜브|페이스북|인스타그램|네이버|다음|채널|앱"
)
_TURN = re.compile(
    r"[◇◆▷▶◎●○■□☏☎]\s?(?P<before_angle>[가-힣A-Za-z○]{1,12}(?:\s[가-힣]{1,8})?)\s?[>＞]"
    rf"|[◇◆▷▶◎☏]\s?(?!(?:{_FACTS})\s?[:：])"
    r"(?P<before_colon>[가-힣A-Za-z○]{1,12}(?:\s[가-힣]{1,8})?)\s?[:：](?=\s?\S{2})"
)
_QUESTION = re.compile(r"(?:Q\d{0,2}\s?[.:)]|[<\[【]\s?(?:질문|문|Q)\s?[>\]】]|(?:문|질문)\s?[:：])")
_ANSWER = re.compile(r"(?:A\d{0,2}\s?[.:)](?=\s|[가-힣“\"])|[<\[【]\s?(?:답변|답|A)\s?[>\]】]|(?:답|답변)\s?[:：])")
_SPEAKER = re.compile("|".join(mark.pattern for mark in (_BROADCAST, _TURN, _INTERVIEWEE, _QUESTION, _ANSWER)))
# "- 언제 시작했나?", and with a full stop, as papers print it.
_ASKED = re.compile(r"[-–—―▶▷]\s?.{4,150}[?？]$|[-–—―]\s?.{3,150}[나가까은는]\.$")

# What the marks above, and those of lists, begin with; the plain paragraphs of a text are asked no further.
_FIRST_LETTERS = frozenset("[<〈◀【▶▷◇◆◎●○■□☏☎▲△〃-–—―QA앵기리문질답")

_HEADING_MARK = re.compile(r"[■□◆◇●○◎▣◈★☆▩❏]\s?(?=\S)")
_FRAMED = re.compile(r"[<〈](?=[^<>〈〉]*[가-힣])[^<>〈〉=ⓒ]{3,30}[>〉]|[―–—-]\s(?=[^―–—]*[가-힣])[^―–—]{3,30}\s[―–—-]")
_NO_HEADING = re.compile(
    r"[.。!][\"'”’)>〉]*$|[가-힣]다[\"'”’)>〉]*$|[:：]\s|[▲△▷▶◇◆■].*[▲△▷▶◇◆■]"
    r"|사진|제공|자료|기자|그래픽|저작권|무단|ⓒ|제보|클릭|@|https?:"
)
_LONGEST_HEADING = 50

_TITLE_KINDS: tuple[tuple[re.Pattern[str], ArticleKind], ...] = (
    (re.compile(r"[<\[◆◇■]?\s?인사\s*(?:[|ㅣ:>\]/-]|$)|[◆◇■]\s?인사\s"), "personnel"),
    (re.compile(r"[<\[◆◇■]?\s?(?:부고|부음)\s*(?:[|ㅣ:>\]-]|$)"), "obituary"),
    (re.compile(r"[<\[]?\s?(?:바로잡습니다|(?:정정|반론)\s?보도(?:문)?)\s*(?:[|ㅣ:>\]-]|$)"), "correction"),
    (re.compile(r".*(?:정정|반론)\s?보도문?$"), "correction"),
    (re.compile(r"사설\s?[/|ㅣ:]"), "editorial"),
    (re.compile(r"(?:기고|시론|칼럼|시평|논단|독자투고)\s?[/|ㅣ]|.*\[\s?칼럼\s?\]$"), "column"),
    (re.compile(r".*(?:야구|축구|농구|배구)\s?(?:중간\s?)?(?:전적|순위)$"), "sports_result"),
    (re.compile(r".*\[\s?뉴스레터[^\[\]]*\]$"), "newsletter"),
    (re.compile(r".*(?:오늘의|이번\s?주|주간|띠별|별자리)\s?운세"), "other"),
    (re.compile(r"(?:오늘|내일|주말|전국)(?:의)?\s?날씨"), "weather"),
    (re.compile(r"(?:코스피|코스닥|뉴욕증시|유럽증시|원[·/]?달러 환율).*(?:마감|출발)$"), "market"),
    (re.compile(r".*일문일답"), "interview"),
)
_SECTION_KINDS: tuple[tuple[re.Pattern[str], ArticleKind], ...] = (
    (re.compile(r"사설"), "editorial"),
    (re.compile(r"[가-힣\s]*(?:칼럼|시론|기고|기자수첩|취재수첩|독자투고|논단|시평)"), "column"),
    (re.compile(r"인사"), "personnel"),
    (re.compile(r"부고|부음"), "obituary"),
    (re.compile(r"보도자료"), "press_release"),
)
_PHOTO_SECTION = re.compile(r"(?:^|\s)(?:포토|사진|화보)")
_CONTRIBUTORS = re.compile(
    r"논설|칼럼|교수|변호사|시인|소설가|작가|평론가|연구위원|의사|전문의|대표|[소원회총학]장|이사장|위원장|연구원|의원|장관|차관"
)
_GUEST_NOTE = re.compile(r"(?:외부\s?(?:필진|기고)|칼럼|기고)[^.]{0,40}(?:본지|본사|당사|편집)[^.]{0,20}(?:다를|무관)")
_MOURNING = re.compile(r"빈소|장례식장")
_FUNERAL = re.compile(r"발인|장지")
_MOURNED = re.compile(r"(?:부친|모친|장인|장모|조부|조모|빙부|빙모|시부|시모|남편|부인|배우자)상|별세")
_LIST_MARK = re.compile(r"[◇◆▲△▷▶〃■□○●]|<[^<>]+>$")
_PHOTO_TAIL = re.compile(
    r"(?:있다|했다|됐다|보인다|모습|한다|이다)\.?\s?\(?(?:19|20)\d\d\.\s?\d{1,2}\.\s?\d{1,2}\.?\s?[/)]?"
)
_RELEASE_FORM = re.compile(r"담당\s?부서|담당자|배포\s?일시|보도\s?일시|보\s도\s자\s료")

_FLASH_LENGTH = 400
_PHOTO_LENGTH = 1000
_SHORT = 300
_OBITUARY_LENGTH = 600


_PRESS_RELEASE_WIRES = frozenset({"뉴스와이어", "PRNewswire", "PR Newswire", "연합뉴스PRNewswire"})


def classify_kind(
    *,
    title: str | None,
    labels: Collection[str],
    section: str | None,
    texts: Sequence[str],
    captions: Sequence[str],
    authors_roles: Collection[str],
    agency: str | None = None,
) -> ArticleKind:
    """The kind of an article, "article" unless something says otherwise plainly.

    `labels` are those of `titles.read_title`, `section` is as printed, `texts` are the body's blocks in
    order (without captions), `captions` those of its images, `authors_roles` the printed roles, `agency`
    whom the dateline names: a wire of press releases carries nothing else.
    """
    if agency in _PRESS_RELEASE_WIRES:
        return "press_release"
    length = sum(map(len, texts))
    for label in labels:
        kind = kind_of_label(label)
        if kind is not None and _fits(kind, length):
            return kind
    return (
        _from_title(title or "")
        or _from_section((section or "").strip(), length)
        or _from_texts(title or "", texts, captions, length)
        or _from_authors(section, texts, authors_roles)
        or "article"
    )


def is_speaker(line: str) -> bool:
    """Whether a line is, or begins with, the mark of who speaks: "[앵커]", "◀ 리포트 ▶", "◇ 나다움> 네", "Q. ..."."""
    return line[:1] in _FIRST_LETTERS and _SPEAKER.match(line) is not None


def is_heading(line: str) -> bool:
    """Whether a whole line is a crosshead by its mark: "■ 판결의 의미", "〈소제목〉", "― 소제목 ―".

    Short, no end of a sentence, no "일시: ..." and no second mark, as the lines of lists have.
    ▲, △, ▶ and ▷ alone prove nothing: lists use them more than headings do.
    """
    if len(line) > _LONGEST_HEADING:
        return False
    mark = _HEADING_MARK.match(line)
    if not (mark and len(line) - mark.end() >= 2) and not _FRAMED.fullmatch(line):
        return False
    return not is_speaker(line) and _NO_HEADING.search(line) is None


def _fits(kind: ArticleKind, length: int) -> bool:
    """Whether a label's kind agrees with the text: a long [속보] or (영상) is an article that wears it."""
    if kind in ("flash", "video"):
        return length < _FLASH_LENGTH
    return kind != "photo" or length < _PHOTO_LENGTH


def _from_title(title: str) -> ArticleKind | None:
    return next((kind for pattern, kind in _TITLE_KINDS if pattern.match(title)), None)


def _from_section(section: str, length: int) -> ArticleKind | None:
    if length < _SHORT and _PHOTO_SECTION.search(section):
        return "photo"
    return next((kind for pattern, kind in _SECTION_KINDS if pattern.fullmatch(section)), None)


def _from_texts(title: str, texts: Sequence[str], captions: Sequence[str], length: int) -> ArticleKind | None:
    if not length:
        return "photo" if captions else None
    if captions and all(any(text.startswith(caption) for caption in captions) for text in texts):
        return "photo"
    marked = [text for text in texts if text[:1] in _FIRST_LETTERS]
    if any(_ANCHOR.match(text) and _BROADCAST.match(text) for text in marked) or (
        sum(bool(_BROADCAST.match(text)) for text in marked) >= 2
    ):
        return "broadcast"
    if _is_talk(marked):
        return "interview"
    whole = "\n".join(texts)
    if (
        length < _OBITUARY_LENGTH
        and _MOURNING.search(whole)
        and _FUNERAL.search(whole)
        and (_MOURNED.search(whole) or _MOURNED.search(title))
    ):
        return "obituary"
    listed = sum(bool(_LIST_MARK.match(text)) for text in marked)
    if "인사" in title.split() and len(texts) >= 3 and listed >= 0.8 * len(texts):
        return "personnel"
    if len(set(_RELEASE_FORM.findall(whole))) >= 3:
        return "press_release"
    if length < _SHORT and len(texts) <= 2 and _PHOTO_TAIL.search(texts[-1]):
        return "photo"
    return None


def _is_talk(texts: Sequence[str]) -> bool:
    """Three questions or more, each asked in the form of an interview."""
    questions = sum(bool(_QUESTION.match(text)) for text in texts)
    answers = sum(bool(_ANSWER.match(text)) for text in texts)
    if questions >= 3 and answers >= 2:
        return True
    turns = [turn["before_angle"] or turn["before_colon"] for text in texts if (turn := _TURN.match(text))]
    if len(turns) >= 4 and len(set(turns)) < len(turns):  # a list has each of its words once
        return True
    return sum(bool(_ASKED.match(text)) for text in texts) >= 3


_COLUMNISTS = ("논설위원", "논설고문", "논설주간", "칼럼니스트", "평론가", "주필")


def _from_authors(section: str | None, texts: Sequence[str], roles: Collection[str]) -> ArticleKind | None:
    if any(role.endswith(_COLUMNISTS) for role in roles):
        return "column"  # who writes opinions for a living signs no news ("[참성단]", 논설위원)
    guest = any(_CONTRIBUTORS.search(role) for role in roles)
    if guest and section_code(section) == "opinion":
        return "column"
    return "column" if any(_GUEST_NOTE.search(text) for text in texts[-2:]) else None
