"""Clusters of near copies: the wire's piece that twenty papers print is one.

::

    kept        what the archive keeps to tell copies, and texts, read when they are to be compared
    finding     where copies are looked for
    groups      clusters that become one
    placing     which cluster an article is in, found as it is saved
    showing     an article's copies, the likely origin first

Two texts are joined where their sketches share enough (see `duplicates.sketch`) and they are copies (see
`duplicates.copies`). All of this is asked of the two alone, so the clusters, which are what is connected, are the same
whatever the order of arrival. A cluster's number is the smallest `seq` in it; who is nobody's copy is in none.

Articles with the same letters are one text: only the first of them has its hashes in `shingles`, so the thousandth
costs what the second did. And a text is not compared with one whose cluster it has been found to be in.
"""
