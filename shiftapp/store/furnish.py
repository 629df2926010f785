"""What a new team finds in its rooms."""

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.domain.rule_settings import default_rules
from shiftapp.domain.shift_type import default_shift_types
from shiftapp.store.rules import add_rules
from shiftapp.store.shift_types import add_shift_types
from shiftapp.store.tables.rules import RuleRow
from shiftapp.store.tables.shift_types import ShiftTypeRow


async def furnish(session: AsyncSession, team_id: int) -> None:
    """Give the team the default shift types and rules, whichever of the two it has none of.

    Safe also past the walls between teams, as the owner of the database.
    """
    shift = await session.exec(select(ShiftTypeRow.id).where(ShiftTypeRow.team_id == team_id).limit(1))
    if shift.first() is None:
        await add_shift_types(session, team_id, default_shift_types())
    rule = await session.exec(select(RuleRow.id).where(RuleRow.team_id == team_id).limit(1))
    if rule.first() is None:
        await add_rules(session, team_id, default_rules())
