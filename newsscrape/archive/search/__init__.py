"""Search in the texts of an archive.

::

    words       a query's words; folding, by which texts are compared with them
    marks       pairs of letters: what an index can look up
    index       which articles have these marks; kept up by every save
    newest      what is found, the newest first, one page of it
    snippet     where it stands, in words

Relevance is no order here: without positions and counts in the index, every article found would have to be read to be
weighed, a third of a million for a word such as 경제; a dozen of them, weighed, would only look like the best ones.
"""
