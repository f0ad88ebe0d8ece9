"""A town of newspapers on loopback, to crawl: they publish, edit and delete, and are in every kind of mood.

server      Town: the hosts behind one port, the log of what was asked
process     TownProcess: the same in a process of its own
paper       Paper: publish, edit, touch, delete, and what its addresses give
pages       articles, feeds, sitemaps, section lists, the site profile
stories     invented words, the same for the same seed (words.toml)
faults      Fault, and paper.mood, where a test lays it on a path
answers     page + conditions + fault -> answer
wire        the answer on its connection
"""

from .faults import Fault, chain, loop
from .paper import Article, Paper
from .process import PaperElsewhere, TownProcess
from .server import Asked, Town

__all__ = ["Article", "Asked", "Fault", "Paper", "PaperElsewhere", "Town", "TownProcess", "chain", "loop"]
