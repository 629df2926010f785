"""The command line: its last line, its files, and one clear line for every bad file."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time

import pytest

from solver.errors import BadFile
from solver.formats import generate, read_problem, read_roster
from tests.solver import hotel


def solver(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "solver", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=90)


@pytest.fixture
def kitchen_file(tmp_path):
    path = tmp_path / "kitchen.json"
    path.write_text(generate.kitchen(8, 35, 1).model_dump_json(), encoding="utf-8")
    return path


def test_solve_prints_one_json_object_last_and_writes_the_letters(kitchen_file, tmp_path):
    out = tmp_path / "roster.json"
    done = solver("solve", kitchen_file, "--format", "kitchen", "--seconds", 30, "--seed", 1, "--roster", out)
    assert done.returncode == 0, done.stderr
    line = json.loads(done.stdout.splitlines()[-1])
    assert set(line) == {"status", "objective", "bound", "seconds", "first_seconds"}
    assert line["status"] == "optimal"
    assert line["objective"] == line["bound"]
    rows = json.loads(out.read_text())
    assert len(rows) == 8
    assert all(len(row) == 35 and set(row) <= set("WOEL") for row in rows)
    checked = solver("check", kitchen_file, out, "--format", "kitchen")
    assert json.loads(checked.stdout.splitlines()[-1]) == {"cost": line["objective"], "hard": 0, "undecided": 0}


def test_the_kernels_own_format_goes_in_and_out(tmp_path):
    problem, out = tmp_path / "hotel.json", tmp_path / "roster.json"
    problem.write_text(hotel.kitchen().model_dump_json(), encoding="utf-8")
    done = solver("solve", problem, "--seconds", 3, "--roster", out)
    line = json.loads(done.stdout.splitlines()[-1])
    assert line["status"] in ("optimal", "feasible")
    checked = solver("check", problem, out)
    assert json.loads(checked.stdout.splitlines()[-1]) == {"cost": line["objective"], "hard": 0, "undecided": 0}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"staff": [\n  {"id": 0,}\n]}', "line 2, column 12: expected JSON"),
        (b"", "line 1, column 1: expected JSON"),
        (b"\xff\xfe\x00", "line 1: expected UTF-8 text"),
        (b'{"staff": [\n  {"id": 1, "off_per_month": [7, 8]},\n  {"id": "x"}]}', "line 3: staff[1].id: "),
        (b"[]", "expected a JSON object"),
    ],
)
@pytest.mark.parametrize("command", ["solve", "check"])
def test_a_bad_file_is_told_in_one_line(tmp_path, content, told, command):
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    arguments = [path, path] if command == "check" else [path]
    done = solver(command, *arguments, "--format", "kitchen")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("pins", [[99, 0, "W"]], "there is no person '99'"),
        ("pins", [[0, 0, "X"]], "pins[0][2]"),
        ("off_per_day", {"min": [1], "max": [2]}, "off_per_day.min: expected 35 numbers, found 1"),
        ("must_off", [40], "there is no day 40"),
        ("weights", {}, "weights.group: Field required"),
        ("colour", "red", "colour"),
    ],
)
def test_a_kitchen_that_makes_no_sense_is_told_where(kitchen_file, field, value, told):
    kitchen = json.loads(kitchen_file.read_text())
    kitchen_file.write_text(json.dumps(kitchen | {field: value}))
    done = solver("solve", kitchen_file, "--format", "kitchen", "--seconds", 1)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert told in done.stderr


@pytest.mark.parametrize(
    ("format", "problem", "roster", "told"),
    [
        ("kitchen", None, ["W" * 35] * 7 + ["W" * 34], "line 9: roster[7]: expected 35 days, found 34"),
        ("kitchen", None, ["W" * 34 + "X"] * 8, "line 2: [0]: "),
        ("kitchen", {"pins": [[0, 1, "W"], [0, 35, "W"]]}, None, "line 199: pins[1]: there is no day 35"),
        ("shiftapp", None, {"ann": ["off"], "bo": ["nap"]}, "line 5: roster[bo]: there is no shift 'nap'"),
        ("shiftapp", {"people": [{"id": "ann"}, {"id": "ann"}]}, None, "line 9: people: the id 'ann' is given 2 times"),
        (
            "shiftapp",
            {"rules": [{"kind": "pins", "id": "p"}, {"kind": "magic", "id": "m"}]},
            None,
            "line 22: rules[1]: ",
        ),
        ("shiftapp", {"rules": [{"kind": "pins", "id": "p", "colour": 1}]}, None, "line 21: rules[0].pins.colour: "),
        ("shiftapp", {"before": {"bo": ["nap"]}}, None, "line 18: before[bo]: there is no shift 'nap'"),
    ],
)
def test_the_line_of_what_is_wrong_is_told(kitchen_file, tmp_path, format, problem, roster, told):
    """Also where the file is good JSON: the line on which stands what is named."""
    plain = {"start": "2026-12-21", "days": 1, "shifts": [{"id": "off"}], "people": [{"id": "ann"}, {"id": "bo"}]}
    whole = (json.loads(kitchen_file.read_text()) if format == "kitchen" else plain) | (problem or {})
    kitchen_file.write_text(json.dumps(whole, indent=1))
    roster_file = tmp_path / "roster.json"
    roster_file.write_text(json.dumps(roster, indent=1))
    with pytest.raises(BadFile) as error:
        read_roster(read_problem(kitchen_file, format), roster_file, format)
    assert told in str(error.value)


def test_a_missing_file_and_a_bad_option_are_told(tmp_path):
    done = solver("solve", tmp_path / "none.json")
    assert (done.returncode, "cannot be read" in done.stderr) == (2, True)
    done = solver("solve", tmp_path / "none.json", "--seconds", "0")
    assert (done.returncode, "expected a number above 0" in done.stderr) == (2, True)
    done = solver("solve", tmp_path / "none.json", "--seconds", "soon")
    assert (done.returncode, "expected a number above 0, found soon" in done.stderr) == (2, True)
    done = solver("bench", "--data", tmp_path)
    assert (done.returncode, "expected kitchen files" in done.stderr) == (2, True)


def test_a_roster_that_cannot_be_written_is_told_before_the_search(kitchen_file, tmp_path):
    for out in (tmp_path / "nowhere" / "roster.json", tmp_path):
        began = time.monotonic()
        done = solver("solve", kitchen_file, "--format", "kitchen", "--seconds", 60, "--roster", out)
        assert (done.returncode, "cannot be written" in done.stderr) == (2, True)
        assert time.monotonic() - began < 30


@pytest.fixture(scope="module")
def stove(tmp_path_factory):
    """Three people of whom two may not be off together, a roster, and the problem in which both are pinned off."""
    folder = tmp_path_factory.mktemp("stove")
    stove = {"kind": "group_cover", "id": "stove", "hard": True, "members": ["ann", "bo"]}
    wish = {"kind": "requests", "id": "wishes", "wishes": [{"person": "cy", "day": 0, "shift": "work", "weight": 7}]}
    pins = {"kind": "pins", "id": "pinned", "hard": True}
    both = [{"person": name, "day": 1, "shift": "off"} for name in ("ann", "bo")]
    problem = {
        "start": "2026-12-21", "days": 3, "people": [{"id": "ann"}, {"id": "bo"}, {"id": "cy"}],
        "shifts": [{"id": "work"}, {"id": "off", "absence": 2}], "rules": [stove, wish, pins],
    }  # fmt: skip
    torn = problem | {"rules": [stove, wish, pins | {"cells": both}]}
    roster = {name: ["work"] * 3 for name in ("ann", "bo", "cy")}
    for name, content in (("problem", problem), ("torn", torn), ("roster", roster)):
        (folder / f"{name}.json").write_text(json.dumps(content))
    return folder


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("explain", "torn"), ["These cannot be kept together:", "  stove  ann  bo  day 1", "  unpin pinned  off  bo"]),
        (("explain", "problem"), ["The hard rules can all be kept."]),
        (("why-not", "problem", "roster", "cy", "0", "off"), ["In this cell only: cost +7", "  cy  day 0: work ->"]),
        (("repair", "problem", "roster", "--away", "ann:1"), ["Option 1: cells changed 0, cost +0 to 0"]),
        (("alternatives", "problem", "roster"), ["Alternative 1: cells that differ "]),
        (("check", "problem", "roster"), []),
    ],
)  # fmt: skip
def test_every_answer_is_told_in_lines_and_ends_with_one_json_object(stove, command, told):
    files = [stove / f"{word}.json" if (stove / f"{word}.json").exists() else word for word in command[1:]]
    done = solver(command[0], *files)
    assert (done.returncode, done.stderr) == (0, "")
    *lines, last = done.stdout.splitlines()
    json.loads(last)
    for start in told:
        assert any(line.startswith(start) for line in lines), done.stdout


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (("dee", "0", "off"), "PERSON: expected one of ann, bo, cy, found dee"),
        (("cy", "3", "off"), "DAY: expected a day of the employment, from 0 to 2, found 3"),
        (("cy", "0", "nap"), "SHIFT: expected one of work, off, found nap"),
    ],
)
def test_a_question_about_what_there_is_not_names_what_there_is(stove, cell, told):
    done = solver("why-not", stove / "problem.json", stove / "roster.json", *cell)
    assert (done.returncode, done.stderr) == (2, f"solver: {told}\n")


def test_ctrl_c_ends_a_search_with_the_best_so_far_and_its_json(tmp_path):
    problem, out = tmp_path / "kitchen.json", tmp_path / "roster.json"
    problem.write_text(generate.kitchen(40, 60, 1).model_dump_json(), encoding="utf-8")
    command = [sys.executable, "-m", "solver", "solve", str(problem), "--format", "kitchen", "--roster", str(out)]
    mine, theirs = pty.openpty()
    with subprocess.Popen([*command, "--seconds", "90"], stdout=subprocess.PIPE, stderr=theirs, text=True) as process:
        os.close(theirs)
        seen = b""
        while not re.search(rb"cost \d", seen):
            seen += os.read(mine, 4096)
        process.send_signal(signal.SIGINT)
        printed, _ = process.communicate(timeout=60)
        os.close(mine)
    line = json.loads(printed.splitlines()[-1])
    assert (process.returncode, line["status"]) == (0, "feasible")
    assert line["seconds"] < 60
    checked = solver("check", problem, out, "--format", "kitchen")
    assert json.loads(checked.stdout.splitlines()[-1])["cost"] == line["objective"]


def on_a_terminal(*arguments: object) -> tuple[str, str]:
    """Run a command whose standard error is a terminal; return what it wrote there and on its standard output."""
    mine, theirs = pty.openpty()
    command = [sys.executable, "-m", "solver", *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, text=True) as process:
        os.close(theirs)
        seen = b""
        with contextlib.suppress(OSError), os.fdopen(mine, "rb", buffering=0) as terminal:  # the other end is closed
            while chunk := terminal.read(4096):
                seen += chunk
        return seen.decode(), process.stdout.read()


def test_a_terminal_shows_a_bar_that_goes_and_a_pipe_shows_none(kitchen_file, tmp_path):
    out = tmp_path / "roster.json"
    arguments = ("solve", kitchen_file, "--format", "kitchen", "--seconds", 20, "--roster", out)
    seen, printed = on_a_terminal(*arguments)
    assert "] " in seen
    assert " of 20 s" in seen
    assert seen.endswith("\r\x1b[K"), "nothing is left on the screen"
    assert json.loads(printed.splitlines()[-1])["status"] == "optimal"
    assert solver(*arguments).stderr == ""
    for command in (("explain", kitchen_file), ("repair", kitchen_file, out, "--away", "0:1-2")):
        seen, printed = on_a_terminal(*command, "--format", "kitchen", "--seconds", 2)
        assert " of 2 s" in seen
        json.loads(printed.splitlines()[-1])
