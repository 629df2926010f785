"""A team's shift types stay such that every cell can be read and every key means one of them."""

import asyncio
from dataclasses import replace

import pytest

from shiftapp.domain.permission import Role
from shiftapp.domain.refusal import Refused
from shiftapp.domain.shift_type import ShiftType
from shiftapp.services.shift_types import MOST_ACTIVE, move_shift_type, save_shift_type
from shiftapp.store import shift_types
from shiftapp.store.database import Database
from tests.factories import Kitchen, add_account, kitchen

NIGHT = ShiftType(0, 0, "", "夜", "n", "夜勤", "Night", "work", 1320, 1860, 480, 0, False, "indigo", None, False, True)


@pytest.fixture
async def team(database: Database) -> Kitchen:
    return await kitchen(database, people=1, days=2)


async def stored(database: Database, team: Kitchen) -> list[ShiftType]:
    async with database.transaction(team.team_id) as session:
        return await shift_types.all_shift_types(session)


async def test_a_new_shift_type_comes_last_with_a_code_of_its_own(database: Database, team: Kitchen) -> None:
    saved = await save_shift_type(team.owner, NIGHT)
    assert isinstance(saved, ShiftType)
    every = await stored(database, team)
    assert every[-1] == saved
    assert len({shift.code for shift in every}) == len(every) == 10


async def test_what_is_saved_is_what_was_asked_but_for_order_and_code(database: Database, team: Kitchen) -> None:
    late = team.shifts["◇"]
    asked = replace(late, rank=99, code="x", symbol="遅", key="", name_ja="遅い", colour="red", active=False)
    saved = await save_shift_type(team.owner, asked)
    assert saved == replace(asked, rank=late.rank, code=late.code)
    assert saved in await stored(database, team)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"symbol": "×"}, "symbol"),
        ({"symbol": ""}, "symbol"),
        ({"symbol": "長すぎる"}, "symbol"),
        ({"key": "X"}, "key"),
        ({"key": "\t"}, "key"),
        ({"name_ja": ""}, "name_ja"),
        ({"name_en": "x" * 41}, "name_en"),
        ({"end_minute": None}, "end"),
        ({"start_minute": 1440, "end_minute": 1500}, "end"),
        ({"start_minute": 600, "end_minute": 600}, "end"),
        ({"start_minute": 0, "end_minute": 1441}, "end"),
        ({"minutes": 1441}, "hours"),
    ],
)
async def test_what_cannot_be_kept_is_refused_by_field_and_changes_nothing(
    database: Database, team: Kitchen, wrong: dict[str, object], field: str
) -> None:
    before = await stored(database, team)
    answer = await save_shift_type(team.owner, replace(NIGHT, **wrong))  # type: ignore[arg-type]
    assert isinstance(answer, Refused)
    assert answer.args["field"] == field
    assert await stored(database, team) == before


async def test_the_team_keeps_a_shift_type_of_work_and_one_of_off(database: Database, team: Kitchen) -> None:
    for shift in await stored(database, team):
        await save_shift_type(team.owner, replace(shift, active=False))
    active = {shift.kind for shift in await stored(database, team) if shift.active}
    assert active == {"work", "off"}


async def test_no_more_are_active_than_the_page_has_letters(database: Database, team: Kitchen) -> None:
    answers = [
        await save_shift_type(team.owner, replace(NIGHT, symbol=f"n{number}", key="")) for number in range(MOST_ACTIVE)
    ]
    assert sum(shift.active for shift in await stored(database, team)) == MOST_ACTIVE
    assert {answer.code for answer in answers if isinstance(answer, Refused)} == {"shift_type.many"}


async def test_of_two_managers_who_take_one_symbol_at_once_one_is_refused(database: Database, team: Kitchen) -> None:
    answers = await asyncio.gather(*(save_shift_type(team.owner, replace(NIGHT, key="")) for _ in range(4)))
    assert sum(isinstance(answer, ShiftType) for answer in answers) == 1
    assert sum(shift.symbol == "夜" for shift in await stored(database, team)) == 1


async def test_moving_changes_the_order_and_nothing_else(database: Database, team: Kitchen) -> None:
    before = [shift.symbol for shift in await stored(database, team)]
    assert await move_shift_type(team.owner, team.shifts["△"].id, -1) is None
    after = [shift.symbol for shift in await stored(database, team)]
    assert after == [before[0], before[2], before[1], *before[3:]]
    for _ in range(3):
        await move_shift_type(team.owner, team.shifts["△"].id, -1)
    assert (await stored(database, team))[0].symbol == "△"


async def test_who_may_only_look_changes_nothing(database: Database, team: Kitchen) -> None:
    viewer = await add_account(database, team.team_id, Role.VIEWER)
    before = await stored(database, team)
    for answer in (
        await save_shift_type(viewer, NIGHT),
        await move_shift_type(viewer, team.shifts["△"].id, 1),
    ):
        assert isinstance(answer, Refused)
        assert answer.code == "refused.right"
    assert await stored(database, team) == before


async def test_another_teams_shift_type_is_unknown(database: Database, team: Kitchen) -> None:
    stranger = (await kitchen(database, people=1, days=2)).owner
    answer = await save_shift_type(stranger, replace(team.shifts["×"], symbol="休"))
    assert answer == Refused("shift_type.unknown")
