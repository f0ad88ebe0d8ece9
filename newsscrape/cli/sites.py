"""`newsscrape sites`: which publishers and portals are known, and what is known of one."""

from __future__ import annotations

from typing import Annotated

import typer

from newsscrape.cli.console import messages, stop, write_output

sites_app = typer.Typer(help="List the sites that have a profile, or show one.", no_args_is_help=True)


@sites_app.command("list")
def list_sites(
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout instead of a table.")] = False,
) -> None:
    """List all sites: key, name, domains, and what a crawl can start from.

    [bold]newsscrape sites list --json | jq -r .key[/bold]
    """
    import orjson
    from rich.table import Table

    from newsscrape.sites import load_site, site_keys

    profiles = [load_site(key).profile for key in site_keys()]
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
    console = messages()
    console.file = __import__("sys").stdout
    console.print(table)


@sites_app.command("show")
def show(key: Annotated[str, typer.Argument(help="A site's key, its domain, or an address on it.")]) -> None:
    """Show one site's profile as JSON.

    [bold]newsscrape sites show yna[/bold]
    """
    import orjson

    from newsscrape.errors import SiteError
    from newsscrape.sites import find_site, load_site

    try:
        site = (find_site(key) if "." in key else None) or load_site(key)
    except SiteError as error:
        stop(str(error))
    write_output(orjson.dumps(site.profile.model_dump(mode="json"), option=orjson.OPT_INDENT_2).decode())
