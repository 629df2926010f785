"""What another shift would cost is asked for by those who may generate, and found within its seconds."""

import random
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from shiftapp.domain.calendar import CalendarDay
from shiftapp.domain.edit import CellAsked
from shiftapp.domain.permission import Role
from shiftapp.domain.refusal import Refused
from shiftapp.live import hub
from shiftapp.services import calendar, why
from shiftapp.services.live_period import live_periods
from shiftapp.store.database import Database
from shiftapp.store.edits import apply_edit
from solver.run import Stop
from tests.factories import Kitchen, kitchen


async def _unheard(*_: object) -> None:
    """Nobody listens."""


@pytest.fixture
async def full(database: Database) -> AsyncIterator[Kitchen]:
    """A small kitchen without an empty cell."""
    made = await kitchen(database, 4, 10)
    chance = random.Random(1)
    cells = [made.cell(row, column, chance.choice("○○○×")) for row in range(4) for column in range(10)]
    await apply_edit(database, made.author, made.edit(*cells))
    async with live_periods(_unheard, lambda _: True) as here:
        hub.bind(here)
        yield made
        hub.bind(None)


async def asked(made: Kitchen, row: int, column: int, symbol: str, stop: Stop | None = None):
    place = made.staff[row].id, made.day(column)
    return await why.why_not(made.owner, made.period.id, place, made.shift(symbol), stop or Stop())


async def test_the_best_roster_with_a_shift_is_never_dearer_than_the_shift_alone(full: Kitchen):
    looked = await why.look(full.owner, full.period.id, (full.staff[1].id, full.day(4)))
    assert isinstance(looked, dict)
    told = await asked(full, 1, 4, "×")
    assert isinstance(told, dict)
    assert told["verdict"] == "possible"
    reading = hub.current().replica(full.team_id, full.period.id)
    alone = next(one for one in looked["lone"] if one[0] == reading.letters[full.shift("×")])
    assert int(told["price"][0]) <= int(alone[1]) or int(alone[2]) > 0
    assert told["price"][3] == "0"
    assert told["seq"] == reading.seq


async def test_a_shift_that_hard_rules_forbid_names_them(full: Kitchen, database: Database):
    await apply_edit(database, full.author, full.edit(full.cell(1, 4, "×")))
    await calendar.set_day(full.owner, CalendarDay(full.day(4), "must_off"))
    told = await asked(full, 1, 4, "○")
    assert isinstance(told, dict)
    assert (told["verdict"], told["clash"][0]) == ("clash", "1")


async def test_the_cells_own_pin_is_no_reason_and_those_of_others_stay(full: Kitchen, database: Database):
    pins = [CellAsked(staff_id=full.staff[row].id, day=full.day(4), pinned=True) for row in range(4)]
    await apply_edit(database, full.author, full.edit(*pins))
    told = await asked(full, 1, 4, "×")
    assert isinstance(told, dict)
    assert told["verdict"] == "possible"
    assert not [move for move in told["moves"] if move.split("|")[1] == "4" and not move.startswith("1|")]


async def test_who_may_not_generate_and_what_is_no_cell_is_refused(full: Kitchen):
    viewer = replace(full.owner, role=Role.VIEWER)
    place = full.staff[0].id, full.day(0)
    for answer in (
        await why.look(viewer, full.period.id, place),
        await why.why_not(viewer, full.period.id, place, full.shift("×"), Stop()),
    ):
        assert isinstance(answer, Refused)
        assert answer.code == "refused.right"
    for wrong in ((0, full.day(0)), (full.staff[0].id, full.day(40))):
        assert await why.look(full.owner, full.period.id, wrong) == Refused("why.no_cell")
        assert await why.why_not(full.owner, full.period.id, wrong, full.shift("×"), Stop()) == Refused("why.no_cell")
    stranger = replace(full.owner, team_id=full.team_id + 1)
    assert await why.look(stranger, full.period.id, place) == Refused("period.unknown")
    assert await why.why_not(stranger, full.period.id, place, full.shift("×"), Stop()) == Refused("period.unknown")


async def test_a_question_that_nobody_waits_for_is_dropped(full: Kitchen):
    stop = Stop()
    stop.cancel()
    assert await asked(full, 1, 4, "×", stop) == {"verdict": "unknown"}
