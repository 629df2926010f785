"""What people prefer and avoid is read row by row, or refused beside its row."""

import json
from datetime import date

import pytest

from shiftapp.domain.rule_params_cells import Preference, PriorityParams
from shiftapp.domain.rule_settings import read_params
from shiftapp.ui.state.form import Form
from shiftapp.ui.state.rule_form import read_numbers
from shiftapp.ui.state.rule_preferences import MOST
from shiftapp.ui.text import table

ROW = {"staff": "12", "prefers": True, "shifts": ["early"], "weekdays": [], "dates": "", "level": 3, "hard": False}


def sent(*rows: object) -> Form:
    """Return the form as the page sends it."""
    return Form({f"preference.{at}": row if isinstance(row, str) else json.dumps(row) for at, row in enumerate(rows)})


def test_rows_are_kept_in_their_order_as_they_were_entered() -> None:
    weekend = {"prefers": False, "shifts": ["off", 7], "weekdays": [6, 5], "level": 5, "hard": True}
    dated = {"staff": "3", "dates": "2026/12/31、2026-12-24", "weekdays": list(range(7))}
    form = sent(ROW | weekend, *[ROW] * 9, ROW | dated)
    params = read_params("priority", read_numbers("priority", form))
    assert not form.wrong
    assert isinstance(params, PriorityParams)
    assert params.preferences[0] == Preference(
        staff=12, shifts=("off", 7), prefers=False, weekdays=(5, 6), level=5, hard=True
    )
    assert params.preferences[1:10] == (Preference(staff=12, shifts=("early",)),) * 9
    assert params.preferences[10] == Preference(
        staff=3, shifts=("early",), dates=(date(2026, 12, 24), date(2026, 12, 31))
    )


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (ROW | {"staff": ""}, "rules.priority.who"),
        (ROW | {"shifts": []}, "rules.priority.which"),
        (ROW | {"dates": "Christmas"}, "rules.scope.dates_wrong"),
        (ROW | {"level": 6}, "rules.priority.broken"),
        (ROW | {"shifts": ["surprise"]}, "rules.priority.broken"),
        (ROW | {"staff": "x"}, "rules.priority.broken"),
        (ROW | {"weekdays": [7]}, "rules.priority.broken"),
        ("[" * 5000, "rules.priority.broken"),
        ("", "rules.priority.broken"),
    ],
)
def test_what_is_wrong_is_said_beside_its_row(row: object, code: str) -> None:
    form = sent(ROW, row)
    read_numbers("priority", form)
    assert {field: why.code for field, why in form.wrong.items()} == {"preference.1": code}
    assert code in table()


def test_a_rule_has_so_many_preferences_and_no_more() -> None:
    form = sent(*[ROW] * (MOST + 1))
    assert len(read_numbers("priority", form)["preferences"]) == MOST
    assert form.wrong["preferences"].code == "rules.priority.many"
    full = sent(*[ROW] * MOST)
    read_numbers("priority", full)
    assert not full.wrong
