"""Pages out of WARC files, read again with today's rules and held against what the archive has of them.

::

    files      which files a folder holds, and their pages
    account    what came of it: by site, by field, a sample
    again      Again: pages in, comparisons and new versions out
"""
