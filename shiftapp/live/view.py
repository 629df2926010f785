"""How a period is written for the page: the vars of ``GridState``, as small as can be sent to everyone.

A row (``r000`` … ``r199``) is three characters a day, ``shift flags request``, and then
``|off half days|early|work days|minutes``; `shiftapp.live.row_wire` writes it shorter.

- shift: a letter of ``shifts``; ``.`` not decided; a space where there is no cell (not employed).
- flags: one of 64 characters for the bits ``PINNED``, ``SOFT``, ``HARD``, ``NOTE``, ``BY_RUN``.
- request: the letter of the shift type asked for, in lower case where it is not wanted; ``.`` none.
"""

from collections.abc import Callable, Iterable, Mapping
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Final

from shiftapp.domain.book import Book
from shiftapp.domain.cell import EMPTY, Cells, Place
from shiftapp.domain.compile_rules import HALF_DAYS
from shiftapp.domain.request import Request
from shiftapp.domain.shift_type import Kind
from shiftapp.domain.staff import StaffMember
from shiftapp.live.row_wire import pack

SLOTS: Final = 200
MOST_SHIFT_TYPES: Final = len(ascii_uppercase)
FLAGS: Final = digits + ascii_uppercase + ascii_lowercase + "-_"
PINNED, SOFT, HARD, NOTE, BY_RUN = 1, 2, 4, 8, 16

UNDECIDED: Final = "."
UNKNOWN: Final = "?"
NO_CELL: Final = " 0."

TOTALS: Final[Mapping[str, frozenset[Kind]]] = {
    "off": frozenset({"off", "leave", "unavailable"}),
    "early": frozenset({"early"}),
    "late": frozenset({"late"}),
    "work": frozenset({"work", "early", "late"}),
}
"""Lines below the grid, and what each counts; the page counts them itself, from the rows it has anyway."""


def letters(book: Book) -> dict[int, str]:
    """Return the letter of each shift type: active ones first, so that those always have one."""
    ordered = sorted(book.shift_types, key=lambda shift: not shift.active)
    return {shift.id: letter for shift, letter in zip(ordered, ascii_uppercase, strict=False)}


def slots(staff: Iterable[StaffMember], held: Mapping[int, int]) -> dict[int, int]:
    """Return a slot for everyone, the one they held where they had one; who finds none free is not drawn."""
    shown = list(staff)
    kept = {member.id: held[member.id] for member in shown if member.id in held}
    free = iter(sorted(set(range(SLOTS)) - set(kept.values())))
    for member in shown:
        if member.id not in kept and (slot := next(free, None)) is not None:
            kept[member.id] = slot
    return kept


def asked_letters(book: Book, known: Mapping[int, str]) -> dict[Place, str]:
    """Return the request character of each cell; the weightiest request shows."""
    weightiest: dict[Place, Request] = {}
    for request in book.requests:
        place = (request.staff_id, request.day)
        other = weightiest.get(place)
        if request.state != "declined" and (other is None or other.weight < request.weight):
            weightiest[place] = request
    return {
        place: letter if request.wanted else letter.lower()
        for place, request in weightiest.items()
        if (letter := known.get(request.shift)) is not None
    }


def row_text(
    book: Book,
    member: StaffMember,
    cells: Cells,
    known: Mapping[int, str],
    asked: Mapping[Place, str],
    flags: Callable[[Place], int],
) -> str:
    """Return one row: its cells, then its totals.

    Parameters
    ----------
    known : mapping
        Letters of the shift types.
    asked : mapping
        Request characters.
    flags : callable
        The bits of a cell that are not in the cell itself.
    """
    drawn: list[str] = []
    off = early = work = minutes = 0
    for day in book.period.dates():
        if not member.employed_on(day):
            drawn.append(NO_CELL)
            continue
        place = (member.id, day)
        cell = cells.get(place, EMPTY)
        bits = flags(place) | (PINNED if cell.pinned else 0) | (NOTE if cell.note else 0)
        letter = UNDECIDED if cell.shift is None else known.get(cell.shift, UNKNOWN)
        drawn.append(letter + FLAGS[bits] + asked.get(place, UNDECIDED))
        if cell.shift is not None and (shift := book.shift_type.get(cell.shift)) is not None:
            off += HALF_DAYS.get(shift.kind, 0)
            early += shift.kind == "early"
            work += shift.kind in TOTALS["work"]
            minutes += shift.minutes
    return pack(drawn, (off, early, work, minutes))


def outside_days(book: Book, outside: Callable[[int], bool]) -> str:
    """Return one character a day: ``!`` where the number of people off is outside its limits, else ``.``."""
    return "".join("!" if outside(day) else "." for day in range(book.period.days))


def frame(book: Book, held: Mapping[int, int], known: Mapping[int, str]) -> dict[str, list[str] | list[list[str]]]:
    """Return what changes only with staff, shift types or calendar: ``order``, ``people``, ``days``, ``shifts``."""
    drawn = [member for member in book.staff if member.id in held]
    people: list[list[str]] = [[] for _ in range(max(held.values(), default=-1) + 1)]
    for member in drawn:
        people[held[member.id]] = [
            str(member.id), member.name, member.position, member.staff_type, member.department,
        ]  # fmt: skip
    return {
        "order": [str(held[member.id]) for member in drawn],
        "people": people,
        "days": _days(book),
        "shifts": [
            [
                known[shift.id], str(shift.id), shift.symbol, shift.name_ja, shift.name_en, shift.colour, shift.key,
                shift.kind, "1" if shift.active else "",
            ]
            for shift in book.shift_types
            if shift.id in known
        ],
    }  # fmt: skip


def _days(book: Book) -> list[list[str]]:
    """Return the columns; a day is a holiday by law, or because the team says so and how."""
    found: list[list[str]] = []
    for day in book.period.dates():
        entered = book.day_kind.get(day)
        kind = None if entered is None else entered.kind
        name = book.holidays.get(day, "")
        if entered is not None and entered.note:
            name = f"{name} {entered.note}".strip()
        flags = (
            ("w" if day.weekday() > 4 else "")
            + ("h" if day in book.holidays or kind == "holiday" else "")
            + ("c" if kind == "must_off" else "")
            + ("m" if kind == "must_work" else "")
        )
        found.append([day.isoformat(), str(day.day), str(day.weekday()), str(day.month), flags, name])
    return found
