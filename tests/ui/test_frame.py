"""A number that no column of the database can hold is no id: it does not pass the door."""

import pytest
from reflex_base.utils.format import format_event_handler

from shiftapp.ui.frame import internal, read
from shiftapp.ui.state.grid import GridState


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**30])
def test_a_number_that_no_column_holds_does_not_pass_the_door(number: int) -> None:
    """The control is the largest that one does hold."""
    edit = format_event_handler(GridState.event_handlers["edit"])
    for sent, passes in ((2**63 - 1, True), (number, False)):
        for asked in ({"period_id": sent}, {"strips": [{"staff_id": sent}]}):
            found = read({"name": edit, "payload": {"asked": asked}}, internal())
            assert (found is not None) == passes
