"""What differs between two versions of an article, and which articles tell one story. No database, no files.

::

    differences   what changed, and what kind of change that is
    stories       whether one article of a wire takes the place of another
    sentences     the two texts side by side, for reading
"""
