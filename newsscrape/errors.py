"""What can go wrong, as one tree.

::

    NewsscrapeError
    ├── PageError             a page (or a text dump) could not be turned into a record
    │   ├── DecodeError       its bytes are no text
    │   ├── ParseError        its text is no HTML
    │   ├── EmptyPage         nothing was sent, or nothing that a reader would see
    │   └── NotAnArticle      it is readable, but a list, search, home, error, login or removed page
    ├── SiteError             a site's profile cannot be used
    │   ├── UnknownSite       nobody has written one under that key
    │   └── ProfileError      the file is wrong: names file, line and field
    ├── InputError            a file of addresses cannot be read: names file and row
    ├── PlanError             a crawl plan is wrong: names file, line and field
    ├── CrawlError            a crawl could not be started or went wrong as a whole
    ├── ArchiveError          the database cannot be opened, read or written
    │   └── NoArchive         there is none yet, and it was only to be read
    ├── QueryError            a search was asked for that cannot be: no word, or too many
    ├── ExportError           an export was asked for that cannot be: a format, field or cursor that does not fit
    ├── WarcError             a WARC file cannot be written: names file or folder
    └── SinkError             records cannot be written where they should go (see `export.jsonl`)

Every error tells what to do next, and page errors carry the address of their page. Errors about a file that
somebody wrote by hand (ProfileError, PlanError) are `EntryError`s too.
"""

from __future__ import annotations

from typing import Any


class NewsscrapeError(Exception):
    """The root of the tree; `str(error)` is one line fit for a log."""

    def __reduce__(self) -> tuple[Any, ...]:
        """From one process to another, with everything it knows."""
        return _again, (type(self), self.args, dict(vars(self)))


def _again(kind: type[NewsscrapeError], args: tuple[Any, ...], known: dict[str, Any]) -> NewsscrapeError:
    error = kind.__new__(kind, *args)  # without __init__, which would put the words together a second time
    vars(error).update(known)
    return error


class PageError(NewsscrapeError):
    """A page could not be turned into a record.

    `url` is the page's address (None when the caller gave none) and `reason` the cause in words.
    """

    def __init__(self, reason: str, *, url: str | None = None) -> None:
        super().__init__(f"{reason} [{url}]" if url else reason)
        self.reason = reason
        self.url = url


class DecodeError(PageError):
    """The bytes are no text: an image, an archive, an unknown encoding."""


class ParseError(PageError):
    """The text could not be parsed as HTML."""


class EmptyPage(PageError):
    """The page holds nothing to read: no bytes, or a shell that a browser would fill by script."""


class NotAnArticle(PageError):
    """The page is readable but is no article.

    `kind` says what it is: list, search, home, error, login, removed or empty (see `newsscrape.classify`).
    """

    def __init__(self, reason: str, *, kind: str, url: str | None = None) -> None:
        super().__init__(reason, url=url)
        self.kind = kind


class SiteError(NewsscrapeError):
    """A site's profile cannot be used."""


class UnknownSite(SiteError):
    """No profile has this key."""

    def __init__(self, key: str, *, known: tuple[str, ...] = ()) -> None:
        import difflib

        near = difflib.get_close_matches(key, known, n=3)
        hint = f"did you mean {', '.join(near)}?" if near else "`newsscrape sites list` names them all"
        super().__init__(f"no site profile is called {key!r}; {hint}")
        self.key = key


class EntryError(NewsscrapeError):
    """A file that somebody wrote by hand is wrong; which kind of file, the subclasses say.

    `path` is the file, `line` where in it (from 1; None where that is not known), `field` the dotted name
    of the entry at fault and `reason` the fault in words.
    """

    def __init__(self, reason: str, *, path: str, field: str = "", line: int | None = None) -> None:
        where = path if line is None else f"{path}:{line}"
        super().__init__(f"{where}: {field}: {reason}" if field else f"{where}: {reason}")
        self.reason = reason
        self.path = path
        self.field = field
        self.line = line


class InputError(NewsscrapeError):
    """A file that was given to work through cannot be read.

    `path` is the file ("standard input" for "-") and `line` the row where reading ended (from 1; None
    where the file as a whole is wrong).
    """

    def __init__(self, reason: str, *, path: str, line: int | None = None) -> None:
        super().__init__(f"{path}: {reason}" if line is None else f"{path}:{line}: {reason}")
        self.path = path
        self.line = line


class ProfileError(SiteError, EntryError):
    """A profile file is wrong."""


class PlanError(EntryError):
    """A crawl plan (newsscrape.toml) is wrong."""


class CrawlError(NewsscrapeError):
    """A crawl could not be started, or ended as a whole with an error."""


class ArchiveError(NewsscrapeError):
    """The archive's database cannot be opened, read or written."""


class NoArchive(ArchiveError):
    """There is no database yet, and it was only to be read: the first crawl makes one."""


class QueryError(NewsscrapeError):
    """A search that cannot be: nothing to look for, or too much."""


class ExportError(NewsscrapeError):
    """An export was asked for that cannot be written as it was asked for."""


class WarcError(NewsscrapeError):
    """A WARC file, or its folder, cannot be written."""
