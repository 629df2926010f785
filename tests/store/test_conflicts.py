"""Laws of conflicts in the database: decided inside the transaction, and whoever loses something is told."""

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest

from shiftapp.domain.cell import EMPTY, Cell
from shiftapp.domain.conflict import STRATEGIES, Conflict, Strategy, Told
from shiftapp.domain.edit import CellAsked, EditAsked, EditDone
from shiftapp.domain.verdict import Verdict, decide
from shiftapp.store import edits
from shiftapp.store.books import read_period
from shiftapp.store.conflicts import read_unsettled
from shiftapp.store.database import Database
from shiftapp.store.edits import Author, apply_edit
from tests.factories import Kitchen, add_account, kitchen

Fields = dict[str, Any]


@dataclass(frozen=True)
class Two:
    """Two people of one kitchen."""

    database: Database
    k: Kitchen
    ann: Author
    ben: Author

    def ask(self, fields: Fields, seen: int, row: int = 0) -> EditAsked:
        shift = {"shift": self.k.shift(symbol)} if (symbol := fields.get("shift")) is not None else {}
        place = {"staff_id": self.k.staff[row].id, "day": self.k.day(0), "seen": seen}
        return self.k.edit(CellAsked.model_validate({**place, **fields, **shift}))

    async def does(self, author: Author, asked: EditAsked) -> EditDone:
        answer = await apply_edit(self.database, author, asked)
        assert isinstance(answer, EditDone), answer
        return answer

    async def cell(self, row: int = 0) -> Cell:
        reading = await read_period(self.database, self.k.team_id, self.k.period.id)
        assert reading is not None
        return reading.cells.get((self.k.staff[row].id, self.k.day(0)), EMPTY)

    async def told(self) -> list[Told]:
        async with self.database.raw_transaction(self.k.team_id) as connection:
            return await read_unsettled(connection, self.k.period.id)


async def two(database: Database, strategy: Strategy) -> Two:
    k = await kitchen(database)
    colleague = await add_account(database, k.team_id)
    async with database.raw_transaction(k.team_id) as connection:
        await connection.execute("UPDATE team SET conflicts = %s WHERE id = %s", (strategy, k.team_id))
    return Two(database, k, k.author, Author(k.team_id, colleague.user_id))


CASES: tuple[tuple[Fields, Fields], ...] = (
    ({"shift": "○"}, {"shift": "×"}),
    ({"shift": "○"}, {"shift": None}),
    ({"shift": "○"}, {"pinned": True}),
    ({"note": "doctor"}, {"note": "late train"}),
)


def has(cell: Cell, fields: Fields, k: Kitchen) -> bool:
    """Say whether a cell holds what somebody asked for; a combined note holds both."""
    shift = fields.get("shift")
    wanted = {**fields, "shift": None if shift is None else k.shift(shift)} if "shift" in fields else fields
    return all(
        value in cell.note if field == "note" else getattr(cell, field) == value for field, value in wanted.items()
    )


async def untold(database: Database, strategy: Strategy) -> list[str]:
    """Have two people edit one cell unseen of each other, in each case and order; list whose value is just gone."""
    found = []
    for case in CASES:
        for order in ((0, 1), (1, 0)):
            both = await two(database, strategy)
            await both.does(both.ann, both.ask({"shift": "△"}, 0))
            people = [(both.ann, case[0]), (both.ben, case[1])]
            for at in order:
                author, fields = people[at]
                await both.does(author, both.ask(fields, 1))
            now, told = await both.cell(), await both.told()
            for author, fields in people:
                mine = [one.conflict.lost.cell for one in told if one.conflict.lost.user_id == author.user_id]
                if not has(now, fields, both.k) and not any(has(cell, fields, both.k) for cell in mine):
                    found.append(f"{strategy}: {fields} of {case} in order {order}")
                if has(now, fields, both.k) and mine and strategy != "last":
                    found.append(f"{strategy}: {fields} of {case} in order {order} stands and is told as lost")
    return found


@pytest.mark.fault(8)
@pytest.mark.parametrize("strategy", STRATEGIES)
async def test_the_loser_is_always_told(database: Database, strategy: Strategy) -> None:
    assert await untold(database, strategy) == []


@pytest.mark.fault(8, control=True)
@pytest.mark.parametrize("strategy", STRATEGIES)
async def test_control_deciding_without_telling_is_convicted(
    database: Database, strategy: Strategy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*given: Any) -> Verdict:
        return Verdict(decide(*given).after)

    monkeypatch.setattr(edits, "decide", silent)
    assert await untold(database, strategy) != []


async def test_a_repeated_edit_is_told_again_what_it_was_told(database: Database) -> None:
    both = await two(database, "first")
    await both.does(both.ann, both.ask({"shift": "○"}, 0))
    late = both.ask({"shift": "×"}, 0)
    first, again = await both.does(both.ben, late), await both.does(both.ben, late)
    assert again.repeated
    assert [_without_moments(one) for one in again.conflicts] == [_without_moments(one) for one in first.conflicts]
    assert len(await both.told()) == 1


def _without_moments(conflict: Conflict) -> tuple[object, ...]:
    lost, stands = conflict.lost, conflict.stands
    return conflict.place, lost.user_id, lost.cell.shift, stands.user_id, stands.cell.shift, conflict.open


async def test_cells_nobody_else_changed_are_applied_beside_one_that_loses(database: Database) -> None:
    both = await two(database, "first")
    await both.does(both.ann, both.ask({"shift": "○"}, 0))
    k = both.k
    wide = k.edit(k.cell(0, 0, "×", seen=0), k.cell(1, 0, "×", seen=0))
    done = await both.does(both.ben, wide)
    assert [(cell.staff_id, cell.shift) for cell in done.patch.cells] == [(k.staff[1].id, k.shift("×"))]
    assert (await both.cell(0)).shift == k.shift("○")
    assert (await both.cell(1)).shift == k.shift("×")


async def test_what_nobody_made_is_told_to_nobody(database: Database) -> None:
    """A change without a person, such as an employment's end, loses without a word; who loses to one is told."""
    last, first = await two(database, "last"), await two(database, "first")
    for both in (last, first):
        await both.does(Author(both.k.team_id, None), both.ask({"shift": "○"}, 0))
        await both.does(both.ben, both.ask({"shift": "×"}, 0))
    assert await last.told() == []
    assert [one.conflict.lost.user_id for one in await first.told()] == [first.ben.user_id]


async def test_an_open_choice_changes_nothing(database: Database) -> None:
    both = await two(database, "ask")
    first = await both.does(both.ann, both.ask({"shift": "○"}, 0))
    late = await both.does(both.ben, both.ask({"shift": "×"}, 0))
    assert late.patch.cells == ()
    assert await both.cell() == Cell(both.k.shift("○"), False, "", first.seq)
    (told,) = await both.told()
    assert told.conflict.open
    names = "SELECT name FROM user_account WHERE id = %s"
    async with database.raw_transaction(both.k.team_id) as connection:
        loser = await (await connection.execute(names, (both.ben.user_id,))).fetchone()
    assert loser == (told.loser,)
    assert told.conflict.stands.at is not None
    assert told.conflict.lost.at is not None
    assert told.conflict.stands.at <= told.conflict.lost.at


async def test_of_many_at_one_moment_everybody_but_one_is_told(database: Database) -> None:
    for strategy in STRATEGIES:
        both = await two(database, strategy)
        people = [Author(both.k.team_id, (await add_account(database, both.k.team_id)).user_id) for _ in range(6)]
        symbols = ["○", "×", "△", "◇", "★", "⊘"]
        edits_asked = [both.ask({"shift": symbol}, 0) for symbol in symbols]
        await asyncio.gather(*(both.does(author, asked) for author, asked in zip(people, edits_asked, strict=True)))
        now = await both.cell()
        losers = {one.conflict.lost.user_id for one in await both.told()}
        winners = [
            author.user_id for author, symbol in zip(people, symbols, strict=True) if both.k.shift(symbol) == now.shift
        ]
        assert losers | set(winners) == {author.user_id for author in people}
        assert len(winners) == 1
