"""Where articles are listed: feeds, sitemaps, section lists, files of addresses and news searches.

Bytes in, addresses with their raw dates out; no I/O but a file of addresses that is named, and no clock
(callers give `now`). What is done with the addresses is the business of `spiders/`.
"""
