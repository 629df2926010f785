"""Requests: what can be asked for is kept and followed by every page, the rest is refused with its reason."""

import asyncio
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftapp.domain.book import Reading
from shiftapp.domain.permission import Role
from shiftapp.domain.refusal import Refused
from shiftapp.domain.request import Request
from shiftapp.live.replica import Replica
from shiftapp.services import shift_types, staff
from shiftapp.services.edits import edit_cells
from shiftapp.services.live_period import load
from shiftapp.services.requests import decide_request, remove_request, save_request
from shiftapp.store.database import Database
from shiftapp.ui.state.form import Form
from shiftapp.ui.state.requests import read_request
from tests.factories import Kitchen, add_account, kitchen, member


def ask(k: Kitchen, row: int = 1, column: int = 3, symbol: str = "×", **given: Any) -> Request:
    return replace(Request(0, k.staff[row].id, k.day(column), k.shift(symbol), True, 10), **given)


async def reading(k: Kitchen) -> Reading:
    found = await load(k.team_id, k.period.id)
    assert found is not None
    return found


async def stored(k: Kitchen) -> tuple[Request, ...]:
    return (await reading(k)).book.requests


async def kept(k: Kitchen, asked: Request) -> Request:
    """Save a request and return it as it is stored."""
    assert await save_request(k.owner, asked) is None
    return next(one for one in await stored(k) if (one.staff_id, one.shift) == (asked.staff_id, asked.shift))


async def drawn(k: Kitchen) -> tuple[str, int]:
    """Return what the second row asks for, as the grid shows it, and what the roster costs."""
    replica = Replica(await reading(k))
    shown = replica.snapshot()
    return shown["GridState"][f"w{replica.slots[k.staff[1].id]:03}"], int(shown["ViolationState"]["sums"].split(",")[1])


async def test_a_request_is_added_changed_decided_and_removed(database: Database) -> None:
    k = await kitchen(database)
    added = await kept(k, ask(k, note="wedding"))
    assert replace(added, id=0) == ask(k, note="wedding")
    changed = replace(added, day=k.day(4), wanted=False, weight=1000, note="")
    assert await save_request(k.owner, replace(changed, staff_id=k.staff[2].id)) is None
    assert await stored(k) == (changed,), "whose it is stays"
    assert await decide_request(k.owner, added.id, "approved") is None
    assert await stored(k) == (replace(changed, state="approved"),)
    assert await remove_request(k.owner, added.id) is None
    assert await stored(k) == ()


async def test_the_grid_and_its_price_follow_a_request_and_a_declined_one_counts_no_more(database: Database) -> None:
    k = await kitchen(database)
    assert not isinstance(await edit_cells(k.owner, k.put(1, 3, "○")), Refused)
    nothing, before = await drawn(k)
    added = await kept(k, ask(k, weight=70))
    letters = Replica(await reading(k)).letters
    assert nothing == ""
    assert await drawn(k) == ("..." + letters[k.shift("×")] + "......", before + 70)
    await save_request(k.owner, replace(added, wanted=False))
    assert await drawn(k) == ("..." + letters[k.shift("×")].lower() + "......", before)
    await save_request(k.owner, replace(added, state="declined"))
    assert await drawn(k) == ("", before)
    await decide_request(k.owner, added.id, "open")
    assert await drawn(k) == ("..." + letters[k.shift("×")] + "......", before + 70)
    await remove_request(k.owner, added.id)
    assert await drawn(k) == ("", before)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"weight": -1}, "form.range", "weight"),
        ({"weight": 1001}, "form.range", "weight"),
        ({"note": "x" * 201}, "form.long", "note"),
        ({"staff_id": 2**40}, "staff.unknown", "staff"),
        ({"shift": 2**40}, "requests.shift_gone", "shift"),
        ({"id": 2**40}, "requests.unknown", None),
    ],
)
async def test_what_nobody_can_ask_for_is_refused_beside_its_field(
    database: Database, given: dict[str, Any], code: str, field: str | None
) -> None:
    k = await kitchen(database)
    refused = await save_request(k.owner, ask(k, **given))
    assert isinstance(refused, Refused)
    assert (refused.code, refused.args.get("field")) == (code, field)
    assert await stored(k) == ()


async def test_a_request_is_for_a_date_of_a_period_on_which_an_active_person_is_employed(database: Database) -> None:
    k = await kitchen(database, [member("A"), member("B", 1), member("C", 2, active=False)])
    assert not isinstance(await staff.change_staff(k.owner, replace(k.staff[1], employed_to=k.day(5))), Refused)
    for asked, code in (
        (ask(k, column=10), "requests.no_period"),
        (ask(k, column=6), "requests.not_employed"),
        (ask(k, row=2), "requests.inactive"),
    ):
        refused = await save_request(k.owner, asked)
        assert isinstance(refused, Refused)
        assert refused.code == code
    assert await save_request(k.owner, ask(k, column=5)) is None


async def test_a_request_is_for_a_shift_type_in_use_that_the_person_may_have(database: Database) -> None:
    k = await kitchen(database)
    old = await kept(k, ask(k, symbol="△"))
    await shift_types.save_shift_type(k.owner, replace(k.shifts["△"], active=False))
    await shift_types.save_shift_type(k.owner, replace(k.shifts["◇"], staff_types=("contract",)))
    for symbol, code in (("△", "requests.shift_gone"), ("◇", "requests.may_not")):
        refused = await save_request(k.owner, ask(k, row=0, symbol=symbol))
        assert isinstance(refused, Refused)
        assert (refused.code, refused.args["field"]) == (code, "shift")
    assert await save_request(k.owner, replace(old, weight=5)) is None, "what was asked before may stay"


async def test_nobody_asks_twice_about_one_shift_on_one_date(database: Database) -> None:
    k = await kitchen(database)
    first = await kept(k, ask(k))
    second = await kept(k, ask(k, symbol="△"))
    for twice in (ask(k, wanted=False), replace(second, shift=first.shift)):
        refused = await save_request(k.owner, twice)
        assert isinstance(refused, Refused)
        assert (refused.code, refused.args["field"]) == ("requests.double", "shift")
    assert await save_request(k.owner, replace(first, wanted=False)) is None


async def test_of_managers_who_ask_for_the_same_at_once_one_is_told_of_the_other(database: Database) -> None:
    k = await kitchen(database)
    answers = await asyncio.gather(*(save_request(k.owner, ask(k, weight=weight)) for weight in range(1, 6)))
    assert answers.count(None) == 1
    assert answers.count(Refused("requests.double", {"field": "shift"})) == 4
    assert len(await stored(k)) == 1


async def test_an_archived_period_keeps_its_requests(database: Database, as_owner: psycopg.Connection) -> None:
    k = await kitchen(database)
    added = await kept(k, ask(k))
    as_owner.execute("UPDATE period SET state = 'archived' WHERE id = %s", (k.period.id,))
    for refused in (
        await save_request(k.owner, ask(k, symbol="△")),
        await save_request(k.owner, replace(added, weight=1)),
        await decide_request(k.owner, added.id, "declined"),
        await remove_request(k.owner, added.id),
    ):
        assert isinstance(refused, Refused)
        assert refused.code == "edit.archived"
    assert await stored(k) == (added,)


async def test_another_team_and_who_has_no_right_change_nothing(database: Database) -> None:
    k, other = await kitchen(database), await kitchen(database)
    added = await kept(k, ask(k))
    viewer = await add_account(database, k.team_id, Role.VIEWER)
    for who, code in ((other.owner, "requests.unknown"), (viewer, "refused.right")):
        for refused in (
            await save_request(who, replace(added, weight=1)),
            await decide_request(who, added.id, "declined"),
            await remove_request(who, added.id),
        ):
            assert isinstance(refused, Refused)
            assert refused.code == code
    refused = await save_request(other.owner, ask(k))
    assert isinstance(refused, Refused)
    assert await stored(k) == (added,)


def fields(**given: str) -> dict[str, str]:
    plain = {"staff": "7", "day": "2026-12-24", "shift": "3", "wish": "wanted", "weight": "10", "state": "open"}
    return plain | given


def test_a_request_is_read_from_its_form() -> None:
    form = Form(fields(wish="unwanted", weight="２０", note="  family   day "))
    read = read_request(form, 5)
    assert not form.wrong
    assert (read.id, read.staff_id, read.shift, read.wanted, read.weight) == (5, 7, 3, False, 20)
    assert (read.day.isoformat(), read.note, read.state) == ("2026-12-24", "family day", "open")


@pytest.mark.parametrize(
    ("typed", "field", "code"),
    [
        ({"staff": ""}, "staff", "form.choice"),
        ({"shift": "x"}, "shift", "form.number"),
        ({"day": "soon"}, "day", "form.date"),
        ({"day": ""}, "day", "form.required"),
        ({"weight": "1001"}, "weight", "form.range"),
        ({"weight": ""}, "weight", "form.required"),
        ({"wish": "maybe"}, "wish", "form.choice"),
        ({"note": "x" * 201}, "note", "form.long"),
        ({"state": "lost"}, "state", "form.choice"),
    ],
)
def test_what_is_wrong_with_a_form_stands_beside_its_field(typed: dict[str, str], field: str, code: str) -> None:
    form = Form(fields(**typed))
    read_request(form, 0)
    assert {name: why.code for name, why in form.wrong.items()} == {field: code}


@given(st.dictionaries(st.sampled_from(sorted(fields())), st.text(max_size=12)))
def test_reading_a_request_never_breaks(typed: dict[str, str]) -> None:
    assert read_request(Form(typed), 0).weight <= 1000
