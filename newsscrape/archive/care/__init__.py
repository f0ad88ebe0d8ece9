"""Care for an archive: how large it is, whether it is sound, and what is to go.

::

    stats       sizes and counts
    soundness   what is wrong in it, and mending it
    vacuum      gives room back
    removal     articles by age or on request, with all that is known of them
    backup      a copy while others write
"""
