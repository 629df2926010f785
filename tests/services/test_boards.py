"""The pages beside the schedule are shown what the team has, and told what becomes of it."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from shiftapp.domain.permission import Role
from shiftapp.domain.refusal import Refused
from shiftapp.domain.request import Request
from shiftapp.live import rooms
from shiftapp.services import boards, periods, requests, rules, shift_types, staff
from shiftapp.services.boards import Board
from shiftapp.store.database import Database
from shiftapp.store.notices import Removed
from tests.factories import Kitchen, add_account, add_team, kitchen, member

STATES: dict[Board, str] = {
    "rules": "RulesState",
    "periods": "PeriodsState",
    "staff": "StaffState",
    "shift_types": "ShiftTypesState",
    "calendar": "CalendarState",
    "conflicts": "StrategyState",
    "requests": "RequestsState",
}


class Sockets:
    """A stand-in for the page's sockets that remembers what each was told."""

    namespace = "/_event"

    def __init__(self) -> None:
        self.joined: dict[str, set[str]] = {}
        self.told: list[tuple[str, str, dict[str, Any]]] = []
        self.server = SimpleNamespace(manager=self)

    async def emit(self, event: str, data: Any = None, to: str | None = None, room: str | None = None) -> None:
        for state, values in data.delta.items():
            plain = {name.removesuffix("_rx_state_"): value for name, value in values.items()}
            self.told.append((to or room or "", state, plain))

    async def enter_room(self, sid: str, room: str) -> None:
        self.joined.setdefault(sid, set()).add(room)

    async def leave_room(self, sid: str, room: str) -> None:
        self.joined[sid].discard(room)

    def get_participants(self, namespace: str, room: str) -> list[tuple[str, str]]:
        return [(sid, sid) for sid, joined in self.joined.items() if room in joined]

    def rooms(self, sid: str) -> list[str]:
        return [sid, *self.joined.get(sid, ())]


@pytest.fixture
def sockets(monkeypatch: pytest.MonkeyPatch) -> Sockets:
    monkeypatch.setattr(rooms, "_stage", {})
    monkeypatch.setattr(rooms, "_names", {})
    monkeypatch.setattr(boards, "_joined", set())
    made = Sockets()
    rooms.attach(made, {state: state for state in STATES.values()})  # type: ignore[arg-type]
    return made


@pytest.fixture
async def team(database: Database) -> Kitchen:
    return await kitchen(database)


@pytest.mark.parametrize("board", STATES)
async def test_whoever_joins_is_shown_the_board_and_whether_they_may_change_it(
    database: Database, team: Kitchen, sockets: Sockets, board: Board
) -> None:
    viewer = await add_account(database, team.team_id, Role.VIEWER)
    assert await boards.join_board(team.owner, "mine", board) is None
    assert await boards.join_board(viewer, "theirs", board) is None
    (_, _, mine), (_, _, theirs) = sockets.told
    assert mine.pop("may_edit") is True
    assert theirs.pop("may_edit") is False
    assert mine == theirs
    assert mine["ready"] is True


async def test_a_change_is_told_to_the_room_of_its_team_alone(
    database: Database, team: Kitchen, sockets: Sockets
) -> None:
    other = await add_account(database, await add_team(database))
    await boards.join_board(team.owner, "mine", "rules")
    await boards.join_board(other, "theirs", "rules")
    sockets.told.clear()
    rule = (await _rules(team))[4]
    assert not isinstance(await rules.change_rule(team.owner, rule.id, weight=77), Refused)
    await boards.team_changed(team.team_id, "rules")
    assert [to for to, _, _ in sockets.told] == [f"rules:{team.team_id}"]
    assert sockets.told[0][2]["rules"][4]["weight"] == 77
    assert "may_edit" not in sockets.told[0][2]


async def test_a_removal_is_told_with_whose_it_is_to_the_board_that_lists_it(team: Kitchen, sockets: Sockets) -> None:
    """The staff page shows groups and hears of the rules nothing."""
    await boards.join_board(team.owner, "mine", "staff")
    await boards.join_board(team.owner, "theirs", "rules")
    sockets.told.clear()
    await boards.team_changed(team.team_id, "groups", [Removed(7, "Sato")])
    said = {state: values.get("removed") for _, state, values in sockets.told}
    assert said == {"StaffState": {"7": "Sato"}, "RulesState": None}


async def test_the_requests_of_a_period_are_told_to_whoever_looks_at_that_period(
    database: Database, team: Kitchen, sockets: Sockets
) -> None:
    later = await periods.create_period(team.owner, months=1)
    assert not isinstance(later, Refused)
    await boards.join_board(team.owner, "now", "requests", team.period.id)
    await boards.join_board(team.owner, "later", "requests", later.id)
    sockets.told.clear()
    asked = Request(0, team.staff[0].id, later.starts, team.shift("×"), True, 10)
    assert await requests.save_request(team.owner, asked) is None
    await boards.team_changed(team.team_id, "requests")
    told = {to: [one["day"] for one in values["requests"]] for to, _, values in sockets.told}
    assert told == {
        f"requests:{team.team_id}:{team.period.id}": [],
        f"requests:{team.team_id}:{later.id}": [later.starts.isoformat()],
    }
    await boards.join_board(team.owner, "now", "requests", later.id)
    assert sockets.joined["now"] == sockets.joined["later"]


async def test_who_may_not_see_requests_is_not_shown_them(database: Database, team: Kitchen, sockets: Sockets) -> None:
    colleague = await add_account(database, team.team_id, Role.STAFF)
    refused = await boards.join_board(colleague, "theirs", "requests", team.period.id)
    assert refused == Refused("refused.right", {"action": "see_requests"})
    assert not sockets.told
    assert not sockets.joined


async def test_what_a_board_does_not_speak_of_is_not_read_for_it(team: Kitchen, sockets: Sockets) -> None:
    await boards.join_board(team.owner, "mine", "calendar")
    sockets.told.clear()
    await boards.team_changed(team.team_id, "rules")
    assert not sockets.told
    await boards.team_changed(team.team_id, "calendar")
    assert len(sockets.told) == 1


async def test_a_board_that_everybody_has_left_is_told_nothing(team: Kitchen, sockets: Sockets) -> None:
    await boards.join_board(team.owner, "mine", "staff")
    sockets.joined.clear()
    sockets.told.clear()
    await boards.boards_missed()
    assert not sockets.told


async def test_missed_notifications_are_made_good(team: Kitchen, sockets: Sockets) -> None:
    await boards.join_board(team.owner, "mine", "staff")
    sockets.told.clear()
    await staff.add_staff(team.owner, member("新人"))
    await boards.boards_missed()
    assert sockets.told[0][2]["staff"][-1]["name"] == "新人"


async def test_the_next_periods_offered_follow_the_last_one(team: Kitchen, sockets: Sockets) -> None:
    await periods.create_period(team.owner, months=1)
    await boards.join_board(team.owner, "mine", "periods")
    shown = sockets.told[0][2]
    last = shown["periods"][0]
    assert shown["next"][0][0] > last["ends"]
    assert shown["next"][0][0] == shown["next"][1][0]
    assert shown["next"][0][0].endswith("-21")


async def test_the_symbol_of_a_kind_is_the_teams_own(team: Kitchen, sockets: Sockets) -> None:
    off = team.shifts["×"]
    assert not isinstance(await shift_types.save_shift_type(team.owner, replace(off, symbol="休")), Refused)
    await boards.join_board(team.owner, "mine", "rules")
    assert sockets.told[0][2]["symbols"]["off"] == "休"


async def _rules(team: Kitchen) -> Any:
    found = await rules.list_rules(team.owner)
    assert not isinstance(found, Refused)
    return found
