"""A site ready for use: its profile with selectors compiled and addresses understood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from newsscrape.article import Outlet
from newsscrape.boilerplate.rules import Rule, read_rules
from newsscrape.parse import Element
from newsscrape.sites.profile import Fetch, Layout, Profile, Script
from newsscrape.sites.selector import Selector
from newsscrape.tree_index import TreeIndex

_CLOSE = 2
FIELDS = (
    "title", "subtitles", "published", "modified", "byline", "publisher", "section", "tags", "captions",
    "print_edition",
)  # fmt: skip


@dataclass(frozen=True)
class CompiledLayout:
    """A layout whose selectors are compiled once."""

    name: str
    when: Selector | None
    body: tuple[Selector, ...]
    drop: tuple[Selector, ...]
    fields: dict[str, tuple[Selector, ...]]
    script: Script | None

    @classmethod
    def of(cls, layout: Layout) -> CompiledLayout:
        """Compiles the selectors of a profile's layout."""
        fields = {name: _compile(getattr(layout, name)) for name in FIELDS}
        return cls(
            name=layout.name,
            when=_compile((layout.when,))[0] if layout.when else None,
            body=_compile(layout.body),
            drop=_compile(layout.drop),
            fields={name: paths for name, paths in fields.items() if paths},
            script=layout.script,
        )

    def fits(self, tree: Element, index: TreeIndex | None = None) -> bool:
        """Whether the page is of this layout."""
        return any(bool(path(tree, index)) for path in self.marks)

    @cached_property
    def tags(self) -> frozenset[str]:
        """The tags that its selectors look up in a page's index."""
        asked = (*self.marks, *self.body, *chain.from_iterable(self.fields.values()))
        return frozenset(path.tag for path in asked if path.tag)

    @property
    def marks(self) -> tuple[Selector, ...]:
        """What shows that a page is of this layout: what `when` names, or (without it) the body."""
        return self.body if self.when is None else (self.when,)

    def speaks(self, tree: Element) -> int:
        """How many of its fields the page says something of."""
        return sum(any(bool(path(tree)) for path in paths) for paths in self.fields.values())


def _compile(paths: tuple[str, ...]) -> tuple[Selector, ...]:
    return tuple(map(Selector, paths))


def _filled(form: str, url: str, match: re.Match[str]) -> str | None:
    """The form with what the address says; None where it lacks a group that the form asks for."""
    groups = {name: value or "" for name, value in match.groupdict().items()}
    try:
        return form.format(host=urlsplit(url).netloc, **groups)
    except KeyError:
        return None


class Site:
    """A publisher, portal or family, ready for use. Made by `find_site`, `load_site` and `find_family`."""

    def __init__(self, profile: Profile, family: Profile | None = None) -> None:
        self.profile = profile
        self.family = family

    def __repr__(self) -> str:
        return f"Site({self.profile.key!r})"

    @property
    def key(self) -> str:
        """The short name: "yna"."""
        return self.profile.key

    @property
    def is_portal(self) -> bool:
        """Whether the site shows other publishers' articles."""
        return self.profile.role in ("portal", "archive")

    @property
    def outlet(self) -> Outlet:
        """The site as the record names it."""
        domain = self.profile.domains[0] if self.profile.domains else None
        return Outlet(name=self.profile.name, key=self.profile.key, domain=domain)

    @property
    def names(self) -> tuple[str, ...]:
        """Every form in which the site's own name is printed."""
        named = (self.profile.name, self.profile.name_en, *self.profile.also)
        return tuple(name for name in named if name)

    @cached_property
    def layouts(self) -> tuple[CompiledLayout, ...]:
        """The site's own layouts, then its family's."""
        family = self.family.layouts if self.family else ()
        return tuple(CompiledLayout.of(layout) for layout in (*self.profile.layouts, *family))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The site's own furniture rules and its family's, asked besides everybody's."""
        family = self.family.furniture if self.family else ()
        entries = [entry.model_dump(exclude_defaults=True) for entry in (*self.profile.furniture, *family)]
        return read_rules(entries, path=f"{self.key}.toml")

    @cached_property
    def tags(self) -> frozenset[str]:
        """The tags to look for on its pages first: those that its newest layout asks for, and the marks of all."""
        marks = chain.from_iterable(layout.marks for layout in self.layouts)
        return frozenset(path.tag for path in marks if path.tag).union(*(one.tags for one in self.layouts[:1]))

    def layout(self, tree: Element, index: TreeIndex | None = None) -> CompiledLayout | None:
        """The first layout that fits the page; with the page's index it is found faster."""
        return next((layout for layout in self.layouts if layout.fits(tree, index)), None)

    def closest_layout(self, tree: Element) -> CompiledLayout | None:
        """For an article page that no layout fits: the layout whose other selectors find the most, at least two.

        A site that changed the name of its text's element has seldom changed everything else that day.
        """
        best = max(self.layouts, key=lambda layout: layout.speaks(tree), default=None)
        return best if best is not None and best.speaks(tree) >= _CLOSE else None

    @cached_property
    def _identities(self) -> tuple[tuple[re.Pattern[str], Profile], ...]:
        profiles = [self.profile, *([self.family] if self.family else [])]
        return tuple((re.compile(pattern), p) for p in profiles for pattern in p.identity.urls)

    def _match(self, url: str) -> tuple[re.Match[str], Profile] | None:
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        for pattern, profile in self._identities:
            found = pattern.search(path)
            if found:
                return found, profile
        return None

    def owns(self, url: str) -> bool:
        """Whether the address is on one of the site's hosts."""
        host = (urlsplit(url).hostname or "").lower()
        return any(host == domain or host.endswith("." + domain) for domain in self.profile.domains)

    def is_article_url(self, url: str) -> bool:
        """Whether the address is on this site and has the form of an article's."""
        return self.owns(url) and self._match(url) is not None

    def identity(self, url: str) -> str | None:
        """The article's number in the address: equal for its mobile, AMP, section and tracking variants."""
        found = self._match(url)
        if found is None:
            return None
        groups = found[0].groupdict()
        return "/".join(groups[name] for name in sorted(groups) if name.startswith("id") and groups[name]) or None

    @property
    def fetch(self) -> Fetch:
        """The other ways to an article: the profile's, else its family's."""
        own = self.profile.fetch
        return self.family.fetch if self.family and own == Fetch() else own

    def alternate(self, url: str, tree: Element) -> str | None:
        """The address of the article's twin or data, which its profile tells or the page names; None for none."""
        told = self.fetch.alternate
        if told is None:
            return None
        if not told.startswith("http"):
            found = tree.xpath(told)
            first = found[0] if isinstance(found, list) and found else found
            return urljoin(url, str(first).strip()) if isinstance(first, str) and first.strip() else None
        match = self._match(url)
        return _filled(told, url, match[0]) if match else None

    def canonical(self, url: str) -> str | None:
        """The one address that stands for the article, where the profile can tell it."""
        found = self._match(url)
        if found is None:
            return None
        match, profile = found
        if profile.identity.canonical:
            return _filled(profile.identity.canonical, url, match)
        parts = urlsplit(url)
        kept = [(k, v) for k, v in parse_qsl(parts.query) if k in profile.identity.keep]
        return parts._replace(query=urlencode(kept), fragment="").geturl()
