"""The cell that this page asks about, and what: why it holds its shift, what became of it, who asks for what."""

from typing import Any

from shiftapp.ui.components.away_form import ABSENCE
from shiftapp.ui.components.clash_open import OPEN_FOR, WHY_CELL
from shiftapp.ui.components.rows import days, order, person
from shiftapp.ui.components.sheet import focus
from shiftapp.ui.components.violation_line import names_of, when_of
from shiftapp.ui.js import DOCUMENT, Js, do, fn, js, known, let, maybe, name, when
from shiftapp.ui.say import phrase, word
from shiftapp.ui.state.grid import GridState


def ask(row: Any, column: Any, about: str) -> Js:
    """Ask about a cell: ``why``, ``history`` or ``requests``; whatever else is open there is closed."""
    cell = {"staff": known(maybe(person(row), "[0]"), ""), "day": days()[column][0], "about": about}
    return do(OPEN_FOR.set(0), ABSENCE.set(None), WHY_CELL.set(cell))


def shut_asked(card: str) -> Js:
    """Ask no more and give the keyboard back, as `give_back` does."""
    return do(give_back(card, row_asked()), WHY_CELL.set(None))


def asks(about: str) -> Js:
    """Say whether the page asks that of a cell."""
    return js(maybe(WHY_CELL.value, "about")) == about


def cell_asked() -> dict[str, Any]:
    """Return the cell inside a handler, as a state is sent it."""
    return {
        "period_id": GridState.period,
        "staff_id": name("Number")(WHY_CELL.now.staff),
        "day": WHY_CELL.now.day,
    }


def row_asked() -> Js:
    """Return the row asked about, as drawn; -1 where it is no longer."""
    return row_of(maybe(WHY_CELL.value, "staff"))


def column_asked() -> Js:
    """Return the column asked about."""
    return column_of(maybe(WHY_CELL.value, "day"))


def row_of(staff: Js) -> Js:
    """Return the row of a staff id, as drawn; -1 where there is none."""
    return order().findIndex(
        fn(lambda one: known(maybe(js(GridState.people)[name("Number")(one)], "[0]"), "") == staff)
    )


def column_of(day: Js) -> Js:
    """Return the column of a date; -1 where there is none."""
    return days().findIndex(fn(lambda one: one[0] == day))


def is_of_cell_asked(told: Any) -> Js:
    """Say whether what this page was told, by its staff id and date, is of the cell it asks about."""
    return js(told) == maybe(WHY_CELL.value, "staff") + "|" + maybe(WHY_CELL.value, "day")


def title_asked(key: str) -> Js:
    """Name the cell asked about in a text of ``names`` and ``when``."""
    return cell_title(key, row_asked(), column_asked())


def cell_title(key: str, row: Js, column: Js) -> Js:
    """Name a cell in a text of ``names`` and ``when``."""
    part = js(["", known(order()[row], ""), column, ""])
    who = {"names": names_of(part, js(GridState.people)), "when": when_of(part, js(GridState.days))}
    return phrase(word(key), who)


def give_back(button: str, row: Js) -> Js:
    """Give the keyboard back: to a row's button of that class where there are cards, else to the grid."""
    found = DOCUMENT.querySelector(js(f'.{button}[data-row="') + row + '"]')
    return let(found, lambda one: when(maybe(one, "offsetParent"), one.focus(), focus()))
