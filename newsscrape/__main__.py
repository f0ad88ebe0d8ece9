"""`python -m newsscrape` is the command `newsscrape`."""

from newsscrape.cli import main

main()
