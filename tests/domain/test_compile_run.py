"""Which cells of a problem are a run's to decide, and what it gives only where it is asked for."""

from collections.abc import Mapping
from dataclasses import replace

from shiftapp.domain.book import Book
from shiftapp.domain.cell import Cell, Place
from shiftapp.domain.compile import KEPT, Scope, compile_problem
from shiftapp.domain.compile_wishes import AUTOMATIC
from shiftapp.domain.request import Request
from solver.check import Checker
from solver.rules import AnyRule, Eligibility, Pins
from tests.domain.test_compile import CONTRACT, ID, PART_TIME, REGULAR, RULE, book, cells, day, only, person


def kept(of: Book, held: Mapping[Place, Cell], scope: Scope, selection: tuple[Place, ...] = ()) -> dict[str, set[int]]:
    rules: tuple[AnyRule, ...] = compile_problem(of, held, scope, selection).rules
    return {rule.id: {pin.day for pin in rule.cells} for rule in rules if isinstance(rule, Pins)}


def test_the_scope_of_a_run_says_which_cells_stay() -> None:
    held = cells(r11="○××.")
    held[REGULAR, day(1)] = replace(held[REGULAR, day(1)], pinned=True)
    pins = str(RULE["pins"])
    assert kept(book(), held, "blanks") == {pins: {1}, KEPT: {0, 2}}
    assert kept(book(), held, "unpinned") == {pins: {1}}
    selection = ((REGULAR, day(0)), (REGULAR, day(1)))
    assert kept(book(), held, "selection", selection) == {pins: {1}, KEPT: {2}}


def test_pins_that_are_switched_off_hold_nothing_and_soft_ones_cost() -> None:
    held = {(REGULAR, day(0)): Cell(ID["×"], True, "", 1)}
    assert kept(only("pins", enabled=False), held, "unpinned") == {}
    soft = compile_problem(only("pins", hard=False, weight=40), held, "unpinned").rules[0]
    assert isinstance(soft, Pins)
    assert (soft.hard, soft.weight) == (False, 40)


def test_a_run_gives_leave_and_stations_only_where_they_are_asked_for_or_stand() -> None:
    asked = (Request(1, REGULAR, day(3), ID["★"], True, 5), Request(2, CONTRACT, day(4), ID["★"], False, 5))
    held = cells(r12="..◎")
    problem = compile_problem(book(requests=asked), held, "blanks")
    roster = {"11": [None] * 31, "12": [None] * 31, "13": [None] * 31}

    def refused(number: int, index: int, symbol: str) -> bool:
        row = [str(ID[symbol]) if at == index else None for at in range(31)]
        found = Checker(problem, roster | {str(number): row}).violations()
        return any(violation.rule == AUTOMATIC for violation in found)

    assert not refused(REGULAR, 3, "★")
    assert refused(REGULAR, 4, "★")
    assert refused(CONTRACT, 4, "★")
    assert not refused(CONTRACT, 2, "◎")
    assert refused(PART_TIME, 2, "◎")
    assert not any(refused(REGULAR, 0, symbol) for symbol in "○×△◇")
    pricing = compile_problem(book(requests=asked), held).rules
    assert not any(isinstance(rule, Eligibility) and rule.id == AUTOMATIC for rule in pricing)


def test_people_without_exceptions_share_one_rule() -> None:
    crowd = book(staff=tuple(person(20 + number) for number in range(50)))
    automatic = [rule for rule in compile_problem(crowd, {}, "blanks").rules if rule.id == AUTOMATIC]
    assert len(automatic) == 1
