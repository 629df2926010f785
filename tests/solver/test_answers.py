"""The commands that answer questions: one JSON object last, and one clear line for what makes no sense."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from solver.run import Limits
from solver.search import solve
from tests.solver import planted, test_repair


def solver(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "solver", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("answers")
    problem, roster = folder / "problem.json", folder / "roster.json"
    made = test_repair.small()
    problem.write_text(made.model_dump_json(), encoding="utf-8")
    roster.write_text(json.dumps(solve(made, Limits(5, 1)).roster.rows()), encoding="utf-8")
    return problem, roster


def test_explain_prints_clashes_and_ways_out(tmp_path):
    path = tmp_path / "clash.json"
    path.write_text(planted.problem(("group_away",), 0)[0].model_dump_json(), encoding="utf-8")
    done = solver("explain", path, "--wanted", 3)
    assert done.returncode == 0, done.stderr
    line = json.loads(done.stdout.splitlines()[-1])
    assert line["status"] == "clash"
    assert {part["rule"] for part in line["clashes"][0]["parts"]} == {"0 group_away/pins", "0 group_away/group"}
    assert len(line["relaxations"]) == 3


def test_why_not_repair_and_alternatives_print_their_answers(files):
    answered = {
        "why-not": solver("why-not", *files, "bo", 0, "off", "--seconds", 5),
        "repair": solver("repair", *files, "--away", "ann:0-1", "--locked", "cy:2", "--seconds", 5),
        "alternatives": solver("alternatives", *files, "--within", 50, "--apart", 20, "--seconds", 5),
    }
    lines = {name: json.loads(done.stdout.splitlines()[-1]) for name, done in answered.items()}
    assert lines["why-not"]["status"] in ("possible", "clash")
    assert lines["repair"]["status"] == "repaired"
    assert lines["repair"]["options"][0]["roster"]["ann"][:2] == ["off", "off"]
    assert lines["alternatives"]["found"] or lines["alternatives"]["exhausted"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("repair", "--away", "ann"), "expected a person's id"),
        (("repair", "--away", "dan:0"), "expected a person's id"),
        (("repair", "--away", "ann:2-9"), "expected days from 0 to 2"),
        (("alternatives", "--within", "-1"), "within"),
    ],
)
def test_what_makes_no_sense_is_told_in_one_line(files, arguments, told):
    done = solver(arguments[0], *files, *arguments[1:])
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert told in done.stderr
