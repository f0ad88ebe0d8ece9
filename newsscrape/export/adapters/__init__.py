"""The record as others say it: one small mapping a file, and what it loses in the file's docstring.

A mapping takes a record as a dict (the JSON of an `article.Article`) and returns what stands in the output, or None
for a record that cannot be said that way. None of them needs the library whose form it speaks.
"""
