"""The periods page: what the team's room feeds into it, and what it asks for."""

from typing import Any

import reflex as rx

from shiftapp.domain.period import LONGEST, Period
from shiftapp.domain.permission import Action
from shiftapp.domain.visitor import Visitor
from shiftapp.services import periods
from shiftapp.ui.gate import handler
from shiftapp.ui.state.answers import Sent, accept, answer, reject
from shiftapp.ui.state.board import Board
from shiftapp.ui.state.form import Form
from shiftapp.ui.state.live import live


class Renamed(Sent):
    """The form that renames a period."""

    period: int


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

    @handler(Action.EDIT_PERIODS, Sent)
    async def create(self, who: Visitor, asked: Sent) -> Any:
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
            return await reject(self, asked, form.wrong)
        made = await periods.create_period(who, starts, ends, name)
        if not isinstance(made, Period):
            return await reject(self, asked, made)
        await accept(self, asked)
        return rx.redirect(f"/schedule/{made.id}")

    @handler(Action.EDIT_PERIODS, Renamed)
    async def rename(self, who: Visitor, asked: Renamed) -> Any:
        """Give a period another name."""
        form = Form(asked.fields)
        name = form.text("name", periods.LONGEST_NAME)
        if form.wrong:
            return await reject(self, asked, form.wrong)
        return await answer(self, asked, await periods.rename_period(who, asked.period, name))
