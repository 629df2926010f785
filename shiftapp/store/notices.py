"""Telling every server that a team's staff, shift types, rules or calendar changed."""

import json
from typing import Any, Literal, NamedTuple

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

CHANNEL = "team"

Part = Literal["staff", "groups", "shift_types", "rules", "calendar", "requests", "periods", "team"]
"""What of a team changed; ``team`` may be all of it."""


class Removed(NamedTuple):
    """What somebody took away: its id, and what they are called."""

    id: int
    who: str


class Notice(NamedTuple):
    """What a server hears of a change of a team."""

    team_id: int
    part: Part
    removed: Removed | None = None


async def notify_team(session: AsyncSession, team_id: int, part: Part, removed: Removed | None = None) -> None:
    """Announce a change; heard when the transaction commits, and not at all when it does not."""
    told: dict[str, Any] = {"t": team_id, "w": part} | ({} if removed is None else {"x": removed})
    await (await session.connection()).execute(
        text("SELECT pg_notify(:channel, :payload)"), {"channel": CHANNEL, "payload": json.dumps(told)}
    )


def decode(payload: str) -> Notice:
    """Return what ``notify_team`` announced."""
    given = json.loads(payload)
    return Notice(int(given["t"]), given["w"], Removed(*given["x"]) if "x" in given else None)
