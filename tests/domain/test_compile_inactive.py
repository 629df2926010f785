"""Who and what was switched off is not planned any more; what stands in the grid stands."""

from dataclasses import replace

import pytest

from shiftapp.domain.compile import compile_problem
from shiftapp.domain.request import Request
from shiftapp.domain.staff import StaffGroup
from solver.check import Checker
from solver.roster import Roster
from tests.domain.test_compile import CONTRACT, ID, PART_TIME, REGULAR, SHIFTS, book, cells, day, person

GONE = person(REGULAR, active=False)
STAYS = person(CONTRACT, staff_type="contract"), person(PART_TIME, staff_type="part_time")


def test_a_run_decides_nothing_for_who_is_inactive() -> None:
    team = book(
        staff=(GONE, *STAYS),
        groups=(StaffGroup(3, 0, "Grill", (REGULAR, CONTRACT, PART_TIME), (REGULAR,)),),
        requests=(Request(1, REGULAR, day(1), ID["×"], True, 5),),
    )
    planned = compile_problem(team, cells(r11="○×."), "blanks")
    assert [person.id for person in planned.people] == [str(CONTRACT), str(PART_TIME)]
    priced = compile_problem(team, cells(r11="○×."))
    assert str(REGULAR) in {person.id for person in priced.people}, "their cells are still on the page and priced"


def test_without_anybody_active_there_is_nothing_to_decide() -> None:
    with pytest.raises(ValueError, match="nothing to decide"):
        compile_problem(book(staff=(GONE,)), cells(r11="○"), "unpinned")


def test_a_run_gives_no_inactive_shift_type_but_keeps_those_that_stand() -> None:
    """The control is the same roster while the shift type is active."""
    early = ID["△"]
    closed = tuple(replace(shift, active=shift.id != early) for shift in SHIFTS)
    wish = (Request(1, REGULAR, day(2), early, True, 5),)
    standing = cells(r11="△")

    def breaches(shifts: object, column: int) -> int:
        team = book(days=3, staff=(person(REGULAR),), shift_types=shifts, requests=wish)
        row: list[str | None] = [str(early), None, None]
        row[column] = str(early)
        problem = compile_problem(team, standing, "blanks")
        return Checker(problem, Roster(problem, {str(REGULAR): row})).hard

    assert [breaches(SHIFTS, column) for column in range(3)] == [0, 0, 0]
    assert [breaches(closed, column) for column in range(3)] == [0, 1, 1]
