"""Searching again around the edits that a repair met: they are held, and whoever is away stays away."""

from typing import Any

import psycopg
import pytest

from shiftapp.domain.cell import Place
from shiftapp.domain.edit import CellAsked
from shiftapp.domain.refusal import Refused
from shiftapp.domain.run import Run
from shiftapp.services import options, runs
from shiftapp.services.resolve import resolve_clashes
from shiftapp.store.database import Database
from shiftapp.store.edits import apply_edit
from tests.factories import STARTS, Kitchen, kitchen
from tests.services.test_resolve import again, held
from tests.services.test_runs import cells, filled, worked

AWAY, FIRST, LAST = 0, 2, 4
"""Row of who is away, and columns."""


@pytest.fixture(autouse=True)
def on_the_first_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "today", lambda _: STARTS)


async def met(database: Database, mine: Kitchen, *edits: CellAsked, apply: bool = False) -> Run:
    """Ask who covers in a roster where everybody works; return the run, whose roster the edits met."""
    for row in range(len(mine.staff)):
        await apply_edit(database, mine.author, mine.edit(*(mine.cell(row, day, "○") for day in range(6))))
    asked = await options.start_repair(mine.owner, mine.period.id, mine.staff[AWAY].id, mine.day(FIRST), mine.day(LAST))
    assert isinstance(asked, Run)
    rows = filled(mine)
    rows[AWAY][FIRST : LAST + 1] = ["×"] * 3
    run = await worked(database, mine, asked, rows)
    await apply_edit(database, mine.author, mine.edit(*edits))
    if apply:
        await runs.apply_run(mine.owner, run.id)
    return run


def place(mine: Kitchen, row: int, column: int) -> Place:
    return mine.staff[row].id, mine.day(column)


def span(mine: Kitchen, first: int, last: int) -> dict[str, Any]:
    return {"staff_id": mine.staff[AWAY].id, "first": mine.day(first).isoformat(), "last": mine.day(last).isoformat()}


@pytest.mark.parametrize("apply", [False, True])
async def test_edits_are_held_the_absence_is_still_in_force_and_all_else_is_near_to_what_stands(
    database: Database, apply: bool
):
    mine = await kitchen(database, people=3, days=6)
    run = await met(database, mine, mine.cell(1, 3, "△"), apply=apply)
    new, problem = await again(database, mine, run)
    assert held(mine, problem) == {place(mine, 1, 3): mine.shift("△")}
    assert (new.kind, new.scope, new.seconds, new.workers) == ("repair", "unpinned", run.seconds, 1)
    assert new.question["away"] == run.question["away"] == [span(mine, FIRST, LAST)]
    asked = new.question["asked"]
    assert asked["away"] == {str(mine.staff[AWAY].id): [FIRST, FIRST + 1, LAST]}
    work, off, early = (str(mine.shift(symbol)) for symbol in "○×△")
    assert asked["published"][str(mine.staff[1].id)] == [work] * 3 + [early] + [work] * 2
    absent = [off if apply else work] * 3
    assert asked["published"][str(mine.staff[AWAY].id)] == [work] * 2 + absent + [work]
    assert asked["weights"] == []


async def test_pins_stay_but_those_of_the_absence_and_a_published_period_weighs_what_changes(
    database: Database, as_owner: psycopg.Connection
):
    mine = await kitchen(database, people=3, days=6)
    pin = CellAsked(staff_id=mine.staff[2].id, day=mine.day(5), shift=mine.shift("◇"), pinned=True)
    await apply_edit(database, mine.author, mine.edit(pin))
    run = await met(database, mine, mine.cell(1, 3, "△"), apply=True)
    pins = {at for at, cell in (await cells(database, mine)).items() if cell.pinned}
    assert pins == {place(mine, 2, 5), *(place(mine, AWAY, day) for day in range(FIRST, LAST + 1))}
    as_owner.execute("UPDATE period SET state = 'published' WHERE id = %s", (mine.period.id,))
    new, problem = await again(database, mine, run)
    assert set(held(mine, problem)) == {place(mine, 1, 3), place(mine, 2, 5)}
    soon = [[str(member.id), day, options.SHORT] for day in range(6) for member in mine.staff]
    assert new.question["asked"]["weights"] == soon


async def test_a_day_off_that_somebody_entered_in_the_absence_is_held_too(database: Database):
    mine = await kitchen(database, people=3, days=6)
    run = await met(database, mine, mine.cell(AWAY, 3, "★"))
    new, problem = await again(database, mine, run)
    assert held(mine, problem) == {place(mine, AWAY, 3): mine.shift("★")}
    assert new.question["away"] == [span(mine, FIRST, LAST)]
    assert new.question["asked"]["away"] == {str(mine.staff[AWAY].id): [FIRST, LAST]}


async def test_who_was_given_work_on_a_day_is_away_on_the_others(database: Database):
    mine = await kitchen(database, people=3, days=6)
    run = await met(database, mine, mine.cell(AWAY, 3, "△"), mine.cell(AWAY, LAST, None))
    new, problem = await again(database, mine, run)
    assert held(mine, problem) == {place(mine, AWAY, 3): mine.shift("△")}
    assert new.question["away"] == [span(mine, FIRST, FIRST), span(mine, LAST, LAST)]
    assert new.question["asked"]["away"] == {str(mine.staff[AWAY].id): [FIRST, LAST]}


async def test_a_second_search_holds_what_the_first_held(database: Database):
    mine = await kitchen(database, people=3, days=6)
    run = await met(database, mine, mine.cell(1, 3, "△"), mine.cell(AWAY, FIRST, "★"))
    second, _ = await again(database, mine, run)
    rows = filled(mine)
    rows[1][3] = "△"
    rows[AWAY][FIRST : LAST + 1] = ["★", "×", "×"]
    await worked(database, mine, second, rows)
    await apply_edit(database, mine.author, mine.put(2, 0, "×"))
    third, problem = await again(database, mine, second)
    assert held(mine, problem) == {
        place(mine, 1, 3): mine.shift("△"),
        place(mine, AWAY, FIRST): mine.shift("★"),
        place(mine, 2, 0): mine.shift("×"),
    }
    assert third.question["away"] == run.question["away"]


@pytest.mark.parametrize("apply", [False, True])
async def test_what_is_chosen_then_leaves_the_edit_and_pins_the_absence(database: Database, apply: bool):
    mine = await kitchen(database, people=3, days=6)
    run = await met(database, mine, mine.cell(1, 3, "△"), apply=apply)
    new, _ = await again(database, mine, run)
    rows = filled(mine)
    rows[1][3], rows[2][3] = "△", "◇"
    rows[AWAY][FIRST : LAST + 1] = ["×"] * 3
    await worked(database, mine, new, rows)
    await runs.apply_run(mine.owner, new.id)
    stands = await cells(database, mine)
    for row, column, symbol, pinned in ((1, 3, "△", False), (2, 3, "◇", False), (AWAY, 3, "×", True)):
        cell = stands[place(mine, row, column)]
        assert (cell.shift, cell.pinned) == (mine.shift(symbol), pinned)


async def test_where_nothing_is_left_to_cover_nothing_is_searched(database: Database, as_owner: psycopg.Connection):
    mine = await kitchen(database, people=3, days=6)
    run = await met(database, mine, *(mine.cell(AWAY, day, "△") for day in range(FIRST, LAST + 1)))
    assert await resolve_clashes(mine.owner, run.id) == Refused("repair.at_work")
    as_owner.execute("UPDATE staff SET active = false WHERE id = %s", (mine.staff[AWAY].id,))
    assert await resolve_clashes(mine.owner, run.id) == Refused("repair.unknown")
    as_owner.execute("UPDATE period SET state = 'archived' WHERE id = %s", (mine.period.id,))
    assert await resolve_clashes(mine.owner, run.id) == Refused("edit.archived")
    assert as_owner.execute("SELECT count(*) FROM run").fetchone() == (1,)
