"""Everything that knows Scrapy; installed as `newsscrape.spiders`.

What it does::

    runner.run(sites)          one crawl: per site its feeds, then its sitemaps, then its section lists
    ├── settings               how politely (robots.txt, one request at a time, delay, honest name)
    ├── feed_spider            RSS, Atom and RDF
    ├── sitemap_spider         sitemaps and indexes
    ├── section_spider         section lists with paging
    ├── middlewares            a host's wishes: Crawl-delay, Retry-After, 403
    └── pipelines              page -> article -> sink; what cannot be read is reported and passed by

The spiders are thin: each takes a site's key and learns the rest from the site's profile; what lists
hold is read in `newsscrape.discovery`. A reactor cannot start twice,
so a process runs one crawl; library users call `newsscrape.crawl`, which starts a child process.
"""
