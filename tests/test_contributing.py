"""CONTRIBUTING.md is walked as a new contributor would: its commands are typed, its rule is added, its paths are there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from newsscrape.cli.newsroom import Newsroom

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
LETTER = "별바람 새벽편지, 다섯 시에 갑니다"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)


COMMANDS = [line for block in blocks("console") for line in block.splitlines()]


@dataclass
class Desk:
    """What a contributor's folder holds after the walk, and what each command said."""

    folder: Path
    done: dict[str, subprocess.CompletedProcess[str]]

    def of(self, start: str) -> subprocess.CompletedProcess[str]:
        (found,) = [done for command, done in self.done.items() if command.startswith(start)]
        return found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    bin_folder = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = {}
    with Newsroom(ROOT / "fixtures" / "guide") as newsroom:
        environment = {
            **{name: value for name, value in os.environ.items() if name != "NEWSSCRAPE_SITES"},
            "PATH": bin_folder,
            "http_proxy": f"http://127.0.0.1:{newsroom.port}",
            "no_proxy": "",
        }
        for command in COMMANDS:
            if not command.startswith("newsscrape"):
                continue
            done[command] = subprocess.run(
                command,
                shell=True,
                cwd=folder,
                env=environment,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            if command.startswith("newsscrape rules"):
                with (folder / "profiles" / "byeolbaram.toml").open("a", encoding="utf-8") as profile:
                    (rule,) = blocks("toml")
                    profile.write("\n" + rule)
    yield Desk(folder, done)


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.startswith("newsscrape ")])
def test_command_works(desk: Desk, command: str) -> None:
    done = desk.done[command]
    assert done.returncode == 0, done.stdout + done.stderr


def test_proposal_names_the_fields_of_the_paper(desk: Desk) -> None:
    text = (desk.folder / "profiles" / "byeolbaram.toml").read_text(encoding="utf-8")
    for name in ("body", "title", "subtitles", "published", "modified", "byline", "section", "captions"):
        assert re.search(rf"^{name} = ", text, re.MULTILINE), name
    assert 'feeds = ["http://www.byeolbaram.example/rss/all.xml"]' in text


def test_fixture_is_marked_as_unchecked(desk: Desk) -> None:
    expected = desk.folder / "profiles" / "fixtures" / "byeolbaram-bbText" / "expected.json"
    assert next(iter(json.loads(expected.read_text(encoding="utf-8")))) == "unchecked"


def test_rule_takes_its_line_away(desk: Desk) -> None:
    record = json.loads(desk.of("newsscrape extract").stdout)
    assert LETTER not in record["text"]
    assert {"byeolbaram-morning-letter"} <= {cut["rule"] for cut in record["removed"]}


def test_record_is_the_papers_article(desk: Desk) -> None:
    record = json.loads(desk.of("newsscrape extract").stdout)
    assert record["id"] == "byeolbaram:48213"
    assert record["publisher"]["name"] == "별바람신문"
    assert record["section"] == "섬소식"
    assert record["subtitles"] == ["폐교 앞뒀던 섬마을에 아이들 웃음"]
    assert record["text"].endswith("싸게 빌려주기로 했다.")


def test_crawl_writes_both_articles(desk: Desk) -> None:
    lines = (desk.folder / "byeolbaram.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["id"] for line in lines} == {"byeolbaram:48213", "byeolbaram:48220"}


def test_last_command_selects_tests_by_key(desk: Desk) -> None:
    """The tests that the guide names take their profiles' keys and fixtures' names as ids."""
    (command,) = [command for command in COMMANDS if "-k byeolbaram" in command]
    words = command.replace("byeolbaram", "khan").split()[3:]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-vv", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "test_field[khan-" in done.stdout


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:newsscrape|tests|fixtures)/[a-z_/.]+)`", GUIDE))))
def test_path_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("target", re.findall(r"^make (\w+)$", "\n".join(COMMANDS), re.MULTILINE))
def test_make_target_is_there(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
