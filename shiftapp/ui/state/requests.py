"""The requests page and a cell's own list: what the period's room feeds into them, and what they ask for."""

from typing import Any, get_args

import reflex as rx
from pydantic import BaseModel, ConfigDict

from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused
from shiftapp.domain.request import HIGHEST_WEIGHT, Request, RequestState
from shiftapp.domain.visitor import Visitor
from shiftapp.live import rooms
from shiftapp.services import requests
from shiftapp.services.schedule import open_period
from shiftapp.ui.gate import handler
from shiftapp.ui.state.answers import Sent, accept, answer, reject
from shiftapp.ui.state.board import Board
from shiftapp.ui.state.form import Form
from shiftapp.ui.state.grid import GridState, Id, period_in_address
from shiftapp.ui.state.live import live

ROUTE = "/requests"
WANTED, UNWANTED = "wanted", "unwanted"
STATES: tuple[RequestState, ...] = get_args(RequestState)


class PeriodNamed(BaseModel):
    """The period whose requests a page follows."""

    model_config = ConfigDict(extra="forbid")

    period_id: Id


class SavedRequest(Sent):
    """The form of a request; 0 is a new one."""

    request: Id


class Decided(BaseModel):
    """A request becomes approved, declined or open."""

    model_config = ConfigDict(extra="forbid")

    request: Id
    state: RequestState


@live
class RequestsState(Board, rx.State):
    """What is asked for in one period, in the encoding of ``shiftapp.live.boards``; ``period`` 0: there is none."""

    period: int = 0
    periods: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    requests: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    people: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    shifts: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)

    @handler(Action.SEE_REQUESTS)
    async def open(self, who: Visitor) -> Any:
        """Show the requests of the period the address names, and its roster, which says what is granted."""
        opened = await open_period(who, period_in_address(self))
        sid = self.router.session.session_id
        if isinstance(opened, Refused):
            # the page opens the first period when somebody makes it
            return await self._join(who, "requests") if opened.code == "period.none" else rx.redirect(ROUTE)
        await rooms.move(sid, opened.room)
        grid = opened.view[GridState.__name__] | {"period": opened.period.id, "missing": ""}
        await rooms.tell(sid, {GridState.__name__: grid})
        return await self._join(who, "requests", opened.period.id)

    @handler(Action.SEE_REQUESTS, PeriodNamed)
    async def choose(self, who: Visitor, asked: PeriodNamed) -> Any:
        """Go to the requests of another period."""
        return rx.redirect(f"{ROUTE}?period={asked.period_id}")

    @handler(Action.SEE_REQUESTS, PeriodNamed)
    async def follow(self, who: Visitor, asked: PeriodNamed) -> Any:
        """Show a page that has a period's schedule open what is asked for there."""
        return await self._join(who, "requests", asked.period_id)

    @handler(Action.SEE_REQUESTS)
    async def unfollow(self, who: Visitor) -> Any:
        """Tell a page no more of requests once its list is closed; one that went to their own page hears of them there.

        The list is empty until it is followed again: it shows nothing that is out of date.
        """
        if self.router.url.path != ROUTE:
            sid = self.router.session.session_id
            await rooms.leave(sid, "requests")
            await rooms.tell(sid, {RequestsState.__name__: {"period": 0}})

    @handler(Action.EDIT_REQUESTS, SavedRequest)
    async def save(self, who: Visitor, asked: SavedRequest) -> Any:
        """Add or change a request, or say beside the fields what is wrong."""
        form = Form(asked.fields)
        read = read_request(form, asked.request)
        if form.wrong:
            return await reject(self, asked, form.wrong)
        return await answer(self, asked, await requests.save_request(who, read))

    @handler(Action.EDIT_REQUESTS, Decided)
    async def decide(self, who: Visitor, asked: Decided) -> Any:
        """Approve or decline a request, or leave it open again."""
        return await requests.decide_request(who, asked.request, asked.state)

    @handler(Action.EDIT_REQUESTS, SavedRequest)
    async def remove(self, who: Visitor, asked: SavedRequest) -> Any:
        """Delete a request, and close its form where it is open."""
        refused = await requests.remove_request(who, asked.request)
        return refused if refused is not None else await accept(self, asked)


def read_request(form: Form, request_id: int) -> Request:
    """Return the request a form describes."""

    def one_of(field: str) -> int:
        found = form.maybe_number(field, 1, 2**63 - 1)
        if found is None:
            form.blame(field, "form.choice")
        return found or 0

    return Request(
        id=request_id,
        staff_id=one_of("staff"),
        day=form.date("day"),
        shift=one_of("shift"),
        wanted=form.choice("wish", (WANTED, UNWANTED)) == WANTED,
        weight=form.number("weight", 0, HIGHEST_WEIGHT),
        note=form.text("note", requests.LONGEST_NOTE),
        state=form.choice("state", STATES),
    )
