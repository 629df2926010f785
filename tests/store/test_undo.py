"""Laws of undo and redo: each person's own steps, exact, once, and never over somebody else's newer value."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from shiftapp.domain.cell import EMPTY, Cell, Place
from shiftapp.domain.edit import CellAsked, EditDone
from shiftapp.domain.refusal import Refused
from shiftapp.domain.undo import MOST_STEPS, StepAsked, StepDone, Steps, Way
from shiftapp.store import undo
from shiftapp.store.database import Database
from shiftapp.store.edits import Author, apply_edit
from shiftapp.store.undo import apply_step, read_steps
from tests.factories import Kitchen, add_account, add_team, kitchen
from tests.store.test_edits import SYMBOLS, cells_of, log_of, replayed

Content = tuple[int | None, bool, str]


def content(cell: Cell) -> Content:
    return cell.shift, cell.pinned, cell.note


async def contents(database: Database, k: Kitchen) -> dict[Place, Content]:
    """Return what every cell holds; those that hold nothing are left out."""
    return {place: content(cell) for place, cell in (await cells_of(database, k)).items() if not cell.blank}


async def edit(database: Database, k: Kitchen, author: Author, *cells: CellAsked) -> EditDone:
    answer = await apply_edit(database, author, k.edit(*cells))
    assert isinstance(answer, EditDone), answer
    return answer


async def step(
    database: Database, k: Kitchen, author: Author, way: Way = "undo", edit_id: UUID | None = None
) -> StepDone | Refused:
    return await apply_step(database, author, StepAsked(k.period.id, edit_id or uuid4(), way))


async def taken(database: Database, k: Kitchen, author: Author, way: Way = "undo") -> StepDone:
    answer = await step(database, k, author, way)
    assert isinstance(answer, StepDone), answer
    return answer


async def colleague(database: Database, k: Kitchen) -> Author:
    return Author(k.team_id, (await add_account(database, k.team_id)).user_id)


@dataclass
class Told:
    """A period as the rules of undo tell it, with two stacks a person."""

    cells: dict[Place, Content] = field(default_factory=dict)
    writers: list[tuple[int, Place, int]] = field(default_factory=list)
    sets: dict[int, dict[Place, tuple[Content, Content]]] = field(default_factory=dict)
    undo: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))
    redo: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))

    def write(self, person: int, wanted: dict[Place, Content]) -> int:
        """Write a change set of what differs; return its seq."""
        seq = len(self.sets) + 1
        held = {place: self.cells.get(place, content(EMPTY)) for place in wanted}
        self.sets[seq] = {place: (held[place], after) for place, after in wanted.items() if held[place] != after}
        self.writers += [(seq, place, person) for place in self.sets[seq]]
        self.cells |= wanted
        return seq

    def edit(self, person: int, wanted: dict[Place, Content]) -> None:
        if self.sets[seq := self.write(person, wanted)]:
            self.undo[person].append(seq)
            self.redo[person].clear()

    def step(self, person: int, way: Way) -> int | None:
        """Take a step; return how many cells it leaves alone, None where there is no step."""
        take, give = (self.undo, self.redo) if way == "undo" else (self.redo, self.undo)
        if not take[person]:
            return None
        target = take[person].pop()
        theirs = {place for seq, place, who in self.writers if seq > target and who != person}
        wanted = {place: was for place, (was, _) in self.sets[target].items() if place not in theirs}
        if self.sets[seq := self.write(person, wanted)]:
            give[person].append(seq)
        return len(self.sets[target]) - len(wanted)


EDIT = some.lists(
    some.tuples(
        some.integers(0, 1), some.integers(0, 2), some.sampled_from(SYMBOLS), some.booleans(), some.sampled_from("ab ")
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda cell: cell[:2],
)
Edit = list[tuple[int, int, str | None, bool, str]]


def asked(k: Kitchen, cells: Edit) -> list[CellAsked]:
    return [
        CellAsked(
            staff_id=k.staff[row].id,
            day=k.day(day),
            shift=None if symbol is None else k.shift(symbol),
            pinned=pinned,
            note=note.strip(),
        )
        for row, day, symbol, pinned, note in cells
    ]


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


async def test_what_somebody_changed_since_stays_and_is_told_with_name_and_time(database: Database) -> None:
    k = await kitchen(database)
    other = await add_account(database, k.team_id)
    await edit(database, k, k.author, *(k.cell(0, day, "×") for day in range(4)))
    await edit(database, k, Author(k.team_id, other.user_id), k.cell(0, 2, "○"))
    answer = await taken(database, k, k.author)
    assert (len(answer.done.patch.cells), answer.left, answer.people, answer.gone) == (3, 1, 1, 0)
    assert answer.later is not None
    assert answer.later.name == other.name
    assert abs(answer.later.at - datetime.now(UTC)) < timedelta(minutes=1)
    assert await contents(database, k) == {(k.staff[0].id, k.day(2)): (k.shift("○"), False, "")}
    assert len((await taken(database, k, k.author, "redo")).done.patch.cells) == 3
    assert (await contents(database, k))[k.staff[0].id, k.day(2)] == (k.shift("○"), False, "")


async def test_a_step_of_which_nothing_is_left_is_taken_all_the_same(database: Database) -> None:
    """So that the one before it can be undone."""
    k = await kitchen(database)
    await edit(database, k, k.author, k.cell(0, 0, "×"))
    await edit(database, k, k.author, k.cell(1, 0, "×"))
    await edit(database, k, await colleague(database, k), k.cell(1, 0, "○"))
    nothing = await taken(database, k, k.author)
    assert (nothing.done.patch.cells, nothing.left) == ((), 1)
    assert len((await taken(database, k, k.author)).done.patch.cells) == 1
    assert await contents(database, k) == {(k.staff[1].id, k.day(0)): (k.shift("○"), False, "")}


async def test_a_new_edit_clears_what_could_be_redone_and_one_that_changes_nothing_does_not(database: Database) -> None:
    k = await kitchen(database)
    await edit(database, k, k.author, k.cell(0, 0, "×"))
    await taken(database, k, k.author)
    await edit(database, k, k.author, k.cell(0, 0, None))
    await taken(database, k, k.author, "redo")
    await taken(database, k, k.author)
    await edit(database, k, k.author, k.cell(1, 1, "○"))
    assert await step(database, k, k.author, "redo") == Refused("redo.nothing")


async def test_the_same_step_sent_again_is_taken_once_and_answered_as_before(database: Database) -> None:
    k = await kitchen(database)
    other = await colleague(database, k)
    for row in range(2):
        await edit(database, k, k.author, *(k.cell(row, day, "×") for day in range(3)))
    await edit(database, k, other, k.cell(1, 1, "○"))
    edit_id = uuid4()
    first = await step(database, k, k.author, edit_id=edit_id)
    assert isinstance(first, StepDone)
    await edit(database, k, other, k.cell(1, 2, "○"))
    again = await step(database, k, k.author, edit_id=edit_id)
    assert again == replace(first, done=replace(first.done, repeated=True))
    assert len(await contents(database, k)) == 5


async def test_steps_at_the_same_moment_are_each_another_one(database: Database) -> None:
    k = await kitchen(database)
    for day in range(5):
        await edit(database, k, k.author, k.cell(0, day, "×"))
    answers = await asyncio.gather(*(step(database, k, k.author) for _ in range(8)))
    assert sum(isinstance(answer, StepDone) for answer in answers) == 5
    assert answers.count(Refused("undo.nothing")) == 3
    assert await contents(database, k) == {}
    assert replayed(await log_of(database, k)) == await cells_of(database, k)


async def test_one_can_go_back_so_many_steps(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred; here twenty, for time."""
    assert MOST_STEPS == 200
    monkeypatch.setattr(undo, "MOST_STEPS", 20)
    k = await kitchen(database, 1, 7)
    for turn in range(21):
        await edit(database, k, k.author, k.cell(0, turn % 7, "○×△"[turn // 7 % 3]))
    for _ in range(20):
        await taken(database, k, k.author)
    assert await contents(database, k) == {(k.staff[0].id, k.day(0)): (k.shift("○"), False, "")}
    assert await step(database, k, k.author) == Refused("undo.nothing")
    await taken(database, k, k.author, "redo")
    assert len(await contents(database, k)) == 2


async def test_cells_that_can_be_no_more_are_left_and_counted(database: Database, as_owner: psycopg.Connection) -> None:
    k = await kitchen(database)
    await edit(database, k, k.author, k.cell(0, 1, "×"), k.cell(0, 5, "×"))
    as_owner.execute("DELETE FROM cell WHERE day = %s", (k.day(5),))
    as_owner.execute("UPDATE staff SET employed_to = %s WHERE id = %s", (k.day(3), k.staff[0].id))
    answer = await taken(database, k, k.author)
    assert (len(answer.done.patch.cells), answer.left, answer.gone) == (1, 0, 1)
    assert await contents(database, k) == {}


async def test_an_archived_or_foreign_period_refuses(database: Database, as_owner: psycopg.Connection) -> None:
    k = await kitchen(database)
    await edit(database, k, k.author, k.cell(0, 0, "×"))
    stranger = Author(await add_team(database), k.author.user_id)
    assert await step(database, k, stranger) == Refused("period.unknown")
    as_owner.execute("UPDATE period SET state = 'archived'")
    assert await step(database, k, k.author) == Refused("edit.archived")
    assert len(await contents(database, k)) == 1


async def test_the_database_itself_takes_nothing_back_twice(database: Database, as_owner: psycopg.Connection) -> None:
    k = await kitchen(database)
    await edit(database, k, k.author, k.cell(0, 0, "×"))
    await taken(database, k, k.author)
    again = (
        "INSERT INTO change_set (period_id, seq, team_id, edit_id, kind, undoes, at)"
        " SELECT period_id, 3, team_id, gen_random_uuid(), 'undo', undoes, at FROM change_set WHERE seq = 2"
    )
    with pytest.raises(psycopg.errors.UniqueViolation):
        as_owner.execute(again)
