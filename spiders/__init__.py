"""Everything that knows Scrapy; installed as `newsscrape.spiders`.

What it does::

    runner.run(sites)          one round: some sites side by side, each under a lease of its own
    ├── round                  what they share: archive, reading processes, window of time
    ├── job                    what one site is crawled for, and the account of it
    ├── site_spider            the one spider: has the lists visited, then asks for their articles
    │   └── lists              feeds, sitemaps, section lists: what they name goes into the ledger
    ├── scheduler              what comes next, out of the archive's ledger
    ├── settings               how politely (robots.txt, one request at a time, delay, honest name)
    ├── middlewares, robots    a host's wishes: robots.txt, Crawl-delay, Retry-After, 403
    ├── resolver, networks     no request into a private network
    ├── problems, outcomes     what an error means, and what it makes of a page
    └── pipelines              page -> article -> archive; what cannot be read is reported and passed by

`child` is the same round for library users, who call `newsscrape.crawl`: a reactor cannot start twice, so a process
runs one crawl, and theirs has a process of its own. `alone` serves a spider that `scrapy crawl` has started.

The spider is thin: it takes a site's key and learns the rest from the site's profile; what lists hold is read
in `newsscrape.discovery`.
"""
