"""Many pages, read side by side: each in a process that may die of it without taking anything else along.

::

    pool      Reader: a few reading processes, to whom pages are given
    process   such a process
"""
