"""The pages about the kernel say what the code does."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

from solver.__main__ import main
from solver.rules import AnyRule
from tests.solver import crowd

SHORT = {"alternatives": ("--seconds", "5"), "repair": ("--seconds", "5")}
"""What is added where a search would go on."""
DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_rules_is_what_the_code_prints(capsys):
    assert main(["rules"]) == 0
    printed = capsys.readouterr().out
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == printed, "run: python -m solver rules > docs/rules.md"


def test_every_rule_has_a_section_and_its_fields_are_in_it():
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    sections = {part.split("\n", 1)[0]: part for part in page.split("\n## ")[1:]}
    for rule in get_args(AnyRule):
        fields = re.findall(r"^\| `(\w+)`", sections[rule.model_fields["kind"].default], flags=re.MULTILINE)
        assert {*fields, "kind", "id", "hard", "weight", "scope"} == set(rule.model_fields)


def test_the_crowd_lives_under_every_rule():
    kinds = {rule.model_fields["kind"].default for rule in get_args(AnyRule)}
    assert {rule.kind for rule in crowd.ward(20, 20).rules} == kinds


def test_the_model_is_written_out_for_every_rule():
    page = (DOCS / "model.md").read_text(encoding="utf-8")
    table = page.split("## Rules")[1].split("Notes on some")[0]
    written = {kind for line in re.findall(r"^\| ([\w, ]+) \|", table, flags=re.MULTILINE) for kind in line.split(", ")}
    assert written - {"rule"} == {rule.model_fields["kind"].default for rule in get_args(AnyRule)}


def test_the_example_of_the_solver_alone_runs_as_it_is_written(tmp_path):
    """Every command of the page, and its Python, in a folder with nothing but the problem in it."""
    page = (DOCS / "solver.md").read_text(encoding="utf-8")
    problem, code = (re.search(rf"```{language}\n(.*?)```", page, flags=re.DOTALL) for language in ("json", "python"))
    assert problem is not None
    assert code is not None
    (tmp_path / "kitchen.json").write_text(problem[1])
    where = {"cwd": tmp_path, "env": {**os.environ, "PYTHONPATH": str(DOCS.parent)}, "capture_output": True}
    commands = re.findall(r"^\| `python -m (solver [^`]*kitchen\.json[^`]*)`", page, flags=re.MULTILINE)
    assert [command.split()[1] for command in commands] == [
        "solve", "check", "explain", "why-not", "repair", "alternatives"
    ]  # fmt: skip
    for command in commands:
        done = subprocess.run([sys.executable, "-m", *command.split(), *SHORT.get(command.split()[1], ())], **where)
        assert done.returncode == 0, done.stderr
        json.loads(done.stdout.splitlines()[-1])
    done = subprocess.run([sys.executable, "-c", code[1]], **where)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith(b"optimal 0 0 ")


def test_every_source_is_named_once_and_referred_to():
    """A footnote pasted into the text would be read as a formula."""
    page = (DOCS / "model.md").read_text(encoding="utf-8")
    defined = re.findall(r"\[\^(\w+)\]: \S", page)
    assert defined == re.findall(r"^\[\^(\w+)\]: \S", page, flags=re.MULTILINE)
    assert sorted(defined) == sorted(set(defined)) == sorted(set(re.findall(r"\[\^(\w+)\](?!: \S)", page)))
