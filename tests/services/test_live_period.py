"""From an edit to every server's pages, over a real database: stale snapshot + changes = fresh."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import psycopg
import pytest

from shiftapp.domain.calendar import CalendarDay
from shiftapp.domain.edit import EditDone
from shiftapp.domain.period import Period
from shiftapp.domain.refusal import Refused
from shiftapp.domain.rule_settings import RuleSetting
from shiftapp.live.replica import GRID
from shiftapp.services import calendar, periods, rule_list, rules, shift_types, staff
from shiftapp.services.edits import edit_cells
from shiftapp.services.imports import import_folder
from shiftapp.services.live_period import live_periods
from tests.factories import Kitchen, member
from tests.live.books import shown
from tests.services.conftest import Page, Servers


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


async def _newcomer(k: Kitchen) -> object:
    added = await staff.add_staff(k.owner, member("Newcomer", employed_from=k.day(2)))
    assert not isinstance(added, Refused)
    return await staff.move_staff(k.owner, added.id, -2)


async def _days_before(k: Kitchen) -> object:
    """Fill the days before the period, which are another's, with more work in a row than may be."""
    earlier = await periods.create_period(k.owner, k.day(-8), k.day(-1))
    assert isinstance(earlier, Period)
    theirs = replace(k, period=earlier)
    await edit_cells(k.owner, k.put(0, 0, "○"))
    return await edit_cells(k.owner, theirs.edit(*(theirs.cell(0, column, "○") for column in range(8))))


@pytest.mark.parametrize("act", [_off, _list, _newcomer, _days_before])
async def test_after_several_verbs_a_stale_snapshot_plus_changes_is_a_fresh_one(
    servers: Servers, act: Callable[[Kitchen], Awaitable[object]]
) -> None:
    await _edit(servers.k)
    await servers.both_current()
    answer = await act(servers.k)
    assert not isinstance(answer, Refused), answer
    await servers.both_current()


async def _strict(k: Kitchen) -> object:
    return await rule_list.apply_preset(k.owner, "strict")


async def _short(k: Kitchen) -> object:
    return await shift_types.save_shift_type(k.owner, replace(k.shifts["△"], minutes=200))


async def _closed(k: Kitchen) -> object:
    return await calendar.set_day(k.owner, CalendarDay(k.day(5), "must_off"))


async def _asked(k: Kitchen) -> object:
    asked = f"name,date,symbol\nPerson 1,{k.day(3)},△\n".encode()
    return await import_folder(k.owner, {"requests.csv": asked})


@pytest.mark.parametrize("act", [_strict, _newcomer, _days_before, _short, _closed, _asked])
async def test_what_prices_are_worked_out_by_has_one_mark_on_every_server_until_the_team_changes_it(
    servers: Servers, act: Callable[[Kitchen], Awaitable[object]]
) -> None:
    k, pages = servers.k, (servers.here, servers.there)

    def marks() -> set[object]:
        return {page.values[GRID]["book"] for page in pages}

    before = marks()
    assert len(before) == 1
    await _edit(k)
    await servers.both_current()
    assert marks() == before
    answer = await act(k)
    assert not isinstance(answer, Refused), answer
    await servers.both_current()
    async with asyncio.timeout(10):
        while len(marks()) != 1 or marks() & before:  # noqa: ASYNC110  two pages are told one after the other
            await asyncio.sleep(0.02)


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
