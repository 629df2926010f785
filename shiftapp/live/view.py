"""How a period is written for the page: the vars of ``GridState``, as small as can be sent to everyone.

Four vars a row slot, of which an edit sends those that are different now:

- ``r000`` … ``r199``, the row: one character a day: a letter of ``shifts``; ``.`` not decided; a space where there is
  no cell (not employed).
- ``f000`` …, its marks: three characters a stretch of days that have the same, ``first last bits``: two of `DAYS`, one
  of `FLAGS` for ``PINNED``, ``SOFT``, ``HARD``.
- ``w000`` …, what was asked for: one character a day: a letter of ``shifts``, in lower case where it is not wanted;
  ``.`` nothing.
- ``n000`` …, its notes: one of `DAYS` and the text for each cell that has one, `BETWEEN_NOTES` between them.

The page counts totals itself, from the rows it has anyway.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import groupby
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Final

from shiftapp.domain.book import Book
from shiftapp.domain.cell import EMPTY, Cells, Place
from shiftapp.domain.compile_common import HALF_DAYS
from shiftapp.domain.request import Request
from shiftapp.domain.shift_type import Kind
from shiftapp.domain.staff import StaffMember

SLOTS: Final = 200
MOST_SHIFT_TYPES: Final = len(ascii_uppercase)
FLAGS: Final = digits + ascii_uppercase + ascii_lowercase + "-_"
DAYS: Final = FLAGS + "!#$%&'()*+,./:;<=>?@[]^`{|}~"
"""A character for each of the 92 days a period may have: printable, and written as itself in JSON."""
PINNED, SOFT, HARD = 1, 2, 4
BETWEEN_NOTES: Final = "\0"
"""The one character that no note can hold."""

UNDECIDED: Final = "."
UNKNOWN: Final = "?"
NO_CELL: Final = " "

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


def stretches(bits: Iterable[int]) -> str:
    """Return the days that have any bits, three characters a stretch of days that have the same."""
    found: list[str] = []
    for bit, same in groupby(enumerate(bits), key=lambda one: one[1]):
        days = [day for day, _ in same]
        if bit:
            found.append(DAYS[days[0]] + DAYS[days[-1]] + FLAGS[bit])
    return "".join(found)


def row_text(book: Book, member: StaffMember, cells: Cells, known: Mapping[int, str]) -> str:
    """Return one row: a letter of ``known`` a day."""

    def letter(shift: int | None) -> str:
        return UNDECIDED if shift is None else known.get(shift, UNKNOWN)

    return "".join(
        letter(cells.get((member.id, day), EMPTY).shift) if member.employed_on(day) else NO_CELL
        for day in book.period.dates()
    )


def marks_text(book: Book, member: StaffMember, cells: Cells, flags: Callable[[Place], int]) -> str:
    """Return the marks of one row.

    Parameters
    ----------
    flags : callable
        The bits of a cell that are not in the cell itself.
    """

    def bits() -> Iterator[int]:
        for day in book.period.dates():
            place = (member.id, day)
            own = PINNED if cells.get(place, EMPTY).pinned else 0
            yield flags(place) | own if member.employed_on(day) else 0

    return stretches(bits())


def notes_text(book: Book, member: StaffMember, cells: Cells) -> str:
    """Return the notes of one row; empty where it has none."""
    held = ((at, day, cells.get((member.id, day), EMPTY).note) for at, day in enumerate(book.period.dates()))
    return BETWEEN_NOTES.join(DAYS[at] + note for at, day, note in held if note and member.employed_on(day))


def wishes_text(book: Book, member: StaffMember, asked: Mapping[Place, str]) -> str:
    """Return what one row asked for; empty where it is nothing."""
    drawn = "".join(asked.get((member.id, day), UNDECIDED) for day in book.period.dates())
    return drawn if drawn.strip(UNDECIDED) else ""


def outside_days(book: Book, outside: Callable[[int], bool]) -> str:
    """Return the stretches of days on which the number of people off is outside its limits."""
    return stretches(int(outside(day)) for day in range(book.period.days))


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
                shift.kind, "1" if shift.active else "", str(shift.minutes), str(HALF_DAYS.get(shift.kind, 0)),
            ]
            for shift in book.shift_types
            if shift.id in known
        ],
    }  # fmt: skip


def mark(priced: str, held: Mapping[int, int], known: Mapping[int, str]) -> str:
    """Return what stands for ``priced`` and for the slots and letters that rows and shift types have."""
    named = repr((sorted(held.items()), sorted(known.items())))
    return blake2b((priced + named).encode(), digest_size=8).hexdigest()


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
