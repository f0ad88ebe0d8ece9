"""What a crawl that runs again and again is to do: `newsscrape.toml`, read, checked and first written.

::

    read_plan("newsscrape.toml")       the file, checked against its schema and against the sites' profiles
    ├── plan.sites, .queries, .urls    where articles are looked for
    ├── plan.site("yna")               what holds for one site: its own words, else everybody's
    ├── plan.files_for("yna", moment)  the output files that an article goes to
    └── plan.database_in(os.environ)   the database, passwords filled in

Paths in the file are relative to its folder, and absolute once it is read. No clock and no environment here:
callers hand them in.
"""

from newsscrape.plan.model import Every, Output, Plan, Query, SiteEntry
from newsscrape.plan.read import check_plan, read_plan
from newsscrape.plan.site import SiteSettings
from newsscrape.plan.write import plan_text

__all__ = [
    "Every",
    "Output",
    "Plan",
    "Query",
    "SiteEntry",
    "SiteSettings",
    "check_plan",
    "plan_text",
    "read_plan",
]
