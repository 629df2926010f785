"""A period's book and cells as a problem for the solver.

Ids in the problem are strings: ``str(staff id)``, ``str(shift type id)``. A rule's id is ``str(rule id)``, followed by
``/`` and what it concerns where one rule of the team becomes several (``12/3``: rule 12 for staff group 3).
"""

from collections.abc import Collection
from typing import Literal

from shiftapp.domain.book import CARRY_IN, Book
from shiftapp.domain.cell import Cells, Place
from shiftapp.domain.compile_change import stay_as_they_are
from shiftapp.domain.compile_rules import compile_rules
from shiftapp.domain.compile_wishes import asked_for_only
from shiftapp.domain.rule_settings import RuleSetting
from shiftapp.domain.shift_type import ShiftType
from shiftapp.domain.staff import StaffMember
from solver.clock import known_zone
from solver.problem import Person, Problem, Shift
from solver.rules import AnyRule, Pin, Pins

Scope = Literal["blanks", "unpinned", "selection"]
KEPT = "kept"
"""Id of the rule that keeps the filled cells which a run may not touch."""


def compile_problem(book: Book, cells: Cells, scope: Scope | None = None, selection: Collection[Place] = ()) -> Problem:
    """Return the problem of a period.

    Parameters
    ----------
    book : Book
        At least one staff member and one shift type.
    cells : Cells
        As they stand; they decide what is fixed.
    scope : Scope, optional
        What a run may decide, for active staff: ``blanks`` only empty cells; ``unpinned`` every cell that is not
        pinned; ``selection`` the cells of ``selection`` that are not pinned, and the empty ones. Without it nothing is
        fixed and every shift type may be given: the problem prices the cells as people entered them.
    selection : collection of Place
        For ``selection`` only.

    Raises
    ------
    ValueError
        The book has no staff or no shift types: there is nothing to decide.
    """
    if scope is not None:
        book = book.planned()
    if not book.staff or not book.shift_types:
        raise ValueError(f"period {book.period.id} has no staff or no shift types: there is nothing to decide")
    rules: list[AnyRule] = list(compile_rules(book))
    if scope is not None:
        fixed = _fixed(book, cells, scope, frozenset(selection))
        rules += _pins(book, cells, fixed)
        rules += asked_for_only(book, fixed)
        rules += stay_as_they_are(book, cells, fixed)
    return Problem(
        start=book.period.starts,
        days=book.period.days,
        zone=book.team.zone if known_zone(book.team.zone) else None,
        shifts=tuple(_shift(shift) for shift in book.shift_types),
        people=tuple(_person(book, member) for member in book.staff),
        before=_before(book),
        rules=tuple(rules),
    )


def roster_rows(book: Book, cells: Cells) -> dict[str, list[str | None]]:
    """Return the cells as a roster goes over the wire: for each person one shift id or null a day."""
    rows: dict[str, list[str | None]] = {str(member.id): [None] * book.period.days for member in book.staff}
    for (staff_id, day), cell in cells.items():
        row = rows.get(str(staff_id))
        if row is not None and day in book.period:
            row[book.index(day)] = None if cell.shift is None else str(cell.shift)
    return rows


def _shift(shift: ShiftType) -> Shift:
    return Shift(
        id=str(shift.id),
        kind=shift.kind,
        start=shift.start_minute,
        end=None if shift.start_minute is None else shift.end_minute,
        minutes=shift.minutes,
        absence=shift.absence,
        rest=shift.rest,
    )


def _person(book: Book, member: StaffMember) -> Person:
    return Person(
        id=str(member.id),
        name=member.name,
        staff_type=member.staff_type,
        skills=member.skills,
        first_day=None if member.employed_from is None else book.index(member.employed_from),
        last_day=None if member.employed_to is None else book.index(member.employed_to),
    )


def _before(book: Book) -> dict[str, tuple[str | None, ...]]:
    """Return each person's carry-in from the first known day on."""
    found: dict[str, tuple[str | None, ...]] = {}
    for member in book.staff:
        row = [book.before.get((member.id, book.day(index))) for index in range(-CARRY_IN, 0)]
        known = next((position for position, shift in enumerate(row) if shift is not None), None)
        if known is not None:
            found[str(member.id)] = tuple(None if shift is None else str(shift) for shift in row[known:])
    return found


def _fixed(book: Book, cells: Cells, scope: Scope, selection: frozenset[Place]) -> dict[Place, int]:
    """Return the filled cells that a run may not touch."""
    pins_count = _pins_rule(book) is not None
    fixed: dict[Place, int] = {}
    for place, cell in cells.items():
        staff_id, day = place
        member = book.member.get(staff_id)
        if cell.shift is None or member is None or day not in book.period or not member.employed_on(day):
            continue
        outside = scope == "blanks" or (scope == "selection" and place not in selection)
        if outside or (cell.pinned and pins_count):
            fixed[place] = cell.shift
    return fixed


def _pins_rule(book: Book) -> RuleSetting | None:
    return next((rule for rule in book.rules if rule.kind == "pins" and rule.enabled), None)


def _pins(book: Book, cells: Cells, fixed: dict[Place, int]) -> list[AnyRule]:
    """Pinned cells obey the team's rule, which may be soft; cells outside a run's scope are always kept."""
    setting = _pins_rule(book)
    pinned: list[Pin] = []
    kept: list[Pin] = []
    for place, shift in sorted(fixed.items()):
        pin = Pin(person=str(place[0]), day=book.index(place[1]), shift=str(shift))
        (pinned if setting is not None and cells[place].pinned else kept).append(pin)
    rules: list[AnyRule] = []
    if setting is not None and pinned:
        rules.append(Pins(id=str(setting.id), hard=setting.hard, weight=setting.weight, cells=tuple(pinned)))
    if kept:
        rules.append(Pins(id=KEPT, hard=True, cells=tuple(kept)))
    return rules
