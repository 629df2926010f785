"""A run that finds nothing goes on to say why, and a way out that is taken becomes the roster."""

import psycopg
import pytest

from shiftapp.domain.calendar import CalendarDay
from shiftapp.domain.edit import CellAsked
from shiftapp.domain.refusal import Refused
from shiftapp.domain.run import Run
from shiftapp.jobs import work
from shiftapp.services import calendar, options, runs
from shiftapp.services.runs import Applied
from shiftapp.services.solving import SolverDied
from shiftapp.store.database import Database
from shiftapp.store.edits import apply_edit
from solver.check import Checker
from solver.problem import Problem
from tests.factories import Kitchen, kitchen
from tests.jobs.working import no_search, over, start, until

PINNED = (1, 3)
"""Row and column of the cell that is pinned to work on a closure."""


async def torn(database: Database) -> Kitchen:
    """Return a kitchen in which somebody is pinned to work on a closure."""
    mine = await kitchen(database, 5, 8)
    row, column = PINNED
    pin = CellAsked(staff_id=mine.staff[row].id, day=mine.day(column), shift=mine.shift("○"), pinned=True)
    await apply_edit(database, mine.author, mine.edit(pin))
    assert await calendar.set_day(mine.owner, CalendarDay(mine.day(column), "must_off")) is None
    return mine


async def explained(database: Database) -> tuple[Kitchen, Run]:
    mine = await torn(database)
    await start(mine)
    return mine, await until(mine, over, 60)


@pytest.mark.usefixtures("working")
async def test_what_clashes_is_named_with_three_ways_out_and_the_chosen_one_becomes_the_roster(
    database: Database, as_owner: psycopg.Connection
) -> None:
    mine, run = await explained(database)
    person, day = str(mine.staff[PINNED[0]].id), PINNED[1]
    assert (run.status, run.outcome, run.error_code, run.roster) == ("failed", "infeasible", "run.infeasible", None)
    assert run.answer is not None
    (clash,) = run.answer["clashes"]
    assert clash["minimal"]
    assert {(part["kind"], tuple(part["days"])) for part in clash["parts"]} >= {("pins", (day,)), ("calendar", (day,))}
    ways = run.answer["relaxations"]
    assert len(ways) >= 3
    assert [(way["broken"], way["cost"]) for way in ways] == sorted((way["broken"], way["cost"]) for way in ways)
    unpin = next(place for place, way in enumerate(ways) if [step["act"] for step in way["steps"]] == ["unpin"])
    chosen = await options.choose_option(mine.owner, run.id, unpin)
    assert isinstance(chosen, Run)
    assert (chosen.status, chosen.choice, chosen.hard) == ("finished", unpin, ways[unpin]["broken"])
    snapshot = as_owner.execute("SELECT problem FROM run WHERE id = %s", (run.id,)).fetchall()[0][0]
    assert Checker(Problem.model_validate(snapshot), chosen.roster).cost == chosen.cost
    applied = await runs.apply_run(mine.owner, run.id)
    assert isinstance(applied, Applied)
    held = as_owner.execute(
        "SELECT shift_type_id, pinned FROM cell WHERE staff_id = %s AND day = %s", (int(person), mine.day(day))
    ).fetchone()
    assert chosen.roster is not None
    assert held == (int(chosen.roster[person][day] or 0), False)
    assert (await until(mine, over)).status == "applied"


@pytest.mark.usefixtures("working")
async def test_another_way_out_may_be_taken_until_one_is_applied_and_only_by_who_may(database: Database) -> None:
    mine, run = await explained(database)
    for choice in (1, 0):
        assert isinstance(await options.choose_option(mine.owner, run.id, choice), Run)
    stranger = (await kitchen(database)).owner
    unknown = await options.choose_option(stranger, run.id, 0)
    assert unknown == await options.choose_option(stranger, 10**9, 0) == Refused("run.unknown")
    assert await options.choose_option(mine.owner, run.id, 99) == Refused("run.no_option")
    await runs.discard_run(mine.owner, run.id)
    refused = await options.choose_option(mine.owner, run.id, 0)
    assert isinstance(refused, Refused)
    assert refused.code == "run.over"


@pytest.mark.usefixtures("working")
async def test_finding_out_why_is_shown_and_cancelled_like_any_search(database: Database) -> None:
    mine = await torn(database)
    run = await start(mine)
    await until(mine, lambda now: now.outcome == "infeasible" or over(now), 60)
    cancelled = await runs.cancel_run(mine.owner, run.id)
    assert isinstance(cancelled, Run) or cancelled == Refused("run.over")
    now = await until(mine, over)
    assert now.status in ("cancelled", "failed")
    await no_search(10)


@pytest.mark.usefixtures("working")
async def test_a_process_killed_while_it_finds_out_why_leaves_the_run_failed_without_an_answer(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: object) -> None:
        raise SolverDied("killed")

    monkeypatch.setattr(work, "ask_child", dies)
    _, run = await explained(database)
    assert (run.status, run.error_code, run.answer) == ("failed", "run.infeasible", None)
