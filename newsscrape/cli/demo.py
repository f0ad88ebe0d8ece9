"""`newsscrape demo`: the whole way, from an invented newsroom on loopback to records in a file."""

from __future__ import annotations

import tempfile
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from newsscrape.cli.console import FAILED, say, stop
from newsscrape.cli.crawl import RUNNER, configure_log
from newsscrape.cli.profiles import use_profiles

Output = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where the records go (written anew).")]
Fast = Annotated[bool, typer.Option("--fast", help="Hardly any delay between requests, except where robots.txt asks.")]


def demo(output: Output = Path("demo/articles.jsonl"), fast: Fast = False) -> None:
    """Crawl an invented newsroom on this machine: no internet needed, done in under a minute.

    Four made-up publishers (a shared CMS, an old one in EUC-KR, a broadcaster, one with lists only) are
    served on loopback with robots.txt, feeds, sitemaps, and pages broken on purpose, and crawled as
    live sites are. Afterwards look at the records:

    [bold]newsscrape demo && jq -r '.publisher.name + ": " + .title' demo/articles.jsonl[/bold]
    """
    from newsscrape.cli.newsroom import Newsroom, crawl_settings, newsroom_folder
    from newsscrape.cli.progress import console, show, watching
    from newsscrape.errors import NewsscrapeError

    configure_log(verbose=False)
    runner = import_module(RUNNER)
    settings = crawl_settings()
    if fast:
        settings |= {"DOWNLOAD_DELAY": 0.05, "AUTOTHROTTLE_START_DELAY": 0.05, "RETRY_TIMES": 1}
    screen = console()
    try:
        output.unlink(missing_ok=True)  # appending would double the records of the last demo
        with newsroom_folder() as folder, Newsroom(folder) as newsroom, tempfile.TemporaryDirectory() as profiles:
            sites = newsroom.write_profiles(Path(profiles))
            use_profiles(Path(profiles))
            say(f"A newsroom of {len(sites)} invented publishers is open on 127.0.0.1:{newsroom.port}; crawling it.")
            with watching(screen) as watch:
                report = runner.run(sites, output=output, settings=settings, progress=watch)
    except (NewsscrapeError, OSError) as error:
        stop(str(error), FAILED)
    show(report, screen)
    say("(The newsroom holds pages that are broken, gone or forbidden on purpose.)")
    say(f"{report.articles} articles are in {output}. Next, a live site: newsscrape crawl yna --limit 20 -o yna.jsonl")
    if report.interrupted or any(site.articles == 0 for site in report):
        raise typer.Exit(FAILED)
