"""Invented news for the benchmark of near copies.

::

    phrases.toml  how agencies speak: endings, sources, reporters' lines, furniture
    topics        a topic, and articles on it by different hands: same names, figures, quotations, notices
    edits         what papers do to a text that they print
"""
