"""`newsscrape schedule print`: units and a crontab's line, held against the programs that read them."""

from __future__ import annotations

import configparser
import os
import shlex
import shutil
import subprocess
import sys
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from newsscrape.plan import check_plan
from newsscrape.schedule import Round
from newsscrape.schedule.times import STEPS, calendar, cron_fields

PLAN = '[[outputs]]\nfile = "articles/{day}.jsonl"\n[[sites]]\nkey = "yna"\n'
ODD = "a b%c$d'e\"f\\g 기사"  # each of these means something to systemd, to cron or to a shell

needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
needs_cron = pytest.mark.skipif(shutil.which("crontab") is None, reason="there is no crontab")


def schedule(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NEWSSCRAPE_")}
    return subprocess.run(
        [sys.executable, "-P", "-m", "newsscrape", "schedule", "print", *words],
        capture_output=True, text=True, cwd=cwd, env=clean, timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with an odd name and a plan in it."""
    folder = tmp_path / ODD
    folder.mkdir()
    (folder / "newsscrape.toml").write_text(PLAN, encoding="utf-8")
    return folder


def unit(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, delimiters="=", comment_prefixes="#", strict=True)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(path, encoding="utf-8")
    return parser


def verified(folder: Path, *words: str, home: Path) -> str:
    """What systemd finds wrong with the units in a folder."""
    units = sorted(str(path) for path in folder.iterdir())
    done = subprocess.run(
        ["systemd-analyze", "verify", *words, *units],
        capture_output=True, text=True, env={**os.environ, "XDG_RUNTIME_DIR": str(home)}, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stderr


# --- systemd ----------------------------------------------------------------------------------------------------


@needs_systemd
@pytest.mark.parametrize("every", ["10m", "1h", "90m", "1d"])
def test_systemd_finds_nothing_wrong_with_the_units(every: str, desk: Path, tmp_path: Path) -> None:
    schedule("systemd", "--every", every, "--output", "units", cwd=desk)
    assert verified(desk / "units", home=tmp_path) == ""


@needs_systemd
def test_systemd_finds_nothing_wrong_with_a_users_units(desk: Path, tmp_path: Path) -> None:
    schedule("systemd", "--user", "--output", "units", cwd=desk)
    assert verified(desk / "units", "--user", home=tmp_path) == ""


@needs_systemd
def test_that_check_notices_a_wrong_key(desk: Path, tmp_path: Path) -> None:
    schedule("systemd", "--output", "units", cwd=desk)
    path = desk / "units" / "newsscrape.service"
    path.write_text(path.read_text(encoding="utf-8").replace("KillMode", "KilMode"), encoding="utf-8")
    assert "KilMode" in verified(desk / "units", home=tmp_path)


@needs_systemd
@pytest.mark.parametrize("minutes", STEPS)
def test_calendar_comes_round_in_the_interval(minutes: int) -> None:
    moments = calendar(timedelta(minutes=minutes))
    assert moments is not None
    words = ["systemd-analyze", "calendar", "--base-time=2026-11-24 03:00:00", "--iterations=3", moments]
    out = subprocess.run(words, capture_output=True, text=True, check=True, env={**os.environ, "TZ": "UTC"}).stdout
    moved = [line for line in out.splitlines() if "Next elapse" in line or "Iter. #" in line or "Iteration #" in line]
    times = [line.partition(": ")[2].split()[1:3] for line in moved]
    seconds = [int(hour) * 3600 + int(minute) * 60 for _, clock in times for hour, minute, _ in [clock.split(":")]]
    assert {(later - earlier) % 86400 for earlier, later in pairwise(seconds)} == {minutes * 60 % 86400}


def test_service_does_a_round_of_the_plan_with_this_interpreter(desk: Path) -> None:
    schedule("systemd", "--output", "units", cwd=desk)
    service = unit(desk / "units" / "newsscrape.service")["Service"]
    command = service["ExecStart"].removeprefix(":")  # which keeps $ as it is
    words = [word.replace("%%", "%") for word in shlex.split(command)]
    assert words[:4] == [sys.executable, "-P", "-m", "newsscrape"]
    assert words[4:] == ["run", "--due", "--plan", str(desk / "newsscrape.toml")]
    assert service["WorkingDirectory"].replace("%%", "%") == str(desk)
    assert service["User"] == desk.owner()


def test_service_may_write_to_the_folders_of_plan_outputs_and_database_only(tmp_path: Path) -> None:
    text = (
        'database = "/srv/db/news.db"\nwarc = "/srv/pages"\n[[outputs]]\nfile = "/srv/out/{site}/{day}.jsonl"\n' + PLAN
    )
    (tmp_path / "night.toml").write_text(text, encoding="utf-8")
    done = schedule("systemd", "--plan", "night.toml", "--output", "units", cwd=tmp_path)
    service = unit(tmp_path / "units" / "newsscrape-night.service")["Service"]
    assert shlex.split(service["ReadWritePaths"]) == [str(tmp_path), "/srv/out", "/srv/pages", "/srv/db"]
    assert service["ProtectSystem"] == "strict"
    assert "/srv/out is not there yet" in done.stderr


def test_folder_of_a_server_database_is_none(tmp_path: Path) -> None:
    text = 'database = "postgresql://news:$NEWS_PASSWORD@db.example/news"\n' + PLAN
    plan = check_plan(text, tmp_path / "newsscrape.toml")
    assert Round(plan, Path(sys.executable), timedelta(hours=1)).folders == (tmp_path,)


def test_units_of_a_user_ask_for_nothing_that_only_the_system_has(desk: Path) -> None:
    schedule("systemd", "--user", "--output", "units", cwd=desk)
    parsed = unit(desk / "units" / "newsscrape.service")
    assert "User" not in parsed["Service"]
    assert "network-online.target" not in str(dict(parsed["Unit"]))


def test_timer_makes_up_for_missed_rounds_where_it_goes_by_the_calendar(desk: Path) -> None:
    schedule("systemd", "--every", "6h", "--output", "calendar", cwd=desk)
    timer = unit(desk / "calendar" / "newsscrape.timer")["Timer"]
    assert (timer["OnCalendar"], timer["Persistent"]) == ("*-*-* 0/6:00:00", "true")
    schedule("systemd", "--every", "90m", "--output", "distance", cwd=desk)
    timer = unit(desk / "distance" / "newsscrape.timer")["Timer"]
    assert timer["OnUnitActiveSec"] == "90m"
    assert "OnCalendar" not in timer


def test_printed_units_stand_under_their_places_after_what_is_to_be_done(desk: Path) -> None:
    done = schedule("systemd", cwd=desk)
    assert done.returncode == 0
    assert all(line.startswith("#") for line in done.stdout.partition("\n\n")[0].splitlines())
    assert "#   systemctl enable --now newsscrape.timer" in done.stdout
    assert "# /etc/systemd/system/newsscrape.service\n[Unit]\n" in done.stdout
    assert "# /etc/systemd/system/newsscrape.timer\n[Unit]\n" in done.stdout


def test_plan_with_a_missing_variable_has_units_all_the_same(desk: Path) -> None:
    """The variable is set where the service runs, not where its unit is printed."""
    path = desk / "newsscrape.toml"
    path.write_text('database = "postgresql://news:$NEWS_PASSWORD@db/news"\n' + PLAN, encoding="utf-8")
    done = schedule("systemd", cwd=desk)
    assert done.returncode == 0
    assert "EnvironmentFile=-" in done.stdout


# --- cron -------------------------------------------------------------------------------------------------------


def crontab_line(text: str) -> str:
    (line,) = [line for line in text.splitlines() if not line.startswith("#")]
    return line


@needs_cron
@pytest.mark.parametrize("every", ["10m", "1h", "8h", "1d"])
def test_crontab_finds_nothing_wrong_with_the_line(every: str, desk: Path) -> None:
    schedule("cron", "--every", every, "--output", "tab", cwd=desk)
    words = ["crontab", "-n", "newsscrape.crontab"]  # Debian's cuts paths off after 99 characters
    done = subprocess.run(words, capture_output=True, text=True, cwd=desk / "tab", check=False)
    if "invalid option" in done.stderr:
        pytest.skip("this cron has no dry run")
    assert done.returncode == 0, done.stderr


def test_shell_that_cron_starts_sees_the_words_of_the_command(desk: Path, tmp_path: Path) -> None:
    """crontab(5): what stands before an unescaped % is the command, and a backslash before % is taken away."""
    program = tmp_path / "50% off" / "python"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    line = crontab_line(schedule("cron", "--python", str(program), cwd=desk).stdout)
    command = line.split(" ", 5)[5]
    assert "%" not in command.replace("\\%", "")
    done = subprocess.run(["/bin/sh", "-c", command.replace("\\%", "%")], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-4:] == ["run", "--due", "--plan", str(desk / "newsscrape.toml")]


@pytest.mark.parametrize(
    ("every", "fields"),
    [("10m", "*/10 * * * *"), ("60m", "0 * * * *"), ("6h", "0 */6 * * *"), ("24h", "0 3 * * *"), ("1d", "0 3 * * *")],
)
def test_fields_of_cron(every: str, fields: str, desk: Path) -> None:
    assert crontab_line(schedule("cron", "--every", every, cwd=desk).stdout).startswith(fields + " /")


@pytest.mark.parametrize(
    ("minutes", "near"), [(11, "10m or 12m"), (45, "30m or 1h"), (90, "1h or 2h"), (1000, "12h or 1d")]
)
def test_cron_names_the_nearest_intervals_that_it_can_do(minutes: int, near: str) -> None:
    with pytest.raises(ValueError, match=f"the nearest it can is {near}$"):
        cron_fields(timedelta(minutes=minutes))


# --- wrong use --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["cron", "--every", "90m"], "the nearest it can is 1h or 2h"),
        (["cron", "--user"], "a crontab is always a user's own"),
        (["systemd", "--every", "9m"], "write 10m to 1d"),
        (["systemd", "--every", "2d"], "write 10m to 1d"),
        (["systemd", "--every", "often"], "--every: 'often' is no length of time"),
        (["systemd", "--plan", "nowhere.toml"], "`newsscrape init` writes one"),
        (["launchd"], "launchd"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_use_is_explained_with_exit_code_2(words: list[str], says: str, desk: Path) -> None:
    done = schedule(*words, cwd=desk)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


def test_wrong_plan_gets_no_units(desk: Path) -> None:
    (desk / "newsscrape.toml").write_text("delay = 0.1\n" + PLAN, encoding="utf-8")
    done = schedule("systemd", "--output", "units", cwd=desk)
    assert done.returncode == 2
    assert "newsscrape.toml:1: delay:" in done.stderr
    assert not (desk / "units").exists()


def test_path_with_a_line_break_gets_no_units(tmp_path: Path) -> None:
    folder = tmp_path / "a\nExecStart=b"
    folder.mkdir()
    (folder / "newsscrape.toml").write_text(PLAN, encoding="utf-8")
    for kind in ("systemd", "cron"):
        done = schedule(kind, cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert "line break" in done.stderr


def test_units_are_written_over_only_by_force(desk: Path) -> None:
    words = ("systemd", "--output", "units")
    schedule(*words, cwd=desk)
    timer = desk / "units" / "newsscrape.timer"
    timer.write_text("mine", encoding="utf-8")
    done = schedule(*words, cwd=desk)
    assert done.returncode == 2
    assert timer.read_text(encoding="utf-8") == "mine"
    assert schedule(*words, "--force", cwd=desk).returncode == 0
    assert "[Timer]" in timer.read_text(encoding="utf-8")


def test_interpreter_that_is_not_here_is_mentioned(desk: Path) -> None:
    done = schedule("cron", "--python", "/opt/nowhere/bin/python", cwd=desk)
    assert done.returncode == 0
    assert "/opt/nowhere/bin/python is no program on this machine" in done.stderr


def test_crash_has_an_exit_code_of_its_own() -> None:
    """The service takes exit code 1 for a round that was done; a crash must not look like one."""
    code = "from newsscrape import cli; cli.app = lambda: 1 / 0; cli.main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 70
    assert "ZeroDivisionError" in done.stderr
