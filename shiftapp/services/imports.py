"""Importing a folder of CSV files into a team: all of it or nothing."""

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from shiftapp.domain.period import LONGEST, business_months, default_dates
from shiftapp.domain.permission import Action
from shiftapp.domain.refusal import Refused, authorise
from shiftapp.domain.request import Request
from shiftapp.domain.staff import StaffGroup, StaffMember
from shiftapp.domain.visitor import Visitor
from shiftapp.importing.folder import MOST_STAFF, STAFF, Folder, in_order, read_folder
from shiftapp.importing.report import Problem, Report, Tally
from shiftapp.services.schedule import today
from shiftapp.store import periods, rules, shift_types, staff
from shiftapp.store.books import hold_book
from shiftapp.store.database import database
from shiftapp.store.edits import Author
from shiftapp.store.employment import clear_outside, driver, filled_outside, hold_periods
from shiftapp.store.furnish import furnish
from shiftapp.store.notices import notify_team
from shiftapp.store.tables.accounts import Team

USUAL_MONTHS = 2


class _NotNow(Exception):
    """Takes back what a dry run, or an import with problems, wrote so far."""


async def import_folder(who: Visitor, files: Mapping[str, bytes], *, dry_run: bool = False) -> Report | Refused:
    """Bring staff, calendar, groups and requests of a folder into the team.

    What has the name (staff, groups), the date (calendar) or person, date and shift type (requests) of something the
    team has replaces it; nothing is deleted. A team without a period gets the business months the folder speaks of.

    Parameters
    ----------
    files : mapping
        File name → content.
    dry_run : bool
        Report what would be done, and do nothing.

    Returns
    -------
    Report or Refused
        With problems, nothing was written.
    """
    if (refused := authorise(who, Action.IMPORT)) is not None:
        return refused
    report = Report(done=False)
    try:
        async with database().transaction(who.team_id, who.user_id) as session:
            await hold_book(session, who.team_id)
            await furnish(session, who.team_id)
            if not dry_run:
                await hold_periods(await driver(session), who.team_id)
            report = await import_inside(session, who.team_id, files)
            if report.problems or dry_run:
                raise _NotNow
            await notify_team(session, who.team_id, "team")
    except _NotNow:
        return replace(report, done=False)
    return report


async def import_inside(session: AsyncSession, team_id: int, files: Mapping[str, bytes]) -> Report:
    """Do as ``import_folder`` inside the caller's transaction, which must be taken back where there are problems."""
    present = await staff.all_staff(session)
    shifts = await shift_types.all_shift_types(session)
    folder = read_folder(files, present, shifts)
    problems = [*folder.problems, *await _staff_problems(session, folder, present)]
    if problems:
        return Report(False, in_order(problems), ignored=folder.ignored)
    tallies = {"staff": await _write_staff(session, team_id, folder, present)}
    ids = {member.name: member.id for member in await staff.all_staff(session)}
    tallies["groups"] = await _write_groups(session, team_id, folder, ids)
    tallies["calendar"] = await _write_calendar(session, team_id, folder)
    tallies["requests"] = await _write_requests(session, team_id, folder, ids)
    tallies["periods"] = await _write_period(session, team_id, folder)
    return Report(True, (), tallies, folder.ignored)


async def _staff_problems(session: AsyncSession, folder: Folder, present: list[StaffMember]) -> list[Problem]:
    """Return what only the team's own data can object to."""
    held = {member.name: member for member in present}
    found: list[Problem] = []
    active = {member.name for member in present if member.active} | {member.name for member in folder.staff}
    if folder.staff and len(active) > MOST_STAFF:
        found.append(Problem(STAFF, 0, "import.too_many", {"most": MOST_STAFF}))
    connection = await driver(session)
    for member in folder.staff:
        if member.name in held:
            outside = await filled_outside(connection, held[member.name].id, member.employed_from, member.employed_to)
            if outside:
                args = {"name": member.name, "day": outside[0].day.isoformat(), "count": len(outside)}
                found.append(Problem(STAFF, folder.staff_lines[member.name], "import.cells_outside", args))
    return found


async def _write_staff(session: AsyncSession, team_id: int, folder: Folder, present: list[StaffMember]) -> Tally:
    held = {member.name: member for member in present}
    new = [member for member in folder.staff if member.name not in held]
    await staff.add_staff(session, team_id, new)
    changed = [
        now
        for member in folder.staff
        if (old := held.get(member.name)) is not None and (now := replace(member, id=old.id)) != old
    ]
    connection, author = await driver(session), Author(team_id, None)
    for member in changed:
        # nothing is in the cells outside the employment, but their rows may still be there
        await clear_outside(connection, author, member.id, member.employed_from, member.employed_to)
        await staff.save_staff(session, member)
    return Tally(len(new), len(changed), len(folder.staff) - len(new) - len(changed))


async def _write_groups(session: AsyncSession, team_id: int, folder: Folder, ids: Mapping[str, int]) -> Tally:
    held = {group.name: group for group in await staff.all_groups(session)}
    added = changed = 0
    rank = max((group.rank for group in held.values()), default=-1) + 1
    for position, line in enumerate(folder.groups):
        members = tuple(sorted(ids[name] for name in line.members))
        backups = tuple(sorted(ids[name] for name in line.backups))
        old = held.get(line.name)
        if old is None:
            await staff.add_groups(session, team_id, [StaffGroup(0, rank + position, line.name, members, backups)])
            added += 1
        elif (now := replace(old, members=members, backups=backups)) != old:
            await staff.save_group(session, team_id, now)
            changed += 1
    return Tally(added, changed, len(folder.groups) - added - changed)


async def _write_calendar(session: AsyncSession, team_id: int, folder: Folder) -> Tally:
    if not folder.calendar:
        return Tally()
    days = sorted(day.day for day in folder.calendar)
    held = {day.day: day for day in await periods.calendar_between(session, days[0], days[-1])}
    differs = [day for day in folder.calendar if held.get(day.day) != day]
    await periods.set_calendar(session, team_id, differs)
    added = sum(day.day not in held for day in differs)
    return Tally(added, len(differs) - added, len(folder.calendar) - len(differs))


async def _write_requests(session: AsyncSession, team_id: int, folder: Folder, ids: Mapping[str, int]) -> Tally:
    if not folder.requests:
        return Tally()
    days = sorted(asked.day for asked in folder.requests)
    held = {(old.staff_id, old.day, old.shift): old for old in await rules.requests_between(session, days[0], days[-1])}
    new: list[Request] = []
    changed: list[Request] = []
    for line in folder.requests:
        asked = Request(0, ids[line.name], line.day, line.shift.id, line.wanted, line.weight, line.note)
        old = held.get((asked.staff_id, asked.day, asked.shift))
        if old is None:
            new.append(asked)
        elif (now := replace(asked, id=old.id, state=old.state)) != old:
            changed.append(now)
    await rules.add_requests(session, team_id, new)
    for asked in changed:
        await rules.save_request(session, asked)
    return Tally(len(new), len(changed), len(folder.requests) - len(new) - len(changed))


async def _write_period(session: AsyncSession, team_id: int, folder: Folder) -> Tally:
    """Give a team without periods the business months that the folder's dates lie in, as many as one period holds."""
    if await periods.all_periods(session):
        return Tally()
    team = await session.get_one(Team, team_id)
    days = sorted([day.day for day in folder.calendar] + [asked.day for asked in folder.requests])
    first, last = default_dates(today(team.time_zone), team.start_day, USUAL_MONTHS)
    if days:
        months = business_months(days[0], days[-1], team.start_day)
        first = months[0][0]
        last = max(end for _, end in months if (end - first).days < LONGEST)
    await periods.add_period(session, team_id, "", first, last)
    return Tally(added=1)
