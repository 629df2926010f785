"""The table of faults: no verdict without a law, none without a control that was convicted."""

import re
from pathlib import Path

import pytest

from tests.soak import FAULTS, Verdicts, main

MARK = re.compile(r"^@pytest\.mark\.fault\((\d+)(, control=True)?\)$", re.MULTILINE)


def test_every_fault_has_a_law_and_a_control() -> None:
    marks = {
        (int(number), bool(control))
        for path in Path(__file__).parents[1].rglob("test_*.py")
        for number, control in MARK.findall(path.read_text(encoding="utf-8"))
    }
    assert marks == {(number, control) for number in FAULTS for control in (False, True)}


@pytest.mark.parametrize(
    ("law", "control", "good"),
    [
        ([True], [True], True),
        ([True], [], False),
        ([], [True], False),
        ([True, False], [True], False),
        ([True], [False], False),
    ],
)
def test_a_fault_is_judged_by_all_its_tests_and_never_without_one_of_each(
    law: list[bool], control: list[bool], good: bool
) -> None:
    verdicts = Verdicts({18})
    verdicts.passed = {key: found for key, found in (((18, False), law), ((18, True), control)) if found}
    assert verdicts.good() is good
    assert ("NOT CONVICTED" in verdicts.table()) is (control != [True])
    assert ("BROKEN" in verdicts.table()) is (law != [True])


def test_an_unknown_fault_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["18", "99"]) == 2
    assert "no such fault: [99]" in capsys.readouterr().err
