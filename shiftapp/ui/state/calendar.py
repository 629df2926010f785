"""The calendar page: what the team's room feeds into it, and what it asks for."""

from datetime import date
from typing import Any, Literal

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from shiftapp.domain.calendar import DAY_KINDS, CalendarDay, DayKind
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Visitor
from shiftapp.services import calendar
from shiftapp.services.calendar import LONGEST_NOTE
from shiftapp.ui.gate import handler
from shiftapp.ui.state.answers import Sent, answer, reject
from shiftapp.ui.state.board import Board
from shiftapp.ui.state.form import Form
from shiftapp.ui.state.live import live

NORMAL: Literal["normal"] = "normal"


class Turned(BaseModel):
    """A date becomes another kind of day; its note stays."""

    model_config = ConfigDict(extra="forbid")

    day: date
    kind: DayKind | Literal["normal"]
    note: str = Field(default="", max_length=LONGEST_NOTE)


class SavedDay(Sent):
    """The form of one date."""

    day: date


@live
class CalendarState(Board, rx.State):
    """The team's calendar.

    ``days``: ISO date → [kind, note] of what the team entered; ``holidays``: ISO date → [Japanese, English] name of the
    national holiday; ``today``: ISO date where the team is.
    """

    days: rx.Field[dict[str, list[str]]] = rx.field(default_factory=dict)
    holidays: rx.Field[dict[str, list[str]]] = rx.field(default_factory=dict)
    country: str = ""
    today: str = ""

    @handler(Action.SEE_SCHEDULE)
    async def open(self, who: Visitor) -> Any:
        """Show the team's calendar and follow what becomes of it: on every load and every reconnect."""
        return await self._join(who, "calendar")

    @handler(Action.EDIT_CALENDAR, Turned)
    async def turn(self, who: Visitor, asked: Turned) -> Any:
        """Make a date the kind of day that its reader chose."""
        return await _set(who, asked.day, asked.kind, asked.note)

    @handler(Action.EDIT_CALENDAR, SavedDay)
    async def save(self, who: Visitor, asked: SavedDay) -> Any:
        """Save kind and note of a date."""
        form = Form(asked.fields)
        kind = form.choice("kind", (NORMAL, *DAY_KINDS))
        note = form.text("note", LONGEST_NOTE)
        if form.wrong:
            return await reject(self, asked, form.wrong)
        return await answer(self, asked, await _set(who, asked.day, kind, note))


async def _set(who: Visitor, day: date, kind: DayKind | Literal["normal"], note: str) -> Refused | None:
    if kind == NORMAL:
        return await calendar.clear_days(who, [day])
    return await calendar.set_day(who, CalendarDay(day, kind, note))
