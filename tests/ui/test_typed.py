"""What a page sends becomes an edit, or a refusal that says why: never an exception."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from shiftapp.domain.cell import LONGEST_NOTE, Cell
from shiftapp.domain.edit import EditAsked
from shiftapp.domain.refusal import Refused
from shiftapp.ui.state.grid import Typed

PLAIN: dict[str, Any] = {
    "period_id": 1,
    "edit_id": str(uuid4()),
    "number": 1,
    "kind": "edit",
    "types": {"A": 11, "B": 12},
    "strips": [{"staff_id": 5, "day": "2026-12-21", "letters": "A~.B"}],
    "pin": None,
}


def typed(**given: Any) -> Typed:
    return Typed.model_validate({**PLAIN, **given})


def strip(letters: str = "A", day: str = "2026-12-21") -> list[dict[str, Any]]:
    return [{"staff_id": 5, "day": day, "letters": letters}]


def test_letters_become_shift_types_day_by_day() -> None:
    asked = typed().asked()
    assert isinstance(asked, EditAsked)
    assert [(cell.day, cell.shift) for cell in asked.cells] == [
        (date(2026, 12, 21), 11), (date(2026, 12, 23), None), (date(2026, 12, 24), 12),
    ]  # fmt: skip


def test_a_letter_that_names_no_shift_type_is_refused() -> None:
    assert typed(strips=strip("AZ")).asked() == Refused("shift.unknown")


def test_every_cell_says_at_which_seq_it_was_typed() -> None:
    asked = typed(seen=7).asked()
    assert isinstance(asked, EditAsked)
    assert {cell.seen for cell in asked.cells} == {7}


def test_a_pin_needs_no_letters() -> None:
    asked = typed(strips=strip("Z."), pin=True, types={}).asked()
    assert isinstance(asked, EditAsked)
    assert [cell.pinned for cell in asked.cells] == [True, True]


def test_a_note_changes_nothing_but_the_note_and_an_empty_one_is_given_too() -> None:
    for note in ("at the doctor's", ""):
        asked = typed(strips=strip("."), note=note).asked()
        assert isinstance(asked, EditAsked)
        assert [cell.onto(Cell(7, True, "old", 3), 4) for cell in asked.cells] == [Cell(7, True, note, 4)]


def test_a_note_that_cannot_be_stored_is_refused() -> None:
    assert typed(strips=strip("."), note="\0").asked() == Refused("refused.payload")
    with pytest.raises(ValidationError):
        typed(strips=strip("."), note="x" * (LONGEST_NOTE + 1))


def test_dates_beyond_the_calendar_are_refused() -> None:
    assert typed(strips=strip("AAAA", "9999-12-30")).asked() == Refused("refused.payload")


def test_an_edit_of_nothing_is_refused() -> None:
    assert isinstance(typed(strips=strip("~~")).asked(), Refused)


@pytest.mark.parametrize(
    "wrong",
    [
        {"period_id": 2**70},
        {"types": {"A": 2**70}},
        {"strips": [{"staff_id": -1, "day": "2026-12-21", "letters": "A"}]},
    ],
)
def test_numbers_that_no_database_holds_do_not_get_in(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        typed(**wrong)


@given(some.text(max_size=92), some.dates(), some.sampled_from([None, True, False]))
def test_whatever_letters_and_dates_there_is_an_answer(letters: str, day: date, pin: bool | None) -> None:
    assert isinstance(typed(strips=strip(letters, day.isoformat()), pin=pin).asked(), EditAsked | Refused)
