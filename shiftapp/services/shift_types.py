"""The team's shift types: adding, changing and ordering them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.shift_type import KINDS, ShiftType
from shiftapp.domain.visitor import Visitor
from shiftapp.store import shift_types
from shiftapp.store.books import hold_book
from shiftapp.store.database import database
from shiftapp.store.notices import notify_team

MOST: Final = 200
"""Shift types of a team at most, with the inactive ones, which are never deleted."""
MOST_ACTIVE: Final = 26
"""Active ones at most: the page writes a letter for each."""
LONGEST_SYMBOL: Final = 3
LONGEST_NAME: Final = 40
DAY: Final = 1440
"""Minutes."""


async def save_shift_type(who: Visitor, asked: ShiftType) -> ShiftType | Refused:
    """Add a shift type (``id`` 0) behind the others, or change one; its order and its code stay.

    Returns
    -------
    ShiftType or Refused
        With ``field``, the field that is meant: ``shift_type.symbol``, ``.key``, ``.name``, ``.times``, ``.minutes``
        for what cannot be kept; ``.symbol_taken``, ``.key_taken``; ``.last`` where no active type of work or of off
        would remain; ``.many``. Without: ``.unknown``.
    """
    if (refused := authorise(who, Action.EDIT_SHIFT_TYPES)) is not None:
        return refused
    try:
        async with database().transaction(who.team_id, who.user_id) as session:
            await hold_book(session, who.team_id)
            every = await shift_types.all_shift_types(session)
            wanted = _placed(asked, every)
            if isinstance(wanted, Refused):
                return wanted
            if (wrong := _wrong(wanted) or _clash(wanted, every)) is not None:
                return wrong
            saved = await _write(session, who.team_id, wanted)
            await notify_team(session, who.team_id, "shift_types")
            return saved
    except IntegrityError:
        # another manager's symbol or key of the same letters was committed a moment ago
        return Refused("shift_type.symbol_taken", {"field": "symbol", "other": asked.symbol})


async def move_shift_type(who: Visitor, shift_id: int, by: int) -> Refused | None:
    """Move a shift type ``by`` places in menus and legends, −1 up, 1 down; past the ends it stays."""
    if (refused := authorise(who, Action.EDIT_SHIFT_TYPES)) is not None:
        return refused
    async with database().transaction(who.team_id, who.user_id) as session:
        await hold_book(session, who.team_id)
        every = await shift_types.all_shift_types(session)
        at = next((place for place, shift in enumerate(every) if shift.id == shift_id), None)
        if at is None:
            return Refused("shift_type.unknown")
        every.insert(max(0, at + by), every.pop(at))
        for rank, shift in enumerate(every):
            if shift.rank != rank:
                await shift_types.save_shift_type(session, replace(shift, rank=rank))
        await notify_team(session, who.team_id, "shift_types")
    return None


def _placed(asked: ShiftType, every: Sequence[ShiftType]) -> ShiftType | Refused:
    """Give the order and code that a form does not say."""
    if asked.id:
        stored = next((shift for shift in every if shift.id == asked.id), None)
        return Refused("shift_type.unknown") if stored is None else replace(asked, rank=stored.rank, code=stored.code)
    if len(every) >= MOST:
        return Refused("shift_type.many", {"most": MOST_ACTIVE})
    codes = {shift.code for shift in every}
    code = next(name for number in range(len(every), 2 * MOST) if (name := f"own_{number}") not in codes)
    return replace(asked, rank=max((shift.rank for shift in every), default=-1) + 1, code=code)


def _wrong(shift: ShiftType) -> Refused | None:
    """Refuse what the table could not keep."""
    start, end = shift.start_minute, shift.end_minute
    if not 1 <= len(shift.symbol) <= LONGEST_SYMBOL or shift.symbol.isspace():
        return Refused("shift_type.symbol", {"field": "symbol", "longest": LONGEST_SYMBOL})
    if len(shift.key) > 1 or not (shift.key == "" or (shift.key.isprintable() and not shift.key.isspace())):
        return Refused("shift_type.key", {"field": "key"})
    for field, name in (("name_ja", shift.name_ja), ("name_en", shift.name_en)):
        if not 1 <= len(name) <= LONGEST_NAME:
            return Refused("shift_type.name", {"field": field, "longest": LONGEST_NAME})
    if shift.kind not in KINDS or not 0 <= shift.absence <= 2:
        return Refused("refused.payload")
    if (start is None) != (end is None):
        return Refused("shift_type.times", {"field": "start" if start is None else "end"})
    if start is not None and end is not None and not 0 <= start < DAY >= end - start > 0:
        return Refused("shift_type.times", {"field": "end"})
    if not 0 <= shift.minutes <= DAY:
        return Refused("shift_type.minutes", {"field": "hours"})
    return None


def _clash(shift: ShiftType, every: Sequence[ShiftType]) -> Refused | None:
    """Refuse a symbol or key that another shift type has, and to leave the team without work or without off."""
    others = [other for other in every if other.id != shift.id]
    for other in others:
        if other.symbol == shift.symbol:
            return Refused("shift_type.symbol_taken", {"field": "symbol", "other": other.symbol})
        if shift.key and other.key.lower() == shift.key.lower():
            return Refused("shift_type.key_taken", {"field": "key", "other": other.symbol})
    if shift.active and sum(other.active for other in others) >= MOST_ACTIVE:
        return Refused("shift_type.many", {"field": "active", "most": MOST_ACTIVE})
    for kind in ("work", "off"):
        had = any(other.kind == kind and other.active for other in every)
        if had and not any(other.kind == kind and other.active for other in [*others, shift]):
            return Refused("shift_type.last", {"field": "active"})
    return None


async def _write(session: AsyncSession, team_id: int, shift: ShiftType) -> ShiftType:
    if shift.id:
        await shift_types.save_shift_type(session, shift)
        return shift
    return (await shift_types.add_shift_types(session, team_id, (shift,)))[0]
