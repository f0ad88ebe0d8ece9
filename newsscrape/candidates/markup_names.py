"""What HTML elements are to a reader of text: by tag, and by the words that sites use in class and id."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from newsscrape.article import BlockKind

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small "  # noqa: SIM905
    "span strike strong sub sup time tt u var wbr o:p nobr".split()
)
# Never read, and no border of a sentence: advert frames and scripts stand inside sentences (조선, 동아 2016).
SILENT = frozenset("script style noscript template svg math head iframe object embed canvas map link meta".split())  # noqa: SIM905
CONTROLS = frozenset("button select option textarea input form video audio source track dialog nav".split())  # noqa: SIM905
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BOLD = HEADINGS | {"b", "strong"}
KINDS: dict[str, BlockKind] = {"li": "list_item", "blockquote": "quote", **dict.fromkeys(HEADINGS, "heading")}
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Class and id words of caption boxes (ND Soft, Naver, Daum, 매경, 한국일보; seen 2016 to 2026). WordPress calls
# paragraphs with a large first letter "has-drop-cap".
CAPTION_NAME = re.compile(
    r"caption|(?:^|[\s_-])(?:img|image|photo|pic|figure)[_-]?(?:desc|txt|text|cap|info|explain)\w*|"
    r"(?:^|(?<!drop)[\s_-])(?:desc_img|txt_cap|vod_cap|cap_txt|cap)(?:[\s_-]|$)|end_photo_org",
    re.IGNORECASE,
)
# Class and id words of boxes around a photo and its caption (스포츠동아 articlePhotoC, 디지털데일리 imgframe).
PHOTO_NAME = re.compile(
    r"(?:^|[\s_-])(?:\w{0,8}?)(?:photo|img|image|pic|thumb)(?:s|[_-]?(?:box|frame|area|wrap|cont|[lcr])\w*)?(?:[\s_-]|$)|"
    r"article_?photo|photo_?(?:area|box|wrap)",
    re.IGNORECASE,
)
# Class and id words of what stands inside body elements without being text. Whole words only: "ad", not "head".
ALOOF_NAME = re.compile(
    r"(?:^|[\s_-])(?:ads?|adsense|adsbygoogle|advert\w*|adbox|adarea|banner\w*|dfp|taboola\w*|dable\w*|sns\w*|"
    r"share\w*|relat\w*|recommend\w*|read[_-]?more|rank\w*|popular|subscribe\w*|newsletter\w*|ai[_-]?sum\w*|"
    r"sum(?:mary)?[_-]?(?:box|layer)|tooltip\w*|glossary\w*|voca\w*|terms?[_-]?(?:box|layer|pop\w*|desc\w*|tip|info)|"
    r"(?:word|dic)[_-]?(?:layer|pop\w*|desc\w*|tip)|promotion\w*|blind|sr-only|"
    r"(?:og|url|link)[_-]?(?:link|card|preview)|oglink|\w*bookmark[_-]card|\w*signup[_-]card|callout[_-]emoji|"
    r"kg-(?:bookmark|signup)[_-]\w+|kg-callout-emoji|se-oglink|(?:video|vod|media)?[_-]?embed\w*|instagram-media|twitter-tweet|tiktok-embed|fb-post|threads-embed|"
    r"screen_out|hidden|a11y|ir|skip|paging|comment\w*|reply|replies|replybox|reply[_-]\w+|toolbar|util\w*|tts|player|layer_pop\w*|print_only|"
    r"onlyprint)(?=[\s_-]|$)",
    re.IGNORECASE,
)
# Class and id words of the card with which a paper introduces the reporter below the text.
_CARD_NAME = re.compile(
    r"(?:^|[\s_-])(?:reporter|journalist|writer|author|gija)s?[_-]?(?:card|profile|intro|desc|bio|box|about)\w*(?:[\s_-]|$)|"
    r"about-?author|journalistcard",
    re.IGNORECASE,
)
# Class and id words of boxes that print a sentence of the text once more, large.
_QUOTE_NAME = re.compile(r"pull[_-]?quote|quote[_-]?(?:box|area|wrap|txt|text|style)", re.IGNORECASE)
_DISCUSSION = re.compile(r"comment|reply|cmt", re.IGNORECASE)
# Inline elements that sites set apart as a summary or deck of the text.
SUMMARY_NAME = re.compile(r"(?:^|[\s_-])(?:summary|sub_?tit(?:le)?|precis|deck)(?:_?\w*)?(?:[\s_-]|$)", re.IGNORECASE)
# A "share" or "hidden" box with more letters than this is text under an unlucky name.
MAX_ALOOF = 600
Meaning = Literal["caption", "aside", "card", "quote", "photo"]


@lru_cache(maxsize=4096)  # a site uses the same few hundred names on every page; what they mean depends on nothing else
def meaning(class_name: str | None, id_name: str | None) -> Meaning | None:
    """What an element is by its class and id: a caption, something aside from the text, ..., or (None) plain text."""
    name = f"{class_name or ''} {id_name or ''}"
    if name == " ":
        return None
    if CAPTION_NAME.search(name):
        return "caption"
    if ALOOF_NAME.search(name):
        return "aside"
    if _CARD_NAME.search(name):
        return "card"
    if _QUOTE_NAME.search(name):
        return "quote"
    return "photo" if PHOTO_NAME.search(name) else None


@lru_cache(maxsize=4096)
def is_summary(class_name: str | None) -> bool:
    """Whether an inline element is called a summary or deck of the text by its class."""
    return class_name is not None and SUMMARY_NAME.search(class_name) is not None


def is_discussion(class_name: str | None, id_name: str | None) -> bool:
    """Whether an element is called a place of readers' comments; times in it are theirs."""
    return _DISCUSSION.search(f"{class_name or ''} {id_name or ''}") is not None
