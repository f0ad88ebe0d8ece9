"""`newsscrape sites`: which publishers and portals are known, and what is known of one."""

from __future__ import annotations

from typing import Annotated

import typer

from newsscrape.cli.console import stop, table_console, write_output
from newsscrape.cli.profiles import Folder, use_profiles
from newsscrape.cli.sites_check import check
from newsscrape.cli.sites_new import new

sites_app = typer.Typer(
    help="List the sites that have a profile, show, check or propose one.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)
sites_app.command("check")(check)
sites_app.command("new")(new)


@sites_app.command("list")
def list_sites(
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout instead of a table.")] = False,
    folder: Folder = None,
) -> None:
    """List all sites: key, name, domains, and what a crawl can start from.

    [bold]newsscrape sites list --json | jq -r .key[/bold]
    """
    import orjson
    from rich.table import Table

    from newsscrape.errors import SiteError
    from newsscrape.sites import load_site, site_keys

    use_profiles(folder)
    try:
        profiles = [load_site(key).profile for key in site_keys()]
    except SiteError as error:
        stop(str(error))
    if json:
        for profile in profiles:
            row = {"key": profile.key, "name": profile.name, "role": profile.role, "domains": profile.domains}
            write_output(orjson.dumps(row).decode())
        return
    table = Table("key", "name", "role", "domains", "starts from", box=None, header_style="bold")
    for profile in profiles:
        crawl = profile.crawl
        starts = [
            f"{len(found)} {name}"
            for name, found in (("feeds", crawl.feeds), ("sitemaps", crawl.sitemaps), ("sections", crawl.sections))
            if found
        ]
        table.add_row(profile.key, profile.name, profile.role, " ".join(profile.domains), ", ".join(starts) or "-")
    table_console().print(table)


@sites_app.command("show")
def show(
    key: Annotated[str, typer.Argument(help="A site's key, its domain, or an address on it.")], folder: Folder = None
) -> None:
    """Show one site's profile as JSON.

    [bold]newsscrape sites show yna[/bold]
    """
    import orjson

    from newsscrape.errors import SiteError
    from newsscrape.sites import find_site, load_site

    use_profiles(folder)
    try:
        site = (find_site(key) if "." in key else None) or load_site(key)
    except SiteError as error:
        stop(str(error))
    write_output(orjson.dumps(site.profile.model_dump(mode="json"), option=orjson.OPT_INDENT_2).decode())


@sites_app.command("schema")
def schema() -> None:
    """Print the JSON Schema of profiles: what an editor completes by, where a file's first line names it.

    [bold]newsscrape sites schema > profile.schema.json[/bold]
    """
    from newsscrape.sites import profile_schema

    write_output(profile_schema())
