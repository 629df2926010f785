"""The demo kitchen: eighteen people, two business months around New Year, with wishes, groups and a closure."""

from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.visitor import Visitor
from shiftapp.importing.demo import demo_files
from shiftapp.importing.report import Report
from shiftapp.services.imports import import_inside
from shiftapp.store import periods, staff
from shiftapp.store.database import database
from shiftapp.store.furnish import furnish
from shiftapp.store.notices import notify_team


async def create_demo(who: Visitor) -> Report | Refused:
    """Fill the visitor's team with the demo kitchen, named in the visitor's language, and its period.

    Returns
    -------
    Report or Refused
        ``demo.not_empty`` where the team has staff or a period: nothing is ever overwritten.
    """
    if (refused := authorise(who, Action.IMPORT)) is not None:
        return refused
    async with database().transaction(who.team_id, who.user_id) as session:
        if await staff.all_staff(session) or await periods.all_periods(session):
            return Refused("demo.not_empty")
        await furnish(session, who.team_id)
        report = await import_inside(session, who.team_id, demo_files(who.language))
        if report.problems:
            raise RuntimeError(f"the demo cannot be imported: {report.problems[0]}")
        await notify_team(session, who.team_id, "team")
        return report
