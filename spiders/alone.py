"""A job for a spider that nobody's runner has started: `scrapy crawl site -a site=yna` in a project of one's own."""

from __future__ import annotations

from newsscrape.sites import load_site

from .job import Job, lists_of
from .round import Round


def job_alone(key: str) -> Job:
    """A job without limit, in an archive in memory. Raises `UnknownSite` or `ProfileError`."""
    site = load_site(key)
    round_ = Round.begin()
    job = Job.of(site, round_, lists=lists_of(site), alone=True)
    round_.report.sites[key] = job.report
    round_.jobs[key] = job
    job.prepare()
    return job
