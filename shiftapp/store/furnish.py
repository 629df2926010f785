"""What a new team finds in its rooms."""

from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.domain.rule_settings import default_rules
from shiftapp.domain.shift_type import default_shift_types
from shiftapp.store.rules import add_rules, all_rules
from shiftapp.store.shift_types import add_shift_types, all_shift_types


async def furnish(session: AsyncSession, team_id: int) -> None:
    """Give the team the default shift types and rules, whichever of the two it has none of."""
    if not await all_shift_types(session):
        await add_shift_types(session, team_id, default_shift_types())
    if not await all_rules(session):
        await add_rules(session, team_id, default_rules())
