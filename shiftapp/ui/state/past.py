"""A period's history on a page: its change sets, the moment it is shown at, and going back."""

import time
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, Literal
from uuid import UUID

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field

from shiftapp.domain.edit import Change, EditKind
from shiftapp.domain.past import Goal, Plan, RestoreAsked, Wanted
from shiftapp.domain.permission import Action, may
from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Visitor
from shiftapp.live import rooms
from shiftapp.live.past import HISTORY
from shiftapp.live.replica import Values
from shiftapp.services import past
from shiftapp.services.schedule import TOOLBAR
from shiftapp.store.log import NEWEST
from shiftapp.ui.gate import handler
from shiftapp.ui.state.extent import extent
from shiftapp.ui.state.grid import GridState, Id
from shiftapp.ui.state.live import Live, live
from shiftapp.ui.state.past_lines import cell_lines, milliseconds, set_line


class Listed(BaseModel):
    """A page of change sets: those before ``before``, or the newest where that is 0."""

    model_config = ConfigDict(extra="forbid")

    period_id: Id
    before: Id = 0
    by: Id | None = None
    of: Id | None = None
    day: date | None = None
    kind: EditKind | Literal[""] = ""

    @property
    def wanted(self) -> Wanted:
        """What is asked for."""
        return Wanted(self.by, self.of, self.day, (self.kind,) if self.kind else ())


class SetNamed(BaseModel):
    """One change set."""

    model_config = ConfigDict(extra="forbid")

    period_id: Id
    seq: Id


class MomentsNamed(SetNamed):
    """One moment, or two: ``until`` None is the same, ``now`` the period as it stands."""

    until: Id | Literal["now"] | None = None


class TimeNamed(BaseModel):
    """A time, in milliseconds since 1970."""

    model_config = ConfigDict(extra="forbid")

    period_id: Id
    at: int = Field(ge=0, lt=2**42)


class BackWanted(BaseModel):
    """What is to be restored, and of which row and day."""

    model_config = ConfigDict(extra="forbid")

    period_id: Id
    goal: Goal
    number: Id
    staff_id: Id | None = None
    day: date | None = None

    def asked(self, seen: int = 0, edit_id: UUID | None = None) -> RestoreAsked:
        """Return what the service is asked for."""
        return RestoreAsked(self.period_id, self.goal, self.number, self.staff_id, self.day, seen, edit_id)


class BackTaken(BackWanted):
    """The same once its plan was looked at."""

    seen: Id
    edit_id: UUID


@live
class PastState(Live, rx.State):
    """The history of the period on the page.

    Attributes
    ----------
    lines
        Change sets, newest first: [seq, kind, run id, what the run was for, milliseconds since 1970, who, kind of what
        it undoes or "", number of cells and of people, staff id of one of them, first and last date, then the cell as
        in ``cells`` where it is a single one].
    opened, cells
        Seq of the change set that is unfolded, and its first cells: [staff id, date, before: shift type id or "", "1"
        or "" whether pinned; after: the same; "1" where its note changed, and then which it was and which it is].
    view
        What the grid shows instead of the period as it is: ``mode`` (``moment``, ``compare``, ``plan``), its figures
        and what `shiftapp.live.past` tells of notes and pins; empty where it is the period as it is. ``differing`` are
        the first of its cells that differ.
    """

    people: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    lines: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    opened: int = 0
    cells: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    newest: int = 0
    view: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)
    differing: rx.Field[list[list[str]]] = rx.field(default_factory=list)
    told: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)

    @handler(Action.SEE_HISTORY, Listed)
    async def look(self, who: Visitor, asked: Listed) -> Any:
        """Tell the page some change sets, and have it told of further ones."""
        refused = await past.join_history(who, self.router.session.session_id, asked.period_id)
        if refused is not None:
            return refused
        found = await past.period_history(who, asked.period_id, asked.wanted, asked.before or NEWEST)
        people = await past.authors(who, asked.period_id)
        if isinstance(found, Refused) or isinstance(people, Refused):
            return found if isinstance(found, Refused) else people
        named = [[str(user_id), name] for user_id, name in people]
        return await self._tell({"lines": [set_line(one) for one in found], "people": named})

    @handler(Action.SEE_HISTORY, SetNamed)
    async def unfold(self, who: Visitor, asked: SetNamed) -> Any:
        """Tell the page the cells of a change set."""
        found = await past.set_cells(who, asked.period_id, asked.seq)
        if isinstance(found, Refused):
            return found
        return await self._tell({"opened": asked.seq, "cells": cell_lines(found)})

    @handler(Action.SEE_HISTORY, MomentsNamed)
    async def show(self, who: Visitor, asked: MomentsNamed) -> Any:
        """Show the page the period as it was, and what differs at another moment."""
        until = asked.until
        if until == "now":
            latest = await past.period_history(who, asked.period_id, Wanted())
            if isinstance(latest, Refused):
                return latest
            until = max(asked.seq, latest[0].seq if latest else 0)
        return await self._show(who, asked.period_id, asked.seq, until)

    @handler(Action.SEE_HISTORY, TimeNamed)
    async def show_at(self, who: Visitor, asked: TimeNamed) -> Any:
        """Show the page the period as it was at a time."""
        seq = await past.moment_at(who, asked.period_id, datetime.fromtimestamp(asked.at / 1000, UTC))
        return seq if isinstance(seq, Refused) else await self._show(who, asked.period_id, seq, None)

    @handler(Action.SEE_SCHEDULE)
    async def resume(self, who: Visitor) -> Any:
        """Show the moment that the address names, if it does, to those who may see it: after the period is opened."""
        named = self.router.url.query_parameters
        moments = [named.get(part, "") for part in ("period", "at", "until")]
        period_id, seq, until = (int(one) if one.isdecimal() and len(one) < 16 else None for one in moments)
        if period_id is None or seq is None or not may(who.role, Action.SEE_HISTORY):
            return None
        return await self._show(who, period_id, seq, until)

    @handler(Action.EDIT_CELLS, BackWanted)
    async def plan(self, who: Visitor, asked: BackWanted) -> Any:
        """Show the page what a restore would change."""
        found = await past.plan_restore(who, asked.asked())
        if isinstance(found, Refused):
            return found
        plan, drawn = found
        view = {"mode": "plan", "seen": plan.seq, "asked": asked.model_dump(mode="json"), "may_restore": True}
        return await self._draw(drawn, view | _figures(plan), plan.changes)

    @handler(Action.EDIT_CELLS, BackTaken)
    async def restore(self, who: Visitor, asked: BackTaken) -> Any:
        """Go back; the rows come through the room, to which the page returns."""
        answer = await past.restore(who, asked.asked(asked.seen, asked.edit_id))
        if isinstance(answer, Refused):
            return answer
        told = {"number": time.time_ns() // 1_000_000, **_figures(answer.plan), **extent(answer.done.patch.cells)}
        await self._tell({"told": told})
        return GridState.open

    async def _show(self, who: Visitor, period_id: int, seq: int, until: int | None) -> Refused | None:
        found = await past.as_it_was(who, period_id, seq, until)
        if isinstance(found, Refused):
            return found
        compared = until is not None
        view = {
            "mode": "compare" if compared else "moment",
            "seq": found.seq,
            "at": await self._at(who, period_id, found.seq),
            "until": found.until if compared else None,
            "until_at": await self._at(who, period_id, found.until) if compared else "",
            "count": len(found.changes),
            "may_restore": may(who.role, Action.EDIT_CELLS),
        }
        return await self._draw(found.view, view, found.changes)

    async def _at(self, who: Visitor, period_id: int, seq: int) -> str:
        """Return when the period came to a moment, in milliseconds since 1970; empty before its first change."""
        last = await past.period_history(who, period_id, Wanted(), seq + 1)
        return "" if isinstance(last, Refused) or not last else milliseconds(last[0].at)

    async def _draw(self, drawn: Values, view: dict[str, Any], changes: Iterable[Change]) -> None:
        """Take the page out of the period's room, and show it something else that nobody can edit."""
        page = self.router.session.session_id
        await rooms.leave(page, "period")
        told = {TOOLBAR: {"may_edit": False, "may_generate": False}}
        told[HISTORY] = {"view": view | drawn[HISTORY], "differing": cell_lines(changes)}
        await rooms.tell(page, drawn | told)

    async def _tell(self, values: dict[str, Any]) -> None:
        await rooms.tell(self.router.session.session_id, {HISTORY: values})


def _figures(plan: Plan) -> dict[str, int]:
    return {"count": len(plan.changes), "newer": plan.newer, "outside": plan.outside, "unused": plan.unused}
