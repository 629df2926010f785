"""From an edit to every server's pages, over a real database: stale snapshot + changes = fresh."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from shiftapp.domain.calendar import CalendarDay
from shiftapp.domain.edit import EditDone
from shiftapp.domain.patch_wire import decode
from shiftapp.domain.period import Period
from shiftapp.domain.permission import Role
from shiftapp.domain.refusal import Refused
from shiftapp.domain.rule_settings import RuleSetting
from shiftapp.domain.staff import StaffGroup
from shiftapp.live.hub import Hub
from shiftapp.live.replica import Replica, Values
from shiftapp.services import calendar, groups, periods, rule_list, rules, staff
from shiftapp.services.edits import edit_cells
from shiftapp.services.live_period import live_periods, load, read_log
from shiftapp.services.schedule import Opened, chosen, open_period, toolbar
from shiftapp.store import edits, notices
from shiftapp.store.database import Database
from shiftapp.store.listen import listen
from tests.factories import Kitchen, add_account, add_team, kitchen, member
from tests.live.test_replica import merged, shown


class Page:
    """A page: a snapshot, and what its room was told since."""

    def __init__(self) -> None:
        self.values: Values = {}
        self.told = asyncio.Event()

    async def take(self, room: str, values: Values) -> None:
        self.values = merged(self.values, values)
        self.told.set()

    async def until(self, reached: Callable[[], Awaitable[bool]]) -> None:
        """Wait until the page is as wanted."""
        async with asyncio.timeout(10):
            self.told.clear()
            while not await reached():
                await self.told.wait()
                self.told.clear()


class Servers:
    """Two servers on one database: this process's own, and another that only listens."""

    def __init__(self, k: Kitchen) -> None:
        self.k = k
        self.here, self.there = Page(), Page()
        self.other = Hub(load, read_log, self.there.take)

    async def fresh(self) -> dict[str, object]:
        reading = await load(self.k.team_id, self.k.period.id)
        assert reading is not None
        return shown(Replica(reading).snapshot())

    async def both_current(self) -> None:
        for page in (self.here, self.there):

            async def reached(page: Page = page) -> bool:
                return shown(page.values) == await self.fresh()

            await page.until(reached)


@pytest.fixture
async def servers(database: Database) -> AsyncIterator[Servers]:
    two = Servers(await kitchen(database, 4, 12, groups=[[0, 1]]))

    async def hear_period(payload: str) -> None:
        notice = decode(payload)
        two.other.carry_over(notice.team_id, notice.period_id, notice.patch)
        await two.other.hear(notice.period_id, notice.seq, notice.patch)

    async def hear_team(payload: str) -> None:
        await two.other.team_changed(notices.decode(payload)[0])

    listening = asyncio.Event()

    async def connected() -> None:
        listening.set()

    heard = {edits.CHANNEL: hear_period, notices.CHANNEL: hear_team}
    task = asyncio.create_task(listen(database, heard, connected))
    async with live_periods(two.here.take, lambda room: True):
        await listening.wait()
        opened = await open_period(two.k.owner, two.k.period.id)
        assert isinstance(opened, Opened)
        two.here.values = opened.view
        replica = await two.other.open(two.k.team_id, two.k.period.id)
        assert replica is not None
        two.there.values = replica.snapshot()
        yield two
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_an_edit_is_on_ones_own_page_when_it_is_answered_and_soon_on_the_others(servers: Servers) -> None:
    k = servers.k
    answer = await edit_cells(k.owner, k.put(0, 0, "×"))
    assert isinstance(answer, EditDone)
    assert shown(servers.here.values) == await servers.fresh()
    await servers.both_current()


async def test_an_edit_too_large_for_a_notification_arrives_all_the_same(servers: Servers) -> None:
    k = servers.k
    noted = [
        k.cell(row, day, "×").model_copy(update={"note": "長い" * 200, "pinned": True})
        for row in range(4)
        for day in range(12)
    ]
    await edit_cells(k.owner, k.edit(*[type(one).model_validate(one.model_dump()) for one in noted], kind="paste"))
    await servers.both_current()


async def test_edits_at_the_same_moment_end_in_the_same_page_everywhere(servers: Servers) -> None:
    k = servers.k
    symbols = ("○", "×", "△")
    await asyncio.gather(
        *(edit_cells(k.owner, k.put(turn % 4, turn % 12, symbols[turn % 3])) for turn in range(60)),
    )
    await servers.both_current()


async def _edit(k: Kitchen) -> object:
    return await edit_cells(k.owner, k.edit(*(k.cell(row, 3, "×") for row in range(4))))


async def _rule(k: Kitchen) -> object:
    every = await rules.list_rules(k.owner)
    assert not isinstance(every, Refused)
    limits = next(rule for rule in every if rule.kind == "daily_limits")
    return await rules.change_rule(k.owner, limits.id, params={"every_day": {"minimum": 0, "maximum": 1}})


async def _off(k: Kitchen) -> object:
    every = await rules.list_rules(k.owner)
    assert not isinstance(every, Refused)
    changed = [await rules.change_rule(k.owner, rule.id, enabled=False) for rule in every if rule.kind == "group_cover"]
    assert isinstance(changed[0], RuleSetting)
    return await rules.reset_rule(k.owner, changed[0].id)


async def _list(k: Kitchen) -> object:
    """A rule removed and brought back, so under a new id, after the weights of all changed."""
    await rule_list.apply_preset(k.owner, "strict")
    every = await rules.list_rules(k.owner)
    assert not isinstance(every, Refused)
    removed = await rule_list.remove_rule(k.owner, next(rule.id for rule in every if rule.kind == "daily_limits"))
    assert isinstance(removed, RuleSetting)
    return await rule_list.restore_rule(k.owner, removed)


async def _day(k: Kitchen) -> object:
    return await calendar.set_day(k.owner, CalendarDay(k.day(3), "must_off", "repair"))


async def _ordinary(k: Kitchen) -> object:
    await _day(k)
    return await calendar.clear_days(k.owner, [k.day(3)])


async def _newcomer(k: Kitchen) -> object:
    added = await staff.add_staff(k.owner, member("Newcomer", employed_from=k.day(2)))
    assert not isinstance(added, Refused)
    return await staff.move_staff(k.owner, added.id, -2)


async def _leaver(k: Kitchen) -> object:
    last = replace(k.staff[1], employed_to=k.day(2))
    would = await staff.change_staff(k.owner, last)
    assert isinstance(would, staff.WouldDrop)
    return await staff.change_staff(k.owner, last, drops=would.cells)


async def _group(k: Kitchen) -> object:
    return await groups.save_group(k.owner, StaffGroup(0, 0, "New", (k.staff[2].id, k.staff[3].id)))


async def _period(k: Kitchen) -> object:
    return await periods.create_period(k.owner)


async def _days_before(k: Kitchen) -> object:
    """Fill the days before the period, which are another's, with more work in a row than may be."""
    earlier = await periods.create_period(k.owner, k.day(-8), k.day(-1))
    assert isinstance(earlier, Period)
    theirs = replace(k, period=earlier)
    await edit_cells(k.owner, k.put(0, 0, "○"))
    return await edit_cells(k.owner, theirs.edit(*(theirs.cell(0, column, "○") for column in range(8))))


@pytest.mark.parametrize(
    "act", [_edit, _rule, _off, _list, _day, _ordinary, _newcomer, _leaver, _group, _period, _days_before]
)
async def test_after_every_verb_a_stale_snapshot_plus_changes_is_a_fresh_one(
    servers: Servers, act: Callable[[Kitchen], Awaitable[object]]
) -> None:
    await _edit(servers.k)
    await servers.both_current()
    answer = await act(servers.k)
    assert not isinstance(answer, Refused), answer
    await servers.both_current()


async def test_a_new_period_and_a_new_name_are_on_the_bars_of_the_open_pages(servers: Servers) -> None:
    k = servers.k
    made = await periods.create_period(k.owner)
    assert isinstance(made, Period)
    await periods.rename_period(k.owner, k.period.id, "New Year")

    async def reached() -> bool:
        bar = servers.here.values["ToolbarState"]
        return (bar["following"], bar["name"]) == (made.id, "New Year")

    await servers.here.until(reached)
    assert servers.here.values["ToolbarState"]["may_edit"] is True


async def test_changes_made_while_nobody_listened_are_there_after_the_connection_is_back(
    servers: Servers, as_owner: psycopg.Connection
) -> None:
    k = servers.k
    await edit_cells(k.owner, k.put(0, 0, "×"))
    as_owner.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
    await calendar.set_day(k.owner, CalendarDay(k.day(5), "must_off"))
    await periods.rename_period(k.owner, k.period.id, "New Year")

    async def reached() -> bool:
        return (
            servers.here.values["ToolbarState"]["name"] == "New Year"
            and shown(servers.here.values) == await servers.fresh()
        )

    await servers.here.until(reached)


@pytest.mark.usefixtures("database")
async def test_what_could_not_be_looked_at_after_a_reconnection_is_looked_at_again_and_holds_up_nothing() -> None:
    failing, looked, done = [2], [], asyncio.Event()

    async def shaky() -> None:
        if failing[0]:
            failing[0] -= 1
            raise ConnectionError("away")
        done.set()

    async def steady() -> None:
        looked.append(failing[0])

    async with live_periods(Page().take, lambda room: True, reconnected=(shaky, steady)), asyncio.timeout(10):
        await done.wait()
    assert looked == [1], "asked in the same moment, not after the other is done"


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
