"""A small book, and how a replica of it is read."""

from dataclasses import replace
from datetime import date, timedelta

from shiftapp.domain.book import Book, Team
from shiftapp.domain.calendar import CalendarDay
from shiftapp.domain.edit import EditKind, Patch, PatchCell
from shiftapp.domain.period import Period
from shiftapp.domain.request import Request
from shiftapp.domain.rule_settings import default_rules
from shiftapp.domain.shift_type import default_shift_types
from shiftapp.domain.staff import StaffGroup
from shiftapp.live import view
from shiftapp.live.broken import SLOTS
from shiftapp.live.replica import GRID, VIOLATIONS, Values
from tests.factories import STARTS, member

SHIFTS = tuple(shift.with_id(number) for number, shift in enumerate(default_shift_types(), 1))
WORK, OFF, EARLY, LEAVE = 1, 2, 3, 5


def book(people: int = 4, days: int = 12) -> Book:
    staff = [replace(member(f"P{row}", row), id=10 + row) for row in range(people)]
    staff[-1] = replace(staff[-1], employed_from=STARTS + timedelta(days=4), employed_to=STARTS + timedelta(days=8))
    return Book(
        team=Team(1, "Kitchen"),
        period=Period(7, 1, "", STARTS, STARTS + timedelta(days=days - 1)),
        staff=tuple(staff),
        shift_types=SHIFTS,
        groups=(StaffGroup(3, 0, "Grill", (10, 11)),),
        calendar=(CalendarDay(day(5), "must_off", "check"), CalendarDay(day(6), "must_work")),
        holidays={day(2): "Feast"},
        rules=tuple(replace(rule, id=100 + rule.rank) for rule in default_rules()),
        requests=(Request(1, 10, day(1), OFF, True, 5), Request(2, 10, day(2), EARLY, False, 5)),
    )


def day(index: int) -> date:
    return STARTS + timedelta(days=index)


def patch(seq: int, *cells: tuple[int, int, int | None], kind: EditKind = "edit") -> Patch:
    return Patch(seq, kind, tuple(PatchCell(10 + row, day(index), shift, False, "") for row, index, shift in cells))


def shown(values: Values) -> dict[str, object]:
    """Return what the page shows, whatever slots it is in: what no order names is not on it."""
    grid, broken = values[GRID], values[VIOLATIONS]
    rows = [(grid["people"][int(slot)], *(grid[f"{kind}{int(slot):03}"] for kind in "rfwn")) for slot in grid["order"]]
    lines = sorted(filter(None, (broken[f"v{slot:03}"] for slot in range(SLOTS))))
    return {"rows": rows, "outside": grid["outside"], "seq": grid["seq"], "lines": lines, "sums": broken["sums"]}


def sums(values: Values) -> dict[str, int]:
    """Return the figures of all violations."""
    names = ("count", "cost", "hard", "undecided")
    return dict(zip(names, map(int, values[VIOLATIONS]["sums"].split(",")), strict=True))


def marked(values: Values, row: int) -> list[int]:
    """Return the bits of each day of a row, as the page reads them."""
    text = values[GRID][f"f{row:03}"]
    bits = [0] * len(values[GRID][f"r{row:03}"])
    for at in range(0, len(text), 3):
        for day in range(view.DAYS.index(text[at]), view.DAYS.index(text[at + 1]) + 1):
            bits[day] |= view.FLAGS.index(text[at + 2])
    return bits


def merged(base: Values, changes: Values) -> Values:
    return {state: values | changes.get(state, {}) for state, values in base.items()}
