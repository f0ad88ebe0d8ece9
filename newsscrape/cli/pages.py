"""`newsscrape extract` and `newsscrape normalize`: saved pages and text dumps in, JSON records out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsscrape.cli.console import FAILED, read_input, say, stop, write_output
from newsscrape.cli.profiles import Folder, use_profiles

if TYPE_CHECKING:
    from newsscrape.article import Article

Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="Files; - is stdin.", show_default=False)]
Url = Annotated[
    str | None,
    typer.Option(
        "--url",
        help="The page's address: it tells the site, the id and often the day. Without it the page's head is asked.",
    ),
]
FetchedAt = Annotated[
    str | None,
    typer.Option("--fetched-at", metavar="TIME", help="When it was fetched (ISO 8601): 3시간 전 is read against it."),
]
Audit = Annotated[bool, typer.Option("--audit/--no-audit", help="With or without removed lines, sources and warnings.")]
Pretty = Annotated[bool, typer.Option("--pretty", help="Indented JSON for the eye instead of one line a record.")]


def extract(
    files: Files,
    *,
    url: Url = None,
    fetched_at: FetchedAt = None,
    audit: Audit = True,
    pretty: Pretty = False,
    folder: Folder = None,
) -> None:
    """Read saved HTML pages and print one JSON record each.

    Any charset: the bytes are asked, not the label. A page that is no article (a list, an error page)
    is reported on stderr and makes the exit code 1; the others are still read.

    Of a WARC file (.warc, .warc.gz, of any tool) all articles are read, each with its own address and time. What
    else is in it is counted; only a damaged file makes the exit code 1.

    [bold]newsscrape extract page.html --url https://www.yna.co.kr/view/AKR20261120000100001 --pretty[/bold]

    [bold]newsscrape extract crawl-00000.warc.gz > articles.jsonl[/bold]

    [bold]curl -s URL | newsscrape extract - --url URL | jq -r .text[/bold]
    """
    from newsscrape import extract as read

    use_profiles(folder)
    moment = _moment(fetched_at)
    archives = [name for name in files if name.lower().endswith((".warc", ".warc.gz"))]
    saved = [name for name in files if name not in archives]
    done = _print_records(saved, lambda raw: read(raw, url=url, fetched_at=moment), audit=audit, pretty=pretty)
    for name in archives:
        done = _print_warc(Path(name), audit=audit, pretty=pretty) and done
    if not done:
        raise typer.Exit(FAILED)


def normalize(
    files: Files, url: Url = None, fetched_at: FetchedAt = None, audit: Audit = True, pretty: Pretty = False
) -> None:
    """Read plain-text dumps of pages (copied from a browser) and print one JSON record each.

    Headline, subtitles, byline, caption and body are told apart; share bars, comment boxes, date
    headers and copyright lines go to `removed`, each with the rule that took it.

    [bold]newsscrape normalize dump.txt --pretty[/bold]
    """
    from newsscrape import normalize as read
    from newsscrape.decode import decode

    moment = _moment(fetched_at)
    if not _print_records(
        files, lambda raw: read(decode(raw, url=url).text, url=url, fetched_at=moment), audit=audit, pretty=pretty
    ):
        raise typer.Exit(FAILED)


def _print_warc(path: Path, *, audit: bool, pretty: bool) -> bool:
    """Prints the articles of a WARC file, and tells what else is in it; returns whether it was read to its end."""
    from newsscrape.article import come_by, to_json
    from newsscrape.errors import NotAnArticle, PageError, WarcError
    from newsscrape.read_page import read_page
    from newsscrape.warc.reading import WarcPages

    pages = WarcPages(path)
    count = 0
    whole = True
    try:
        for found in pages:
            if found.earlier is not None:
                pages.passed["revisits"] += 1
                continue
            try:
                article = read_page(found.page)
            except NotAnArticle as error:
                pages.passed[error.kind] += 1
            except PageError as error:
                say(f"{path}: {type(error).__name__}: {error}")
                pages.passed["unreadable"] += 1
            else:
                write_output(to_json(come_by(article, found.way), audit=audit, indent=pretty))
                count += 1
    except WarcError as error:
        say(f"newsscrape: {error}")
        whole = False
    rest = ", ".join(f"{number:,} {what}" for what, number in pages.passed.most_common())
    say(f"{path}: {count:,} articles{f'; besides {rest}' if rest else ''}")
    return whole


def _print_records(files: list[str], read: Callable[[bytes], Article], *, audit: bool, pretty: bool) -> bool:
    """Prints the record of each file, and tells what went wrong; returns whether nothing did."""
    from newsscrape.article import to_json
    from newsscrape.errors import NewsscrapeError

    failed = 0
    for name in files:
        raw = read_input(name)
        try:
            article = read(raw)
        except NewsscrapeError as error:
            say(f"{name}: {type(error).__name__}: {error}")
            failed += 1
            continue
        for warning in article.warnings:
            say(f"{name}: {warning}")
        write_output(to_json(article, audit=audit, indent=pretty))
    return not failed


def _moment(text: str | None) -> datetime | None:
    from newsscrape.korean.dates import parse_date

    if text is None:
        return None
    found = parse_date(text)
    if found is None:
        stop(f"--fetched-at {text!r} is no time; write it as 2026-11-20T15:05:00+09:00")
    return found.value
