"""Pages that only a browser fills: where one is, how it is set up, and what it may ask for.

The optional extra newsscrape[browser] brings scrapy-playwright, which renders single requests inside Scrapy; the
browser is the system's own Chromium (Debian: `apt-get install chromium`) or the one that NEWSSCRAPE_BROWSER names.
scrapy-playwright 0.0.48 works with Scrapy 2.19's asyncio reactor as it is.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Mapping, Sequence
from typing import Any

from scrapy.settings import Settings

ENVIRONMENT = "NEWSSCRAPE_BROWSER"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_HANDLER = "newsscrape.spiders.rendering.BrowserHandler"
# Asks until one of the profile's body selectors holds words; the page is read as it stands then.
_HOLDS_TEXT = """paths => paths.some(path => {
    const found = document.evaluate(path, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE, null).singleNodeValue;
    return found !== null && found.textContent.trim().length > 0;
})"""


def find_chromium() -> str | None:
    """The browser's path: what NEWSSCRAPE_BROWSER names, else the system's; None for Playwright's own, if any."""
    return os.environ.get(ENVIRONMENT) or next(filter(None, map(shutil.which, _NAMES)), None)


def why_not() -> str | None:
    """Why no page can be rendered here, in words that say what to do; None where it can be."""
    if importlib.util.find_spec("scrapy_playwright") is None:
        return "rendering needs the extra: pip install 'newsscrape[browser]'"
    path = find_chromium()
    if path is None or not os.access(path, os.X_OK):
        return f"rendering needs a browser: apt-get install chromium, or name one in {ENVIRONMENT}"
    return None


def browser_settings(settings: Settings) -> dict[str, Any]:
    """Scrapy settings under which requests marked for it are rendered, and all others go their usual way."""
    arguments = []
    hosts: Mapping[str, str] = settings.getdict("NEWSSCRAPE_HOSTS")
    if hosts:  # the resolver's map, for a program that does not ask it
        rules = ",".join(f"MAP *{suffix} {address}" for suffix, address in hosts.items())
        arguments.append(f"--host-resolver-rules={rules}")
    if not settings.getbool("HTTPPROXY_ENABLED"):
        arguments.append("--no-proxy-server")
    return {
        "DOWNLOAD_HANDLERS": {**settings.getdict("DOWNLOAD_HANDLERS"), "http": _HANDLER, "https": _HANDLER},
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": find_chromium(),
            "args": arguments,
            "chromium_sandbox": os.geteuid() != 0,  # Chromium's sandbox refuses to work for root (containers)
        },
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 1,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": settings.getfloat("DOWNLOAD_TIMEOUT") * 1000,
    }


def render_meta(settings: Settings, paths: Sequence[str]) -> dict[str, Any]:
    """The `meta` of a request that is to be rendered; `paths` are XPaths of which one will hold the text."""

    async def wait_for_text(page: Any) -> None:
        from playwright.async_api import TimeoutError

        limit = settings.getfloat("RENDER_TIMEOUT") * 1000
        try:
            if paths:
                await page.wait_for_function(_HOLDS_TEXT, arg=list(paths), timeout=limit)
            else:
                await page.wait_for_load_state("networkidle", timeout=limit)
        except TimeoutError:  # the page is read as it is; if there is no text, that is what the report says
            return

    from scrapy_playwright.page import PageMethod

    return {
        "playwright": True,
        "playwright_page_methods": [PageMethod(wait_for_text)],
        "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded"},
        "playwright_context_kwargs": {
            "user_agent": settings["USER_AGENT"],
            "locale": "ko-KR",
            "timezone_id": "Asia/Seoul",
            "accept_downloads": False,
            "service_workers": "block",  # they would ask behind the guard's back
        },
    }
