"""Teams, staff and periods for tests that need a real one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from uuid import uuid4

from shiftapp.domain.edit import CellAsked, EditAsked, EditKind
from shiftapp.domain.period import Period
from shiftapp.domain.permission import Role
from shiftapp.domain.shift_type import ShiftType
from shiftapp.domain.staff import StaffGroup, StaffMember
from shiftapp.domain.visitor import Visitor
from shiftapp.services.demo import create_demo
from shiftapp.store import accounts, periods, shift_types, staff
from shiftapp.store.database import Database, bind
from shiftapp.store.edits import Author
from shiftapp.store.furnish import furnish
from shiftapp.store.tables.accounts import Team, UserAccount

STARTS = date(2026, 12, 21)
_number = count(1)


@dataclass(frozen=True)
class Kitchen:
    """A furnished team with a period."""

    team_id: int
    owner: Visitor
    staff: tuple[StaffMember, ...]
    shifts: dict[str, ShiftType]
    period: Period

    @property
    def author(self) -> Author:
        """The owner, as the store knows authors."""
        return Author(self.team_id, self.owner.user_id)

    def day(self, index: int) -> date:
        """Return the date of a column."""
        return self.period.starts + timedelta(days=index)

    def shift(self, symbol: str) -> int:
        """Return a shift type's id."""
        return self.shifts[symbol].id

    def cell(self, row: int, column: int, symbol: str | None, seen: int | None = None) -> CellAsked:
        """Ask for a symbol in a cell, by position."""
        shift = None if symbol is None else self.shift(symbol)
        return CellAsked(staff_id=self.staff[row].id, day=self.day(column), shift=shift, seen=seen)

    def edit(self, *cells: CellAsked, kind: EditKind = "edit") -> EditAsked:
        """Ask for an edit under a new id."""
        return EditAsked(period_id=self.period.id, edit_id=uuid4(), kind=kind, cells=cells)

    def put(self, row: int, column: int, symbol: str | None) -> EditAsked:
        """Ask for one symbol in one cell."""
        return self.edit(self.cell(row, column, symbol))


def member(name: str, rank: int = 0, **given: object) -> StaffMember:
    """Return a regular staff member who is not stored yet."""
    plain = StaffMember(0, rank, name, "", "", "regular", (), 2400, None, None)
    return replace(plain, **given)  # type: ignore[arg-type]


async def add_account(database: Database, team_id: int, role: Role = Role.OWNER) -> Visitor:
    """Store an account with a role in a team; nobody can sign in to it."""
    number = next(_number)
    async with database.transaction(team_id) as session:
        account = UserAccount(email=f"user{number}@example.com", name=f"User {number}", password_hash="!")
        user_id = await accounts.add_account(session, account)
        accounts.add_member(session, team_id, user_id, role)
    return Visitor(user_id, team_id, role, account.name, "en")


async def add_team(database: Database) -> int:
    """Store a furnished team."""
    async with database.transaction() as session:
        team_id = await accounts.add_team(session, Team(name="Kitchen", language="ja", country="JP"))
        await furnish(session, team_id)
    return team_id


async def kitchen(
    database: Database,
    people: int | Sequence[StaffMember] = 3,
    days: int = 10,
    starts: date = STARTS,
    groups: Sequence[Sequence[int]] = (),
) -> Kitchen:
    """Make a team with an owner, staff, groups (by position) and one draft period."""
    team_id = await add_team(database)
    owner = await add_account(database, team_id)
    asked = [member(f"Person {row}", row) for row in range(people)] if isinstance(people, int) else people
    async with database.transaction(team_id) as session:
        members = await staff.add_staff(session, team_id, asked)
        await staff.add_groups(
            session,
            team_id,
            [
                StaffGroup(0, rank, f"Group {rank}", tuple(members[row].id for row in rows))
                for rank, rows in enumerate(groups)
            ],
        )
        period = await periods.add_period(session, team_id, "", starts, starts + timedelta(days=days - 1))
        shifts = {shift.symbol: shift for shift in await shift_types.all_shift_types(session)}
    return Kitchen(team_id, owner, tuple(members), shifts, period)


async def demo_kitchen(database: Database) -> Kitchen:
    """Make a team with an owner and the demo kitchen: eighteen people and sixty-two days, all empty."""
    team_id = await add_team(database)
    owner = await add_account(database, team_id)
    bind(database)
    try:
        await create_demo(owner)
    finally:
        bind(None)
    async with database.transaction(team_id) as session:
        members = await staff.all_staff(session)
        (period,) = await periods.all_periods(session)
        shifts = {shift.symbol: shift for shift in await shift_types.all_shift_types(session)}
    return Kitchen(team_id, owner, tuple(members), shifts, period)
