"""How politely the crawl goes about: Scrapy settings, all in one place.

One request at a time, two seconds apart, under an honest name, as robots.txt allows. Whoever runs
the spiders in a Scrapy project of their own points `SCRAPY_SETTINGS_MODULE` (or `scrapy.cfg`) here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import newsscrape

BOT_NAME = "newsscrape"
SPIDER_MODULES = ["newsscrape.spiders"]
USER_AGENT = f"newsscrape/{newsscrape.__version__}"

# What a host asks for.
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = BOT_NAME
CONCURRENT_REQUESTS = 1  # a crawler reads one site: a host's wish holds for the very next request
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 2.0
DOWNLOAD_DELAY_JITTER = 0.0  # jitter would go below the delay as often as above it
AUTOTHROTTLE_ENABLED = True  # slower than the delay where the host answers slowly, never faster
AUTOTHROTTLE_START_DELAY = DOWNLOAD_DELAY
RETRY_AFTER_DEFAULT = 30.0  # seconds to leave a host alone after a 429 that names no time
RETRY_AFTER_MAX = 300.0  # a host that asks for more is left alone for the rest of the run

# What goes wrong on the way.
DOWNLOAD_TIMEOUT = 30
RENDER_TIMEOUT = 15  # seconds that a browser's page may take until its text is there
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024
DOWNLOAD_WARNSIZE = 5 * 1024 * 1024
RETRY_TIMES = 2
RETRY_HTTP_CODES = [429, 500, 502, 503, 504, 522, 524, 408]
REDIRECT_MAX_TIMES = 5
METAREFRESH_MAXDELAY = 5  # longer ones are a home page that reloads itself

# What a reader of news needs none of.
COOKIES_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # on by default, and runs code that is posted to it
# Scrapy's own but for the remote control and the telnet console: None in EXTENSIONS would import them (and aiohttp) all
# the same (Scrapy 2.19: a fifth of the start).
EXTENSIONS_BASE = {
    f"scrapy.extensions.{name}": 0
    for name in (
        "corestats.CoreStats", "logcount.LogCount", "logstats.LogStats", "memusage.MemoryUsage",
        "memdebug.MemoryDebugger", "closespider.CloseSpider", "feedexport.FeedExporter", "throttle.AutoThrottle",
    )
}  # fmt: skip
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "ko,en;q=0.5",
}
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"  # the report counts what a user wants to know
DOWNLOADER_STATS = False
WARN_ON_GENERATOR_RETURN_VALUE = False  # it reads a callback's source for every page (Scrapy 2.19: a millisecond)
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,  # no request tells where its address was found
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,  # the ledger has a limit of its own
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
}
LOG_LEVEL = "WARNING"
FEED_EXPORT_ENCODING = "utf-8"  # for Scrapy's own FEEDS; JSON without it writes Korean letters as \uXXXX
FEED_EXPORTERS = {"csv": "newsscrape.spiders.exporters.Csv", "parquet": "newsscrape.spiders.exporters.Parquet"}
LOG_INSTALL_ROOT_HANDLER = False  # where messages go is the program's business

# What comes next stands in the ledger.
SCHEDULER = "newsscrape.spiders.scheduler.LedgerScheduler"
CONCURRENT_ITEMS = 1  # a page is one item; Scrapy starts so many tasks for each (Scrapy 2.19: 2 ms a page for 100)
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 1  # bytes: the next page is asked for when the last is read, so limits are exact
SECTION_PAGES = 10  # how far a section list is followed
SITEMAPS_PER_ROUND = 500  # of all that a site's indexes name
READ_TIMEOUT = 60  # seconds that the reading of one page may take

# Private networks are refused, whatever a page, a redirect or a sitemap says.
TWISTED_DNS_RESOLVER = "newsscrape.spiders.resolver.GuardedResolver"
NEWSSCRAPE_PRIVATE_NETWORKS = False

NEWSSCRAPE_WARC = None  # a folder that every request and answer is kept in
NEWSSCRAPE_WARC_SIZE = 1_000_000_000  # bytes after which a file there is followed by another

DOWNLOADER_MIDDLEWARES = {
    "newsscrape.spiders.middlewares.Gate": 90,  # before robots.txt (100) is asked for
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newsscrape.spiders.robots.KeptRobots": 100,
    "newsscrape.spiders.keeping.Keeping": 950,  # next to the wire; without a folder named it is not there
    "newsscrape.spiders.middlewares.HostWishes": 560,  # sees a 429 before Scrapy's retry (550) repeats it
}
ITEM_PIPELINES = {
    "newsscrape.spiders.pipelines.ExtractPipeline": 100,
    "newsscrape.spiders.pipelines.ArchivePipeline": 900,
}


def user_agent(contact: str | None = None) -> str:
    """The honest name; with an address or a URL in it, a site's people can reach whoever crawls."""
    return f"{USER_AGENT} (+{contact})" if contact else USER_AGENT


def manners(contact: str | None, delay: float | None, private_networks: bool) -> dict[str, Any]:
    """Settings for what a user says of the crawl's manners; `delay` is in seconds, None leaves it to the profiles."""
    settings: dict[str, Any] = {"USER_AGENT": user_agent(contact)}
    if delay is not None:
        settings |= {"DOWNLOAD_DELAY": delay, "AUTOTHROTTLE_START_DELAY": delay}
    if private_networks:
        settings["NEWSSCRAPE_PRIVATE_NETWORKS"] = True
    return settings


def kept(folder: str | Path | None, size: int | None) -> dict[str, Any]:
    """Settings that keep every request and answer in a folder, in files of `size` bytes (None: the usual ones)."""
    settings: dict[str, Any] = {}
    if folder is not None:
        settings["NEWSSCRAPE_WARC"] = str(folder)
    if size is not None:
        settings["NEWSSCRAPE_WARC_SIZE"] = size
    return settings


def base_settings(*, delay: float | None = None) -> dict[str, Any]:
    """The settings above as a new dict; `delay` replaces the seconds between two requests to a host."""
    settings = {name: value for name, value in globals().items() if name.isupper()}
    if delay is not None:
        settings["DOWNLOAD_DELAY"] = settings["AUTOTHROTTLE_START_DELAY"] = delay
    return settings
