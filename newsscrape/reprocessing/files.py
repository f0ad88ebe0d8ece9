"""The pages of many WARC files, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from newsscrape.archive import Archive
from newsscrape.archive.captures import place_of
from newsscrape.errors import WarcError
from newsscrape.page import Page
from newsscrape.reprocessing.account import Account
from newsscrape.warc.files import OPEN
from newsscrape.warc.reading import ENDINGS, Capture, WarcPages, page_at


def warc_files(paths: Sequence[Path]) -> list[Path]:
    """The files that are named, and those in named folders, by name. Raises `WarcError` where one is not there."""
    found: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            inside = [file for file in sorted(path.rglob("*")) if file.name.removesuffix(OPEN).endswith(ENDINGS)]
            if not inside:
                raise WarcError(f"{path} holds no WARC files ({', '.join(ENDINGS)})")
            found.update((file.resolve(), file) for file in inside)
        elif path.suffix == ".wacz":
            raise WarcError(f"{path} is a zip file: unpack it, and name the folder archive/ in it")
        elif path.is_file():
            found[path.resolve()] = path
        else:
            raise WarcError(f"there is no file or folder {path}")
    return list(found.values())


def captures(files: Sequence[Path], account: Account, changed: Callable[[], None]) -> Iterator[Capture]:
    """The pages of all files; what is passed over and what is wrong with a file goes into the account."""
    for path in files:
        pages = WarcPages(path)
        done = 0
        try:
            for capture in pages:
                account.bytes_read += capture.end - done
                done = capture.end
                yield capture
        except WarcError as error:
            account.problems.append(str(error))
        account.passed.update(pages.passed)
        account.bytes_read += max(0, path.stat().st_size - done) if path.exists() else 0
        changed()


class Earlier:
    """Finds the pages whose bytes stand in an earlier record (revisits), by the archive's notes of where that is."""

    def __init__(self, archive: Archive, files: Sequence[Path]) -> None:
        self.archive = archive
        self._files = {file.name.removesuffix(OPEN): file for file in files}

    def whole(self, capture: Capture) -> Page | None:
        """The page with its body; None where that is in none of the files."""
        if capture.earlier is None:
            return capture.page
        place = place_of(self.archive, capture.earlier)
        if place is None or place[0] not in self._files:
            return None
        try:
            found = page_at(self._files[place[0]], place[1])
        except WarcError:
            return None
        return (
            None
            if found is None
            else replace(capture.page, body=found.body, headers={**found.headers, **capture.page.headers})
        )
