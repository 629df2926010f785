"""Shift types. Every function works inside the caller's transaction, in its team."""

from collections.abc import Iterable
from typing import cast

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.domain.shift_type import Kind, ShiftType, StaffType
from shiftapp.store.tables.shift_types import ShiftTypeRow

FIELDS = (
    "rank", "code", "symbol", "key", "name_ja", "name_en", "kind", "start_minute", "end_minute", "minutes", "absence",
    "rest", "colour", "automatic", "active",
)  # fmt: skip


def shift_type_of(row: ShiftTypeRow) -> ShiftType:
    """Return the shift type a row holds."""
    return ShiftType(
        id=cast("int", row.id),
        rank=row.rank,
        code=row.code,
        symbol=row.symbol,
        key=row.key,
        name_ja=row.name_ja,
        name_en=row.name_en,
        kind=cast("Kind", row.kind),
        start_minute=row.start_minute,
        end_minute=row.end_minute,
        minutes=row.minutes,
        absence=row.absence,
        rest=row.rest,
        colour=row.colour,
        staff_types=None if row.staff_types is None else cast("tuple[StaffType, ...]", tuple(row.staff_types)),
        automatic=row.automatic,
        active=row.active,
    )


async def all_shift_types(session: AsyncSession) -> list[ShiftType]:
    """Return every shift type by rank, inactive ones too."""
    rows = await session.exec(select(ShiftTypeRow).order_by(col(ShiftTypeRow.rank), col(ShiftTypeRow.id)))
    return [shift_type_of(row) for row in rows]


async def add_shift_types(session: AsyncSession, team_id: int, shifts: Iterable[ShiftType]) -> list[ShiftType]:
    """Store new shift types; return them with their ids."""
    rows = [
        ShiftTypeRow(
            team_id=team_id,
            staff_types=None if shift.staff_types is None else list(shift.staff_types),
            **{field: getattr(shift, field) for field in FIELDS},
        )
        for shift in shifts
    ]
    session.add_all(rows)
    await session.flush()
    return [shift_type_of(row) for row in rows]


async def save_shift_type(session: AsyncSession, shift: ShiftType) -> None:
    """Write every field of a stored shift type.

    Raises
    ------
    LookupError
        The team has no such shift type.
    """
    row = await session.get(ShiftTypeRow, shift.id)
    if row is None:
        raise LookupError(f"no shift type {shift.id}")
    for field in FIELDS:
        setattr(row, field, getattr(shift, field))
    row.staff_types = None if shift.staff_types is None else list(shift.staff_types)
    session.add(row)
    await session.flush()
