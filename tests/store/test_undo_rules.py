"""Undo and redo against their rules, whatever people do and in whatever order."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from shiftapp.domain.cell import EMPTY
from shiftapp.domain.refusal import Refused
from shiftapp.domain.undo import StepDone, Steps, Way
from shiftapp.store.database import Database
from shiftapp.store.undo import read_steps
from tests.factories import kitchen
from tests.store.stepping import EDIT, Edit, Told, asked, colleague, content, contents, edit, step, taken
from tests.store.test_edits import cells_of, log_of, replayed


@pytest.mark.fault(9)
@given(
    turns=some.lists(some.tuples(some.integers(0, 1), EDIT | some.sampled_from(["undo", "undo", "redo"])), max_size=16)
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_two_people_who_edit_and_step_in_any_order_find_what_the_rules_say(
    turns: list[tuple[int, Edit | Way]], loop_database: tuple[Database, asyncio.AbstractEventLoop]
) -> None:
    """And no step changes a cell that the other one changed last."""
    database, loop = loop_database

    async def run() -> None:
        k = await kitchen(database, 2, 3)
        people = k.author, await colleague(database, k)
        told = Told()
        for person, act in turns:
            if isinstance(act, list):
                cells = asked(k, act)
                await edit(database, k, people[person], *cells)
                told.edit(person, {cell.place: (cell.shift, cell.pinned, cell.note) for cell in cells})
                continue
            last = {place: who for _, place, who in told.writers}
            answer = await step(database, k, people[person], act)
            left = told.step(person, act)
            if left is None:
                assert answer == Refused(f"{act}.nothing")
                continue
            assert isinstance(answer, StepDone)
            assert (answer.left, answer.gone) == (left, 0)
            assert {last[cell.staff_id, cell.day] for cell in answer.done.patch.cells} <= {person}
        assert await contents(database, k) == {p: c for p, c in told.cells.items() if c != content(EMPTY)}
        assert replayed(await log_of(database, k)) == await cells_of(database, k)
        async with database.raw_transaction(k.team_id) as connection:
            for person, author in enumerate(people):
                found = await read_steps(connection, k.period.id, author.user_id or 0)
                assert found == Steps(bool(told.undo[person]), bool(told.redo[person]))

    loop.run_until_complete(run())


@given(edits=some.lists(EDIT, min_size=1, max_size=6))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_as_many_undos_as_edits_give_the_state_before_and_as_many_redos_the_state_after(
    edits: list[Edit], loop_database: tuple[Database, asyncio.AbstractEventLoop]
) -> None:
    database, loop = loop_database

    async def run() -> None:
        k = await kitchen(database, 2, 3)
        author = await colleague(database, k)
        await edit(database, k, k.author, *asked(k, [(0, 0, "×", True, "a"), (1, 1, "○", False, "")]))
        states = [await contents(database, k)]
        for cells in edits:
            changed = await edit(database, k, author, *asked(k, cells))
            states += [await contents(database, k)] if changed.patch.cells else []
        for state in reversed(states[:-1]):
            await taken(database, k, author)
            assert await contents(database, k) == state
        assert await step(database, k, author) == Refused("undo.nothing")
        for state in states[1:]:
            await taken(database, k, author, "redo")
            assert await contents(database, k) == state
        assert await step(database, k, author, "redo") == Refused("redo.nothing")

    loop.run_until_complete(run())
