"""Near copies: whether two texts are one, and which of several was there first. Pure: no database, no clock.

::

    sketch      a text -> a few numbers that its copies share, by which they are found among millions
    copies      two texts -> how much they have in common, and whether one is a copy of the other
    origin      the records of copies -> which is the likely origin, and why
"""
