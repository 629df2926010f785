"""Minimum change: what a run may decide anew and yet should leave as it stands."""

from collections.abc import Iterator, Mapping

from shiftapp.domain.book import Book
from shiftapp.domain.cell import Cells, Place
from shiftapp.domain.compile_common import common, scope_of, shifts_of
from shiftapp.domain.rule_params_cells import MinimumChangeParams
from solver.rules import AnyRule, MinimumChange


def stay_as_they_are(book: Book, cells: Cells, fixed: Mapping[Place, int]) -> Iterator[AnyRule]:
    """Yield the distance from the filled cells that a run may decide anew, as they stand when it starts.

    Parameters
    ----------
    fixed : mapping of Place to int
        Cells the run may not touch: they cannot change.
    """
    for rule in book.rules:
        if not rule.enabled or not isinstance(rule.params, MinimumChangeParams):
            continue
        held = shifts_of(book, rule.params.shifts) if rule.params.shifts else tuple(map(str, book.shift_type))
        rows: dict[str, list[str | None]] = {}
        for (staff_id, day), cell in cells.items():
            member = book.member.get(staff_id)
            if member is None or day not in book.period or not member.employed_on(day) or (staff_id, day) in fixed:
                continue
            if cell.shift is not None and str(cell.shift) in held:
                rows.setdefault(str(staff_id), [None] * book.period.days)[book.index(day)] = str(cell.shift)
        if rows:
            given = {person: tuple(row) for person, row in rows.items()}
            yield MinimumChange(**common(rule), rows=given, scope=scope_of(book, rule))
