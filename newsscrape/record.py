"""From evidence to record: the resolvers are asked in order and their answers put into one `Article`.

Pages and text dumps come here with the same evidence, so that the same words give the same record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from newsscrape import __version__, identity
from newsscrape.article import (
    Article,
    Block,
    Dateline,
    DateSource,
    Encoding,
    Http,
    Image,
    Note,
    Outlet,
    PrintEdition,
    Removed,
    Rights,
)
from newsscrape.boilerplate.lines import Cleaned, Line
from newsscrape.boilerplate.rules import notes as note_rules
from newsscrape.candidates import receipts, spoken
from newsscrape.candidates.candidate import Candidate, Candidates
from newsscrape.candidates.reading import Picture
from newsscrape.fields import authors, metadata, publisher, times
from newsscrape.fields.resolved import Resolved
from newsscrape.find_drift import find_drift
from newsscrape.korean.agencies import wire_of
from newsscrape.korean.bylines import own_dateline, split_dateline
from newsscrape.korean.captions import read_caption
from newsscrape.korean.characters import fold, letters
from newsscrape.korean.kinds import classify_kind, is_heading, is_speaker
from newsscrape.korean.titles import Title, section_code
from newsscrape.page import names_host
from newsscrape.sites import CompiledLayout, Site

GENERATOR = f"newsscrape {__version__}"
_DATELINE_WITHIN = 3  # a byline paragraph or a summary may stand before the dateline's paragraph


@dataclass(frozen=True)
class Evidence:
    """All that a page or a text dump gave, before the last decisions.

    `around` reads the lines around the body; it is asked only where nothing else says who or when.
    """

    candidates: Candidates
    cleaned: Cleaned
    title: Resolved[Title] | None
    body_source: str
    site: Site | None = None
    layout: CompiledLayout | None = None
    url: str | None = None
    fetched_at: datetime | None = None
    pictures: Sequence[Picture] = ()
    encoding: Encoding | None = None
    http: Http | None = None
    warnings: Sequence[str] = ()
    around: Callable[[], Iterable[Candidate]] | None = None
    provenance: dict[str, str] = field(default_factory=dict)


def build_article(evidence: Evidence) -> Article:
    """The record. Nothing is guessed: a field that no candidate speaks of stays None or empty."""
    candidates = evidence.candidates
    dateline, lines, cut = _take_dateline(evidence.cleaned.kept, candidates)
    removed = (*evidence.cleaned.removed, *cut)
    dateline = dateline or receipts.dateline(removed)
    candidates.extend(receipts.collect(removed, evidence.fetched_at))
    candidates.extend(spoken.collect(lines))
    house = publisher.resolve(candidates, evidence.site)
    outlets = [found.value.name for found in (house.publisher, house.portal) if found]
    when = times.resolve(candidates, evidence.fetched_at)
    writers = authors.resolve(candidates, frozenset(outlets))
    unseen = when.published is None or when.published.source == "url"  # an address tells the day at most
    told = writers is None or writers.source in ("jsonld", "meta")  # metadata knows names, seldom more
    if evidence.around is not None and (unseen or told):
        candidates.extend(evidence.around())
        when = times.resolve(candidates, evidence.fetched_at)
        writers = authors.resolve(candidates, frozenset(outlets))
    section = metadata.section(candidates)
    tags = metadata.tags(candidates)
    rights = _rights(candidates)
    images = _images(evidence.pictures, candidates)
    title = evidence.title
    body = tuple(Block(kind=_block_kind(line), text=line.text) for line in lines)
    text = "\n".join(block.text for block in body)
    flat = letters(text)
    truncated = any(receipt.rule.startswith("paywall.") for receipt in removed)
    canonical = metadata.canonical_url(evidence.url, candidates, evidence.site)
    published = when.published.value.value if when.published else None
    dates: dict[str, DateSource] = {}
    if when.published:
        dates["published_at"] = times.source_of(when.published)
    if when.modified:
        dates["modified_at"] = times.source_of(when.modified)
    provenance = {"body": evidence.body_source, **evidence.provenance}
    for name, resolved in (
        ("title", title),
        ("published_at", when.published),
        ("modified_at", when.modified),
        ("authors", writers),
        ("publisher", house.publisher),
        ("portal", house.portal),
        ("section", section),
        ("tags", tags),
        ("canonical_url", canonical),
    ):
        if resolved is not None:
            provenance[name] = resolved.source
    drift = find_drift(evidence.site, evidence.layout, candidates, provenance, evidence.url)
    outlet = house.publisher.value if house.publisher else None
    kind = classify_kind(
        title=title.value.text if title else None,
        labels=title.value.labels if title else (),
        section=section.value if section else None,
        texts=[block.text for block in body],
        captions=[image.caption for image in images if image.caption],
        authors_roles=[author.role for author in writers.value if author.role] if writers else [],
        agency=dateline.agency if dateline else None,
    )
    return Article(
        id=identity.article_id(
            _address(evidence, canonical),
            evidence.site,
            publisher=outlet.name if outlet else None,
            title=title.value.text if title else None,
            published=published,
            text=text,
        ),
        url=evidence.url,
        canonical_url=canonical.value if canonical else None,
        alt_ids={str(c.source).partition(":")[2]: str(c.value) for c in candidates.of("alt_ids")},
        title=title.value.text if title else None,
        title_raw=title.raw if title else None,
        labels=title.value.labels if title else (),
        subtitles=_subtitles(candidates, title),
        kind=kind,
        body=body,
        dateline=dateline,
        authors=writers.value if writers else (),
        publisher=outlet,
        portal=house.portal.value if house.portal else None,
        source_agency=_source_agency(dateline, candidates, outlet),
        published_at=published,
        modified_at=when.modified.value.value if when.modified else None,
        dates=dates,
        section=section.value if section else None,
        section_code=section_code(section.value) if section else None,
        tags=tags.value if tags else (),
        images=images,
        print_edition=next(
            (c.value for c in candidates.of("print_edition") if isinstance(c.value, PrintEdition)), None
        ),
        language=metadata.language(candidates, text),
        access=metadata.access(candidates, truncated),
        truncated=truncated,
        rights=rights,
        notes=_notes(removed, candidates),
        removed=removed,
        provenance=provenance,
        warnings=_warnings(evidence, when, body, map(str, drift)),
        encoding=evidence.encoding,
        fetched_at=evidence.fetched_at,
        http=evidence.http,
        content_hash=identity.content_hash(title.value.text if title else None, flat),
        fingerprint=identity.fingerprint(flat),
        generator=GENERATOR,
    )


def _address(evidence: Evidence, canonical: Resolved[str] | None) -> str | None:
    """The address that tells which article it is: the page's, else that which the page gives, if it is its site's."""
    if names_host(evidence.url):
        return evidence.url
    own = canonical is not None and evidence.site is not None and evidence.site.owns(canonical.value)
    return canonical.value if canonical is not None and own else evidence.url


def _take_dateline(kept: Sequence[Line], candidates: Candidates) -> tuple[Dateline | None, list[Line], list[Removed]]:
    """Moves "(서울=연합뉴스) 홍길동 기자 =" from the first paragraphs into the record."""
    lines = list(kept)
    for place, line in enumerate(lines[:_DATELINE_WITHIN]):
        dateline, writers, rest = split_dateline(line.text)
        if dateline is None and not writers and not place:
            dateline, rest = own_dateline(line.text, {str(c.value) for c in candidates.of("publisher")})
        if dateline is None and not writers:
            continue
        raw = dateline.raw if dateline else line.text[: len(line.text) - len(rest)].strip()
        if writers:
            candidates.extend([Candidate("bylines", writers, "dateline", raw)])
        if dateline and dateline.agency:
            candidates.extend([Candidate("publisher", dateline.agency, "dateline", raw)])
        if rest:
            lines[place] = line._replace(text=rest)
        else:
            del lines[place]
        return dateline, lines, [Removed(text=raw, rule="dateline.head", zone="body")]
    return None, lines, []


def _block_kind(line: Line) -> str:
    if is_speaker(line.text):
        return "speaker"
    if line.kind == "paragraph" and is_heading(line.text):
        return "heading"
    return line.kind


def _subtitles(candidates: Candidates, title: Resolved[Title] | None) -> tuple[str, ...]:
    own = fold(title.value.text) if title else ""
    for source in ("profile", "lines", "script", "markup:deck", "around:deck", "jsonld"):
        found = [str(c.value) for c in candidates.of("subtitles", source)]
        kept = tuple(dict.fromkeys(text for text in found if fold(text) != own))
        if kept:
            return kept
    return ()


def _images(pictures: Sequence[Picture], candidates: Candidates) -> tuple[Image, ...]:
    """Captions without their credits; captions that stand apart from any image have no address."""
    out: list[Image] = []
    seen: set[str] = set()
    for url, caption in [*pictures, *(Picture(None, str(c.value)) for c in candidates.of("captions"))]:
        if caption is None:
            if url and url not in seen:
                seen.add(url)
                out.append(Image(url=url))
            continue
        read = read_caption(caption)
        key = fold(read.caption or caption)
        if key in seen:
            continue
        seen.add(key)
        out.append(Image(url=url, caption=read.caption or None, credit=read.credit))
    if not out:
        out = [Image(url=c.value) for c in candidates.of("images", "jsonld", "meta")[:1]]
    return tuple(out)


def _rights(candidates: Candidates) -> Rights:
    lines = [str(c.value) for c in candidates.of("rights", "lines", "receipt", "profile", "footer")]
    lines += [
        str(c.value) for c in candidates.of("rights", "jsonld", "meta") if re.search(r"[ⓒ©]|저작권|[Cc]opyright", c.raw)
    ]
    line = lines[0] if lines else None
    said = [c.raw for c in candidates.of("robots")]
    reserved = metadata.ai_reserved(" ".join(lines) or None, said, [c.raw for c in candidates.of("tdm")])
    licence = next((str(c.value) for c in candidates.of("license")), None)
    return Rights(copyright_line=line, ai_use_reserved=reserved, license=licence, robots=metadata.restrictions(said))


def _source_agency(dateline: Dateline | None, candidates: Candidates, outlet: Outlet | None) -> str | None:
    """The wire that supplied the text, where the page says so and it is not the publisher itself."""
    agency = wire_of(dateline.agency) if dateline and dateline.agency else None
    if agency is None:
        agency = next((str(c.value) for c in candidates.of("source_agency")), None)
    return None if agency is None or (outlet and outlet.name == agency) else agency


def _notes(removed: Sequence[Removed], candidates: Candidates) -> tuple[Note, ...]:
    kinds = note_rules()
    notes = [Note(kind=kinds[r.rule], text=r.text) for r in removed if r.rule in kinds]
    notes += [c.value for c in candidates.of("notes") if isinstance(c.value, Note)]
    return tuple(dict.fromkeys(notes))


def _warnings(evidence: Evidence, when: times.Times, body: Sequence[Block], drift: Iterable[str]) -> tuple[str, ...]:
    warnings = [*evidence.warnings, *when.warnings, *drift]
    warnings += [str(c.value) for c in evidence.candidates.of("warnings")]
    if evidence.encoding and evidence.encoding.replaced:
        warnings.append(f"{evidence.encoding.replaced} letters could not be read as {evidence.encoding.name}")
    if not body:
        warnings.append("the page holds no text; what it says may be in its images or video")
    if when.published is None:
        warnings.append("the page does not say when it was published")
    return tuple(dict.fromkeys(warnings))
