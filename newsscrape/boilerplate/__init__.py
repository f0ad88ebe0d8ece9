"""Furniture of news pages: what stands around an article and is not its text.

`rules/` holds the rules, one TOML file a class (copyright, share, comments, ...), each rule with
lines it must take and lines it must spare. `cleaner.clean` applies them and keeps a receipt for every cut.
"""
