"""The last source: trafilatura, asked for the body only when the page's own markup has no convincing one.

It knows nothing of Korean furniture and costs ten times the rest together, so it is imported and
called only then; the cleaner goes over what it returns like over any body.
"""

from __future__ import annotations

import lxml.etree

from newsscrape.boilerplate.lines import Line
from newsscrape.candidates.reading import Reading
from newsscrape.korean.characters import tidy_lines
from newsscrape.parse import Element

SOURCE = "trafilatura"


def body(tree: Element) -> Reading | None:
    """What trafilatura takes for the text, or None. The tree is not touched (it gets the page as text)."""
    import trafilatura

    html = lxml.etree.tostring(tree, encoding="unicode", method="html")
    text = trafilatura.extract(html, include_comments=False, include_tables=True, deduplicate=False)
    lines = [Line(line) for line in tidy_lines(text or "") if line]
    return Reading(lines=lines, owners=[tree] * len(lines)) if lines else None
