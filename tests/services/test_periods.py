"""Periods: which one opens, whose it is, how new ones follow, and what a shorter employment empties."""

from dataclasses import replace
from datetime import timedelta

import psycopg

from shiftapp.domain.calendar import CalendarDay
from shiftapp.domain.period import Period
from shiftapp.domain.permission import Role
from shiftapp.domain.refusal import Refused
from shiftapp.services import calendar, groups, periods, rules, staff
from shiftapp.services.edits import edit_cells
from shiftapp.services.schedule import Opened, chosen, open_period, toolbar
from shiftapp.store.database import Database
from tests.factories import add_account, add_team, member
from tests.services.conftest import Servers


async def test_cutting_an_employment_empties_its_cells_in_the_log_and_only_as_agreed(
    servers: Servers, database: Database, as_owner: psycopg.Connection
) -> None:
    k = servers.k
    await edit_cells(k.owner, k.edit(k.cell(1, 1, "○"), k.cell(1, 5, "×"), k.cell(1, 6, "×")))
    cut = replace(k.staff[1], employed_to=k.day(4))
    would = await staff.change_staff(k.owner, cut)
    assert would == staff.WouldDrop(2, k.day(5))
    assert await staff.change_staff(k.owner, cut, drops=1) == would
    assert isinstance(await staff.change_staff(k.owner, cut, drops=2), type(cut))
    kept = as_owner.execute("SELECT day FROM cell").fetchall()
    assert kept == [(k.day(1),)]
    logged = as_owner.execute("SELECT s.kind, c.day FROM change c JOIN change_set s USING (period_id, seq) ORDER BY 2")
    assert ("employment", k.day(5)) in logged.fetchall()
    as_owner.execute("UPDATE period SET state = 'archived'")
    refused = await staff.change_staff(k.owner, replace(cut, employed_to=k.day(0)), drops=1)
    assert isinstance(refused, Refused)
    assert refused.code == "staff.archived"


async def test_without_a_period_id_the_one_of_today_opens_else_the_next_else_the_last(
    servers: Servers, database: Database
) -> None:
    k = servers.k
    before = await periods.create_period(k.owner, k.day(-20), k.day(-10))
    after = await periods.create_period(k.owner, k.day(30), k.day(40))
    assert isinstance(before, Period)
    assert isinstance(after, Period)
    every = await periods.list_periods(k.owner)
    assert not isinstance(every, Refused)
    for index, expected in ((-30, before.id), (-15, before.id), (-5, k.period.id), (3, k.period.id), (99, after.id)):
        found = chosen(every, None, k.day(index))
        assert found is not None
        assert found.id == expected
    bar = toolbar(every, every[1])
    assert (bar["previous"], bar["following"]) == (before.id, after.id)


async def test_another_teams_period_opens_like_an_unknown_one(servers: Servers, database: Database) -> None:
    team = await add_team(database)
    stranger = await add_account(database, team)
    assert await open_period(stranger, servers.k.period.id) == Refused("period.unknown")
    assert await open_period(stranger, 999_999) == Refused("period.unknown")
    assert await open_period(stranger, None) == Refused("period.none")


async def test_who_may_only_look_changes_nothing(servers: Servers, database: Database) -> None:
    k = servers.k
    viewer = await add_account(database, k.team_id, Role.VIEWER)
    refusals = [
        await edit_cells(viewer, k.put(0, 0, "×")),
        await periods.create_period(viewer),
        await staff.add_staff(viewer, member("X")),
        await groups.delete_group(viewer, 1),
        await calendar.set_day(viewer, CalendarDay(k.day(0), "must_off")),
        await rules.change_rule(viewer, 1, enabled=False),
    ]
    assert [answer.code if isinstance(answer, Refused) else answer for answer in refusals] == ["refused.right"] * 6
    opened = await open_period(viewer, k.period.id)
    assert isinstance(opened, Opened)
    assert opened.view["ToolbarState"]["may_edit"] is False


async def test_new_periods_follow_the_last_one_and_never_overlap(servers: Servers) -> None:
    k = servers.k
    made = await periods.create_period(k.owner, months=1)
    assert isinstance(made, Period)
    assert made.starts > k.period.ends
    assert (made.starts.day, made.ends + timedelta(days=1)) == (21, made.starts.replace(month=made.starts.month + 1))
    clash = await periods.create_period(k.owner, k.day(5), k.day(50))
    assert clash == Refused(
        "period.overlap", {"starts": k.period.starts.isoformat(), "ends": k.period.ends.isoformat()}
    )
    for first, last in ((200, 199), (200, 292)):
        assert await periods.create_period(k.owner, k.day(first), k.day(last)) == Refused(
            "period.dates", {"longest": 92}
        )
