"""Searching again around the edits that a run met: what is held, what is decided anew, and from where it starts."""

from dataclasses import replace
from typing import Any

import psycopg
import pytest

from shiftapp.domain.cell import Place
from shiftapp.domain.edit import CellAsked
from shiftapp.domain.permission import Role
from shiftapp.domain.refusal import Refused
from shiftapp.domain.run import Run
from shiftapp.services import runs
from shiftapp.services.resolve import resolve_clashes
from shiftapp.services.rules import change_rule, list_rules
from shiftapp.store.database import Database
from shiftapp.store.edits import apply_edit
from shiftapp.store.runs import problem_of
from tests.factories import Kitchen, kitchen
from tests.services.test_runs import filled, found, started, worked


async def again(database: Database, mine: Kitchen, run: Run) -> tuple[Run, dict[str, Any]]:
    """Search again; return the new run, and what its worker is given."""
    answer = await resolve_clashes(mine.owner, run.id)
    assert isinstance(answer, Run), answer
    async with database.raw_transaction(mine.team_id) as connection:
        problem = await problem_of(connection, answer.id)
    assert problem is not None
    return answer, dict(problem)


def held(mine: Kitchen, problem: dict[str, Any]) -> dict[Place, int]:
    """The cells that a search may not change."""
    pins = [pin for rule in problem["rules"] if rule["kind"] == "pins" for pin in rule["cells"]]
    return {(int(pin["person"]), mine.day(pin["day"])): int(pin["shift"]) for pin in pins}


@pytest.mark.parametrize("applied", [False, True])
async def test_edits_are_held_and_what_the_run_decided_is_decided_anew(database: Database, applied: bool):
    mine = await kitchen(database, people=3, days=6)
    run = await found(database, mine, filled(mine))
    await apply_edit(database, mine.author, mine.put(1, 2, "×"))
    if applied:
        await runs.apply_run(mine.owner, run.id)
    new, problem = await again(database, mine, run)
    assert held(mine, problem) == {(mine.staff[1].id, mine.day(2)): mine.shift("×")}
    rows = [[str(mine.shift("○"))] * 6 for _ in range(3)]
    rows[1][2] = str(mine.shift("×"))
    assert new.question == {"start": dict(zip([str(member.id) for member in mine.staff], rows, strict=True))}
    assert (new.kind, new.seconds, new.workers, new.seed) == (run.kind, run.seconds, run.workers, run.seed)
    assert new.base_seq == (2 if applied else 1)


async def test_edits_after_it_was_applied_are_held_too(database: Database):
    mine = await kitchen(database, people=3, days=6)
    run = await found(database, mine, filled(mine))
    await apply_edit(database, mine.author, mine.put(1, 2, "×"))
    await runs.apply_run(mine.owner, run.id)
    await apply_edit(database, mine.author, mine.put(2, 4, "△"))
    _, problem = await again(database, mine, run)
    assert set(held(mine, problem)) == {(mine.staff[1].id, mine.day(2)), (mine.staff[2].id, mine.day(4))}


async def test_what_a_run_of_blanks_had_to_keep_is_kept_again(database: Database):
    mine = await kitchen(database, people=2, days=4)
    await apply_edit(database, mine.author, mine.put(0, 0, "△"))
    run = await found(database, mine, [["△", "○", "○", "○"], ["○"] * 4], "blanks")
    await apply_edit(database, mine.author, mine.put(1, 1, "×"))
    await runs.apply_run(mine.owner, run.id)
    _, problem = await again(database, mine, run)
    assert set(held(mine, problem)) == {(mine.staff[0].id, mine.day(0)), (mine.staff[1].id, mine.day(1))}


async def test_a_cell_that_was_emptied_is_decided_anew_and_a_second_search_holds_what_the_first_held(
    database: Database,
):
    mine = await kitchen(database, people=2, days=4)
    await apply_edit(database, mine.author, mine.put(0, 0, "△"))
    run = await found(database, mine, filled(mine))
    await apply_edit(database, mine.author, mine.put(0, 0, None))
    await apply_edit(database, mine.author, mine.put(1, 1, "×"))
    second, problem = await again(database, mine, run)
    assert set(held(mine, problem)) == {(mine.staff[1].id, mine.day(1))}
    rows = filled(mine)
    rows[1][1] = "×"
    await worked(database, mine, second, rows)
    await apply_edit(database, mine.author, mine.put(0, 3, "×"))
    _, problem = await again(database, mine, second)
    assert set(held(mine, problem)) == {(mine.staff[1].id, mine.day(1)), (mine.staff[0].id, mine.day(3))}


async def test_an_edit_that_was_pinned_is_held_where_the_rule_of_pins_is_soft_too(database: Database):
    mine = await kitchen(database, people=2, days=4)
    rules = await list_rules(mine.owner)
    assert not isinstance(rules, Refused)
    (pins,) = [rule for rule in rules if rule.kind == "pins"]
    await change_rule(mine.owner, pins.id, hard=False, weight=5)
    run = await found(database, mine, filled(mine))
    edit = CellAsked(staff_id=mine.staff[1].id, day=mine.day(2), shift=mine.shift("×"), pinned=True)
    await apply_edit(database, mine.author, mine.edit(edit))
    _, problem = await again(database, mine, run)
    hard = [rule for rule in problem["rules"] if rule["kind"] == "pins"]
    assert [(rule["hard"], len(rule["cells"])) for rule in hard] == [(True, 1)]


async def test_who_left_meanwhile_is_no_part_of_the_start(database: Database, as_owner: psycopg.Connection):
    mine = await kitchen(database, people=3, days=6)
    run = await found(database, mine, filled(mine))
    await apply_edit(database, mine.author, mine.put(1, 2, "×"))
    as_owner.execute("UPDATE staff SET active = false WHERE id = %s", (mine.staff[0].id,))
    as_owner.execute("UPDATE staff SET employed_to = %s WHERE id = %s", (mine.day(3), mine.staff[2].id))
    new, _ = await again(database, mine, run)
    work = str(mine.shift("○"))
    assert set(new.question["start"]) == {str(mine.staff[1].id), str(mine.staff[2].id)}
    assert new.question["start"][str(mine.staff[2].id)] == [work] * 4 + [None] * 2


async def test_without_a_clash_a_right_or_an_end_nothing_is_searched(database: Database, as_owner: psycopg.Connection):
    mine, theirs = await kitchen(database), await kitchen(database)
    waiting = await started(mine)
    assert await resolve_clashes(mine.owner, waiting.id) == Refused("run.active", {"who": mine.owner.name})
    await runs.cancel_run(mine.owner, waiting.id)
    assert await resolve_clashes(mine.owner, waiting.id) == Refused("run.nothing_found")
    run = await found(database, mine, filled(mine))
    assert await resolve_clashes(mine.owner, run.id) == Refused("run.no_clashes")
    await apply_edit(database, mine.author, mine.put(0, 0, "×"))
    assert await resolve_clashes(theirs.owner, run.id) == Refused("run.unknown")
    viewer = await resolve_clashes(replace(mine.owner, role=Role.VIEWER), run.id)
    assert isinstance(viewer, Refused)
    assert viewer.code == "refused.right"
    assert as_owner.execute("SELECT count(*) FROM run").fetchone() == (2,)
