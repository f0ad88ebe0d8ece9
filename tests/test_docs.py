"""docs/ is a manual: what it tells a reader to type is typed here, in a home of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from newsscrape.plan import read_plan

NIGHTLY = (Path(__file__).parent.parent / "docs" / "nightly.md").read_text(encoding="utf-8")


def test_nightly_commands_lead_from_nothing_to_units(tmp_path: Path) -> None:
    """All but systemd's own, which would change the machine, and the round itself, which would ask live sites; without it there is no status."""
    blocks = re.findall(r"^```console\n(.*?)^```", NIGHTLY, re.MULTILINE | re.DOTALL)
    lines = [
        line
        for block in blocks
        for line in block.splitlines()
        if not re.match(r"systemctl|loginctl|newsscrape (run|status)$", line)
    ]
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["/bin/sh", "-e"],
        input="\n".join(lines), capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False,
        env={**os.environ, "PATH": programs, "HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [site.key for site in read_plan(tmp_path / "news" / "newsscrape.toml").sites] == ["yna", "hani"]
    units = tmp_path / ".config" / "systemd" / "user"
    assert {path.name for path in units.iterdir()} == {"newsscrape.service", "newsscrape.timer"}
    assert "*/30" not in done.stdout and "OnCalendar=*-*-* *:0/30:00" in done.stdout
    assert "0 */6 * * * " in done.stdout


def test_database_line_of_the_manual_is_one_of_a_plan(tmp_path: Path) -> None:
    (line,) = re.findall(r"^```toml\n(.*?)^```", NIGHTLY, re.MULTILINE | re.DOTALL)
    path = tmp_path / "newsscrape.toml"
    path.write_text(line + '[[sites]]\nkey = "yna"\n', encoding="utf-8")
    assert read_plan(path).database_in({"NEWS_PASSWORD": "a/b"}) == "postgresql://news:a%2Fb@localhost/news"
