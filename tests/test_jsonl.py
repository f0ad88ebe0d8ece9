"""The JSONL file survives whatever happens to its writer."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsscrape.export.jsonl import JsonLines, SinkError, lines_behind, open_sink

WRITER = """
import sys
from newsscrape.export.jsonl import JsonLines
with JsonLines(sys.argv[1]) as lines:
    print("open", flush=True)
    number = 0
    while True:
        number += 1
        lines.write('{"number": %d, "text": "%s"}' % (number, "가" * (number % 4000)))
"""


def start_writer(path: Path) -> subprocess.Popen[bytes]:
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"open\n"
    return writer


def test_documents_are_lines(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.jsonl"
    with JsonLines(path) as lines:
        lines.write('{"제목": "한빛"}')
        assert path.read_text(encoding="utf-8") == '{"제목": "한빛"}\n'  # in the file before it is closed
        lines.write('{"a": 2}')
    assert path.read_text(encoding="utf-8") == '{"제목": "한빛"}\n{"a": 2}\n'
    assert lines.notice is None


def test_appends(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    for number in range(3):
        with JsonLines(path) as lines:
            lines.write(f'{{"n": {number}}}')
    assert [json.loads(line)["n"] for line in path.read_text().splitlines()] == [0, 1, 2]


@pytest.mark.parametrize(
    ("content", "left"),
    [
        pytest.param(b'{"a": 1}\n{"b": "\xea\xb0', b'{"a": 1}\n', id="cut-inside-a-letter"),
        pytest.param(b'{"a": 1}\n{"b": 2}', b'{"a": 1}\n{"b": 2}\n', id="only-the-line-break-missing"),
        pytest.param(b'{"a": 1}\n{"b": \n', b'{"a": 1}\n', id="broken-with-line-break"),
        pytest.param(b'{"a": 1}\n' + b"\0" * 5000, b'{"a": 1}\n', id="zeros-after-a-power-cut"),
        pytest.param(b'{"title": "first wri', b"", id="the-very-first-line-cut"),
        pytest.param(b'{"a": 1}\n{"b": "' + b"x" * 300_000, b'{"a": 1}\n', id="long-line-cut"),
        pytest.param(
            b'{"a": "' + b"x" * 300_000 + b'"}\n{"b"', b'{"a": "' + b"x" * 300_000 + b'"}\n', id="long-first-line"
        ),
    ],
)
def test_a_cut_end_is_mended_and_told(tmp_path: Path, content: bytes, left: bytes) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    with JsonLines(path) as lines:
        assert lines.notice is not None and path.name in lines.notice
        lines.write('{"c": 3}')
    assert path.read_bytes() == left + b'{"c": 3}\n'


@pytest.mark.parametrize(
    "content", [b"# Notes\n\nmy only copy", b"no json at all", b"[1, 2, 3]\n[4", b"id,title\n1,a\n"], ids=str
)
def test_a_file_of_another_kind_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.md"
    path.write_bytes(content)
    with pytest.raises(SinkError, match="no JSONL"):
        JsonLines(path)
    assert path.read_bytes() == content


def test_two_writers_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with JsonLines(path) as one, JsonLines(path) as other:
        for lines, document in ((one, '{"a": 1}'), (other, '{"b": 2}'), (one, '{"c": 3}')):
            lines.write(document)
    assert path.read_bytes() == b'{"a": 1}\n{"b": 2}\n{"c": 3}\n'


@pytest.mark.parametrize(
    ("position", "lines"),
    [
        (0, [b"{}", b'{"a": 1}', b"[]"]),
        (3, [b"{}", b'{"a": 1}', b"[]"]),
        (12, [b'{"a": 1}', b"[]"]),
        (99, [b"{}", b'{"a": 1}', b"[]"]),
    ],
    ids=["all", "the-one-before", "behind-two", "another-file-by-now"],
)
def test_lines_behind_a_position(tmp_path: Path, position: int, lines: list[bytes]) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{}\n{"a": 1}\n[]\n{"cut')
    assert list(lines_behind(tmp_path / "a.jsonl", position)) == lines


def test_no_lines_where_there_is_no_file(tmp_path: Path) -> None:
    assert list(lines_behind(tmp_path / "a.jsonl", 5)) == []


def test_a_raw_line_break_is_refused(tmp_path: Path) -> None:
    with JsonLines(tmp_path / "a.jsonl") as lines, pytest.raises(ValueError, match="line break"):
        lines.write('{"a":\n1}')


def test_a_closed_file_takes_nothing(tmp_path: Path) -> None:
    lines = JsonLines(tmp_path / "a.jsonl")
    lines.close()
    lines.close()
    with pytest.raises(SinkError, match="closed"):
        lines.write("{}")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SinkError, match="cannot be opened"):
        JsonLines(tmp_path)


def test_a_disk_that_takes_half_a_line_keeps_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    previous = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        with JsonLines(path) as lines:
            lines.write('{"a": 1}')
            resource.setrlimit(resource.RLIMIT_FSIZE, (20, limits[1]))
            with pytest.raises(SinkError, match="the disk took 11 of"):
                lines.write('{"b": "too long for the disk"}')
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
            lines.write('{"c": 3}')
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, previous)
    assert path.read_bytes() == b'{"a": 1}\n{"c": 3}\n'


def test_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    sink = open_sink("-")
    sink.write('{"제목": 1}')
    sink.close()
    assert capfdbinary.readouterr().out == '{"제목": 1}\n'.encode()


@pytest.mark.parametrize("after", [0.0, 0.003, 0.01, 0.03, 0.1])
def test_a_killed_writer_leaves_whole_lines(tmp_path: Path, after: float) -> None:
    path = tmp_path / "a.jsonl"
    writer = start_writer(path)
    time.sleep(after)
    os.kill(writer.pid, signal.SIGKILL)
    assert writer.wait() == -signal.SIGKILL
    written = path.read_bytes().count(b"\n")
    with JsonLines(path):  # opening mends, should the kill have hit a write
        pass
    numbers = [json.loads(line)["number"] for line in path.read_bytes().splitlines()]
    assert numbers == list(range(1, written + 1))
    path.unlink()


def test_a_killed_writer_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    writer = start_writer(path)
    writer.kill()
    writer.wait()
    with JsonLines(path) as lines:
        lines.write('{"after": true}')
    assert json.loads(path.read_bytes().splitlines()[-1]) == {"after": True}
