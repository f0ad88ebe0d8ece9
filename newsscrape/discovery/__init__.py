"""Where articles are listed: feeds, sitemaps, section lists, files of addresses and news searches.

Bytes in, addresses with their raw dates out; no I/O and no clock here (callers give `now`). What is
done with the addresses is the business of `spiders/`.
"""
