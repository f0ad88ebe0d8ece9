"""Profiles of the user's own: `--sites FOLDER` on the command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[
    Path | None,
    typer.Option("--sites", exists=True, file_okay=False, help="A folder with site profiles (TOML) of your own."),
]


def use_profiles(folder: Path | None) -> None:
    """Adds a folder of site profiles to those that the environment names; the last one named wins."""
    if folder is None:
        return
    from newsscrape.sites.loader import ENVIRONMENT, with_folder

    os.environ[ENVIRONMENT] = with_folder(os.environ.get(ENVIRONMENT, ""), folder)
