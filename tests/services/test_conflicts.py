"""Conflicts as people meet them: told on every page, put back, chosen, once."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from shiftapp.domain.conflict import Strategy
from shiftapp.domain.edit import EditDone
from shiftapp.domain.permission import Role
from shiftapp.domain.refusal import Refused
from shiftapp.domain.visitor import Visitor
from shiftapp.live import rooms
from shiftapp.live.hub import room_of
from shiftapp.services import conflict_feed
from shiftapp.services.conflicts import Choice, SettleAsked, choose_strategy, settle_conflicts
from shiftapp.services.edits import edit_cells
from shiftapp.store.database import Database
from tests.factories import Kitchen, add_account, kitchen
from tests.services.test_boards import Sockets
from tests.services.test_runs import cells


@pytest.fixture
def sockets(monkeypatch: pytest.MonkeyPatch) -> Sockets:
    monkeypatch.setattr(rooms, "_stage", {})
    monkeypatch.setattr(rooms, "_names", {})
    monkeypatch.setattr(conflict_feed, "_shown", {})
    made = Sockets()
    rooms.attach(made, {conflict_feed.STATE: conflict_feed.STATE})  # type: ignore[arg-type]
    return made


@dataclass
class Met:
    """A kitchen in which two people's edits met in the first cell; Ann was first."""

    k: Kitchen
    ann: Visitor
    ben: Visitor
    sockets: Sockets

    @property
    def unsettled(self) -> list[dict[str, Any]]:
        """What Ann's page shows."""
        seen: list[dict[str, Any]] = []
        for _, state, values in self.sockets.told:
            if state == conflict_feed.STATE:
                seen = values["unsettled"]
        return seen

    def told(self, who: Visitor) -> list[tuple[str, str]]:
        """Return what somebody is told: their shift, and the one that stands."""
        symbols = {str(shift.id): symbol for symbol, shift in self.k.shifts.items()} | {"": ""}
        return [
            (symbols[one["lost"]["shift"]], symbols[one["stands"]["shift"]])
            for one in self.unsettled
            if not one["open"] and one["lost"]["by"] == who.user_id
        ]

    async def settle(self, who: Visitor, choice: Choice, *ids: int, seen: int = 9) -> EditDone | Refused | None:
        wanted = ids or tuple(one["id"] for one in self.unsettled)
        return await settle_conflicts(who, SettleAsked(self.k.period.id, uuid4(), wanted, choice, seen))

    async def symbol(self, database: Database) -> str | None:
        cell = (await cells(database, self.k))[self.k.staff[0].id, self.k.day(0)]
        return next((symbol for symbol, shift in self.k.shifts.items() if shift.id == cell.shift), None)


async def met(database: Database, sockets: Sockets, strategy: Strategy) -> Met:
    k = await kitchen(database)
    ben = await add_account(database, k.team_id, Role.MANAGER)
    assert await choose_strategy(k.owner, strategy) is None
    await rooms.move("ann", room_of(k.period.id))
    await conflict_feed.join_conflicts(k.owner, "ann", k.period.id)
    both = Met(k, k.owner, ben, sockets)
    assert both.unsettled == []
    await edit_cells(k.owner, k.edit(k.cell(0, 0, "○", seen=0)))
    assert isinstance(await edit_cells(ben, k.edit(k.cell(0, 0, "×", seen=0))), EditDone)
    return both


async def test_the_earlier_one_is_told_before_the_later_is_answered_and_puts_theirs_back(
    database: Database, sockets: Sockets
) -> None:
    both = await met(database, sockets, "last")
    assert both.told(both.ann) == [("○", "×")]
    assert both.told(both.ben) == []
    assert isinstance(await both.settle(both.ann, "lost"), EditDone)
    assert both.unsettled == []
    assert await both.symbol(database) == "○"


async def test_the_later_one_is_told_and_may_leave_it(database: Database, sockets: Sockets) -> None:
    both = await met(database, sockets, "first")
    assert both.told(both.ben) == [("×", "○")]
    assert await both.settle(both.ben, "stands") is None
    assert both.unsettled == []
    assert await both.symbol(database) == "○"


async def test_what_somebody_else_was_told_is_not_settled_for_them(database: Database, sockets: Sockets) -> None:
    both = await met(database, sockets, "last")
    assert await both.settle(both.ben, "stands") == Refused("conflict.settled")
    assert both.told(both.ann) == [("○", "×")]


@pytest.mark.parametrize(("choice", "becomes", "loser"), [("lost", "×", "ann"), ("stands", "○", "ben")])
async def test_a_choice_is_made_once_by_whoever_chooses_and_the_other_is_told(
    database: Database, sockets: Sockets, choice: Choice, becomes: str, loser: str
) -> None:
    """A third person chooses: then the loser has not seen it."""
    both = await met(database, sockets, "ask")
    assert [one["open"] for one in both.unsettled] == [True]
    assert await both.symbol(database) == "○"
    third = await add_account(database, both.k.team_id, Role.MANAGER)
    (asked,) = both.unsettled
    await both.settle(third, choice)
    assert await both.symbol(database) == becomes
    other = "○" if becomes == "×" else "×"
    assert both.told(getattr(both, loser)) == [(other, becomes)]
    assert len(both.unsettled) == 1
    assert await both.settle(third, choice, asked["id"]) == Refused("conflict.settled")


async def test_who_chooses_the_others_value_is_not_told_of_it(database: Database, sockets: Sockets) -> None:
    both = await met(database, sockets, "ask")
    await both.settle(both.ben, "stands")
    assert both.unsettled == []


async def test_a_value_put_back_over_a_change_unseen_meets_it_again(database: Database, sockets: Sockets) -> None:
    both = await met(database, sockets, "last")
    third = await add_account(database, both.k.team_id, Role.MANAGER)
    await edit_cells(third, both.k.edit(both.k.cell(0, 0, "△", seen=2)))
    await both.settle(both.ann, "lost", seen=2)
    assert await both.symbol(database) == "○"
    assert both.told(third) == [("△", "○")]


async def test_what_cannot_be_put_back_stays_told(database: Database, sockets: Sockets) -> None:
    """All or nothing: the period was archived meanwhile."""
    both = await met(database, sockets, "last")
    async with database.raw_transaction(both.k.team_id) as connection:
        await connection.execute("UPDATE period SET state = 'archived' WHERE id = %s", (both.k.period.id,))
    assert await both.settle(both.ann, "lost") == Refused("edit.archived")
    await conflict_feed.conflict_heard(f"{both.k.team_id}:{both.k.period.id}")
    assert both.told(both.ann) == [("○", "×")]


async def test_other_servers_hear_of_it(database: Database, sockets: Sockets) -> None:
    """What is read after a notification, or after notifications were missed, is what the pages show."""
    both = await met(database, sockets, "last")
    told = both.unsettled
    place = both.k.team_id, both.k.period.id
    for hear in (lambda: conflict_feed.conflict_heard(":".join(map(str, place))), conflict_feed.conflicts_missed):
        conflict_feed._shown[place] = []
        sockets.told.clear()
        await hear()
        assert both.unsettled == told


async def test_only_the_owner_chooses_the_strategy_and_only_editors_settle(
    database: Database, sockets: Sockets
) -> None:
    both = await met(database, sockets, "last")
    viewer = await add_account(database, both.k.team_id, Role.VIEWER)
    refusals = [await choose_strategy(both.ben, "first"), await both.settle(viewer, "stands")]
    assert [one.code for one in refusals if isinstance(one, Refused)] == ["refused.right", "refused.right"]
    assert both.told(both.ann) == [("○", "×")]
