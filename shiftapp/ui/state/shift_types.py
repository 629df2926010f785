"""The shift types page: what the team's room feeds into it, and what it asks for."""

import unicodedata
from typing import Any

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from shiftapp.domain.permission import Action
from shiftapp.domain.shift_type import KINDS, STAFF_TYPES, ShiftType
from shiftapp.domain.visitor import Visitor
from shiftapp.services import shift_types
from shiftapp.services.shift_types import DAY, LONGEST_NAME, LONGEST_SYMBOL
from shiftapp.ui.gate import handler
from shiftapp.ui.state.answers import Sent, answer, reject
from shiftapp.ui.state.board import Board
from shiftapp.ui.state.form import Form
from shiftapp.ui.state.live import live

COLOURS = ("gray", "red", "orange", "amber", "green", "teal", "blue", "indigo", "violet", "pink")


class SavedShift(Sent):
    """The form of a shift type."""

    shift: int = Field(ge=0)


class MovedShift(BaseModel):
    """One step up or down in the order."""

    model_config = ConfigDict(extra="forbid")

    shift: int
    up: bool


@live
class ShiftTypesState(Board, rx.State):
    """The team's shift types by rank, inactive ones too, with the fields of ``domain.shift_type.ShiftType``."""

    shifts: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)

    @handler(Action.SEE_SCHEDULE)
    async def open(self, who: Visitor) -> Any:
        """Show the team's shift types and follow what becomes of them: on every load and every reconnect."""
        return await self._join(who, "shift_types")

    @handler(Action.EDIT_SHIFT_TYPES, SavedShift)
    async def save(self, who: Visitor, asked: SavedShift) -> Any:
        """Add or change a shift type, or say beside the fields what is wrong."""
        form = Form(asked.fields)
        shift = read_shift(form, asked.shift)
        if form.wrong:
            return await reject(self, asked, form.wrong)
        return await answer(self, asked, await shift_types.save_shift_type(who, shift))

    @handler(Action.EDIT_SHIFT_TYPES, MovedShift)
    async def move(self, who: Visitor, asked: MovedShift) -> Any:
        """Move a shift type one place up or down."""
        return await shift_types.move_shift_type(who, asked.shift, -1 if asked.up else 1)


def read_shift(form: Form, shift_id: int) -> ShiftType:
    """Return the shift type a form describes; its order and code are not the form's to say."""
    start, end = form.clock("start"), form.clock("end")
    if start is not None and end is not None and end <= start:
        end += DAY
    ticked = form.ticks("type", STAFF_TYPES)
    if not ticked:
        form.blame("type", "form.tick_one")
    return ShiftType(
        id=shift_id,
        rank=0,
        code="",
        symbol=form.text("symbol", LONGEST_SYMBOL, least=1),
        key=unicodedata.normalize("NFKC", form.text("key", 1)).lower(),
        name_ja=form.text("name_ja", LONGEST_NAME, least=1),
        name_en=form.text("name_en", LONGEST_NAME, least=1),
        kind=form.choice("kind", KINDS),
        start_minute=start,
        end_minute=end,
        minutes=form.minutes("hours", DAY),
        absence=int(form.choice("absence", ("0", "1", "2"))),
        rest=form.ticked("rest"),
        colour=form.choice("colour", COLOURS),
        staff_types=None if len(ticked) == len(STAFF_TYPES) else ticked,
        automatic=form.ticked("automatic"),
        active=form.ticked("active"),
    )
