"""A repair: who covers an absence, in a queue, and what becomes of the option that is chosen."""

from datetime import timedelta

import psycopg
import pytest

from shiftapp.domain.calendar import CalendarDay
from shiftapp.domain.edit import CellAsked
from shiftapp.domain.refusal import Refused
from shiftapp.domain.run import Run
from shiftapp.services import calendar, options, runs
from shiftapp.services.resolve import resolve_clashes
from shiftapp.services.runs import Applied
from shiftapp.store.database import Database
from shiftapp.store.edits import apply_edit
from tests.factories import Kitchen, kitchen
from tests.jobs.working import no_search, over, start, until

AWAY, FIRST, LAST = 1, 2, 4
"""Row of who is away, and columns."""


async def rostered(database: Database) -> Kitchen:
    """Return a kitchen with a generated roster in which the absent and somebody else are pinned on one day."""
    mine = await kitchen(database, 6, 10)
    await start(mine, 5)
    run = await until(mine, over)
    assert isinstance(await runs.apply_run(mine.owner, run.id), Applied)
    pins = [CellAsked(staff_id=mine.staff[row].id, day=mine.day(FIRST), pinned=True) for row in (AWAY, 3)]
    await apply_edit(database, mine.author, mine.edit(*pins))
    return mine


async def ask(mine: Kitchen, first: int = FIRST, last: int = LAST) -> Run | Refused:
    return await options.start_repair(mine.owner, mine.period.id, mine.staff[AWAY].id, mine.day(first), mine.day(last))


def held(as_owner: psycopg.Connection, mine: Kitchen) -> dict[tuple[int, int], tuple[int | None, bool]]:
    rows = as_owner.execute(
        "SELECT staff_id, day, shift_type_id, pinned FROM cell WHERE period_id = %s", (mine.period.id,)
    ).fetchall()
    return {(staff, (day - mine.day(0)).days): (shift, pinned) for staff, day, shift, pinned in rows}


@pytest.mark.usefixtures("working")
async def test_the_option_chosen_is_one_change_set_that_leaves_pins_but_those_of_who_is_away(
    database: Database, as_owner: psycopg.Connection
) -> None:
    mine = await rostered(database)
    before = held(as_owner, mine)
    asked = await ask(mine)
    assert isinstance(asked, Run)
    assert (asked.kind, asked.seconds) == ("repair", 10)
    run = await until(mine, over)
    assert (run.status, run.roster) == ("finished", None)
    assert run.answer is not None
    assert 1 <= len(run.answer["options"]) <= 3
    assert await runs.apply_run(mine.owner, run.id) == Refused("run.nothing_found")
    chosen = await options.choose_option(mine.owner, run.id, 0)
    assert isinstance(chosen, Run)
    option = run.answer["options"][0]
    assert (chosen.choice, chosen.cost, chosen.hard) == (0, option["cost"], 0)
    applied = await runs.apply_run(mine.owner, run.id)
    assert isinstance(applied, Applied)
    after = held(as_owner, mine)
    absent = mine.staff[AWAY].id
    gone = {(absent, day) for day in range(FIRST, LAST + 1)}
    rest = {shift.id for shift in mine.shifts.values() if shift.absence == 2}
    assert all(after[place][0] in rest and after[place][1] for place in gone)
    others = {place for place in before if place not in gone and before[place] != after[place]}
    assert others == {(int(move["person"]), move["day"]) for move in option["changed"]}
    assert after[mine.staff[3].id, FIRST] == before[mine.staff[3].id, FIRST]


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize("days_off", [0, LAST - FIRST + 1])
async def test_searched_again_it_covers_around_what_was_edited_meanwhile(
    database: Database, as_owner: psycopg.Connection, days_off: int
) -> None:
    """Also where colleagues have entered the days off themselves: others can still cover."""
    mine = await rostered(database)
    assert isinstance(await ask(mine), Run)
    first = await until(mine, over)
    assert isinstance(await options.choose_option(mine.owner, first.id, 0), Run)
    before = held(as_owner, mine)[mine.staff[5].id, FIRST][0]
    edits = [mine.cell(5, FIRST, "△" if before == mine.shift("○") else "○")]
    edits += [mine.cell(AWAY, FIRST + day, "★") for day in range(days_off)]
    await apply_edit(database, mine.author, mine.edit(*edits))
    asked = await resolve_clashes(mine.owner, first.id)
    assert isinstance(asked, Run), asked
    run = await until(mine, over)
    assert (run.id, run.status, run.kind) == (asked.id, "finished", "repair")
    assert run.answer is not None
    absent = {str(shift.id) for shift in mine.shifts.values() if shift.absence == 2}
    for option in run.answer["options"]:
        assert option["roster"][str(mine.staff[5].id)][FIRST] == str(edits[0].shift)
        gone = option["roster"][str(mine.staff[AWAY].id)][FIRST : LAST + 1]
        assert set(gone) <= absent
        assert gone[:days_off] == [str(mine.shift("★"))] * days_off
    assert isinstance(await options.choose_option(mine.owner, run.id, 0), Run)
    assert isinstance(await runs.apply_run(mine.owner, run.id), Applied)
    after = held(as_owner, mine)
    assert after[mine.staff[5].id, FIRST] == (edits[0].shift, False)
    assert all(after[mine.staff[AWAY].id, day][1] for day in range(FIRST, LAST + 1))


@pytest.mark.usefixtures("working")
async def test_where_nobody_can_cover_the_rules_that_clash_are_named(database: Database) -> None:
    mine = await rostered(database)
    assert await calendar.set_day(mine.owner, CalendarDay(mine.day(FIRST), "must_work")) is None
    assert isinstance(await ask(mine), Run)
    run = await until(mine, over)
    assert (run.status, run.error_code, run.roster) == ("failed", "run.nobody_covers", None)
    assert run.answer is not None
    kinds = {part["kind"] for part in run.answer["clash"]["parts"]}
    assert "calendar" in kinds


@pytest.mark.usefixtures("working")
async def test_a_repair_is_cancelled_like_any_search(database: Database) -> None:
    mine = await rostered(database)
    asked = await ask(mine)
    assert isinstance(asked, Run)
    cancelled = await runs.cancel_run(mine.owner, asked.id)
    assert isinstance(cancelled, Run)
    assert (await until(mine, over)).status == "cancelled"
    await no_search(10)


async def test_what_cannot_be_an_absence_is_refused_in_words(database: Database) -> None:
    mine = await kitchen(database, 3, 5)
    stranger = await kitchen(database, 1, 5)
    assert await ask(mine, 3, 2) == Refused("repair.dates")
    assert await ask(mine, 7, 9) == Refused("repair.dates")
    theirs = stranger.staff[0].id
    day = mine.day(0)
    assert await options.start_repair(mine.owner, mine.period.id, theirs, day, day) == Refused("repair.unknown")
    assert await options.start_repair(stranger.owner, mine.period.id, theirs, day, day) == Refused("period.unknown")


async def test_an_absence_beyond_the_period_counts_as_far_as_the_period_goes(database: Database) -> None:
    mine = await kitchen(database, 3, 5)
    run = await options.start_repair(
        mine.owner, mine.period.id, mine.staff[AWAY].id, mine.day(3), mine.day(3) + timedelta(days=30)
    )
    assert isinstance(run, Run)
    assert run.away() == {(mine.staff[AWAY].id, mine.day(day)) for day in (3, 4)}


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize("apply", [False, True])
async def test_alternatives_offer_the_roster_itself_and_others_that_keep_the_hard_rules(
    database: Database, monkeypatch: pytest.MonkeyPatch, apply: bool
) -> None:
    monkeypatch.setattr(options, "ALTERNATIVES_SECONDS", 4.0)
    mine = await kitchen(database, 6, 10)
    await start(mine, 5)
    first = await until(mine, over)
    if apply:
        assert isinstance(await runs.apply_run(mine.owner, first.id), Applied)
    asked = await options.start_alternatives(mine.owner, first.id, 10)
    assert isinstance(asked, Run)
    run = await until(mine, over)
    assert (run.status, run.kind, run.roster, run.cost) == ("finished", "alternatives", first.roster, first.cost)
    assert run.answer is not None
    assert first.cost is not None
    offered = run.answer["options"]
    assert 2 <= len(offered) <= 4
    assert all(one["cost"] <= first.cost * 1.1 for one in offered)
    chosen = await options.choose_option(mine.owner, run.id, 1)
    assert isinstance(chosen, Run)
    assert (chosen.roster, chosen.hard) == (offered[1]["roster"], 0)
    assert isinstance(await runs.apply_run(mine.owner, run.id), Applied)
