"""The periods page: what the team's room feeds into it, and what it asks for."""

from typing import Any

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from shiftapp.domain.period import LONGEST, Period
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Visitor
from shiftapp.services import periods
from shiftapp.ui.client import Kept
from shiftapp.ui.gate import handler
from shiftapp.ui.state.board import Board
from shiftapp.ui.state.form import Fields, Form, focus, show_error, show_errors
from shiftapp.ui.state.live import live

OPEN = Kept("openperiod", 0)
"""Id of the period whose name is being changed; −1: a new one is being made; 0: neither."""


class Renamed(BaseModel):
    """The form that renames a period."""

    model_config = ConfigDict(extra="forbid")

    period: int
    fields: Fields = Field(max_length=10)


class Created(BaseModel):
    """The form of a new period."""

    model_config = ConfigDict(extra="forbid")

    fields: Fields = Field(max_length=20)


@live
class PeriodsState(Board, rx.State):
    """The team's periods, latest first: id, name, starts, ends (ISO), days, state.

    ``next`` gives the dates of the next one and two business months, ``[starts, ends]`` each.
    """

    periods: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    next: rx.Field[list[list[str]]] = rx.field(default_factory=lambda: [["", ""], ["", ""]])
    start_day: int = 21

    @handler(Action.SEE_SCHEDULE)
    async def open(self, who: Visitor) -> Any:
        """Show the team's periods and follow what becomes of them: on every load and every reconnect."""
        return await self._join(who, "periods")

    @handler(Action.EDIT_PERIODS, Created)
    async def create(self, who: Visitor, asked: Created) -> Any:
        """Make a period and go to its schedule."""
        form = Form(asked.fields)
        chosen = form.choice("length", ("one", "two", "own"))
        prefix = "" if chosen == "own" else f"{chosen}."
        name = form.text("name", periods.LONGEST_NAME)
        starts, ends = form.date(f"{prefix}starts"), form.date(f"{prefix}ends")
        if not form.wrong and ends < starts:
            form.blame(f"{prefix}ends", "form.dates")
        elif not form.wrong and (ends - starts).days >= LONGEST:
            form.blame(f"{prefix}ends", "periods.too_long", most=LONGEST)
        if form.wrong:
            return show_errors(form.wrong)
        made = await periods.create_period(who, starts, ends, name)
        if not isinstance(made, Period):
            return show_error(made)
        return [show_errors({}), OPEN.push(0), rx.redirect(f"/schedule/{made.id}")]

    @handler(Action.EDIT_PERIODS, Renamed)
    async def rename(self, who: Visitor, asked: Renamed) -> Any:
        """Give a period another name."""
        form = Form(asked.fields)
        name = form.text("name", periods.LONGEST_NAME)
        if form.wrong:
            return show_errors(form.wrong)
        answer = await periods.rename_period(who, asked.period, name)
        if isinstance(answer, Refused):
            return show_error(answer)
        return [show_errors({}), OPEN.push(0), focus(f"period-{asked.period}")]
